//! The examples of every rule and indicator.

use vitrina_codegen::quality::{Moment, judge};
use vitrina_tests::model as models;
use vitrina_tests::rules::fixture::{self, Body, Case, Fixtures};

use super::driver::{self, WAYS};

#[test]
fn examples_of_rules_come_out_alike() {
    let model = models::big().unwrap();
    let mut errors = Vec::new();
    let Fixtures {
        assertions,
        indicators,
    } = fixture::read(&model, &mut errors).unwrap();
    assert!(errors.is_empty(), "{errors:?}");
    let cases = assertions.iter().flat_map(|fixture| fixture.cases());
    let cases = cases.chain(
        indicators
            .iter()
            .flat_map(|counts| counts.cases.iter().map(|(case, ..)| case)),
    );
    let mut judged = 0;
    let mut broken = 0;
    let mut wrong = Vec::new();
    for (number, case) in cases.enumerate() {
        let Case {
            body: Body::Rows(rows),
            ..
        } = case
        else {
            continue;
        };
        let package: driver::Package = (model.tables().iter())
            .map(|table| Some(rows.rows_of(table.id).to_vec()))
            .collect();
        let now: vitrina::Timestamp = case.now.parse().unwrap();
        let moment = Moment::from(now);
        let reference = driver::reference(&model, &package);
        let expected = driver::expected(&model, &judge(&model, &reference, moment));
        let way = WAYS[number % WAYS.len()];
        let (found, _) = driver::found(&model, &package, moment, way);
        for fault in driver::differ(&expected, &found) {
            wrong.push(format!("{} {way:?}: {fault}", case.place));
        }
        driver::marks_are_right(&model, &found);
        judged += 1;
        broken += expected.broken.iter().filter(|one| one.1.is_some()).count();
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(judged > 400 && broken > 400, "{judged} {broken}");
}
