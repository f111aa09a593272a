//! Variants of a cell: texts that break one rule of the cell's column.

use super::{Random, form, text};
use crate::model::eval::{self, Rule};
use crate::model::{BaseType, ColumnType, Model};

/// How many variants of a cell are looked at.
const VARIANTS: usize = 600;

/// Texts that break `rule` of a column's type, those first that break nothing else of it. `good` is
/// a text of the column.
pub(super) fn breaking(
    model: &Model,
    ty: &ColumnType,
    good: &str,
    rule: &Rule,
    random: &mut Random,
) -> Vec<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for candidate in candidates(model, ty, good, rule, random) {
        let broken = eval::cell(model, ty, &candidate);
        if !candidate.is_empty() && broken.contains(rule) {
            found.push((broken.len(), candidate));
            if found.iter().filter(|(count, _)| *count == 1).count() >= 4 {
                break;
            }
        }
    }
    found.sort_by_key(|(count, _)| *count);
    found.truncate(4);
    found.into_iter().map(|(_, text)| text).collect()
}

/// Other good texts of a column, near `good` and far: for references to nothing.
pub(super) fn others(
    model: &Model,
    ty: &ColumnType,
    good: &str,
    random: &mut Random,
) -> Vec<String> {
    let codes = model.closed_list_of(ty).map(|list| list.values.iter());
    let codes = codes.into_iter().flatten().map(|value| value.code.clone());
    let fresh: Vec<String> = (0..12).filter_map(|_| fresh(model, ty, random)).collect();
    let fits =
        |text: &String| text != good && !text.is_empty() && eval::cell(model, ty, text).is_empty();
    // Each is judged, so those that are enough are enough.
    codes
        .chain(fresh)
        .chain(neighbours(good, random))
        .filter(fits)
        .take(80)
        .collect()
}

/// A new good value of a column's type.
pub(super) fn fresh(model: &Model, ty: &ColumnType, random: &mut Random) -> Option<String> {
    if let Some(list) = model.closed_list_of(ty) {
        return random.pick(&list.values).map(|value| value.code.clone());
    }
    match form::scalar_of(model, ty) {
        Some(scalar) => form::value(model, scalar, ty.base, random),
        None => super::plan::plain(ty.base, None, random),
    }
}

fn candidates(
    model: &Model,
    ty: &ColumnType,
    good: &str,
    rule: &Rule,
    random: &mut Random,
) -> Vec<String> {
    match rule {
        Rule::Type => no_values(ty.base)
            .iter()
            .map(|text| (*text).to_owned())
            .collect(),
        Rule::Length => {
            let max = ty.base.max_chars().unwrap_or(0) as usize;
            let mut texts = Vec::new();
            if let Some(pattern) = model.form_of(ty).and_then(|form| form.pattern.as_ref()) {
                texts.extend((0..60).map(|_| form::from_pattern(&pattern.node, 400, random)));
            }
            texts.push(longer(good, max + 1));
            texts.push(text::exactly(random, max + 1));
            if let BaseType::Char(_) = ty.base {
                texts.push(good.chars().take(max.saturating_sub(1)).collect());
            }
            texts
        }
        Rule::Control => {
            let chars: Vec<char> = good.chars().collect();
            let middle = chars.len() / 2;
            // In place of a character, and between two.
            let replaced = chars.iter().enumerate();
            let replaced = replaced.map(|(at, char)| if at == middle { '\n' } else { *char });
            let (before, behind) = chars.split_at(middle);
            vec![
                replaced.collect(),
                before.iter().chain(&['\n']).chain(behind).collect(),
            ]
        }
        Rule::List => match ty.base {
            BaseType::Char(n) => (0..20).map(|_| text::exactly(random, n as usize)).collect(),
            base if base.is_text() => ["?", "нет", "x", "0", "zz"]
                .iter()
                .map(|text| (*text).to_owned())
                .collect(),
            _ => (0..2000)
                .step_by(7)
                .map(|n| (2_000 - n).to_string())
                .collect(),
        },
        _ => neighbours(good, random),
    }
}

/// Texts that are no values of a base type.
fn no_values(base: BaseType) -> &'static [&'static str] {
    match base {
        BaseType::Boolean => &["maybe"],
        BaseType::Int32 => &["2147483648", "-2147483649", "1.5", "один"],
        BaseType::BigInt => &["9223372036854775808", "1.5", "один"],
        BaseType::Float => &["1e39", "много"],
        BaseType::Double => &["1e309", "много"],
        BaseType::Uuid => &["00000000-0000-0000-0000-00000000000g", "0"],
        BaseType::Date => &["2023-02-29", "2023-13-01", "вчера"],
        BaseType::Time(_) => &["25:00:00", "10:60:00", "утром"],
        BaseType::Timestamp(_) => &["2023-02-29 00:00:00", "2023-02-28 25:00:00", "вчера"],
        BaseType::Char(_) | BaseType::Varchar(_) | BaseType::Link => &[],
    }
}

fn longer(good: &str, chars: usize) -> String {
    let last = good.chars().last().unwrap_or('ж');
    let mut text: Vec<char> = good.chars().collect();
    text.resize(chars.max(text.len()), last);
    text.into_iter().collect()
}

/// Texts one character away: digits and letters exchanged, characters added, dropped, swapped.
fn neighbours(good: &str, random: &mut Random) -> Vec<String> {
    const OTHER: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'Z', 'ж', '!', ' ', '-',
    ];
    let chars: Vec<char> = good.chars().collect();
    let mut texts = Vec::new();
    // From the end: there are check digits, and what follows a prefix.
    for at in (0..chars.len()).rev() {
        for other in OTHER {
            let mut changed = chars.clone();
            if let Some(slot) = changed.get_mut(at) {
                *slot = other;
            }
            texts.push(changed.into_iter().collect());
        }
        if texts.len() > VARIANTS {
            break;
        }
    }
    for other in OTHER {
        texts.push(format!("{good}{other}"));
        texts.push(format!("{other}{good}"));
    }
    texts.push(chars.iter().skip(1).collect());
    texts.push(chars.iter().take(chars.len().saturating_sub(1)).collect());
    texts.push("?".repeat(chars.len()));
    texts.extend((0..8).map(|_| text::exactly(random, chars.len().max(1))));
    texts
}
