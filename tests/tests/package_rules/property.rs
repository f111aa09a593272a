//! Random packages of a model that has every shape of rules.

use vitrina_codegen::model::Model;
use vitrina_codegen::quality::{Moment, judge};
use vitrina_package::{Cause, Subject};
use vitrina_tests::model as models;
use vitrina_tests::random::Random;

use super::driver::{self, WAYS};
use crate::random;

/// Packages that are judged, each in every way.
const PACKAGES: u64 = 600;

/// The moment of judgement: amid the values that rows have.
const NOW: &str = "2024-01-06 09:30:00";

fn moment() -> Moment {
    let now: vitrina::Timestamp = NOW.parse().unwrap();
    now.into()
}

/// A package with cells that are no values, doubled rows, and tables left away.
fn package(model: &Model, random: &mut Random) -> driver::Package {
    let mut package: driver::Package = random::package(model, random)
        .into_iter()
        .map(Some)
        .collect();
    let (bad, doubled, missing) = (random.below(4), random.below(4), random.below(6));
    for rows in &mut package {
        if missing == 0 && random.below(12) == 0 {
            *rows = None;
        }
        let Some(rows) = rows else { continue };
        if doubled == 0 && !rows.is_empty() {
            for _ in 0..random.below(4) {
                let mut row = rows[random.below(rows.len() as u64) as usize].clone();
                let at = random.below(row.len() as u64) as usize;
                row[at] = rows[random.below(rows.len() as u64) as usize][at].clone();
                rows.push(row);
            }
        }
        if bad == 0 {
            for cell in rows.iter_mut().flatten() {
                if random.below(25) == 0 {
                    *cell = Some("ни то ни сё".to_owned());
                }
            }
        }
    }
    package
}

#[test]
fn random_packages_come_out_alike() {
    let model = models::read("tests/models/quality").unwrap();
    let mut unreadable = 0;
    let mut unjudged = 0;
    for seed in 0..PACKAGES {
        let package = package(&model, &mut Random::new(seed));
        let reference = driver::reference(&model, &package);
        let expected = driver::expected(&model, &judge(&model, &reference, moment()));
        unreadable += expected
            .counts
            .values()
            .map(|counts| counts[2])
            .sum::<u64>();
        unjudged += expected.unjudged.len();
        for way in WAYS {
            let (found, unchecked) = driver::found(&model, &package, moment(), way);
            let wrong = driver::differ(&expected, &found);
            assert!(wrong.is_empty(), "{seed} {way:?}:\n{}", wrong.join("\n"));
            driver::marks_are_right(&model, &found);
            for ((code, table), counts) in &expected.counts {
                let said = unchecked.iter().any(|one| {
                    one.subject == Subject::Rule(code)
                        && one.table == *table
                        && one.cause == Cause::UnreadableCells(counts[2])
                });
                assert_eq!(said, counts[2] > 0, "{seed} {code}");
            }
        }
    }
    assert!(
        unreadable > 1000 && unjudged > 100,
        "{unreadable} {unjudged}"
    );
}
