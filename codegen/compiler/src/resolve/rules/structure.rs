//! Statements that the model's structure carries: words, scalar types, checks of rows.

use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{ScalarId, Structure};
use crate::resolve::names::once;
use crate::source::declaration::{ShapeBody, ShapeDecl, Word};
use crate::source::nearest::nearest;
use crate::text;

use super::{Known, empty};

/// Resolves a shape that speaks of structure.
pub(super) fn resolve(
    known: Known<'_, '_>,
    decl: &ShapeDecl,
    report: &mut Report,
) -> Option<Structure> {
    match decl.body.as_ref()? {
        ShapeBody::Structure(structure) => Some(structure.clone()),
        ShapeBody::Types(words) | ShapeBody::Checks(words) if words.is_empty() => {
            report.push(empty(decl.name, decl.key));
            None
        }
        ShapeBody::Types(words) => {
            let names = &known.context.scalars.names;
            let find = |word: &Word, report: &mut Report| {
                let at = names.find(word, report)?;
                Some(ScalarId(u32::try_from(at).ok()?))
            };
            let words = once(words, report);
            let found: Vec<_> = words.iter().map(|word| find(word, report)).collect();
            let found: Option<_> = found.into_iter().collect();
            found.map(Structure::Types)
        }
        ShapeBody::Checks(words) => {
            let mut is_sound = true;
            let words = once(words, report);
            for word in &words {
                is_sound &= check(known, word, report);
            }
            let codes = words.into_iter().map(|word| word.value).collect();
            is_sound.then_some(Structure::Checks(codes))
        }
        _ => None,
    }
}

/// Whether there is a check of this code; reports if not.
fn check(known: Known<'_, '_>, word: &Word, report: &mut Report) -> bool {
    let codes = &known.tables.codes;
    if codes.contains_key(&word.value) {
        return true;
    }
    let lost = &known.context.found.lost;
    if !(lost.tables || lost.ddl || lost.mixins) {
        let code = &word.value;
        report.push(
            Diagnostic::new(
                code::NO_SUCH_CHECK,
                text!(
                    "no check of rows has the code `{code}`",
                    "ни у одной проверки строк нет кода `{code}`"
                ),
            )
            .at(word.span)
            .suggest(nearest(code, codes.keys().map(String::as_str)))
            .help(text!(
                "checks have the code of their table's `checks`, a column's own check `table.column`",
                "код проверки — из `checks` таблицы, у собственной проверки колонки — `таблица.колонка`"
            )),
        );
    }
    false
}
