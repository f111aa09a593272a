//! CSV of a record written by hand as the generator writes it: what is written comes back, the `csv`
//! crate reads the same, and every defect of a file is told at its place.

use proptest::prelude::*;
use vitrina::csv::{BooleanForm, Error, ErrorKind, NullForm, Options, Profile, Reader, Writer};
use vitrina::{Date, Invalid, Record, Time, Timestamp, Uuid};

#[path = "shared/mark.rs"]
mod shared;

use shared::{Mark, MarkId, mark};

/// The row of `mark()`.
const ROW: &str = "\"ESH-1\";\"да;\"\"нет\"\"\";\"-5\";\"1099511627776\";\"0.5\";\"\";\"true\";\
                   \"2024-02-29\";\"08:30:00\";\"2024-02-29 08:30:00.250000\";\"\";\"Ёлка\"";

fn header() -> &'static str {
    Mark::TABLE.header
}

fn written(rows: &[Mark], profile: Profile) -> String {
    let mut writer = Writer::with_profile(Vec::new(), profile).unwrap();
    for row in rows {
        writer.write(row).unwrap();
    }
    assert_eq!(writer.rows(), rows.len() as u64);
    let bytes = writer.bytes();
    let out = String::from_utf8(writer.finish().unwrap()).unwrap();
    assert_eq!(out.len() as u64, bytes);
    out
}

fn read(text: &[u8], options: Options) -> Result<Vec<Mark>, Error> {
    Reader::with_options(text, options)?.collect()
}

/// What goes wrong with a file: kind, line, column, byte.
fn defect(text: &[u8], options: Options) -> (String, u64, Option<&'static str>, u64) {
    let error = read(text, options).expect_err("a defect");
    let position = error.position();
    let kind = format!("{:?}", error.kind());
    let kind = kind.split([' ', '{']).next().unwrap_or_default().to_owned();
    (kind, position.line, position.column, position.byte)
}

#[test]
fn a_row_is_written_by_the_rules() {
    let text = written(&[mark()], Profile::default());
    assert_eq!(text, format!("{}\n{ROW}", header()));
    let other = Profile {
        null: NullForm::Bare,
        boolean: BooleanForm::Title,
    };
    let row = ROW.replace(";\"\";", ";;").replace("true", "True");
    assert_eq!(written(&[mark()], other), format!("{}\n{row}", header()));
    assert_eq!(written(&[], other), header());
}

#[test]
fn every_profile_reads_its_own() {
    let mut empty = mark();
    (empty.text, empty.large, empty.day) = (None, None, None);
    let rows = [mark(), empty, mark()];
    for null in [NullForm::Quoted, NullForm::Bare] {
        for boolean in [BooleanForm::Lower, BooleanForm::Title, BooleanForm::Digit] {
            let profile = Profile { null, boolean };
            let mut text = written(&rows, profile);
            assert!(read(text.as_bytes(), Options::strict(profile)).unwrap() == rows);
            text.push('\n');
            assert!(read(text.as_bytes(), Options::strict(profile)).unwrap() == rows);
        }
    }
}

#[test]
fn empty_text_is_a_value_where_nulls_are_bare() {
    let mut row = mark();
    row.text = Some(String::new());
    let bare = Profile {
        null: NullForm::Bare,
        ..Profile::default()
    };
    let text = written(&[row.clone()], bare);
    assert!(read(text.as_bytes(), Options::strict(bare)).unwrap() == [row.clone()]);
    // An optional column that is no text takes both forms of nothing.
    let quoted = text.replace(";;", ";\"\";");
    assert!(read(quoted.as_bytes(), Options::strict(bare)).unwrap() == [row.clone()]);
    let text = written(&[row.clone()], Profile::default());
    let back = read(text.as_bytes(), Options::strict(Profile::default())).unwrap();
    assert!(back[0].text.is_none());
}

#[test]
fn defects_are_told_at_their_place() {
    let strict = Options::strict(Profile::default());
    let start = header().len() as u64 + 1;
    let column = |name: &str| {
        let fields = header()
            .split(';')
            .position(|column| column == name)
            .unwrap();
        // Only the field `text` holds a separator.
        let plain = ROW.replace("да;", "даx");
        start
            + plain
                .split(';')
                .take(fields)
                .map(|field| field.len() as u64 + 1)
                .sum::<u64>()
    };
    let row = |from: &str, to: &str| {
        assert!(ROW.contains(from), "{from}");
        format!("{}\n{}\n{ROW}", header(), ROW.replacen(from, to, 1))
    };
    let at = |name: &'static str| (2, Some(name), column(name));
    let line = (2, None, start);
    for (text, kind, (place_line, place_column, byte)) in [
        (String::new(), "NoHeader", (1, None, 0)),
        ("\n".into(), "NoHeader", (1, None, 0)),
        (
            format!("\u{feff}{}", header()),
            "ByteOrderMark",
            (1, None, 0),
        ),
        (header().to_uppercase(), "Header", (1, None, 0)),
        (format!("{};more", header()), "Header", (1, None, 0)),
        ("id;text".into(), "Header", (1, None, 0)),
        (
            format!("\"{}\"", header().replace(';', "\";\"")),
            "Header",
            (1, None, 0),
        ),
        (
            format!("{}\r\n{ROW}", header()),
            "CarriageReturn",
            (1, None, 0),
        ),
        (
            format!("{}\n{ROW}\r\n{ROW}", header()),
            "CarriageReturn",
            line,
        ),
        (format!("{}\n\n{ROW}", header()), "FieldCount", line),
        (row(";\"-5\"", ""), "FieldCount", line),
        (row("\"-5\"", "\"-5\";\"\""), "FieldCount", line),
        (format!("{}\n{ROW};\"\"", header()), "FieldCount", line),
        (row("\"-5\"", "-5"), "Unquoted", at("number")),
        (row(";\"\";", ";;"), "Unquoted", at("small")),
        (row("\"\"нет\"\"", "\"нет\""), "StrayQuote", at("text")),
        (row("нет", "н\nт"), "OpenQuote", at("text")),
        (row("\"-5\"", "\"5.0\""), "Value(NotInteger)", at("number")),
        (row("\"-5\"", "\"\""), "Value(Empty)", at("number")),
        (
            row("\"-5\"", "\"2147483648\""),
            "Value(OutOfRange)",
            at("number"),
        ),
        (row("\"0.5\"", "\"NaN\""), "Value(NotNumber)", at("share")),
        (row("true", "True"), "Value(NotBoolean)", at("given")),
        (
            row("2024-02-29", "2023-02-29"),
            "Value(NoSuchDate)",
            at("day"),
        ),
        (row("08:30:00", "24:00:00"), "Value(NoSuchTime)", at("time")),
        (row("Ёлка", ""), "Value(Empty)", at("name")),
        (row("Ёлка", "Ё\tлка"), "Value(ControlCharacter)", at("name")),
        (row("Ёлка", "Ё\u{2028}лка"), "Value(LineBreak)", at("name")),
        (
            row("ESH-1", "ESH-0123456789abcdefgh"),
            "Value(TooLong",
            at("id"),
        ),
    ] {
        let found = defect(text.as_bytes(), strict);
        assert_eq!(
            found,
            (kind.into(), place_line, place_column, byte),
            "{text}"
        );
    }
    let mut bytes = format!("{}\n{ROW}", header()).into_bytes();
    let last = bytes.len() - 2;
    bytes[last] = 0xff;
    assert_eq!(defect(&bytes, strict).0, "Value(Encoding)");
}

#[test]
fn tolerance_is_asked_for() {
    let text = format!(
        "\u{feff}{}\r\n{}\r\n",
        header(),
        ROW.replace(";\"\";", ";;")
    );
    let profile = Profile::default();
    assert!(read(text.as_bytes(), Options::tolerant(profile)).unwrap() == [mark()]);
    assert!(read(text.as_bytes(), Options::strict(profile)).is_err());
}

#[test]
fn a_broken_row_spoils_no_other() {
    let text = format!(
        "{}\n{ROW}\n\"x\"\n{ROW}\n{}\n{ROW}",
        header(),
        ROW.replace("-5", "five")
    );
    let rows: Vec<_> = Mark::read_csv(text.as_bytes()).unwrap().collect();
    let good: Vec<bool> = rows.iter().map(Result::is_ok).collect();
    assert_eq!(good, [true, false, true, false, true]);
    let errors = rows.iter().filter_map(|row| row.as_ref().err());
    let errors: Vec<u64> = errors.map(|error| error.position().row()).collect();
    assert_eq!(errors, [2, 4]);
}

#[test]
fn refused_values_leave_no_trace() {
    type Change = fn(&mut Mark);
    let refusals: [(&str, Invalid, Change); 6] = [
        ("text", Invalid::LineBreak, |row| {
            row.text = Some("a\r".into())
        }),
        ("share", Invalid::NotNumber, |row| row.share = f64::INFINITY),
        ("small", Invalid::NotNumber, |row| {
            row.small = Some(f32::NAN)
        }),
        ("time", Invalid::Precision { max: 0 }, |row| {
            row.time = "08:30:00.1".parse().unwrap()
        }),
        ("name", Invalid::Empty, |row| row.name = String::new()),
        ("name", Invalid::ControlCharacter, |row| {
            row.name = "секрет\0".into()
        }),
    ];
    let mut writer = Writer::new(Vec::new()).unwrap();
    for (column, reason, change) in refusals {
        let mut row = mark();
        change(&mut row);
        let error = writer.write(&row).unwrap_err();
        assert_eq!(
            (error.position().column, error.position().row()),
            (Some(column), 1)
        );
        assert!(
            matches!(error.kind(), ErrorKind::Value(invalid) if *invalid == reason),
            "{error}"
        );
        assert!(error.is_row() && !format!("{error:?}{error}").contains("секрет"));
    }
    writer.write(&mark()).unwrap();
    let text = writer.finish().unwrap();
    assert_eq!(
        String::from_utf8(text).unwrap(),
        format!("{}\n{ROW}", header())
    );
}

#[test]
fn a_failed_write_ends_the_file() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut writer = Writer::new(Full).unwrap();
    let mut row = mark();
    row.text = Some("x".repeat(100_000));
    assert!(matches!(
        writer.write(&row).unwrap_err().kind(),
        ErrorKind::Io(_)
    ));
    assert!(matches!(
        writer.write(&row).unwrap_err().kind(),
        ErrorKind::Broken
    ));
    assert!(writer.finish().is_err());
}

prop_compose! {
    fn any_mark()(
        id in "[!-~]{1,20}",
        text in proptest::option::of("[^\\p{C}\u{2028}\u{2029}]{1,40}"),
        (number, large) in any::<(i32, Option<i64>)>(),
        share in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL | proptest::num::f64::ZERO,
        small in proptest::option::of(proptest::num::f32::NORMAL),
        given: bool,
        day in proptest::option::of(Date::MIN.to_days()..=Date::MAX.to_days()),
        (hour, minute, second, microsecond) in (0_u8..24, 0_u8..60, 0_u8..60, 0_u32..1_000_000),
        uuid: Option<[u8; 16]>,
        name in "[ \"';,Ёа-я]{1,20}",
    ) -> Mark {
        let day = day.and_then(Date::from_days);
        let exact = Time::new(hour, minute, second, microsecond).unwrap();
        Mark {
            id: MarkId::parse(&id).unwrap(),
            text,
            number,
            large,
            share,
            small,
            given,
            day,
            time: exact.truncated(0),
            at: Timestamp::new(day.unwrap_or(Date::MIN), exact),
            uuid: uuid.map(Uuid::from_bytes),
            name,
        }
    }
}

proptest! {
    #[test]
    fn rows_come_back_and_the_csv_crate_reads_the_same(
        rows in proptest::collection::vec(any_mark(), 0..8),
        bare: bool,
    ) {
        let null = if bare { NullForm::Bare } else { NullForm::Quoted };
        let profile = Profile { null, boolean: BooleanForm::Digit };
        let text = written(&rows, profile);
        prop_assert!(read(text.as_bytes(), Options::strict(profile)).unwrap() == rows);

        let mut oracle = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
        prop_assert_eq!(oracle.headers().unwrap().iter().collect::<Vec<_>>().join(";"), header());
        let records: Vec<csv::StringRecord> = oracle.records().collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(records.len(), rows.len());
        for (record, row) in records.iter().zip(&rows) {
            prop_assert_eq!(record.len(), 12);
            prop_assert_eq!(&record[0], row.id.as_str());
            prop_assert_eq!(&record[1], row.text.as_deref().unwrap_or(""));
            prop_assert_eq!(&record[2], row.number.to_string());
            prop_assert_eq!(record[4].parse::<f64>().unwrap(), row.share);
            prop_assert_eq!(&record[6], if row.given { "1" } else { "0" });
            prop_assert_eq!(&record[11], &row.name);
        }
    }

    #[test]
    fn any_bytes_are_survived(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        whole: bool,
    ) {
        let mut text = if whole { format!("{}\n", header()).into_bytes() } else { Vec::new() };
        text.extend(bytes);
        let _ = read(&text, Options::strict(Profile::default()));
        let _ = read(&text, Options::tolerant(Profile::default()));
    }
}
