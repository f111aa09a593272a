//! The DDL for PostgreSQL on a real server: check digits agree with the runtime, expressions have the
//! values that their documentation says, the fixture's schema loads and refuses bad rows.

#![cfg(feature = "external")]

use postgres::Client;
use vitrina::identifier::Algorithm;
use vitrina_codegen::target::ddl::postgresql;
use vitrina_tests::postgres::{Server, describe};
use vitrina_tests::random::Random;

const EXPRESSIONS: &str = include_str!(
    "../../codegen/compiler/src/target/ddl/expr/snapshots/vitrina_codegen__target__ddl__expr__tests__printed_expressions.snap"
);
const PATTERNS: &str = include_str!(
    "../../codegen/compiler/src/target/ddl/postgresql/snapshots/vitrina_codegen__target__ddl__postgresql__tests__patterns_as_the_model_means_them.snap"
);
const SCHEMA: &str = include_str!(
    "../../codegen/compiler/src/target/ddl/postgresql/snapshots/vitrina_codegen__target__ddl__postgresql__tests__the_whole_schema.snap"
);

/// The text of a snapshot, behind its head.
fn snapshot(file: &str) -> &str {
    file.splitn(3, "---\n").nth(2).unwrap()
}

fn functions(client: &mut Client) {
    let algorithms = vitrina_codegen::model::Algorithm::ALL.map(|(_, algorithm)| algorithm);
    let sql = postgresql::functions("test", &algorithms, true);
    client
        .batch_execute(&format!("CREATE SCHEMA test;{sql}"))
        .unwrap_or_else(|error| panic!("{}", describe(&error)));
}

/// Numbers that reach every branch of the check digits, and texts that are no numbers.
const VECTORS: &[&str] = &[
    // СНИЛС: the sums 99, 100, 101, 102, 200, 201, 202, 203, and around 001-001-998.
    "11223344595",
    "00127339699",
    "00108770400",
    "00131981900",
    "00123768601",
    "00896890199",
    "00677987800",
    "00969738500",
    "00587998601",
    "00100199800",
    "00100199899",
    "00100199900",
    // ИНН
    "7707083893",
    "770000000156",
    "7455007076",
    "7440006906",
    "7404024641",
    "0000000000",
    "000000000000",
    "0012345678",
    "7707083894",
    "770000000165",
    // ОГРН
    "1027700132195",
    "1027700132240",
    "322770000000013",
    "322770000000080",
    "2027700132195",
    "122770000000013",
    "1027700132196",
    // ОКПО and ОКАТО
    "00032537",
    "00040778",
    "10000062",
    "10000060",
    "75701",
    "757016",
    "75",
    "757",
    "401",
    "402",
    "45286585",
    "452865850",
    "45286585000",
    "452865850008",
    // Academic years
    "2024/2025",
    "2024/2024",
    "2025/2024",
    "9999/10000",
    "9999/0000",
    "0000/0001",
    "2024-2025",
    "2024/2025 ",
    "20242025",
    // No numbers
    "",
    " ",
    "a",
    "1122334459a",
    "١١٢٢٣٣٤٤٥٩٥",
    "11223344595\n",
    "\n11223344595",
    "-1122334459",
    "7707083893 ",
    "7,70708389",
    "770708389.",
    "999999999999999999999999999999",
];

#[test]
fn check_digits_agree_with_the_runtime() {
    let server = Server::shared().unwrap();
    let mut client = server.create_database("check_digits").unwrap();
    functions(&mut client);
    let digits: Vec<char> = ('0'..='9').collect();
    for (word, algorithm) in Algorithm::ALL {
        let texts = texts(algorithm, &digits);
        let sql = format!("SELECT test.check_{word}(text) FROM unnest($1::text[]) AS list (text)");
        let rows = client.query(&sql, &[&texts]).unwrap();
        assert_eq!(rows.len(), texts.len());
        let mut accepted = 0;
        for (text, row) in texts.iter().zip(rows) {
            let expected = algorithm.check(text).is_ok();
            accepted += usize::from(expected);
            let found: bool = row.get(0);
            assert_eq!(found, expected, "{word} {text:?}");
        }
        assert!(accepted > 500, "{word}: only {accepted} of {}", texts.len());
        assert!(accepted < texts.len() - 500, "{word}: {accepted}");
        let null: Option<bool> = client
            .query_one(&format!("SELECT test.check_{word}(NULL)"), &[])
            .unwrap()
            .get(0);
        assert_eq!(null, None, "{word}");
    }
}

/// The vectors, and thousands of random texts of the right form, of which every last digit occurs.
fn texts(algorithm: Algorithm, digits: &[char]) -> Vec<String> {
    let mut random = Random::new(355);
    let mut texts: Vec<String> = VECTORS.iter().map(|text| (*text).to_owned()).collect();
    if algorithm == Algorithm::AcademicYear {
        for first in 0..3000 {
            let second = first + random.below(4);
            texts.push(format!("{first:04}/{second:04}"));
        }
        return texts;
    }
    let lengths: &[usize] = match algorithm {
        Algorithm::Snils => &[11],
        Algorithm::Inn => &[10, 12],
        Algorithm::Ogrn => &[13, 15],
        Algorithm::Okpo => &[8, 10],
        _ => &[2, 3, 5, 6, 8, 9, 11, 12],
    };
    for _ in 0..600 {
        for length in lengths {
            // Two digits vary in full, so that some of each hundred are right.
            let begin = random.text(digits, length - 2);
            let begin = match (algorithm, random.below(2)) {
                (Algorithm::Ogrn, 0) => {
                    let first = if *length == 13 { "1" } else { "3" };
                    format!("{first}{}", &begin[1..])
                }
                // Numbers without a check digit.
                (Algorithm::Snils, 0) => format!("001{}", &begin[3..]),
                _ => begin,
            };
            texts.extend((0..100).map(|end| format!("{begin}{end:02}")));
        }
    }
    texts
}

#[test]
fn expressions_have_their_documented_values() {
    let server = Server::shared().unwrap();
    let mut client = server.create_database("expressions").unwrap();
    functions(&mut client);
    let mut lines = snapshot(EXPRESSIONS).lines();
    let row = lines.next().unwrap();
    let mut count = 0;
    for line in lines {
        let (expr, expected) = line.split_once(" ⇒").unwrap();
        let sql = format!("SELECT ({expr})::text FROM (SELECT {row}) AS row");
        let found: Option<String> = client
            .query_one(&sql, &[])
            .unwrap_or_else(|error| panic!("{}\n{expr}", describe(&error)))
            .get(0);
        assert_eq!(
            found.as_deref().unwrap_or("null"),
            expected.trim_start(),
            "{expr}"
        );
        count += 1;
    }
    assert!(count > 60, "{count}");
}

#[test]
fn patterns_match_as_the_model_means_them() {
    let server = Server::shared().unwrap();
    let mut client = server.connect("postgres").unwrap();
    let mut found = [0; 2];
    for line in snapshot(PATTERNS).lines() {
        let case: (String, String, bool) = serde_json::from_str(line).unwrap();
        let (regex, text, expected) = case;
        let row = client
            .query_one("SELECT $2::text ~ $1::text", &[&regex, &text])
            .unwrap_or_else(|error| panic!("{} {regex}", describe(&error)));
        let matches: bool = row.get(0);
        assert_eq!(matches, expected, "{regex} {text:?}");
        found[usize::from(matches)] += 1;
    }
    assert!(found[0] > 300 && found[1] > 80, "{found:?}");
}

#[test]
fn every_keyword_that_needs_quotes_has_them() {
    let server = Server::shared().unwrap();
    let mut client = server.connect("postgres").unwrap();
    let rows = client
        .query(
            "SELECT word FROM pg_get_keywords() WHERE catcode <> 'U'",
            &[],
        )
        .unwrap();
    assert!(rows.len() > 100);
    for row in rows {
        let word: &str = row.get(0);
        assert!(postgresql::identifier(word).starts_with('"'), "{word}");
    }
}

#[test]
fn the_fixture_loads_and_refuses_bad_rows() {
    let server = Server::shared().unwrap();
    let mut client = server.create_database("fixture").unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), snapshot(SCHEMA)).unwrap();
    server.psql("fixture", file.path()).unwrap();

    let hash = "0".repeat(128);
    let good = [
        "INSERT INTO edu_region.organisations VALUES
            ('A-1', '7707083893', '45286585', 'Школа', 'A-1', NULL, NULL)"
            .to_owned(),
        format!("INSERT INTO edu_region.person VALUES ('A-1', '{hash}', '2009-12-31', NULL)"),
        "INSERT INTO edu_region.person VALUES ('A-2', NULL, '2010-01-01', 0.5)".to_owned(),
        "INSERT INTO edu_region.attendance VALUES ('A-1', 'A-1', 'A-1', 'late', 240, 11,
            '23:59:59', '2024-09-02 08:30:00', 'а')"
            .to_owned(),
        "INSERT INTO edu_region.attendance VALUES ('A-2', 'A-1', 'A-1', 'absent', NULL, NULL,
            '00:00:00', '2024-09-03 08:30:00', NULL)"
            .to_owned(),
    ];
    for sql in &good {
        client
            .batch_execute(sql)
            .unwrap_or_else(|error| panic!("{}", describe(&error)));
    }
    let bad = [
        (
            "organisations",
            "inn = '7707083894'",
            "organisations_inn_algorithm",
        ),
        ("organisations", "inn = '770708389'", "organisations_inn_"),
        (
            "organisations",
            "oktmo = '4528658'",
            "organisations_oktmo_pattern",
        ),
        (
            "organisations",
            "name = E'a\\nb'",
            "organisations_name_text",
        ),
        (
            "organisations",
            "name = E'\\x7f'",
            "organisations_name_text",
        ),
        (
            "organisations",
            "name = E'\\x01'",
            "organisations_name_text",
        ),
        (
            "organisations",
            "name = E'a\\u0085b'",
            "organisations_name_text",
        ),
        (
            "organisations",
            "name = E'a\\u2028b'",
            "organisations_name_text",
        ),
        ("organisations", "name = ''", "organisations_name_text"),
        ("attendance", "type = ''", "attendance_type_text"),
        (
            "organisations",
            "partof_id = 'A-9'",
            "organisations_partof_id_fkey",
        ),
        ("person", "snils_hash = NULL", "person_snils_hash_required"),
        ("person", "snils_hash = 'ABC'", "person_snils_hash_pattern"),
        ("person", "weight = 'NaN'", "person_weight_values"),
        ("person", "weight = '-Infinity'", "person_weight_values"),
        (
            "person",
            "birth_date = 'infinity'",
            "person_birth_date_values",
        ),
        (
            "person",
            "birth_date = '0001-12-31 BC'",
            "person_birth_date_values",
        ),
        (
            "attendance",
            "attendance_code = 'sick'",
            "attendance_attendance_code_list",
        ),
        (
            "attendance",
            "attendance_code = 'absent'",
            "attendance_late_check",
        ),
        (
            "attendance",
            "late_minutes = 0",
            "attendance_late_minutes_check",
        ),
        (
            "attendance",
            "late_minutes = 241",
            "attendance_late_minutes_check",
        ),
        ("attendance", "place_code = 3", "attendance_place_code_list"),
        (
            "attendance",
            "start_time = '24:00:00'",
            "attendance_start_time_values",
        ),
        (
            "attendance",
            "create_datetime = '10000-01-01'",
            "attendance_create_datetime_values",
        ),
        (
            "attendance",
            "person_id = 'A-9'",
            "attendance_person_id_fkey",
        ),
        ("attendance", "id = 'A-2'", "attendance_pkey"),
        (
            "attendance",
            "create_datetime = '2024-09-03 08:30:00'",
            "attendance_person_id_create_datetime_key",
        ),
    ];
    for (table, change, constraint) in bad {
        let sql = format!("UPDATE edu_region.{table} SET {change} WHERE id = 'A-1'");
        let error = client.batch_execute(&sql).expect_err(&sql);
        let found = error
            .as_db_error()
            .and_then(|error| error.constraint())
            .unwrap_or("");
        assert!(found.starts_with(constraint), "{sql}: {}", describe(&error));
    }
    let title: String = client
        .query_one(
            "SELECT obj_description('edu_region.attendance'::regclass)",
            &[],
        )
        .unwrap()
        .get(0);
    assert_eq!(title, "Посещение занятий");
}
