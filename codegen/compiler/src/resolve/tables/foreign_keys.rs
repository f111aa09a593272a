//! References: which key of which table each means.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Report, code};
use crate::resolve::names::Names;
use crate::source::Span;
use crate::source::declaration::Word;
use crate::text;

use super::ddl::disagree;
use super::draft::{Draft, ForeignKey};
use super::keys::positions;
use super::said::Said;

/// A reference as said, with its columns found.
struct Wish {
    columns: Vec<usize>,
    table: usize,
    target: Vec<Word>,
    span: Span,
    gives_type: bool,
    is_ddl: bool,
}

/// Resolves the references of every table.
pub(super) fn resolve(tables: &mut [Draft<'_>], names: &Names<'_>, report: &mut Report) {
    for at in 0..tables.len() {
        let wishes = wishes(&tables[at], names, report);
        let mut kept: Vec<(ForeignKey, bool)> = Vec::with_capacity(wishes.len());
        for wish in wishes {
            let is_ddl = wish.is_ddl;
            if let Some(key) = settle(wish, tables, report) {
                add(key, is_ddl, &mut kept, &tables[at], report);
            }
        }
        tables[at].foreign_keys = kept.into_iter().map(|(key, _)| key).collect();
    }
}

/// Adds a key. A key that DDL and YAML both say is one key; two different ones of the same column
/// are a disagreement.
fn add(
    key: ForeignKey,
    is_ddl: bool,
    kept: &mut Vec<(ForeignKey, bool)>,
    table: &Draft<'_>,
    report: &mut Report,
) {
    let Some((other, other_ddl)) = kept.iter().find(|(other, _)| other.columns == key.columns)
    else {
        kept.push((key, is_ddl));
        return;
    };
    let same = other.table == key.table && other.target == key.target;
    match (same, is_ddl == *other_ddl) {
        (true, false) => {}
        (true, true) => report.push(
            Diagnostic::new(
                code::KEY_REPEATS,
                text!("this reference is said twice", "эта ссылка указана дважды"),
            )
            .at(key.span)
            .also(other.span, text!("first here", "впервые здесь")),
        ),
        (false, false) => {
            let name = &table.columns[key.columns[0]].name.value;
            report.push(disagree(
                text!(
                    "`{name}` refers elsewhere in the DDL",
                    "в DDL `{name}` ссылается на другое"
                ),
                key.span,
                other.span,
                text!(
                    "let both refer to the same key",
                    "укажите в обоих местах один и тот же ключ"
                ),
            ));
        }
        (false, true) => kept.push((key, is_ddl)),
    }
}

fn wishes(table: &Draft<'_>, names: &Names<'_>, report: &mut Report) -> Vec<Wish> {
    let mut wishes = Vec::new();
    if let Some(ddl) = table.ddl {
        for key in &ddl.foreign_keys {
            let target = names.find(&key.table, report);
            let columns = positions(table, &key.columns, report);
            if let (Some(target), Some(columns)) = (target, columns) {
                wishes.push(Wish {
                    columns,
                    table: target,
                    target: key.target.clone(),
                    span: key.span,
                    gives_type: false,
                    is_ddl: true,
                });
            }
        }
    }
    for (at, column) in table.columns.iter().enumerate() {
        if let Said::Reference(target, key, span) = &column.said {
            wishes.push(Wish {
                columns: vec![at],
                table: *target,
                target: key
                    .iter()
                    .map(|key| Word::new(key.clone(), *span))
                    .collect(),
                span: *span,
                gives_type: column.ddl.is_none(),
                is_ddl: false,
            });
        }
    }
    for key in &table.decl.foreign_keys {
        let (name, column) = match key.references.value.split_once('.') {
            Some((name, column)) => (name, Some(column)),
            None => (key.references.value.as_str(), None),
        };
        let span = key.references.span;
        let mut target = key.target.clone();
        target.extend(column.map(|column| Word::new(column.to_owned(), span)));
        let found = names.find(&Word::new(name.to_owned(), span), report);
        let columns = if key.columns.is_empty() {
            report.push(
                Diagnostic::new(
                    code::KEY_EMPTY,
                    text!(
                        "the reference names no column",
                        "ссылка не называет ни одной колонки"
                    ),
                )
                .at(key.span),
            );
            None
        } else {
            positions(table, &key.columns, report)
        };
        if let (Some(found), Some(columns)) = (found, columns) {
            wishes.push(Wish {
                columns,
                table: found,
                target,
                span: key.span,
                gives_type: false,
                is_ddl: false,
            });
        }
    }
    wishes
}

/// Finds the key that a reference means.
fn settle(wish: Wish, tables: &[Draft<'_>], report: &mut Report) -> Option<ForeignKey> {
    let target = &tables[wish.table];
    let name = target.name();
    if target.primary_key.is_empty() && wish.target.is_empty() {
        // Its key is broken or missing, which is reported there.
        return None;
    }
    let columns = if wish.target.is_empty() {
        target.primary_key.clone()
    } else {
        positions(target, &wish.target, report)?
    };
    if columns.len() != wish.columns.len() {
        let (here, there) = (wish.columns.len(), columns.len());
        let finding = Diagnostic::new(
            code::REFERENCE_TARGET,
            text!(
                "columns in the reference: {here}, in the key of `{name}`: {there}",
                "колонок в ссылке: {here}, в ключе `{name}`: {there}"
            ),
        )
        .at(wish.span)
        .also(key_place(target), text!("the key", "ключ"));
        report.push(if wish.gives_type {
            finding.help(text!(
                "give the columns types and declare the reference under `foreign_keys`",
                "задайте колонкам типы и объявите ссылку в `foreign_keys`"
            ))
        } else {
            finding.help(text!(
                "name as many columns as the key has",
                "назовите столько колонок, сколько в ключе"
            ))
        });
        return None;
    }
    let set: BTreeSet<usize> = columns.iter().copied().collect();
    let is_key = |key: &[usize]| key.iter().copied().collect::<BTreeSet<_>>() == set;
    let known = is_key(&target.primary_key) || target.unique.iter().any(|(key, _)| is_key(key));
    if !known {
        let words: Vec<&str> = columns
            .iter()
            .map(|at| target.columns[*at].name.value.as_str())
            .collect();
        let words = words.join(", ");
        report.push(
            Diagnostic::new(
                code::REFERENCE_TARGET,
                text!(
                    "`{words}` is no key of `{name}`",
                    "`{words}` — не ключ таблицы `{name}`"
                ),
            )
            .at(wish.target.first().map_or(wish.span, |word| word.span))
            .also(target.decl.name.span, text!("the table", "таблица"))
            .help(text!(
                "refer to the primary key, or declare the columns `unique` there",
                "ссылайтесь на первичный ключ или объявите там эти колонки в `unique`"
            )),
        );
        return None;
    }
    Some(ForeignKey {
        columns: wish.columns,
        table: wish.table,
        target: columns,
        span: wish.span,
        gives_type: wish.gives_type,
    })
}

fn key_place(table: &Draft<'_>) -> Span {
    match (&table.decl.primary_key, table.ddl) {
        (_, Some(ddl)) => ddl
            .primary_key
            .first()
            .map_or(ddl.name.span, |word| word.span),
        (Some(key), None) => key.span,
        (None, None) => table.decl.name.span,
    }
}
