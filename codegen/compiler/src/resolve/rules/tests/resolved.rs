//! What statements resolve to, in words.

use super::words;
use crate::diagnostic::Report;
use crate::model::rule::text;
use crate::resolve::resolve;
use crate::source::{SourceFile, SourceSet};

#[test]
fn statements_that_resolve() {
    let mut wrong = Vec::new();
    for (statement, expected) in [
        (
            "table: person\ncheck: birth_date < CURRENT_DATE",
            "for every row of `person`: `birth_date < CURRENT_DATE`",
        ),
        (
            "table: attendance\nwhen: student_id.person_id.birth_date < lesson_id.lesson_date - 3650\ncheck: marked < CURRENT_TIMESTAMP",
            "for every row of `attendance` where `student_id.person_id.birth_date < lesson_id.lesson_date - 3650`: `marked < CURRENT_TIMESTAMP`",
        ),
        // The table's own name, quotes, letters in another case.
        (
            "table: attendance\ncheck: attendance.LATE_minutes > 0 OR Attendance.lesson_id.\"number\" = 1",
            "for every row of `attendance`: `late_minutes > 0 OR lesson_id.number = 1`",
        ),
        // A reference of a table to itself.
        (
            "table: student\ncheck: partof_id.partof_id.rate <= rate AND partof_id.rate > 0",
            "for every row of `student`: `partof_id.partof_id.rate <= rate AND partof_id.rate > 0.0`",
        ),
        // The day may decide alone.
        (
            "table: student\nwhen: CURRENT_DATE >= '2025-09-01'\ncheck: rate > 0 OR CURRENT_TIMESTAMP < '2026-01-01 00:00:00'",
            "for every row of `student` where `CURRENT_DATE >= DATE '2025-09-01'`: `rate > 0.0 OR CURRENT_TIMESTAMP < TIMESTAMP '2026-01-01 00:00:00'`",
        ),
        (
            "tables: { mixin: service_columns }\ncheck: modified_datetime <= CURRENT_TIMESTAMP",
            "for every row of `attendance`, `student`: `modified_datetime <= CURRENT_TIMESTAMP`",
        ),
        (
            "tables: { key: record_id }\ncheck: id LIKE 'A%'",
            "for every row of `attendance`, `lesson`, `person`, `plan`, `student`: `id LIKE 'A%'`",
        ),
        (
            "tables: [lesson, plan]\ncheck: number > 0",
            "for every row of `lesson`, `plan`: `number > 0`",
        ),
        // The same words over other columns are two statements.
        (
            "table: attendance\nequal: [student_id.id, student_id, student_id.partof_id.id]",
            "for every row of `attendance`: `student_id.id`, `student_id`, `student_id.partof_id.id` are equal where they are filled",
        ),
        (
            "table: person\nwhen: snils_hash IS NULL\nexists: { in: student, on: { person_id: id }, where: rate > 0 }",
            "for every row of `person` where `snils_hash IS NULL`: there is a row of `student` where `person_id = this.id AND rate > 0.0`",
        ),
        (
            "table: person\nexists:\n  - { in: student, on: { person_id: id } }\n  - { in: student, on: { partof_id.person_id: id } }",
            "for every row of `person`: there is a row of `student` where `person_id = this.id`, or a row of `student` where `partof_id.person_id = this.id`",
        ),
        (
            "table: attendance\nnot_exists: { in: attendance, on: { lesson_id: lesson_id, status_code: \"'late'\" }, where: this.id <> id OR this.lesson_id.number = lesson_id.number }",
            "for every row of `attendance`: there are no rows of `attendance` where `lesson_id = this.lesson_id AND status_code = 'late' AND (this.id <> id OR this.lesson_id.number = lesson_id.number)`",
        ),
        (
            "table: lesson\nnot_exists: [{ in: plan, on: { number: number + 1 } }, { in: plan }]",
            "for every row of `lesson`: there are no rows of `plan` where `number = this.number + 1` and no rows of `plan`",
        ),
        (
            "table: lesson\nwithin: { in: attendance, on: { lesson_id: id }, at_most: number * 2 }",
            "for every row of `lesson`: the number of rows of `attendance` where `lesson_id = this.id` is at most `number * 2`",
        ),
        (
            "table: lesson\nwithin: { in: attendance, on: { lesson_id: id }, distinct: student_id.person_id, at_least: 1, at_most: 1 }",
            "for every row of `lesson`: the number of different values of `student_id.person_id` among rows of `attendance` where `lesson_id = this.id` is exactly `1`",
        ),
        (
            "table: student\nwithin: { in: attendance, on: { student_id: id }, sum: late_minutes, at_least: 0.5 }",
            "for every row of `student`: the sum of `late_minutes` over rows of `attendance` where `student_id = this.id` is at least `0.5`",
        ),
        (
            "table: student\nwithin: { in: attendance, on: { student_id: id }, average: late_minutes, weight: lesson_id.number, at_least: rate - 0.01, at_most: rate + 0.01 }",
            "for every row of `student`: the mean of `late_minutes` weighted by `lesson_id.number` over rows of `attendance` where `student_id = this.id` is at least `rate - 0.01` and at most `rate + 0.01`",
        ),
        (
            "table: lesson\nwhen: active\nno_overlap: { by: [number, lesson_date], from: start_time, to: end_time }",
            "among the rows of `lesson` where `active`: periods from `start_time` to `end_time` of rows with the same `number`, `lesson_date` do not overlap",
        ),
        (
            "table: attendance\nunique: { by: [lesson_id, student_id.person_id] }",
            "among the rows of `attendance`: the combination of `lesson_id`, `student_id.person_id` is not repeated",
        ),
        (
            "table: person\nunique: { by: [snils_hash], distinct: birth_date }",
            "among the rows of `person`: rows with the same `snils_hash` have one value of `birth_date`",
        ),
        (
            "table: attendance\nsequence: { by: [student_id], order: marked, next: previous.status_code <> status_code OR previous.lesson_id.number < lesson_id.number, last: status_code = 'present' }",
            "among the rows of `attendance`: rows with the same `student_id`, ordered by `marked`: `previous.status_code <> status_code OR previous.lesson_id.number < lesson_id.number` for every row after the first; `status_code = 'present'` for the last row",
        ),
        (
            "structure: csv_encoding",
            "every file is UTF-8 without a byte order mark",
        ),
        (
            "types: [record_id]",
            "values of the types `record_id` have the form and the check digits of their type",
        ),
        (
            "checks: [attendance.late]",
            "the checks of rows `attendance.late` hold",
        ),
        (
            "free_text: ['[0-9]{11}', '^(a|b)$']",
            "none of these patterns is found in free text: `[0-9]{11}`, `^(a|b)$`",
        ),
        (
            "assertions:\n  - { part: a, table: lesson, check: active }\n  - { part: b, structure: codes }",
            "for every row of `lesson`: `active`\nvalues of closed lists are on the list",
        ),
    ] {
        let found = words(statement);
        if found != Ok(expected.to_owned()) {
            wrong.push(format!("{statement}\n  {found:?}\n  {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A rule of many tables names some of them; the tables themselves stand beside the sentence.
/// Keys of another type, keys that are references, and keys of several columns are other keys.
#[test]
fn tables_are_chosen_by_their_keys() {
    let rules = super::rule("tables: { key: card_number }\ncheck: id <> ''");
    let mut sources: Vec<SourceFile> = super::sources(&rules)
        .iter()
        .map(|(_, file)| file.clone())
        .collect();
    for file in sources.iter_mut().filter(|file| file.path == "types.yaml") {
        file.text.push_str(
            "- { type: card_number, title: Номер карты, base: varchar(16), pattern: '^\\d{16}$' }\n",
        );
    }
    for (name, key, columns) in [
        (
            "card",
            "[id]",
            "- { name: id, type: card_number, title: Карта }",
        ),
        (
            "ticket",
            "[id]",
            "- { name: id, references: card, title: Карта }",
        ),
        (
            "trip",
            "[id, number]",
            "- { name: id, type: card_number, title: Карта }\n  - { name: number, type: int32, title: Номер }",
        ),
        (
            "ward",
            "[code]",
            "- { name: code, type: card_number, title: Карта }\n  - { name: id, type: int32, title: Номер }\nforeign_keys:\n  - { columns: [code], references: card }",
        ),
    ] {
        sources.push(SourceFile {
            path: format!("tables/{name}.yaml"),
            text: format!(
                "table: {name}\ntitle: Таблица\norigin: order\nprimary_key: {key}\ncolumns:\n  {columns}\n"
            ),
        });
    }
    let mut report = Report::new();
    let model = resolve(&SourceSet::new("", sources), &mut report);
    let model = model.unwrap_or_else(|| panic!("{:?}", report.sorted()));
    let said = text::statements(&model, &model.rules()[0]);
    assert_eq!(said.len(), 1);
    let tables = said[0].tables.iter();
    let tables: Vec<_> = tables.map(|id| &model.table(*id).name).collect();
    assert_eq!(tables, ["card"]);
}

#[test]
fn many_tables_are_counted() {
    let mut sources: Vec<SourceFile> = super::sources(&super::rule(
        "tables: { mixin: service_columns }\ncheck: modified_datetime < CURRENT_TIMESTAMP",
    ))
    .iter()
    .map(|(_, file)| file.clone())
    .collect();
    for at in 0..21 {
        let name = format!("t{at:02}");
        let text = format!(
            "table: {name}\ntitle: Таблица\norigin: order\nprimary_key: [id]\ncolumns:\n  - {{ name: id, type: record_id, title: Код }}\nmixins: [service_columns]\n"
        );
        let path = format!("tables/{name}.yaml");
        sources.push(SourceFile { path, text });
    }
    let mut report = Report::new();
    let model = resolve(&SourceSet::new("", sources), &mut report).unwrap();
    let said = text::statements(&model, &model.rules()[0]);
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].tables.len(), 23);
    assert_eq!(
        said[0].text.ru,
        "для каждой строки 23 таблиц (`attendance`, `student`, `t00` и других): `modified_datetime < CURRENT_TIMESTAMP`"
    );
}
