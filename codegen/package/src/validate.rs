//! A package checked from end to end.
//!
//! ```text
//! inventory ─► diagnosis of every file ─► plans ─► tables in load order, N threads ─► keys ─► rules ─► Outcome
//!                                                  (scan, marks; keys and rules take rows)
//! ```

mod judge;
mod table;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use vitrina_codegen::model::{Model, TableId};
use vitrina_codegen::quality::IndicatorOutcome;

use crate::diagnose::{self, Layout};
use crate::inventory::{self, Package};
use crate::keys::KeyOutcome;
use crate::read::TableRead;
use crate::{Error, GroupKey, Metrics, Options, RuleOutcome, Sample, Tally, Unchecked, code};

/// What a run is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Files are listed and their first bytes looked at.
    Open,
    /// Tables are read.
    Scan,
    /// Keys and references are compared.
    Keys,
    /// Rules across rows and tables are judged.
    Rules,
}

/// Who is told how far a run is; from several threads.
pub trait Progress: Sync {
    /// Another part of the work begins.
    fn stage(&self, stage: Stage) {
        let _ = stage;
    }

    /// So many bytes of all files of tables were read since the last call, of so many in all.
    fn read(&self, bytes: u64, total: u64) {
        let _ = (bytes, total);
    }
}

/// Tells nobody.
impl Progress for () {}

/// Everything that was found out about a package.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome<'m> {
    /// The package as it was opened; its own findings are among those below.
    pub package: Package,
    /// How the files that could be read as rows are laid out, by position.
    pub layouts: BTreeMap<usize, Layout>,
    /// What was seen of the tables that could be read, in load order; tells where rows lie.
    pub reads: Vec<TableRead>,
    /// What the tables hold, in the model's order; those without any readable file too.
    pub tables: Vec<TableOutcome>,
    /// What was found.
    pub tally: Tally<'m>,
    /// What was not checked, and why; in order, each once.
    pub unchecked: Vec<Unchecked<'m>>,
    /// Quality as numbers.
    pub metrics: Metrics,
    /// How keys and references fared.
    pub keys: KeyOutcome,
    /// How assertions about rows fared.
    pub rules: Vec<RuleOutcome<'m>>,
    /// The indicators.
    pub indicators: Vec<IndicatorOutcome<'m>>,
}

/// What a package holds of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableOutcome {
    /// The table.
    pub table: TableId,
    /// Its files, by position in the package.
    pub files: Vec<usize>,
    /// Lines behind the headers.
    pub rows: u64,
    /// Bytes of its files.
    pub bytes: u64,
    /// Lines whose fields could not be told.
    pub broken_rows: u64,
}

/// Checks a package.
///
/// # Errors
/// There is no package, it cannot be read at all, or there is no room on disk for what outgrows the memory.
/// Whatever is wrong with its files is no error but a finding.
pub fn validate<'m>(
    model: &'m Model,
    path: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Outcome<'m>, Error> {
    progress.stage(Stage::Open);
    let package = inventory::open(model, path, options)?;
    let mut run = Run::new(model, package, options);
    run.diagnose();
    run.scan(progress)
}

/// A run on its way.
struct Run<'m, 'o> {
    model: &'m Model,
    package: Package,
    options: &'o Options,
    attribution: Arc<crate::Attribution<'m>>,
    layouts: BTreeMap<usize, Layout>,
    tally: Tally<'m>,
    unchecked: Vec<Unchecked<'m>>,
}

impl<'m, 'o> Run<'m, 'o> {
    fn new(model: &'m Model, package: Package, options: &'o Options) -> Run<'m, 'o> {
        let mut tally = Tally::new(options.samples);
        tally.merge(package.findings.clone());
        Run {
            model,
            options,
            attribution: Arc::new(crate::Attribution::new(model)),
            layouts: BTreeMap::new(),
            tally,
            unchecked: package.unchecked.clone(),
            package,
        }
    }

    /// Looks at the first bytes of every file that belongs to a table.
    fn diagnose(&mut self) {
        for (table, _) in self.package.tables() {
            for (file, diagnosis) in diagnose::table(self.model, &self.package, table) {
                self.tally.merge(diagnosis.findings);
                if let Some(layout) = diagnosis.layout {
                    if layout.carriage_return {
                        say_carriage_return(&mut self.tally, table, file);
                    }
                    self.layouts.insert(file, layout);
                }
            }
        }
    }

    /// The files of a table that can be read as rows.
    fn readable(&self, table: TableId) -> Vec<(usize, Layout)> {
        let files = self.package.files_of(table).iter();
        files
            .filter_map(|file| Some((*file, self.layouts.get(file)?.clone())))
            .collect()
    }
}

/// The header ends with CR LF: one finding with those of the rows.
fn say_carriage_return(tally: &mut Tally<'_>, table: TableId, file: usize) {
    let key = GroupKey {
        file: Some(file),
        ..GroupKey::of_table(code::CARRIAGE_RETURN, table)
    };
    let header = Sample {
        row: None,
        line: Some(1),
        count: 1,
        value: None,
    };
    tally.add(key, header);
}
