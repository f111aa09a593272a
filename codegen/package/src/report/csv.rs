//! Findings for a spreadsheet: a row for each sample, `;` between the cells, UTF-8 with a byte order mark
//! and CR LF, as Excel takes it on a double click.

use vitrina_codegen::Lang;
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::text;

use super::baseline::Status;
use super::data::{Finding, Report, Sample};
use super::words;

/// The table. Groups without samples have one row.
pub fn document(report: &Report, lang: Lang) -> String {
    let mut out = String::from("\u{feff}");
    row(&header().map(|name| name.get(lang).to_owned()), &mut out);
    for finding in &report.findings {
        if finding.samples.is_empty() {
            row(&cells(finding, None, lang), &mut out);
        }
        for sample in &finding.samples {
            row(&cells(finding, Some(sample), lang), &mut out);
        }
    }
    out
}

/// How many columns the table has.
const WIDTH: usize = 21;

fn header() -> [Text; WIDTH] {
    [
        text!("severity", "тяжесть"),
        text!("code", "код"),
        text!("message", "замечание"),
        text!("table", "таблица"),
        text!("columns", "столбцы"),
        text!("column titles", "названия столбцов"),
        text!("file", "файл"),
        text!("line", "строка файла"),
        text!("character", "знак"),
        text!("byte", "байт"),
        text!("key", "ключ"),
        text!("value", "значение"),
        text!("stands for", "таких"),
        text!("in the group", "всего в группе"),
        text!("different", "разных"),
        text!("rules", "правила"),
        text!("metric", "показатель качества"),
        text!("area", "что проверялось"),
        text!("what to do", "что делать"),
        text!("command", "команда"),
        text!("against the earlier report", "относительно прежнего отчёта"),
    ]
}

fn cells(finding: &Finding, sample: Option<&Sample>, lang: Lang) -> [String; WIDTH] {
    let number = |number: Option<u64>| number.map(|n| n.to_string()).unwrap_or_default();
    let names = |of: fn(&super::data::ColumnName) -> &str| {
        let names: Vec<&str> = finding.columns.iter().map(of).collect();
        names.join(", ")
    };
    let file = sample.and_then(|sample| sample.file.clone());
    [
        words::severity(finding.severity).get(lang).to_owned(),
        finding.code.as_str().to_owned(),
        finding.message.get(lang).to_owned(),
        finding.table.clone().unwrap_or_default(),
        names(|column| &column.name),
        names(|column| &column.title),
        file.or_else(|| finding.file.clone()).unwrap_or_default(),
        number(sample.and_then(|sample| sample.line)),
        number(sample.and_then(|sample| sample.position)),
        number(sample.and_then(|sample| sample.byte)),
        sample
            .and_then(|sample| sample.key.clone())
            .unwrap_or_default(),
        sample.and_then(Sample::shown).unwrap_or_default(),
        number(sample.map(|sample| sample.count)),
        finding.count.to_string(),
        number(finding.distinct),
        finding.rules.join(", "),
        finding
            .metric
            .map(|one| words::metric(one).get(lang).to_owned())
            .unwrap_or_default(),
        words::area(finding.area).get(lang).to_owned(),
        finding.advice.get(lang).to_owned(),
        finding.command.clone().unwrap_or_default(),
        finding
            .status
            .map(|one| status(one).get(lang).to_owned())
            .unwrap_or_default(),
    ]
}

fn status(status: Status) -> Text {
    match status {
        Status::New => text!("new", "новое"),
        Status::Grown(more) => text!("{more} more", "больше на {more}"),
        Status::Known => text!("known", "известно"),
    }
}

fn row(cells: &[String; WIDTH], out: &mut String) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(';');
        }
        out.push('"');
        // A spreadsheet runs a cell that begins so as a formula, whoever wrote it.
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
            out.push('\'');
        }
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::super::sample::report;
    use super::*;

    #[test]
    fn every_sample_has_a_row_and_no_cell_is_a_formula() {
        let mut report = report();
        let sample = report
            .findings
            .iter_mut()
            .find_map(|one| one.samples.first_mut())
            .unwrap();
        sample.key = Some("=HYPERLINK(\"x\";\"y\")".to_owned());
        let text = document(&report, Lang::Ru);
        let rows: usize = report
            .findings
            .iter()
            .map(|one| one.samples.len().max(1))
            .sum();
        assert_eq!(text.matches("\r\n").count(), rows + 1);
        assert!(text.starts_with("\u{feff}\"тяжесть\";\"код\""));
        assert!(text.contains("\"'=HYPERLINK(\"\"x\"\";\"\"y\"\")\""));
        for line in text.lines() {
            assert_eq!(
                super::super::fields::split(line, ';').len(),
                WIDTH,
                "{line}"
            );
        }
    }
}
