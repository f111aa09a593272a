//! Scenarios over small models written as files, and the verifier against the reference.

mod support;

use support::{cells, column, model, package, run_on};

use super::verify::Verifier;
use super::*;
use crate::model::eval::{Value, verdict};
use crate::sample::{self, Options, judge};

#[test]
fn functions_give_what_they_say() {
    #[rustfmt::skip]
    let cases = [
        ("concat('a', 1, NULL, 2.5, TRUE, DATE '2024-02-29')", "a12.5true2024-02-29"),
        ("concat(TIME '08:30:00', TIMESTAMP '2024-01-02 03:04:05')", "08:30:002024-01-02 03:04:05"),
        ("padded(7, 3)", "007"),
        ("concat(length('ёж'), upper('ёж'), lower('ЁЖ'), substring('абвг', 2, 2))", "2ЁЖёжбв"),
        ("substring(hash('012345678901234567890123456789012345678901234567890123456789012'), 1, 8)", "1b54d01a"),
        ("completed('snils', '112233445')", "11223344595"),
        ("completed('inn', '770708389')", "7707083893"),
        ("completed('inn', '7700000001')", "770000000156"),
        ("concat(uuid(255))", "00000000-0000-4000-8000-0000000000ff"),
        ("concat(least(3, 1, NULL), greatest(1, 2.5), round(2.345, 2))", "12.52.35"),
        ("concat(share(10, 4, 1), share(10, 4, 2), share(10, 4, 3), share(10, 4, 4))", "3322"),
        ("concat(item(1, 'a', 'b'), item(4, 'a', 'b'), item(0, 'a', 'b'))", "abb"),
        ("concat(EXTRACT(YEAR FROM DATE '2024-02-29'), EXTRACT(MONTH FROM DATE '2024-02-29'))", "20242"),
        ("concat(EXTRACT(ISODOW FROM DATE '2024-09-01'), EXTRACT(HOUR FROM TIME '23:05:00'))", "723"),
        ("concat(EXTRACT(MINUTE FROM TIMESTAMP '1969-12-31 23:59:00'))", "59"),
        ("concat(make_date(2024, 2, 30), make_date(2024, 2, 29))", "2024-02-29"),
        ("concat(make_time(24, 0, 0), make_time(7, 5, 0))", "07:05:00"),
        ("concat(plus_months(DATE '2024-01-31', 1), plus_months(DATE '2024-01-31', -2))", "2024-02-292023-11-30"),
        ("concat(plus_seconds(TIME '23:59:59', 1), plus_seconds(TIME '23:59:58', 1))", "23:59:59"),
        ("concat(CAST(moment(DATE '2024-01-02', TIME '03:04:05') AS date))", "2024-01-02"),
        ("concat(full_years(DATE '2000-02-29', DATE '2018-02-28'))", "17"),
        ("concat(seconds_between(TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-01 00:01:01'))", "61"),
        ("concat(coalesce(NULL, 'a'), nullif('a', 'a'), nullif('a', 'b'))", "aa"),
        ("concat(7 / 2, -7 / 2, 7 % 3, 7 / 0, 1.5 * 2)", "3-313"),
        ("concat(DATE '2024-03-01' - DATE '2024-02-28', DATE '2024-02-28' + 2)", "22024-03-01"),
        ("CASE WHEN NULL THEN 'a' WHEN 2 BETWEEN 1 AND 3 THEN 'b' END", "b"),
        ("CASE 'x' WHEN 'y' THEN 'a' ELSE 'b' END", "b"),
        ("concat('ab' LIKE 'a%', 1 IN (2, 3), 1 IS NULL, TRUE AND NULL, TRUE OR NULL)", "truefalsefalsetrue"),
        ("concat(n, made, serial, scale, prefix, CURRENT_DATE)", "1115DEMO2025-02-14"),
        ("concat(code('status', 2), code_total('status'))", "late2"),
    ];
    for (formula, expected) in cases {
        let scenario = format!("nest:\n  - make: person\n    set: {{ note: \"{formula}\" }}\n");
        let model = model(&scenario);
        let package = package(&model, 5);
        assert_eq!(
            column(&model, &package, "person", "note"),
            [expected],
            "{formula}"
        );
    }
}

#[test]
fn rows_made_before_are_counted_picked_and_gone_over() {
    let model = model(
        "nest:
  - make: person
    count: '2'
    let: { size: 'n + 1' }
    nest:
      - make: visit
        as: seen
        count: person.size
        let: { number: n * 10 }
        set: { id: \"concat(person.id, '/', n)\" }
      - make: visit
        as: summary
        with:
          second: nth(seen, 2)
          round: nth(seen, 7)
          tail: last(seen)
          found: find(seen, seen.number = 20)
          none: find(seen, seen.number = 99)
        set:
          id: >-
            concat(count_of(seen), ' ', sum_of(seen, seen.number), ' ', average_of(seen, seen.number), ' ',
            min_of(seen, seen.number), ' ', max_of(seen, seen.number, seen.number < 30), ' ',
            first_of(seen, seen.id), ' ', last_of(seen, seen.id), ' ', second.id, ' ', round.number, ' ',
            tail.number, ' ', found.number, ' ', none.id)
      - each: seen
        as: again
        skip: '1'
        take: '1'
        when: again.number > 10
        nest:
          - make: visit
            as: third
            set: { id: \"concat('again ', again.id, ' ', again.n)\" }
  - repeat: count_of(seen)
    nest:
      - make: person
        as: last_person
        nest:
          - make: visit
            as: fourth
",
    );
    let package = package(&model, 1);
    let ids = column(&model, &package, "visit", "id");
    let wanted = [
        "DEMO-1/1",
        "DEMO-1/2",
        "2 30 15 10 20 DEMO-1/1 DEMO-1/2 DEMO-1/2 10 20 20 ",
        "again DEMO-1/2 1",
        "DEMO-2/1",
        "DEMO-2/2",
        "DEMO-2/3",
        "3 60 20 10 20 DEMO-2/1 DEMO-2/3 DEMO-2/2 10 30 20 ",
        "again DEMO-2/2 1",
    ];
    assert_eq!(ids[..wanted.len()], wanted);
    // The rows of all persons, for the step at the top.
    assert_eq!(ids.len(), wanted.len() + 5);
    assert_eq!(judge(&model, &package, model.scenario().unwrap().today), []);
}

#[test]
fn a_name_with_a_point_looks_back_beyond_the_round() {
    let within = |name: &str| {
        let scenario = format!(
            "nest:
  - make: person
    nest:
      - repeat: '3'
        as: turn
        nest:
          - make: visit
          - make: visit
            as: count
            set: {{ id: \"concat(turn.n, ' ', count_of({name}))\" }}
"
        );
        let model = model(&scenario);
        let ids = column(&model, &package(&model, 1), "visit", "id");
        [1, 3, 5].map(|at| ids[at].clone())
    };
    assert_eq!(within("visit"), ["1 1", "2 1", "3 1"]);
    assert_eq!(within("person.visit"), ["1 1", "2 2", "3 3"]);
}

#[test]
fn lists_of_the_model_can_be_gone_over() {
    let model = model(
        "nest:
  - over: classifiers
    as: list
    nest:
      - over: values
        as: value
        when: value.list = list.name
        nest:
          - make: person
            set: { id: \"concat(list.name, list.kind, value.code, value.title)\" }
            nest: [{ make: visit }]
",
    );
    let ids = column(&model, &package(&model, 1), "person", "id");
    let wanted = [
        "statusclosedpresentприсутствовал",
        "statusclosedlateопоздал",
    ];
    assert_eq!(ids, wanted);
}

#[test]
fn defaults_follow_references_lists_and_types() {
    let model = model(
        "columns: { note: \"concat('за ', id)\" }
types:
  short_number: padded(serial, 4)

nest:
  - make: person
    as: one
    nest:
      - make: visit
        count: '40'
",
    );
    let package = package(&model, 1);
    assert_eq!(column(&model, &package, "person", "code"), ["0001"]);
    let persons = column(&model, &package, "visit", "person_id");
    assert!(persons.iter().all(|person| person == "DEMO-1"));
    let codes = column(&model, &package, "visit", "status_code");
    assert_eq!(codes[..4], ["present", "late", "present", "late"]);
    // `note` is optional: a quarter is empty, not always the same of four neighbours.
    let notes = cells(&model, &package, "visit", "note");
    let empty: Vec<usize> = (0..40).filter(|at| notes[*at].is_none()).collect();
    assert_eq!(empty.len(), 10);
    assert!(empty.windows(2).any(|pair| pair[1] - pair[0] != 4));
    assert_eq!(
        notes.iter().flatten().next().map(String::as_str),
        Some("за DEMO-2")
    );
    // Minutes are there exactly where the condition asks for them.
    let minutes = cells(&model, &package, "visit", "minutes");
    let late = |at: usize| codes[at] == "late";
    assert!((0..40).all(|at| minutes[at].is_some() == late(at)));
}

#[test]
fn random_choices_follow_the_seed_and_nothing_beside() {
    let steps = |extra: &str| {
        format!(
            "nest:
  - make: person
    count: '30'
    set:
      note: concat(random(1, 1000000), ' ', pick('a', 'b', 'c'), ' ', chance(50))
    nest:
{extra}      - make: visit
        set:
          note: concat(random(1, 1000000))
"
        )
    };
    let plain = model(&steps(""));
    let more =
        "      - make: visit\n        as: other\n        set: { note: 'concat(random(1, 9))' }\n";
    let richer = model(&steps(more));
    let notes = |model: &Model, seed: u64| {
        let package = run_on(model, 1, seed).unwrap();
        (
            column(model, &package, "person", "note"),
            column(model, &package, "visit", "note"),
        )
    };
    let (persons, visits) = notes(&plain, 1);
    assert_eq!((persons.clone(), visits.clone()), notes(&plain, 1));
    assert_ne!(persons, notes(&plain, 2).0);
    let (same, mixed) = notes(&richer, 1);
    assert_eq!(persons, same);
    let every_second: Vec<String> = mixed.into_iter().skip(1).step_by(2).collect();
    assert_eq!(visits, every_second);
    let mut distinct = visits.clone();
    distinct.sort();
    distinct.dedup();
    assert!(distinct.len() > 25);
}

#[test]
fn a_row_that_breaks_a_rule_ends_the_run_and_is_told() {
    let cases = [
        ("id: concat('')", "`id` has no value"),
        (
            "id: \"concat('a', substring(hash('x'), 1, 120))\"",
            "wrong number of characters",
        ),
        ("code: \"'12'\"", "`code` has a wrong form"),
        (
            "snils: \"'11223344590'\"",
            "`snils` has a wrong check digit",
        ),
    ];
    for (set, expected) in cases {
        let scenario = format!(
            "nest:\n  - make: person\n    set: {{ {set} }}\n    nest: [{{ make: visit }}]\n"
        );
        let model = model(&scenario);
        let error = run_on(&model, 1, 1).unwrap_err();
        let finding = error.to_diagnostic().unwrap();
        assert!(
            finding.message.en.contains(expected),
            "{}",
            finding.message.en
        );
        assert!(finding.help.unwrap().en.contains("id = "));
    }
    let check = "nest:\n  - make: person\n    nest:\n      - make: visit\n        set: { minutes: '300' }\n";
    let finding = run_on(&model(check), 1, 1).unwrap_err().to_diagnostic();
    assert!(finding.unwrap().message.en.contains("visit.minutes"));
    for count in ["0 - 1", "nullif(1, 1)", "2000000000"] {
        let scenario =
            format!("nest:\n  - make: person\n    count: {count}\n    nest: [{{ make: visit }}]\n");
        let error = run_on(&model(&scenario), 1, 1).unwrap_err();
        assert!(matches!(error, Error::Count { .. }), "{error:?}");
    }
}

#[test]
fn the_folder_is_written_whole_or_not_at_all() {
    let model = model("nest:\n  - make: person\n    count: '3'\n    nest: [{ make: visit }]\n");
    let request = Request::new(model.scenario().unwrap(), 1);
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("package");
    let mut folder = Folder::create(&model, &out, false).unwrap();
    run(&model, &request, &mut folder).unwrap();
    let summary = folder.finish().unwrap();
    assert_eq!(summary.rows(), 6);
    let files = sample::csv::package(&model, &package(&model, 1));
    for (table, text) in files {
        let written = std::fs::read_to_string(out.join(format!("{table}.csv"))).unwrap();
        assert_eq!(written, text, "{table}");
    }
    let manifest = std::fs::read_to_string(out.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["producer"]["name"], "vitrina sample");
    let told = manifest["files"].as_array().unwrap().iter();
    let told: Vec<_> = told
        .map(|file| {
            (
                file["table"].as_str().unwrap(),
                file["rows"].as_u64().unwrap(),
            )
        })
        .collect();
    let mut counted: Vec<_> = summary
        .tables
        .iter()
        .map(|it| (it.table.as_str(), it.rows))
        .collect();
    counted.sort_unstable();
    assert_eq!(told, counted);
    let refused = Folder::create(&model, &out, false).unwrap_err();
    assert!(matches!(refused, FolderError::Occupied(_)));
    // A run that ends early leaves the files of the earlier package alone and nothing of its own.
    drop(Folder::create(&model, &out, true).unwrap());
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 3);
    let other = place.path().join("other");
    drop(Folder::create(&model, &other, false).unwrap());
    assert!(!other.exists());
}

/// A sampled package and its mutants, row by row: the verifier and the reference agree.
#[test]
fn the_verifier_agrees_with_the_reference() {
    let model = model("nest:\n  - make: person\n    nest: [{ make: visit }]\n");
    let today = model.scenario().unwrap().today;
    let verifier = Verifier::new(&model, today);
    let mut compared = 0;
    for seed in 0..5 {
        let options = Options {
            seed,
            ..Options::new(today)
        };
        let package = sample::package(&model, &options).unwrap();
        for table in model.tables() {
            let mutants = sample::mutants(&model, &package, table, today, seed).mutants;
            let mutants = mutants.iter().filter(|mutant| !mutant.texts_only);
            let rows = package.rows(table.id).iter();
            for row in rows.chain(mutants.map(|mutant| &mutant.row)) {
                let atoms: Vec<Atom> = table
                    .columns
                    .iter()
                    .zip(row)
                    .map(|(column, text)| match text {
                        Some(text) => support::atom(Value::parse(column.ty.base, text), text),
                        None => Atom::Null,
                    })
                    .collect();
                let broken = !verifier.broken(table.id, &atoms).is_empty();
                let reference = verdict(&model, table, row, today);
                // In CSV an empty text is no value; a scenario does not write one.
                if row.iter().any(|cell| cell.as_deref() == Some("")) {
                    continue;
                }
                assert_eq!(broken, !reference.is_empty(), "{row:?}: {reference:?}");
                compared += 1;
            }
        }
    }
    assert!(compared > 200, "{compared}");
}
