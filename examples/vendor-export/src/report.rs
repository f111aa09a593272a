//! What people read in the end: a table of what was written, or what is wrong.

use std::fmt::Write;
use std::path::Path;

use vitrina::package::{Mode, Summary};
use vitrina::{Findings, Lang};

use crate::export::ENOUGH;

/// So many findings are shown.
const SHOWN: usize = 20;

/// The files of the package with their rows and bytes; a large table has several.
pub(crate) fn summary(summary: &Summary) -> String {
    let count = match summary.mode {
        Mode::Full => "строк",
        Mode::Upsert => "изменено",
        Mode::Delete => "удалено",
    };
    let mut lines = vec![[
        "файл".to_owned(),
        count.into(),
        "байт".into(),
        "таблица".into(),
    ]];
    for table in &summary.tables {
        for file in &table.files {
            let name = file.path.file_name().unwrap_or_default();
            lines.push([
                name.to_string_lossy().into_owned(),
                number(file.rows),
                number(file.bytes),
                table.title.to_owned(),
            ]);
        }
    }
    lines.push([
        "всего".into(),
        number(summary.rows()),
        number(summary.bytes()),
        String::new(),
    ]);
    let width = |column: usize| {
        let widths = lines.iter().map(|line| line[column].chars().count());
        widths.max().unwrap_or(0)
    };
    let (name, rows, size) = (width(0), width(1), width(2));
    let mut text = String::new();
    for [table, count, bytes, title] in &lines {
        let line = format!("{table:name$}  {count:>rows$}  {bytes:>size$}  {title}");
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// What is wrong, without any personal value.
pub(crate) fn findings(findings: &Findings, folder: &Path) -> String {
    let mut text = String::new();
    for finding in findings.iter().take(SHOWN) {
        let _ = writeln!(text, "{}", finding.line(Lang::Ru));
    }
    if findings.len() > SHOWN {
        let _ = writeln!(text, "… и ещё {}", findings.len() - SHOWN);
    }
    let count = match findings.len() {
        ENOUGH.. => format!("не меньше {ENOUGH}"),
        count => count.to_string(),
    };
    let folder = folder.display();
    let _ = writeln!(
        text,
        "\nОшибок: {count}. Пакет не записан, в `{folder}` ничего не изменилось."
    );
    text
}

/// `12 345`
fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1 000"),
            (1234567, "1 234 567"),
        ] {
            assert_eq!(super::number(number), text);
        }
    }
}
