//! Whether a value has the form that its type asks for.

use super::value;
use crate::diagnostic::{Code, Diagnostic, Report, Text};
use crate::model::{Algorithm, BaseType, Pattern};
use crate::source::Span;
use crate::source::declaration::Word;
use crate::text;

/// What a value must fit.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Form<'a> {
    pub(super) base: Option<BaseType>,
    pub(super) pattern: Option<(&'a Pattern, Span)>,
    pub(super) algorithm: Option<Algorithm>,
}

impl Form<'_> {
    /// Why a text does not fit, and the place of the rule that it breaks, if that says more.
    pub(super) fn refuse(&self, text: &str) -> Option<(Text, Option<Span>)> {
        if let Some(base) = self.base
            && let Err(why) = value::check(base, text)
        {
            return Some((why, None));
        }
        if let Some((pattern, span)) = self.pattern
            && !pattern.matches(text)
        {
            let pattern = &pattern.text;
            let why = text!(
                "it does not match the pattern `{pattern}`",
                "не подходит под шаблон `{pattern}`"
            );
            return Some((why, Some(span)));
        }
        if let Some(algorithm) = self.algorithm
            && let Err(why) = algorithm.check(text)
        {
            let name = algorithm.name();
            let en = why.message(vitrina::Lang::En);
            let ru = why.message(vitrina::Lang::Ru);
            return Some((
                Text {
                    en: format!("by the rule `{name}`, {en}"),
                    ru: format!("по правилу `{name}`: {ru}"),
                },
                None,
            ));
        }
        None
    }

    /// Reports a value that does not fit.
    pub(super) fn check(&self, code: Code, word: &Word, report: &mut Report) {
        let Some((why, rule)) = self.refuse(&word.value) else {
            return;
        };
        let value = &word.value;
        let mut finding = Diagnostic::new(
            code,
            Text {
                en: format!("`{value}` does not fit: {}", why.en),
                ru: format!("`{value}` не подходит: {}", why.ru),
            },
        )
        .at(word.span);
        if let Some(rule) = rule {
            finding = finding.also(rule, text!("the pattern", "шаблон"));
        }
        report.push(finding);
    }
}
