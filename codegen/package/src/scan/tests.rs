//! The scan beside the reference reading of files, on files that were damaged at random; and beside
//! itself, cut into chunks anywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use vitrina_codegen::model::eval::Value;
use vitrina_codegen::model::{Model, Table};
use vitrina_codegen::quality::csv::{self, Fault};
use vitrina_codegen::sample::{self, Random};

use super::*;
use crate::attribution::Attribution;
use crate::column::Sought;
use crate::testing::model;
use crate::{Tally, Unchecked};

const TODAY: Day = Day(20_500);

/// Keeps the rows that it is given, as values.
struct Keep<'k>(&'k Mutex<BTreeMap<u64, Vec<Option<Value>>>>);

impl RowWorker for Keep<'_> {
    fn row(&mut self, row: RowId, cells: &[Cell<'_>]) {
        let values = cells.iter().map(Cell::value).collect();
        let before = self.0.lock().unwrap().insert(row.0, values);
        assert!(before.is_none(), "row {row:?} came twice");
    }

    fn finish(self: Box<Self>) -> std::io::Result<()> {
        Ok(())
    }
}

/// What a scan gives.
#[derive(Debug, PartialEq)]
struct Outcome<'m> {
    tally: Tally<'m>,
    unchecked: Vec<Unchecked<'m>>,
    rows: BTreeMap<u64, Vec<Option<Value>>>,
    unread: u64,
}

/// Scans the lines behind a header, cut behind the line feeds of these numbers, the chunks in this order.
fn scan<'m>(
    model: &Model,
    plan: &TablePlan<'m>,
    body: &[u8],
    cuts: &BTreeSet<usize>,
    random: &mut Random,
) -> Outcome<'m> {
    let mut chunks = Vec::new();
    let (mut from, mut first_row, mut row) = (0, 0, 0);
    for feed in memchr::memchr_iter(b'\n', body) {
        row += 1;
        if cuts.contains(&(row as usize)) && feed + 1 < body.len() {
            chunks.push((from..feed + 1, first_row, false));
            (from, first_row) = (feed + 1, row);
        }
    }
    chunks.push((from..body.len(), first_row, true));
    let rows = Mutex::default();
    let marks = Marks::new(model);
    let seams = Seams::new();
    let forms = Forms::from([(0, FileForm::of_table(plan.table))]);
    let mut scanners: Vec<Scanner<'_, '_>> = (0..3)
        .map(|_| {
            let workers: Vec<Box<dyn RowWorker>> = vec![Box::new(Keep(&rows))];
            Scanner::new(plan, &forms, TODAY, &marks, workers, 100_000)
        })
        .collect();
    while !chunks.is_empty() {
        let (range, first_row, is_last) = chunks.swap_remove(random.below(chunks.len()));
        let lines = Lines {
            bytes: &body[range],
            file: 0,
            first_row: RowId(first_row),
            is_last,
        };
        let which = random.below(scanners.len());
        scanners[which].lines(lines, &seams);
    }
    seams.finish(&mut |_| panic!("nothing may be left"));
    let mut all: Option<Found> = None;
    for scanner in scanners {
        let found = scanner.finish().unwrap();
        match &mut all {
            Some(all) => all.merge(found),
            None => all = Some(found),
        }
    }
    let mut tally = Tally::new(100_000);
    let mut unchecked = Vec::new();
    all.unwrap().tally(plan, &mut tally, &mut unchecked);
    Outcome {
        tally,
        unchecked,
        unread: marks.count_unread(plan.table.id),
        rows: rows.into_inner().unwrap(),
    }
}

/// The file of some rows, line by line.
fn file(table: &Table, rows: &[&sample::Cells]) -> Vec<Vec<u8>> {
    let names: Vec<&str> = table.columns.iter().map(|one| one.name.as_str()).collect();
    let mut lines = vec![names.join(";").into_bytes()];
    for row in rows {
        let fields: Vec<String> = row
            .iter()
            .map(|cell| {
                format!(
                    "\"{}\"",
                    cell.as_deref().unwrap_or_default().replace('"', "\"\"")
                )
            })
            .collect();
        lines.push(fields.join(";").into_bytes());
    }
    lines
}

/// Pieces that hurt.
const PIECES: [&[u8]; 18] = [
    b"\"",
    b"\"\"",
    b";",
    b"\n",
    b"\r",
    b"\r\n",
    b"\";\"",
    b"\0",
    b"\xd0",
    b"\xff",
    b" ",
    "\u{a0}".as_bytes(),
    "\u{2028}".as_bytes(),
    "ё".as_bytes(),
    b"0",
    b"o",
    b"\"\n\"",
    b"x",
];

/// Damages some lines of a file; the lines behind the header as one.
fn damage(lines: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut lines = lines.to_vec();
    let header = lines.remove(0);
    for _ in 0..random.below(4) {
        let at = random.below(lines.len());
        match random.below(8) {
            0 => lines.insert(at, header.clone()),
            1 => lines.insert(at, Vec::new()),
            2 => {
                let text = String::from_utf8_lossy(&lines[at]).replace('"', "");
                lines[at] = text.into_bytes();
            }
            3 => lines[at].push(b'\r'),
            _ => {
                let line = &mut lines[at];
                for _ in 0..=random.below(3) {
                    let from = random.below(line.len() + 1);
                    let to = (from + random.below(3)).min(line.len());
                    let piece = random.pick(&PIECES).copied().unwrap_or_default();
                    line.splice(from..to, piece.iter().copied());
                }
            }
        }
    }
    let mut body = lines.join(&b'\n');
    if random.one_in(3) {
        body.push(b'\n');
    }
    if random.one_in(4) {
        body.truncate(body.len() - random.below(body.len() / 2));
    }
    body
}

/// Whether a code says what the reference found.
fn says(found: Code, fault: &Fault) -> bool {
    let codes: &[Code] = match fault {
        Fault::NotUtf8 => &[code::NOT_UTF_8, code::CUT, code::NUL],
        Fault::Unquoted => &[
            code::OPEN_QUOTE,
            code::STRAY_QUOTE,
            code::UNQUOTED,
            code::FIELD_COUNT,
            code::CUT,
            code::EMPTY_LINE,
            code::NUL,
        ],
        Fault::OpenQuote => &[code::OPEN_QUOTE, code::CUT, code::NUL],
        Fault::StrayQuote => &[code::STRAY_QUOTE, code::NUL],
        Fault::FieldCount { .. } => &[code::FIELD_COUNT, code::CUT, code::EMPTY_LINE, code::NUL],
        Fault::Control => &[
            code::CONTROL,
            code::NUL,
            code::CARRIAGE_RETURN,
            code::LINE_BREAK,
            code::CUT,
            code::EMPTY_LINE,
        ],
        Fault::NullForm => &[code::NULL_FORM],
        Fault::Empty => &[code::REQUIRED],
        Fault::Date | Fault::Value => &[
            code::DATE,
            code::TYPE,
            code::RANGE,
            code::CONTROL,
            code::NUL,
            code::LINE_BREAK,
        ],
        Fault::Length | Fault::Form(_) => {
            &[code::TOO_LONG, code::LENGTH, code::PATTERN, code::HASH]
        }
        Fault::CheckDigit(_) => &[code::CHECK_DIGIT, code::HASH],
        Fault::ByteOrderMark | Fault::NoHeader | Fault::Header { .. } => &[],
    };
    codes.contains(&found)
}

/// What only the scan says.
fn is_own(code: Code) -> bool {
    let own = [
        code::BLANKS,
        code::LOOK_ALIKE,
        code::CODE,
        code::REQUIRED_WHEN,
        code::ROW_CHECK,
        code::FREE_TEXT,
        code::HEADER_REPEATED,
    ];
    own.contains(&code)
}

/// The codes found in each row.
fn by_row(outcome: &Outcome<'_>) -> BTreeMap<u64, BTreeSet<Code>> {
    let mut rows: BTreeMap<u64, BTreeSet<Code>> = BTreeMap::new();
    for (key, group) in outcome.tally.groups() {
        assert_eq!(group.count, group.samples.len() as u64);
        for sample in &group.samples {
            rows.entry(sample.row.unwrap().0)
                .or_default()
                .insert(key.code);
        }
    }
    rows
}

fn compare(model: &Model, table: &Table, header: &[u8], body: &[u8], outcome: &Outcome<'_>) {
    let mut file = header.to_vec();
    file.push(b'\n');
    file.extend_from_slice(body);
    let breaches = csv::judge(model, table, &file);
    let mut found = by_row(outcome);
    let place = || String::from_utf8_lossy(body).into_owned();
    for breach in &breaches {
        let row = breach.line - 2;
        let codes = found.get(&row).cloned().unwrap_or_default();
        let is_said = codes.contains(&code::HEADER_REPEATED)
            || codes.iter().any(|code| says(*code, &breach.fault));
        assert!(
            is_said,
            "row {row}: {breach:?}, found {codes:?}\n{}",
            place()
        );
    }
    let faults = |row: u64| breaches.iter().filter(move |one| one.line == row + 2);
    for (row, codes) in &mut found {
        for code in codes.iter() {
            let is_known = is_own(*code) || faults(*row).any(|one| says(*code, &one.fault));
            assert!(is_known, "row {row}: {code:?} is no fault\n{}", place());
        }
    }
}

#[test]
fn damaged_files_are_judged_as_by_the_reference_however_they_are_cut() {
    let model = model("model");
    let options = sample::Options {
        rows: 6,
        ..sample::Options::new(TODAY)
    };
    let package = sample::package(&model, &options).unwrap();
    let attribution = Arc::new(Attribution::new(&model));
    let sought = Arc::new(Sought::of([]));
    let mut random = Random::new(11);
    let mut seen = BTreeSet::new();
    for table in model.tables() {
        let profile = model.showcase().csv;
        let plan = TablePlan::new(&model, table, profile, &attribution, &sought, &[]);
        let mutants = sample::mutants(&model, &package, table, TODAY, 3);
        let mutated: Vec<_> = mutants.mutants.iter().map(|mutant| &mutant.row).collect();
        for _ in 0..12 {
            let mut rows: Vec<&sample::Cells> = package.rows(table.id).iter().collect();
            rows.extend(random.pick(&mutated).copied());
            let lines = file(table, &rows);
            let body = damage(&lines, &mut random);
            let whole = scan(&model, &plan, &body, &BTreeSet::new(), &mut random);
            // A line that is whole by itself ends a record for the scan, not for the reference.
            let joins = whole
                .tally
                .groups()
                .any(|(key, _)| key.code == code::LINE_BREAK);
            if !joins || random.one_in(2) {
                compare(&model, table, &lines[0], &body, &whole);
            }
            for (key, _) in whole.tally.groups() {
                seen.insert(key.code);
            }
            let cuts = (1..12).filter(|_| random.one_in(2)).collect();
            let cut = scan(&model, &plan, &body, &cuts, &mut random);
            assert_eq!(whole, cut, "{cuts:?}\n{}", String::from_utf8_lossy(&body));
        }
    }
    for code in [
        code::FIELD_COUNT,
        code::UNQUOTED,
        code::OPEN_QUOTE,
        code::STRAY_QUOTE,
        code::LINE_BREAK,
        code::NOT_UTF_8,
        code::EMPTY_LINE,
        code::HEADER_REPEATED,
        code::CARRIAGE_RETURN,
        code::NUL,
        code::CUT,
        code::CONTROL,
        code::REQUIRED,
        code::REQUIRED_WHEN,
        code::NULL_FORM,
        code::TYPE,
        code::CODE,
        code::PATTERN,
        code::ROW_CHECK,
    ] {
        assert!(seen.contains(&code), "{code:?} was never found");
    }
}
