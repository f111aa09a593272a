//! Packages: whole or absent, whatever happens on the way.

#[path = "shared/mark.rs"]
mod shared;

use std::fs;
use std::path::Path;

use shared::{Mark, mark};
use vitrina::package::{ErrorKind, PackageOptions};
use vitrina::{Context, Date, Findings, Invalid, Lang, PackageWriter, RowPlace};

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn broken() -> Mark {
    Mark {
        text: Some("две\nстроки".into()),
        ..mark()
    }
}

#[test]
fn files_get_their_names_at_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("new/deep");
    let package = PackageWriter::create(&folder).unwrap();
    assert_eq!(package.write(&[mark(), mark()]).unwrap(), 2);
    assert!(
        names(&folder)
            .iter()
            .all(|name| name.starts_with(".ma") && name.ends_with(".partial"))
    );
    let summary = package.finish().unwrap();
    assert_eq!(names(&folder), ["manifest.json", "mark.csv"]);
    let table = &summary.tables[0];
    assert_eq!((table.table, table.rows, summary.rows()), ("mark", 2, 2));
    assert_eq!(fs::metadata(&table.path).unwrap().len(), table.bytes);
}

#[test]
fn a_dropped_package_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let package = PackageWriter::create(folder.path()).unwrap();
    package.write(&[mark()]).unwrap();
    drop(package);
    assert!(names(folder.path()).is_empty());

    let package = PackageWriter::create(folder.path()).unwrap();
    let mut table = package.table::<Mark>().unwrap();
    table.write(&mark()).unwrap();
    drop(table);
    assert!(package.finish().unwrap().tables.is_empty());
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_folder_that_the_package_made_goes_with_it() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("new");
    let package = PackageWriter::create(&folder).unwrap();
    package.write(&[mark()]).unwrap();
    drop(package);
    assert!(!folder.exists());

    let package = PackageWriter::create(&folder).unwrap();
    package.write(&[mark()]).unwrap();
    fs::write(folder.join("another"), "").unwrap();
    drop(package);
    assert_eq!(names(&folder), ["another"], "what others put there stays");
}

#[test]
fn rows_are_judged_on_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let package = PackageWriter::create(folder.path()).unwrap();
    let mut table = package.table::<Mark>().unwrap();
    let context = Context::new(Date::new(2025, 9, 1).unwrap());
    let mut findings = Findings::new();
    let mut write = |row: &Mark| table.write_valid(row, &context, &mut findings).unwrap();
    assert!(write(&mark()));
    assert!(!write(&broken()));
    assert!(write(&mark()), "an earlier finding is not this row's");
    assert_eq!(table.close().unwrap(), 2);
    assert_eq!(findings.len(), 1);
    let finding = findings.iter().next().unwrap();
    assert_eq!(
        finding.line(Lang::Ru),
        format!(
            "mark.text [{}] character: содержит перевод строки",
            mark().id
        )
    );
}

#[test]
fn what_a_constructor_refuses_is_a_finding() {
    let row = RowPlace::<Mark>::new(7);
    assert_eq!(row.column("number", Ok(3)).unwrap(), 3);
    let day: Result<Date, _> = row.column("day", "2025-02-30".parse());
    let finding = day.unwrap_err();
    assert_eq!(finding.column(), Some("day"));
    assert_eq!(
        finding.to_string(),
        "mark.day [7] value: the calendar has no such day"
    );
    let empty: Result<(), _> = row.column("name", Err(Invalid::Empty));
    assert_eq!(empty.unwrap_err().code(), "required");
}

#[test]
fn a_refused_row_names_its_place_and_may_be_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let package = PackageWriter::create(folder.path()).unwrap();
    let mut table = package.table::<Mark>().unwrap();
    table.write(&mark()).unwrap();
    let error = table.write(&broken()).unwrap_err();
    let message = error.message(Lang::Ru);
    assert_eq!(
        message,
        "`mark`, строка 3, столбец `text`: содержит перевод строки"
    );
    table.write(&mark()).unwrap();
    assert_eq!(table.close().unwrap(), 2);
    assert!(matches!(
        package.table::<Mark>().unwrap_err().kind(),
        ErrorKind::Twice { .. }
    ));
    package.finish().unwrap();
    let text = fs::read_to_string(folder.path().join("mark.csv")).unwrap();
    assert_eq!(text.lines().count(), 3);

    let other = tempfile::tempdir().unwrap();
    let package = PackageWriter::create(other.path()).unwrap();
    assert!(package.write(&[mark(), broken()]).is_err());
    assert!(
        package.finish().unwrap().tables.is_empty(),
        "the table is not in the package"
    );
    assert!(names(other.path()).is_empty());
}

#[test]
fn earlier_files_stay_unless_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mark.csv");
    fs::write(&path, "earlier").unwrap();
    let package = PackageWriter::create(folder.path()).unwrap();
    let error = package.write(&[mark()]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Exists { .. }), "{error}");
    drop(package);
    assert_eq!(fs::read_to_string(&path).unwrap(), "earlier");

    let package = PackageOptions::new()
        .overwrite(true)
        .create(folder.path())
        .unwrap();
    package.write(&[mark()]).unwrap();
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "earlier",
        "until the end"
    );
    package.finish().unwrap();
    assert!(fs::read_to_string(&path).unwrap().starts_with("id;"));

    // A file that comes while the package grows stays too, and the package leaves nothing else.
    let folder = tempfile::tempdir().unwrap();
    let package = PackageWriter::create(folder.path()).unwrap();
    package.write(&[mark()]).unwrap();
    fs::write(folder.path().join("mark.csv"), "another").unwrap();
    assert!(package.finish().is_err());
    assert_eq!(names(folder.path()), ["mark.csv"]);
    assert_eq!(
        fs::read_to_string(folder.path().join("mark.csv")).unwrap(),
        "another"
    );
}

#[test]
fn a_folder_that_cannot_be_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = PackageWriter::create(file.join("below")).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Io { .. }), "{error}");
}
