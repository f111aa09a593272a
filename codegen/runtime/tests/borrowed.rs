//! Borrowed rows beside owned ones, and the quick way of reading beside the close one: the same rows,
//! the same errors at the same places, whatever the bytes.

use proptest::prelude::*;
use vitrina::csv::{BooleanForm, NullForm, Options, Profile, Reader, Writer};
use vitrina::record::borrowed::Borrowed;
use vitrina::record::value::Value;
use vitrina::{Invalid, Record, RowSource};

#[path = "shared/mark.rs"]
mod shared;

use shared::{Mark, MarkRef, mark};

/// Rows, or what is wrong with them and where.
type Read = Vec<Result<Mark, String>>;

fn owned(text: &[u8], options: Options) -> Result<Read, String> {
    let reader = Reader::with_options(text, options).map_err(|error| format!("{error:?}"))?;
    Ok(reader
        .map(|row| row.map_err(|error| format!("{error:?}")))
        .collect())
}

fn borrowed(text: &[u8], options: Options) -> Result<Read, String> {
    let mut reader =
        Reader::<Mark, _>::with_options(text, options).map_err(|error| format!("{error:?}"))?;
    let mut rows = Vec::new();
    while let Some(row) = reader.next_ref() {
        rows.push(
            row.map(|row| Mark::own(&row))
                .map_err(|error| format!("{error:?}")),
        );
    }
    Ok(rows)
}

/// The row of a line by the definition: fields split one character after another, values read from
/// their texts. None when anything is wrong.
fn by_definition(line: &[u8], options: Options) -> Option<Mark> {
    let line = std::str::from_utf8(line).ok()?;
    let line = match line.strip_suffix('\r') {
        Some(line) if options.carriage_return => line,
        Some(_) => return None,
        None => line,
    };
    let mut fields = vec![];
    let mut rest = line;
    loop {
        let bare = |after: &str| after.is_empty() || after.starts_with(';');
        let after = if bare(rest) {
            fields.push(None);
            rest
        } else {
            let mut field = String::new();
            let mut characters = rest.strip_prefix('"')?.chars();
            loop {
                match characters.next()? {
                    '"' if characters.as_str().starts_with('"') => {
                        characters.next();
                        field.push('"');
                    }
                    '"' => break,
                    character => field.push(character),
                }
            }
            fields.push(Some(field));
            characters.as_str()
        };
        match after.strip_prefix(';') {
            Some(next) => rest = next,
            None if after.is_empty() => break,
            None => return None,
        }
    }
    (fields.len() == Mark::TABLE.columns.len()).then_some(())?;
    Mark::read_row(&mut Definition { fields, options }).ok()
}

struct Definition {
    fields: Vec<Option<String>>,
    options: Options,
}

impl RowSource for Definition {
    type Error = Invalid;

    fn field<V: Value>(&mut self, column: usize) -> Result<V, Invalid> {
        let bare = self.options.profile.null == NullForm::Bare;
        match self.fields[column].as_deref() {
            None if bare || self.options.bare_empty => V::absent().ok_or(Invalid::Empty),
            None => Err(Invalid::Empty),
            Some("") if bare && V::EMPTY && V::OPTIONAL => V::from_text(""),
            Some("") => V::absent().ok_or(Invalid::Empty),
            Some(text) => {
                let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
                if text.chars().any(breaks) {
                    return Err(Invalid::LineBreak);
                }
                if V::BOOLEAN {
                    let value = self.options.profile.boolean.value(text);
                    let value = value.ok_or(Invalid::NotBoolean)?;
                    return V::from_text(&value.to_string());
                }
                V::from_text(text)
            }
        }
    }
}

fn every_option() -> Vec<Options> {
    let mut all = Vec::new();
    for null in [NullForm::Quoted, NullForm::Bare] {
        for boolean in [BooleanForm::Lower, BooleanForm::Title, BooleanForm::Digit] {
            let profile = Profile { null, boolean };
            all.extend([Options::strict(profile), Options::tolerant(profile)]);
        }
    }
    all
}

fn check(lines: &[Vec<u8>], options: Options) {
    let mut file = Mark::TABLE.header.as_bytes().to_vec();
    for line in lines {
        file.push(b'\n');
        file.extend(line);
    }
    let rows = owned(&file, options).unwrap();
    assert!(rows == borrowed(&file, options).unwrap());
    let mut expected = file
        .split(|&byte| byte == b'\n')
        .skip(1)
        .collect::<Vec<_>>();
    // A line feed at the very end begins no line.
    if expected.last().is_some_and(|line| line.is_empty()) {
        expected.pop();
    }
    assert_eq!(rows.len(), expected.len());
    for (row, line) in rows.iter().zip(expected) {
        let definition = by_definition(line, options);
        let shown = String::from_utf8_lossy(line);
        assert!(
            row.as_ref().ok() == definition.as_ref(),
            "{shown:?} {row:?} {definition:?}"
        );
    }
}

/// A line that is nearly a row: some of its bytes are others.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    const ROW: &str = "\"ESH-1\";\"да;\"\"нет\"\" — «я»\";\"-5\";\"1099511627776\";\"0.5\";\"\";\"true\";\
                       \"2024-02-29\";\"08:30:00\";\"2024-02-29 08:30:00\";\
                       \"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\";\"Ёлка\"";
    let byte = prop_oneof![
        prop::sample::select(
            b"\"\";;;\r\n \t0159-:.+eE,aAgG\x7f\x80\x85\xa8\xc2\xd0\xe2\xe0\xed\xf0\xff".to_vec()
        ),
        any::<u8>(),
    ];
    let edit = (0..ROW.len(), 0..4_u8, byte, 0..12_usize);
    let empties = prop::collection::vec((0..12_usize, 0..3_u8), 0..3);
    (prop::collection::vec(edit, 0..3), empties).prop_map(|(edits, empties)| {
        let mut fields: Vec<String> = ROW.split("\";\"").map(str::to_owned).collect();
        let last = fields.len() - 1;
        for (field, kind) in empties {
            let field = field.min(last);
            if field > 0 && field < last {
                fields[field] = if kind == 0 {
                    "\u{1}".into()
                } else {
                    String::new()
                };
            }
        }
        // A marked field loses its quotes.
        let text = fields.join("\";\"").replace("\"\u{1}\"", "");
        let mut line = text.into_bytes();
        for (at, kind, byte, count) in edits {
            let at = at.min(line.len());
            match kind {
                0 if at < line.len() => line[at] = byte,
                1 => line.insert(at, byte),
                2 => drop(line.drain(at..(at + count).min(line.len()))),
                3 if count == 0 => line.truncate(at),
                _ => {}
            }
        }
        line
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn hostile_lines_are_read_by_the_definition(
        lines in prop::collection::vec(hostile(), 1..4),
        options in prop::sample::select(every_option()),
    ) {
        check(&lines, options);
    }
}

proptest! {
    #[test]
    fn rows_that_are_written_are_read(
        texts in prop::collection::vec("[ -~а-яё«»—№\";\u{a0}\u{2027}😀ऄ가]{1,60}", 1..20),
        number: i32,
        large: Option<i64>,
        share in -1e12..1e12_f64,
        options in prop::sample::select(every_option()),
    ) {
        let row = |text: &String| Mark {
            text: (number % 3 != 0).then(|| text.clone()),
            name: text.clone(),
            number,
            large,
            share,
            ..mark()
        };
        let rows: Vec<Mark> = texts.iter().map(row).collect();
        let mut writer = Writer::with_profile(Vec::new(), options.profile).unwrap();
        for row in &rows {
            writer.write(row).unwrap();
        }
        let file = writer.finish().unwrap();
        for read in [owned, borrowed] {
            let back: Vec<Mark> = read(&file, options).unwrap().into_iter().map(Result::unwrap).collect();
            prop_assert!(back == rows);
        }
    }
}

#[test]
fn borrowed_texts_stand_in_the_file() {
    let mut file = Vec::new();
    Mark::write_csv([&mark()], &mut file).unwrap();
    let mut reader = Reader::<Mark, _>::new(file.as_slice()).unwrap();
    let row: MarkRef<'_> = reader.next_ref().unwrap().unwrap();
    let text = row.text.unwrap();
    assert_eq!(text.as_written(), "да;\"\"нет\"\"");
    assert_eq!(
        (text.to_text().as_ref(), text.as_plain()),
        ("да;\"нет\"", None)
    );
    assert_eq!(
        (row.name.as_plain(), row.id.as_plain()),
        (Some("Ёлка"), Some("ESH-1"))
    );
    assert!(row.id.to_value() == mark().id && text == row.clone().text.unwrap());
    // Personal data stays hidden.
    assert!(!format!("{row:?}").contains("Ёлка"));
    assert!(reader.next_ref().is_none() && reader.next_ref().is_none());
}

/// Gives a few bytes at a time.
struct Slowly<'a>(&'a [u8], usize);

impl std::io::Read for Slowly<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let count = self.1.min(self.0.len()).min(out.len());
        let (head, tail) = self.0.split_at(count);
        out[..count].copy_from_slice(head);
        self.0 = tail;
        Ok(count)
    }
}

#[test]
fn rows_cross_blocks() {
    // Rows of many lengths, so that blocks end in every part of one, and one longer than a block.
    let rows: Vec<Mark> = (0..3000)
        .map(|number| Mark {
            number,
            text: Some("я".repeat(if number == 1500 {
                400_000
            } else {
                number as usize % 331
            })),
            ..mark()
        })
        .map(|row| Mark {
            text: row.text.filter(|text| !text.is_empty()),
            ..row
        })
        .collect();
    let mut file = Vec::new();
    Mark::write_csv(&rows, &mut file).unwrap();
    for step in [1, 4095, 1 << 18, usize::MAX] {
        let file = if step == 1 { &file[..50_000] } else { &file };
        let mut reader = Reader::<Mark, _>::new(Slowly(file, step)).unwrap();
        let mut count = 0;
        while let Some(row) = reader.next_ref() {
            match row {
                Ok(row) => assert!(Mark::own(&row) == rows[count]),
                Err(_) => assert!(step == 1),
            }
            count += 1;
        }
        assert!(step == 1 || count == rows.len());
    }
}
