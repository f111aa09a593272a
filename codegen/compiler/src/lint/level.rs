//! Levels: what a finding weighs, and which levels of the showcase change nothing.

use super::{Lint, find};
use crate::diagnostic::{Diagnostic, Report, Severity, code};
use crate::model::{LintLevel, LintScope, LintSetting};
use crate::source::Span;
use crate::text;

/// A level said for one thing.
struct Said<'m> {
    lint: &'m str,
    level: LintLevel,
    scope: LintScope,
    span: Span,
    /// Whether a finding got its level from here.
    used: bool,
}

/// The levels of a run.
pub(super) struct Levels<'m> {
    said: Vec<Said<'m>>,
}

impl<'m> Levels<'m> {
    pub(super) fn new(settings: &'m [LintSetting]) -> Self {
        let mut said = Vec::new();
        for setting in settings {
            let mut say = |scope, span| {
                said.push(Said {
                    lint: setting.lint,
                    level: setting.level,
                    scope,
                    span,
                    used: false,
                });
            };
            match &setting.scope {
                None => say(LintScope::Model, setting.span),
                Some(scope) => scope.iter().for_each(|item| say(item.value, item.span)),
            }
        }
        Levels { said }
    }

    /// Reports a finding at its level: that of the narrowest scope that covers it.
    pub(super) fn report(
        &mut self,
        lint: &Lint,
        scope: LintScope,
        mut finding: Diagnostic,
        report: &mut Report,
    ) {
        let covering = self.said.iter_mut().filter(|said| said.covers(lint, scope));
        // Scopes order from the widest to the narrowest.
        let level = match covering.max_by_key(|said| said.scope) {
            Some(said) => {
                said.used = true;
                said.level
            }
            None => lint.level,
        };
        finding.severity = match level {
            LintLevel::Off => return,
            LintLevel::Warning => Severity::Warning,
            LintLevel::Error => Severity::Error,
        };
        report.push(finding);
    }

    /// Reports the levels that change nothing: the lint has it anyway, or an exception has nothing
    /// left to except.
    pub(super) fn report_idle(mut self, report: &mut Report) {
        let Some(own) = super::of(code::LINT_LEVEL) else {
            return;
        };
        let mut idle = Vec::new();
        for said in &self.said {
            let Some(lint) = find(said.lint) else {
                continue;
            };
            let (name, level) = (said.lint, said.level.name());
            let without = self.without(said, lint);
            if said.level == without {
                let finding = Diagnostic::new(
                    own.code,
                    text!(
                        "`{name}` is at level `{level}` without being set to it",
                        "у `{name}` и без этого уровень `{level}`"
                    ),
                );
                idle.push(finding.at(said.span));
            } else if said.level < without && !said.used && lint.code != own.code {
                let message = match said.scope {
                    LintScope::Model => text!(
                        "`{name}` finds nothing, so the level `{level}` lets nothing pass",
                        "`{name}` ничего не находит, уровень `{level}` ничего не пропускает"
                    ),
                    _ => text!(
                        "`{name}` finds nothing here, the exception is needed no longer",
                        "`{name}` ничего здесь не находит, исключение больше не нужно"
                    ),
                };
                idle.push(Diagnostic::new(own.code, message).at(said.span));
            }
        }
        let cure = text!("remove it", "уберите его");
        for finding in idle {
            self.report(own, LintScope::Model, finding.help(cure.clone()), report);
        }
    }

    /// The level that would hold where one is said, were it not.
    fn without(&self, said: &Said<'_>, lint: &Lint) -> LintLevel {
        let wider = self
            .said
            .iter()
            .filter(|other| other.scope != said.scope && other.covers(lint, said.scope));
        wider
            .max_by_key(|other| other.scope)
            .map_or(lint.level, |other| other.level)
    }
}

impl Said<'_> {
    fn covers(&self, lint: &Lint, scope: LintScope) -> bool {
        self.lint == lint.name && self.scope.covers(scope)
    }
}
