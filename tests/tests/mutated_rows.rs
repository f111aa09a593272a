//! Who else judges rows says of changed ones what the validator of packages says, as far as it has words
//! for it: the generated `validate()`, JSON Schema by the crate `jsonschema`, PostgreSQL with the feature
//! `external`.
//!
//! What is compared of a row: the columns whose value is at fault, the columns that lack a value which a
//! condition demands, the row checks that do not hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::LazyLock;

use serde_json::Value;
use vitrina::finding::{Context, Problem};
use vitrina::{Findings, Record, TableVisitor};
use vitrina_codegen::model::{Table, TableId};
use vitrina_codegen::sample;
use vitrina_tests::cells::CellSource;
use vitrina_tests::model;
use vitrina_tests::mutation::{Base, ChangedRow, rows};
use vitrina_tests::reason::{Job, of_refusals, told};

#[path = "json/validator.rs"]
mod validator;

/// Packages that are changed, and changes of each.
const PACKAGES: u64 = 48;
const CHANGES: usize = 60;
/// Rows to be had of them.
const ROWS: usize = 900;

/// What is wrong with a row: `birth_date`, `when end_date`, `check attendance.late`.
type Reasons = BTreeSet<String>;

static BASE: LazyLock<Base> = LazyLock::new(|| Base::of_scenario(3, 1).unwrap());

/// Changed rows, judged by the validator.
static ROWS_JUDGED: LazyLock<Vec<ChangedRow>> = LazyLock::new(|| {
    let of = |seed: u64| rows(&BASE, CHANGES, seed).unwrap();
    let (odd, even): (Vec<u64>, Vec<u64>) = (1..=PACKAGES).partition(|seed| seed % 2 == 1);
    let all: Vec<ChangedRow> = std::thread::scope(|scope| {
        let odd = scope.spawn(|| odd.into_iter().flat_map(of).collect::<Vec<_>>());
        let mut all: Vec<ChangedRow> = even.into_iter().flat_map(of).collect();
        all.extend(odd.join().unwrap());
        all
    });
    // NUL is a fault of the file: the validator names no column.
    let all: Vec<ChangedRow> = (all.into_iter())
        .filter(|row| !row.found.iter().any(|(code, ..)| code == "V0211"))
        .collect();
    assert!(all.len() >= ROWS, "{}", all.len());
    all
});

/// The validator's reasons, without the codes left out.
fn reasons(row: &ChangedRow, left_out: &[&str]) -> Reasons {
    let found = row.found.iter();
    let found = found.filter(|(code, ..)| !left_out.contains(&code.as_str()));
    found
        .filter_map(|(code, rule, column)| {
            let column = || column.clone();
            match code.as_str() {
                "V0402" => Some(format!("when {}", column()?)),
                "V0501" => Some(format!("check {}", rule.as_deref()?)),
                // How a field is written, and what only looks wrong.
                "V0302" | "V0413" | "V0414" | "V0415" | "V0416" => None,
                code if code.starts_with("V04") || code == "V0305" => column(),
                _ => None,
            }
        })
        .collect()
}

fn is_of_row(reason: &str) -> bool {
    reason.starts_with("check ") || reason.starts_with("when ")
}

/// Whether a text is no value of its column's type.
fn has_unreadable(row: &ChangedRow) -> bool {
    let codes = ["V0403", "V0409", "V0410", "V0412", "V0305"];
    row.found
        .iter()
        .any(|(code, ..)| codes.contains(&code.as_str()))
}

fn table(id: TableId) -> &'static Table {
    BASE.model.table(id)
}

/// Fails with the first few disagreements.
fn agree(wrong: &[String], refused: usize, taken: usize) {
    assert!(
        wrong.is_empty(),
        "{}:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(12)].join("\n")
    );
    assert!(
        refused > ROWS / 2 && taken > ROWS / 20,
        "{refused} refused, {taken} taken"
    );
}

/// By the generated type: the column whose cell is no value of it, or all that `validate` finds.
struct Validate<'a> {
    row: &'a ChangedRow,
    context: &'a Context,
}

impl TableVisitor for Validate<'_> {
    type Output = Result<Reasons, String>;

    fn visit<R: Record + Debug + 'static>(self) -> Self::Output {
        let row = R::read_row(&mut CellSource(&self.row.cells));
        let row: R = row.map_err(|(column, _)| R::TABLE.column_name(column).to_string())?;
        let mut findings = Findings::new();
        row.validate(self.context, &mut findings);
        let reason = |finding: &vitrina::Finding| {
            let column = finding.column().unwrap_or_default();
            match finding.problem() {
                Problem::Check { .. } => format!("check {}", finding.code()),
                Problem::RequiredWhen => format!("when {column}"),
                _ => column.to_owned(),
            }
        };
        Ok(findings.iter().map(reason).collect())
    }
}

#[test]
fn generated_types_judge_as_the_validator_does() {
    let context = Context::new(BASE.moment.today.to_string().parse().unwrap());
    let mut wrong = Vec::new();
    let (mut refused, mut taken) = (0, 0);
    for row in &*ROWS_JUDGED {
        let expected = reasons(row, &[]);
        let visitor = Validate {
            row,
            context: &context,
        };
        let found = vitrina_model::visit(&table(row.table).name, visitor).unwrap();
        let is_same = match &found {
            Err(column) => expected.contains(column),
            Ok(found) => *found == expected,
        };
        match expected.is_empty() {
            true => taken += 1,
            false => refused += 1,
        }
        if !is_same {
            wrong.push(format!(
                "{}: {found:?}, validator {:?}",
                row.title, row.found
            ));
        }
    }
    agree(&wrong, refused, taken);
}

#[test]
fn json_schema_judges_as_the_validator_does() {
    let mut by_table: BTreeMap<TableId, Vec<&ChangedRow>> = BTreeMap::new();
    for row in &*ROWS_JUDGED {
        by_table.entry(row.table).or_default().push(row);
    }
    let schema = |name: &str| -> Value {
        let path = model::path(&format!("generated/json-schema/{name}.schema.json"));
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    let jobs: Vec<Job> = (by_table.iter())
        .map(|(id, rows)| Job {
            schema: schema(&table(*id).name),
            instances: (rows.iter())
                .map(|row| sample::json::row(table(*id), &row.cells))
                .collect(),
        })
        .collect();
    let judged = validator::jsonschema(&jobs).unwrap();
    let mut wrong = Vec::new();
    let (mut refused, mut taken) = (0, 0);
    for (((id, rows), job), judged) in by_table.iter().zip(&jobs).zip(&judged) {
        let expressed: BTreeSet<String> = told(&job.schema)
            .filter(|told| told["expressed"] == true)
            .filter_map(|told| Some(format!("check {}", told["code"].as_str()?)))
            .collect();
        for ((row, json), errors) in rows.iter().zip(&job.instances).zip(judged) {
            // No schema computes check digits, nor every condition.
            let mut expected = reasons(row, &["V0407"]);
            expected.retain(|one| !one.starts_with("check ") || expressed.contains(one));
            let found = of_refusals(&BASE.model, table(*id), &job.schema, json, errors).unwrap();
            let mut found: Reasons = (found.iter())
                .map(|one| match is_of_row(one) {
                    true => one.clone(),
                    false => one.split(' ').next().unwrap_or_default().to_owned(),
                })
                .collect();
            // The model judges no condition over a text that is no value; a schema may.
            if has_unreadable(row) {
                expected.retain(|one| !is_of_row(one));
                found.retain(|one| !is_of_row(one));
            }
            match expected.is_empty() {
                true => taken += 1,
                false => refused += 1,
            }
            if found != expected {
                wrong.push(format!(
                    "{}: {found:?}, validator {:?}",
                    row.title, row.found
                ));
            }
        }
    }
    agree(&wrong, refused, taken);
}

#[cfg(feature = "external")]
mod database {
    use vitrina_codegen::model::{BaseType, CheckSeverity};
    use vitrina_tests::postgres::{Server, describe};
    use vitrina_tests::sql;

    use super::*;

    /// Why a row is refused; null for one that is taken. Nothing remains of it.
    const REFUSAL: &str = "
CREATE FUNCTION public.refusal(addition text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE addition;
    RAISE EXCEPTION USING ERRCODE = 'V0001';
EXCEPTION
    WHEN SQLSTATE 'V0001' THEN RETURN NULL;
    WHEN OTHERS THEN RETURN SQLSTATE || ' ' || SQLERRM;
END $$";

    /// What PostgreSQL must refuse a row for: not what is only suspicious, nor what depends on its own
    /// day, nor a text that its types read more freely than the model's.
    fn must_refuse(row: &ChangedRow) -> bool {
        let table = table(row.table);
        row.found.iter().any(|(code, rule, column)| {
            let column = column.as_deref().and_then(|name| table.find_column(name));
            let is_text = column.is_some_and(|column| column.ty.base.is_text());
            match code.as_str() {
                "V0403" | "V0409" => column.is_some_and(|column| {
                    let text = row.cells[column.id.index()].as_deref().unwrap_or_default();
                    column.ty.base != BaseType::Boolean && is_plain_nonsense(text)
                }),
                "V0412" | "V0305" => is_text,
                "V0501" => table.checks.iter().any(|check| {
                    Some(&check.code) == rule.as_ref()
                        && check.severity == CheckSeverity::Error
                        && !format!("{:?}", check.expr).contains("CurrentDate")
                }),
                "V0302" | "V0413" | "V0414" | "V0415" | "V0416" => false,
                // As the standard says, blanks behind the last character that fits are dropped.
                "V0404" | "V0405" | "V0417" => column.is_some_and(|column| {
                    let text = row.cells[column.id.index()].as_deref().unwrap_or_default();
                    !text.ends_with(' ')
                }),
                code => code.starts_with("V04"),
            }
        })
    }

    /// No reader of numbers or dates takes it.
    fn is_plain_nonsense(text: &str) -> bool {
        ["ни то ни сё", "2024-02-30", "2023-02-29", "--", "1e"].contains(&text)
    }

    #[test]
    fn postgresql_judges_as_the_validator_does() {
        let server = Server::shared().unwrap();
        let mut client = server.create_database("mutated_rows").unwrap();
        let all = model::path("generated/ddl/postgresql/all.sql");
        server.psql("mutated_rows", &all).unwrap();
        client.batch_execute(REFUSAL).unwrap();
        // A row stands alone here: what it refers to is not looked for.
        let alone = "SET session_replication_role = 'replica'";
        client.batch_execute(alone).unwrap();
        let additions: Vec<String> = (ROWS_JUDGED.iter())
            .map(|row| {
                let cells = std::slice::from_ref(&row.cells);
                sql::insert(&BASE.model, table(row.table), cells)
            })
            .collect();
        let query = "SELECT public.refusal(addition) FROM unnest($1::text[]) WITH ORDINALITY
                     AS all_of_them (addition, place) ORDER BY place";
        let answers = client.query(query, &[&additions]);
        let answers = answers.unwrap_or_else(|error| panic!("{}", describe(&error)));
        assert_eq!(answers.len(), additions.len());
        let mut wrong = Vec::new();
        let (mut refused, mut taken) = (0, 0);
        for (row, answer) in ROWS_JUDGED.iter().zip(answers) {
            let answer: Option<String> = answer.get(0);
            let is_same = match answer {
                None => !must_refuse(row),
                Some(_) => !reasons(row, &[]).is_empty(),
            };
            match answer {
                None => taken += 1,
                Some(_) => refused += 1,
            }
            if !is_same {
                wrong.push(format!(
                    "{}: {answer:?}, validator {:?}",
                    row.title, row.found
                ));
            }
        }
        agree(&wrong, refused, taken);
    }
}
