//! Faults of rows and of values.

use vitrina_package::code::{
    BLANKS, CHECK_DIGIT, CODE, CONTROL, DATE, EMPTY_LINE, FIELD_COUNT, FREE_TEXT, HASH, LINE_BREAK,
    LOOK_ALIKE, NOT_UTF_8, NULL_FORM, OPEN_QUOTE, PATTERN, RANGE, REQUIRED, REQUIRED_WHEN,
    STRAY_QUOTE, TOO_LONG, TYPE, UNQUOTED,
};

use super::super::base::Base;
use super::super::draft::Draft;
use super::{Case, few};

pub(super) fn cases(base: &Base) -> Result<Vec<Case>, String> {
    let few = few(base)?;
    let mut cases = forms(&few);
    cases.extend(values(&few));
    let packages = base.cut(&[("exchange_package", 2)])?;
    let large = packages.field("exchange_package", 2, "record_total", "9999999999");
    cases.push(Case::fault(RANGE, large));
    let errors = base.cut(&[("exchange_error", 2)])?;
    let message = "Не найден ученик, телефон +7 900 123-45-67";
    let free = errors.field("exchange_error", 2, "message_text", message);
    cases.push(Case::fault(FREE_TEXT, free));
    Ok(cases)
}

fn forms(few: &Draft) -> Vec<Case> {
    let line = |change: fn(&str) -> String| few.clone().line("organisations", 3, change);
    let name = |field: &str| few.clone().raw_field("organisations", 3, "name", field);
    let not_utf_8 = few.clone().bytes("organisations", |mut bytes| {
        let letter = bytes.windows(2).rposition(|pair| pair == "ш".as_bytes());
        bytes[letter.unwrap_or_default() + 1] = b'?';
        bytes
    });
    let empty = few.clone().text("organisations", |text| {
        let mut lines: Vec<&str> = text.split('\n').collect();
        lines.insert(2, "");
        lines.join("\n")
    });
    vec![
        Case::fault(FIELD_COUNT, line(|line| format!("{line};\"\""))),
        Case::fixable(UNQUOTED, name("Школа № 1")),
        Case::fault(
            OPEN_QUOTE,
            line(|line| line.trim_end_matches('"').to_owned()),
        ),
        Case::fault(STRAY_QUOTE, name("\"Школа \"Луч\" № 1\"")),
        Case::fault(LINE_BREAK, name("\"Школа\n№ 1\"")),
        Case::fault(NOT_UTF_8, not_utf_8),
        Case::fixable(EMPTY_LINE, empty),
    ]
}

fn values(few: &Draft) -> Vec<Case> {
    let organisation =
        |column: &str, value: &str| few.clone().field("organisations", 3, column, value);
    let person = |column: &str, value: &str| few.clone().field("person", 2, column, value);
    let long = few
        .clone()
        .field("student", 2, "personal_file_number", &"Л-1/".repeat(20));
    let null = few.clone().raw_field("organisations", 2, "partof_id", "");
    vec![
        Case::fault(REQUIRED, person("birth_date", "")),
        Case::fault(REQUIRED_WHEN, person("citizenship_country_code", "")),
        Case::fault(TYPE, organisation("active", "да")),
        Case::fault(TOO_LONG, long),
        Case::fault(PATTERN, organisation("kpp", "97О101002")),
        // The last digit is another.
        Case::fault(CHECK_DIGIT, organisation("inn", "9700000021")),
        Case::fault(CODE, person("sex_code", "П")),
        Case::fault(DATE, person("birth_date", "31.12.2010")),
        Case::fault(CONTROL, organisation("executive_position", "Дирек\u{7}тор")),
        Case::fixable(BLANKS, organisation("executive_position", " Директор")),
        // The first letter is Latin.
        Case::fault(LOOK_ALIKE, organisation("name", "Tестовая школа № 1")),
        Case::fixable(NULL_FORM, null),
        Case::fault(HASH, person("snils_hash", "112-233-445 95")),
    ]
}
