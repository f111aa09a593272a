//! Classifiers: code lists, closed or open.

use super::{BaseType, ScalarId, id};
use crate::source::Span;

id! {
    /// A classifier of a model.
    ClassifierId
}

/// A code list.
#[derive(Debug)]
#[non_exhaustive]
pub struct Classifier {
    /// Name.
    pub name: String,
    /// Title, Russian.
    pub title: String,
    /// Remark, Russian.
    pub note: Option<String>,
    /// Who keeps the list: `own`, or the source's name.
    pub authority: String,
    /// Binding to the federal register of reference data.
    pub esnsi: Option<EsnsiBinding>,
    /// Base type of the codes: text or `int32`.
    pub base: BaseType,
    /// Too large or too fluid to enumerate: values are checked by form only, and those listed are
    /// examples. A closed list has at least one value and no form.
    pub open: bool,
    /// The form of an open list's codes.
    pub form: Option<ScalarId>,
    /// The values, as listed.
    pub values: Vec<ClassifierValue>,
    /// Place of the name.
    pub span: Span,
}

/// A value of a classifier.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ClassifierValue {
    /// The code as it stands in the data. For an `int32` list it is a canonical number.
    pub code: String,
    /// Title, Russian.
    pub title: String,
    /// A Latin name for programs (`home`), where the code is only a number.
    pub name: Option<String>,
    /// The broader value's code, in a hierarchical list.
    pub parent: Option<String>,
    /// Place of the code.
    pub span: Span,
}

/// A binding to ЕСНСИ.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EsnsiBinding {
    /// Code of the register's classifier.
    pub code: String,
    /// Its uid.
    pub uid: String,
    /// The pinned revision.
    pub revision: u32,
}
