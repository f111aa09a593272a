//! Quality rules have one verdict: over random packages full of nulls, dangling references and
//! repeated values, the queries of the target `quality` find in PostgreSQL the records that the
//! evaluation in memory finds, count what it counts, and give indicators the same numbers.

#![cfg(feature = "external")]

mod quality {
    pub(crate) mod random;
}

use std::collections::{BTreeMap, BTreeSet};

use postgres::{Client, SimpleQueryMessage};
use vitrina_codegen::artifacts::Artifacts;
use vitrina_codegen::model::{Model, TableId};
use vitrina_codegen::quality::{Judgement, Moment, Rows, judge};
use vitrina_codegen::sample::{self, Cells, Options};
use vitrina_codegen::target::{Target, ddl, quality as target};
use vitrina_tests::postgres::{Server, describe};
use vitrina_tests::random::Random;
use vitrina_tests::{model as models, sql};

/// Packages that are judged.
const PACKAGES: u64 = 200;

/// The moment of judgement: amid the values that rows have.
const NOW: &str = "2024-01-06 09:30:00";

/// Assertions that every package keeps, or breaks, and why.
const ONE_SIDED: &[(&str, &str)] = &[];

/// A database with a model's tables and the views over them.
struct Judges {
    model: Model,
    files: Artifacts,
    client: Client,
}

impl Judges {
    /// For the model of every shape, without the constraints that would refuse what is to be found.
    fn of_shapes(server: &Server, database: &str) -> Judges {
        let model = models::read("tests/models/quality").unwrap();
        let mut judges = Judges::new(server, database, model);
        judges.loosen();
        judges
    }

    fn new(server: &Server, database: &str, model: Model) -> Judges {
        let mut files = Artifacts::new();
        ddl::Ddl.emit(&model, &mut files);
        target::Quality.emit(&model, &mut files);
        let mut judges = Judges {
            client: server.create_database(database).unwrap(),
            model,
            files,
        };
        judges.run_file("ddl/postgresql/all.sql");
        judges.run_file("quality/postgresql/all.sql");
        let schema = judges.model.showcase().mnemonic.clone();
        judges.run(&format!("SET search_path = {schema}"));
        let now = format!("SET vitrina.now = '{NOW}'; SET DateStyle = 'German'; SET jit = off");
        judges.run(&now);
        judges
    }

    fn file(&self, path: &str) -> String {
        String::from_utf8(self.files.get(path).unwrap().to_vec()).unwrap()
    }

    fn run_file(&mut self, path: &str) {
        let sql = self.file(path);
        self.run(&sql);
    }

    fn run(&mut self, sql: &str) {
        self.client
            .batch_execute(sql)
            .unwrap_or_else(|error| panic!("{}\n{sql}", describe(&error)));
    }

    /// Drops every constraint but the keys that paths follow.
    fn loosen(&mut self) {
        let names =
            "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
            FROM pg_constraint WHERE connamespace = $1::text::regnamespace
            AND (contype IN ('c', 'f') OR conrelid::regclass::text LIKE '%twin')";
        let nulls = "SELECT format('ALTER TABLE %s ALTER COLUMN %I DROP NOT NULL', attrelid::regclass, attname)
            FROM pg_attribute WHERE attnotnull AND attnum > 0
            AND attrelid IN (SELECT oid FROM pg_class
                WHERE relnamespace = $1::text::regnamespace AND relkind = 'r')
            AND NOT EXISTS (SELECT 1 FROM pg_index WHERE indrelid = attrelid AND attnum = ANY (indkey))";
        let schema = self.model.showcase().mnemonic.clone();
        for query in [names, nulls] {
            let statements = self.client.query(query, &[&schema]).unwrap();
            assert!(!statements.is_empty());
            for statement in statements {
                self.run(&statement.get::<_, String>(0));
            }
        }
    }

    fn load(&mut self, package: &[Vec<Cells>]) {
        let names: Vec<String> = (self.model.tables().iter())
            .map(|table| sql::qualified(&self.model, table))
            .collect();
        let mut batch = format!("TRUNCATE {};", names.join(", "));
        for (table, rows) in self.model.tables().iter().zip(package) {
            batch.push_str(&sql::insert(&self.model, table, rows));
            batch.push(';');
        }
        self.run(&batch);
    }

    /// The findings of a query with the three columns.
    fn findings(&mut self, query: &str) -> BTreeSet<Found> {
        let rows = (self.client.simple_query(query))
            .unwrap_or_else(|error| panic!("{}\n{query}", describe(&error)));
        let rows = rows.into_iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => {
                let text = |place| row.get(place).map(str::to_owned);
                Some((
                    text("rule").unwrap(),
                    text("table_name").unwrap_or_default(),
                    text("record_key").unwrap(),
                ))
            }
            _ => None,
        });
        rows.collect()
    }

    /// Judged and broken, by assertion and table.
    fn summary(&mut self) -> BTreeMap<(String, String), (i64, i64)> {
        let rows = self.client.query(
            "SELECT rule, COALESCE(table_name, ''), judged, broken FROM quality_summary",
            &[],
        );
        let rows = rows.unwrap().into_iter();
        rows.map(|row| ((row.get(0), row.get(1)), (row.get(2), row.get(3))))
            .collect()
    }

    fn indicators(&mut self) -> Vec<Measured> {
        let rows = self.client.query(
            "SELECT code, numerator, denominator, ratio FROM quality_indicators",
            &[],
        );
        let rows = rows.unwrap().into_iter();
        rows.map(|row| (row.get(0), row.get(1), row.get(2), row.get(3)))
            .collect()
    }
}

/// Code, numerator, denominator and ratio of an indicator.
type Measured = (String, i64, i64, Option<f64>);

fn indicators(judgement: &Judgement<'_>) -> Vec<Measured> {
    let indicators = judgement.indicators.iter();
    indicators
        .map(|it| {
            let value = it.value.unwrap();
            let (part, whole) = (value.numerator as i64, value.denominator as i64);
            (it.indicator.code.clone(), part, whole, value.value())
        })
        .collect()
}

/// Code, table and key of a broken record.
type Found = (String, String, String);

fn name(model: &Model, table: Option<TableId>) -> String {
    table.map_or(String::new(), |id| model.table(id).name.clone())
}

fn in_memory<'m>(model: &'m Model, package: &[Vec<Cells>]) -> Judgement<'m> {
    let mut rows = Rows::new(model);
    for (table, cells) in model.tables().iter().zip(package) {
        let open = rows.open(table);
        for row in cells {
            open.push(row.iter().map(Option::as_deref));
        }
    }
    judge(
        model,
        &rows,
        Moment::from(NOW.parse::<vitrina::Timestamp>().unwrap()),
    )
}

fn found(model: &Model, judgement: &Judgement<'_>) -> BTreeSet<Found> {
    let findings = judgement.findings.iter();
    findings
        .map(|it| (it.code.to_owned(), name(model, it.table), it.key.clone()))
        .collect()
}

#[test]
fn records_are_broken_alike_in_memory_and_in_postgresql() {
    let server = Server::shared().unwrap();
    let mut judges = Judges::of_shapes(&server, "quality_verdicts");
    let model = models::read("tests/models/quality").unwrap();
    let mut kept: BTreeSet<String> = BTreeSet::new();
    let mut broken: BTreeSet<String> = BTreeSet::new();
    for seed in 0..PACKAGES {
        let package = quality::random::package(&model, &mut Random::new(seed));
        judges.load(&package);
        let judgement = in_memory(&model, &package);
        let expected = found(&model, &judgement);
        let actual = judges.findings("SELECT * FROM quality_findings");
        let only = |one: &BTreeSet<Found>, other| -> Vec<Found> {
            one.difference(other).take(5).cloned().collect()
        };
        assert!(
            expected == actual,
            "package {seed}: in memory only {:?}, in PostgreSQL only {:?}\n{package:?}",
            only(&expected, &actual),
            only(&actual, &expected)
        );
        let mut counts = judges.summary();
        for outcome in &judgement.assertions {
            for table in &outcome.tables {
                let key = (outcome.code.to_owned(), name(&model, table.table));
                let Some(count) = counts.remove(&key) else {
                    assert_eq!(outcome.code, "S-09", "{key:?} is not counted");
                    continue;
                };
                let wanted = (table.judged as i64, table.broken as i64);
                assert_eq!(count, wanted, "package {seed}: {key:?} judged and broken");
                if table.broken > 0 {
                    broken.insert(key.0.clone());
                }
                if table.broken < table.judged {
                    kept.insert(key.0);
                }
            }
        }
        assert!(counts.is_empty(), "counted in PostgreSQL only: {counts:?}");
        assert_eq!(
            judges.indicators(),
            indicators(&judgement),
            "package {seed}"
        );
    }
    let codes: BTreeSet<String> = (model.rules().iter())
        .flat_map(|rule| &rule.assertions)
        .map(|assertion| assertion.code.clone())
        .filter(|code| !["S-08", "S-09", "S-10"].contains(&code.as_str()))
        .collect();
    let both: BTreeSet<String> = kept.intersection(&broken).cloned().collect();
    let one_sided: Vec<&String> = codes.difference(&both).collect();
    let known: Vec<&str> = ONE_SIDED.iter().map(|(code, _)| *code).collect();
    assert_eq!(one_sided, known, "assertions with one verdict only");
}

#[test]
fn every_file_finds_what_the_view_finds() {
    let server = Server::shared().unwrap();
    let mut judges = Judges::of_shapes(&server, "quality_files");
    let package = quality::random::package(&judges.model, &mut Random::new(7));
    judges.load(&package);
    let all = judges.findings("SELECT * FROM quality_findings");
    let names: Vec<String> = judges
        .model
        .rules()
        .iter()
        .map(|it| it.code.clone())
        .collect();
    let mut together = BTreeSet::new();
    for name in names {
        let query = judges.file(&format!("quality/postgresql/{name}.sql"));
        let found = judges.findings(&query);
        let own = |code: &str| code == name || code.starts_with(&format!("{name}."));
        assert!(found.iter().all(|(code, ..)| own(code)), "{name}");
        together.extend(found);
    }
    assert_eq!(together, all);
    assert!(all.len() > 60, "{}", all.len());
    let query = "SELECT rule, judged_elsewhere FROM quality_rules
        WHERE judged_elsewhere IS NOT NULL ORDER BY rule";
    let elsewhere = judges.client.query(query, &[]).unwrap();
    let elsewhere: Vec<String> = elsewhere.iter().map(|row| row.get(0)).collect();
    assert_eq!(elsewhere, ["S-08", "S-09", "S-10"]);
}

#[test]
fn without_a_moment_it_is_now() {
    let server = Server::shared().unwrap();
    let mut judges = Judges::of_shapes(&server, "quality_moment");
    judges.run("RESET vitrina.now");
    let query = "SELECT quality_now() = LOCALTIMESTAMP(0), quality_today() = CURRENT_DATE";
    let row = judges.client.query_one(query, &[]).unwrap();
    assert!(row.get::<_, bool>(0) && row.get::<_, bool>(1));
}

/// The big model's rules over a sampled package, which keeps the tables' constraints and breaks rules
/// that look further.
#[test]
fn the_big_model_is_judged_alike() {
    let server = Server::shared().unwrap();
    let mut judges = Judges::new(&server, "quality_big", models::big().unwrap());
    let moment: vitrina::Timestamp = NOW.parse().unwrap();
    let options = Options {
        rows: 60,
        ..Options::new(moment.date())
    };
    let model = models::big().unwrap();
    let sampled = sample::package(&model, &options).unwrap();
    let tables = model.tables().iter();
    let package: Vec<Vec<Cells>> = tables.map(|it| sampled.rows(it.id).to_vec()).collect();
    for table in model.load_order() {
        judges.run(&sql::insert(&model, table, sampled.rows(table.id)));
    }
    let judgement = in_memory(&model, &package);
    let expected = found(&model, &judgement);
    let actual = judges.findings("SELECT * FROM quality_findings");
    let differ: Vec<&Found> = expected.symmetric_difference(&actual).take(20).collect();
    assert!(differ.is_empty(), "found by one of them only: {differ:?}");
    let broken: BTreeSet<&str> = actual.iter().map(|(code, ..)| code.as_str()).collect();
    assert!(broken.len() > 30, "{}: {broken:?}", broken.len());
    assert_eq!(judges.indicators(), indicators(&judgement));
}

/// Rules that search without any equality: every judged row is tried with every searched one.
const WITHOUT_EQUALITY: &[&str] = &["W-01.e", "X-03.c"];

/// Rows of which a query that tried every pair would try thousands of millions.
const MANY: &str = "
    INSERT INTO school SELECT 's' || i, 's' || i % 1000, 'n' || i, 'a', 1, DATE '2020-01-01' + i % 1000,
        DATE '2024-01-01', i % 2 = 0, 500, 1.5 FROM generate_series(1, 5000) AS i;
    INSERT INTO person SELECT 'p' || i, 's' || i % 5000, DATE '2010-01-01' + i % 3000, NULL, NULL,
        i % 7 / 2.0, i % 5 / 2.0, i % 4, i % 9, 'x' FROM generate_series(1, 50000) AS i;
    INSERT INTO lesson SELECT i, 's' || i % 5000, 'p' || i % 50000, 'r' || i % 50,
        DATE '2024-01-01' + i % 200, TIME '08:00' + i % 6 * INTERVAL '1 hour',
        TIME '08:45' + i % 6 * INTERVAL '1 hour', TIMESTAMP '2024-01-01' + i * INTERVAL '1 hour',
        TIMESTAMP '2024-01-01 00:45' + i * INTERVAL '1 hour', 1 + i % 2
        FROM generate_series(1, 100000) AS i;
    INSERT INTO visit SELECT i, 'p' || i * 7 % 50000, 'b', i % 5, i % 7 / 2.0,
        TIMESTAMP '2024-01-01' + i * INTERVAL '1 minute' FROM generate_series(1, 100000) AS i;
    INSERT INTO step SELECT DATE '2020-01-01' + i, '08:00', '2024-01-01', 'p' || i, 'a', i % 5
        FROM generate_series(1, 50000) AS i;
    ANALYZE;
    SET statement_timeout = '120s'";

#[test]
fn no_pair_of_rows_is_tried_where_equal_ones_can_be_found() {
    let server = Server::shared().unwrap();
    let mut judges = Judges::of_shapes(&server, "quality_plans");
    judges.run(MANY);
    let others: Vec<String> = (WITHOUT_EQUALITY.iter())
        .map(|code| sql::literal(code))
        .collect();
    let query = format!(
        "SELECT count(DISTINCT rule) FROM quality_findings WHERE rule NOT IN ({})",
        others.join(", ")
    );
    let plan = judges
        .client
        .query(&format!("EXPLAIN {query}"), &[])
        .unwrap();
    let plan: Vec<String> = plan.iter().map(|row| row.get(0)).collect();
    assert!(plan.len() > 300, "{}", plan.len());
    let repeated: Vec<&String> = plan
        .iter()
        .filter(|line| line.contains("SubPlan"))
        .collect();
    assert!(repeated.is_empty(), "computed for every row: {repeated:?}");
    let rules = judges.client.query_one(&query, &[]);
    let rules: i64 = rules
        .unwrap_or_else(|error| panic!("{}", describe(&error)))
        .get(0);
    assert!(rules > 30, "{rules}");
}
