//! What the compiler has to say: code, severity, message, labelled places, help.
//!
//! Every step pushes to a [`Report`]; steps go on as long as they can, so that one run shows all
//! errors. Messages exist in English and Russian ([`Text`], made by [`text!`](crate::text)): lower
//! case, no full stop, names in backquotes, the smallest span that shows the mistake.

pub mod code;
pub mod format;
pub mod github;
pub mod json;
mod place;
pub mod render;
#[cfg(test)]
mod sample;
pub mod sarif;
pub mod text;

pub use code::Code;
pub use format::Format;
pub use place::Place;
pub use text::{Lang, Text};

use crate::source::Span;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never fails a run unless asked to.
    Info,
    /// Probably a mistake; the model can be used all the same.
    Warning,
    /// The model cannot be used.
    Error,
}

/// A place with a remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What to see there; empty when the message says it all.
    pub text: Text,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code: `E0201`.
    pub code: Code,
    /// Weight.
    pub severity: Severity,
    /// What is wrong, in the model's terms.
    pub message: Text,
    /// Where; a finding about a file as a whole has an empty span at its start.
    pub primary: Option<Label>,
    /// Other places that matter: the first definition, the other side of a disagreement.
    pub secondary: Vec<Label>,
    /// What to do.
    pub help: Option<Text>,
    /// The nearest known name or the value that would fit, to put in place of the primary span.
    pub suggestion: Option<String>,
}

impl Diagnostic {
    /// A finding of `code` with the severity that the code's registry row gives.
    pub fn new(code: Code, message: Text) -> Self {
        Diagnostic {
            code,
            severity: code.row().severity,
            message,
            primary: None,
            secondary: Vec::new(),
            help: None,
            suggestion: None,
        }
    }

    /// Sets the place.
    #[must_use]
    pub fn at(self, span: Span) -> Self {
        self.labelled(span, Text::default())
    }

    /// Sets the place with a remark.
    #[must_use]
    pub fn labelled(mut self, span: Span, text: Text) -> Self {
        self.primary = Some(Label { span, text });
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn also(mut self, span: Span, text: Text) -> Self {
        self.secondary.push(Label { span, text });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: Text) -> Self {
        self.help = Some(text);
        self
    }

    /// Offers a replacement of the primary span, if there is one.
    #[must_use]
    pub fn suggest(mut self, name: Option<impl Into<String>>) -> Self {
        self.suggestion = name.map(Into::into);
        self
    }
}

/// All findings of a run, in the order they were made; [`Report::sorted`] orders them for people.
#[derive(Debug, Clone, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// An empty report.
    pub fn new() -> Self {
        Report::default()
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Takes over the findings of `other`, behind its own.
    pub fn append(&mut self, other: Report) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|d| d.severity == Severity::Error)
    }

    /// How many findings weigh at least `severity`.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics
            .iter()
            .filter(|d| d.severity >= severity)
            .count()
    }

    /// The findings by file, place and code, without repetitions.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<_> = self.diagnostics.iter().collect();
        all.sort_by_key(|d| (d.primary.as_ref().map(|label| label.span), d.code));
        all.dedup();
        all
    }
}
