//! The dialect that texts are read in, and what `sqlparser` makes of Prostore's words in it.
//!
//! PostgreSQL's grammar is the nearest: Cyrillic names, `COMMENT ON`, standard strings. No dialect
//! of `sqlparser` knows `DISTRIBUTED BY`, `DATASOURCE_TYPE` or `LOGICAL_ONLY`; [`super::ddl`] reads
//! them itself. The tests below pin what was measured, so that a later `sqlparser` that begins to
//! swallow one of these words is noticed.

use sqlparser::dialect::PostgreSqlDialect;

/// The dialect of all SQL in a model.
pub(super) static DIALECT: PostgreSqlDialect = PostgreSqlDialect {};

#[cfg(test)]
mod tests {
    use super::DIALECT;
    use sqlparser::ast::{DataType, Statement};
    use sqlparser::dialect::{
        AnsiDialect, ClickHouseDialect, Dialect, GenericDialect, HiveDialect, MySqlDialect,
        PostgreSqlDialect, RedshiftSqlDialect, SnowflakeDialect,
    };
    use sqlparser::parser::Parser;

    const DIALECTS: [(&str, &dyn Dialect); 8] = [
        ("PostgreSQL", &PostgreSqlDialect {}),
        ("Generic", &GenericDialect {}),
        ("ClickHouse", &ClickHouseDialect {}),
        ("ANSI", &AnsiDialect {}),
        ("Redshift", &RedshiftSqlDialect {}),
        ("Hive", &HiveDialect {}),
        ("MySQL", &MySqlDialect {}),
        ("Snowflake", &SnowflakeDialect),
    ];

    fn who_parses(sql: &str) -> Vec<&'static str> {
        DIALECTS
            .into_iter()
            .filter(|(_, dialect)| Parser::parse_sql(*dialect, sql).is_ok())
            .map(|(name, _)| name)
            .collect()
    }

    const ALL: &[&str] = &[
        "PostgreSQL",
        "Generic",
        "ClickHouse",
        "ANSI",
        "Redshift",
        "Hive",
        "MySQL",
        "Snowflake",
    ];

    #[test]
    fn what_parses_where() {
        let table: &[(&str, &[&str])] = &[
            (
                "CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY, n INT CHECK (n > 0) UNIQUE REFERENCES u (id))",
                ALL,
            ),
            ("CREATE TABLE t (id BIGINT) DISTRIBUTED BY (id)", &[]),
            ("CREATE TABLE t (id BIGINT) DATASOURCE_TYPE (adp)", &[]),
            ("CREATE TABLE t (id BIGINT) DATASOURCE_TYPE ('adp')", &[]),
            ("CREATE TABLE t (id BIGINT) DATASOURCE_TYPE = 'adp'", &[]),
            ("CREATE TABLE t (id BIGINT) LOGICAL_ONLY", &[]),
            ("CREATE DATABASE d LOGICAL_ONLY", &[]),
            (
                "CREATE UPLOAD EXTERNAL TABLE t (id BIGINT) LOCATION 'x' FORMAT 'AVRO'",
                &[],
            ),
            (
                "CREATE DOWNLOAD EXTERNAL TABLE t (id BIGINT) LOCATION 'x' FORMAT 'AVRO'",
                &[],
            ),
            (
                "CREATE MATERIALIZED VIEW v (id BIGINT NOT NULL, PRIMARY KEY (id)) AS SELECT 1",
                &[],
            ),
            (
                "CREATE TABLE t (a INT, b BIGINT, c VARCHAR(5), d CHAR(5), e BOOLEAN, f FLOAT, g DOUBLE, \
                 h DATE, i TIME(6), j TIMESTAMP(6), k UUID, l INT32, m LINK)",
                ALL,
            ),
            (
                "COMMENT ON COLUMN t.a IS 'x'",
                &["PostgreSQL", "Generic", "Snowflake"],
            ),
            ("CREATE TABLE t (a BIGINT COMMENT 'x')", ALL),
            (
                "CREATE TABLE \"т\" (\"и\" BIGINT)",
                &[
                    "PostgreSQL",
                    "Generic",
                    "ClickHouse",
                    "ANSI",
                    "Redshift",
                    "Hive",
                    "Snowflake",
                ],
            ),
            (
                "CREATE TABLE т (и BIGINT)",
                &["PostgreSQL", "Generic", "Redshift", "MySQL"],
            ),
        ];
        for (sql, expected) in table {
            assert_eq!(who_parses(sql), *expected, "{sql}");
        }
    }

    #[test]
    fn own_types_come_back_as_words() {
        let parsed = Parser::parse_sql(&DIALECT, "CREATE TABLE t (a INT32, b LINK, c LONG)");
        let Ok([Statement::CreateTable(table)]) = parsed.as_deref() else {
            panic!("{parsed:?}");
        };
        assert_eq!(table.columns[0].data_type, DataType::Int32);
        for (column, name) in [(1, "LINK"), (2, "LONG")] {
            assert!(
                matches!(&table.columns[column].data_type, DataType::Custom(n, _) if n.to_string() == name)
            );
        }
    }

    /// `sqlparser` takes these without a word; [`super::super::ddl`] must not.
    #[test]
    fn what_is_swallowed_silently() {
        for tail in [
            "WITH (fillfactor = 70)",
            "PARTITION BY RANGE (id)",
            "INHERITS (u)",
            "COMMENT = 'x'",
            "ENGINE = x",
        ] {
            let sql = format!("CREATE TABLE t (id BIGINT DEFAULT 1) {tail}");
            assert!(who_parses(&sql).contains(&"PostgreSQL"), "{sql}");
        }
    }
}
