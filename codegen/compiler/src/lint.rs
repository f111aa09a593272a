//! Lints: what a valid model should look like. They stand between the model and the targets.
//!
//! ```text
//! Model ──► every lint of the registry ──► findings ──► levels (default, or `lints` of
//!           (pure: Model → findings)                    showcase.yaml) ──► Report
//! ```
//!
//! A lint is a row of [`LINTS`]: code, name, default level, and a function that finds what it
//! minds. Conventions are those that the tables of the model obey; where a table must differ, the
//! showcase says so with a reason, and is told when the exception is needed no longer.
//!
//! Columns that a mixin brings are judged once, as the mixin's. What the language or a target
//! refuses anyway is no lint's business: titles left out, reserved words, names over the limits.

mod basis;
mod code_list;
mod key;
mod level;
mod mixin;
mod name;
mod period;
mod personal;
mod suffix;
mod title;
mod unused;
mod walk;

use crate::diagnostic::{Code, Diagnostic, Report, Text, code};
use crate::model::{LintLevel, LintScope, Model};
use crate::source::Span;

/// A lint: one convention.
#[derive(Debug)]
pub struct Lint {
    /// The code of its findings: `L0804`.
    pub code: Code,
    /// Its name in `showcase.yaml`: `foreign_key_suffix`.
    pub name: &'static str,
    /// The level unless the showcase sets another.
    pub level: LintLevel,
    judge: fn(&Model, &mut Findings),
}

const fn lint(
    code: Code,
    name: &'static str,
    level: LintLevel,
    judge: fn(&Model, &mut Findings),
) -> Lint {
    Lint {
        code,
        name,
        level,
        judge,
    }
}

use LintLevel::{Error, Warning};

/// Every lint, ordered by code.
#[rustfmt::skip]
pub static LINTS: &[Lint] = &[
    // Speaks when all others have: see `level`.
    lint(code::LINT_LEVEL, "idle_level", Warning, |_, _| {}),
    lint(code::LINT_NAME_FORM, "name_form", Warning, name::form),
    lint(code::LINT_NAME_LENGTH, "name_length", Warning, name::length),
    lint(code::LINT_CHECK_CODE, "check_code", Warning, name::check_code),
    lint(code::LINT_FOREIGN_KEY_SUFFIX, "foreign_key_suffix", Warning, key::foreign_key_suffix),
    lint(code::LINT_LONE_IDENTIFIER, "lone_identifier", Warning, key::lone_identifier),
    lint(code::LINT_PRIMARY_KEY, "primary_key", Warning, key::primary_key),
    lint(code::LINT_KEY_FIRST, "key_first", Warning, key::key_first),
    lint(code::LINT_CODE_CLASSIFIER, "code_classifier", Warning, code_list::code_classifier),
    lint(code::LINT_CLASSIFIER_SUFFIX, "classifier_suffix", Warning, code_list::classifier_suffix),
    lint(code::LINT_DATE_SUFFIX, "date_suffix", Warning, suffix::date),
    lint(code::LINT_DATETIME_SUFFIX, "datetime_suffix", Warning, suffix::datetime),
    lint(code::LINT_TIME_SUFFIX, "time_suffix", Warning, suffix::time),
    lint(code::LINT_BOOLEAN_NAME, "boolean_name", Warning, suffix::boolean),
    lint(code::LINT_HASH_SUFFIX, "hash_suffix", Warning, suffix::hash),
    lint(code::LINT_UUID_SUFFIX, "uuid_suffix", Warning, suffix::uuid),
    lint(code::LINT_TEXT_SUFFIX, "text_suffix", Warning, suffix::text),
    lint(code::LINT_PERIOD_ENDS, "period_ends", Warning, period::ends),
    lint(code::LINT_PERIOD_CHECK, "period_check", Warning, period::check),
    lint(code::LINT_RUSSIAN_TITLE, "russian_title", Warning, title::russian),
    lint(code::LINT_DUPLICATE_TITLE, "duplicate_title", Warning, title::duplicate),
    lint(code::LINT_BASIS, "basis", Warning, basis::basis),
    lint(code::LINT_GROUP_MIXIN, "group_mixin", Warning, mixin::group_mixin),
    lint(code::LINT_UNUSED_TYPE, "unused_type", Warning, unused::types),
    lint(code::LINT_UNUSED_CLASSIFIER, "unused_classifier", Warning, unused::classifiers),
    lint(code::LINT_UNUSED_MIXIN, "unused_mixin", Warning, unused::mixins),
    lint(code::LINT_PERSONAL_CLASS, "personal_class", Warning, personal::class),
    lint(code::LINT_PERSON_NAME, "person_name", Error, personal::name),
];

/// The lint of a name.
pub fn find(name: &str) -> Option<&'static Lint> {
    LINTS.iter().find(|lint| lint.name == name)
}

/// The lint of a code.
pub fn of(code: Code) -> Option<&'static Lint> {
    LINTS.iter().find(|lint| lint.code == code)
}

/// The names of all lints, ordered by code.
pub fn names() -> Vec<&'static str> {
    LINTS.iter().map(|lint| lint.name).collect()
}

/// Runs every lint, at the levels that the showcase sets.
pub fn check(model: &Model, report: &mut Report) {
    let mut levels = level::Levels::new(&model.showcase().lints);
    for lint in LINTS {
        let mut findings = Findings {
            code: lint.code,
            found: Vec::new(),
        };
        (lint.judge)(model, &mut findings);
        for (scope, finding) in findings.found {
            levels.report(lint, scope, finding, report);
        }
    }
    levels.report_idle(report);
}

/// What one lint has found, each with what it speaks of.
struct Findings {
    code: Code,
    found: Vec<(LintScope, Diagnostic)>,
}

impl Findings {
    /// Adds a finding.
    fn push(&mut self, scope: LintScope, span: Span, message: Text, help: Text) {
        let finding = Diagnostic::new(self.code, message).at(span).help(help);
        self.found.push((scope, finding));
    }

    /// Adds a finding with a second place.
    fn push_with(
        &mut self,
        scope: LintScope,
        span: Span,
        message: Text,
        help: Text,
        also: (Span, Text),
    ) {
        let finding = Diagnostic::new(self.code, message).at(span).help(help);
        self.found.push((scope, finding.also(also.0, also.1)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    #[test]
    fn the_registry_agrees_with_the_codes() {
        let codes: Vec<_> = LINTS.iter().map(|lint| lint.code.as_str()).collect();
        let mut rows: Vec<_> = Code::all().iter().map(|row| row.code.as_str()).collect();
        rows.retain(|code| code.starts_with('L'));
        assert_eq!(codes, rows);
        for lint in LINTS {
            let severity = match lint.level {
                LintLevel::Error => Severity::Error,
                LintLevel::Warning | LintLevel::Off => Severity::Warning,
            };
            let row = lint.code.row();
            assert_eq!(row.severity, severity, "{}", lint.name);
            for page in [row.page_en, row.page_ru] {
                assert!(page.contains(&format!("`{}`", lint.name)), "{}", lint.name);
            }
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names = names();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), LINTS.len());
    }
}
