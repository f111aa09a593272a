//! The package in PostgreSQL: every constraint of the target `ddl` takes it, the views of the target
//! `quality` find nothing in it, and count and measure what the evaluation in memory does.

use std::collections::{BTreeMap, BTreeSet};

use postgres::Client;
use vitrina_codegen::quality::{self, Judgement, Moment};
use vitrina_tests::postgres::{Server, describe};
use vitrina_tests::{model as models, sql};

use super::made::{Made, made};

/// A time of the package's day, at which it is judged.
const TIME: &str = "12:00:00";

/// Assertions that judge no row of the package although a query stands for them, and why.
const JUDGE_NONE: &[(&str, &str)] = &[];

#[test]
fn postgresql_takes_it_and_its_quality_is_whole() {
    let made = made();
    let server = Server::shared().unwrap();
    let mut client = server.create_database("sample").unwrap();
    let all = models::path("generated/ddl/postgresql/all.sql");
    server.psql("sample", &all).unwrap();
    let views = models::path("generated/quality/postgresql/all.sql");
    server.psql("sample", &views).unwrap();
    load(&mut client, made);

    let moment = made.moment(TIME);
    let judgement = quality::judge(&made.model, &made.rows, Moment::from(moment));
    let schema = &made.model.showcase().mnemonic;
    run(
        &mut client,
        &format!(
            "SET search_path = {schema}; SET vitrina.now = '{moment}'; SET jit = off; ANALYZE"
        ),
    );
    nothing_is_found(&mut client);
    let counts = summary(&mut client);
    counts_are_those_in_memory(&counts, &judgement, made);
    every_assertion_judges(&mut client, &counts);
    indicators_are_those_in_memory(&mut client, &judgement);
}

fn run(client: &mut Client, sql: &str) {
    client
        .batch_execute(sql)
        .unwrap_or_else(|error| panic!("{}\n{sql}", describe(&error)));
}

/// File by file in load order, each in a statement of its own, so that no reference may be closed later.
fn load(client: &mut Client, made: &Made) {
    let (model, profile) = (&made.model, made.model.showcase().csv);
    for table in model.load_order() {
        let loaded = sql::copy_in(client, model, table, made.file(table), profile)
            .unwrap_or_else(|error| panic!("{}: {error}", table.name));
        assert_eq!(loaded, made.rows_of(table), "{}", table.name);
        let name = sql::qualified(model, table);
        let count = client.query_one(&format!("SELECT count(*) FROM {name}"), &[]);
        let count: i64 = count.unwrap().get(0);
        assert_eq!(count.unsigned_abs(), loaded, "{}", table.name);
    }
}

fn nothing_is_found(client: &mut Client) {
    let found = client
        .query(
            "SELECT rule, table_name, record_key FROM quality_findings LIMIT 20",
            &[],
        )
        .unwrap_or_else(|error| panic!("{}", describe(&error)));
    let found: Vec<(String, Option<String>, String)> = found
        .iter()
        .map(|row| (row.get(0), row.get(1), row.get(2)))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// Judged and broken records, by assertion and table.
type Counts = BTreeMap<(String, String), (u64, u64)>;

fn summary(client: &mut Client) -> Counts {
    let rows = client
        .query(
            "SELECT rule, COALESCE(table_name, ''), judged, broken FROM quality_summary",
            &[],
        )
        .unwrap_or_else(|error| panic!("{}", describe(&error)));
    let counts = rows.iter().map(|row| {
        let (judged, broken): (i64, i64) = (row.get(2), row.get(3));
        let counts = (judged.unsigned_abs(), broken.unsigned_abs());
        ((row.get(0), row.get(1)), counts)
    });
    counts.collect()
}

fn counts_are_those_in_memory(counts: &Counts, judgement: &Judgement<'_>, made: &Made) {
    let mut counts = counts.clone();
    for outcome in &judgement.assertions {
        for table in &outcome.tables {
            let name = table.table.map(|id| made.model.table(id).name.clone());
            let key = (outcome.code.to_owned(), name.unwrap_or_default());
            // What is judged elsewhere has no query.
            if let Some(found) = counts.remove(&key) {
                assert_eq!(found, (table.judged, table.broken), "{key:?}");
            }
        }
    }
    assert!(counts.is_empty(), "counted in PostgreSQL only: {counts:?}");
}

/// Every assertion that has a query judges some record.
fn every_assertion_judges(client: &mut Client, counts: &Counts) {
    let query = "SELECT rule FROM quality_rules WHERE judged_elsewhere IS NULL";
    let rows = client.query(query, &[]).unwrap();
    let mut none: BTreeSet<String> = rows.iter().map(|row| row.get(0)).collect();
    assert!(none.len() > 150, "{}", none.len());
    for ((rule, _), (judged, _)) in counts {
        if *judged > 0 {
            none.remove(rule);
        }
    }
    let known = JUDGE_NONE.iter().map(|(code, _)| (*code).to_owned());
    assert_eq!(none, known.collect(), "assertions that judge no record");
}

fn indicators_are_those_in_memory(client: &mut Client, judgement: &Judgement<'_>) {
    let rows = client
        .query(
            "SELECT code, numerator, denominator, ratio FROM quality_indicators",
            &[],
        )
        .unwrap();
    assert_eq!(rows.len(), judgement.indicators.len());
    for (row, outcome) in rows.iter().zip(&judgement.indicators) {
        let code: String = row.get(0);
        assert_eq!(code, outcome.indicator.code);
        let (numerator, denominator): (i64, i64) = (row.get(1), row.get(2));
        let ratio: Option<f64> = row.get(3);
        let value = outcome.value.unwrap();
        assert_eq!(
            (numerator.unsigned_abs(), denominator.unsigned_abs()),
            (value.numerator, value.denominator),
            "{code}"
        );
        assert_eq!(ratio, value.value(), "{code}");
        let ratio = ratio.unwrap_or_else(|| panic!("{code} measures nothing"));
        assert!(0.0 < ratio && ratio <= 1.0, "{code}: {ratio}");
    }
}
