//! Evidence to report: names for ids, weights by the model's rules, order, limits.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::eval::Value;
use vitrina_codegen::model::expr::text as in_sql;
use vitrina_codegen::model::rule::text as in_words;
use vitrina_codegen::model::{BaseType, CheckSeverity, Metric, Model, Requirement, TableId};
use vitrina_codegen::quality::{Moment, Reason};
use vitrina_codegen::{Lang, text};

use super::data::Skipped;
use super::data::{
    CheckRun, ColumnName, Finding, IndicatorLine, ManifestLine, Omitted, PackageLine, Report,
    Severities, TableLine,
};
use super::evidence::{Evidence, FileFacts, RanCheck, TableFacts};
use super::pick::share_out;
use super::places::Lines;
use super::unchecked::skipped;
use super::words::printable;
use crate::{Area, Group, GroupKey, RowId, code, explain};

/// The most characters of a message.
const MESSAGE: usize = 600;

/// What a report may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most groups of findings listed, and the most samples in all of them together. What is beyond
    /// is counted.
    pub findings: usize,
    /// Whether values of personal columns are shown as they are.
    pub shows_values: bool,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            findings: 5000,
            shows_values: false,
        }
    }
}

/// What the model says of a group.
struct Said {
    /// Codes of the rules and row checks that speak of it, the one that gives the weight first.
    rules: Vec<String>,
    severity: CheckSeverity,
    metric: Option<Metric>,
}

impl Said {
    fn of<'m>(evidence: &Evidence<'m, '_>, key: &GroupKey<'m>) -> Said {
        let attribution = evidence.attribution;
        let all = attribution.all(key.code, key.table, &key.columns, key.rule);
        let one = attribution.of_group(key);
        let mut rules: Vec<&str> = key.rule.into_iter().collect();
        for rule in all.iter().filter_map(|one| one.rule) {
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
        // What a package is made of has a metric only where a rule gives it one.
        let has_metric = one.rule.is_some() || key.code.area() != Area::Package;
        Said {
            rules: rules.into_iter().map(str::to_owned).collect(),
            severity: one.severity,
            metric: has_metric.then_some(one.metric),
        }
    }
}

/// A group with what the model says of it.
type Known<'m, 'e> = (&'e GroupKey<'m>, &'e Group, Said);

/// Builds the report.
pub fn build<'m>(model: &'m Model, evidence: &Evidence<'m, '_>, limits: Limits) -> Report {
    let mut groups: Vec<Known<'m, '_>> = evidence
        .tally
        .groups()
        .filter(|(_, group)| group.count > 0)
        .map(|(key, group)| (key, group, Said::of(evidence, key)))
        .collect();
    // The tally's own order, that of the keys, decides between equals.
    groups.sort_by_key(|(key, ..)| (key.code.area(), key.table, key.columns.first().copied()));

    let mut totals = Severities::default();
    let mut by_table: BTreeMap<TableId, Severities> = BTreeMap::new();
    for (key, group, said) in &groups {
        totals.add(said.severity, group.count);
        if let Some(table) = key.table {
            by_table
                .entry(table)
                .or_default()
                .add(said.severity, group.count);
        }
    }
    let beyond = groups.split_off(groups.len().min(limits.findings));
    let has: Vec<usize> = groups
        .iter()
        .map(|(_, group, _)| group.samples.len())
        .collect();
    let shows = share_out(&has, limits.findings);
    let mut unlisted = Severities::default();
    for (_, group, said) in &beyond {
        unlisted.add(said.severity, group.count);
    }
    let omitted = Omitted {
        groups: beyond.len() as u64,
        findings: unlisted,
        samples: has
            .iter()
            .zip(&shows)
            .map(|(has, shows)| (has - shows) as u64)
            .sum(),
    };

    let (findings, lost) = findings(model, evidence, &groups, &shows, limits.shows_values);
    let mut unchecked = skipped(model, evidence.unchecked);
    merge(&mut unchecked, lost);
    Report {
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        showcase: model.showcase().mnemonic.clone(),
        showcase_title: model.showcase().title.clone(),
        model_version: model.showcase().version.to_string(),
        judged_at: moment(evidence.moment),
        package: package(evidence),
        shows_values: limits.shows_values,
        totals,
        tables: tables(model, evidence, &by_table),
        shares: evidence.metrics,
        indicators: indicators(model, evidence),
        findings,
        omitted,
        unchecked,
        checks: checks(model, evidence),
        comparison: None,
    }
}

fn findings<'m>(
    model: &'m Model,
    evidence: &Evidence<'m, '_>,
    groups: &[Known<'m, '_>],
    shows: &[usize],
    shows_values: bool,
) -> (Vec<Finding>, Vec<Skipped>) {
    let mut wanted: BTreeMap<TableId, Vec<RowId>> = BTreeMap::new();
    for ((key, group, _), shown) in groups.iter().zip(shows) {
        let rows = group
            .samples
            .iter()
            .take(*shown)
            .filter_map(|sample| sample.row);
        if let Some(table) = key.table {
            wanted.entry(table).or_default().extend(rows);
        }
    }
    wanted.retain(|_, rows| !rows.is_empty());
    let (lines, lost) = Lines::find(
        model,
        &evidence.files,
        evidence.places,
        wanted,
        shows_values,
    );
    let findings = groups.iter().zip(shows).map(|((key, group, said), shown)| {
        let samples = group.samples.iter().take(*shown);
        let table = key.table.map(|id| model.table(id));
        let columns = table.into_iter().flat_map(|table| {
            let named = |id: &vitrina_codegen::model::ColumnId| ColumnName {
                name: table.column(*id).name.clone(),
                title: table.column(*id).title.clone(),
            };
            key.columns.iter().map(named)
        });
        let file = key.file.and_then(|file| evidence.files.get(file));
        Finding {
            fingerprint: fingerprint(model, key, file),
            code: key.code,
            area: key.code.area(),
            severity: said.severity,
            rules: said.rules.clone(),
            metric: said.metric,
            table: table.map(|table| table.name.clone()),
            file: file.map(|file| printable(&file.name, MESSAGE)),
            columns: columns.collect(),
            message: message(key),
            detail: detail(model, key),
            count: group.count,
            distinct: group.distinct,
            samples: samples.map(|sample| lines.sample(key, sample)).collect(),
            advice: evidence.cure.advice(key).unwrap_or_else(|| advice(key)),
            command: evidence.cure.command(key, &evidence.package.name),
            status: None,
        }
    });
    (findings.collect(), lost)
}

/// What was found, in words. The model's own titles are Russian: English names the rule in front.
fn message(key: &GroupKey<'_>) -> Text {
    let say = |lang| printable(&key.code.message(&key.facts, lang), MESSAGE);
    let (en, ru) = (say(Lang::En), say(Lang::Ru));
    let en = match (key.code, key.rule) {
        (code::ROW_CHECK, Some(rule)) => format!("check `{rule}` is broken: {en}"),
        (code::RULE, Some(rule)) => format!("rule `{rule}` is broken: {en}"),
        _ => en,
    };
    Text { en, ru }
}

/// What to do: the code's advice; of a rule, where to read it.
fn advice(key: &GroupKey<'_>) -> Text {
    match (key.code, key.rule) {
        (code::RULE, Some(rule)) => text!(
            "Mend the records at their source; `vitrina explain {rule}` shows the rule and the norm it comes from.",
            "Исправьте записи в источнике; `vitrina explain {rule}` покажет правило и норму, из которой оно взято."
        ),
        _ => explain::advice(key.code),
    }
}

/// The model's own rule in words or SQL.
fn detail(model: &Model, key: &GroupKey<'_>) -> Option<Text> {
    let table = key.table.map(|id| model.table(id));
    match key.code {
        code::RULE => {
            let name = key.rule?;
            let statements = in_words::statements(model, model.find_rule(name)?);
            let mut of_table = statements.iter().filter(|one| {
                one.code == name
                    && (one.tables.is_empty()
                        || key.table.is_none_or(|id| one.tables.contains(&id)))
            });
            Some(of_table.next()?.text.clone())
        }
        code::ROW_CHECK => {
            let table = table?;
            let check = table
                .checks
                .iter()
                .find(|one| Some(one.code.as_str()) == key.rule)?;
            let condition = in_sql::text(table, &check.expr);
            Some(text!(
                "must hold: `{condition}`",
                "должно выполняться: `{condition}`"
            ))
        }
        code::REQUIRED_WHEN => {
            let table = table?;
            let Requirement::When(when) = &table.column(*key.columns.first()?).requirement else {
                return None;
            };
            let condition = in_sql::text(table, when);
            Some(text!(
                "required when `{condition}`",
                "обязателен, если `{condition}`"
            ))
        }
        _ => None,
    }
}

/// What makes a group the same in another report. Figures do not: they change with the data.
fn fingerprint(model: &Model, key: &GroupKey<'_>, file: Option<&FileFacts>) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update(text.as_bytes());
        hash.update([0]);
    };
    add(key.code.as_str());
    add(key.rule.unwrap_or(""));
    let table = key.table.map(|id| model.table(id));
    add(table.map_or("", |table| &table.name));
    add(file.map_or("", |file| &file.name));
    for column in &key.columns {
        add(table.map_or("", |table| &table.column(*column).name));
    }
    for (name, value) in key.facts.iter() {
        // Titles may be reworded without the rule becoming another one.
        if name != "title" && !value.chars().all(|c| c.is_ascii_digit()) {
            add(name);
            add(value);
        }
    }
    hex(hash.finalize().iter().take(8))
}

fn hex<'b>(bytes: impl Iterator<Item = &'b u8>) -> String {
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

fn moment(moment: Moment) -> String {
    let text = Value::Timestamp(moment.now).to_text(BaseType::Timestamp(0));
    text.unwrap_or_else(|| moment.today.to_string())
}

fn package(evidence: &Evidence<'_, '_>) -> PackageLine {
    let facts = &evidence.package;
    PackageLine {
        name: printable(&facts.name, MESSAGE),
        kind: facts.kind,
        mode: facts.mode,
        manifest: facts.manifest.as_ref().map(|manifest| ManifestLine {
            showcase: printable(&manifest.showcase, MESSAGE),
            version: printable(&manifest.version, MESSAGE),
            producer: manifest
                .producer
                .as_ref()
                .map(|(name, version)| (printable(name, MESSAGE), printable(version, MESSAGE))),
        }),
        files: evidence.files.len() as u64,
        bytes: evidence.files.iter().map(|file| file.bytes).sum(),
        rows: evidence.tables.iter().map(|table| table.rows).sum(),
        sha256: package_hash(&evidence.files),
    }
}

/// SHA-256 of what `sha256sum` would print of the files; none when one of them was not read.
fn package_hash(files: &[FileFacts]) -> Option<String> {
    let mut sorted: Vec<&FileFacts> = files.iter().collect();
    sorted.sort_by(|left, right| left.name.cmp(&right.name));
    let mut hash = Sha256::new();
    for file in sorted {
        hash.update(format!("{}  {}\n", file.sha256.as_ref()?, file.name));
    }
    Some(hex(hash.finalize().iter()))
}

fn tables(
    model: &Model,
    evidence: &Evidence<'_, '_>,
    by_table: &BTreeMap<TableId, Severities>,
) -> Vec<TableLine> {
    let mut sorted: Vec<&TableFacts> = evidence.tables.iter().collect();
    sorted.sort_by_key(|facts| facts.table);
    let line = |facts: &TableFacts| {
        let table = model.table(facts.table);
        let files = facts
            .files
            .iter()
            .filter_map(|file| evidence.files.get(*file));
        TableLine {
            name: table.name.clone(),
            title: table.title.clone(),
            files: files.map(|file| printable(&file.name, MESSAGE)).collect(),
            rows: facts.rows,
            bytes: facts.bytes,
            broken_rows: facts.broken_rows,
            rows_with_errors: facts.rows_with_errors,
            rows_with_warnings: facts.rows_with_warnings,
            findings: by_table.get(&facts.table).copied().unwrap_or_default(),
            shares: facts.shares,
        }
    };
    sorted.into_iter().map(line).collect()
}

fn indicators(model: &Model, evidence: &Evidence<'_, '_>) -> Vec<IndicatorLine> {
    let line = |one: &vitrina_codegen::quality::IndicatorOutcome<'_>| IndicatorLine {
        code: one.indicator.code.clone(),
        title: one.indicator.title.clone(),
        value: match one.value {
            Ok(ratio) => Ok((ratio.numerator, ratio.denominator)),
            Err(Reason::NoTable(table)) => {
                let table = &model.table(table).name;
                Err(text!(
                    "the package does not hold the table `{table}`",
                    "в пакете нет таблицы `{table}`"
                ))
            }
            Err(Reason::Reader) => Err(text!("not judged", "не вычислялся")),
        },
    };
    evidence.indicators.iter().map(line).collect()
}

fn checks(model: &Model, evidence: &Evidence<'_, '_>) -> Vec<CheckRun> {
    let mut sorted: Vec<_> = evidence.ran.iter().collect();
    sorted.sort_by_key(|ran| (ran.check, ran.table, ran.columns.clone()));
    let run = |ran: &super::Ran<'_>| CheckRun {
        check: match ran.check {
            RanCheck::Code(code) => code.as_str().to_owned(),
            RanCheck::Rule(rule) => rule.to_owned(),
        },
        table: ran.table.map(|id| model.table(id).name.clone()),
        columns: ran.table.map_or_else(Vec::new, |id| {
            let name = |column| model.table(id).column(column).name.clone();
            ran.columns.iter().copied().map(name).collect()
        }),
        judged: ran.judged,
        broken: ran.broken,
    };
    sorted.into_iter().map(run).collect()
}

/// Adds what has the same cause to what is there.
fn merge(skipped: &mut Vec<Skipped>, more: Vec<Skipped>) {
    for one in more {
        let mut known = skipped.iter_mut();
        match known.find(|known| known.cause == one.cause && known.reason == one.reason) {
            Some(known) => known.parts.extend(one.parts),
            None => skipped.push(one),
        }
    }
}

#[cfg(test)]
mod tests;
