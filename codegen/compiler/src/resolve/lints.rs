//! Levels of lints: what each is said for, found and said once.

use std::collections::BTreeMap;

use super::Context;
use super::names::{Names, Sort};
use super::tables::TableNames;
use super::{classifiers, scalars};
use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{LintScope, LintSetting};
use crate::source::declaration::{LintDecl, Word};
use crate::source::{Span, Spanned};
use crate::text;

const MIXIN: Sort = Sort {
    unknown: code::NO_SUCH_MIXIN,
    en: "mixin",
    ru: "набор колонок",
    ru_of: "набора колонок",
};

/// Resolves the levels that `showcase.yaml` sets.
pub(super) fn resolve(
    context: &Context<'_, '_>,
    tables: &TableNames<'_>,
    report: &mut Report,
) -> Vec<LintSetting> {
    let Some(showcase) = &context.found.showcase else {
        return Vec::new();
    };
    let mut mixins = Names::new(MIXIN, !context.found.lost.mixins);
    for (at, mixin) in context.found.mixins.iter().enumerate() {
        // A name declared twice is reported where tables use it.
        mixins.add(&mixin.name, at, &mut Report::new());
    }
    let finder = Finder {
        context,
        tables,
        mixins,
    };
    let mut seen = BTreeMap::new();
    let mut settings = Vec::with_capacity(showcase.lints.len());
    for decl in &showcase.lints {
        let found = finder.scope(decl, report);
        let mut said_once = |scope: LintScope, span: Span| {
            let first = *seen.entry((decl.lint.name, scope)).or_insert(span);
            if first != span {
                report.push(said_twice(decl, span, first));
            }
            first == span
        };
        let scope = match found {
            None => said_once(LintScope::Model, decl.span).then_some(None),
            Some(mut found) => {
                found.retain(|item| said_once(item.value, item.span));
                (!found.is_empty()).then_some(Some(found))
            }
        };
        settings.extend(scope.map(|scope| LintSetting {
            lint: decl.lint.name,
            level: decl.level,
            reason: decl.reason.clone(),
            scope,
            span: decl.span,
        }));
    }
    settings
}

fn said_twice(decl: &LintDecl, span: Span, first: Span) -> Diagnostic {
    let name = decl.lint.name;
    Diagnostic::new(
        code::DUPLICATE_NAME,
        text!(
            "the level of `{name}` is set twice for the same",
            "уровень `{name}` задан для одного и того же дважды"
        ),
    )
    .at(span)
    .also(first, text!("first here", "впервые здесь"))
    .help(text!("remove one of the two", "уберите одно из двух"))
}

struct Finder<'f, 'a> {
    context: &'f Context<'f, 'a>,
    tables: &'f TableNames<'a>,
    mixins: Names<'a>,
}

impl Finder<'_, '_> {
    /// What the level is said for; `None` when it is the whole model.
    fn scope(&self, decl: &LintDecl, report: &mut Report) -> Option<Vec<Spanned<LintScope>>> {
        if !decl.is_scoped {
            return None;
        }
        let mut scope = Vec::new();
        let mut add = |word: &Word, found: Option<LintScope>| {
            scope.extend(found.map(|found| Spanned::new(found, word.span)));
        };
        for word in &decl.tables {
            let found = self.tables.find_path(word, report);
            add(
                word,
                found.map(|path| match path {
                    (table, Some(column)) => LintScope::Column(table, column),
                    (table, None) => LintScope::Table(table),
                }),
            );
        }
        for word in &decl.classifiers {
            let found = self.context.classifiers.names.find(word, report);
            add(word, found.map(classifiers::id).map(LintScope::Classifier));
        }
        for word in &decl.types {
            let found = self.context.scalars.names.find(word, report);
            add(word, found.map(scalars::id).map(LintScope::Type));
        }
        for word in &decl.mixins {
            let found = self.mixins.find(word, report);
            add(word, found.map(LintScope::Mixin));
        }
        Some(scope)
    }
}
