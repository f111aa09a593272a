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
    /// Where this text of the list was taken from, Russian.
    pub source: Option<String>,
    /// When the list is in force, as far as its source says.
    pub validity: Validity,
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

impl Classifier {
    /// The [`authority`](Classifier::authority) of a list that the model's own maintainers keep.
    pub const OWN: &'static str = "own";
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
    /// When the value is in force, as far as the source says.
    pub validity: Validity,
    /// Place of the code.
    pub span: Span,
}

/// A period in which a list or a value is in force; an absent end is unknown or open.
///
/// It tells people, and whoever fills forms in, what to choose today. It is no rule of the data: a
/// row may speak of any year, and what "today" is depends on who asks. So no check looks at it; a
/// value whose period has ended is a value like the others, with the same verdict in every target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Validity {
    /// The first day, `YYYY-MM-DD`.
    pub start_date: Option<String>,
    /// The last day, `YYYY-MM-DD`, not before the first.
    pub end_date: Option<String>,
}

/// A binding to ЕСНСИ. Code, uid and revision together name one text of one list for good.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EsnsiBinding {
    /// Code of the register's classifier, at most 255 characters.
    pub code: String,
    /// Its uid: 3 to 36 characters without blanks, a UUID as a rule.
    pub uid: String,
    /// The pinned revision, from 1.
    pub revision: u32,
    /// Uid of the attribute that holds the codes; the form is that of `uid`.
    pub key_attribute: Option<String>,
}

impl EsnsiBinding {
    /// Whether a text has the form of the register's uids.
    pub fn is_uid(text: &str) -> bool {
        let odd = |c: char| c.is_whitespace() || c.is_control();
        (3..=36).contains(&text.chars().count()) && !text.contains(odd)
    }
}
