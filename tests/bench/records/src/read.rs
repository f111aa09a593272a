//! Bytes to typed rows.

use std::hint::black_box;

use vitrina::Record;
use vitrina::csv::Reader;

use crate::Outcome;
use crate::measure::Contest;
use crate::rows::{Homeworks, Marks, Persons, Shape, UuidMarks};

/// Measures every shape.
pub(crate) fn run(rows: u64) -> Outcome {
    shape::<UuidMarks>(rows)?;
    shape::<Marks>(rows / 2)?;
    shape::<Persons>(rows / 2)?;
    shape::<Homeworks>(rows / 2)
}

fn shape<S: Shape>(count: u64) -> Outcome {
    let rows: Vec<S::Row> = (0..count).map(S::row).collect();
    let mut text = Vec::new();
    S::Row::write_csv(&rows, &mut text)?;
    drop(rows);
    let text = &text[..];
    let expected = |rows: u64| match rows == count {
        true => Ok(text.len()),
        false => Err(format!("{rows} rows instead of {count}").into()),
    };
    let reader = || csv::ReaderBuilder::new().delimiter(b';').from_reader(text);
    let mut contest = Contest::new(format!("Reading {count} rows: {}", S::TITLE), text);
    contest.add("vitrina, borrowed", || {
        let (mut reader, mut rows) = (Reader::<S::Row, _>::new(text)?, 0);
        while let Some(row) = reader.next_ref() {
            black_box(row?);
            rows += 1;
        }
        expected(rows)
    });
    contest.add("vitrina, owned", || {
        let mut rows = 0;
        for row in Reader::<S::Row, _>::new(text)? {
            black_box(row?);
            rows += 1;
        }
        expected(rows)
    });
    contest.add("`csv` ByteRecord, no types", || {
        let (mut reader, mut record, mut rows) = (reader(), csv::ByteRecord::new(), 0);
        while reader.read_byte_record(&mut record)? {
            black_box(&record);
            rows += 1;
        }
        expected(rows)
    });
    contest.add("`csv` with serde, owned", || {
        let mut rows = 0;
        for row in reader().deserialize::<S::Peer>() {
            black_box(row?);
            rows += 1;
        }
        expected(rows)
    });
    contest.run()
}
