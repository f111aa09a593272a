//! Quality rules and indicators.

mod shape;

use super::{Mapping, Word};
use crate::model::{CheckSeverity, Metric, Origin};
use crate::source::shape::{Object, language};
use crate::source::{Fragment, Span};

pub(crate) use shape::{Measured, SearchDecl, ShapeBody, ShapeDecl, WithinDecl};

/// A rule of `rules/*.yaml`
#[derive(Debug)]
pub(crate) struct RuleDecl {
    pub(crate) code: Word,
    pub(crate) title: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) metric: Option<Metric>,
    pub(crate) severity: CheckSeverity,
    pub(crate) origin: OriginDecl,
    pub(crate) clauses: Vec<Word>,
    /// What it says itself.
    pub(crate) own: StatementDecl,
    /// Its several statements, in place of its own.
    pub(crate) assertions: Option<AssertionsDecl>,
}

/// The marks of a rule or an indicator.
#[derive(Debug)]
pub(crate) struct OriginDecl {
    pub(crate) marks: Vec<Origin>,
    /// Place of the key when its list is empty.
    pub(crate) empty: Option<Span>,
}

/// The field `assertions`.
#[derive(Debug)]
pub(crate) struct AssertionsDecl {
    /// Place of the key.
    pub(crate) key: Span,
    pub(crate) is_empty: bool,
    pub(crate) parts: Vec<AssertionDecl>,
}

/// An entry of `assertions`.
#[derive(Debug)]
pub(crate) struct AssertionDecl {
    pub(crate) part: Option<Word>,
    pub(crate) title: Option<String>,
    pub(crate) severity: Option<CheckSeverity>,
    pub(crate) statement: StatementDecl,
}

/// What a rule or one of its assertions says: about which rows, and what.
#[derive(Debug)]
pub(crate) struct StatementDecl {
    /// Place of its first key.
    pub(crate) span: Span,
    pub(crate) table: Option<Word>,
    pub(crate) tables: Option<TablesDecl>,
    /// Whether one of the two is written, be it wrong.
    pub(crate) is_about_tables: bool,
    pub(crate) when: Option<Fragment>,
    /// The shapes, in the order of the language.
    pub(crate) shapes: Vec<ShapeDecl>,
    /// Whether a shape is written, be it wrong.
    pub(crate) is_shaped: bool,
}

/// The field `tables`.
#[derive(Debug)]
pub(crate) struct TablesDecl {
    /// Place of the key.
    pub(crate) key: Span,
    pub(crate) is_empty: bool,
    pub(crate) names: Vec<Word>,
    /// In place of names, what the tables have in common.
    pub(crate) chosen: Option<ChosenDecl>,
}

/// By what tables are chosen: one field of several.
#[derive(Debug)]
pub(crate) struct ChosenDecl {
    /// Whether nothing at all is written there.
    pub(crate) is_blank: bool,
    /// Places of the keys, in the order in which they are written.
    pub(crate) written: Vec<Span>,
    pub(crate) mixin: Option<Word>,
    /// The scalar type of their keys.
    pub(crate) key: Option<Word>,
}

/// An indicator of `rules/*.yaml`
#[derive(Debug)]
pub(crate) struct IndicatorDecl {
    pub(crate) code: Word,
    pub(crate) title: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) origin: OriginDecl,
    pub(crate) clauses: Vec<Word>,
    pub(crate) table: Option<Word>,
    pub(crate) when: Option<Fragment>,
    pub(crate) distinct: Option<Fragment>,
    /// Place of the key `keeps` when its list is empty.
    pub(crate) empty: Option<Span>,
    /// Its conditions.
    pub(crate) keeps: Vec<ConditionDecl>,
}

/// An entry of `keeps`.
#[derive(Debug)]
pub(crate) struct ConditionDecl {
    /// Place of its first key.
    pub(crate) span: Span,
    pub(crate) shapes: Vec<ShapeDecl>,
    /// Whether a shape is written, be it wrong or one that indicators do not have.
    pub(crate) is_shaped: bool,
}

impl RuleDecl {
    pub(crate) fn read(mapping: &Mapping<'_>) -> Option<Self> {
        let assertions = mapping.key("assertions").map(|key| AssertionsDecl {
            key,
            is_empty: mapping.is_empty_list("assertions"),
            parts: mapping
                .mappings("assertions")
                .map(|part| AssertionDecl::read(&part))
                .collect(),
        });
        Some(RuleDecl {
            code: mapping.word("rule")?,
            title: mapping.text("title"),
            note: mapping.text("note"),
            metric: mapping.one_of("metric", &Metric::ALL),
            severity: mapping
                .one_of("severity", &CheckSeverity::ALL)
                .unwrap_or(CheckSeverity::Error),
            origin: OriginDecl::read(mapping),
            clauses: mapping.words("clauses"),
            own: StatementDecl::read(mapping, &language::RULE),
            assertions,
        })
    }
}

impl OriginDecl {
    fn read(mapping: &Mapping<'_>) -> Self {
        let mut marks = mapping.many_of("origin", &Origin::ALL);
        marks.sort_unstable();
        marks.dedup();
        let empty = mapping.is_empty_list("origin");
        OriginDecl {
            marks,
            empty: mapping.key("origin").filter(|_| empty),
        }
    }
}

impl AssertionDecl {
    fn read(mapping: &Mapping<'_>) -> Self {
        AssertionDecl {
            part: mapping.word("part"),
            title: mapping.text("title"),
            severity: mapping.one_of("severity", &CheckSeverity::ALL),
            statement: StatementDecl::read(mapping, &language::ASSERTION),
        }
    }
}

impl StatementDecl {
    fn read(mapping: &Mapping<'_>, object: &Object) -> Self {
        let tables = mapping.key("tables").map(|key| TablesDecl {
            key,
            is_empty: mapping.is_empty_list("tables"),
            names: mapping.words("tables"),
            chosen: mapping
                .mapping("tables")
                .map(|tables| ChosenDecl::read(&tables)),
        });
        let written = |field: &&str| mapping.has(field, object);
        StatementDecl {
            span: mapping.span,
            table: mapping.word("table"),
            tables,
            is_about_tables: ["table", "tables"].iter().any(written),
            when: mapping.fragment("when"),
            shapes: ShapeDecl::all(mapping),
            is_shaped: language::SHAPES.iter().any(written),
        }
    }
}

impl ChosenDecl {
    fn read(mapping: &Mapping<'_>) -> Self {
        let mut written: Vec<_> = ["mixin", "key"]
            .iter()
            .filter_map(|field| mapping.key(field))
            .collect();
        written.sort_unstable_by_key(|key| key.start);
        ChosenDecl {
            is_blank: mapping.is_empty(),
            written,
            mixin: mapping.word("mixin"),
            key: mapping.word("key"),
        }
    }
}

impl IndicatorDecl {
    pub(crate) fn read(mapping: &Mapping<'_>) -> Option<Self> {
        let empty = mapping.is_empty_list("keeps");
        let keeps = mapping.mappings("keeps").map(|keep| ConditionDecl {
            span: keep.span,
            shapes: ShapeDecl::all(&keep)
                .into_iter()
                .filter(|shape| {
                    let mut fields = language::CONDITION.fields.iter();
                    fields.any(|field| field.name == shape.name)
                })
                .collect(),
            is_shaped: language::SHAPES
                .iter()
                .any(|field| keep.has(field, &language::CONDITION)),
        });
        Some(IndicatorDecl {
            code: mapping.word("indicator")?,
            title: mapping.text("title"),
            note: mapping.text("note"),
            origin: OriginDecl::read(mapping),
            clauses: mapping.words("clauses"),
            table: mapping.word("table"),
            when: mapping.fragment("when"),
            distinct: mapping.fragment("distinct"),
            empty: mapping.key("keeps").filter(|_| empty),
            keeps: keeps.collect(),
        })
    }
}
