//! `vitrina sample`: a valid synthetic package of the model, as CSV files.
//!
//! By the model's scenario, where it has one: rows stream to the disk. Without a scenario every
//! table gets as many rows as its keys allow, from the sampler that tests of targets use.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::json;
use vitrina_codegen::diagnostic::render::{plural_en, plural_ru};
use vitrina_codegen::diagnostic::{Format, Report};
use vitrina_codegen::model::eval::{Day, Value};
use vitrina_codegen::model::scenario::Atom;
use vitrina_codegen::model::{BaseType, Model, Scenario, TableId};
use vitrina_codegen::sample::scenario::{self, Folder, FolderError, Request, Sink, Summary};
use vitrina_codegen::sample::{self, Options};
use vitrina_codegen::text;

use super::load::{Loaded, load};
use crate::args::{Sample, Shared};
use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::places;
use crate::timings::Timings;

/// The folder of a package when none is named.
const FOLDER: &str = "sample";
/// The day on which rows are judged when neither the command nor a scenario names one: fixed, so
/// that the same seed gives the same bytes.
const TODAY: &str = "2025-02-14";
/// The prefix of record identifiers when neither names one.
const PREFIX: &str = "DEMO";

pub(super) fn run(args: &Sample, shared: &Shared, console: &Console) -> Result<Exit, Failure> {
    let folder = places::model(shared)?;
    let loaded = load(&folder, &Timings::default())?;
    let Some(model) = &loaded.model else {
        let parts = [(&loaded.report, &loaded.sources)];
        console.findings(&parts, [])?;
        return Ok(match console.exit(&parts) {
            Exit::Fine => Exit::Findings,
            exit => exit,
        });
    };
    let out = shared.out.clone().unwrap_or_else(|| PathBuf::from(FOLDER));
    let today = args.today.as_deref().map(day).transpose()?;
    let prefix = args.prefix.as_deref().map(prefix).transpose()?;
    match model.scenario() {
        Some(scenario) => {
            let request = request(args, scenario, today, prefix);
            by_scenario(model, scenario, &request, args, &out, &loaded, console)
        }
        None => {
            if args.students.is_some() {
                return Err(Failure::usage(
                    text!(
                        "the model has no scenario, so nothing says what `--students` counts",
                        "у модели нет сценария, и не сказано, что считает `--students`"
                    ),
                    text!(
                        "use `--rows N`: rows of every table; or write `scenario.yaml`",
                        "укажите `--rows N` — строк в каждой таблице — или напишите `scenario.yaml`"
                    ),
                ));
            }
            by_table(model, args, today, prefix, &out, console)
        }
    }
}

fn request(
    args: &Sample,
    scenario: &Scenario,
    today: Option<Day>,
    prefix: Option<String>,
) -> Request {
    let rows = args.students.unwrap_or(args.rows);
    let mut request = Request::new(scenario, rows);
    request.seed = args.seed;
    request.today = today.unwrap_or(request.today);
    request.prefix = prefix.unwrap_or(request.prefix);
    request
}

fn by_scenario(
    model: &Model,
    scenario: &Scenario,
    request: &Request,
    args: &Sample,
    out: &Path,
    loaded: &Loaded,
    console: &Console,
) -> Result<Exit, Failure> {
    let started = Instant::now();
    let folder = begin(model, args, out)?;
    let mut watched = Watched {
        folder,
        progress: Progress::new(console, scenario.scale, request.scale),
    };
    let made = scenario::run(model, request, &mut watched);
    watched.progress.end();
    if let Err(error) = made {
        if let Some(finding) = error.to_diagnostic() {
            let mut report = Report::new();
            report.push(finding);
            console.findings(&[(&report, &loaded.sources)], [])?;
            return Ok(Exit::Findings);
        }
        return Err(match error {
            scenario::Error::Sink(error) => refused(error),
            _ => Failure::io(text!("no scenario", "нет сценария")),
        });
    }
    let summary = watched.folder.finish().map_err(refused)?;
    show(&summary, out, started.elapsed(), console)
}

fn begin<'m>(model: &'m Model, args: &Sample, out: &Path) -> Result<Folder<'m>, Failure> {
    let options = Folder::options()
        .overwrite(args.force)
        .manifest(!args.no_manifest);
    Folder::with_options(model, out, options).map_err(refused)
}

fn refused(error: FolderError) -> Failure {
    let message = error.message();
    match error {
        FolderError::Occupied(_) => Failure::usage(
            message,
            text!(
                "choose another folder with `--out`, or replace the files with `--force`",
                "выберите другую папку через `--out` или замените файлы через `--force`"
            ),
        ),
        FolderError::Io(..) | FolderError::Package(_) => Failure::io(message),
    }
}

/// Rows of every table, from the whole package in memory.
fn by_table(
    model: &Model,
    args: &Sample,
    today: Option<Day>,
    prefix: Option<String>,
    out: &Path,
    console: &Console,
) -> Result<Exit, Failure> {
    let started = Instant::now();
    let mut options = Options::new(match today {
        Some(today) => today,
        None => day(TODAY)?,
    });
    options.rows = usize::try_from(args.rows).unwrap_or(usize::MAX);
    options.seed = args.seed;
    options.prefix = prefix.unwrap_or_else(|| PREFIX.to_owned());
    let package = sample::package(model, &options).map_err(|error| {
        Failure::io(text!(
            "no rows could be made: {error}",
            "строки создать не удалось: {error}"
        ))
    })?;
    let mut folder = begin(model, args, out)?;
    for sampled in &package.tables {
        let columns = &model.table(sampled.table).columns;
        for row in &sampled.rows {
            let cells: Vec<Atom> = columns
                .iter()
                .zip(row)
                .map(|(column, text)| atom(column.ty.base, text.as_deref()))
                .collect();
            folder.row(sampled.table, &cells).map_err(refused)?;
        }
    }
    let summary = folder.finish().map_err(refused)?;
    show(&summary, out, started.elapsed(), console)
}

/// A cell's text as a value.
fn atom(base: BaseType, text: Option<&str>) -> Atom {
    let Some(text) = text else {
        return Atom::Null;
    };
    match Value::parse(base, text) {
        Some(Value::Boolean(truth)) => Atom::Boolean(truth),
        // Numbers and times stand in the package in their one form already.
        _ => Atom::text(text),
    }
}

fn show(summary: &Summary, out: &Path, took: Duration, console: &Console) -> Result<Exit, Failure> {
    if console.format == Format::Json {
        let tables: Vec<_> = summary
            .tables
            .iter()
            .map(|t| json!({ "table": t.table, "rows": t.rows, "bytes": t.bytes }))
            .collect();
        let document = json!({
            "folder": out.display().to_string(),
            "rows": summary.rows(),
            "bytes": summary.bytes(),
            "tables": tables,
        });
        console.data(&format!("{document:#}\n"))?;
        return Ok(Exit::Fine);
    }
    let (rows, files) = (summary.rows(), summary.tables.len());
    let megabytes = summary.bytes() as f64 / 1e6;
    let seconds = took.as_secs_f64();
    let out = out.display();
    let many = |count: u64| usize::try_from(count % 1_000_000).unwrap_or(0);
    let en = plural_en(many(rows), ["row", "rows"]);
    let ru = plural_ru(many(rows), ["строка", "строки", "строк"]);
    let files_en = plural_en(files, ["file", "files"]);
    let files_ru = plural_ru(files, ["файле", "файлах", "файлах"]);
    console.status(&text!(
        "{out}: {rows} {en} in {files} {files_en}, {megabytes:.1} MB, {seconds:.1} s",
        "{out}: {rows} {ru} в {files} {files_ru}, {megabytes:.1} МБ, {seconds:.1} с"
    ));
    Ok(Exit::Fine)
}

/// Counts the rows of one table on a terminal.
struct Progress {
    shown: bool,
    counted: TableId,
    total: u64,
    made: u64,
    rows: u64,
    last: Instant,
    lang: vitrina_codegen::Lang,
}

impl Progress {
    fn new(console: &Console, counted: TableId, total: u64) -> Progress {
        let terminal = std::io::stderr().is_terminal();
        Progress {
            shown: terminal && !console.quiet && console.format == Format::Text,
            counted,
            total,
            made: 0,
            rows: 0,
            last: Instant::now(),
            lang: console.lang,
        }
    }

    fn row(&mut self, table: TableId) {
        self.rows += 1;
        self.made += u64::from(table == self.counted);
        // The clock is asked rarely, the line is written even more rarely.
        if !self.shown || !self.rows.is_multiple_of(4096) || self.last.elapsed().as_millis() < 100 {
            return;
        }
        self.last = Instant::now();
        let (made, total, rows) = (self.made, self.total, self.rows);
        let line = text!(
            "{made} of {total}, {rows} rows",
            "{made} из {total}, строк {rows}"
        );
        eprint!("\r\u{1b}[K{}", line.get(self.lang));
    }

    fn end(&mut self) {
        if self.shown {
            eprint!("\r\u{1b}[K");
        }
    }
}

/// A folder whose rows are counted.
struct Watched<'m> {
    folder: Folder<'m>,
    progress: Progress,
}

impl Sink for Watched<'_> {
    type Error = FolderError;

    fn row(&mut self, table: TableId, cells: &[Atom]) -> Result<(), FolderError> {
        self.progress.row(table);
        self.folder.row(table, cells)
    }
}

fn day(text: &str) -> Result<Day, Failure> {
    match Value::parse(BaseType::Date, text) {
        Some(Value::Date(day)) => Ok(day),
        _ => Err(Failure::usage(
            text!("`{text}` is not a day", "`{text}` — не день"),
            text!("write it as `2025-02-14`", "пишите так: `2025-02-14`"),
        )),
    }
}

/// A prefix by CSV rule F10: Latin letters, digits and `_`.
fn prefix(text: &str) -> Result<String, Failure> {
    let fits = (1..=20).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if fits {
        return Ok(text.to_owned());
    }
    Err(Failure::usage(
        text!(
            "`{text}` is not a prefix of identifiers",
            "`{text}` — не префикс идентификаторов"
        ),
        text!(
            "a prefix is 1 to 20 Latin letters, digits and `_`",
            "префикс — от 1 до 20 латинских букв, цифр и `_`"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_by_the_rule_of_identifiers() {
        assert!(prefix("DEMO_1").is_ok());
        for bad in ["", "a-b", "ДЕМО", "123456789012345678901"] {
            assert!(prefix(bad).is_err(), "{bad}");
        }
        assert!(day("2025-02-29").is_err() && day(TODAY).is_ok());
    }
}
