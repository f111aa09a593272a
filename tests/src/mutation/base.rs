//! Valid packages by table and line: what mutations begin with.

use vitrina_codegen::model::eval::Day;
use vitrina_codegen::model::{Model, Table, TableId};
use vitrina_codegen::quality::Moment;
use vitrina_codegen::sample::scenario::{Memory, Request, run};
use vitrina_codegen::sample::{self, Cells, Options, Package};

use crate::model as models;

/// A valid package in memory.
#[derive(Debug)]
pub struct Base {
    /// What it is called in messages.
    pub name: String,
    /// The model.
    pub model: Model,
    /// The moment at which packages are judged.
    pub moment: Moment,
    /// The tables that have rows, in the order of the model.
    pub tables: Vec<BaseTable>,
}

/// The rows of a table.
#[derive(Debug)]
pub struct BaseTable {
    /// The table.
    pub table: TableId,
    /// The first line.
    pub header: String,
    /// The others.
    pub lines: Vec<String>,
    /// The cells of the same rows.
    pub cells: Vec<Cells>,
}

impl Base {
    /// The repository's model, by its scenario: all rules of the model hold.
    ///
    /// # Errors
    /// The model does not compile, or its scenario makes a bad row.
    pub fn of_scenario(students: u64, seed: u64) -> Result<Base, String> {
        let model = models::big()?;
        let scenario = model.scenario().ok_or("the model has no scenario")?;
        let request = Request {
            seed,
            ..Request::new(scenario, students)
        };
        let mut memory = Memory::new(&model);
        run(&model, &request, &mut memory).map_err(|error| format!("{error:?}"))?;
        let package = memory.finish();
        Ok(Base::of("model", model, &package, request.today))
    }

    /// A small model of the tests, by the sampler: what one row says holds, and so do keys and references;
    /// rules across rows may be broken from the start.
    ///
    /// # Errors
    /// The model does not compile or cannot be sampled.
    pub fn sampled(folder: &str, rows: usize, seed: u64) -> Result<Base, String> {
        let model = models::read(folder)?;
        let today = Day::new(2024, 1, 6).ok_or("no day")?;
        let options = Options {
            rows,
            seed,
            ..Options::new(today)
        };
        let package = sample::package(&model, &options).map_err(|error| error.to_string())?;
        Ok(Base::of(folder, model, &package, today))
    }

    fn of(name: &str, model: Model, package: &Package, today: Day) -> Base {
        let profile = model.showcase().csv;
        let tables = model.tables().iter().filter_map(|table| {
            let cells = package.rows(table.id).to_vec();
            let text = sample::csv::table(table, &cells, profile);
            let mut lines = text.split('\n').map(str::to_owned);
            let header = lines.next()?;
            let lines: Vec<String> = lines.collect();
            (!lines.is_empty()).then_some(BaseTable {
                table: table.id,
                header,
                lines,
                cells,
            })
        });
        Base {
            name: name.to_owned(),
            tables: tables.collect(),
            model,
            moment: noon(today),
        }
    }

    /// The model's table of one of the tables here.
    pub fn table(&self, at: usize) -> &Table {
        self.model.table(self.tables[at].table)
    }
}

/// Noon of a day.
fn noon(today: Day) -> Moment {
    Moment {
        today,
        now: (today.0 * 24 + 12) * 3_600_000_000,
    }
}
