//! A report for people: rustc's look, every label at its place, help, and a line of counts.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::place::{Places, clamp};
use super::{Diagnostic, Label, Lang, Report, Severity};
use crate::source::{FileId, SourceSet, Span};

/// The most bytes of a file that are drawn for a finding; longer pieces are named by their place.
const MAX_SNIPPET: usize = 64 * 1024;

/// The whole report in `lang`, findings by file and place, then [`summary`]; empty for an empty
/// report. `color` adds ANSI escapes.
pub fn text(report: &Report, sources: &SourceSet, lang: Lang, color: bool) -> String {
    let mut out = findings(report, sources, lang, color);
    if let Some(summary) = summary(&report.sorted(), lang) {
        out.push_str(&summary);
        out.push('\n');
    }
    out
}

/// The findings alone, each followed by an empty line.
pub fn findings(report: &Report, sources: &SourceSet, lang: Lang, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let places = Places::new(sources);
    let mut out = String::new();
    for diagnostic in report.sorted() {
        out.push_str(&one(diagnostic, &places, lang, &renderer));
        out.push_str("\n\n");
    }
    out
}

/// The counts of findings in a line, `2 errors, 1 warning`, and where to read more; `None` when
/// there is nothing to count.
pub fn summary(findings: &[&Diagnostic], lang: Lang) -> Option<String> {
    let counts = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .map(|severity| {
            let count = findings.iter().filter(|d| d.severity == severity).count();
            (severity, count)
        })
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| format!("{count} {}", noun(severity, count, lang)))
        .collect::<Vec<_>>()
        .join(", ");
    let code = findings.iter().rev().max_by_key(|d| d.severity)?.code;
    Some(match lang {
        Lang::En => format!("{counts}; `vitrina explain {code}` says more"),
        Lang::Ru => format!("{counts}; подробнее: `vitrina explain {code}`"),
    })
}

/// The word for `count` findings of a severity: `warnings`, `предупреждения`.
pub fn noun(severity: Severity, count: usize, lang: Lang) -> &'static str {
    match (lang, severity) {
        (Lang::En, Severity::Error) => plural_en(count, ["error", "errors"]),
        (Lang::En, Severity::Warning) => plural_en(count, ["warning", "warnings"]),
        (Lang::En, Severity::Info) => plural_en(count, ["remark", "remarks"]),
        (Lang::Ru, Severity::Error) => plural_ru(count, ["ошибка", "ошибки", "ошибок"]),
        (Lang::Ru, Severity::Warning) => plural_ru(
            count,
            ["предупреждение", "предупреждения", "предупреждений"],
        ),
        (Lang::Ru, Severity::Info) => plural_ru(count, ["замечание", "замечания", "замечаний"]),
    }
}

/// The English form for a count: one, several.
pub fn plural_en(count: usize, [one, many]: [&'static str; 2]) -> &'static str {
    if count == 1 { one } else { many }
}

/// The Russian form for a count: 1 файл, 2 файла, 5 файлов.
pub fn plural_ru(count: usize, [one, few, many]: [&str; 3]) -> &str {
    match (count % 10, count % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

fn one(diagnostic: &Diagnostic, places: &Places<'_>, lang: Lang, renderer: &Renderer) -> String {
    let group = level(diagnostic.severity, lang)
        .primary_title(clean(diagnostic.message.get(lang)))
        .id(diagnostic.code.as_str())
        .elements(causes(diagnostic, places, lang))
        .elements(advice(diagnostic, lang).map(|text| {
            let name = match lang {
                Lang::En => "help",
                Lang::Ru => "совет",
            };
            Level::HELP.with_name(name).message(text)
        }));
    renderer.render(&[group])
}

fn level(severity: Severity, lang: Lang) -> Level<'static> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    match lang {
        Lang::En => level,
        Lang::Ru => level.with_name(noun(severity, 1, lang)),
    }
}

/// The labelled places: the primary file first, then the others in the order of their labels.
fn causes<'a>(
    diagnostic: &Diagnostic,
    places: &Places<'a>,
    lang: Lang,
) -> impl Iterator<Item = Element<'a>> {
    let primary = diagnostic.primary.iter().map(|label| (true, label));
    let secondary = diagnostic.secondary.iter().map(|label| (false, label));
    let mut order: Vec<FileId> = Vec::new();
    let mut by_file: BTreeMap<FileId, Vec<(bool, &Label)>> = BTreeMap::new();
    for (is_primary, label) in primary.chain(secondary) {
        let labels = by_file.entry(label.span.file).or_default();
        if labels.is_empty() {
            order.push(label.span.file);
        }
        labels.push((is_primary, label));
    }
    order
        .into_iter()
        .filter_map(|file| Some(cause(file, by_file.get(&file)?, places, lang)))
        .flatten()
        .collect::<Vec<_>>()
        .into_iter()
}

/// What is shown of one file: its labelled lines together, or, when there is too much between them,
/// each on its own.
fn cause<'a>(
    file: FileId,
    labels: &[(bool, &Label)],
    places: &Places<'a>,
    lang: Lang,
) -> Vec<Element<'a>> {
    if labels.iter().all(|(_, label)| is_whole_file(label)) {
        return vec![Origin::path(clean(&places.path(file))).into()];
    }
    if let Some(together) = snippet(file, labels, places, lang) {
        return vec![together];
    }
    let alone = |one: &(bool, &Label)| {
        snippet(file, std::slice::from_ref(one), places, lang)
            .unwrap_or_else(|| origin(file, one.1, places))
    };
    labels.iter().map(alone).collect()
}

/// The place of a label without its text: a foreign file may be one line of megabytes.
fn origin<'a>(file: FileId, label: &Label, places: &Places<'a>) -> Element<'a> {
    let place = places.find(label.span);
    let origin = Origin::path(clean(&places.path(file)));
    origin.line(place.line).char_column(place.column).into()
}

/// The lines from the first to the last label, unless they are more than a terminal should get.
fn snippet<'a>(
    file: FileId,
    labels: &[(bool, &Label)],
    places: &Places<'a>,
    lang: Lang,
) -> Option<Element<'a>> {
    // Only the lines between the first and the last label go to the renderer: it counts the lines
    // of what it gets for every finding, and files of DDL are long.
    let found = labels.iter().map(|(_, label)| places.find(label.span));
    let (first, last) = found.fold((usize::MAX, 1), |(first, last), place| {
        (first.min(place.line), last.max(place.end_line))
    });
    let text = places.text(file);
    let lines = places.lines(file, first, last);
    if lines.len() > MAX_SNIPPET {
        return None;
    }
    let window = text.get(lines.clone()).unwrap_or("");
    let annotations = labels.iter().map(|(is_primary, label)| {
        let (start, end) = clamp(text, label.span);
        let (start, end) = (start.clamp(lines.start, lines.end), end.min(lines.end));
        let range = start - lines.start..end.max(start) - lines.start;
        let kind = if *is_primary {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let words = clean(label.text.get(lang));
        kind.span(range)
            .label(Some(words).filter(|words| !words.is_empty()))
    });
    let snippet = Snippet::source(window)
        .line_start(first)
        .path(clean(&places.path(file)))
        .annotations(annotations);
    Some(snippet.into())
}

/// Findings about a file as a whole have an empty span at its start; there is nothing to underline.
fn is_whole_file(label: &Label) -> bool {
    let Span { start, end, .. } = label.span;
    start == 0 && end == 0 && label.text.is_empty()
}

/// What to do: the nearest name, then the help.
fn advice(diagnostic: &Diagnostic, lang: Lang) -> impl Iterator<Item = String> {
    let suggestion = diagnostic.suggestion.as_ref().map(|name| match lang {
        Lang::En => clean(&format!("did you mean `{name}`?")),
        Lang::Ru => clean(&format!("возможно, имелось в виду `{name}`?")),
    });
    let help = diagnostic.help.as_ref().map(|help| clean(help.get(lang)));
    suggestion.into_iter().chain(help)
}

/// Names from a model may hold anything; a terminal must not obey it.
fn clean(text: &str) -> String {
    let visible = |c: char| match c {
        '\n' => c,
        '\t' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(visible).collect()
}

#[cfg(test)]
mod tests;
