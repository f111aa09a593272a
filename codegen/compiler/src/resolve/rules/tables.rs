//! The tables whose rows a statement judges: named one by one, or chosen by what they have.

use crate::diagnostic::{Diagnostic, Report, code};
use crate::resolve::names::once;
use crate::resolve::tables::{OwnKey, TableFacts};
use crate::source::declaration::{ChosenDecl, ShapeDecl, StatementDecl, TablesDecl, Word};
use crate::source::nearest::nearest;
use crate::text;

use super::{Known, empty, finding};

/// The tables whose rows are judged.
pub(super) fn resolve(
    known: Known<'_, '_>,
    decl: &StatementDecl,
    one: Option<&ShapeDecl>,
    report: &mut Report,
) -> Option<Vec<usize>> {
    match (&decl.table, &decl.tables) {
        (Some(word), Some(tables)) => {
            report.push(
                finding(
                    code::RULE_TABLES,
                    tables.key,
                    text!(
                        "`tables` stands beside `table`",
                        "`tables` стоит рядом с `table`"
                    ),
                    text!(
                        "name one table in `table`, or all of them in `tables`",
                        "назовите одну таблицу в `table` или все в `tables`"
                    ),
                )
                .also(word.span, text!("the other one", "другое")),
            );
            None
        }
        (Some(word), None) => Some(vec![known.tables.names.find(word, report)?]),
        (None, Some(tables)) => several(known, tables, report),
        (None, None) => {
            if let (Some(one), false) = (one, decl.is_about_tables) {
                let name = one.name;
                report.push(finding(
                    code::RULE_NO_TABLE,
                    one.key,
                    text!(
                        "`{name}` does not say whose rows it judges",
                        "`{name}`: не сказано, строки какой таблицы проверяются"
                    ),
                    text!(
                        "add `table: …`, or `tables: …` for several",
                        "добавьте `table: …` или `tables: …` для нескольких"
                    ),
                ));
            }
            None
        }
    }
}

/// The tables of a list, or those that have something in common.
fn several(known: Known<'_, '_>, decl: &TablesDecl, report: &mut Report) -> Option<Vec<usize>> {
    if decl.is_empty {
        report.push(empty("tables", decl.key));
        return None;
    }
    if let Some(chosen) = &decl.chosen {
        return by_choice(known, decl, chosen, report);
    }
    let words = once(&decl.names, report);
    let found: Vec<_> = words
        .iter()
        .map(|word| known.tables.names.find(word, report))
        .collect();
    let found: Option<Vec<_>> = found.into_iter().collect();
    found.filter(|found| !found.is_empty())
}

/// The tables that have what one field says.
fn by_choice(
    known: Known<'_, '_>,
    decl: &TablesDecl,
    chosen: &ChosenDecl,
    report: &mut Report,
) -> Option<Vec<usize>> {
    match chosen.written[..] {
        [] if chosen.is_blank => {
            report.push(finding(
                code::RULE_NO_TABLE,
                decl.key,
                text!(
                    "`tables` does not say by what the tables are chosen",
                    "в `tables` не сказано, как выбраны таблицы"
                ),
                text!(
                    "write `mixin: …`, `key: …`, or a list of tables",
                    "напишите `mixin: …`, `key: …` или список таблиц"
                ),
            ));
            return None;
        }
        [first, second, ..] => {
            report.push(
                finding(
                    code::RULE_TABLES,
                    second,
                    text!(
                        "the tables are chosen by a mixin and by a key",
                        "таблицы выбраны и по набору колонок, и по ключу"
                    ),
                    text!(
                        "keep one of the two, or list the tables",
                        "оставьте одно из двух или перечислите таблицы"
                    ),
                )
                .also(first, text!("the other one", "другое")),
            );
            return None;
        }
        _ => {}
    }
    match (&chosen.mixin, &chosen.key) {
        (Some(mixin), _) => with_mixin(known, mixin, report),
        (None, Some(key)) => with_key(known, key, report),
        // Reported already.
        (None, None) => None,
    }
}

/// The tables that take in a mixin.
fn with_mixin(known: Known<'_, '_>, mixin: &Word, report: &mut Report) -> Option<Vec<usize>> {
    let name = &mixin.value;
    let found = known.context.found;
    let mut mixins = found.mixins.iter().map(|mixin| mixin.name.value.as_str());
    if !mixins.any(|known| known == name) {
        if !found.lost.mixins {
            let names = found.mixins.iter().map(|mixin| mixin.name.value.as_str());
            report.push(
                Diagnostic::new(
                    code::NO_SUCH_MIXIN,
                    text!("there is no mixin `{name}`", "нет набора колонок `{name}`"),
                )
                .at(mixin.span)
                .suggest(nearest(name, names)),
            );
        }
        return None;
    }
    let tables = those(known, |facts| {
        facts.mixins.iter().any(|word| word.value == *name)
    });
    if tables.is_empty() && !found.lost.tables {
        report.push(finding(
            code::RULE_NO_TABLE,
            mixin.span,
            text!(
                "no table takes in the mixin `{name}`",
                "набор колонок `{name}` не входит ни в одну таблицу"
            ),
            text!(
                "name the mixin of another set of tables, or list the tables",
                "назовите другой набор или перечислите таблицы"
            ),
        ));
    }
    (!tables.is_empty()).then_some(tables)
}

/// The tables whose key is one column of their own, of this scalar type.
fn with_key(known: Known<'_, '_>, key: &Word, report: &mut Report) -> Option<Vec<usize>> {
    let scalar = known.context.scalars.names.find(key, report)?;
    let tables = those(known, |facts| facts.own_key == OwnKey::Scalar(scalar));
    let lost = &known.context.found.lost;
    let broken = |facts: &TableFacts<'_>| facts.own_key == OwnKey::Broken;
    let is_known = !(lost.tables || lost.ddl || known.tables.facts.iter().any(broken));
    if tables.is_empty() && is_known {
        let name = &key.value;
        report.push(finding(
            code::RULE_NO_TABLE,
            key.span,
            text!(
                "no table has a key of the type `{name}`",
                "ни у одной таблицы нет ключа типа `{name}`"
            ),
            text!(
                "name the type of single-column primary keys that are no references, or list the tables",
                "назовите тип первичных ключей из одной колонки, которая не ссылка, или перечислите таблицы"
            ),
        ));
    }
    (!tables.is_empty()).then_some(tables)
}

/// The positions of the tables of which `has` is true.
fn those(known: Known<'_, '_>, has: impl Fn(&TableFacts<'_>) -> bool) -> Vec<usize> {
    let facts = known.tables.facts.iter().enumerate();
    facts
        .filter(|(_, facts)| has(facts))
        .map(|(at, _)| at)
        .collect()
}
