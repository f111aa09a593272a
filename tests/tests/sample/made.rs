//! The package that all of these tests look at, made once per process.

use std::sync::LazyLock;

use vitrina_codegen::model::{Model, Table};
use vitrina_codegen::quality::{self, Rows};
use vitrina_codegen::sample::scenario::{Folder, Request, Summary, run};
use vitrina_tests::model as models;

/// Students of the package: enough that every rule meets a row, and one more than fits in one district, so
/// that what is made district by district must not repeat itself.
const STUDENTS: u64 = 1001;

/// A written package.
pub(super) struct Made {
    pub(super) model: Model,
    pub(super) request: Request,
    /// What the writer says that it wrote.
    pub(super) summary: Summary,
    /// The names that lie in the folder, sorted, with the contents.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// The rows of the files, as the reference reader of CSV sees them.
    pub(super) rows: Rows,
    /// What that reader finds wrong: table, line, fault.
    pub(super) breaches: Vec<String>,
}

impl Made {
    /// The file of a table.
    pub(super) fn file(&self, table: &Table) -> &[u8] {
        let name = format!("{}.csv", table.name);
        let found = self.files.iter().find(|(file, _)| *file == name);
        &found.unwrap_or_else(|| panic!("no file `{name}`")).1
    }

    /// How many rows the writer says that a table has.
    pub(super) fn rows_of(&self, table: &Table) -> u64 {
        self.summary.tables[table.id.index()].rows
    }

    /// A time of the package's day.
    pub(super) fn moment(&self, time: &str) -> vitrina::Timestamp {
        format!("{} {time}", self.request.today).parse().unwrap()
    }
}

/// The package of the big model's scenario, seed 1.
pub(super) fn made() -> &'static Made {
    static MADE: LazyLock<Made> = LazyLock::new(|| {
        let model = models::big().unwrap_or_else(|error| panic!("{error}"));
        let request = Request::new(model.scenario().unwrap(), STUDENTS);
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("package");
        let mut folder = Folder::create(&model, &out, false).unwrap();
        if let Err(error) = run(&model, &request, &mut folder) {
            panic!("{error:#?}");
        }
        let summary = folder.finish().unwrap();
        let entries = std::fs::read_dir(&out).unwrap();
        let mut files: Vec<_> = entries
            .map(|entry| {
                let entry = entry.unwrap();
                let name = entry.file_name().into_string().unwrap();
                (name, std::fs::read(entry.path()).unwrap())
            })
            .collect();
        files.sort();
        let mut rows = Rows::new(&model);
        let mut breaches = Vec::new();
        for (name, file) in &files {
            let table = name
                .strip_suffix(".csv")
                .and_then(|it| model.find_table(it));
            let Some(table) = table else { continue };
            let found = quality::csv::read(&model, table, file, &mut rows);
            breaches.extend(found.iter().map(|breach| format!("{name}: {breach:?}")));
        }
        Made {
            model,
            request,
            summary,
            files,
            rows,
            breaches,
        }
    });
    &MADE
}
