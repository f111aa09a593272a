//! Classifiers.

use super::{Mapping, Word};
use crate::source::shape::scalar::Taken;
use crate::source::{Fragment, Span, Spanned};

/// `classifiers/*.yaml`
#[derive(Debug)]
pub(crate) struct ClassifierDecl {
    pub(crate) name: Word,
    pub(crate) title: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) authority: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) validity: ValidityDecl,
    pub(crate) esnsi: Option<EsnsiDecl>,
    pub(crate) base: Option<Fragment>,
    pub(crate) open: bool,
    pub(crate) form: Option<Word>,
    /// Place of the key `values`; absent when the field is.
    pub(crate) values_key: Option<Span>,
    /// Whether an entry of `values` is no value at all, which is reported already.
    pub(crate) values_lost: bool,
    pub(crate) values: Vec<ValueDecl>,
}

/// A value of a classifier.
#[derive(Debug)]
pub(crate) struct ValueDecl {
    pub(crate) code: Word,
    /// What YAML takes the code for, when it stands without quotes and looks like no text.
    pub(crate) taken: Option<Taken>,
    pub(crate) title: Option<String>,
    pub(crate) name: Option<Word>,
    pub(crate) parent: Option<Word>,
    pub(crate) validity: ValidityDecl,
}

/// The period of a list or a value.
#[derive(Debug)]
pub(crate) struct ValidityDecl {
    pub(crate) start_date: Option<Word>,
    pub(crate) end_date: Option<Word>,
}

/// A binding to ЕСНСИ.
#[derive(Debug)]
pub(crate) struct EsnsiDecl {
    pub(crate) code: Word,
    pub(crate) uid: Word,
    pub(crate) revision: Spanned<u32>,
    pub(crate) key_attribute: Option<Word>,
}

impl ValidityDecl {
    fn read(mapping: &Mapping<'_>) -> Self {
        ValidityDecl {
            start_date: mapping.word("start_date"),
            end_date: mapping.word("end_date"),
        }
    }
}

impl ClassifierDecl {
    pub(crate) fn read(mapping: &Mapping<'_>) -> Option<Self> {
        Some(ClassifierDecl {
            name: mapping.word("classifier")?,
            title: mapping.text("title"),
            note: mapping.text("note"),
            authority: mapping.text("authority"),
            source: mapping.text("source"),
            validity: ValidityDecl::read(mapping),
            esnsi: mapping.mapping("esnsi").and_then(|esnsi| {
                Some(EsnsiDecl {
                    code: esnsi.word("code")?,
                    uid: esnsi.word("uid")?,
                    revision: esnsi.number("revision")?,
                    key_attribute: esnsi.word("key_attribute"),
                })
            }),
            base: mapping.fragment("type"),
            open: mapping.boolean("open").is_some_and(|open| open.value),
            form: mapping.word("form"),
            values_key: mapping.key("values"),
            values_lost: mapping
                .mappings("values")
                .any(|value| value.word("code").is_none())
                || mapping.length("values") != mapping.mappings("values").count(),
            values: mapping
                .mappings("values")
                .filter_map(|value| {
                    Some(ValueDecl {
                        code: value.word("code")?,
                        taken: value.unquoted("code"),
                        title: value.text("title"),
                        name: value.word("name"),
                        parent: value.word("parent"),
                        validity: ValidityDecl::read(&value),
                    })
                })
                .collect(),
        })
    }
}
