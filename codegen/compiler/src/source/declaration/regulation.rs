//! Norms and kinds of information.

use super::{Mapping, Word};
use crate::model::Origin;
use crate::source::Spanned;

/// `regulations/*.yaml`
#[derive(Debug)]
pub(crate) struct RegulationDecl {
    pub(crate) name: Word,
    pub(crate) title: Option<String>,
    pub(crate) number: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) note: Option<String>,
    /// Points whose clauses must be carried.
    pub(crate) carried: Vec<Word>,
    /// Number and title.
    pub(crate) clauses: Vec<(Word, Option<String>)>,
}

impl RegulationDecl {
    pub(crate) fn read(mapping: &Mapping<'_>) -> Option<Self> {
        Some(RegulationDecl {
            name: mapping.word("regulation")?,
            title: mapping.text("title"),
            number: mapping.text("number"),
            date: mapping.text("date"),
            note: mapping.text("note"),
            carried: mapping.words("carried"),
            clauses: mapping
                .mappings("clauses")
                .filter_map(|clause| Some((clause.word("clause")?, clause.text("title"))))
                .collect(),
        })
    }
}

/// An entry of `kinds.yaml`
#[derive(Debug)]
pub(crate) struct KindDecl {
    pub(crate) number: Spanned<u32>,
    pub(crate) title: Option<String>,
    pub(crate) block: Option<String>,
    pub(crate) origin: Option<Origin>,
    pub(crate) clauses: Vec<Word>,
}

impl KindDecl {
    pub(crate) fn read(mapping: &Mapping<'_>) -> Option<Self> {
        Some(KindDecl {
            number: mapping.number("kind")?,
            title: mapping.text("title"),
            block: mapping.text("block"),
            origin: mapping.one_of("origin", &Origin::ALL),
            clauses: mapping.words("clauses"),
        })
    }
}
