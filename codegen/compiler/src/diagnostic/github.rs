//! Findings as workflow commands of GitHub Actions, which become annotations of a change's lines:
//! `::error file=…,line=…,col=…,title=…::…`. One line a finding; notices show remarks.

use std::fmt::Write as _;

use super::format::Part;
use super::place::Places;
use super::{Diagnostic, Lang, Severity};

/// The commands, one a line.
pub fn commands(parts: &[Part<'_>], lang: Lang) -> String {
    let mut out = String::new();
    for (report, sources) in parts {
        let places = Places::new(sources);
        for diagnostic in report.sorted() {
            out.push_str(&command(diagnostic, &places, lang));
            out.push('\n');
        }
    }
    out
}

fn command(diagnostic: &Diagnostic, places: &Places<'_>, lang: Lang) -> String {
    let mut out = String::from(match diagnostic.severity {
        Severity::Error => "::error ",
        Severity::Warning => "::warning ",
        Severity::Info => "::notice ",
    });
    if let Some(label) = &diagnostic.primary {
        let place = places.find(label.span);
        let file = place.file.trim_start_matches("./");
        let _ = write!(
            out,
            "file={},line={},endLine={},",
            property(file),
            place.line,
            place.end_line
        );
        // Columns mean something to the service only within one line.
        if place.line == place.end_line {
            let _ = write!(out, "col={},endColumn={},", place.column, place.end_column);
        }
    }
    let row = diagnostic.code.row();
    let title = match lang {
        Lang::En => row.title_en,
        Lang::Ru => row.title_ru,
    };
    let title = format!("{}: {title}", diagnostic.code);
    let _ = write!(
        out,
        "title={}::{}",
        property(&title),
        data(&words(diagnostic, lang))
    );
    out
}

fn words(diagnostic: &Diagnostic, lang: Lang) -> String {
    let mut out = diagnostic.message.get(lang).to_owned();
    if let Some(suggestion) = &diagnostic.suggestion {
        let _ = match lang {
            Lang::En => write!(out, "\ndid you mean `{suggestion}`?"),
            Lang::Ru => write!(out, "\nвозможно, имелось в виду `{suggestion}`?"),
        };
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(out, "\n{}", help.get(lang));
    }
    out
}

/// The message of a command: what would end the line or start an escape is escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property: besides, what would end the property or the list.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::sample;

    #[test]
    fn one_line_a_finding_with_everything_escaped() {
        let sources = sample::sources();
        let report = sample::report(&sources);
        insta::assert_snapshot!(commands(&[(&report, &sources)], Lang::En));
        assert_eq!(
            commands(&[(&report, &sources)], Lang::Ru).lines().count(),
            4
        );
    }

    #[test]
    fn properties_and_data_differ_in_what_they_escape() {
        assert_eq!(data("50%: a, b\r\nc"), "50%25: a, b%0D%0Ac");
        assert_eq!(property("50%: a, b"), "50%25%3A a%2C b");
    }
}
