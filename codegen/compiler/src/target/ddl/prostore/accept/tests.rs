//! The fixed table of accept and reject cases, each with the fact that it stands for.

use super::super::Profile::{self, V5_5, V7};
use super::*;

/// Profiles, statement, the rule that refuses it (none: accepted), the fact.
type Case = (&'static [Profile], &'static str, Option<Rule>, &'static str);

const BOTH: &[Profile] = &[V5_5, V7];
const OLD: &[Profile] = &[V5_5];
const NEW: &[Profile] = &[V7];

#[rustfmt::skip]
const CASES: &[Case] = &[
    // CREATE DATABASE
    (BOTH, "CREATE DATABASE edu_region", None, "the plain form"),
    (BOTH, "create database if not exists Edu logical_only", None, "IF NOT EXISTS, LOGICAL_ONLY, any letter case"),
    (BOTH, "CREATE DATABASE information_schema", Some(Rule::ReservedDatabase), "the name may not be INFORMATION_SCHEMA"),
    (BOTH, "CREATE DATABASE _edu", Some(Rule::NameForm), "a leading underscore is refused by validation"),
    (BOTH, "CREATE DATABASE витрина", Some(Rule::NameForm), "Cyrillic is refused by validation"),
    (BOTH, "CREATE DATABASE edu;", Some(Rule::Semicolon), "a trailing `;` is a parse error"),
    (BOTH, "CREATE DATABASE edu extra", Some(Rule::Syntax), "nothing follows the statement"),
    (BOTH, "CREATE DATABASE", Some(Rule::Syntax), "the name is mandatory"),
    (BOTH, "CREATE DATABASE user", Some(Rule::ReservedWord), "databases obey the reserved words"),
    // CREATE TABLE: shape
    (BOTH, "CREATE TABLE edu.t (id BIGINT NOT NULL, PRIMARY KEY (id)) DISTRIBUTED BY (id)", None, "the least table"),
    (BOTH, "CREATE TABLE IF NOT EXISTS t (id BIGINT, PRIMARY KEY (id)) DISTRIBUTED BY (id) LOGICAL_ONLY", None, "IF NOT EXISTS, no database, LOGICAL_ONLY"),
    (BOTH, "CREATE TABLE t (id BIGINT NULL, a DATE NULL, CONSTRAINT pk PRIMARY KEY (id)) DISTRIBUTED BY (id)", None, "the primary key may have a name"),
    (BOTH, "CREATE TABLE t (a BIGINT, b BIGINT, PRIMARY KEY (a, b)) DISTRIBUTED BY (b)", None, "the sharding key is a part of the primary key"),
    (BOTH, "CREATE TABLE t (id BIGINT, PRIMARY KEY (id)) DISTRIBUTED BY (id);", Some(Rule::Semicolon), "a trailing `;` is a parse error"),
    (BOTH, "CREATE TABLE t (id BIGINT, PRIMARY KEY (id)) DISTRIBUTED BY (id); CREATE TABLE s (id BIGINT, PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::Semicolon), "no multiple tables per statement"),
    (BOTH, "CREATE TABLE a.b.t (id BIGINT, PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::Syntax), "a table's name has at most one dot"),
    (BOTH, "CREATE TABLE t (id BIGINT, PRIMARY KEY (id)", Some(Rule::Syntax), "the list of columns ends in a parenthesis"),
    (BOTH, "CREATE TABLE t (id BIGINT, , PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::Syntax), "no empty column"),
    (BOTH, "CREATE TABLE t () DISTRIBUTED BY (id)", Some(Rule::Syntax), "a table has columns"),
    (BOTH, "ALTER TABLE t ADD COLUMN a BIGINT", Some(Rule::Statement), "ALTER is not judged; 5.5 has none"),
    (BOTH, "DROP TABLE t", Some(Rule::Statement), "only CREATE is judged"),
    (BOTH, "CREATE VIEW v AS SELECT 1", Some(Rule::Statement), "only databases and tables are judged"),
    (BOTH, "", Some(Rule::Empty), "no statement"),
    (BOTH, "-- alone\n/* too */", Some(Rule::Empty), "comments are dropped, nothing is left"),
    // Comments
    (BOTH, "-- Организации\nCREATE TABLE t ( -- title\n id BIGINT, /* key */ PRIMARY KEY (id)) DISTRIBUTED BY (id) -- end", None, "-- and /* */ are accepted and dropped"),
    (BOTH, "CREATE TABLE t (id BIGINT, -- a; b\n PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::SemicolonInComment), "the JDBC driver splits on `;`"),
    (BOTH, "/* ; */ CREATE DATABASE edu", Some(Rule::SemicolonInComment), "the JDBC driver splits on `;`"),
    (BOTH, "CREATE DATABASE edu /* open", Some(Rule::Unclosed), "a comment ends"),
    (BOTH, "CREATE TABLE t (id BIGINT COMMENT 'x', PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::Comment), "COMMENT on a column is a parse error"),
    (BOTH, "CREATE TABLE t (id BIGINT, PRIMARY KEY (id)) DISTRIBUTED BY (id) COMMENT 'x'", Some(Rule::Comment), "COMMENT on a table is a parse error"),
    (BOTH, "COMMENT ON TABLE t IS 'x'", Some(Rule::Comment), "COMMENT ON is a parse error"),
    // Order of clauses
    (OLD, "CREATE TABLE t (id BIGINT, PRIMARY KEY (id)) DATASOURCE_TYPE (ADP) DISTRIBUTED BY (id)", Some(Rule::ClauseOrder), "DATASOURCE_TYPE before DISTRIBUTED BY is a parse error"),
    (OLD, "CREATE TABLE t (id BIGINT, PRIMARY KEY (id)) DISTRIBUTED BY (id) LOGICAL_ONLY DATASOURCE_TYPE (ADP)", Some(Rule::ClauseOrder), "LOGICAL_ONLY is the last clause"),
    (BOTH, "CREATE TABLE t (PRIMARY KEY (id), id BIGINT) DISTRIBUTED BY (id)", Some(Rule::ClauseOrder), "columns come before the primary key"),
    (BOTH, "CREATE TABLE t (id BIGINT, PRIMARY KEY (id)) DISTRIBUTED BY (id) TABLESPACE x", Some(Rule::UnknownClause), "no clauses of other databases"),
    (OLD, "CREATE TABLE t (id BIGINT, PRIMARY KEY (id)) DISTRIBUTED BY (id) PARTITION BY (id)", Some(Rule::UnknownClause), "PARTITION BY came after 5.5"),
    (NEW, "CREATE TABLE t (id BIGINT, PRIMARY KEY (id)) DISTRIBUTED BY (id) PARTITION BY (id)", Some(Rule::UnprovedClause), "the place of PARTITION BY is not proved"),
    (NEW, "CREATE TABLE t (id BIGINT, PRIMARY KEY (id)) DISTRIBUTED BY (id) OPTIONS ('a=b')", Some(Rule::UnprovedClause), "the place of OPTIONS is not proved"),
    // Keys
    (BOTH, "CREATE TABLE t (id BIGINT) DISTRIBUTED BY (id)", Some(Rule::NoPrimaryKey), "the primary key is mandatory"),
    (BOTH, "CREATE TABLE t (id BIGINT, PRIMARY KEY (id))", Some(Rule::NoDistributedBy), "the sharding key is mandatory"),
    (OLD, "CREATE TABLE t (id BIGINT, PRIMARY KEY (id)) DATASOURCE_TYPE (ADP)", Some(Rule::NoDistributedBy), "the sharding key is mandatory"),
    (BOTH, "CREATE TABLE t (id BIGINT PRIMARY KEY) DISTRIBUTED BY (id)", Some(Rule::ColumnPrimaryKey), "PRIMARY KEY on the column is a parse error"),
    (BOTH, "CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY) DISTRIBUTED BY (id)", Some(Rule::ColumnPrimaryKey), "PRIMARY KEY on the column is a parse error"),
    (BOTH, "CREATE TABLE t (id BIGINT, PRIMARY KEY (no)) DISTRIBUTED BY (id)", Some(Rule::KeyColumnUnknown), "all key columns exist"),
    (BOTH, "CREATE TABLE t (id BIGINT, PRIMARY KEY (id)) DISTRIBUTED BY (nope)", Some(Rule::KeyColumnUnknown), "all key columns exist"),
    (BOTH, "CREATE TABLE t (id BIGINT, a BIGINT, PRIMARY KEY (id)) DISTRIBUTED BY (a)", Some(Rule::DistributedByOutsideKey), "sharding columns belong to the primary key"),
    (BOTH, "CREATE TABLE t (id BIGINT, PRIMARY KEY (id, ID)) DISTRIBUTED BY (id)", Some(Rule::KeyColumnRepeated), "PostgreSQL below refuses a column twice in a key"),
    (BOTH, "CREATE TABLE t (id BIGINT, PRIMARY KEY ()) DISTRIBUTED BY (id)", Some(Rule::Syntax), "a key has columns"),
    (BOTH, "CREATE TABLE t (id BIGINT, PRIMARY KEY (id), PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::Syntax), "one primary key"),
    // What Prostore does not hold
    (BOTH, "CREATE TABLE t (id BIGINT, FOREIGN KEY (id) REFERENCES s (id), PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::ForeignKey), "FOREIGN KEY is a parse error"),
    (BOTH, "CREATE TABLE t (id BIGINT REFERENCES s (id), PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::ForeignKey), "REFERENCES is a parse error"),
    (BOTH, "CREATE TABLE t (id BIGINT, UNIQUE (id), PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::UniqueOrCheck), "UNIQUE is refused by the executor"),
    (BOTH, "CREATE TABLE t (id BIGINT, CHECK (id > 0), PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::UniqueOrCheck), "CHECK is refused by the executor"),
    (BOTH, "CREATE TABLE t (id BIGINT, CONSTRAINT c CHECK (id > 0), PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::UniqueOrCheck), "a named CHECK is refused as well"),
    (BOTH, "CREATE TABLE t (id BIGINT DEFAULT 1, PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::Default), "DEFAULT is ignored silently"),
    // Names
    (BOTH, "CREATE TABLE t (\"Id\" BIGINT, PRIMARY KEY (ID)) DISTRIBUTED BY (id)", None, "quoted or not, names are folded to lower case"),
    (BOTH, "CREATE TABLE t (`id` BIGINT, PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::BackTick), "back-ticked identifiers are parse errors"),
    (BOTH, "CREATE TABLE t (id BIGINT, a DATE, A DATE, PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::ColumnRepeated), "names are unique after lower-casing"),
    (BOTH, "CREATE TABLE t (id BIGINT, order INT32, PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::ReservedWord), "`order` is documented and refused"),
    (BOTH, "CREATE TABLE t (id BIGINT, \"order\" INT32, PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::ReservedWord), "quotes are no escape from reserved words"),
    (BOTH, "CREATE TABLE history (id BIGINT, PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::ReservedWord), "`history` is refused though undocumented"),
    (BOTH, "CREATE TABLE t (id BIGINT, started DATE, PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::ReservedWord), "`started` is refused though undocumented"),
    (BOTH, "CREATE TABLE t (id BIGINT, period DATE, PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::ReservedWord), "`period` is documented and refused"),
    (BOTH, "CREATE TABLE t (id BIGINT, int DATE, PRIMARY KEY (id)) DISTRIBUTED BY (id)", None, "`int` is documented, but tolerated as a name"),
    (BOTH, "CREATE TABLE t (name BIGINT, code DATE, status DATE, type DATE, level DATE, class DATE, role DATE, PRIMARY KEY (name)) DISTRIBUTED BY (name)", None, "names that look reserved and are not"),
    (OLD, "CREATE TABLE t (id BIGINT, archive DATE, PRIMARY KEY (id)) DISTRIBUTED BY (id)", None, "`archive` is free in 5.5"),
    (NEW, "CREATE TABLE t (id BIGINT, archive DATE, PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::ReservedWord), "`archive` is reserved in 7"),
    (NEW, "CREATE TABLE t (id BIGINT, datetime DATE, PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::ReservedWord), "`datetime` is reserved in 7"),
    (BOTH, "CREATE TABLE t (id BIGINT, sys_op INT32, PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::SystemColumn), "`sys_op` is a system column"),
    (BOTH, "CREATE TABLE t (id BIGINT, Bucket_Id INT32, PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::SystemColumn), "`bucket_id` is a system column, in any letter case"),
    (BOTH, "CREATE TABLE t (id BIGINT, sign INT32, PRIMARY KEY (id)) DISTRIBUTED BY (id)", Some(Rule::SystemColumn), "`sign` is a system column"),
    (BOTH, "CREATE TABLE sign (id BIGINT, PRIMARY KEY (id)) DISTRIBUTED BY (id)", None, "a table may be named like a system column"),
    (BOTH, "CREATE TABLE t (_id BIGINT, PRIMARY KEY (_id)) DISTRIBUTED BY (_id)", Some(Rule::NameForm), "a leading underscore is refused by validation"),
    (BOTH, "CREATE TABLE t (имя DATE, PRIMARY KEY (имя)) DISTRIBUTED BY (имя)", Some(Rule::NameForm), "Cyrillic is refused by validation"),
    (BOTH, "CREATE TABLE t (1a DATE, PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::NameForm), "a name begins with a letter"),
    (BOTH, "CREATE TABLE t (\"a b\" DATE, PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::NameForm), "quotes do not widen the form of names"),
    (BOTH, "CREATE TABLE t (\"a DATE, PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::Unclosed), "a quote ends"),
    // Types
    (BOTH, "CREATE TABLE t (a BOOLEAN, b VARCHAR, c VARCHAR(10), d CHAR(3), e LINK, f UUID, g BIGINT, h INT32, i DOUBLE, j FLOAT, k DATE, l TIME, m TIME(0), n TIMESTAMP, o TIMESTAMP(6), PRIMARY KEY (g)) DISTRIBUTED BY (g)", None, "every logical type"),
    (BOTH, "CREATE TABLE t (a DOUBLE PRECISION, b CHARACTER VARYING(10), PRIMARY KEY (b)) DISTRIBUTED BY (b)", None, "aliases that parse"),
    (BOTH, "CREATE TABLE t (a INT, b INTEGER, PRIMARY KEY (a)) DISTRIBUTED BY (a)", None, "INT and INTEGER are read, each line in its own width"),
    (OLD, "CREATE TABLE t (a LONG, PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::UnknownType), "LONG is an alias of 7"),
    (NEW, "CREATE TABLE t (a LONG, b INT64, c STRING, PRIMARY KEY (a)) DISTRIBUTED BY (a)", None, "aliases of 7"),
    (OLD, "CREATE TABLE t (a STRING(10), PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::UnknownType), "STRING(n) does not parse in 5.5"),
    (BOTH, "CREATE TABLE t (a DECIMAL(10, 2), PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::UnsupportedType), "there is no exact decimal"),
    (BOTH, "CREATE TABLE t (a NUMERIC, PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::UnsupportedType), "there is no exact decimal"),
    (BOTH, "CREATE TABLE t (a SMALLINT, PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::UnsupportedType), "SMALLINT is refused by the executor"),
    (BOTH, "CREATE TABLE t (a TEXT, PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::UnsupportedType), "TEXT is refused by the executor"),
    (BOTH, "CREATE TABLE t (a REAL, PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::UnsupportedType), "REAL is refused by the executor"),
    (BOTH, "CREATE TABLE t (a BLOB, PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::UnknownType), "BLOB does not parse"),
    (BOTH, "CREATE TABLE t (a JSON, PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::UnknownType), "there is no JSON"),
    (BOTH, "CREATE TABLE t (a UUID(36), PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::TypeSize), "UUID takes no size"),
    (BOTH, "CREATE TABLE t (a LINK(10), PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::TypeSize), "LINK takes no size"),
    (BOTH, "CREATE TABLE t (a CHAR, PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::TypeSize), "CHAR needs a size"),
    (BOTH, "CREATE TABLE t (a CHAR(0), PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::TypeSize), "a size is above zero"),
    (BOTH, "CREATE TABLE t (a VARCHAR(0), PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::TypeSize), "a size is above zero"),
    (BOTH, "CREATE TABLE t (a TIMESTAMP(7), PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::Precision), "documentation caps the precision at 6"),
    (BOTH, "CREATE TABLE t (a TIME(), PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::Precision), "a precision is a number"),
    (BOTH, "CREATE TABLE t (a, PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::UnknownType), "a column has a type"),
    (BOTH, "CREATE TABLE t (a DATE NOT, PRIMARY KEY (a)) DISTRIBUTED BY (a)", Some(Rule::Syntax), "NOT goes with NULL"),
    // Stores
    (OLD, "CREATE TABLE t (a DATE, PRIMARY KEY (a)) DISTRIBUTED BY (a) DATASOURCE_TYPE (ADP, \"ADQM\") LOGICAL_ONLY", None, "bare and double-quoted stores in 5.5"),
    (OLD, "CREATE TABLE t (a DATE, PRIMARY KEY (a)) DISTRIBUTED BY (a) DATASOURCE_TYPE ('ADP')", Some(Rule::DatasourceQuoting), "single quotes fail in 5.5"),
    (NEW, "CREATE TABLE t (a DATE, PRIMARY KEY (a)) DISTRIBUTED BY (a) DATASOURCE_TYPE ('adp', 'adqm')", None, "7 shows single quotes"),
    (NEW, "CREATE TABLE t (a DATE, PRIMARY KEY (a)) DISTRIBUTED BY (a) DATASOURCE_TYPE (ADP)", Some(Rule::DatasourceQuoting), "7 shows single quotes"),
    (BOTH, "CREATE TABLE t (a DATE, PRIMARY KEY (a)) DISTRIBUTED BY (a) DATASOURCE_TYPE ()", Some(Rule::Syntax), "the list of stores is not empty"),
];

#[test]
fn accepts_and_refuses_as_the_facts_say() {
    assert!(CASES.len() >= 60);
    let mut wrong = Vec::new();
    for (profiles, text, rule, fact) in CASES {
        for profile in *profiles {
            let found = check_statement(*profile, text)
                .err()
                .map(|refusal| refusal.rule);
            if found != *rule {
                wrong.push(format!(
                    "{profile:?} {found:?} instead of {rule:?}: {fact}: {text}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_but_one_has_a_case() {
    // A long name is tried below.
    let tried: std::collections::BTreeSet<_> = CASES.iter().filter_map(|case| case.2).collect();
    assert_eq!(tried.len(), 31 - 1, "{tried:?}");
}

#[test]
fn identifiers_have_at_most_128_characters() {
    let statement = |length: usize| format!("CREATE DATABASE {}", "a".repeat(length));
    assert!(check_statement(V5_5, &statement(128)).is_ok());
    let refusal = check_statement(V5_5, &statement(129)).unwrap_err();
    assert_eq!((refusal.rule, refusal.at), (Rule::NameTooLong, 16..145));
    let refusal = check_statement(V7, "CREATE DATABASE edu # x").unwrap_err();
    assert_eq!((refusal.rule, refusal.at), (Rule::Syntax, 20..21));
}

#[test]
fn integer_has_the_width_of_the_profile() {
    let types = |profile| {
        let text = "CREATE TABLE t (a INT, b INTEGER, PRIMARY KEY (a)) DISTRIBUTED BY (a)";
        match check_statement(profile, text) {
            Ok(Statement::CreateTable(table)) => table
                .columns
                .iter()
                .map(|column| column.ty)
                .collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(types(V5_5), [BaseType::BigInt, BaseType::BigInt]);
    assert_eq!(types(V7), [BaseType::BigInt, BaseType::Int32]);
}

#[test]
fn columns_of_the_primary_key_are_required_whatever_is_written() {
    let text = "CREATE TABLE E.T (A BIGINT NULL, b TIME, PRIMARY KEY (a)) DISTRIBUTED BY (a)";
    let Ok(Statement::CreateTable(table)) = check_statement(V5_5, text) else {
        panic!("refused");
    };
    assert_eq!(table.database.map(|name| name.text).as_deref(), Some("e"));
    assert_eq!(table.name.at, 15..16);
    assert!(table.columns[0].required && !table.columns[1].required);
    assert_eq!(table.columns[1].ty, BaseType::Time(6));
}

#[test]
fn no_text_makes_it_panic() {
    let text =
        "CREATE TABLE \"ё\" (id VARCHAR(99999999999) 'x''y', -- ц\n PRIMARY KEY (id)) /* ; */";
    for (end, _) in text.char_indices() {
        for (start, _) in text.char_indices().filter(|(start, _)| *start <= end) {
            for profile in BOTH {
                let _ = check_statement(*profile, &text[start..end]);
            }
        }
    }
}
