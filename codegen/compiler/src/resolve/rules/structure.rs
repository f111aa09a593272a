//! Statements that the model's structure carries: words, scalar types, checks of rows, patterns of what
//! free text must not hold.

use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{ScalarId, Structure};
use crate::resolve::names::once;
use crate::resolve::pattern;
use crate::source::Fragment;
use crate::source::declaration::{ShapeBody, ShapeDecl, Word};
use crate::source::nearest::nearest;
use crate::text;

use super::{Known, empty, finding};

/// Resolves a shape that speaks of structure.
pub(super) fn resolve(
    known: Known<'_, '_>,
    decl: &ShapeDecl,
    report: &mut Report,
) -> Option<Structure> {
    match decl.body.as_ref()? {
        ShapeBody::Structure(structure) => Some(structure.clone()),
        ShapeBody::FreeText(patterns) if patterns.is_empty() => {
            report.push(empty(decl.name, decl.key));
            None
        }
        ShapeBody::FreeText(patterns) => free_text(patterns, report),
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

/// Patterns, each once, none of which an empty text matches.
fn free_text(fragments: &[Fragment], report: &mut Report) -> Option<Structure> {
    let words = fragments.iter();
    let words: Vec<Word> = words
        .map(|fragment| Word::new(fragment.text.clone(), fragment.span))
        .collect();
    let mut is_sound = once(&words, report).len() == words.len();
    let mut patterns = Vec::with_capacity(fragments.len());
    for fragment in fragments {
        match pattern::resolve_sought(fragment, report) {
            Some(pattern) if pattern.matches("") => {
                is_sound = false;
                let written = &fragment.text;
                report.push(finding(
                    code::RULE_PATTERN,
                    fragment.locate(0, written.len()),
                    text!(
                        "`{written}` is found in an empty text",
                        "`{written}` находится и в пустом тексте"
                    ),
                    text!(
                        "say what a text must hold at least: `+` in place of `*`",
                        "скажите, что в тексте есть хотя бы: `+` вместо `*`"
                    ),
                ));
            }
            Some(pattern) => patterns.push(pattern),
            None => is_sound = false,
        }
    }
    is_sound.then_some(Structure::FreeText(patterns))
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
