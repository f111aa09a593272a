//! PostgreSQL's verdict on rows is the model's: it takes every sampled row, and refuses every row made
//! to break one rule, by the constraint that stands for the rule.

#![cfg(feature = "external")]

use std::collections::{BTreeMap, BTreeSet};

use postgres::Client;
use vitrina_codegen::model::eval::{Rule as Broken, Violation};
use vitrina_codegen::model::{BaseType, CheckSeverity, ColumnId, Model, Table};
use vitrina_codegen::sample::{self, Cells, Options, Package, Unbreakable};
use vitrina_codegen::target::ddl::postgresql::{Constraint, Rule, constraints, identifier};
use vitrina_tests::postgres::{Server, describe};
use vitrina_tests::{model, sql};

/// Rules of the model that no sampled row breaks, and why.
const UNBREAKABLE: &[(&str, &str)] = &[];

/// Constraints that no row breaks by a value of its type, and why.
const NEVER_BROKEN: &[(&str, &str)] = &[];

/// Puts a row in place of another and says by what it is refused, one constraint after the other: one
/// that is not `wanted` is dropped, and the row tried again. Nothing remains of it.
const REFUSALS: &str = "
CREATE FUNCTION public.refusals(name text, removal text, addition text, wanted text[])
    RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    hits text[] := '{}';
    code text;
    constraint_name text;
    column_name text;
    hit text;
BEGIN
    -- Rows that refer to the one removed do not keep it.
    PERFORM set_config('session_replication_role', 'replica', true);
    EXECUTE removal;
    PERFORM set_config('session_replication_role', 'origin', true);
    LOOP
        BEGIN
            EXECUTE addition;
            RAISE EXCEPTION USING ERRCODE = 'V0001';
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE,
                constraint_name = CONSTRAINT_NAME, column_name = COLUMN_NAME;
        END;
        hit := CASE
            WHEN code = 'V0001' THEN 'accepted'
            WHEN code = '23502' THEN column_name || ' not null'
            WHEN code IN ('22P02', '22003', '22007', '22008') THEN 'type'
            WHEN code = '22001' THEN 'length'
            WHEN constraint_name <> '' THEN constraint_name
            ELSE code
        END;
        hits := hits || hit;
        EXIT WHEN hit = ANY (wanted) OR constraint_name = '';
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', name, constraint_name);
    END LOOP;
    RAISE EXCEPTION USING ERRCODE = 'V0002';
EXCEPTION WHEN SQLSTATE 'V0002' THEN
    RETURN hits;
END $$";

#[test]
fn postgresql_judges_as_the_model_does() {
    let server = Server::shared().unwrap();
    let mut client = server.create_database("verdicts").unwrap();
    let all = model::path("generated/ddl/postgresql/all.sql");
    server.psql("verdicts", &all).unwrap();
    client.batch_execute(REFUSALS).unwrap();
    let model = model::big().unwrap();
    let today = sql::today(&mut client).unwrap();
    let options = Options {
        rows: 40,
        ..Options::new(today)
    };
    let package = sample::package(&model, &options).unwrap();
    accept(&mut client, &model, &package);

    let plans = constraints(&model);
    let mut hit = BTreeSet::new();
    let mut unbreakable = Vec::new();
    let mut count = 0;
    for table in model.tables() {
        let made = sample::mutants(&model, &package, table, today, 1);
        unbreakable.extend(made.unbreakable.iter().map(|rule| title(table, rule)));
        let judge = Judge {
            model: &model,
            table,
            constraints: &plans[table.id.index()],
            rows: package.rows(table.id),
        };
        let mut cases = made
            .mutants
            .iter()
            .map(|it| judge.case(it))
            .collect::<Vec<_>>();
        cases.extend(judge.borders());
        count += cases.len();
        hit.extend(judge.run(&mut client, &cases));
    }
    assert!(count > 2000, "{count}");
    let known: Vec<String> = UNBREAKABLE.iter().map(|(rule, _)| (*rule).into()).collect();
    assert_eq!(unbreakable, known, "rules that no mutant breaks");
    let never: Vec<&str> = plans
        .iter()
        .flatten()
        .map(|constraint| constraint.name.as_str())
        .filter(|name| !hit.contains(*name))
        .collect();
    let known: Vec<&str> = NEVER_BROKEN.iter().map(|(name, _)| *name).collect();
    assert_eq!(never, known, "constraints that refused nothing");
}

fn title(table: &Table, unbreakable: &Unbreakable) -> String {
    let column = unbreakable
        .rule
        .column
        .map(|id| table.column(id).name.as_str());
    let column = column.unwrap_or("");
    format!("{}.{column} {:?}", table.name, unbreakable.rule.rule)
}

/// Inserts the package; every condition of a constraint is true, not only unknown, for some row.
fn accept(client: &mut Client, model: &Model, package: &Package) {
    for table in model.load_order() {
        let sql = sql::insert(model, table, package.rows(table.id));
        client
            .batch_execute(&sql)
            .unwrap_or_else(|error| panic!("{}: {}", table.name, describe(&error)));
    }
    let rows = client
        .query(
            "SELECT t.relname, c.conname, pg_get_expr(c.conbin, c.conrelid)
             FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
             JOIN pg_namespace n ON n.oid = c.connamespace
             WHERE n.nspname = $1 AND c.contype = 'c' ORDER BY 1, 2",
            &[&model.showcase().mnemonic],
        )
        .unwrap();
    let mut conditions: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for row in rows {
        let list = conditions.entry(row.get(0)).or_default();
        list.push((row.get(1), row.get(2)));
    }
    let mut never = Vec::new();
    for (name, list) in &conditions {
        let table = model.find_table(name).unwrap();
        let counts: Vec<String> = list
            .iter()
            .map(|(_, condition)| format!("bool_or({condition})"))
            .collect();
        let name = sql::qualified(model, table);
        let sql = format!("SELECT ARRAY[{}] FROM {name}", counts.join(", "));
        let truths: Vec<Option<bool>> = client.query_one(&sql, &[]).unwrap().get(0);
        let unseen = list
            .iter()
            .zip(truths)
            .filter(|(_, truth)| *truth != Some(true));
        never.extend(unseen.map(|((name, _), _)| name.clone()));
    }
    assert!(conditions.len() > 50, "{}", conditions.len());
    assert_eq!(never, [""; 0], "conditions true for no sampled row");
}

/// A row to be refused.
struct Case {
    title: String,
    base: usize,
    row: Cells,
    /// What may refuse it, one of them must: names of constraints, `… not null`, `type`, `length`.
    wanted: Vec<String>,
    /// What may refuse it besides.
    allowed: Vec<String>,
    /// Constraints put aside before.
    aside: Vec<String>,
}

struct Judge<'a> {
    model: &'a Model,
    table: &'a Table,
    constraints: &'a [Constraint],
    rows: &'a [Cells],
}

impl Judge<'_> {
    fn name(&self, rule: Rule) -> Option<String> {
        let found = self.constraints.iter().find(|it| it.rule == rule);
        found.map(|constraint| constraint.name.clone())
    }

    /// What stands in PostgreSQL for a rule of the model; a rule that another one of the column
    /// implies has none of its own.
    fn standing_for(&self, violation: &Violation) -> Vec<String> {
        let column = || violation.column.unwrap();
        let first = |rules: &[fn(ColumnId) -> Rule]| {
            let found = rules.iter().find_map(|rule| self.name(rule(column())));
            found.into_iter().collect::<Vec<_>>()
        };
        match &violation.rule {
            Broken::Required => vec![format!("{} not null", self.table.column(column()).name)],
            Broken::RequiredWhen => first(&[Rule::Required]),
            Broken::Type => vec!["type".into()],
            Broken::Length => {
                let mut names = first(&[Rule::Values, Rule::Pattern, Rule::List]);
                let base = self.table.column(column()).ty.base;
                if base.max_chars().is_some() {
                    names.push("length".into());
                }
                names
            }
            Broken::Control => first(&[Rule::Text, Rule::Pattern, Rule::List]),
            Broken::Pattern => first(&[Rule::Pattern]),
            Broken::CheckDigit => first(&[Rule::Algorithm]),
            Broken::List => first(&[Rule::List]),
            Broken::Check(code) => {
                let place = self.table.checks.iter().position(|it| it.code == *code);
                match violation.severity(self.table) {
                    CheckSeverity::Error => {
                        self.name(Rule::Check(place.unwrap())).into_iter().collect()
                    }
                    // A database takes what is only suspicious.
                    CheckSeverity::Warning => vec!["accepted".into()],
                }
            }
            Broken::PrimaryKey => self.name(Rule::PrimaryKey).into_iter().collect(),
            Broken::UniqueKey(place) => self.name(Rule::Unique(*place)).into_iter().collect(),
            Broken::Reference(place) => self.name(Rule::ForeignKey(*place)).into_iter().collect(),
        }
    }

    fn case(&self, mutant: &sample::Mutant) -> Case {
        let wanted = self.standing_for(&mutant.expected);
        assert!(
            !wanted.is_empty(),
            "{}: nothing stands for {}",
            self.table.name,
            mutant.title
        );
        let broken = || mutant.also.iter().chain([&mutant.expected]);
        let mut allowed: Vec<String> = mutant
            .also
            .iter()
            .flat_map(|also| self.standing_for(also))
            .collect();
        // A text that breaks one rule of its column may break others of the same column, which the
        // model does not look at any more.
        for id in broken().filter_map(|broken| broken.column) {
            let rules = [
                Rule::Values,
                Rule::Text,
                Rule::Pattern,
                Rule::Algorithm,
                Rule::List,
            ];
            allowed.extend(rules.iter().filter_map(|rule| self.name(rule(id))));
        }
        Case {
            title: mutant.title.clone(),
            base: mutant.base,
            row: mutant.row.clone(),
            wanted,
            allowed,
            aside: Vec::new(),
        }
    }

    /// Values that PostgreSQL's types have and the model's have not: no text of a package holds them.
    fn borders(&self) -> Vec<Case> {
        let mut cases = Vec::new();
        // Conditions that compute with such a value fail on the way, in the order of their names.
        let computing = self
            .constraints
            .iter()
            .filter(|constraint| matches!(constraint.rule, Rule::Check(_) | Rule::Required(_)));
        let aside: Vec<String> = computing
            .map(|constraint| constraint.name.clone())
            .collect();
        for constraint in self.constraints {
            let (Rule::Values(id) | Rule::Text(id)) = constraint.rule else {
                continue;
            };
            let column = self.table.column(id);
            let texts: &[&str] = match column.ty.base {
                BaseType::Float | BaseType::Double => &["NaN", "Infinity", "-Infinity"],
                BaseType::Date => &["infinity", "-infinity", "0001-12-31 BC", "10000-01-01"],
                BaseType::Time(_) => &["24:00:00"],
                BaseType::Timestamp(_) => &[
                    "infinity",
                    "-infinity",
                    "0001-12-31 23:59:59 BC",
                    "10000-01-01 00:00:00",
                ],
                _ if matches!(constraint.rule, Rule::Values(_)) => &[""],
                _ => &[
                    "\u{1}", "\t", "\r", "\u{1f}", "\u{7f}", "\u{85}", "\u{2028}", "\u{2029}",
                ],
            };
            for text in texts {
                let mut row = self.rows[0].clone();
                row[id.index()] = Some((*text).to_owned());
                cases.push(Case {
                    title: format!("{} = {text:?}", column.name),
                    base: 0,
                    row,
                    wanted: vec![constraint.name.clone()],
                    allowed: self.constraints.iter().map(|it| it.name.clone()).collect(),
                    aside: aside.clone(),
                });
            }
        }
        cases
    }

    /// Tries the cases; gives back what refused something.
    fn run(&self, client: &mut Client, cases: &[Case]) -> BTreeSet<String> {
        let (model, table) = (self.model, self.table);
        let name = sql::qualified(model, table);
        let removals: Vec<String> = cases
            .iter()
            .map(|case| {
                let key = table.primary_key.iter().map(|id| {
                    let text = self.rows[case.base][id.index()].as_deref().unwrap();
                    let column = identifier(&table.column(*id).name);
                    format!("{column} = {}", sql::literal(text))
                });
                let key: Vec<String> = key.collect();
                let mut sql = format!("DELETE FROM {name} WHERE {}", key.join(" AND "));
                for constraint in &case.aside {
                    let constraint = identifier(constraint);
                    sql.push_str(&format!(
                        "; ALTER TABLE {name} DROP CONSTRAINT {constraint}"
                    ));
                }
                sql
            })
            .collect();
        let additions: Vec<String> = cases
            .iter()
            .map(|case| sql::insert(model, table, std::slice::from_ref(&case.row)))
            .collect();
        let wanted: Vec<String> = cases.iter().map(|case| case.wanted.join("\t")).collect();
        let rows = client
            .query(
                "SELECT public.refusals($1, removal, addition, string_to_array(wanted, E'\\t'))
                 FROM unnest($2::text[], $3::text[], $4::text[]) AS cases (removal, addition, wanted)",
                &[&name, &removals, &additions, &wanted],
            )
            .unwrap_or_else(|error| panic!("{}: {}", table.name, describe(&error)));
        assert_eq!(rows.len(), cases.len());
        let mut seen = BTreeSet::new();
        for (case, row) in cases.iter().zip(rows) {
            let hits: Vec<String> = row.get(0);
            let (last, before) = hits.split_last().unwrap();
            let fine =
                case.wanted.contains(last) && before.iter().all(|hit| case.allowed.contains(hit));
            assert!(
                fine,
                "{}: {}: refused by {hits:?}, wanted {:?}, besides {:?}\n{:?}",
                table.name, case.title, case.wanted, case.allowed, case.row
            );
            seen.extend(hits);
        }
        seen
    }
}
