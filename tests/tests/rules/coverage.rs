//! The fixtures speak of all that the model says: no assertion, indicator, scalar type or row check of
//! a rule goes without a case of either kind.

use std::collections::BTreeSet;

use vitrina_codegen::model::{AssertionBody, Structure};
use vitrina_tests::rules::fixture::Body;

use crate::rules::rows::verdicts;
use crate::{none, subject};

#[test]
fn fixtures_are_sound() {
    none(&subject().errors);
}

#[test]
fn every_assertion_has_cases_of_either_kind() {
    let subject = subject();
    let mut wrong = Vec::new();
    let mut codes = BTreeSet::new();
    for fixture in &subject.fixtures.assertions {
        if !codes.insert(fixture.code.as_str()) {
            wrong.push(format!(
                "{}: {} has two entries",
                fixture.place, fixture.code
            ));
        }
        for (kind, cases) in [("keeps", &fixture.keeps), ("breaks", &fixture.breaks)] {
            if cases.is_empty() {
                wrong.push(format!(
                    "{}: {} has no `{kind}`",
                    fixture.place, fixture.code
                ));
            }
        }
    }
    for rule in subject.model.rules() {
        for assertion in &rule.assertions {
            if codes.insert(&assertion.code) {
                wrong.push(format!("{}: no fixture", assertion.code));
            }
        }
    }
    none(&wrong);
}

#[test]
fn every_type_and_check_has_cases_of_either_kind() {
    let subject = subject();
    let model = &subject.model;
    let mut wrong = Vec::new();
    for fixture in &subject.fixtures.assertions {
        let (_, assertion) = subject.find(&fixture.code);
        let mut say = |kind: &str, name: &str| {
            wrong.push(format!("{}: no `{kind}` of `{name}`", fixture.place));
        };
        match &assertion.body {
            AssertionBody::Structure(Structure::Types(types)) => {
                for id in types {
                    let name = &model.scalar(*id).name;
                    for (kind, cases) in [("keeps", &fixture.keeps), ("breaks", &fixture.breaks)] {
                        let has = |body: &Body| match body {
                            Body::Values(values) => {
                                values.get(name).is_some_and(|it| !it.is_empty())
                            }
                            _ => false,
                        };
                        if !cases.iter().any(|case| has(&case.body)) {
                            say(kind, name);
                        }
                    }
                }
            }
            AssertionBody::Structure(Structure::Checks(checks)) => {
                let mut broken = BTreeSet::new();
                let mut kept = BTreeSet::new();
                let own = verdicts().iter().filter(|it| it.0.code == fixture.code);
                for (_, case, verdict) in own {
                    let Body::Rows(package) = &case.body else {
                        continue;
                    };
                    let found = verdict.checks.iter().map(|(_, check)| check.clone());
                    let found: BTreeSet<String> = found.collect();
                    for id in package.rows.keys() {
                        let own = model
                            .table(*id)
                            .checks
                            .iter()
                            .map(|check| check.code.clone());
                        kept.extend(own.filter(|code| !found.contains(code)));
                    }
                    broken.extend(found);
                }
                for code in checks {
                    for (kind, seen) in [("keeps", &kept), ("breaks", &broken)] {
                        if !seen.contains(code) {
                            say(kind, code);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    none(&wrong);
}
