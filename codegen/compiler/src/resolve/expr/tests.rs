mod functions;
mod picture;

use self::picture::picture;
use super::{Scope, ScopeColumn, resolve};
use crate::diagnostic::Report;
use crate::model::BaseType;
use crate::source::{FileId, Fragment, Span};

fn scope() -> Scope<'static> {
    let column = |name, base| ScopeColumn {
        name,
        base,
        codes: None,
    };
    let list = |name, base, codes: &[&'static str]| ScopeColumn {
        name,
        base,
        codes: Some(codes.to_vec()),
    };
    Scope {
        table: "attendance",
        columns: vec![
            column("id", BaseType::Varchar(Some(10))),
            column("minutes", BaseType::Int32),
            column("total", BaseType::BigInt),
            column("weight", BaseType::Double),
            column("date", BaseType::Date),
            column("until", BaseType::Date),
            column("start_time", BaseType::Time(0)),
            column("created", BaseType::Timestamp(0)),
            column("active", BaseType::Boolean),
            column("guid", BaseType::Uuid),
            list(
                "status",
                BaseType::Varchar(Some(8)),
                &["present", "absent", "late"],
            ),
            list("place", BaseType::Int32, &["1", "2", "11"]),
            column("Имя", BaseType::Varchar(None)),
        ],
    }
}

/// A condition written behind Cyrillic letters of a YAML file: its picture, or codes and places.
fn run(written: &str) -> Result<String, Vec<(String, String)>> {
    let file = format!("# проверки\nexpr: {written}\n");
    let start = file.len() - written.len() - 1;
    let span = Span::new(FileId(0), start, start + written.len());
    let fragment = Fragment::new(written.to_owned(), span, &file);
    let marked = |span: Span| {
        file.get(span.start as usize..span.end as usize)
            .unwrap_or("<outside>")
            .to_owned()
    };
    let mut report = Report::new();
    let scope = scope();
    let resolved = resolve(&fragment, &scope, &mut report);
    let found: Vec<_> = report
        .sorted()
        .into_iter()
        .map(|d| {
            let at = d.primary.as_ref().map(|label| marked(label.span));
            (d.code.to_string(), at.unwrap_or_default())
        })
        .collect();
    match resolved {
        Some(expr) if found.is_empty() => {
            assert!(!marked(expr.span).is_empty());
            Ok(picture(&expr, &scope))
        }
        None if !found.is_empty() => Err(found),
        other => panic!("{written}: {other:?} {found:?}"),
    }
}

/// What is said of a condition.
fn report(written: &str) -> Report {
    let span = Span::new(FileId(0), 0, written.len());
    let fragment = Fragment::new(written.to_owned(), span, written);
    let mut report = Report::new();
    resolve(&fragment, &scope(), &mut report);
    report
}

#[test]
fn conditions_that_resolve() {
    let mut wrong = Vec::new();
    for (written, expected) in [
        (
            "minutes BETWEEN 1 AND 240",
            "((minutes >= 1) & (minutes <= 240))",
        ),
        (
            "minutes NOT BETWEEN -1 AND total",
            "!((minutes >= -1) & (minutes <= total))",
        ),
        (
            "minutes IS NULL OR status = 'late'",
            "(null?minutes | (status = 'late'))",
        ),
        (
            "MINUTES >= 0 and Attendance.Minutes < 5",
            "((minutes >= 0) & (minutes < 5))",
        ),
        ("\"Имя\" <> ''", "(Имя <> '')"),
        ("имя <> ''", "(Имя <> '')"),
        ("minutes>=-5", "(minutes >= -5)"),
        ("0 < minutes", "(0 < minutes)"),
        ("not active", "!active"),
        ("active = TRUE", "(active = true)"),
        ("active IS TRUE", "[case active:true else:false]"),
        (
            "(minutes > 1) IS NOT TRUE",
            "[case (minutes > 1):false else:true]",
        ),
        ("active IS FALSE", "[case !active:true else:false]"),
        ("(minutes > 1) IS UNKNOWN", "null?(minutes > 1)"),
        ("minutes IS NOT NULL", "!null?minutes"),
        (
            "status IN ('late', 'absent', 'late')",
            "(status in 'late','absent')",
        ),
        ("status NOT IN ('late')", "!(status in 'late')"),
        ("place in (1, 11)", "(place in 1,11)"),
        ("weight in (1, 2.5)", "(weight in 1.0,2.5)"),
        ("weight > 1", "(weight > 1.0)"),
        ("weight > minutes", "(weight > minutes)"),
        ("minutes < 1.5", "(minutes < 1.5)"),
        ("weight <= 1e3", "(weight <= 1000.0)"),
        ("date >= '2024-01-01'", "(date >= d'2024-01-01')"),
        ("date < until", "(date < until)"),
        ("date <= CURRENT_DATE", "(date <= today)"),
        ("until - date <= 365", "((until - date) <= 365)"),
        ("date > until - 30", "(date > (until - 30))"),
        ("1 + date > until", "((date + 1) > until)"),
        ("until - '2024-01-01' > 5", "((until - d'2024-01-01') > 5)"),
        ("date = DATE '2024-02-29'", "(date = d'2024-02-29')"),
        ("start_time < '12:00:00'", "(start_time < t'12:00:00')"),
        (
            "start_time < TIME '12:00:00.5'",
            "(start_time < t'12:00:00.5')",
        ),
        (
            "created > '2024-01-01 00:00:00'",
            "(created > ts'2024-01-01 00:00:00')",
        ),
        (
            "guid = '550E8400-E29B-41D4-A716-446655440000'",
            "(guid = u'550e8400-e29b-41d4-a716-446655440000')",
        ),
        ("id LIKE 'А\\_%'", "(id like А\\_%)"),
        ("id NOT LIKE '%x' ESCAPE '\\'", "!(id like %x)"),
        ("length(id) IN (10, 12)", "(length(id) in 10,12)"),
        ("char_length(lower(id)) = 5", "(length(lower(id)) = 5)"),
        ("substring(id, 1, 2) = 'AB'", "(substring(id,1,2) = 'AB')"),
        (
            "substring(id from 1 for 2) = upper(id)",
            "(substring(id,1,2) = upper(id))",
        ),
        ("substr(id, 3, 4) <> id", "(substring(id,3,4) <> id)"),
        (
            "minutes * 60 + 5 = total % 7",
            "(((minutes * 60) + 5) = (total % 7))",
        ),
        ("-minutes < total / -2", "(-minutes < (total / -2))"),
        ("+minutes = 1", "(minutes = 1)"),
        ("weight / 2 > 1", "((weight / 2.0) > 1.0)"),
        (
            "CASE WHEN active THEN minutes > 1 ELSE FALSE END",
            "[case active:(minutes > 1) else:false]",
        ),
        (
            "CASE status WHEN 'late' THEN minutes ELSE 0 END >= 0",
            "([case (status = 'late'):minutes else:0] >= 0)",
        ),
        (
            "CASE WHEN active THEN 1 WHEN minutes = 1 THEN 2.5 END > weight",
            "([case active:1.0 (minutes = 1):2.5] > weight)",
        ),
        (
            "CASE WHEN active THEN date ELSE '2024-01-01' END < until",
            "([case active:date else:d'2024-01-01'] < until)",
        ),
        (
            "CASE WHEN active THEN NULL ELSE minutes END = 1",
            "([case active:[case false:0] else:minutes] = 1)",
        ),
        (
            "COALESCE(minutes, 0) = 0",
            "([case !null?minutes:minutes else:0] = 0)",
        ),
        (
            "coalesce(date, until, '2024-01-01') < CURRENT_DATE",
            "([case !null?date:date !null?until:until else:d'2024-01-01'] < today)",
        ),
        (
            "NULLIF(minutes, 0) > 1",
            "([case (minutes <> 0):minutes] > 1)",
        ),
        (
            "nullif(minutes, total) > 1",
            "([case (minutes <> total):minutes null?total:minutes] > 1)",
        ),
        ("((((minutes)))) = (1)", "(minutes = 1)"),
        ("minutes = 1 -- почему", "(minutes = 1)"),
        (
            "minutes = 9223372036 - 9223372035",
            "(minutes = (9223372036 - 9223372035))",
        ),
        (
            "total > -9223372036854775808",
            "(total > -9223372036854775808)",
        ),
    ] {
        if run(written) != Ok(expected.to_owned()) {
            wrong.push(format!("{written}\n  {:?}\n  {expected}", run(written)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn conditions_that_are_refused() {
    let mut wrong = Vec::new();
    for (written, code, at) in [
        ("", "E0305", ""),
        ("minutes >", "E0305", ">"),
        ("minutes > 1 2", "E0305", "2"),
        ("minutes > 1; DROP TABLE x", "E0305", ";"),
        ("id = 'x", "E0305", "'x"),
        ("minutes > order", "E0308", "order"),
        ("minutes > end", "E0308", "end"),
        ("minutes > 1 LIMIT 2", "E0305", "LIMIT"),
        ("minutes = = 1", "E0305", "="),
        ("minutes == 1", "E0307", "=="),
        ("minutes = (SELECT 1)", "E0307", "(SELECT 1)"),
        ("minutes IN (SELECT a FROM b)", "E0307", "(SELECT a FROM b)"),
        ("EXISTS (SELECT 1)", "E0307", "(SELECT 1)"),
        ("minutes::text = '1'", "E0307", "minutes::text"),
        (
            "CAST(minutes AS text) = '1'",
            "E0307",
            "CAST(minutes AS text)",
        ),
        ("id ILIKE 'a%'", "E0307", "id ILIKE 'a%'"),
        ("id ~ '^a'", "E0307", "~"),
        ("id ^@ 'x'", "E0307", "^@"),
        ("active && active", "E0307", "&&"),
        (
            "minutes IS DISTINCT FROM total",
            "E0307",
            "minutes IS DISTINCT FROM total",
        ),
        ("(minutes, total) = (1, 2)", "E0307", "(minutes, total)"),
        ("trim(id) = 'x'", "E0307", "trim(id)"),
        ("id = E'x'", "E0307", "E'x'"),
        ("minutes IN (total)", "E0307", "total"),
        ("count(*) > 1", "E0307", "count(*)"),
        ("status IN ('late', id)", "E0307", "id"),
        ("minutess > 1", "E0308", "minutess"),
        ("id = \"late\"", "E0308", "\"late\""),
        ("\"MINUTES\" = 1", "E0308", "\"MINUTES\""),
        ("lesson.date > CURRENT_DATE", "E0309", "lesson.date"),
        ("this.date > CURRENT_DATE", "E0309", "this.date"),
        ("x.lesson.date > CURRENT_DATE", "E0307", "x.lesson.date"),
        (
            "attendance.id.date > CURRENT_DATE",
            "E0307",
            "attendance.id.date",
        ),
        ("lenght(id) = 1", "E0310", "lenght"),
        ("max(minutes) > 1", "E0310", "max"),
        ("created < now()", "E0310", "now"),
        ("created < CURRENT_TIMESTAMP", "E0310", "CURRENT_TIMESTAMP"),
        ("date < CURRENT_DATE()", "E0310", "CURRENT_DATE"),
        ("length(id, 1) = 1", "E0311", "length(id, 1)"),
        ("substring(id, 2) = 'x'", "E0311", "substring(id, 2)"),
        ("substring(id, 0, 2) = 'x'", "E0311", "0"),
        ("substring(id, minutes, 2) = 'x'", "E0311", "minutes"),
        ("coalesce(id) = 'x'", "E0311", "coalesce(id)"),
        ("length(minutes) = 1", "E0312", "minutes"),
        ("date > minutes", "E0312", "date > minutes"),
        ("minutes = '5'", "E0312", "'5'"),
        ("id = 5", "E0312", "5"),
        ("active = 'true'", "E0312", "'true'"),
        ("date = 5", "E0312", "5"),
        ("date + until > date", "E0312", "date + until"),
        ("id + 1 = 2", "E0312", "id + 1"),
        ("-id = 'x'", "E0312", "id"),
        ("weight % 2 = 0", "E0312", "weight % 2"),
        ("minutes LIKE '1%'", "E0312", "minutes"),
        ("created > CURRENT_DATE", "E0312", "created > CURRENT_DATE"),
        (
            "CASE WHEN active THEN minutes ELSE id END = 1",
            "E0312",
            "id",
        ),
        ("minutes", "E0313", "minutes"),
        ("active AND minutes + 1", "E0313", "minutes + 1"),
        ("NOT id", "E0313", "id"),
        ("CASE WHEN id THEN 1 END = minutes", "E0313", "id"),
        ("id < 'b'", "E0314", "id < 'b'"),
        ("id BETWEEN 'a' AND 'b'", "E0314", "id BETWEEN 'a' AND 'b'"),
        ("active > TRUE", "E0314", "active > TRUE"),
        ("guid > guid", "E0314", "guid > guid"),
        ("minutes = NULL", "E0315", "NULL"),
        ("NULL <> minutes", "E0315", "NULL"),
        ("minutes IN (1, NULL)", "E0315", "NULL"),
        ("minutes BETWEEN NULL AND 1", "E0315", "NULL"),
        ("minutes + NULL = 1", "E0315", "NULL"),
        (
            "CASE WHEN active THEN NULL END = 1",
            "E0315",
            "CASE WHEN active THEN NULL END",
        ),
        ("date = '2023-02-29'", "E0316", "'2023-02-29'"),
        ("date > DATE '2023-13-01'", "E0316", "DATE '2023-13-01'"),
        ("created > '2024-01-01'", "E0316", "'2024-01-01'"),
        (
            "created = '2024-01-01 00:00:00.5'",
            "E0316",
            "'2024-01-01 00:00:00.5'",
        ),
        ("start_time = '25:00:00'", "E0316", "'25:00:00'"),
        ("guid = 'x'", "E0316", "'x'"),
        ("minutes < 2147483648", "E0316", "2147483648"),
        (
            "total > 9223372036854775808",
            "E0316",
            "9223372036854775808",
        ),
        ("minutes = 1.5", "E0316", "1.5"),
        ("weight > 1e999", "E0316", "1e999"),
        ("id = '12345678901'", "E0316", "'12345678901'"),
        ("status = 'laate'", "E0317", "'laate'"),
        ("status IN ('late', 'gone')", "E0317", "'gone'"),
        ("place = 3", "E0317", "3"),
        ("CASE status WHEN 'x' THEN 1 END = minutes", "E0317", "'x'"),
        ("1 = 1", "E0318", "1 = 1"),
        ("minutes > 1 OR TRUE", "E0318", "TRUE"),
        (
            "CURRENT_DATE > '2024-01-01'",
            "E0318",
            "CURRENT_DATE > '2024-01-01'",
        ),
        ("minutes BETWEEN 5 AND 1", "E0318", "5 AND 1"),
        ("minutes = minutes", "E0319", "minutes = minutes"),
        (
            "minutes <= attendance.minutes",
            "E0319",
            "minutes <= attendance.minutes",
        ),
        ("id LIKE id", "E0320", "id"),
        ("id LIKE 'a\\'", "E0320", "'a\\'"),
        ("id LIKE 'a' ESCAPE '!'", "E0320", "'!'"),
        ("minutes / 0 = 1", "E0321", "0"),
        ("minutes % 0 = 1", "E0321", "0"),
        ("weight / 0.0 = 1", "E0321", "0.0"),
    ] {
        if run(written) != Err(vec![(code.to_owned(), at.to_owned())]) {
            wrong.push(format!("{written}\n  {:?}\n  {code} {at}", run(written)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_mistake_of_an_expression_is_reported_once() {
    let found = run("minutess > 1 AND status = 'x' AND (id < 'a' OR nowhere IS NULL)").unwrap_err();
    let codes: Vec<&str> = found.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["E0308", "E0317", "E0314", "E0308"]);
}

#[test]
fn a_value_over_several_lines_is_marked_as_a_whole() {
    let file = "expr: >\n  minutes\n  > x\n";
    let span = Span::new(FileId(0), 6, file.len());
    let fragment = Fragment::new("minutes > x".into(), span, file);
    let mut report = Report::new();
    assert!(resolve(&fragment, &scope(), &mut report).is_none());
    let at = report
        .sorted()
        .first()
        .and_then(|d| d.primary.as_ref())
        .map(|label| label.span);
    assert_eq!(at, Some(span));
}

#[test]
fn what_is_too_large_is_an_error_and_no_crash() {
    let code = |written: &str| run(written).unwrap_err().remove(0).0;
    let nested = |open: &str, close: &str, n: usize| {
        format!("{}minutes{} = 1", open.repeat(n), close.repeat(n))
    };
    assert!(run(&nested("(", ")", 20)).is_ok());
    assert_eq!(code(&nested("(", ")", 40)), "E0306");
    assert_eq!(code(&nested("(", ")", 100_000)), "E0306");
    assert_eq!(code(&"(".repeat(100_000)), "E0306");
    assert_eq!(code(&nested("lower(", ")", 100_000)), "E0306");
    assert_eq!(code(&"NOT ".repeat(100_000)), "E0306");
    assert_eq!(code(&format!("{}active", "NOT ".repeat(100))), "E0306");
    assert_eq!(code(&format!("{}minutes = 1", "- ".repeat(1000))), "E0306");
    assert_eq!(code(&"CASE WHEN ".repeat(50_000)), "E0306");
    assert!(run(&vec!["minutes = 1"; 100].join(" OR ")).is_ok());
    assert_eq!(code(&vec!["minutes = 1"; 200].join(" OR ")), "E0306");
    assert_eq!(code(&vec!["minutes = 1"; 100_000].join(" OR ")), "E0306");
    let list: Vec<String> = (0..20_000).map(|n| n.to_string()).collect();
    assert!(run(&format!("minutes IN ({})", list.join(", "))).is_ok());
    // Forms that use a part several times multiply when nested.
    let mut grown = "minutes".to_owned();
    for _ in 0..16 {
        grown = format!("coalesce({grown}, {grown})");
        if grown.len() > 4000 {
            break;
        }
    }
    assert_eq!(code(&format!("{grown} = 1")), "E0306");
    let mut cases = "minutes".to_owned();
    for _ in 0..18 {
        cases = format!("CASE {cases} WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 3 THEN 3 END");
    }
    assert_eq!(code(&format!("{cases} = 1")), "E0306");
}
