//! What is not checked, and is said not to be.

use super::*;
use crate::{Cause, Subject};

/// Rows, of which each reference of one table has none to find.
fn orphaned() -> (Package, TableId) {
    let mut package = Package::sampled(10);
    let found = package.model.tables().iter().find_map(|table| {
        let is_free = |column| {
            let mut unique = table.unique.iter();
            !table.primary_key.contains(column) && !unique.any(|key| key.columns.contains(column))
        };
        let mut keys = table.foreign_keys.iter();
        let key = keys.find(|key| key.table != table.id && key.columns.iter().all(is_free))?;
        Some((table.id, *key.columns.first()?))
    });
    let (id, column) = found.unwrap();
    for row in &mut package.texts[id.index()] {
        if row[column.index()].is_some() {
            row[column.index()] = Some("NONE-1".to_owned());
        }
    }
    package.parse();
    (package, id)
}

#[test]
fn changes_may_refer_to_what_is_not_in_the_package() {
    let (package, table) = orphaned();
    let full = Run::default().check(&package);
    assert!(!full.tally.is_empty());
    let run = Run {
        scope: Scope::Changes,
        ..Run::default()
    };
    let changes = run.check(&package);
    assert!(changes.tally.is_empty() && changes.broken.is_empty());
    assert!(changes.unchecked.iter().any(|one| one.table == Some(table)
        && matches!(one.subject, Subject::References(_))
        && one.cause == Cause::Changes));
    assert_eq!(changes.outcome.references, full.outcome.references);
}

#[test]
fn deletions_are_keys_alone() {
    let (mut package, table) = orphaned();
    let twice = package.texts[table.index()][0].clone();
    package.texts[table.index()].push(twice);
    package.parse();
    let run = Run {
        scope: Scope::Deletions,
        ..Run::default()
    };
    let found = run.check(&package);
    assert_eq!(found.outcome.references, []);
    let codes: Vec<&str> = found
        .tally
        .groups()
        .map(|(key, _)| key.code.as_str())
        .collect();
    assert_eq!(codes, ["V0601"]);
}

#[test]
fn what_cannot_be_looked_up_is_no_orphan() {
    let (package, _) = orphaned();
    for (presence, is_absent) in [(Presence::Absent, true), (Presence::Unreadable, false)] {
        // Only the last table has rows.
        let of: fn(&Model, TableId) -> Presence = match presence {
            Presence::Absent => |model, table| match table.index() + 1 == model.tables().len() {
                true => Presence::Rows(Vec::new()),
                false => Presence::Absent,
            },
            _ => |model, table| match table.index() + 1 == model.tables().len() {
                true => Presence::Rows(Vec::new()),
                false => Presence::Unreadable,
            },
        };
        let run = Run {
            presence: of,
            ..Run::default()
        };
        let found = run.check(&package);
        assert!(found.tally.is_empty());
        let table = package.model.tables().last().unwrap();
        let outer = table
            .foreign_keys
            .iter()
            .filter(|key| key.table != table.id);
        let expected: Vec<Cause> = outer
            .map(|key| match is_absent {
                true => Cause::NoTable(key.table),
                false => Cause::UnreadableTable(key.table),
            })
            .collect();
        let causes: Vec<Cause> = found.unchecked.into_iter().map(|one| one.cause).collect();
        assert!(!causes.is_empty());
        assert_eq!(causes, expected);
    }
}

#[test]
fn broken_parents_cast_doubt_on_orphans_alone() {
    let (package, _) = orphaned();
    let run = Run {
        broken_rows: 7,
        ..Run::default()
    };
    let found = run.check(&package);
    let missing = found
        .outcome
        .references
        .iter()
        .filter(|one| one.missing > 0);
    let expected: Vec<Cause> = missing
        .map(|one| Cause::BrokenParents(one.target, 7))
        .collect();
    let causes: Vec<Cause> = found
        .unchecked
        .iter()
        .map(|one| one.cause.clone())
        .collect();
    assert!(!causes.is_empty());
    assert_eq!(causes, expected);
    assert!(!found.tally.is_empty());
}

#[test]
fn choice_and_missing_columns_are_named() {
    let (package, _) = orphaned();
    let run = Run {
        references: false,
        ..Run::default()
    };
    let found = run.check(&package);
    assert!(found.tally.is_empty() && found.outcome.references.is_empty());
    assert!(found.unchecked.iter().all(|one| one.cause == Cause::Chosen));
    let all: usize = package
        .model
        .tables()
        .iter()
        .map(|table| table.foreign_keys.len())
        .sum();
    assert_eq!(found.unchecked.len(), all);
    let run = Run {
        presence: |model, table| Presence::Rows(model.table(table).primary_key.clone()),
        ..Run::default()
    };
    let found = run.check(&package);
    assert!(found.tally.is_empty());
    let keys = found
        .unchecked
        .iter()
        .filter(|one| one.subject == Subject::Keys);
    assert!(keys.count() >= package.model.tables().len());
}
