//! Names: snake_case of Latin letters, short enough to be joined, codes of checks with their table.

use super::Findings;
use super::walk;
use crate::model::{LintScope, Model};
use crate::source::Span;
use crate::text;

/// The longest name of a table or column. `<table>_<column>` with two such names fits the 63 bytes
/// that PostgreSQL gives a name, so that names of keys and indexes are not cut.
const MAX: usize = 31;

/// Names of all kinds have the form `word_word2`.
pub(super) fn form(model: &Model, found: &mut Findings) {
    // What begins with another character or has capitals is said by the target `ddl` of tables and
    // columns.
    let physical = |name: &str| !is_snake(name) && is_plain(name);
    for table in model.tables() {
        if physical(&table.name) {
            wrong(LintScope::Table(table.id), &table.name, table.span, found);
        }
    }
    for judged in walk::columns(model) {
        let column = judged.column;
        if physical(&column.name) {
            wrong(judged.scope, &column.name, column.span, found);
        }
    }
    for (at, list) in (0..).zip(model.classifiers()) {
        if !is_snake(&list.name) {
            let scope = LintScope::Classifier(crate::model::ClassifierId(at));
            wrong(scope, &list.name, list.span, found);
        }
    }
    for (at, scalar) in (0..).zip(model.scalars()) {
        if !is_snake(&scalar.name) {
            let scope = LintScope::Type(crate::model::ScalarId(at));
            wrong(scope, &scalar.name, scalar.span, found);
        }
    }
    for (at, mixin) in model.mixins().iter().enumerate() {
        if !is_snake(&mixin.name) {
            wrong(LintScope::Mixin(at), &mixin.name, mixin.span, found);
        }
    }
}

fn wrong(scope: LintScope, name: &str, span: Span, found: &mut Findings) {
    found.push(
        scope,
        span,
        text!("`{name}` is not snake_case", "`{name}` записано не в snake_case"),
        text!(
            "Latin letters in lower case and digits, words joined by one `_`, a letter first: `lesson_plan`",
            "строчные латинские буквы и цифры, слова через один `_`, первой стоит буква: `lesson_plan`"
        ),
    );
}

/// `word_word2`
fn is_snake(name: &str) -> bool {
    let is_word = |word: &str| {
        let mut bytes = word.bytes();
        !word.is_empty() && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    walk::words(name).all(is_word) && name.starts_with(|first: char| first.is_ascii_lowercase())
}

/// A form that databases take: lower-case letters, digits and `_`, a letter first.
fn is_plain(name: &str) -> bool {
    let mut bytes = name.bytes();
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Names of tables and columns are no longer than [`MAX`].
pub(super) fn length(model: &Model, found: &mut Findings) {
    let mut judge = |scope, name: &str, span| {
        let length = name.chars().count();
        // Longer ones are an error of the target `ddl`.
        if length <= MAX || name.len() > 63 {
            return;
        }
        found.push(
            scope,
            span,
            text!(
                "`{name}` has {length} characters, more than {MAX}",
                "в `{name}` знаков {length}, больше {MAX}"
            ),
            text!(
                "a table's and a column's name, joined by `_`, then fit PostgreSQL's 63 bytes: shorten it",
                "тогда имена таблицы и колонки, соединённые `_`, умещаются в 63 байта PostgreSQL: сократите имя"
            ),
        );
    };
    for table in model.tables() {
        judge(LintScope::Table(table.id), &table.name, table.span);
    }
    for judged in walk::columns(model) {
        judge(judged.scope, &judged.column.name, judged.column.span);
    }
}

/// The code of a table's check begins with the table's name.
pub(super) fn check_code(model: &Model, found: &mut Findings) {
    for table in model.tables() {
        for check in &table.checks {
            let (code, name) = (&check.code, &table.name);
            let rest = code.strip_prefix(name.as_str());
            if rest.is_some_and(|rest| rest.len() > 1 && rest.starts_with('.')) {
                continue;
            }
            found.push(
                LintScope::Table(table.id),
                check.span,
                text!(
                    "the check `{code}` does not begin with its table's name",
                    "код проверки `{code}` не начинается с имени таблицы"
                ),
                text!("call it `{name}.…`", "назовите её `{name}.…`"),
            );
        }
    }
}
