//! The generated types read every file, find nothing wrong with any row, and write the same bytes.

use vitrina::{Context, Findings, Record, TableVisitor};

use super::made::made;

/// Reads a file strictly by the model's own profile, judges its rows, writes it again.
struct Through<'a> {
    file: &'a [u8],
    context: Context,
}

impl TableVisitor for Through<'_> {
    type Output = Result<(u64, Vec<u8>), String>;

    fn visit<R: Record + std::fmt::Debug + 'static>(self) -> Self::Output {
        let rows = R::read_csv(self.file).map_err(|error| error.to_string())?;
        let rows: Result<Vec<R>, _> = rows.collect();
        let rows = rows.map_err(|error| error.to_string())?;
        let mut findings = Findings::new();
        for row in &rows {
            row.validate(&self.context, &mut findings);
        }
        // Warnings too.
        if let Some(finding) = findings.iter().next() {
            return Err(format!("{} findings, first {finding}", findings.len()));
        }
        let mut again = Vec::new();
        let written = R::write_csv(&rows, &mut again).map_err(|error| error.to_string())?;
        Ok((written, again))
    }
}

#[test]
fn every_file_is_read_found_good_and_written_back() {
    let made = made();
    let context = Context::new(made.moment("00:00:00").date());
    let mut wrong = Vec::new();
    for table in made.model.tables() {
        let file = made.file(table);
        match vitrina_model::visit(&table.name, Through { file, context }).unwrap() {
            Ok((rows, again)) => {
                assert_eq!(rows, made.rows_of(table), "{}", table.name);
                if let Some(line) = first_difference(file, &again) {
                    wrong.push(format!("{}: {line}", table.name));
                }
            }
            Err(error) => wrong.push(format!("{}: {error}", table.name)),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The first line that differs, for people; `None` for equal bytes.
fn first_difference(before: &[u8], after: &[u8]) -> Option<String> {
    if before == after {
        return None;
    }
    let (before, after) = (
        String::from_utf8_lossy(before),
        String::from_utf8_lossy(after),
    );
    let mut lines = (1..).zip(before.split('\n').zip(after.split('\n')));
    let differ = lines.find(|(_, (before, after))| before != after);
    Some(
        differ.map_or("another number of lines".into(), |(at, (before, after))| {
            format!("line {at}: {after} was {before}")
        }),
    )
}
