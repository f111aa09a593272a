//! The forms in which findings are shown, and the one function that takes any of them.

use super::{Diagnostic, Lang, Report, github, json, render, sarif};
use crate::source::SourceSet;

/// A form of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people, as rustc shows errors.
    #[default]
    Text,
    /// One JSON document, see [`json`].
    Json,
    /// SARIF 2.1.0, see [`sarif`].
    Sarif,
    /// Workflow commands of GitHub Actions, see [`github`].
    Github,
}

/// A report and the files that its spans mean. A run has several when it speaks of the model and
/// of the output.
pub type Part<'a> = (&'a Report, &'a SourceSet);

impl Format {
    /// Every form, in the order of the command's help.
    pub const ALL: [Format; 4] = [Format::Text, Format::Json, Format::Sarif, Format::Github];

    /// The word that names it on the command line: `sarif`.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Sarif => "sarif",
            Format::Github => "github",
        }
    }

    /// The findings of all parts as one document that ends with a line end, or empty. `color`
    /// means text alone; JSON carries both languages whatever `lang` is.
    pub fn render(self, parts: &[Part<'_>], lang: Lang, color: bool) -> String {
        match self {
            Format::Text => text(parts, lang, color),
            Format::Json => json::document(parts),
            Format::Sarif => sarif::document(parts, lang),
            Format::Github => github::commands(parts, lang),
        }
    }
}

fn text(parts: &[Part<'_>], lang: Lang, color: bool) -> String {
    let mut out: String = parts
        .iter()
        .map(|(report, sources)| render::findings(report, sources, lang, color))
        .collect();
    if let Some(summary) = render::summary(&all(parts), lang) {
        out.push_str(&summary);
        out.push('\n');
    }
    out
}

/// The findings of all parts in the order in which they are shown.
fn all<'a>(parts: &[Part<'a>]) -> Vec<&'a Diagnostic> {
    parts
        .iter()
        .flat_map(|(report, _)| report.sorted())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::sample;

    #[test]
    fn several_parts_have_one_summary() {
        let sources = sample::sources();
        let report = sample::report(&sources);
        let empty = Report::new();
        let parts = [(&report, &sources), (&empty, &sources), (&report, &sources)];
        let text = Format::Text.render(&parts, Lang::En, false);
        assert!(text.contains("\n4 errors, 2 warnings, 2 remarks; "));
        assert_eq!(text.matches("says more").count(), 1);
        assert_eq!(Format::Text.render(&[], Lang::En, false), "");
    }
}
