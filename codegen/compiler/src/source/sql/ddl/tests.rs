use super::{TableSyntax, read};
use crate::diagnostic::Report;
use crate::source::{FileId, Span};

fn run(text: &str) -> (Vec<TableSyntax>, Vec<(String, String)>) {
    let mut report = Report::new();
    let tables = read(FileId(0), text, &mut report);
    let found = report
        .sorted()
        .into_iter()
        .map(|d| {
            let at = d.primary.as_ref().map(|label| marked(text, label.span));
            (d.code.to_string(), at.unwrap_or_default())
        })
        .collect();
    (tables, found)
}

fn marked(text: &str, span: Span) -> String {
    text.get(span.start as usize..span.end as usize)
        .unwrap_or("<outside>")
        .to_owned()
}

/// A readable picture of a table.
fn picture(text: &str, table: &TableSyntax) -> String {
    let names = |all: &[crate::source::Spanned<String>]| {
        let all: Vec<&str> = all.iter().map(|name| name.value.as_str()).collect();
        all.join(",")
    };
    let mut out = table.name.value.clone();
    if let Some(comment) = &table.comment {
        out += &format!(" «{}»", comment.value);
    }
    for column in &table.columns {
        out += &format!("\n  {} {}", column.name.value, column.base.value);
        assert!(!marked(text, column.span).is_empty());
        if column.required {
            out += "!";
        }
        if let Some(comment) = &column.comment {
            out += &format!(" «{}»", comment.value);
        }
        for check in &column.checks {
            assert_eq!(marked(text, check.locate(0, check.text.len())), check.text);
            out += &format!(" check[{}]", check.text);
        }
    }
    out += &format!("\n  pk {}", names(&table.primary_key));
    for unique in &table.unique {
        out += &format!("\n  unique {}", names(unique));
    }
    for key in &table.foreign_keys {
        out += &format!(
            "\n  fk {} -> {}({}) at {}",
            names(&key.columns),
            key.table.value,
            names(&key.target),
            marked(text, key.span)
        );
    }
    for check in &table.checks {
        assert_eq!(
            marked(text, check.expr.locate(0, check.expr.text.len())),
            check.expr.text
        );
        let name = check.name.as_ref().map(|name| name.value.as_str());
        out += &format!("\n  check {}[{}]", name.unwrap_or(""), check.expr.text);
    }
    if !table.distributed_by.is_empty() {
        out += &format!("\n  by {}", names(&table.distributed_by));
    }
    out
}

#[test]
fn a_file_with_everything_that_a_model_holds() {
    let text = "\
-- Организации: таблица-пример
BEGIN;
SET search_path = edu;
CREATE SCHEMA IF NOT EXISTS edu;
CREATE DATABASE edu LOGICAL_ONLY;
CREATE TABLE IF NOT EXISTS edu.Organisations (
    ID varchar(100) NOT NULL PRIMARY KEY COMMENT 'Идентификатор',
    inn char(10) UNIQUE,  -- ИНН
    \"Имя\" character varying NULL,
    n int32 CONSTRAINT positive CHECK ( n > 0 AND (n < 100) ) NOT NULL,
    partof_id varchar(100) REFERENCES organisations (id) ON DELETE NO ACTION,
    created timestamp,
    opened time(3) without time zone,
    CONSTRAINT uq UNIQUE (inn, n),
    CHECK (length(inn) = 10),
    FOREIGN KEY (partof_id) REFERENCES edu.organisations
) DISTRIBUTED BY (id) DATASOURCE_TYPE (adp, 'adg') LOGICAL_ONLY;
create table u (id bigint, x long, d double precision, f real, t text, l link);
ALTER TABLE ONLY edu.u ADD CONSTRAINT pk PRIMARY KEY (id), ADD CONSTRAINT few CHECK (x < 5);
COMMENT ON TABLE u IS 'Вторая; с точкой с запятой';
COMMENT ON COLUMN edu.u.x IS 'Икс ''в кавычках''';
COMMENT ON COLUMN u.d IS NULL;
COMMIT;
";
    let (tables, found) = run(text);
    assert_eq!(found, []);
    let pictures: Vec<String> = tables.iter().map(|table| picture(text, table)).collect();
    assert_eq!(
        pictures.join("\n"),
        "\
organisations
  id varchar(100)! «Идентификатор»
  inn char(10)
  Имя varchar
  n int32! check[n > 0 AND (n < 100)]
  partof_id varchar(100)
  created timestamp(0)
  opened time(3)
  pk id
  unique inn
  unique inn,n
  fk partof_id -> organisations(id) at REFERENCES organisations (id)
  fk partof_id -> organisations() at FOREIGN KEY (partof_id) REFERENCES edu.organisations
  check [length(inn) = 10]
  by id
u «Вторая; с точкой с запятой»
  id bigint!
  x bigint «Икс 'в кавычках'»
  d double
  f float
  t varchar
  l link
  pk id
  check few[x < 5]"
    );
    assert_eq!(marked(text, tables[0].name.span), "Organisations");
    assert_eq!(
        marked(text, tables[0].columns[2].base.span),
        "character varying"
    );
    assert!(marked(text, tables[1].span).starts_with("create table u"));
}

#[test]
fn nothing_vanishes() {
    let table =
        |inside: &str| format!("CREATE TABLE т (\"ё\" date, {inside}); CREATE TABLE z (a date);");
    let cases: &[(&str, &str, &str)] = &[
        ("a date DEFAULT NULL NOT NULL", "E0352", "DEFAULT NULL"),
        (
            "a date DEFAULT now()::date NOT NULL",
            "E0352",
            "DEFAULT now()::date",
        ),
        (
            "a bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
            "E0352",
            "GENERATED ALWAYS AS IDENTITY",
        ),
        (
            "a bigint AUTO_INCREMENT PRIMARY KEY",
            "E0352",
            "AUTO_INCREMENT",
        ),
        ("a text COLLATE \"C\" NOT NULL", "E0352", "COLLATE \"C\""),
        (
            "a bigint REFERENCES z (a) ON DELETE SET NULL NOT NULL",
            "E0352",
            "ON DELETE SET NULL",
        ),
        (
            "a date, FOREIGN KEY (a) REFERENCES z ON DELETE CASCADE",
            "E0352",
            "ON DELETE CASCADE",
        ),
        (
            "a date, UNIQUE (a) DEFERRABLE INITIALLY DEFERRED",
            "E0352",
            "DEFERRABLE INITIALLY DEFERRED",
        ),
        (
            "a date, UNIQUE NULLS NOT DISTINCT (a)",
            "E0352",
            "UNIQUE NULLS NOT DISTINCT (a)",
        ),
        (
            "a date, EXCLUDE USING gist (a WITH =)",
            "E0352",
            "EXCLUDE USING gist (a WITH =)",
        ),
        ("LIKE z INCLUDING ALL", "E0352", "LIKE z INCLUDING ALL"),
        ("a date CHECK (a > b) NOT ENFORCED", "E0352", "NOT ENFORCED"),
        ("a date CHECK (a > b) NO INHERIT", "E0352", "NO INHERIT"),
        ("a date NOT NULL NULL", "E0353", "NULL"),
        (
            "a date PRIMARY KEY, PRIMARY KEY (a)",
            "E0353",
            "PRIMARY KEY (a)",
        ),
        ("a date COMMENT 'x' COMMENT 'y'", "E0353", "'y'"),
        ("a decimal(10, 2)", "E0303", "decimal(10, 2)"),
        ("a int NOT NULL", "E0303", "int"),
        ("a varchar(0)", "E0304", "varchar(0)"),
        ("a varchr(5)", "E0303", "varchr(5)"),
        ("a bigin NOT NULL", "E0301", "bigin"),
        ("a date[]", "E0303", "date[]"),
        ("a", "E0350", ")"),
        ("a date b", "E0352", "b"),
        ("a date,", "E0350", ")"),
        ("'a' date", "E0350", "'a'"),
        ("a date = 1", "E0350", "="),
    ];
    for (inside, code, at) in cases {
        let (tables, found) = run(&table(inside));
        assert_eq!(found, [(code.to_string(), at.to_string())], "{inside}");
        // What stands behind is read.
        assert_eq!(
            tables.last().map(|t| t.name.value.as_str()),
            Some("z"),
            "{inside}"
        );
    }
}

#[test]
fn statements_and_tails() {
    let cases: &[(&str, &str, &str)] = &[
        (
            "CREATE TABLE t (a date) ENGINE = MergeTree",
            "E0352",
            "ENGINE = MergeTree",
        ),
        (
            "CREATE TABLE t (a date) DISTRIBUTED BY (a) WITH (x = 1)",
            "E0352",
            "WITH (x = 1)",
        ),
        (
            "CREATE TABLE t (a date) PARTITION BY RANGE (a)",
            "E0352",
            "PARTITION BY RANGE (a)",
        ),
        (
            "CREATE TABLE t (a date) INHERITS (u)",
            "E0352",
            "INHERITS (u)",
        ),
        (
            "CREATE TABLE t (a date) COMMENT = 'x'",
            "E0352",
            "COMMENT = 'x'",
        ),
        (
            "CREATE TABLE t (a date) DISTRIBUTED BY (a) DISTRIBUTED BY (a)",
            "E0353",
            "DISTRIBUTED BY (a)",
        ),
        ("CREATE TEMP TABLE t (a date)", "E0352", "TEMP"),
        ("CREATE OR REPLACE TABLE t (a date)", "E0352", "OR REPLACE"),
        ("CREATE TABLE t AS SELECT 1", "E0350", "AS"),
        ("CREATE TABLE t", "E0350", "t"),
        ("CREATE TABLE t (a date", "E0350", "date"),
        ("CREATE VIEW v AS SELECT 1", "E0351", "CREATE VIEW"),
        (
            "CREATE UPLOAD EXTERNAL TABLE t (a date) LOCATION 'x'",
            "E0351",
            "CREATE UPLOAD",
        ),
        ("INSERT INTO t VALUES (1)", "E0351", "INSERT"),
        (
            "ALTER TABLE t OWNER TO me",
            "E0351",
            "ALTER TABLE t OWNER TO",
        ),
        ("ALTER TABLE nowhere ADD UNIQUE (a)", "E0354", "nowhere"),
        ("COMMENT ON TABLE nowhere IS 'x'", "E0354", "nowhere"),
        ("COMMENT ON COLUMN z.b IS 'x'", "E0354", "b"),
        (
            "COMMENT ON TABLE z IS 'x'; COMMENT ON TABLE z IS 'y'",
            "E0353",
            "'y'",
        ),
        ("COMMENT ON INDEX i IS 'x'", "E0351", "COMMENT ON INDEX"),
        ("таблица t (a date)", "E0350", "таблица"),
        ("CREATE TABLE t (a date CHECK (a > 1)", "E0350", ")"),
        ("§", "E0350", "§"),
    ];
    for (statement, code, at) in cases {
        let (tables, found) = run(&format!("{statement}; CREATE TABLE z (a date);"));
        assert_eq!(found, [(code.to_string(), at.to_string())], "{statement}");
        assert_eq!(
            tables.last().map(|t| t.name.value.as_str()),
            Some("z"),
            "{statement}"
        );
    }
    let (tables, found) = run("CREATE TABLE z (a date); CREATE TABLE t (a date COMMENT 'раз);\n;");
    assert_eq!(tables.len(), 1);
    assert_eq!(found, [("E0350".to_string(), "'раз);".to_string())]);
    assert_eq!(run("").1, []);
    assert_eq!(run(";;\n-- только комментарий").1, []);
}
