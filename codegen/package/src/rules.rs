//! The model's rules across rows and tables, and its indicators, in bounded memory.
//!
//! ```text
//! Model ─► compile ─► Plan
//! rows ─► Base ─┬──────────────────────► sinks ─┬─► judged at once (checks of a row)
//!               └─► Flow (references        ▲   ├─► spools ─► gather ─► searches, sets
//!                   followed, by Stock) ────┘   └─► Stock (rows referred to)
//! ```
//!
//! The meaning is that of [`vitrina_codegen::quality`], which holds all rows in memory. Here the rules are
//! compiled before the first row is read; each row is looked at once and leaves behind only what some
//! rule still needs of it, under the key by which it will be sought. Partitions of equal keys are judged
//! at the end, one after another; what outgrows the memory is divided, and what cannot be is reported as
//! not checked.

mod compile;
mod context;
mod expr;
mod finish;
mod flow;
mod gather;
mod hand;
mod key;
mod kinds;
mod looks;
mod measure;
mod need;
mod plan;
mod recent;
mod room;
mod search;
mod set;
mod state;
mod stock;
mod tap;
#[cfg(test)]
mod tests;
mod traveller;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use vitrina_codegen::model::{ColumnId, Model, TableId};
use vitrina_codegen::quality::IndicatorOutcome;

use crate::store::{Spool, Store};
use crate::{Consumer, Options, RowWorker, Unchecked};
use compile::Compiler;
use context::{Context, Outcome};
use expr::Now;
use plan::Plan;
pub use state::{RowMarks, TableState, Tables};
use stock::Stock;

/// Rules and indicators on their way: takes rows, then judges.
#[derive(Debug)]
pub struct Rules<'m> {
    model: &'m Model,
    tables: Tables,
    plan: Plan<'m>,
    unchecked: Vec<Unchecked<'m>>,
    store: Store,
    spools: Vec<Option<Spool>>,
    stocks: Vec<Stock>,
    /// Flows of which a row waits.
    waiting: Vec<AtomicBool>,
    /// Tables of which a row was seen.
    filled: Vec<AtomicBool>,
    outcome: Outcome,
    marks: Marks,
    options: Options,
    /// Memory that each thread may use without asking for it, for rows that must be looked at together.
    floor: u64,
    /// And for a partition.
    part: u64,
}

/// Where rows are marked.
struct Marks(Arc<dyn RowMarks>);

impl std::fmt::Debug for Marks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Marks")
    }
}

/// What came out, beside findings.
#[derive(Debug)]
pub struct Judged<'m> {
    /// How each assertion about rows fared, by table; in the model's order. Those that were not judged
    /// are left out.
    pub rules: Vec<RuleOutcome<'m>>,
    /// The indicators that have a value, or lack a table; in the model's order.
    pub indicators: Vec<IndicatorOutcome<'m>>,
}

/// How an assertion fared in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleOutcome<'m> {
    /// The assertion's code.
    pub code: &'m str,
    /// The table.
    pub table: TableId,
    /// Rows that it judged.
    pub judged: u64,
    /// Those of them that break it.
    pub broken: u64,
    /// Rows that it could not judge, for a cell that matters is no value of its column's type.
    pub unreadable: u64,
}

/// What a thread may use of memory without asking.
const FLOOR: u64 = 1 << 20;

impl<'m> Rules<'m> {
    /// Compiles the rules for a package that holds these tables.
    pub fn new(
        model: &'m Model,
        tables: Tables,
        options: &Options,
        store: &Store,
        marks: Arc<dyn RowMarks>,
    ) -> Rules<'m> {
        let (plan, unchecked) = match options.strictness.rules {
            true => Compiler {
                model,
                now: Now(options.moment.now),
                tables: &tables,
                plan: Plan::default(),
                takers: Vec::new(),
                unchecked: Vec::new(),
            }
            .run(),
            false => (Plan::default(), kinds::left_away(model)),
        };
        let limit = store.budget().limit() / 8;
        Rules {
            model,
            spools: (0..plan.spools).map(|_| Some(Spool::new(store))).collect(),
            stocks: plan
                .parents
                .iter()
                .map(|_| Stock::new(store, limit))
                .collect(),
            waiting: plan.flows.iter().map(|_| AtomicBool::new(false)).collect(),
            filled: model
                .tables()
                .iter()
                .map(|_| AtomicBool::new(false))
                .collect(),
            outcome: Outcome::of(&plan),
            tables,
            plan,
            unchecked,
            store: store.clone(),
            marks: Marks(marks),
            options: options.clone(),
            floor: FLOOR,
            part: FLOOR,
        }
    }

    /// Divides partitions as if each thread had no more than this without asking for it: for tests of
    /// what little memory leads to.
    #[doc(hidden)]
    #[must_use]
    pub fn with_small_parts(mut self, bytes: u64) -> Rules<'m> {
        self.part = bytes;
        self
    }

    fn context(&self) -> Context<'_> {
        Context {
            plan: &self.plan,
            spools: &self.spools,
            stocks: &self.stocks,
            waiting: &self.waiting,
            outcome: &self.outcome,
            marks: &*self.marks.0,
            today: self.options.moment.today,
            limit: self.options.samples,
        }
    }
}

impl Consumer for Rules<'_> {
    fn columns(&self, table: TableId) -> Vec<ColumnId> {
        let base = self.plan.bases.get(table.index());
        base.map_or_else(Vec::new, |base| base.columns.clone())
    }

    fn worker(&self, table: TableId) -> Option<Box<dyn RowWorker + '_>> {
        let filled = self.filled.get(table.index())?;
        let has_kinds = !self.model.table(table).kinds.is_empty();
        let base = self.plan.bases.get(table.index());
        let base = base.filter(|base| !base.sinks.is_empty() || !base.flows.is_empty());
        if base.is_none() && !has_kinds {
            return None;
        }
        Some(Box::new(tap::Tap::new(self.context(), base, filled)))
    }

    fn finished(&self, table: TableId) -> std::io::Result<()> {
        for (parent, stock) in self.plan.parents.iter().zip(&self.stocks) {
            let is_whole = match parent.source {
                None => true,
                Some(flow) => self
                    .waiting
                    .get(flow)
                    .is_some_and(|waiting| !waiting.load(Ordering::Acquire)),
            };
            if parent.table == table && is_whole {
                stock.close()?;
            }
        }
        Ok(())
    }
}
