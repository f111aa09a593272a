//! Each root cause by its name, and how rows are read all the same.

use super::*;
use crate::fixture::{model, options, said, write};

const ROW: &str = "\"a\";\"1\";\"5\";\"хорошо\"\n";

/// What is said of a file of the table `mark`, and the columns by position as read on.
fn diagnose(bytes: &[u8]) -> (Vec<String>, Option<(Layout, String)>) {
    let model = model();
    let table = model.find_table("mark").unwrap();
    let found = judge(&model, table, Mode::Full, (bytes, &[]), true, 0, "mark.csv");
    let layout = found.layout.map(|layout| {
        let columns = layout.columns.iter().map(|column| match column {
            Some(id) => table.column(*id).name.as_str(),
            None => "-",
        });
        let columns: Vec<&str> = columns.collect();
        let columns = columns.join(" ");
        (layout, columns)
    });
    (said(&found.findings), layout)
}

/// Findings of a header, with a row behind it, and the columns that are read.
fn header(line: &str) -> (Vec<String>, String) {
    let (said, layout) = diagnose(format!("{line}\n{ROW}").as_bytes());
    let columns = layout.map_or(String::new(), |(_, columns)| columns);
    (said, columns)
}

const ALL: &str = "id person_id points comment";

#[test]
fn a_file_in_order_has_no_findings() {
    let bytes = format!("id;person_id;points;comment\n{ROW}");
    let (said, layout) = diagnose(bytes.as_bytes());
    let (layout, columns) = layout.unwrap();
    assert!(said.is_empty());
    assert_eq!(columns, ALL);
    let model = model();
    let table = model.find_table("mark").unwrap();
    assert_eq!(layout, Layout::clean(table, Mode::Full));
    assert_eq!((layout.body, layout.header_lines()), (28, 1));
    assert!(layout.is_regular());
}

#[test]
fn a_header_is_read_by_what_its_names_mean() {
    for (line, expected, columns) in [
        (
            "ID;Person_Id;points;comment",
            &["V0206 the header is not in lower case ×1"][..],
            ALL,
        ),
        (
            "\"id\";\"person_id\";\"points\";\"comment\"",
            &["V0214 the names of the header are in quotes ×1"],
            ALL,
        ),
        (
            "id;comment;points;person_id",
            &["V0207 the columns of the header stand in another order ×1"],
            "id comment points person_id",
        ),
        (
            "id,person_id,points,comment",
            &["V0204 fields are separated by `,`, not by `;` ×1"],
            ALL,
        ),
        (
            "id\tperson_id\tpoints\tcomment",
            &["V0204 fields are separated by the tab character, not by `;` ×1"],
            ALL,
        ),
        (
            // The `о` is Cyrillic.
            "id;persоn_id;points;comment",
            &[
                "V0208 the header's `persоn_id` is not `person_id`: it holds the Cyrillic letter \
               `о` (U+043E) at position 5 ×1",
            ],
            ALL,
        ),
        (
            "id;person_id; points;comment\u{a0}",
            &[
                "V0213 the header is not the table's: blanks or invisible characters beside the \
               names ` points`, `comment\u{a0}` ×1",
            ],
            ALL,
        ),
        (
            "id;person;points;comment;extra",
            &[
                "V0213 the header is not the table's: columns are missing: `person_id` ×1",
                "V0213 the header is not the table's: it names unknown columns: `person` \
                 (`person_id`?), `extra` ×1",
            ],
            "id - points comment -",
        ),
        (
            "id;id;person_id;points;comment",
            &["V0213 the header is not the table's: it names columns more than once: `id` ×1"],
            "id - person_id points comment",
        ),
        (
            "Идентификатор;Лицо;Столбец points;Столбец comment",
            &[
                "V0213 the header is not the table's: titles of columns stand in place of their \
               names ×1",
            ],
            ALL,
        ),
        (
            "id;name;birth_date",
            &[
                "V0213 the header is not the table's: columns are missing: `person_id`, `points`, \
                 `comment` ×1",
                "V0213 the header is not the table's: it names unknown columns: `name`, \
                 `birth_date` ×1",
            ],
            "id - -",
        ),
        (
            "schwarz;weiss",
            &["V0213 the header is not the table's: none of its names is a column of the table ×1"],
            "",
        ),
        (
            "",
            &["V0213 the header is not the table's: the first line is empty ×1"],
            "",
        ),
    ] {
        let (mut said, found) = header(line);
        said.sort();
        assert_eq!(
            (said, found.as_str()),
            (
                expected.iter().map(|one| one.to_string()).collect(),
                columns
            ),
            "{line}"
        );
    }
}

#[test]
fn many_wrong_names_are_few_words() {
    let line: Vec<String> = (0..5000).map(|at| format!("x{at}")).collect();
    let (said, columns) = header(&format!("id;{}", line.join(";")));
    assert!(
        said.iter().any(|one| one.ends_with("… (+4995) ×1")),
        "{said:?}"
    );
    assert!(said.iter().all(|one| one.len() < 300));
    assert_eq!(columns.split(' ').count(), 5001);
}

#[test]
fn a_first_line_of_data_is_no_header() {
    for (bytes, separator) in [
        (ROW.repeat(2), b';'),
        (ROW.repeat(2).replace(';', ","), b','),
        ("a;1;5;text\n".to_owned(), b';'),
    ] {
        let (said, layout) = diagnose(bytes.as_bytes());
        let (layout, columns) = layout.unwrap();
        assert!(
            said.contains(&"V0205 the header is missing: the first line holds data ×1".to_owned())
        );
        assert_eq!(
            (layout.body, layout.header_lines(), layout.separator),
            (0, 0, separator)
        );
        assert_eq!(columns, ALL);
    }
}

#[test]
fn encodings_are_named_and_read_on() {
    let text = format!("id;person_id;points;comment\n{}", ROW.repeat(3));
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut marked = vec![0xff, 0xfe];
    marked.extend(&little);
    let upper = Encoding::Koi8R.upper_half().unwrap();
    let byte = |one: char| match upper.iter().position(|other| *other == one) {
        Some(place) => 0x80 + place as u8,
        None => one as u8,
    };
    let koi8: Vec<u8> = text.chars().map(byte).collect();
    for (bytes, expected, body) in [
        (little, "V0201 the file is in UTF-16LE, not in UTF-8 ×1", 56),
        (marked, "V0201 the file is in UTF-16LE, not in UTF-8 ×1", 58),
        (
            koi8,
            "V0202 the file is in KOI8-R by its letters (99 % sure), not in UTF-8 ×1",
            28,
        ),
        (
            format!("\u{feff}{text}").into_bytes(),
            "V0203 the file begins with a byte order mark ×1",
            31,
        ),
    ] {
        let (said, layout) = diagnose(&bytes);
        let (layout, columns) = layout.unwrap();
        assert_eq!(said, [expected]);
        assert_eq!((layout.body, columns.as_str()), (body, ALL));
        assert_eq!(layout.header, b"id;person_id;points;comment");
        assert!(layout.is_regular());
    }
}

#[test]
fn what_is_no_text_is_named() {
    for (bytes, kind) in [
        (
            &b"PK\x03\x04\x14\0[Content_Types].xml"[..],
            "an Excel workbook (xlsx)",
        ),
        (b"PK\x03\x04mark.csv", "a zip archive"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "an old Excel workbook (xls)",
        ),
        (b"{\"id\": 1}", "JSON"),
        (b"<html>", "XML or HTML"),
    ] {
        let (said, layout) = diagnose(bytes);
        assert_eq!(
            said,
            [format!(
                "V0216 the file is no text: it looks like {kind} ×1"
            )]
        );
        assert!(layout.is_none());
    }
    for (bytes, expected) in [
        (&b""[..], "V0104 `mark.csv` is empty: not even a header ×1"),
        (b"id;per\0on_id\n", "V0211 the file holds NUL bytes ×1"),
        (
            b"id;person_id\r\"1\";\"2\"\r",
            "V0213 the header is not the table's: lines end with CR alone, as on old Macintoshes ×1",
        ),
    ] {
        let (said, layout) = diagnose(bytes);
        assert_eq!(said, [expected]);
        assert!(layout.is_none());
    }
}

#[test]
fn a_carriage_return_behind_the_header_is_left_to_the_rows() {
    let (said, layout) = diagnose(b"id;person_id;points;comment\r\n\"a\";\"1\";\"5\";\"\"\r\n");
    let (layout, columns) = layout.unwrap();
    assert!(said.is_empty() && layout.carriage_return);
    assert_eq!((columns.as_str(), layout.body), (ALL, 29));
}

#[test]
fn deletions_have_the_columns_of_the_key() {
    let model = model();
    let table = model.find_table("mark").unwrap();
    let find = |bytes: &[u8]| {
        judge(
            &model,
            table,
            Mode::Delete,
            (bytes, &[]),
            true,
            0,
            "mark.csv",
        )
    };
    let found = find(b"id\n\"a\"\n");
    assert!(found.findings.is_empty() && found.layout.unwrap().is_regular());
    let found = find(b"id;points\n\"a\";\"5\"\n");
    assert_eq!(
        said(&found.findings),
        ["V0213 the header is not the table's: it names unknown columns: `points` ×1"]
    );
}

#[test]
fn letters_far_behind_the_start_show_the_encoding_too() {
    let model = model();
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = b"id;person_id;points;comment\n".to_vec();
    for at in 0..40_000 {
        bytes.extend(format!("\"{at}\";\"1\";\"5\";\"").into_bytes());
        if at > 10_000 {
            // Windows-1251: Хорошо
            bytes.extend(b"\xd5\xee\xf0\xee\xf8\xee");
        }
        bytes.extend(b"\"\n");
    }
    write(folder.path(), "mark.csv", &bytes);
    let package = crate::inventory::open(&model, folder.path(), &options()).unwrap();
    let found = super::table(&model, &package, model.find_table("mark").unwrap().id);
    let layout = found[0].1.layout.as_ref().unwrap();
    assert_eq!(
        (layout.encoding, layout.confidence),
        (Encoding::Windows1251, 99)
    );
}

#[test]
fn no_bytes_make_it_panic() {
    let model = model();
    let table = model.find_table("mark").unwrap();
    let seeds = [
        format!("id;person_id;points;comment\n{ROW}").into_bytes(),
        "\u{feff}ID,\"persоn_id\"\t|;;\"\"\"\r\n"
            .as_bytes()
            .to_vec(),
    ];
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize % below
    };
    for round in 0..3000 {
        let mut bytes = seeds[round % seeds.len()].clone();
        for _ in 0..=random(4) {
            let at = random(bytes.len());
            match random(3) {
                0 => bytes[at] = random(256) as u8,
                1 => bytes.insert(at, random(256) as u8),
                _ => bytes.truncate(at.max(1)),
            }
        }
        for mode in [Mode::Full, Mode::Delete] {
            let found = judge(
                &model,
                table,
                mode,
                (&bytes, &[]),
                random(2) == 0,
                0,
                "mark.csv",
            );
            assert!(found.layout.is_some() || !found.findings.is_empty());
        }
    }
}
