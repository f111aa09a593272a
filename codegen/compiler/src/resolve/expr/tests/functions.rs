//! Functions: their grammar, their arguments, what is said of those that there are not.

use super::{report, run};

#[test]
fn calls_that_resolve() {
    let mut wrong = Vec::new();
    for (written, expected) in [
        ("EXTRACT(YEAR FROM date) > 2000", "(YEAR(date) > 2000)"),
        ("extract(month from created) = 2", "(MONTH(created) = 2)"),
        ("Extract ( Day From (date) ) = 1", "(DAY(date) = 1)"),
        (
            "EXTRACT(ISODOW FROM date) IN (6, 7)",
            "(ISODOW(date) in 6,7)",
        ),
        (
            "EXTRACT(HOUR FROM start_time) < 8",
            "(HOUR(start_time) < 8)",
        ),
        ("EXTRACT(MINUTE FROM created) = 0", "(MINUTE(created) = 0)"),
        (
            "EXTRACT(YEAR FROM CURRENT_DATE) = EXTRACT(YEAR FROM date + 1)",
            "(YEAR(today) = YEAR((date + 1)))",
        ),
        (
            "EXTRACT(YEAR FROM DATE '2024-01-01') = minutes",
            "(YEAR(d'2024-01-01') = minutes)",
        ),
        (
            "EXTRACT(YEAR FROM date) BETWEEN 1 AND 9999",
            "((YEAR(date) >= 1) & (YEAR(date) <= 9999))",
        ),
        ("CAST(created AS date) < until", "(date(created) < until)"),
        (
            "CAST(created AS DATE) = '2024-02-29'",
            "(date(created) = d'2024-02-29')",
        ),
        (
            "cast((created) as time) >= '08:00:00.5'",
            "(time(created) >= t'08:00:00.5')",
        ),
        (
            "EXTRACT(HOUR FROM CAST(created AS time)) = 8",
            "(HOUR(time(created)) = 8)",
        ),
        (
            "full_years(date, CURRENT_DATE) >= 18",
            "(full_years(date,today) >= 18)",
        ),
        (
            "Full_Years('2000-02-29', until) = -1",
            "(full_years(d'2000-02-29',until) = -1)",
        ),
        (
            "full_years(CAST(created AS date), until - 1) = 0",
            "(full_years(date(created),(until - 1)) = 0)",
        ),
        (
            "seconds_between(created, '2024-01-01 00:00:00.5') < 60",
            "(seconds_between(created,ts'2024-01-01 00:00:00.5') < 60)",
        ),
        (
            "seconds_between(TIMESTAMP '2024-01-01 00:00:00', created) > total",
            "(seconds_between(ts'2024-01-01 00:00:00',created) > total)",
        ),
        (
            "split_part(id, '-', 2) = 'А'",
            "(split_part(id,'-',2) = 'А')",
        ),
        (
            "length(split_part(lower(id), ' № ', 1)) = 3",
            "(length(split_part(lower(id),' № ',1)) = 3)",
        ),
        (
            "id || '-' || 'А' = 'x'",
            "(concat(concat(id,'-'),'А') = 'x')",
        ),
        (
            "id || ('-' || lower(id)) LIKE '%-а'",
            "(concat(id,concat('-',lower(id))) like %-а)",
        ),
        (
            "upper(id || '') IN ('А', 'Б')",
            "(upper(concat(id,'')) in 'А','Б')",
        ),
        (
            "'А' || id IS NULL OR active",
            "(null?concat('А',id) | active)",
        ),
    ] {
        if run(written) != Ok(expected.to_owned()) {
            wrong.push(format!("{written}\n  {:?}\n  {expected}", run(written)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn calls_that_are_refused() {
    let mut wrong = Vec::new();
    for (written, code, at) in [
        ("EXTRACT(WEEK FROM date) = 1", "E0311", "WEEK"),
        ("EXTRACT(SECOND FROM created) = 1", "E0311", "SECOND"),
        ("EXTRACT(dow FROM date) = 1", "E0311", "dow"),
        ("EXTRACT(nonsense FROM date) = 1", "E0311", "nonsense"),
        ("EXTRACT('year' FROM date) = 1", "E0311", "'year'"),
        ("EXTRACT(\"year\" FROM date) = 1", "E0311", "\"year\""),
        ("EXTRACT(YEAR FROM minutes) = 1", "E0312", "minutes"),
        ("EXTRACT(YEAR FROM start_time) = 1", "E0312", "start_time"),
        ("EXTRACT(HOUR FROM date) = 1", "E0312", "date"),
        (
            "EXTRACT(YEAR FROM '2024-01-01') = minutes",
            "E0312",
            "'2024-01-01'",
        ),
        ("EXTRACT(YEAR FROM NULL) = minutes", "E0315", "NULL"),
        ("EXTRACT(YEAR FROM nowhere) = 1", "E0308", "nowhere"),
        ("EXTRACT(YEAR date) = 1", "E0305", "date"),
        ("active AND EXTRACT(YEAR, date) = 1", "E0310", "EXTRACT"),
        ("extract(created) = 1", "E0310", "extract"),
        ("cast(created, date) = date", "E0310", "cast"),
        ("extract(", "E0305", "("),
        ("extract(YEAR", "E0305", "YEAR"),
        ("EXTRACT(MONTH FROM date) = 13", "E0316", "13"),
        ("EXTRACT(MONTH FROM date) < 13", "E0316", "13"),
        ("0 = EXTRACT(DAY FROM date)", "E0316", "0"),
        ("EXTRACT(ISODOW FROM date) IN (0, 1)", "E0316", "0"),
        ("EXTRACT(HOUR FROM created) BETWEEN 8 AND 24", "E0316", "24"),
        ("EXTRACT(YEAR FROM date) > '2000'", "E0312", "'2000'"),
        (
            "EXTRACT(YEAR FROM date)",
            "E0313",
            "EXTRACT(YEAR FROM date)",
        ),
        ("CAST(date AS date) = until", "E0307", "CAST(date AS date)"),
        (
            "CAST(start_time AS time) = start_time",
            "E0307",
            "CAST(start_time AS time)",
        ),
        (
            "CAST('2024-01-01' AS date) = date",
            "E0307",
            "CAST('2024-01-01' AS date)",
        ),
        (
            "CAST(created AS timestamp) = created",
            "E0307",
            "CAST(created AS timestamp)",
        ),
        (
            "CAST(created AS time(0)) = start_time",
            "E0307",
            "CAST(created AS time(0))",
        ),
        ("created::date = date", "E0307", "created::date"),
        (
            "TRY_CAST(created AS date) = date",
            "E0307",
            "TRY_CAST(created AS date)",
        ),
        ("full_years(date) = 1", "E0311", "full_years(date)"),
        ("full_years(date, created) = 1", "E0312", "created"),
        ("full_years(date, 5) = 1", "E0312", "5"),
        (
            "full_years(date, '2023-02-29') = 1",
            "E0316",
            "'2023-02-29'",
        ),
        ("full_years(date, NULL) = 1", "E0315", "NULL"),
        (
            "seconds_between(created, created, 1) = 1",
            "E0311",
            "seconds_between(created, created, 1)",
        ),
        ("seconds_between(created, date) = 1", "E0312", "date"),
        (
            "seconds_between('2024-01-01', created) = 1",
            "E0316",
            "'2024-01-01'",
        ),
        ("split_part(id, '-') = 'x'", "E0311", "split_part(id, '-')"),
        ("split_part(id, '', 1) = 'x'", "E0311", "''"),
        ("split_part(id, id, 1) = 'x'", "E0311", "id"),
        ("split_part(id, NULL, 1) = 'x'", "E0311", "NULL"),
        ("split_part(id, '-', 0) = 'x'", "E0311", "0"),
        ("split_part(id, '-', -1) = 'x'", "E0311", "-1"),
        ("split_part(id, '-', minutes) = 'x'", "E0311", "minutes"),
        ("split_part(minutes, '-', 1) = 'x'", "E0312", "minutes"),
        ("id || minutes = 'x'", "E0312", "minutes"),
        ("5 || id = 'x'", "E0312", "5"),
        ("id || NULL = 'x'", "E0315", "NULL"),
        ("active || id = 'x'", "E0312", "active"),
        ("id || date || id = 'x'", "E0312", "date"),
        ("id || nowhere = 'x'", "E0308", "nowhere"),
        ("id || '-'", "E0313", "id || '-'"),
        ("'a' || 'b' = 'ab'", "E0318", "'a' || 'b' = 'ab'"),
        ("id || '-' > 'x'", "E0314", "id || '-' > 'x'"),
        ("year(date) = 2024", "E0310", "year"),
        ("date(created) = date", "E0310", "date"),
        ("split_parts(id, '-', 1) = 'x'", "E0310", "split_parts"),
    ] {
        if run(written) != Err(vec![(code.to_owned(), at.to_owned())]) {
            wrong.push(format!("{written}\n  {:?}\n  {code} {at}", run(written)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_nearest_known_part_or_function_is_suggested() {
    for (written, suggestion) in [
        ("EXTRACT(YEARS FROM date) = 1", Some("YEAR")),
        ("EXTRACT(dow FROM date) = 1", Some("ISODOW")),
        ("EXTRACT(EPOCH FROM date) = 1", None),
        ("fullyears(date, until) = 1", Some("full_years")),
        (
            "second_between(created, created) = 1",
            Some("seconds_between"),
        ),
        ("splitpart(id, '-', 1) = 'x'", Some("split_part")),
        // Another form: a word in its place would not parse.
        ("year(date) = 2024", None),
        ("age(until, date) > 1", None),
    ] {
        let found = report(written);
        let suggested = found.sorted().first().and_then(|d| d.suggestion.clone());
        assert_eq!(suggested.as_deref(), suggestion, "{written}");
    }
    let found = report("year(date) = 2024");
    let help = found.sorted().first().and_then(|d| d.help.clone());
    assert_eq!(
        help.map(|help| help.en),
        Some("write `EXTRACT(YEAR FROM x)`".to_owned())
    );
}
