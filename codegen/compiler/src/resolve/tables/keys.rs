//! Primary and unique keys, and the sharding key.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Report, code};
use crate::source::declaration::Word;
use crate::source::{Span, Spanned};
use crate::text;

use super::draft::Draft;

/// Resolves the keys of every table.
pub(super) fn resolve(tables: &mut [Draft<'_>], report: &mut Report) {
    for table in tables {
        primary(table, report);
        unique(table, report);
        distributed(table, report);
    }
}

/// The positions of a key's columns. `None` when one is unknown or named twice.
pub(super) fn positions(
    table: &Draft<'_>,
    words: &[Word],
    report: &mut Report,
) -> Option<Vec<usize>> {
    let mut seen = BTreeSet::new();
    let mut positions = Vec::with_capacity(words.len());
    let mut sound = true;
    for word in words {
        let name = table.name();
        let column = &word.value;
        let found = table.names.find_or(word, report, |finding| Diagnostic {
            message: text!(
                "the table `{name}` has no column `{column}`",
                "в таблице `{name}` нет колонки `{column}`"
            ),
            ..finding
        });
        match found {
            Some(at) if seen.insert(at) => positions.push(at),
            Some(_) => {
                let name = &word.value;
                sound = false;
                report.push(
                    Diagnostic::new(
                        code::KEY_REPEATS,
                        text!(
                            "the key names `{name}` twice",
                            "ключ называет `{name}` дважды"
                        ),
                    )
                    .at(word.span)
                    .help(text!("remove one", "уберите повтор")),
                );
            }
            None => sound = false,
        }
    }
    (sound && !positions.is_empty()).then_some(positions)
}

fn primary(table: &mut Draft<'_>, report: &mut Report) {
    let name = table.name();
    let (words, span): (&[Word], Span) = match (table.ddl, &table.decl.primary_key) {
        (Some(ddl), _) => (&ddl.primary_key, ddl.name.span),
        (None, Some(key)) => (&key.value, key.span),
        (None, None) => (&[], table.decl.name.span),
    };
    if words.is_empty() {
        // A table whose DDL is missing has said so.
        if table.decl.ddl.is_none() || table.ddl.is_some() {
            report.push(
                Diagnostic::new(
                    code::NO_PRIMARY_KEY,
                    text!(
                        "the table `{name}` has no primary key",
                        "у таблицы `{name}` нет первичного ключа"
                    ),
                )
                .at(span)
                .help(text!(
                    "add `primary_key: [id]` (in DDL: PRIMARY KEY); the showcase demands one",
                    "добавьте `primary_key: [id]` (в DDL: PRIMARY KEY); витрина его требует"
                )),
            );
        }
        return;
    }
    let words = words.to_vec();
    let Some(positions) = positions(table, &words, report) else {
        return;
    };
    for (word, at) in words.iter().zip(&positions) {
        let column = &table.columns[*at];
        if !column.is_required() {
            let name = &word.value;
            let reason = column.decl.and_then(|decl| {
                let optional = decl.optional.as_ref().map(|optional| optional.span);
                optional.or(decl.required_when.as_ref().map(|fragment| fragment.span))
            });
            let finding = Diagnostic::new(
                code::KEY_OPTIONAL,
                text!(
                    "the primary key names `{name}`, which may be empty",
                    "первичный ключ называет `{name}`, а эта колонка может быть пустой"
                ),
            )
            .at(word.span)
            .help(text!(
                "make the column required, or choose another key",
                "сделайте колонку обязательной или выберите другой ключ"
            ));
            let place = reason.unwrap_or(column.name.span);
            report.push(finding.also(
                place,
                text!("may be empty by this", "может быть пустой из-за этого"),
            ));
        }
    }
    table.primary_key = positions;
}

fn unique(table: &mut Draft<'_>, report: &mut Report) {
    let keys: Vec<Spanned<Vec<Word>>> = match table.ddl {
        Some(ddl) => ddl
            .unique
            .iter()
            .filter_map(|key| {
                let span = key.first()?.span;
                Some(Spanned::new(key.clone(), span))
            })
            .collect(),
        None => table.decl.unique.clone(),
    };
    let mut seen: Vec<(BTreeSet<usize>, Span)> = Vec::new();
    if !table.primary_key.is_empty() {
        let place = table.decl.primary_key.as_ref().map(|key| key.span);
        let place = place
            .or(table.ddl.map(|ddl| ddl.name.span))
            .unwrap_or(table.decl.name.span);
        seen.push((table.primary_key.iter().copied().collect(), place));
    }
    for key in keys {
        if key.value.is_empty() {
            report.push(
                Diagnostic::new(
                    code::KEY_EMPTY,
                    text!(
                        "a unique key names no column",
                        "уникальный ключ не называет ни одной колонки"
                    ),
                )
                .at(key.span),
            );
            continue;
        }
        let Some(positions) = positions(table, &key.value, report) else {
            continue;
        };
        let set: BTreeSet<usize> = positions.iter().copied().collect();
        if let Some((_, first)) = seen.iter().find(|(other, _)| *other == set) {
            report.push(
                Diagnostic::new(
                    code::KEY_REPEATS,
                    text!(
                        "these columns are a key already",
                        "эти колонки уже составляют ключ"
                    ),
                )
                .at(key.span)
                .also(*first, text!("here", "здесь"))
                .help(text!(
                    "remove one of the two keys",
                    "уберите один из двух ключей"
                )),
            );
            continue;
        }
        seen.push((set, key.span));
        table.unique.push((positions, key.span));
    }
}

fn distributed(table: &mut Draft<'_>, report: &mut Report) {
    let words: Vec<Word> = match (table.ddl, &table.decl.distributed_by) {
        (Some(ddl), _) => ddl.distributed_by.clone(),
        (None, Some(key)) => key.value.clone(),
        (None, None) => Vec::new(),
    };
    table.distributed_by = table.primary_key.clone();
    if words.is_empty() {
        if let (None, Some(key)) = (table.ddl, &table.decl.distributed_by) {
            report.push(
                Diagnostic::new(
                    code::KEY_EMPTY,
                    text!(
                        "`distributed_by` names no column",
                        "`distributed_by` не называет ни одной колонки"
                    ),
                )
                .at(key.span)
                .help(text!(
                    "remove it: the primary key is the default",
                    "уберите его: по умолчанию берётся первичный ключ"
                )),
            );
        }
        return;
    }
    let Some(positions) = positions(table, &words, report) else {
        return;
    };
    for (word, at) in words.iter().zip(&positions) {
        if !table.primary_key.is_empty() && !table.primary_key.contains(at) {
            let name = &word.value;
            report.push(
                Diagnostic::new(
                    code::DISTRIBUTION,
                    text!(
                        "`{name}` is not part of the primary key",
                        "`{name}` не входит в первичный ключ"
                    ),
                )
                .at(word.span)
                .help(text!(
                    "rows are distributed by columns of the primary key",
                    "строки распределяются по колонкам первичного ключа"
                )),
            );
        }
    }
    table.distributed_by = positions;
}
