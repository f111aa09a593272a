//! Classifiers.

use super::{Mapping, Word};
use crate::model::EsnsiBinding;
use crate::source::shape::scalar::Taken;
use crate::source::{Fragment, Span};

/// `classifiers/*.yaml`
#[derive(Debug)]
pub(crate) struct ClassifierDecl {
    pub(crate) name: Word,
    pub(crate) title: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) authority: Option<String>,
    pub(crate) esnsi: Option<EsnsiBinding>,
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
}

impl ClassifierDecl {
    pub(crate) fn read(mapping: &Mapping<'_>) -> Option<Self> {
        Some(ClassifierDecl {
            name: mapping.word("classifier")?,
            title: mapping.text("title"),
            note: mapping.text("note"),
            authority: mapping.text("authority"),
            esnsi: mapping.mapping("esnsi").and_then(|esnsi| {
                Some(EsnsiBinding {
                    code: esnsi.text("code")?,
                    uid: esnsi.text("uid")?,
                    revision: esnsi.number("revision")?.value,
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
                    })
                })
                .collect(),
        })
    }
}
