//! The rows that reference packages are cut from.

use std::collections::{BTreeMap, BTreeSet};

use vitrina_codegen::model::eval::Day;
use vitrina_codegen::model::{Model, TableId};
use vitrina_codegen::quality::Moment;
use vitrina_codegen::sample::scenario::{Memory, Request, run};
use vitrina_codegen::sample::{self, Package};

use super::draft::Draft;
use super::{MOMENT, PUPILS};
use crate::model as models;

/// The package of the model's scenario, in memory.
#[derive(Debug)]
pub struct Base {
    /// The model.
    pub model: Model,
    /// When packages are judged.
    pub moment: Moment,
    package: Package,
}

impl Base {
    /// The repository's model and its scenario, seed 1.
    ///
    /// # Errors
    /// The model does not compile, or its scenario makes a bad row.
    pub fn new() -> Result<Base, String> {
        let model = models::big()?;
        let request = Base::request(&model)?;
        let mut memory = Memory::new(&model);
        run(&model, &request, &mut memory).map_err(|error| format!("{error:?}"))?;
        let package = memory.finish();
        Ok(Base {
            moment: moment(request.today)?,
            package,
            model,
        })
    }

    /// What is asked of the scenario.
    ///
    /// # Errors
    /// The model has no scenario.
    pub fn request(model: &Model) -> Result<Request, String> {
        let scenario = model.scenario().ok_or("the model has no scenario")?;
        Ok(Request::new(scenario, PUPILS))
    }

    /// The first rows of the named tables, and whatever these refer to.
    ///
    /// # Errors
    /// A table that the model does not have.
    pub fn cut(&self, wanted: &[(&str, usize)]) -> Result<Draft, String> {
        let mut taken: BTreeMap<TableId, BTreeSet<usize>> = BTreeMap::new();
        let mut open: Vec<(TableId, usize)> = Vec::new();
        for (name, count) in wanted {
            let table = self
                .model
                .find_table(name)
                .ok_or_else(|| format!("no table `{name}`"))?;
            let rows = self.package.rows(table.id).len().min(*count);
            open.extend((0..rows).map(|row| (table.id, row)));
        }
        while let Some((id, row)) = open.pop() {
            if taken.entry(id).or_default().insert(row) {
                open.extend(self.referred(id, row));
            }
        }
        let mut draft = Draft::new(&self.model);
        for (id, rows) in taken {
            let table = self.model.table(id);
            let all = self.package.rows(id);
            let rows: Vec<_> = rows
                .iter()
                .filter_map(|row| all.get(*row).cloned())
                .collect();
            let text = sample::csv::table(table, &rows, self.model.showcase().csv);
            draft.add(
                &format!("{}.csv", table.name),
                Some(&table.name),
                text.into_bytes(),
            );
        }
        Ok(draft)
    }

    /// The rows to which a row refers.
    fn referred(&self, id: TableId, row: usize) -> Vec<(TableId, usize)> {
        let Some(cells) = self.package.rows(id).get(row) else {
            return Vec::new();
        };
        let keys = self.model.table(id).foreign_keys.iter();
        keys.filter_map(|key| {
            let own: Vec<_> = key
                .columns
                .iter()
                .map(|id| cells[id.index()].as_deref())
                .collect();
            own.iter().all(Option::is_some).then_some(())?;
            let is_target = |cells: &sample::Cells| {
                let mut theirs = key.target.iter().map(|id| cells[id.index()].as_deref());
                own.iter().all(|one| theirs.next() == Some(*one))
            };
            let place = self.package.rows(key.table).iter().position(is_target)?;
            Some((key.table, place))
        })
        .collect()
    }
}

/// [`MOMENT`], which must be noon of the scenario's day.
fn moment(today: Day) -> Result<Moment, String> {
    let written: vitrina::Timestamp =
        (MOMENT.replacen('T', " ", 1).parse()).map_err(|_| format!("`{MOMENT}` is no moment"))?;
    let moment = Moment::from(written);
    match moment.today == today {
        true => Ok(moment),
        false => Err(format!(
            "`{MOMENT}` is not the day of the scenario: {today:?}"
        )),
    }
}
