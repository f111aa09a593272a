//! A list as it comes out of a foreign file, before it is a classifier of a model.

use super::yaml;

/// A list that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImportedList {
    /// Name of the classifier, and of its file.
    pub name: String,
    /// Title, Russian.
    pub title: String,
    /// Remark, Russian.
    pub note: Option<String>,
    /// Who keeps the list.
    pub authority: String,
    /// Where the text was taken from, Russian.
    pub source: String,
    /// Code of the register's classifier.
    pub esnsi_code: String,
    /// Its uid.
    pub esnsi_uid: String,
    /// The revision.
    pub esnsi_revision: u32,
    /// Uid of the attribute with the codes.
    pub esnsi_key_attribute: Option<String>,
    /// Whether the codes are numbers of 32 bits.
    pub is_numeric: bool,
    /// The values, in the file's order.
    pub values: Vec<ImportedValue>,
    /// How many rows of the file were not sound enough to be taken over.
    pub left_out: usize,
}

/// A value of such a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImportedValue {
    /// Code.
    pub code: String,
    /// Latin name for programs.
    pub name: Option<String>,
    /// Title on one line, Russian.
    pub title: String,
    /// Code of the broader value; it is in the list.
    pub parent: Option<String>,
    /// First day in force, `YYYY-MM-DD`.
    pub start_date: Option<String>,
    /// Last day in force, `YYYY-MM-DD`.
    pub end_date: Option<String>,
}

impl ImportedList {
    /// The classifier's YAML: one line per value, the same for the same list, read back as this list.
    pub fn to_yaml(&self) -> String {
        yaml::classifier(self)
    }
}
