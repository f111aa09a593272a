//! Rules in words: what an assertion says, as a sentence in both languages with its expressions in
//! the SQL of the model language. The columns of the judged row are `this.column` within a search.

mod search;
mod structure;

use std::borrow::Cow;

use super::{
    Assertion, AssertionBody, Indicator, RowRule, Rule, Sequence, Shape, View, ViewColumn,
};
use crate::diagnostic::Text;
use crate::diagnostic::render::plural_ru;
use crate::model::expr::text::{ColumnNames, text};
use crate::model::{CheckSeverity, ColumnId, Expr, Model, TableId};
use crate::text;

/// How many tables a sentence names; of more it says how many they are.
const MOST_TABLES: usize = 6;

/// An assertion in words. One that a rule makes of many tables is one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement<'m> {
    /// The assertion's code: `CMP-08.b`.
    pub code: &'m str,
    /// What must hold, Russian.
    pub title: &'m str,
    /// Weight of a breach.
    pub severity: CheckSeverity,
    /// The tables whose rows are judged; empty for the package as a whole.
    pub tables: Vec<TableId>,
    /// The sentence, without a capital and a full stop.
    pub text: Text,
}

/// What a rule says, one statement after the other.
pub fn statements<'m>(model: &Model, rule: &'m Rule) -> Vec<Statement<'m>> {
    let mut said: Vec<(&'m Assertion, Vec<TableId>, Said)> = Vec::new();
    for assertion in &rule.assertions {
        let one = Said::of(model, &assertion.body);
        let table = match &assertion.body {
            AssertionBody::Structure(_) => None,
            AssertionBody::Rows(rows) => Some(rows.table()),
        };
        match said.last_mut() {
            Some((first, tables, known)) if first.code == assertion.code && *known == one => {
                tables.extend(table);
            }
            _ => said.push((assertion, table.into_iter().collect(), one)),
        }
    }
    said.into_iter()
        .map(|(assertion, tables, said)| Statement {
            code: &assertion.code,
            title: &assertion.title,
            severity: assertion.severity,
            text: said.over(model, &tables),
            tables,
        })
        .collect()
}

/// What an indicator counts, in words; then each condition of its numerator.
pub fn indicator(model: &Model, indicator: &Indicator) -> (Text, Vec<Text>) {
    let names = ViewNames::judged(model, &indicator.view);
    let table = &model.table(indicator.view.table).name;
    let when = indicator.when.as_ref().map(|when| text(&names, when));
    let (en, ru) = match indicator.distinct {
        Some(id) => {
            let name = names.column_name(id);
            let of = text!(
                "different values of `{name}` in rows",
                "разные значения `{name}` в строках"
            );
            (of.en, of.ru)
        }
        None => ("rows".to_owned(), "строки".to_owned()),
    };
    let counted = match when {
        Some(when) => text!(
            "{en} of `{table}` where `{when}`",
            "{ru} `{table}`, для которых `{when}`"
        ),
        None => text!("{en} of `{table}`", "{ru} `{table}`"),
    };
    let keeps = indicator.keeps.iter();
    let keeps = keeps.map(|shape| predicate(model, &indicator.view, shape));
    (counted, keeps.collect())
}

/// What is said of rows, without their table, or of the package.
#[derive(PartialEq, Eq)]
struct Said {
    when: Option<String>,
    predicate: Text,
    /// Whether each row is judged alone.
    is_of_one_row: bool,
}

impl Said {
    fn of(model: &Model, body: &AssertionBody) -> Self {
        match body {
            AssertionBody::Structure(structure) => Said {
                when: None,
                predicate: structure::words(model, structure),
                is_of_one_row: true,
            },
            AssertionBody::Rows(RowRule { view, when, shape }) => {
                let names = ViewNames::judged(model, view);
                let is_of_set = matches!(
                    shape,
                    Shape::NoOverlap { .. } | Shape::Unique { .. } | Shape::Sequence(_)
                );
                Said {
                    when: when.as_ref().map(|when| text(&names, when)),
                    predicate: predicate(model, view, shape),
                    is_of_one_row: !is_of_set,
                }
            }
        }
    }

    fn over(self, model: &Model, tables: &[TableId]) -> Text {
        let Text { en, ru } = self.predicate;
        if tables.is_empty() {
            return Text { en, ru };
        }
        let names = tables.iter().map(|id| model.table(*id).name.as_str());
        let (names_en, names_ru) = if tables.len() <= MOST_TABLES {
            let names = listed(names);
            (names.clone(), names)
        } else {
            let (count, some) = (tables.len(), listed(names.take(3)));
            let word = plural_ru(count, ["таблицы", "таблиц", "таблиц"]);
            (
                format!("{count} tables ({some} and others)"),
                format!("{count} {word} ({some} и других)"),
            )
        };
        match (self.is_of_one_row, self.when) {
            (true, None) => text!(
                "for every row of {names_en}: {en}",
                "для каждой строки {names_ru}: {ru}"
            ),
            (true, Some(when)) => text!(
                "for every row of {names_en} where `{when}`: {en}",
                "для каждой строки {names_ru}, для которой `{when}`: {ru}"
            ),
            (false, None) => text!(
                "among the rows of {names_en}: {en}",
                "среди строк {names_ru}: {ru}"
            ),
            (false, Some(when)) => text!(
                "among the rows of {names_en} where `{when}`: {en}",
                "среди строк {names_ru}, для которых `{when}`: {ru}"
            ),
        }
    }
}

/// What a shape says of the judged row or rows.
fn predicate(model: &Model, view: &View, shape: &Shape) -> Text {
    let names = ViewNames::judged(model, view);
    let show = |expr: &Expr| text(&names, expr);
    match shape {
        Shape::Check(expr) => {
            let expr = show(expr);
            text!("`{expr}`", "`{expr}`")
        }
        Shape::Equal(columns) => {
            let columns = names.listed(columns);
            text!(
                "{columns} are equal where they are filled",
                "{columns} равны, если заполнены"
            )
        }
        Shape::Exists(searches) => search::exists(model, view, searches),
        Shape::NotExists(searches) => search::not_exists(model, view, searches),
        Shape::Within {
            search,
            measure,
            at_least,
            at_most,
        } => {
            let Text { en, ru } = search::measured(model, view, search, measure);
            match (at_least.as_ref().map(show), at_most.as_ref().map(show)) {
                (Some(low), Some(high)) if low == high => {
                    text!("{en} is exactly `{low}`", "{ru} — ровно `{low}`")
                }
                (Some(low), Some(high)) => text!(
                    "{en} is at least `{low}` and at most `{high}`",
                    "{ru} — не меньше `{low}` и не больше `{high}`"
                ),
                (Some(low), None) => text!("{en} is at least `{low}`", "{ru} — не меньше `{low}`"),
                (None, Some(high)) => {
                    text!("{en} is at most `{high}`", "{ru} — не больше `{high}`")
                }
                // A measure without a bound is refused when rules are read.
                (None, None) => Text { en, ru },
            }
        }
        Shape::NoOverlap { by, from, to } => {
            let by = names.listed(by);
            let (from, to) = (names.column_name(*from), names.column_name(*to));
            text!(
                "periods from `{from}` to `{to}` of rows with the same {by} do not overlap",
                "периоды от `{from}` до `{to}` у строк с одинаковыми {by} не пересекаются"
            )
        }
        Shape::Unique { by, distinct } => unique(&names, by, *distinct),
        Shape::Sequence(sequence) => self::sequence(&names, sequence),
    }
}

fn unique(names: &ViewNames<'_>, by: &[ColumnId], distinct: Option<ColumnId>) -> Text {
    let columns = names.listed(by);
    match (by.len(), distinct) {
        (1, None) => text!(
            "the value of {columns} is not repeated",
            "значение {columns} не повторяется"
        ),
        (_, None) => text!(
            "the combination of {columns} is not repeated",
            "сочетание {columns} не повторяется"
        ),
        (_, Some(distinct)) => {
            let distinct = names.column_name(distinct);
            text!(
                "rows with the same {columns} have one value of `{distinct}`",
                "у строк с одинаковыми {columns} одно значение `{distinct}`"
            )
        }
    }
}

fn sequence(names: &ViewNames<'_>, sequence: &Sequence) -> Text {
    let by = names.listed(&sequence.by);
    let order = names.column_name(sequence.order);
    let next = sequence.next.as_ref().map(|next| {
        let next = text(names, next);
        text!(
            "`{next}` for every row after the first",
            "для каждой строки после первой `{next}`"
        )
    });
    let last = sequence.last.as_ref().map(|last| {
        let last = text(names, last);
        text!("`{last}` for the last row", "для последней строки `{last}`")
    });
    let both: Vec<Text> = next.into_iter().chain(last).collect();
    let Text { en, ru } = joined(&both, "; ", "; ");
    text!(
        "rows with the same {by}, ordered by `{order}`: {en}",
        "строки с одинаковыми {by}, упорядоченные по `{order}`: {ru}"
    )
}

/// Texts one behind the other.
fn joined(texts: &[Text], between_en: &str, between_ru: &str) -> Text {
    let en: Vec<&str> = texts.iter().map(|text| text.en.as_str()).collect();
    let ru: Vec<&str> = texts.iter().map(|text| text.ru.as_str()).collect();
    Text {
        en: en.join(between_en),
        ru: ru.join(between_ru),
    }
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// The columns of a view by their names in the model language.
pub struct ViewNames<'m> {
    model: &'m Model,
    view: &'m View,
    /// The judged row's view, for a row that is searched.
    outer: Option<&'m View>,
    /// What stands before the row's own columns.
    prefix: &'static str,
}

impl<'m> ViewNames<'m> {
    /// The names of a judged row's columns: `birth_date`, `student_id.rate`.
    pub fn judged(model: &'m Model, view: &'m View) -> Self {
        ViewNames {
            model,
            view,
            outer: None,
            prefix: "",
        }
    }

    /// The same names as a search has them: `this.birth_date`.
    pub fn this(model: &'m Model, view: &'m View) -> Self {
        ViewNames {
            prefix: "this.",
            ..ViewNames::judged(model, view)
        }
    }

    /// The names of a searched row's columns. `outer` is the judged row's view.
    pub fn searched(model: &'m Model, view: &'m View, outer: &'m View) -> Self {
        ViewNames {
            outer: Some(outer),
            ..ViewNames::judged(model, view)
        }
    }

    fn listed(&self, columns: &[ColumnId]) -> String {
        let names: Vec<_> = columns.iter().map(|id| self.column_name(*id)).collect();
        listed(names.iter().map(AsRef::as_ref))
    }

    /// The names of a path's steps with points between.
    fn path(&self, path: &[ColumnId]) -> String {
        let mut table = self.view.table;
        let mut names = Vec::with_capacity(path.len());
        for step in path {
            let facts = self.model.table(table);
            names.push(facts.column(*step).name.as_str());
            if let Some(key) = facts.reference_of(*step) {
                table = key.table;
            }
        }
        names.join(".")
    }
}

impl ColumnNames for ViewNames<'_> {
    fn column_name(&self, id: ColumnId) -> Cow<'_, str> {
        let prefix = self.prefix;
        let name = match self.view.extra_of(id) {
            None => {
                let name = &self.model.table(self.view.table).column(id).name;
                match prefix {
                    "" => return Cow::Borrowed(name),
                    _ => format!("{prefix}{name}"),
                }
            }
            Some(ViewColumn::Path(path)) => format!("{prefix}{}", self.path(path)),
            Some(ViewColumn::Outer(id)) => match self.outer {
                Some(outer) => ViewNames::this(self.model, outer)
                    .column_name(*id)
                    .into_owned(),
                None => String::new(),
            },
            Some(ViewColumn::Previous(id)) => format!("previous.{}", self.column_name(*id)),
            Some(ViewColumn::Now) => return Cow::Borrowed("CURRENT_TIMESTAMP"),
        };
        Cow::Owned(name)
    }
}
