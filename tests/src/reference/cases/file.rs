//! Faults of a file as a whole: its encoding, its header, its line ends.

use vitrina_package::code::{
    BYTE_ORDER_MARK, CARRIAGE_RETURN, CUT, HEADER, HEADER_CASE, HEADER_LOOK_ALIKE, HEADER_ORDER,
    HEADER_QUOTED, HEADER_REPEATED, NO_HEADER, NOT_TEXT, NUL, SEPARATOR, UTF_16, WINDOWS_1251,
};

use super::super::base::Base;
use super::super::draft::Draft;
use super::{Case, few};

/// The table whose file is wrong: its names hold letters enough to tell an encoding.
const TABLE: &str = "organisations";

pub(super) fn cases(base: &Base) -> Result<Vec<Case>, String> {
    let few = few(base)?;
    let mut cases = encodings(&few);
    cases.extend(headers(&few));
    cases.extend(lines(&few));
    Ok(cases)
}

fn encodings(few: &Draft) -> Vec<Case> {
    let bytes = |change: fn(&str) -> Vec<u8>| {
        let change = |bytes: Vec<u8>| change(&String::from_utf8_lossy(&bytes));
        few.clone().bytes(TABLE, change)
    };
    let utf_16 = |text: &str| {
        let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let marked = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
    vec![
        Case::fixable(UTF_16, bytes(utf_16)),
        Case::fixable(WINDOWS_1251, bytes(windows_1251)),
        Case::fixable(BYTE_ORDER_MARK, bytes(marked)),
        Case::fault(
            NOT_TEXT,
            bytes(|_| b"PK\x03\x04\x14\0\0\0\x08\0[Content_Types].xml".to_vec()),
        ),
    ]
}

/// Letters and the signs that the names here hold.
fn windows_1251(text: &str) -> Vec<u8> {
    let byte = |one: char| match one {
        'А'..='я' => (one as u32 - 'А' as u32 + 0xc0) as u8,
        'Ё' => 0xa8,
        'ё' => 0xb8,
        '№' => 0xb9,
        '«' => 0xab,
        '»' => 0xbb,
        '—' => 0x97,
        _ if one.is_ascii() => one as u8,
        _ => b'?',
    };
    text.chars().map(byte).collect()
}

fn headers(few: &Draft) -> Vec<Case> {
    let header = |change: fn(&str) -> String| few.clone().line(TABLE, 1, change);
    let every = |change: fn(&str) -> String| {
        few.clone().text(TABLE, |text| {
            let lines: Vec<String> = text.split('\n').map(change).collect();
            lines.join("\n")
        })
    };
    let without_header = few.clone().text(TABLE, |text| {
        text.split_once('\n')
            .map_or(text, |(_, rows)| rows)
            .to_owned()
    });
    // As many rows as there are lines.
    let without_header = without_header.manifest(|manifest| {
        for file in manifest.files.iter_mut().filter(|file| file.table == TABLE) {
            file.rows += 1;
        }
    });
    let swapped = |line: &str| {
        let mut fields: Vec<&str> = line.split(';').collect();
        fields.swap(2, 4);
        fields.join(";")
    };
    let quoted = |line: &str| format!("\"{}\"", line.replace(';', "\";\""));
    let repeated = few.clone().text(TABLE, |text| {
        let mut lines: Vec<&str> = text.split('\n').collect();
        lines.insert(2, lines[0]);
        lines.join("\n")
    });
    vec![
        Case::fixable(SEPARATOR, every(|line| line.replace(';', ","))),
        Case::fault(NO_HEADER, without_header),
        Case::fixable(HEADER_CASE, header(str::to_uppercase)),
        Case::fixable(HEADER_ORDER, every(swapped)),
        // The `а` is Cyrillic.
        Case::fixable(
            HEADER_LOOK_ALIKE,
            header(|line| line.replace(";okato;", ";okаto;")),
        ),
        Case::fixable(HEADER_REPEATED, repeated),
        Case::fixable(HEADER_QUOTED, header(quoted)),
        Case::fault(
            HEADER,
            header(|line| line.replace(";phone;", ";telephone;")),
        ),
    ]
}

fn lines(few: &Draft) -> Vec<Case> {
    let returns = few.clone().text(TABLE, |text| text.replace('\n', "\r\n"));
    let nul = few
        .clone()
        .field(TABLE, 3, "executive_position", "Дирек\0тор");
    let cut = few.clone().bytes(TABLE, |mut bytes| {
        bytes.truncate(bytes.len() - 30);
        bytes
    });
    vec![
        Case::fixable(CARRIAGE_RETURN, returns),
        Case::fault(NUL, nul),
        Case::fault(CUT, cut),
    ]
}
