//! What columns mean: identities of rows through references, scalar types, classifiers. And whether
//! the two ends of every reference are of one type.

use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::Domain;
use crate::resolve::{classifiers, scalars};
use crate::source::Span;
use crate::text;

use super::draft::{Draft, ForeignKey};
use super::said::Said;

/// Settles meanings in the order of loading.
pub(super) fn resolve(tables: &mut [Draft<'_>], order: &[usize], report: &mut Report) {
    for at in order {
        check_types(tables, *at, report);
        own(tables, *at);
        follow(tables, *at);
    }
}

/// Both ends of a reference have the same base type.
fn check_types(tables: &[Draft<'_>], at: usize, report: &mut Report) {
    let table = &tables[at];
    for key in table.foreign_keys.iter().filter(|key| !key.gives_type) {
        let other = &tables[key.table];
        for (from, to) in key.columns.iter().zip(&key.target) {
            let (from, to) = (&table.columns[*from], &other.columns[*to]);
            let (Some(here), Some(there)) = (from.base, to.base) else {
                continue;
            };
            if here == there {
                continue;
            }
            let (name, target) = (&from.name.value, &to.name.value);
            let other = other.name();
            let place = |column: &super::draft::Column<'_>| -> Span {
                match (&column.said, column.ddl) {
                    (_, Some(ddl)) => ddl.base.span,
                    (Said::Base(_, span) | Said::Scalar(_, span), None) => *span,
                    _ => column.name.span,
                }
            };
            report.push(
                Diagnostic::new(
                    code::REFERENCE_TYPE,
                    text!("`{name}` is `{here}`, but `{other}.{target}` that it refers to is `{there}`",
                          "`{name}` — `{here}`, а `{other}.{target}`, на которую она ссылается, — `{there}`"),
                )
                .at(place(from))
                .also(place(to), text!("the key", "ключ"))
                .also(key.span, text!("the reference", "ссылка"))
                .help(text!(
                    "both ends of a reference have one type and one width",
                    "у двух концов ссылки один тип и одна длина"
                )),
            );
        }
    }
}

/// Meanings that a table gives by itself; its key identifies its rows unless it refers on.
fn own(tables: &mut [Draft<'_>], at: usize) {
    let table = &mut tables[at];
    let single = match table.primary_key[..] {
        [only] => Some(only),
        _ => None,
    };
    for (position, column) in table.columns.iter_mut().enumerate() {
        let said = match &column.said {
            Said::Scalar(scalar, _) => Domain::Scalar(scalars::id(*scalar)),
            Said::Classifier(list, ..) => Domain::Classifier(classifiers::id(*list)),
            _ => Domain::Plain,
        };
        let scalar = match said {
            Domain::Scalar(id) => Some(id),
            _ => None,
        };
        let identifies = single == Some(position) && !matches!(said, Domain::Classifier(_));
        column.domain = if identifies {
            Domain::Key {
                table: super::id(at),
                scalar,
            }
        } else {
            said
        };
    }
}

/// Meanings that come from elsewhere: a column that refers means what its target means. A reference
/// by one column goes before one by several; within the table, chains settle in rounds.
fn follow(tables: &mut [Draft<'_>], at: usize) {
    let mut source: Vec<Option<(usize, usize)>> = vec![None; tables[at].columns.len()];
    let mut keys: Vec<&ForeignKey> = tables[at].foreign_keys.iter().collect();
    keys.sort_by_key(|key| key.columns.len() > 1);
    for key in keys {
        for (from, to) in key.columns.iter().zip(&key.target) {
            source[*from].get_or_insert((key.table, *to));
        }
    }
    // Follows a chain of references inside the table to where it leaves or ends.
    for position in 0..source.len() {
        let mut end = match source[position] {
            Some(end) => end,
            None => continue,
        };
        let mut steps = 0;
        while let (true, Some(next)) = (end.0 == at, source.get(end.1).copied().flatten()) {
            steps += 1;
            if end.0 != at || steps > source.len() {
                break;
            }
            end = next;
        }
        let meaning = tables[end.0].columns[end.1].domain;
        if meaning != Domain::Plain {
            tables[at].columns[position].domain = meaning;
        }
    }
}
