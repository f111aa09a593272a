//! The big model of this repository, held to its counts and to what all of its tables obey.
//!
//! The counts are those of the specification that the model was made from; a change of the model
//! that is meant changes them here too, so that none happens unseen.

use std::collections::{BTreeMap, BTreeSet};

use vitrina_codegen::model::{
    BaseType, Column, Domain, Metric, Model, Origin, PersonalClass, Requirement, Table,
};

fn model() -> Model {
    match vitrina_tests::model::big() {
        Ok(model) => model,
        Err(findings) => panic!("{findings}"),
    }
}

/// Columns that only some tables share: they are not counted as a table's own.
fn own(table: &Table) -> impl Iterator<Item = &Column> {
    table.columns.iter().filter(|column| column.mixin.is_none())
}

#[test]
fn groups_tables_and_columns() {
    let model = model();
    let mut groups = Vec::new();
    for (at, group) in model.showcase().groups.iter().enumerate() {
        let tables = || {
            let tables = model.tables().iter();
            tables.filter(move |table| table.group == u32::try_from(at).ok())
        };
        let columns: usize = tables().map(|table| own(table).count()).sum();
        groups.push((group.name.as_str(), tables().count(), columns));
    }
    let expected = [
        ("organisation", 18, 168),
        ("person", 6, 41),
        ("student", 8, 77),
        ("guardian", 4, 24),
        ("employee", 11, 82),
        ("process", 29, 246),
        ("service", 14, 115),
        ("exchange", 9, 72),
        ("reference", 2, 11),
    ];
    assert_eq!(groups, expected);
    assert_eq!(model.tables().len(), 101);
    let columns: usize = model.tables().iter().map(|table| own(table).count()).sum();
    assert_eq!(columns, 836);
}

#[test]
fn service_columns_end_86_tables() {
    let model = model();
    let service = ["modified_datetime", "create_datetime", "send_datetime"];
    let mut with = 0;
    for table in model.tables() {
        let shared: Vec<_> = table
            .columns
            .iter()
            .filter(|column| column.mixin.as_deref() == Some("service_columns"))
            .map(|column| column.name.as_str())
            .collect();
        if shared.is_empty() {
            continue;
        }
        with += 1;
        assert_eq!(shared, service, "{}", table.name);
        let last = table.columns.iter().rev().take(3);
        assert!(
            last.clone().all(|column| column.mixin.is_some()),
            "{}: they stand at the end",
            table.name
        );
    }
    assert_eq!(with, 86);
}

#[test]
fn where_tables_and_columns_come_from() {
    let model = model();
    let mut tables = BTreeMap::new();
    for table in model.tables() {
        *tables.entry(table.origin.name()).or_insert(0) += 1;
    }
    let confirmed: Vec<_> = model
        .tables()
        .iter()
        .filter(|table| table.origin == Origin::Confirmed)
        .map(|table| table.name.as_str())
        .collect();
    assert_eq!(
        confirmed,
        [
            "organisations",
            "address",
            "address_organisation",
            "telecom",
            "exchange_package"
        ]
    );
    assert_eq!(tables.values().sum::<i32>(), 101);
    for table in model.tables() {
        for column in &table.columns {
            assert!(!column.origin.is_empty(), "{}.{}", table.name, column.name);
            assert!(
                column.origin.is_sorted(),
                "{}.{}: the strongest mark stands first",
                table.name,
                column.name
            );
        }
    }
}

#[test]
fn requiredness() {
    let model = model();
    let (mut always, mut when, mut optional) = (0, 0, 0);
    for column in model.tables().iter().flat_map(own) {
        match column.requirement {
            Requirement::Always => always += 1,
            Requirement::When(_) => when += 1,
            Requirement::Optional => optional += 1,
        }
    }
    // Five more conditions look into other tables: rules CMP-01, CMP-02, CMP-03 and CMP-16 say them.
    assert_eq!((always, when, optional), (508, 36, 292));
}

#[test]
fn keys_and_references() {
    let model = model();
    let references: usize = model
        .tables()
        .iter()
        .map(|table| table.foreign_keys.len())
        .sum();
    assert_eq!(references, 199);
    let composite: Vec<_> = model
        .tables()
        .iter()
        .filter(|table| table.primary_key.len() > 1)
        .map(|table| table.name.as_str())
        .collect();
    assert_eq!(
        composite,
        [
            "address_organisation",
            "organisation_telecom",
            "person_telecom",
            "code_value"
        ]
    );
    let themselves: Vec<_> = model
        .tables()
        .iter()
        .flat_map(|table| table.foreign_keys.iter().map(move |key| (table, key)))
        .filter(|(table, key)| key.table == table.id)
        .map(|(table, key)| format!("{}.{}", table.name, table.column(key.columns[0]).name))
        .collect();
    assert_eq!(
        themselves,
        [
            "organisations.partof_id",
            "organisation_unit.parent_unit_id",
            "edu_group.parent_group_id"
        ]
    );
}

/// Tables that refer to nothing stand in the first wave, tables that refer to these alone in the
/// second, and so on.
#[test]
fn tables_load_in_eight_waves() {
    let model = model();
    let mut wave = BTreeMap::new();
    for table in model.load_order() {
        let before = table
            .foreign_keys
            .iter()
            .filter(|key| key.table != table.id);
        let last = before.filter_map(|key| wave.get(&key.table)).max();
        wave.insert(table.id, last.map_or(1, |last| last + 1));
    }
    let mut sizes = BTreeMap::new();
    for wave in wave.values() {
        *sizes.entry(*wave).or_insert(0) += 1;
    }
    let sizes: Vec<_> = sizes.into_values().collect();
    assert_eq!(sizes, [9, 28, 30, 12, 13, 2, 4, 3]);
}

#[test]
fn every_clause_that_demands_data_has_its_tables() {
    let model = model();
    let order = model
        .regulations()
        .iter()
        .find(|regulation| regulation.name == "order-355")
        .expect("the order is there");
    assert_eq!(order.clauses.len(), 114);
    let mut carried = BTreeSet::new();
    for table in model.tables() {
        for clause in &table.clauses {
            if model.regulation_of(*clause).name == order.name {
                carried.insert(model.clause(*clause).number.clone());
            }
        }
    }
    let missing: Vec<_> = order
        .clauses
        .iter()
        .filter(|clause| !carried.contains(&clause.number))
        .map(|clause| &clause.number)
        .collect();
    assert!(missing.is_empty(), "no table carries {missing:?}");
    for regulation in model.regulations() {
        assert!(regulation.date.is_some(), "{}", regulation.name);
        assert!(regulation.number.is_some(), "{}", regulation.name);
    }
}

#[test]
fn the_register_of_kinds() {
    let model = model();
    let numbers: Vec<_> = model.kinds().iter().map(|kind| kind.number).collect();
    assert_eq!(numbers, (1..=105).collect::<Vec<_>>());
    let of = |origin| {
        model
            .kinds()
            .iter()
            .filter(|kind| kind.origin == origin)
            .count()
    };
    assert_eq!(
        (of(Origin::Order), of(Origin::Seed), of(Origin::Inference)),
        (78, 1, 26)
    );
    for kind in model.kinds() {
        let carried = |table: &&Table| table.kinds.contains(&kind.number);
        assert!(
            model.tables().iter().any(|table| carried(&table)),
            "no table carries kind {}",
            kind.number
        );
    }
}

#[test]
fn personal_data() {
    let model = model();
    let mut names = Vec::new();
    let mut classed = 0;
    for table in model.tables() {
        for column in &table.columns {
            match model.personal_of(column) {
                Some(PersonalClass::Name) => names.push(format!("{}.{}", table.name, column.name)),
                Some(_) => classed += 1,
                None => {}
            }
            // An identifier that came from a federal system is a hash or, for ЕСИА, itself.
            if column.name.ends_with("_hash") && column.name != "identifier_hash" {
                assert_eq!(column.ty.base, BaseType::Char(128), "{}", column.name);
            }
        }
    }
    assert_eq!(names, ["organisations.executive_name"]);
    assert!(classed > 30, "{classed}");
}

#[test]
fn code_lists() {
    let model = model();
    let (open, closed): (Vec<_>, Vec<_>) = model.classifiers().iter().partition(|list| list.open);
    assert_eq!((closed.len(), open.len()), (89, 15));
    let used: BTreeSet<_> = model
        .tables()
        .iter()
        .flat_map(|table| &table.columns)
        .filter_map(|column| match column.ty.domain {
            Domain::Classifier(id) => Some(id),
            _ => None,
        })
        .collect();
    assert_eq!(used.len(), model.classifiers().len(), "each list is used");
}

#[test]
fn quality_rules() {
    let model = model();
    let count = |metric| {
        let rules = model.rules().iter();
        rules.filter(|rule| rule.metric == metric).count()
    };
    let counts = Metric::ALL.map(|(_, metric)| count(metric));
    assert_eq!(counts, [11, 26, 9, 36, 11, 11]);
    assert_eq!(model.rules().len(), 104);
    let indicators: Vec<_> = model
        .indicators()
        .iter()
        .map(|indicator| indicator.code.as_str())
        .collect();
    assert_eq!(indicators, ["I-1", "I-2", "I-3", "I-3A"]);
}
