//! Titles: Russian, and each says something of its own.

use std::collections::BTreeMap;

use super::Findings;
use super::walk;
use crate::model::{ClassifierId, LintScope, Model, ScalarId};
use crate::source::Span;
use crate::text;

fn judge(found: &mut Findings, scope: LintScope, title: &str, span: Span) {
    if is_russian(title) {
        return;
    }
    found.push(
        scope,
        span,
        text!(
            "the title `{title}` is not Russian",
            "название `{title}` не по-русски"
        ),
        text!("write it in Russian", "напишите его по-русски"),
    );
}

/// Everything with a title has one in Russian: at least one Cyrillic letter.
pub(super) fn russian(model: &Model, found: &mut Findings) {
    let showcase = model.showcase();
    judge(found, LintScope::Model, &showcase.title, showcase.span);
    for group in &showcase.groups {
        judge(found, LintScope::Model, &group.title, showcase.span);
    }
    for regulation in model.regulations() {
        judge(found, LintScope::Model, &regulation.title, regulation.span);
        for clause in &regulation.clauses {
            judge(found, LintScope::Model, &clause.title, clause.span);
        }
    }
    for kind in model.kinds() {
        judge(found, LintScope::Model, &kind.title, kind.span);
    }
    for (at, scalar) in (0..).zip(model.scalars()) {
        judge(
            found,
            LintScope::Type(ScalarId(at)),
            &scalar.title,
            scalar.span,
        );
    }
    for (at, list) in (0..).zip(model.classifiers()) {
        let scope = LintScope::Classifier(ClassifierId(at));
        judge(found, scope, &list.title, list.span);
        for value in &list.values {
            judge(found, scope, &value.title, value.span);
        }
    }
    for (at, mixin) in model.mixins().iter().enumerate() {
        if let Some(title) = &mixin.title {
            judge(found, LintScope::Mixin(at), title, mixin.span);
        }
    }
    for table in model.tables() {
        let scope = LintScope::Table(table.id);
        judge(found, scope, &table.title, table.span);
        for check in &table.checks {
            // A column's own check may have the column's title.
            let column = check.column.map(|id| &table.column(id).title);
            if column != Some(&check.title) && !is_russian(&check.title) {
                let title = &check.title;
                found.push(
                    scope,
                    check.span,
                    text!(
                        "the title of the check, `{title}`, is not Russian",
                        "название проверки, `{title}`, не по-русски"
                    ),
                    text!(
                        "write it in Russian; a check of DDL has no title, so declare it in `checks` of the table",
                        "напишите его по-русски; у проверки из DDL названия нет, поэтому объявите её в `checks` таблицы"
                    ),
                );
            }
        }
    }
    for judged in walk::columns(model) {
        judge(
            found,
            judged.scope,
            &judged.column.title,
            judged.column.span,
        );
    }
    for rule in model.rules() {
        judge(found, LintScope::Model, &rule.title, rule.span);
    }
    for indicator in model.indicators() {
        judge(found, LintScope::Model, &indicator.title, indicator.span);
    }
}

fn is_russian(title: &str) -> bool {
    title.chars().any(|c| matches!(c, 'А'..='я' | 'Ё' | 'ё'))
}

/// No two columns of a table, and no two tables, have one title.
pub(super) fn duplicate(model: &Model, found: &mut Findings) {
    let mut tables = Titles::default();
    for table in model.tables() {
        let mut columns = Titles::default();
        for column in &table.columns {
            let scope = LintScope::Column(table.id, column.id);
            columns.add(scope, &column.title, column.span, found);
        }
        tables.add(LintScope::Table(table.id), &table.title, table.span, found);
    }
}

/// Titles seen so far with the place of each, told apart without regard to letter case.
#[derive(Default)]
struct Titles(BTreeMap<String, Span>);

impl Titles {
    fn add(&mut self, scope: LintScope, title: &str, span: Span, found: &mut Findings) {
        let key = title.trim().to_lowercase();
        let first = *self.0.entry(key).or_insert(span);
        if first == span {
            return;
        }
        found.push_with(
            scope,
            span,
            text!(
                "the title `{title}` stands here a second time",
                "название `{title}` стоит здесь второй раз"
            ),
            text!(
                "say how the two differ",
                "скажите, чем одно отличается от другого"
            ),
            (first, text!("first here", "впервые здесь")),
        );
    }
}
