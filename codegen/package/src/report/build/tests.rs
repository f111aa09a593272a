use super::super::sample::{limited, report, spotless};
use super::*;
use crate::Area;

#[test]
fn root_causes_stand_first_then_tables_in_the_order_of_the_model() {
    let report = report();
    let order = |name: &Option<String>| {
        let position = |name: &String| report.tables.iter().position(|table| table.name == *name);
        name.as_ref().and_then(position)
    };
    let keys: Vec<_> = report
        .findings
        .iter()
        .map(|one| (one.area, order(&one.table)))
        .collect();
    assert!(keys.is_sorted(), "{keys:#?}");
    assert_eq!(report.findings[0].area, Area::Package);
    assert!(report.findings.len() >= 30, "{}", report.findings.len());
}

#[test]
fn counts_are_those_of_the_tally() {
    let report = report();
    let mut sum = Severities::default();
    for finding in &report.findings {
        sum.add(finding.severity, finding.count);
    }
    assert_eq!(sum, report.totals);
    let of_tables: u64 = report
        .tables
        .iter()
        .map(|table| table.findings.errors + table.findings.warnings)
        .sum();
    let without: u64 = report
        .findings
        .iter()
        .filter(|one| one.table.is_none())
        .map(|one| one.count)
        .sum();
    assert_eq!(of_tables + without, sum.errors + sum.warnings);
}

#[test]
fn personal_values_are_masked_unless_asked_for() {
    let hidden = format!("{:?}", report());
    let secrets = [
        "112-233-445 95",
        "11223344595",
        "03.05.2010",
        "А-113",
        "79001234567",
    ];
    for secret in secrets {
        assert!(!hidden.contains(secret), "{secret}");
    }
    let shown = limited(Limits {
        shows_values: true,
        ..Limits::default()
    });
    assert!(shown.shows_values);
    let shown = format!("{shown:?}");
    for secret in secrets {
        assert!(shown.contains(secret), "{secret}");
    }
}

#[test]
fn samples_have_their_places_keys_and_values() {
    let report = report();
    let of = |code: crate::Code, table: &str| {
        let mut all = report.findings.iter();
        all.find(|one| one.code == code && one.table.as_deref() == Some(table))
            .unwrap()
    };
    let weight = &of(code::TYPE, "mark").samples[0];
    assert_eq!(weight.file.as_deref(), Some("mark.csv"));
    assert_eq!(
        (weight.line, weight.key.as_deref()),
        (Some(5), Some("SCHOOL_3"))
    );
    assert_eq!(weight.values[0].text, "1,5");
    // The field at fault stands behind six others of the line, which begins at byte 550.
    assert_eq!((weight.position, weight.byte), (Some(78), Some(627)));
    // A file in another encoding has other bytes than its text.
    let person = &of(code::TYPE, "person").samples[0];
    assert_eq!(person.byte, Some(1600));
    // Nothing of a broken line is shown.
    let broken = &of(code::FIELD_COUNT, "mark").samples[0];
    assert_eq!(
        (broken.line, &broken.key, broken.values.len()),
        (Some(120), &None, 0)
    );
    // A control character is no longer one.
    let code = &of(code::CODE, "attendance").samples[1];
    assert_eq!(code.values[0].text, "был␛[31m");
    // The missing parents, the most frequent with its count.
    let mut all = report.findings.iter();
    let orphans = all
        .find(|one| one.code == code::ORPHAN && one.columns[0].name == "lesson_id")
        .unwrap();
    assert_eq!(orphans.distinct, Some(3));
    let first = &orphans.samples[0];
    assert_eq!(
        (first.value.as_deref(), first.count),
        (Some("SCHOOL_L17"), 9312)
    );
    // What its file does not give any more is said.
    assert_eq!(of(code::LOOK_ALIKE, "room").samples[0].line, None);
    assert!(report.unchecked.iter().any(|one| one.cause == "file-lost"));
}

#[test]
fn row_checks_show_the_columns_that_they_read() {
    let report = report();
    let mut all = report.findings.iter();
    let period = all
        .find(|one| {
            one.rules
                .first()
                .is_some_and(|rule| rule == "student.period")
        })
        .unwrap();
    let columns: Vec<&str> = period.samples[0]
        .values
        .iter()
        .map(|one| one.column.as_str())
        .collect();
    assert_eq!(columns, ["start_date", "end_date"]);
    assert!(
        period
            .detail
            .as_ref()
            .unwrap()
            .en
            .contains("start_date <= end_date")
    );
    assert!(
        period
            .message
            .en
            .starts_with("check `student.period` is broken: ")
    );
}

#[test]
fn limits_leave_samples_away_fairly_and_count_what_is_left() {
    let whole = report();
    let few = limited(Limits {
        findings: 20,
        shows_values: false,
    });
    assert_eq!(few.findings.len(), 20);
    assert_eq!(few.totals, whole.totals);
    assert_eq!(few.omitted.groups, whole.findings.len() as u64 - 20);
    let samples: usize = few.findings.iter().map(|one| one.samples.len()).sum();
    assert_eq!(samples, 20);
    assert!(few.findings.iter().all(|one| one.samples.len() == 1));
    let mut unlisted = Severities::default();
    for finding in &whole.findings[20..] {
        unlisted.add(finding.severity, finding.count);
    }
    assert_eq!(few.omitted.findings, unlisted);
}

#[test]
fn fingerprints_are_stable_and_differ() {
    let report = report();
    let mut names: Vec<&str> = report
        .findings
        .iter()
        .map(|one| one.fingerprint.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), report.findings.len());
    assert_eq!(report, super::super::sample::report());
}

#[test]
fn the_hash_of_a_package_is_that_of_its_list_of_hashes() {
    let file = |name: &str, sha256: Option<&str>| FileFacts {
        name: name.to_owned(),
        bytes: 0,
        sha256: sha256.map(str::to_owned),
        table: None,
        separator: b';',
        columns: Vec::new(),
    };
    let (one, two) = (file("b.csv", Some("00")), file("a.csv", Some("11")));
    let hash = package_hash(&[one.clone(), two.clone()]);
    // printf '11  a.csv\n00  b.csv\n' | sha256sum
    let expected = hex(Sha256::digest("11  a.csv\n00  b.csv\n").iter());
    assert_eq!(hash.as_deref(), Some(expected.as_str()));
    assert_eq!(hash, package_hash(&[two.clone(), one]));
    assert_eq!(package_hash(&[two, file("c.csv", None)]), None);
}

#[test]
fn a_spotless_package_has_nothing_to_say() {
    let report = spotless();
    assert!(report.findings.is_empty() && report.unchecked.is_empty());
    assert!(!report.fails(vitrina_codegen::model::CheckSeverity::Warning));
}
