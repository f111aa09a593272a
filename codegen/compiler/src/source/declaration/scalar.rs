//! Scalar types.

use super::{Mapping, Word};
use crate::model::{Algorithm, PersonalClass};
use crate::source::{Fragment, Span};

/// An entry of `types.yaml`
#[derive(Debug)]
pub(crate) struct ScalarDecl {
    pub(crate) name: Word,
    pub(crate) title: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) base: Option<Fragment>,
    pub(crate) pattern: Option<Fragment>,
    pub(crate) algorithm: Option<Algorithm>,
    /// Place of the algorithm's key.
    pub(crate) algorithm_key: Option<Span>,
    pub(crate) hash_of: Option<Word>,
    pub(crate) personal: Option<PersonalClass>,
    pub(crate) examples: Vec<Word>,
    pub(crate) source: Option<String>,
}

impl ScalarDecl {
    pub(crate) fn read(mapping: &Mapping<'_>) -> Option<Self> {
        Some(ScalarDecl {
            name: mapping.word("type")?,
            title: mapping.text("title"),
            note: mapping.text("note"),
            base: mapping.fragment("base"),
            pattern: mapping.fragment("pattern"),
            algorithm: mapping.one_of("algorithm", &Algorithm::ALL),
            algorithm_key: mapping.key("algorithm"),
            hash_of: mapping.word("hash_of"),
            personal: mapping.one_of("personal", &PersonalClass::ALL),
            examples: mapping.words("example"),
            source: mapping.text("source"),
        })
    }
}
