//! Syntax: files to declarations with spans. Nothing here knows what a name means.

pub(crate) mod declaration;
pub mod files;
pub(crate) mod folder;
pub mod fragment;
pub(crate) mod nearest;
pub mod schema;
pub(crate) mod shape;
pub mod span;
pub mod sql;
pub mod yaml;

pub use files::{SourceFile, SourceSet};
pub use fragment::Fragment;
pub use span::{FileId, Span, Spanned};
