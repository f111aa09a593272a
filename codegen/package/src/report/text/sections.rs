//! The parts of the text.

use vitrina_codegen::Lang;
use vitrina_codegen::model::{CheckSeverity, Metric};

use super::lines::{Look, Page};
use crate::Shares;
use crate::report::baseline::Status;
use crate::report::data::{Finding, Report, Sample};
use crate::report::{sarif, words};

/// The most parts of one cause that are named in what was not checked.
const PARTS: usize = 8;
/// The most tables in the table of figures.
const TABLES: usize = 30;

/// What was checked by what.
pub(super) fn head(report: &Report, page: &mut Page) {
    let lang = page.style.lang;
    let package = &report.package;
    let name = page.look(Look::Bold, &package.name);
    let facts = format!(
        "{name} — {}, {}: {}, {}, {}",
        page.get(&words::kind(package.kind)),
        page.get(&words::mode(package.mode)),
        words::files(package.files, lang),
        words::rows(package.rows, lang),
        words::bytes(package.bytes, lang),
    );
    page.wrapped("", 2, &facts);
    let model = format!(
        "{} {} {}, {} {}",
        page.say("judged by the model", "проверено по модели"),
        report.showcase,
        report.model_version,
        page.say("as of", "на"),
        report.judged_at,
    );
    page.wrapped("", 2, &model);
    if let Some((name, version)) = package
        .manifest
        .as_ref()
        .and_then(|one| one.producer.as_ref())
    {
        let by = page.say("written by", "создан программой");
        page.wrapped("", 2, &format!("{by} {name} {version}"));
    }
}

/// A group of findings.
pub(super) fn finding(finding: &Finding, names_table: bool, page: &mut Page) {
    let lang = page.style.lang;
    page.gap();
    let look = match finding.severity {
        CheckSeverity::Error => Look::Red,
        CheckSeverity::Warning => Look::Yellow,
    };
    let word = words::severity(finding.severity);
    let code = finding.code.as_str();
    let label = page.look(look, &format!("{}[{code}]", page.get(&word)));
    let mut title = page.get(&finding.message).to_owned();
    let place = match names_table {
        true => match (&finding.file, finding.table.is_some()) {
            (Some(file), _) => file.clone(),
            (None, _) => sarif::place(finding),
        },
        false => columns(finding),
    };
    if !place.is_empty() {
        title = format!("{place}: {title}");
    }
    if finding.count > 1 {
        title.push_str(&format!(" — {}", words::times(finding.count, lang)));
    }
    if let Some(distinct) = finding
        .distinct
        .filter(|distinct| *distinct != finding.count)
    {
        let different = page.say("different values", "разных значений");
        title.push_str(&format!(", {different}: {}", words::number(distinct, lang)));
    }
    let title = page.look(Look::Bold, &title);
    page.wrapped(&format!("{label}: "), 2, &title);
    if let Some(status) = finding.status {
        let words = match status {
            Status::New => page
                .say("new against the earlier report", "нет в прежнем отчёте")
                .to_owned(),
            Status::Known => page
                .say("known from the earlier report", "есть в прежнем отчёте")
                .to_owned(),
            Status::Grown(more) => format!(
                "{} {}",
                page.say(
                    "more than in the earlier report by",
                    "больше, чем в прежнем отчёте, на"
                ),
                words::number(more, lang)
            ),
        };
        note("=", &words, page);
    }
    if let Some(detail) = &finding.detail {
        note("=", page.get(detail).to_owned().as_str(), page);
    }
    if !finding.rules.is_empty() {
        let rules = page.say("rule", "правило");
        note("=", &format!("{rules}: {}", finding.rules.join(", ")), page);
    }
    for sample in finding.samples.iter().take(page.style.samples) {
        self::sample(sample, names_table, page);
    }
    let shown: u64 = finding
        .samples
        .iter()
        .take(page.style.samples)
        .map(|one| one.count)
        .sum();
    if shown > 0 && shown < finding.count {
        let more = words::number(finding.count - shown, lang);
        let words = format!("{} {more}", page.say("and more:", "и ещё"));
        let words = page.look(Look::Dim, &words);
        page.line(&format!("      {words}"));
    }
    let advice = page.get(&finding.advice).to_owned();
    if !advice.is_empty() {
        note(page.say("= to do:", "= что делать:"), &advice, page);
    }
    if let Some(command) = &finding.command {
        let command = page.look(Look::Cyan, command);
        page.line(&format!("    $ {command}"));
    }
}

fn columns(finding: &Finding) -> String {
    let columns = finding.columns.iter();
    let columns: Vec<String> = match finding.columns.len() {
        0 | 1 => columns
            .map(|one| format!("{} «{}»", one.name, one.title))
            .collect(),
        _ => columns.map(|one| one.name.clone()).collect(),
    };
    columns.join(", ")
}

fn note(mark: &str, words: &str, page: &mut Page) {
    page.wrapped(&format!("    {mark} "), 6, words);
}

fn sample(sample: &Sample, names_table: bool, page: &mut Page) {
    let mut place = sample.file.clone().unwrap_or_default();
    if let Some(line) = sample.line {
        place.push_str(&format!(":{line}"));
        if let Some(position) = sample.position {
            place.push_str(&format!(":{position}"));
        }
    } else if names_table {
        // The heading names the file already.
        place.clear();
    }
    let mut words = Vec::new();
    let shown = sample.shown();
    if let Some(key) = sample
        .key
        .as_ref()
        .filter(|key| shown.as_ref() != Some(*key))
    {
        words.push(format!("{} {key}", page.say("key", "ключ")));
    }
    match (&sample.value, sample.values.as_slice()) {
        (Some(value), _) => words.push(format!("«{value}»")),
        (None, []) => {}
        (None, [one]) if one.text.is_empty() => words.push(page.say("empty", "пусто").to_owned()),
        (None, [one]) => words.push(format!("«{}»", one.text)),
        (None, several) => {
            let several = several
                .iter()
                .map(|one| format!("{}=«{}»", one.column, one.text));
            words.push(several.collect::<Vec<_>>().join(" "));
        }
    }
    if sample.count > 1 && !names_table {
        words.push(format!(
            "× {}",
            words::number(sample.count, page.style.lang)
        ));
    }
    if sample.is_new == Some(true) {
        words.push(page.look(Look::Yellow, page.say("new", "новое")));
    }
    if place.is_empty() && words.is_empty() {
        return;
    }
    let separator = if words.is_empty() || place.is_empty() {
        ""
    } else {
        "  "
    };
    let place = page.look(Look::Cyan, &place);
    page.wrapped(&format!("    --> {place}{separator}"), 8, &words.join(", "));
}

/// What is counted but not listed.
pub(super) fn omitted(report: &Report, page: &mut Page) {
    let omitted = &report.omitted;
    if omitted.groups == 0 && omitted.samples == 0 {
        return;
    }
    let lang = page.style.lang;
    page.gap();
    let (groups, samples) = (
        words::number(omitted.groups, lang),
        words::number(omitted.samples, lang),
    );
    let words = match lang {
        Lang::En => format!(
            "not listed because of --max-findings: groups {groups}, samples {samples}; all are counted"
        ),
        Lang::Ru => format!(
            "не показано из-за --max-findings: групп {groups}, примеров {samples}; посчитано всё"
        ),
    };
    page.wrapped("", 2, &words);
}

/// What an earlier report had.
pub(super) fn gone(report: &Report, page: &mut Page) {
    let Some(comparison) = &report.comparison else {
        return;
    };
    if comparison.gone.is_empty() {
        return;
    }
    page.heading(page.say(
        "Gone since the earlier report",
        "Исчезло после прежнего отчёта",
    ));
    for gone in &comparison.gone {
        let place = match (&gone.table, gone.columns.is_empty()) {
            (Some(table), false) => format!("{table}.{}: ", gone.columns.join(", ")),
            (Some(table), true) => format!("{table}: "),
            (None, _) => String::new(),
        };
        let count = words::times(gone.count, page.style.lang);
        let words = format!("{place}{} — {count}", page.get(&gone.message));
        page.wrapped(&format!("  {}  ", gone.code), 9, &words);
    }
}

/// What was not checked, and why.
pub(super) fn unchecked(report: &Report, page: &mut Page) {
    if report.unchecked.is_empty() {
        return;
    }
    page.heading(page.say("Not checked", "Не проверено"));
    for skipped in &report.unchecked {
        page.wrapped("  - ", 4, page.get(&skipped.reason).to_owned().as_str());
        let shown = skipped.shown();
        let parts = shown.iter().take(PARTS).map(|part| {
            let mut words = match &part.table {
                Some(table) if part.columns.is_empty() => format!("{table}: "),
                Some(table) => format!("{table}.{}: ", part.columns.join(", ")),
                None => String::new(),
            };
            words.push_str(page.get(&part.what));
            if let Some(rows) = part.rows {
                words.push_str(&format!(" ({})", words::rows(rows, page.style.lang)));
            }
            words
        });
        let mut words = parts.collect::<Vec<_>>().join("; ");
        let more = shown.len().saturating_sub(PARTS);
        if more > 0 {
            let and = page.say("; and more:", "; и ещё");
            words.push_str(&format!(
                "{and} {}",
                words::number(more as u64, page.style.lang)
            ));
        }
        page.wrapped("    ", 4, &words);
    }
}

/// The metrics of the package and of the tables that break rules, then the indicators.
pub(super) fn figures(report: &Report, page: &mut Page) {
    let lang = page.style.lang;
    page.heading(page.say(
        "Quality: rows without findings",
        "Качество: доля строк без замечаний",
    ));
    let row = |name: &str, shares: &Shares| {
        let shares = Metric::ALL.map(|(_, metric)| words::share(shares.of(metric), lang));
        [vec![name.to_owned()], shares.to_vec()].concat()
    };
    let mut head = vec![String::new()];
    head.extend(Metric::ALL.map(|(_, metric)| page.get(&words::metric(metric)).to_owned()));
    let mut rows = vec![head, row(page.say("package", "пакет"), &report.shares)];
    let breaks = |shares: &Shares| shares.0.iter().any(|one| one.errors + one.warnings > 0);
    let faulty: Vec<_> = report
        .tables
        .iter()
        .filter(|table| breaks(&table.shares))
        .collect();
    rows.extend(
        faulty
            .iter()
            .take(TABLES)
            .map(|table| row(&table.name, &table.shares)),
    );
    page.table(&rows, 1..);
    if faulty.len() > TABLES {
        let more = words::number((faulty.len() - TABLES) as u64, lang);
        page.line(&format!(
            "  {} {more}",
            page.say("tables not shown:", "ещё таблиц:")
        ));
    }
    if report.indicators.is_empty() {
        return;
    }
    page.heading(page.say("Indicators", "Показатели"));
    let rows: Vec<Vec<String>> = report
        .indicators
        .iter()
        .map(|one| {
            let value = match &one.value {
                Ok((part, whole)) => words::percent(*part, *whole, lang),
                Err(_) => "—".to_owned(),
            };
            vec![one.code.clone(), value, one.title.clone()]
        })
        .collect();
    page.table(&rows, usize::MAX..);
}

/// The last line: how it ended.
pub(super) fn summary(report: &Report, page: &mut Page) {
    let lang = page.style.lang;
    page.gap();
    let totals = &report.totals;
    let count = |severity, count| (count > 0).then(|| words::findings(severity, count, lang));
    let counts = [
        count(CheckSeverity::Error, totals.errors),
        count(CheckSeverity::Warning, totals.warnings),
    ];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    if counts.is_empty() {
        let words = page.look(Look::Green, page.say("nothing found", "замечаний нет"));
        let rows = words::rows(report.package.rows, lang);
        return page.line(&format!("{}: {rows}, {words}", report.package.name));
    }
    let mut line = format!("{}: {}", report.package.name, counts.join(", "));
    if let Some(comparison) = &report.comparison {
        let new = comparison
            .new
            .errors
            .saturating_add(comparison.new.warnings);
        let word = page.say("new", "новых");
        line.push_str(&format!(", {word}: {}", words::number(new, lang)));
    }
    let heavy = report
        .findings
        .iter()
        .find(|one| one.severity == CheckSeverity::Error);
    if let Some(first) = heavy.or(report.findings.first()) {
        let code = first.code.as_str();
        line.push_str(&match lang {
            Lang::En => format!("; `vitrina explain {code}` says more"),
            Lang::Ru => format!("; подробнее: `vitrina explain {code}`"),
        });
    }
    page.wrapped("", 2, &line);
}
