//! The files of the model in `tests/bench/models/marks`, for measuring other programs with.

use std::fs::File;
use std::path::Path;

use vitrina::Record;
use vitrina::csv::Writer;

use crate::Outcome;
use crate::rows::{LESSONS, STUDENTS, Shape, UuidMarks, lesson, student};

/// Writes `mark.csv` of so many rows, `student.csv` and `lesson.csv` into a folder.
pub(crate) fn write(folder: &Path, rows: u64) -> Outcome {
    std::fs::create_dir_all(folder)?;
    table(folder, (0..STUDENTS).map(student))?;
    table(folder, (0..LESSONS).map(lesson))?;
    table(folder, (0..rows).map(UuidMarks::row))
}

fn table<R: Record>(folder: &Path, rows: impl Iterator<Item = R>) -> Outcome {
    let file = File::create(folder.join(R::TABLE.name).with_extension("csv"))?;
    let mut writer = Writer::<R, _>::new(file)?;
    for row in rows {
        writer.write(&row)?;
    }
    println!(
        "{}.csv: {} rows, {} bytes",
        R::TABLE.name,
        writer.rows(),
        writer.bytes()
    );
    writer.finish()?;
    Ok(())
}
