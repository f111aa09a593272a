//! Syntax: files to declarations with spans. Nothing here knows what a name means.

pub mod disk;
pub mod files;
pub mod fragment;
pub mod span;

pub use files::{SourceFile, SourceSet};
pub use fragment::Fragment;
pub use span::{FileId, Span, Spanned};
