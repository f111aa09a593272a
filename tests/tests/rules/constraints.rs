//! What the model's structure asserts, constraints hold: they refuse the records that break an assertion
//! of the kind, by the constraint that stands for what is at fault, and take all others.

use std::collections::{BTreeMap, BTreeSet};

use vitrina_codegen::model::{AssertionBody, Model, Structure, Table};
use vitrina_codegen::target::ddl::postgresql::Rule;
use vitrina_tests::postgres::Server;
use vitrina_tests::rules::constraint::{Constrained, Refusal, Standing};
use vitrina_tests::rules::fixture::{Case, Fault, Package, listed};

use crate::rules::rows::{cases, verdicts};
use crate::{none, subject};

#[test]
fn constraints_refuse_what_is_broken() {
    let server = Server::shared().unwrap();
    let mut database = Constrained::new(&subject().model, &server, "rule_constraints").unwrap();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for (fixture, case, package) in cases() {
        let AssertionBody::Structure(structure) = &subject().find(&fixture.code).1.body else {
            continue;
        };
        let judge = Judge {
            model: &subject().model,
            code: &fixture.code,
            structure,
            case,
            package,
        };
        if let Some(refusals) = judge.refusals(&mut database) {
            seen.insert(fixture.code.as_str());
            let expected = judge.expected(&database);
            wrong.extend(judge.differ(&refusals, &expected));
        }
    }
    none(&wrong);
    assert!(seen.len() > 12, "{seen:?}");
}

struct Judge<'a> {
    model: &'a Model,
    code: &'a str,
    structure: &'a Structure,
    case: &'a Case,
    package: &'a Package,
}

impl Judge<'_> {
    /// What is refused where only the constraints of the structure's kind stand; none where there are
    /// no such constraints.
    fn refusals(&self, database: &mut Constrained<'_>) -> Option<Vec<Refusal>> {
        let checks = |table: &Table, rule: Rule| match (self.structure, rule) {
            (Structure::Checks(codes), Rule::Check(place)) => {
                (table.checks.get(place)).is_some_and(|check| codes.contains(&check.code))
            }
            (Structure::Codes, Rule::List(_)) | (Structure::Hashes, Rule::Pattern(_)) => true,
            (Structure::Required, _) => true,
            _ => false,
        };
        let standing = Standing {
            required: *self.structure == Structure::Required,
            references: *self.structure == Structure::References,
            conditions: &checks,
        };
        let refusals = match self.structure {
            Structure::Required
            | Structure::References
            | Structure::PrimaryKeys
            | Structure::Codes
            | Structure::Hashes
            | Structure::Checks(_) => database.refusals(self.package, standing),
            Structure::Deletions => database.refused_deletions(self.package),
            _ => return None,
        };
        Some(refusals.unwrap_or_else(|error| panic!("{}: {error}", self.case.place)))
    }

    /// What may refuse each broken record; nothing where any constraint may.
    fn expected(&self, database: &Constrained<'_>) -> BTreeMap<Fault, BTreeSet<String>> {
        let verdicts = verdicts().iter();
        let own = verdicts.filter(|(_, case, _)| std::ptr::eq(*case, self.case));
        let broken: Vec<_> = own.flat_map(|(_, _, verdict)| &verdict.checks).collect();
        let mut expected = BTreeMap::new();
        for fault in &self.case.broken {
            let Some(table) = self.model.find_table(&fault.of) else {
                continue;
            };
            let record = bare(fault);
            let checks = broken.iter().filter(|(of, _)| *of == record);
            let checks: Vec<&str> = checks.map(|(_, code)| code.as_str()).collect();
            let rules = self.rules(table, fault, &checks).into_iter();
            let names = rules.filter_map(|rule| database.name_of(table, rule));
            let mut names: BTreeSet<String> = names.map(str::to_owned).collect();
            if *self.structure == Structure::Required {
                names.extend(fault.columns.iter().map(|name| format!("{name} not null")));
            }
            expected.insert(record, names);
        }
        expected
    }

    /// The rules of a table that a record breaks.
    fn rules(&self, table: &Table, fault: &Fault, checks: &[&str]) -> Vec<Rule> {
        let columns = fault.columns.iter();
        let columns = columns.filter_map(|name| Some(table.find_column(name)?.id));
        match self.structure {
            Structure::Required => columns
                .flat_map(|id| {
                    // An empty text is refused by what refuses bad texts.
                    let empty = [Rule::Text(id), Rule::Values(id), Rule::Pattern(id)];
                    empty
                        .into_iter()
                        .chain([Rule::List(id), Rule::Required(id)])
                })
                .collect(),
            Structure::Codes => columns.map(Rule::List).collect(),
            Structure::Hashes => columns.map(Rule::Pattern).collect(),
            Structure::PrimaryKeys => vec![Rule::PrimaryKey],
            Structure::References => {
                let at_fault: BTreeSet<_> = columns.collect();
                let keys = table.foreign_keys.iter().enumerate();
                let keys =
                    keys.filter(|(_, key)| key.columns.iter().all(|id| at_fault.contains(id)));
                keys.map(|(place, _)| Rule::ForeignKey(place)).collect()
            }
            Structure::Checks(_) => {
                let places = table.checks.iter().enumerate();
                let places = places.filter(|(_, check)| checks.contains(&check.code.as_str()));
                places.map(|(place, _)| Rule::Check(place)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn differ(
        &self,
        refusals: &[Refusal],
        expected: &BTreeMap<Fault, BTreeSet<String>>,
    ) -> Vec<String> {
        let (place, code) = (&self.case.place, self.code);
        let mut wrong = Vec::new();
        let refused: BTreeSet<Fault> = refusals.iter().map(|it| it.record.clone()).collect();
        let broken: BTreeSet<Fault> = expected.keys().cloned().collect();
        if refused != broken {
            wrong.push(format!(
                "{place}: {code}: constraints refuse {}, expected {}: {refusals:?}",
                listed(&refused),
                listed(&broken)
            ));
        }
        for refusal in refusals {
            let names = expected.get(&refusal.record);
            let fine = match self.structure {
                // The constraint is that of the table that refers to the record.
                Structure::Deletions => refusal.by.ends_with("_fkey"),
                _ => names.is_none_or(|names| names.contains(&refusal.by)),
            };
            if !fine {
                wrong.push(format!(
                    "{place}: {code}: {} refused by {}, expected {names:?}",
                    refusal.record, refusal.by
                ));
            }
        }
        wrong
    }
}

/// A record without columns.
fn bare(fault: &Fault) -> Fault {
    Fault {
        columns: Vec::new(),
        ..fault.clone()
    }
}
