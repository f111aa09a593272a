//! A package written by the generated types from the whole model has no findings at the moment of its rows.

use std::fs;
use std::path::Path;

use vitrina::package::PackageOptions;
use vitrina::{PackageWriter, Record, TableVisitor};
use vitrina_package::validate;
use vitrina_tests::reference::options;

use super::made::made;

/// Reads a file of the sample into the type of its table, and writes the rows into a package.
struct Copy<'a> {
    from: &'a Path,
    to: &'a PackageWriter,
}

impl TableVisitor for Copy<'_> {
    type Output = u64;

    fn visit<R: Record + std::fmt::Debug + 'static>(self) -> u64 {
        let file = fs::File::open(self.from).unwrap();
        let rows: Result<Vec<R>, _> = R::read_csv(file).unwrap().collect();
        let rows = rows.unwrap();
        self.to.write(&rows).unwrap();
        rows.len() as u64
    }
}

#[test]
fn what_the_generated_types_write_has_no_findings() {
    let made = made();
    let sample = made.place.path().join("whole/package");
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("written");
    let package = PackageOptions::new()
        .producer("vitrina-tests", "1")
        .create(&folder)
        .unwrap();
    let mut rows = 0;
    for table in made.base.model.tables() {
        let from = sample.join(format!("{}.csv", table.name));
        let copy = Copy {
            from: &from,
            to: &package,
        };
        rows += vitrina_model::visit(&table.name, copy).unwrap();
    }
    package.finish().unwrap();
    let options = options(&made.base);
    let outcome = validate(&made.base.model, &folder, &options, &()).unwrap();
    let findings: Vec<_> = outcome.tally.groups().map(|(key, _)| key).collect();
    assert!(findings.is_empty(), "{findings:#?}");
    assert_eq!(
        outcome.tables.iter().map(|table| table.rows).sum::<u64>(),
        rows
    );
    assert_eq!(outcome.tables.len(), made.base.model.tables().len());
    // All rules were judged.
    assert_eq!(outcome.unchecked.len(), 1, "{:#?}", outcome.unchecked);
}
