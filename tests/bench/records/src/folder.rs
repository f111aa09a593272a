//! The files of the models in `tests/bench/models`, for measuring other programs with.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use vitrina::Record;
use vitrina::csv::Writer;

use crate::Outcome;
use crate::rows::{
    Chance, LESSONS, PARENTS, STUDENTS, Shape, UuidMarks, lesson, region_mark, student,
};

/// Writes `mark.csv` of so many rows, `student.csv` and `lesson.csv` of `models/marks` into a folder.
pub(crate) fn write(folder: &Path, rows: u64) -> Outcome {
    std::fs::create_dir_all(folder)?;
    table(folder, (0..STUDENTS).map(student))?;
    table(folder, (0..LESSONS).map(lesson))?;
    table(folder, (0..rows).map(UuidMarks::row))
}

/// Writes `mark.csv` of the big model, of so many rows, and its parents of `models/region` into a folder.
pub(crate) fn write_region(folder: &Path, rows: u64) -> Outcome {
    std::fs::create_dir_all(folder)?;
    for parent in &PARENTS {
        let file = File::create(folder.join(parent.name).with_extension("csv"))?;
        let mut file = BufWriter::new(file);
        writeln!(file, "id;{}", parent.column)?;
        for number in 0..parent.rows {
            let mut chance = Chance::new(number);
            let key = parent.key(number);
            match parent.is_date {
                true => writeln!(file, "\"{key}\";\"{}\"", chance.date())?,
                false => writeln!(file, "\"{key}\";\"{}\"", chance.sentence(2..5, 0))?,
            }
        }
        file.flush()?;
        println!("{}.csv: {} rows", parent.name, parent.rows);
    }
    table(folder, (0..rows).map(region_mark))
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
