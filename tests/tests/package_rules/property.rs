//! Random packages of a model that has every shape of rules.

use std::collections::BTreeMap;

use vitrina_codegen::diagnostic::{Format, Lang, Report};
use vitrina_codegen::model::Model;
use vitrina_codegen::pipeline::compile;
use vitrina_codegen::quality::{Moment, judge};
use vitrina_codegen::source::files::load;
use vitrina_codegen::source::{SourceFile, SourceSet};
use vitrina_package::{Cause, Subject};
use vitrina_tests::model as models;
use vitrina_tests::random::Random;

use super::driver::{self, WAYS};
use crate::random;

/// Packages that are judged, each in every way.
const PACKAGES: u64 = 400;

/// The moment of judgement: amid the values that rows have.
const NOW: &str = "2024-01-06 09:30:00";

/// Equalities among the conditions of searches, which here are as good as keys.
const EQUALITIES: &str = "
- rule: E-01
  title: Равенства в условиях
  metric: linkage
  origin: inference
  assertions:
    - part: a
      table: person
      exists: { in: visit, on: { person_id: id }, where: mark = this.score }
    - part: b
      table: person
      not_exists:
        - { in: step, on: { person_id: id } }
        - { in: visit, where: this.score = weight AND letter_code IS NOT NULL }
    - part: c
      table: school
      within: { in: person, where: this.capacity - 1 = score AND school_id = this.id, sum: weight, at_most: 1 }
    - part: d
      table: lesson
      exists:
        - { in: visit, on: { lesson_id: id }, where: mark = this.hours AND weight > this.hours }
        - in: person
          on: { id: teacher_id }
          where: EXTRACT(YEAR FROM birth_date) = EXTRACT(YEAR FROM this.school_id.opened)
    - part: e
      table: visit
      within: { in: visit, where: noted_at = this.noted_at AND mark + this.mark = 4, at_most: 0 }
    - part: f
      severity: warning
      table: visit
      not_exists: { in: lesson, where: end_at = CURRENT_TIMESTAMP AND school_id.letter_code = this.person_id.school_id.letter_code }
";

/// The model of every shape, and the rules of above.
fn model() -> Model {
    let mut report = Report::new();
    let sources = load(&models::path("tests/models/quality"), &mut report).unwrap();
    let files = sources.iter().map(|(_, file)| SourceFile {
        path: file.path.clone(),
        text: file.text.clone(),
    });
    let more = SourceFile {
        path: "rules/equalities.yaml".into(),
        text: EQUALITIES.into(),
    };
    let sources = SourceSet::new("", files.chain([more]).collect());
    compile(&sources, &mut report).unwrap_or_else(|| {
        panic!("{}", Format::Text.render(&[(&report, &sources)], Lang::En, false))
    })
}

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
    let model = model();
    let mut sides: BTreeMap<String, [bool; 2]> = BTreeMap::new();
    let mut unreadable = 0;
    let mut unjudged = 0;
    for seed in 0..PACKAGES {
        let package = package(&model, &mut Random::new(seed));
        let reference = driver::reference(&model, &package);
        let expected = driver::expected(&model, &judge(&model, &reference, moment()));
        unreadable += expected.counts.values().map(|counts| counts[2]).sum::<u64>();
        unjudged += expected.unjudged.len();
        for ((code, _), [judged, broken, _]) in &expected.counts {
            let [kept, is_broken] = sides.entry(code.clone()).or_default();
            *kept |= judged > broken;
            *is_broken |= *broken > 0;
        }
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
    // Every rule was kept and broken.
    sides.retain(|_, both| both.contains(&false));
    assert!(sides.is_empty(), "{sides:?}");
    assert!(unreadable > 1000 && unjudged > 100, "{unreadable} {unjudged}");
}
