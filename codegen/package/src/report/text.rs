//! The report for people at a terminal: what is wrong with the package and its files first, then table by
//! table; what to do about each; what was not checked; the figures.

mod lines;
mod sections;

use vitrina_codegen::Lang;
use vitrina_codegen::model::CheckSeverity;

use super::data::{Finding, Report};
use super::words;
use crate::Area;
use lines::Page;

/// How the text is written.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// The language.
    pub lang: Lang,
    /// Whether ANSI escapes colour it.
    pub color: bool,
    /// Columns of the screen.
    pub width: usize,
    /// The most samples shown of a group.
    pub samples: usize,
    /// Only findings that make the run fail: those of this weight and above, and not known from an
    /// earlier report. Tables of figures and what was not checked are left away.
    pub quiet: Option<CheckSeverity>,
}

/// The text.
pub fn text(report: &Report, style: Style) -> String {
    let mut page = Page::new(style);
    if style.quiet.is_none() {
        sections::head(report, &mut page);
    }
    let shown: Vec<&Finding> = report
        .findings
        .iter()
        .filter(|one| shows(one, style))
        .collect();
    let of_files = |finding: &&&Finding| matches!(finding.area, Area::Package | Area::File);
    let files: Vec<&Finding> = shown.iter().filter(of_files).copied().collect();
    if !files.is_empty() {
        page.heading(page.say("Package and files", "Пакет и файлы"));
        for finding in files {
            sections::finding(finding, true, &mut page);
        }
    }
    for group in by_table(report, &shown) {
        page.heading(&table_heading(report, group.first().copied(), style.lang));
        for finding in group {
            sections::finding(finding, false, &mut page);
        }
    }
    if style.quiet.is_none() {
        sections::omitted(report, &mut page);
        sections::gone(report, &mut page);
        sections::unchecked(report, &mut page);
        sections::figures(report, &mut page);
    }
    sections::summary(report, &mut page);
    page.finish()
}

fn shows(finding: &Finding, style: Style) -> bool {
    match style.quiet {
        None => true,
        Some(CheckSeverity::Warning) => finding.fresh() > 0,
        Some(CheckSeverity::Error) => {
            finding.fresh() > 0 && finding.severity == CheckSeverity::Error
        }
    }
}

/// Findings about rows, by table in the order of the model; those of no table last.
fn by_table<'r>(report: &Report, shown: &[&'r Finding]) -> Vec<Vec<&'r Finding>> {
    let rows = |finding: &&&Finding| !matches!(finding.area, Area::Package | Area::File);
    let mut names: Vec<Option<&str>> = report
        .tables
        .iter()
        .map(|table| Some(table.name.as_str()))
        .collect();
    for finding in shown.iter().filter(rows) {
        if !names.contains(&finding.table.as_deref()) {
            names.push(finding.table.as_deref());
        }
    }
    let of = |name: Option<&str>| -> Vec<&'r Finding> {
        let mine = shown
            .iter()
            .filter(rows)
            .filter(|one| one.table.as_deref() == name);
        mine.copied().collect()
    };
    names
        .into_iter()
        .map(of)
        .filter(|group| !group.is_empty())
        .collect()
}

fn table_heading(report: &Report, first: Option<&Finding>, lang: Lang) -> String {
    let name = first.and_then(|finding| finding.table.as_deref());
    let Some(name) = name else {
        return match lang {
            Lang::En => "Package as a whole".to_owned(),
            Lang::Ru => "Пакет в целом".to_owned(),
        };
    };
    let mut tables = report.tables.iter();
    match tables.find(|table| table.name == name) {
        Some(table) => {
            let rows = words::rows(table.rows, lang);
            format!("{name} — {}, {rows}", table.title)
        }
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests;
