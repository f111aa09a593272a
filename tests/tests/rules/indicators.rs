//! Indicators: numerator, denominator and ratio, in memory and in PostgreSQL.

use std::collections::BTreeSet;

use vitrina_tests::rules::fixture::{Body, Case, Counts, Package};
use vitrina_tests::rules::memory;

use crate::{none, subject};

/// Every case: its fixture, the rows, numerator and denominator.
fn cases() -> impl Iterator<Item = (&'static Counts, &'static Case, &'static Package, u64, u64)> {
    subject().fixtures.indicators.iter().flat_map(|counts| {
        let cases = counts.cases.iter();
        cases.filter_map(move |(case, part, whole)| match &case.body {
            Body::Rows(package) => Some((counts, case, package, *part, *whole)),
            _ => None,
        })
    })
}

#[test]
fn every_indicator_is_counted_empty_in_part_and_whole() {
    let subject = subject();
    let mut seen = BTreeSet::new();
    for (counts, _, _, part, whole) in cases() {
        let share = match (part, whole) {
            (_, 0) => "empty",
            (0, _) => "none",
            _ if part < whole => "part",
            _ => "whole",
        };
        seen.insert((counts.code.as_str(), share));
    }
    let mut wrong = Vec::new();
    for indicator in subject.model.indicators() {
        for share in ["empty", "none", "part", "whole"] {
            if !seen.contains(&(indicator.code.as_str(), share)) {
                wrong.push(format!("{}: no case that counts {share}", indicator.code));
            }
        }
    }
    none(&wrong);
}

#[test]
fn memory_counts() {
    let subject = subject();
    let mut wrong = Vec::new();
    for (counts, case, package, part, whole) in cases() {
        match memory::indicator(&subject.model, &counts.code, package, &case.now) {
            Ok(ratio) => {
                let found = (ratio.numerator, ratio.denominator, ratio.value());
                differ(&mut wrong, counts, case, found, (part, whole));
            }
            Err(error) => wrong.push(format!("{}: {} {error}", case.place, counts.code)),
        }
    }
    none(&wrong);
}

#[cfg(feature = "external")]
#[test]
fn postgresql_counts() {
    use vitrina_tests::postgres::Server;
    use vitrina_tests::rules::database::Database;

    let subject = subject();
    let server = Server::shared().unwrap();
    let mut database = Database::new(&subject.model, &server, "rule_indicators").unwrap();
    let mut wrong = Vec::new();
    for (counts, case, package, part, whole) in cases() {
        match database.indicator(&counts.code, package, &case.now) {
            Ok(found) => differ(&mut wrong, counts, case, found, (part, whole)),
            Err(error) => wrong.push(format!("{}: {} {error}", case.place, counts.code)),
        }
    }
    none(&wrong);
}

fn differ(
    wrong: &mut Vec<String>,
    counts: &Counts,
    case: &Case,
    found: (u64, u64, Option<f64>),
    (part, whole): (u64, u64),
) {
    let ratio = (whole > 0).then(|| part as f64 / whole as f64);
    if found != (part, whole, ratio) {
        let place = &case.place;
        wrong.push(format!(
            "{place}: {} counted {found:?}, expected {part} of {whole}",
            counts.code
        ));
    }
}
