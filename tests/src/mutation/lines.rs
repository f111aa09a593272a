//! What the lines of one table's file break by themselves, and the rows that can be told: by the reference
//! reader for what a line is, by [`eval`](vitrina_codegen::model::eval) for what its values are.

use std::collections::{BTreeMap, BTreeSet};

use vitrina_codegen::model::eval::{Day, Rule, Value, cell, verdict};
use vitrina_codegen::model::{
    AssertionBody, BaseType, BooleanForm, Column, Model, NullForm, Structure, Table, ValueType,
};
use vitrina_codegen::quality::csv::{self, Fault};
use vitrina_codegen::sample::Cells;

use super::looks;
use super::shape;

/// How many lines a row with line breaks may have: more are not taken for one.
const MOST_LINES: usize = 16;

/// What lines break, and their rows.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Code, rule, column, position of the line among the rows.
    pub(super) found: Vec<(&'static str, Option<String>, Option<String>, usize)>,
    /// Rows by the position of their first line.
    pub(super) rows: BTreeMap<usize, Cells>,
    /// Whether some lines are no rows.
    pub(super) has_broken: bool,
}

/// Judges the lines behind a header; `feed` when a line feed stands at the end.
pub(super) fn judge(
    model: &Model,
    table: &Table,
    lines: &[Vec<u8>],
    feed: bool,
    today: Day,
) -> Lines {
    let names: Vec<String> = (table.columns.iter())
        .map(|column| column.name.to_lowercase())
        .collect();
    let mut file = names.join(";").into_bytes();
    for line in lines {
        file.push(b'\n');
        file.extend_from_slice(line);
    }
    if feed {
        file.push(b'\n');
    }
    let mut rows: BTreeMap<u64, Cells> = BTreeMap::new();
    let breaches = csv::rows(model, table, &file, &mut |line, cells| {
        rows.insert(line, cells.to_vec());
    });
    let mut faults: BTreeMap<u64, Vec<&csv::Breach>> = BTreeMap::new();
    for breach in &breaches {
        faults.entry(breach.line).or_default().push(breach);
    }
    let raw: Vec<&[u8]> = file.split(|byte| *byte == b'\n').collect();
    let last = raw.iter().rposition(|line| !line.is_empty()).unwrap_or(0) as u64 + 1;
    let is_unended = file.last() != Some(&b'\n');
    let mut lines = Lines::default();
    let judge = Judge {
        model,
        table,
        today,
    };
    for (line, faults) in &faults {
        let at = (*line - 2) as usize;
        if !rows.contains_key(line) {
            let text = raw.get(*line as usize - 1).copied().unwrap_or_default();
            let is_end = is_unended && *line == last;
            lines.has_broken = true;
            for code in broken(text, faults, is_end) {
                lines.found.push((code, None, None, at));
            }
        }
    }
    for (line, cells) in rows {
        let at = (line - 2) as usize;
        let text = record(&raw, line, table.columns.len());
        let fields = shape::fields(text.trim_end_matches('\r'));
        let mut pairs = fields.iter().zip(&names);
        let is_name = |(field, name): (&&str, &String)| {
            shape::meaning(field).trim().eq_ignore_ascii_case(name)
        };
        if !fields.is_empty() && pairs.all(is_name) {
            lines.found.push(("V0209", None, None, at));
            continue;
        }
        judge.row(&text, &cells, at, &mut lines.found);
        lines.rows.insert(at, cells);
    }
    lines
}

/// Which code says it of a line that is no row.
fn broken(text: &[u8], faults: &[&csv::Breach], is_end: bool) -> Vec<&'static str> {
    let has = |wanted: fn(&Fault) -> bool| faults.iter().any(|one| wanted(&one.fault));
    let few =
        |fault: &Fault| matches!(fault, Fault::FieldCount { expected, found } if found < expected);
    let is_cut_letter = std::str::from_utf8(text).is_err_and(|error| error.error_len().is_none());
    if is_end && (has(|fault| *fault == Fault::OpenQuote) || is_cut_letter || has(few)) {
        return vec!["V0212"];
    }
    if text.is_empty() || text == b"\r" {
        return vec!["V0307"];
    }
    if text.contains(&0) {
        return vec!["V0211"];
    }
    let mut codes = Vec::new();
    if text.ends_with(b"\r") {
        codes.push("V0210");
    }
    codes.push(if has(|fault| *fault == Fault::NotUtf8) {
        "V0306"
    } else if has(|fault| *fault == Fault::OpenQuote) {
        "V0303"
    } else if has(|fault| *fault == Fault::StrayQuote) {
        "V0304"
    } else {
        "V0301"
    });
    codes
}

/// The row that begins in a line: the line, and those behind it that a line break in a field adds.
fn record(raw: &[&[u8]], line: u64, columns: usize) -> String {
    let from = line as usize - 1;
    for more in 1..=MOST_LINES {
        let lines = raw.get(from..from + more).unwrap_or_default();
        let text = String::from_utf8_lossy(&lines.join(&b'\n')).into_owned();
        let row = text.strip_suffix('\r').unwrap_or(&text);
        if shape::fields(row).len() == columns {
            return text;
        }
    }
    String::new()
}

struct Judge<'m> {
    model: &'m Model,
    table: &'m Table,
    today: Day,
}

impl Judge<'_> {
    fn row(
        &self,
        text: &str,
        cells: &Cells,
        at: usize,
        found: &mut Vec<(&'static str, Option<String>, Option<String>, usize)>,
    ) {
        let text = match text.strip_suffix('\r') {
            Some(text) => {
                found.push(("V0210", None, None, at));
                text
            }
            None => text,
        };
        let fields = shape::fields(text);
        let broken = fields.iter().position(|field| field.contains('\n'));
        let mut codes = BTreeSet::new();
        let mut has_nul = false;
        for (place, (column, field)) in self.table.columns.iter().zip(&fields).enumerate() {
            let is_quoted = field.starts_with('"');
            let text = shape::meaning(field);
            let name = Some(column.name.clone());
            if !is_quoted && !field.is_empty() {
                codes.insert(("V0302", name.clone()));
            }
            if broken == Some(place) {
                codes.insert(("V0305", name.clone()));
            }
            for code in self.field(column, &text, is_quoted) {
                match code {
                    "V0211" => has_nul = true,
                    "V0412" if text.contains('\n') => {}
                    code => {
                        codes.insert((code, name.clone()));
                    }
                }
            }
        }
        if has_nul {
            found.push(("V0211", None, None, at));
        }
        found.extend(codes.into_iter().map(|(code, name)| (code, None, name, at)));
        for violation in verdict(self.model, self.table, cells, self.today) {
            let column = violation
                .column
                .map(|id| self.table.column(id).name.clone());
            match violation.rule {
                Rule::RequiredWhen => found.push(("V0402", None, column, at)),
                Rule::Check(code) => found.push(("V0501", Some(code), column, at)),
                _ => {}
            }
        }
    }

    /// What a field breaks.
    fn field(&self, column: &Column, text: &str, is_quoted: bool) -> Vec<&'static str> {
        let csv = self.model.showcase().csv;
        if text.is_empty() {
            return match is_quoted == (csv.null == NullForm::Quoted) {
                _ if column.is_required() => vec!["V0401"],
                true => Vec::new(),
                false => vec!["V0415"],
            };
        }
        let is_control = |one: char| one.is_control() || looks::is_separator(one);
        let mut codes = Vec::new();
        if text.contains('\0') {
            codes.push("V0211");
        } else if text.contains(is_control) {
            codes.push("V0412");
        }
        let has_control = !codes.is_empty();
        let canonical = match (column.ty.base, csv.boolean) {
            (BaseType::Boolean, form) => {
                let (yes, no) = match form {
                    BooleanForm::Lower => ("true", "false"),
                    BooleanForm::Title => ("True", "False"),
                    BooleanForm::Digit => ("1", "0"),
                };
                match text {
                    _ if text == yes => "true",
                    _ if text == no => "false",
                    _ => "?",
                }
            }
            _ => text,
        };
        let broken = cell(self.model, &column.ty, canonical);
        if broken.contains(&Rule::Type) {
            if !has_control {
                codes.push(unreadable(column.ty.base, text));
            }
            return codes;
        }
        let is_hash = self
            .model
            .form_of(&column.ty)
            .is_some_and(|form| form.hash_of.is_some());
        let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if is_hash && !(text.len() == 128 && text.bytes().all(is_hex)) {
            codes.push("V0417");
        } else {
            let is_fixed = matches!(column.ty.base, BaseType::Char(_));
            let has_length = broken.contains(&Rule::Length);
            for rule in &broken {
                codes.extend(match rule {
                    Rule::Length if is_fixed => Some("V0405"),
                    Rule::Length => Some("V0404"),
                    Rule::Pattern if !has_length => Some("V0406"),
                    Rule::CheckDigit if !has_control => Some("V0407"),
                    Rule::List => Some("V0408"),
                    _ => None,
                });
            }
            if self.is_sought(column, text) {
                codes.push("V0416");
            }
        }
        if column.ty.base.is_text() {
            if looks::has_blanks(text) {
                codes.push("V0413");
            }
            if looks::is_mixed(text) {
                codes.push("V0414");
            }
        }
        codes
    }

    /// Whether a free text holds what the model's rule seeks.
    fn is_sought(&self, column: &Column, text: &str) -> bool {
        let mut free = self.model.free_text_of(self.table);
        free.any(|one| one.id == column.id)
            && (self.model.rules().iter())
                .flat_map(|rule| &rule.assertions)
                .any(|assertion| match &assertion.body {
                    AssertionBody::Structure(Structure::FreeText(patterns)) => {
                        patterns.iter().any(|pattern| pattern.matches(text))
                    }
                    _ => false,
                })
    }
}

/// Why a text is no value.
fn unreadable(base: BaseType, text: &str) -> &'static str {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_decimal = digits.starts_with(|one: char| one.is_ascii_digit());
    match base.value_type() {
        ValueType::Date | ValueType::Time | ValueType::Timestamp => "V0409",
        ValueType::Integer if is_whole => "V0410",
        ValueType::Double if is_decimal && text.parse::<f64>().is_ok() => "V0410",
        _ => "V0403",
    }
}

/// The canonical text of a value, to compare keys by; none where it is none.
pub(super) fn canonical(column: &Column, text: Option<&str>) -> Option<String> {
    let base = column.ty.base;
    Value::parse(base, text?)?.to_text(base)
}
