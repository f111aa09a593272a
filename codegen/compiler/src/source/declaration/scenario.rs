//! The scenario of synthetic data.

use super::{Mapping, Word};
use crate::source::{Fragment, Span};

/// `scenario.yaml`
#[derive(Debug)]
pub(crate) struct ScenarioDecl {
    /// Place of the first field.
    pub(crate) span: Span,
    pub(crate) scale: Option<Word>,
    pub(crate) today: Option<Word>,
    pub(crate) prefix: Option<Word>,
    pub(crate) lets: Vec<NamedSql>,
    pub(crate) types: Vec<NamedSql>,
    pub(crate) columns: Vec<NamedSql>,
    pub(crate) nest: Vec<StepDecl>,
}

/// An entry of `scenario/*.yaml`
#[derive(Debug)]
pub(crate) struct PartDecl {
    pub(crate) name: Word,
    pub(crate) nest: Vec<StepDecl>,
}

/// An expression with a name.
#[derive(Debug)]
pub(crate) struct NamedSql {
    pub(crate) name: Word,
    pub(crate) sql: Fragment,
}

/// A step.
#[derive(Debug)]
pub(crate) struct StepDecl {
    /// Place of the first field.
    pub(crate) span: Span,
    pub(crate) make: Option<Word>,
    pub(crate) each: Option<Word>,
    pub(crate) over: Option<Word>,
    pub(crate) repeat: Option<Fragment>,
    pub(crate) part: Option<Word>,
    pub(crate) alias: Option<Word>,
    pub(crate) count: Option<Fragment>,
    pub(crate) skip: Option<Fragment>,
    pub(crate) take: Option<Fragment>,
    pub(crate) with: Vec<NamedSql>,
    pub(crate) lets: Vec<NamedSql>,
    pub(crate) condition: Option<Fragment>,
    pub(crate) set: Vec<NamedSql>,
    pub(crate) nest: Vec<StepDecl>,
    /// The fields that are written, each with the place of its key.
    pub(crate) fields: Vec<(&'static str, Span)>,
}

/// Every field of a step.
const FIELDS: [&str; 14] = [
    "make", "each", "over", "repeat", "use", "as", "count", "skip", "take", "with", "let", "when",
    "set", "nest",
];

impl ScenarioDecl {
    pub(crate) fn read(mapping: &Mapping<'_>) -> Self {
        ScenarioDecl {
            span: mapping.span,
            scale: mapping.word("scale"),
            today: mapping.word("today"),
            prefix: mapping.word("prefix"),
            lets: named(mapping, "let"),
            types: named(mapping, "types"),
            columns: named(mapping, "columns"),
            nest: steps(mapping),
        }
    }
}

impl PartDecl {
    pub(crate) fn read(mapping: &Mapping<'_>) -> Option<Self> {
        Some(PartDecl {
            name: mapping.word("part")?,
            nest: steps(mapping),
        })
    }
}

impl StepDecl {
    fn read(mapping: &Mapping<'_>) -> Self {
        StepDecl {
            span: mapping.span,
            make: mapping.word("make"),
            each: mapping.word("each"),
            over: mapping.word("over"),
            repeat: mapping.fragment("repeat"),
            part: mapping.word("use"),
            alias: mapping.word("as"),
            count: mapping.fragment("count"),
            skip: mapping.fragment("skip"),
            take: mapping.fragment("take"),
            with: named(mapping, "with"),
            lets: named(mapping, "let"),
            condition: mapping.fragment("when"),
            set: named(mapping, "set"),
            nest: steps(mapping),
            fields: FIELDS
                .iter()
                .filter_map(|field| Some((*field, mapping.key(field)?)))
                .collect(),
        }
    }

    /// The place of a field's key, if it is written.
    pub(crate) fn key(&self, field: &str) -> Option<Span> {
        let mut fields = self.fields.iter();
        fields
            .find(|(name, _)| *name == field)
            .map(|(_, span)| *span)
    }
}

fn steps(mapping: &Mapping<'_>) -> Vec<StepDecl> {
    mapping
        .mappings("nest")
        .map(|step| StepDecl::read(&step))
        .collect()
}

fn named(mapping: &Mapping<'_>, field: &str) -> Vec<NamedSql> {
    mapping
        .named_fragments(field)
        .map(|(name, sql)| NamedSql { name, sql })
        .collect()
}
