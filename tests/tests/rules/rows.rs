//! Assertions about rows: found is what the fixture says, in memory and in PostgreSQL.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use vitrina_tests::rules::fixture::{Body, Case, Fault, Fixture, Package, listed};
use vitrina_tests::rules::memory::{self, Verdict};

use crate::{none, subject};

/// Every case of rows with its fixture.
pub(crate) fn cases() -> impl Iterator<Item = (&'static Fixture, &'static Case, &'static Package)> {
    let fixtures = subject().fixtures.assertions.iter();
    let cases = fixtures.flat_map(|fixture| fixture.cases().map(move |case| (fixture, case)));
    cases.filter_map(|(fixture, case)| match &case.body {
        Body::Rows(package) => Some((fixture, case, package)),
        _ => None,
    })
}

/// Every case of rows with what its assertion finds in memory; all tests share one judging.
pub(crate) fn verdicts() -> &'static [(&'static Fixture, &'static Case, Verdict)] {
    static VERDICTS: LazyLock<Vec<(&Fixture, &Case, Verdict)>> = LazyLock::new(|| {
        let judged = cases().map(|(fixture, case, package)| {
            let verdict = memory::verdict(&subject().model, &fixture.code, package, case);
            (fixture, case, verdict)
        });
        judged.collect()
    });
    &VERDICTS
}

/// What is to be found but is not, and what is found but should not be.
pub(crate) fn differ(
    wrong: &mut Vec<String>,
    code: &str,
    case: &Case,
    engine: &str,
    found: &BTreeSet<Fault>,
    expected: &BTreeSet<Fault>,
) {
    if found != expected {
        wrong.push(format!(
            "{}: {code} {engine}: found {}, expected {}",
            case.place,
            listed(found),
            listed(expected)
        ));
    }
}

/// Faults without the columns.
#[cfg(feature = "external")]
fn records<'f>(faults: impl IntoIterator<Item = &'f Fault>) -> BTreeSet<Fault> {
    let faults = faults.into_iter().cloned();
    faults
        .map(|fault| Fault {
            columns: Vec::new(),
            ..fault
        })
        .collect()
}

#[test]
fn memory_finds_what_is_broken() {
    let mut wrong = Vec::new();
    for (fixture, case, verdict) in verdicts() {
        let expected: BTreeSet<Fault> = case.broken.iter().cloned().collect();
        differ(
            &mut wrong,
            &fixture.code,
            case,
            "in memory",
            &verdict.broken,
            &expected,
        );
    }
    none(&wrong);
}

/// Cases that keep an assertion because it does not concern them prove nothing of it alone.
#[test]
fn what_keeps_an_assertion_is_judged_by_it() {
    let mut judged = BTreeSet::new();
    let mut all = BTreeSet::new();
    for (fixture, case, verdict) in verdicts() {
        all.insert(&fixture.code);
        let keeps = fixture.keeps.iter().any(|kept| std::ptr::eq(kept, *case));
        if keeps && verdict.judged > 0 {
            judged.insert(&fixture.code);
        }
    }
    let idle: Vec<_> = all.difference(&judged).collect();
    assert!(
        idle.is_empty(),
        "nothing judged in the cases that keep {idle:?}"
    );
}

#[cfg(feature = "external")]
#[test]
fn postgresql_finds_what_is_broken() {
    use vitrina_codegen::model::{AssertionBody, Structure};
    use vitrina_tests::postgres::Server;
    use vitrina_tests::rules::database::Database;

    let subject = subject();
    let server = Server::shared().unwrap();
    let mut database = Database::new(&subject.model, &server, "rules").unwrap();
    let mut wrong = Vec::new();
    for (fixture, case, package) in cases() {
        let (rule, assertion) = subject.find(&fixture.code);
        // No query sees what is no longer there: foreign keys refuse.
        if let AssertionBody::Structure(Structure::Deletions) = assertion.body {
            continue;
        }
        match database.verdict(&rule.code, &fixture.code, package, &case.now) {
            Ok(verdict) => {
                let expected = records(&case.broken);
                let engine = "in PostgreSQL";
                differ(
                    &mut wrong,
                    &fixture.code,
                    case,
                    engine,
                    &verdict.broken,
                    &expected,
                );
            }
            Err(error) => wrong.push(format!("{}: {} {error}", case.place, fixture.code)),
        }
    }
    none(&wrong);
}
