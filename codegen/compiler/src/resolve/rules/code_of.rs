//! Codes of rules and indicators: their form, and that no two things have one code.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Report, code};
use crate::resolve::tables;
use crate::source::Span;
use crate::source::declaration::Word;
use crate::text;

use super::finding;

/// The codes of a model so far.
pub(super) struct Codes<'c> {
    checks: &'c tables::Codes,
    /// By the code in upper case: files are named by them, and some disks do not tell cases apart.
    known: BTreeMap<String, Span>,
}

impl<'c> Codes<'c> {
    pub(super) fn new(checks: &'c tables::Codes) -> Self {
        Codes {
            checks,
            known: BTreeMap::new(),
        }
    }

    /// Adds a code; reports a wrong form and a code that is taken.
    pub(super) fn add(&mut self, word: &Word, report: &mut Report) {
        let code = &word.value;
        if !has_form(code) {
            report.push(finding(
                code::RULE_CODE,
                word.span,
                text!(
                    "`{code}` cannot be the code of a rule",
                    "`{code}` не может быть кодом правила"
                ),
                text!(
                    "letters and digits of ASCII, with hyphens between: `CMP-02`",
                    "латинские буквы и цифры, между ними дефисы: `CMP-02`"
                ),
            ));
        } else if Code::find(code).is_some() {
            report.push(finding(
                code::RULE_CODE,
                word.span,
                text!(
                    "`{code}` is the code of a finding",
                    "`{code}` — код замечания"
                ),
                text!(
                    "take one with a hyphen, `CMP-02`: `vitrina explain` shows both by code",
                    "возьмите код с дефисом, `CMP-02`: `vitrina explain` показывает по коду и то и другое"
                ),
            ));
        }
        let first = self.known.get(&code.to_uppercase());
        if let Some(first) = first.or_else(|| self.checks.get(code)) {
            report.push(
                Diagnostic::new(
                    code::DUPLICATE_NAME,
                    text!(
                        "the code `{code}` is taken",
                        "код `{code}` уже занят"
                    ),
                )
                .at(word.span)
                .also(*first, text!("first here", "впервые здесь"))
                .help(text!(
                    "rules, indicators and checks of rows have different codes, upper and lower case being one",
                    "у правил, показателей и проверок строк коды разные, прописные и строчные буквы не различаются"
                )),
            );
            return;
        }
        self.known.insert(code.to_uppercase(), word.span);
    }
}

fn has_form(code: &str) -> bool {
    let mut parts = code.split('-');
    code.starts_with(|c: char| c.is_ascii_alphabetic())
        && parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}
