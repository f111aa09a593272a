//! Syntax: files to declarations with spans. Nothing here knows what a name means.

pub mod files;
pub mod fragment;
pub(crate) mod nearest;
pub mod span;
pub mod sql;

pub use files::{SourceFile, SourceSet};
pub use fragment::Fragment;
pub use span::{FileId, Span, Spanned};
