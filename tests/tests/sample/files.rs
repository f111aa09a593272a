//! The folder as such: one file for each table, a manifest and nothing else, in the form of the CSV rules, and no
//! finding by the evaluation in memory at any time of the package's day.

use vitrina_codegen::quality::{self, Moment};

use super::made::made;

#[test]
fn every_table_has_its_file_in_the_form_of_the_rules() {
    let made = made();
    let model = &made.model;
    let (manifest, names): (Vec<&str>, Vec<&str>) = made
        .files
        .iter()
        .map(|(name, _)| name.as_str())
        .partition(|name| *name == "manifest.json");
    assert_eq!(manifest.len(), 1);
    let tables = quality::csv::tables(model, &names);
    assert!(tables.iter().all(Result::is_ok), "{names:?}: {tables:?}");
    assert_eq!(tables.len(), model.tables().len());
    assert!(made.breaches.is_empty(), "{:#?}", made.breaches);
    for (table, summary) in model.tables().iter().zip(&made.summary.tables) {
        assert_eq!(summary.table, table.name);
        assert_eq!(
            summary.bytes,
            made.file(table).len() as u64,
            "{}",
            table.name
        );
        let read = made.rows.table(table.id).unwrap().len() as u64;
        assert_eq!(summary.rows, read, "{}", table.name);
        assert!(read > 0, "{} has no rows", table.name);
    }
    let counted = model.table(model.scenario().unwrap().scale);
    assert_eq!(made.rows_of(counted), made.request.scale);
    assert!(made.summary.rows() > 100_000, "{}", made.summary.rows());
}

#[test]
fn no_rule_is_broken_from_morning_to_night() {
    let made = made();
    for time in ["00:00:00", "23:59:59"] {
        let judgement = quality::judge(&made.model, &made.rows, Moment::from(made.moment(time)));
        assert_eq!(judgement.findings, [], "at {time}");
    }
}
