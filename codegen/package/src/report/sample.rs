//! A made-up package with many faults, for the tests of every form: evidence as a run would give it, with
//! lines that are made on request.

use std::io;
use std::path::Path;
use std::sync::OnceLock;

use vitrina_codegen::diagnostic;
use vitrina_codegen::model::eval::Day;
use vitrina_codegen::model::{BaseType, ColumnId, Model, TableId};
use vitrina_codegen::pipeline::compile;
use vitrina_codegen::quality::{IndicatorOutcome, Moment, Ratio, Reason, Share};
use vitrina_codegen::source::files::load;

use super::*;
use crate::Shares;
use crate::code;
use crate::{Cause, Code, Facts, GroupKey, RowId, Sample, Subject, Tally, Unchecked};

/// The model that this repository keeps.
pub(super) fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../model");
        let mut report = diagnostic::Report::new();
        let sources = load(Path::new(folder), &mut report).unwrap();
        compile(&sources, &mut report).unwrap()
    })
}

pub(super) fn table(name: &str) -> TableId {
    model().find_table(name).unwrap().id
}

fn column(table: TableId, name: &str) -> ColumnId {
    model().table(table).find_column(name).unwrap().id
}

const NAMES: [&str; 8] = [
    "person",
    "student",
    "mark",
    "lesson",
    "attendance",
    "homework",
    "identity_document",
    "room",
];

/// Lines by table and row; values at fault stand where they are asked for.
pub(super) struct Made {
    faults: Vec<(TableId, u64, &'static str, &'static str)>,
}

impl Locate for Made {
    fn locate(&self, table: TableId, rows: &[RowId]) -> io::Result<Vec<Located>> {
        let name = &model().table(table).name;
        if name == "room" {
            return Err(io::Error::other("no such file"));
        }
        let file = NAMES.iter().position(|known| known == name).unwrap();
        let line = |row: &RowId| {
            let text = self.line(table, row.0);
            Located {
                row: *row,
                file,
                line: row.0 + 2,
                byte: 100 + row.0 * 150,
                text,
                exact: name != "person",
            }
        };
        Ok(rows.iter().map(line).collect())
    }
}

impl Made {
    fn line(&self, table: TableId, row: u64) -> String {
        let broken = self
            .faults
            .iter()
            .any(|one| one.0 == table && one.1 == row && one.2.is_empty());
        if broken {
            return "\"R_1\";\"broken".to_owned();
        }
        let cells = model().table(table).columns.iter().map(|column| {
            let mut faults = self.faults.iter();
            let fault = faults.find(|one| one.0 == table && one.1 == row && one.2 == column.name);
            let text = match (fault, column.ty.base) {
                (Some(fault), _) => fault.3.to_owned(),
                (None, BaseType::Date) => "2025-02-14".to_owned(),
                (None, BaseType::Timestamp(_)) => "2025-02-14 09:00:00".to_owned(),
                (None, BaseType::Boolean) => "true".to_owned(),
                (None, base) if base.is_text() => format!("SCHOOL_{row}"),
                (None, _) => "5".to_owned(),
            };
            format!("\"{}\"", text.replace('"', "\"\""))
        });
        cells.collect::<Vec<_>>().join(";")
    }
}

/// Where the next groups of findings go.
struct Faults {
    tally: Tally<'static>,
    made: Made,
}

impl Faults {
    fn of(&mut self, key: GroupKey<'static>, count: u64, rows: &[u64]) {
        for row in rows {
            self.tally.add(key.clone(), Sample::of_row(RowId(*row)));
        }
        self.tally.add_unseen(key, count - rows.len() as u64);
    }

    fn field(
        &mut self,
        code: Code,
        (table_name, column_name): (&'static str, &'static str),
        facts: Facts,
        count: u64,
        values: &[(u64, &'static str)],
    ) {
        let id = table(table_name);
        let mut key = GroupKey::of_column(code, id, column(id, column_name));
        key.facts = facts;
        for (row, value) in values {
            self.made.faults.push((id, *row, column_name, value));
        }
        let rows: Vec<u64> = values.iter().map(|(row, _)| *row).collect();
        self.of(key, count, &rows);
    }

    fn file(&mut self, code: Code, table_name: &str, facts: Facts, line: Option<u64>, count: u64) {
        let mut key = GroupKey::of_table(code, table(table_name));
        key.file = NAMES.iter().position(|known| *known == table_name);
        key.facts = facts;
        let sample = Sample {
            row: None,
            line,
            count,
            value: None,
        };
        self.tally.add(key, sample);
    }

    fn package(&mut self, code: Code, facts: Facts) {
        let key = GroupKey {
            code,
            rule: None,
            table: None,
            file: None,
            columns: Vec::new(),
            facts,
        };
        self.tally.add(
            key,
            Sample {
                row: None,
                line: None,
                count: 1,
                value: None,
            },
        );
    }

    fn rows(&mut self, code: Code, table_name: &str, count: u64, rows: &[u64]) {
        let id = table(table_name);
        self.made
            .faults
            .extend(rows.iter().map(|row| (id, *row, "", "")));
        self.of(GroupKey::of_table(code, id), count, rows);
    }

    fn rule(&mut self, code: Code, table_name: &str, rule: &'static str, count: u64, rows: &[u64]) {
        let title = match code {
            code::ROW_CHECK => {
                let mut checks = model().table(table(table_name)).checks.iter();
                checks
                    .find(|check| check.code == rule)
                    .unwrap()
                    .title
                    .clone()
            }
            _ => {
                let found = model().find_rule(rule).unwrap();
                let mut parts = found.assertions.iter();
                parts.find(|part| part.code == rule).unwrap().title.clone()
            }
        };
        let mut key = GroupKey::of_table(code, table(table_name)).with_rule(rule);
        key.facts = Facts::default().with("title", title);
        self.of(key, count, rows);
    }
}

fn faults() -> Faults {
    let mut faults = Faults {
        tally: Tally::new(10),
        made: Made { faults: Vec::new() },
    };
    let none = Facts::default;
    let fact = |name, value: &str| Facts::default().with(name, value);
    faults.package(
        code::UNKNOWN_FILE,
        fact("file", "marks_old.csv").with("hint", ""),
    );
    faults.package(code::MISSING_LISTED, fact("file", "employee.csv"));
    faults.package(
        code::FILE_CASE,
        fact("file", "Lesson.CSV").with("expected", "lesson.csv"),
    );
    faults.file(
        code::DELETIONS,
        "student",
        fact("found", "61000").with("expected", "120000"),
        None,
        1,
    );
    faults.file(
        code::WINDOWS_1251,
        "person",
        fact("encoding", "Windows-1251").with("confidence", "99"),
        Some(1),
        1,
    );
    faults.file(code::BYTE_ORDER_MARK, "mark", none(), Some(1), 1);
    faults.file(code::CARRIAGE_RETURN, "lesson", none(), Some(2), 48_210);
    faults.file(
        code::HEADER_LOOK_ALIKE,
        "attendance",
        fact("found", "lаte_minutes")
            .with("expected", "late_minutes")
            .with("reason", "Cyrillic «а»"),
        Some(1),
        1,
    );
    faults.rows(code::FIELD_COUNT, "mark", 3, &[118, 119, 700_121]);
    faults.rows(code::OPEN_QUOTE, "homework", 1, &[77]);
    faults.field(
        code::REQUIRED,
        ("mark", "student_id"),
        none(),
        2,
        &[(15, ""), (16, "")],
    );
    faults.field(
        code::TYPE,
        ("mark", "weight"),
        fact("type", "double"),
        1204,
        &[(3, "1,5"), (4, "0,5"), (9, "2,0")],
    );
    faults.field(
        code::TOO_LONG,
        ("mark", "mark_text"),
        fact("expected", "20"),
        1,
        &[(50, "освобождён от физкультуры по справке")],
    );
    faults.field(
        code::DATE,
        ("lesson", "lesson_date"),
        fact("expected", "YYYY-MM-DD"),
        2,
        &[(5, "31.02.2025"), (6, "2025-02-30")],
    );
    faults.field(
        code::CODE,
        ("attendance", "attendance_code"),
        fact("type", "attendance_code"),
        912,
        &[(1, "отсутствовал"), (2, "был\u{1b}[31m")],
    );
    faults.field(
        code::RANGE,
        ("attendance", "late_minutes"),
        fact("type", "int32"),
        1,
        &[(31, "3000000000")],
    );
    faults.field(
        code::FREE_TEXT,
        ("attendance", "comment_text"),
        none(),
        4,
        &[
            (40, "справка, СНИЛС 112-233-445 95"),
            (41, "тел. +79001234567"),
        ],
    );
    faults.field(
        code::HASH,
        ("person", "snils_hash"),
        none(),
        15,
        &[(8, "11223344595"), (9, "11223344596")],
    );
    faults.field(
        code::TYPE,
        ("person", "birth_date"),
        fact("type", "date"),
        6,
        &[(10, "03.05.2010")],
    );
    faults.field(
        code::BLANKS,
        ("student", "personal_file_number"),
        none(),
        88,
        &[(12, " А-113 "), (13, "Б-7 ")],
    );
    faults.field(
        code::PATTERN,
        ("student", "id"),
        fact("type", "record_id"),
        1,
        &[(14, "<script>alert(1)</script>")],
    );
    faults.field(
        code::LOOK_ALIKE,
        ("room", "id"),
        none(),
        1,
        &[(2, "Cпортзал")],
    );
    faults.field(
        code::NULL_FORM,
        ("homework", "assign_date"),
        none(),
        5,
        &[(3, "")],
    );
    faults.rule(
        code::ROW_CHECK,
        "attendance",
        "attendance.late",
        31,
        &[60, 61, 62],
    );
    faults.rule(code::ROW_CHECK, "student", "student.period", 2, &[20, 21]);
    let mark = table("mark");
    let id = column(mark, "id");
    let key = GroupKey::of_column(code::PRIMARY_KEY, mark, id);
    faults.of(key.clone(), 12, &[100, 4100]);
    faults.tally.set_distinct(key, 5);
    let lesson = column(mark, "lesson_id");
    let key = GroupKey {
        facts: fact("target", "lesson"),
        ..GroupKey::of_column(code::ORPHAN, mark, lesson)
    };
    for (row, count, value) in [
        (200, 9_312, "SCHOOL_L17"),
        (203, 611, "SCHOOL_L18"),
        (990, 1, "SCHOOL_L99"),
    ] {
        faults.made.faults.push((mark, row, "lesson_id", value));
        let sample = Sample {
            row: Some(RowId(row)),
            line: None,
            count,
            value: Some(value.to_owned()),
        };
        faults.tally.add(key.clone(), sample);
    }
    faults.tally.set_distinct(key, 3);
    let student = column(mark, "student_id");
    let key = GroupKey {
        facts: fact("target", "student"),
        ..GroupKey::of_column(code::ORPHAN, mark, student)
    };
    faults.of(key, 1, &[300]);
    faults.rule(code::RULE, "person", "CMP-02", 7, &[70, 71, 72]);
    faults.rule(code::RULE, "person", "CMP-04", 1, &[73]);
    faults
}

fn tables() -> Vec<TableFacts> {
    let rows = [
        25_000, 61_000, 2_000_000, 48_210, 310_000, 9_000, 25_400, 120,
    ];
    let share = |judged: u64, errors, warnings| Share {
        judged,
        errors,
        warnings,
    };
    NAMES
        .iter()
        .zip(rows)
        .enumerate()
        .map(|(at, (name, rows))| {
            let is_faulty = !matches!(*name, "identity_document");
            let errors = if is_faulty {
                rows / (at as u64 + 3) / 40
            } else {
                0
            };
            TableFacts {
                table: table(name),
                files: vec![at],
                rows,
                bytes: rows * 150,
                broken_rows: u64::from(*name == "mark") * 3,
                rows_with_errors: errors,
                rows_with_warnings: if *name == "student" { 88 } else { 0 },
                shares: Shares([
                    share(rows, errors, 0),
                    share(rows, errors / 2, 0),
                    share(0, 0, 0),
                    share(rows, errors / 3, 12.min(errors)),
                    share(rows, errors / 9, 0),
                    share(rows, 0, 0),
                ]),
            }
        })
        .collect()
}

fn unchecked() -> Vec<Unchecked<'static>> {
    let of = |subject, table, cause| Unchecked {
        subject,
        table,
        columns: Vec::new(),
        cause,
    };
    let (mark, lesson, employee) = (table("mark"), table("lesson"), table("employee"));
    vec![
        of(
            Subject::References(employee),
            Some(mark),
            Cause::NoTable(employee),
        ),
        of(
            Subject::References(employee),
            Some(lesson),
            Cause::NoTable(employee),
        ),
        of(
            Subject::Rule("CON-07.a"),
            Some(lesson),
            Cause::NoTable(employee),
        ),
        of(
            Subject::RowCheck("mark.duty"),
            Some(mark),
            Cause::UnreadableCells(1204),
        ),
        of(Subject::Rows, Some(mark), Cause::BrokenRows(3)),
        of(
            Subject::References(lesson),
            Some(mark),
            Cause::BrokenParents(lesson, 2),
        ),
        of(Subject::Deletions, None, Cause::NoPrevious),
    ]
}

fn indicators() -> Vec<IndicatorOutcome<'static>> {
    let values = [
        Ok(Ratio {
            numerator: 60_988,
            denominator: 61_000,
        }),
        Ok(Ratio {
            numerator: 1,
            denominator: 3,
        }),
        Err(Reason::NoTable(table("employee"))),
    ];
    let all = model().indicators().iter();
    all.zip(values)
        .map(|(indicator, value)| IndicatorOutcome { indicator, value })
        .collect()
}

/// The cures that part of a run would know.
struct Fix;

impl Cure<'static> for Fix {
    fn command(&self, key: &GroupKey<'static>, package: &str) -> Option<String> {
        let mends = [
            code::BYTE_ORDER_MARK,
            code::CARRIAGE_RETURN,
            code::WINDOWS_1251,
            code::FILE_CASE,
        ];
        mends
            .contains(&key.code)
            .then(|| format!("vitrina fix {package} --out mended"))
    }
}

pub(super) fn with(faults: &Tally<'static>, made: &Made, limits: Limits) -> Report {
    let digits = |at: usize| Some(format!("{at:064x}"));
    let files = NAMES.iter().enumerate().map(|(at, name)| FileFacts {
        name: format!("{name}.csv"),
        bytes: 1_000_000 * (at as u64 + 1),
        sha256: digits(at),
        table: Some(table(name)),
        separator: b';',
        columns: model()
            .table(table(name))
            .columns
            .iter()
            .map(|one| Some(one.id))
            .collect(),
    });
    let indicators = indicators();
    let unchecked = unchecked();
    let is_spotless = faults.is_empty();
    let tables = match is_spotless {
        true => vec![TableFacts {
            rows_with_errors: 0,
            rows_with_warnings: 0,
            broken_rows: 0,
            shares: Shares::default(),
            ..tables().remove(0)
        }],
        false => tables(),
    };
    let evidence = Evidence {
        package: PackageFacts {
            name: "region-2025-02.zip".to_owned(),
            kind: PackageKind::Zip,
            mode: Mode::Full,
            manifest: Some(ManifestFacts {
                showcase: "edu_region".to_owned(),
                version: "0.2.0".to_owned(),
                producer: Some(("РИС «Пример»".to_owned(), "7.1".to_owned())),
            }),
        },
        files: files
            .take(if is_spotless { 1 } else { NAMES.len() })
            .collect(),
        metrics: Shares(std::array::from_fn(|at| {
            let shares = tables.iter().map(|table| table.shares.0[at]);
            shares.fold(Share::default(), |sum, one| Share {
                judged: sum.judged + one.judged,
                errors: sum.errors + one.errors,
                warnings: sum.warnings + one.warnings,
            })
        })),
        tables,
        moment: Moment {
            today: Day(20_133),
            now: 20_133 * 86_400_000_000 + 43_200_000_000,
        },
        tally: faults,
        unchecked: if is_spotless { &[] } else { &unchecked },
        indicators: if is_spotless { &[] } else { &indicators },
        ran: vec![
            Ran {
                check: RanCheck::Rule("CMP-02"),
                table: Some(table("person")),
                columns: Vec::new(),
                judged: 25_000,
                broken: 7,
            },
            Ran {
                check: RanCheck::Code(code::REQUIRED),
                table: Some(table("mark")),
                columns: Vec::new(),
                judged: 2_000_000,
                broken: 2,
            },
        ],
        attribution: &crate::Attribution::new(model()),
        places: made,
        cure: &Fix,
    };
    build(model(), &evidence, limits)
}

/// The report of a package with many faults.
pub(super) fn report() -> Report {
    limited(Limits::default())
}

/// The same within other limits.
pub(super) fn limited(limits: Limits) -> Report {
    let faults = faults();
    with(&faults.tally, &faults.made, limits)
}

/// The report of a package without any.
pub(super) fn spotless() -> Report {
    let made = Made { faults: Vec::new() };
    with(&Tally::new(10), &made, Limits::default())
}
