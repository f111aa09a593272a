//! Searches in words: which rows are found, and what is measured of them.

use super::{ViewNames, joined};
use crate::diagnostic::Text;
use crate::model::expr::text::{ColumnNames as _, conjunct, side, text};
use crate::model::{Measure, Model, Search, View};
use crate::text;

/// At least one of the searches finds a row.
pub(super) fn exists(model: &Model, outer: &View, searches: &[Search]) -> Text {
    let rows = searches.iter().map(|search| {
        let (table, found) = (table(model, search), condition(model, outer, search));
        match found {
            Some(found) => text!(
                "a row of `{table}` where `{found}`",
                "строка `{table}`, где `{found}`"
            ),
            None => text!("a row of `{table}`", "строка `{table}`"),
        }
    });
    let rows: Vec<Text> = rows.collect();
    let Text { en, ru } = joined(&rows, ", or ", ", или ");
    text!("there is {en}", "есть {ru}")
}

/// None of the searches finds a row.
pub(super) fn not_exists(model: &Model, outer: &View, searches: &[Search]) -> Text {
    let rows = searches
        .iter()
        .map(|search| rows(model, outer, search, "строки"));
    let rows: Vec<Text> = rows
        .map(|Text { en, ru }| Text {
            en: format!("no {en}"),
            ru,
        })
        .collect();
    let Text { en, ru } = joined(&rows, " and ", ", ни ");
    match rows.len() {
        1 => text!("there are {en}", "нет {ru}"),
        _ => text!("there are {en}", "нет ни {ru}"),
    }
}

/// What is measured of the rows found.
pub(super) fn measured(model: &Model, outer: &View, search: &Search, measure: &Measure) -> Text {
    let names = ViewNames::searched(model, &search.view, outer);
    let of = |word| {
        let rows = rows(model, outer, search, word);
        // The Russian clause that says which rows ends in a comma.
        let end = if is_limited(search) { "," } else { "" };
        let ru = rows.ru + end;
        Text { en: rows.en, ru }
    };
    match measure {
        Measure::Count => {
            let Text { en, ru } = of("строк");
            text!("the number of {en}", "число {ru}")
        }
        Measure::Distinct(id) => {
            let (name, Text { en, ru }) = (names.column_name(*id), of("строк"));
            text!(
                "the number of different values of `{name}` among {en}",
                "число разных значений `{name}` среди {ru}"
            )
        }
        Measure::Sum(value) => {
            let (value, Text { en, ru }) = (text(&names, value), of("строкам"));
            text!("the sum of `{value}` over {en}", "сумма `{value}` по {ru}")
        }
        Measure::Average { value, weight } => {
            let (value, Text { en, ru }) = (text(&names, value), of("строкам"));
            match weight.as_ref().map(|weight| text(&names, weight)) {
                Some(weight) => text!(
                    "the mean of `{value}` weighted by `{weight}` over {en}",
                    "среднее `{value}` с весом `{weight}` по {ru}"
                ),
                None => text!(
                    "the mean of `{value}` over {en}",
                    "среднее `{value}` по {ru}"
                ),
            }
        }
    }
}

/// `rows of x where …`, with the Russian word for rows in the case that the sentence needs.
fn rows(model: &Model, outer: &View, search: &Search, word: &str) -> Text {
    let (table, found) = (table(model, search), condition(model, outer, search));
    match found {
        Some(found) => text!(
            "rows of `{table}` where `{found}`",
            "{word} `{table}`, где `{found}`"
        ),
        None => text!("rows of `{table}`", "{word} `{table}`"),
    }
}

fn is_limited(search: &Search) -> bool {
    !search.on.is_empty() || search.condition.is_some()
}

fn table<'m>(model: &'m Model, search: &Search) -> &'m str {
    &model.table(search.view.table).name
}

/// The equalities and the condition of a search as one condition.
fn condition(model: &Model, outer: &View, search: &Search) -> Option<String> {
    let names = ViewNames::searched(model, &search.view, outer);
    let judged = ViewNames::this(model, outer);
    let pairs = search.on.iter().map(|(column, value)| {
        format!("{} = {}", names.column_name(*column), side(&judged, value))
    });
    let mut all: Vec<String> = pairs.collect();
    match &search.condition {
        // Alone it needs no parentheses.
        Some(condition) if all.is_empty() => all.push(text(&names, condition)),
        Some(condition) => all.push(conjunct(&names, condition)),
        None => {}
    }
    (!all.is_empty()).then(|| all.join(" AND "))
}
