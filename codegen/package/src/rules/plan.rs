//! What rules come to once they are compiled: sources of rows and the sinks that take them.
//!
//! ```text
//! Base (a table's rows) ─┬─► sinks: judge, set, enter, searched, parent
//!                        └─► Flow (rows widened along references) ─► sinks of the same kinds
//! ```

use vitrina_codegen::model::{
    Assertion, CheckSeverity, ColumnId, Indicator, Metric, TableId, View, ViewColumn,
};

use super::expr::Place;
use crate::Program;
use crate::store::Form;

/// All rules and indicators that can be judged.
#[derive(Debug, Default)]
pub(super) struct Plan<'m> {
    pub(super) entries: Vec<Entry<'m>>,
    pub(super) indicators: Vec<&'m Indicator>,
    /// By table.
    pub(super) bases: Vec<Base>,
    /// Each behind those that it needs.
    pub(super) flows: Vec<Flow>,
    pub(super) parents: Vec<Parent>,
    pub(super) pipelines: Vec<Pipeline>,
    pub(super) sets: Vec<Set>,
    /// How many spools there are.
    pub(super) spools: usize,
}

impl Plan<'_> {
    /// A number for one more spool.
    pub(super) fn spool(&mut self) -> usize {
        self.spools += 1;
        self.spools - 1
    }
}

/// An assertion about the rows of one table.
#[derive(Debug)]
pub(super) struct Entry<'m> {
    pub(super) assertion: &'m Assertion,
    pub(super) table: TableId,
    pub(super) metric: Metric,
    pub(super) severity: CheckSeverity,
    /// The tables that it looks into beside.
    pub(super) others: Vec<TableId>,
}

/// What is judged or counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// An [`Entry`].
    Entry(usize),
    /// An indicator.
    Indicator(usize),
}

/// The rows of a table as they are scanned.
#[derive(Debug, Default)]
pub(super) struct Base {
    pub(super) sinks: Vec<Sink>,
    /// Flows that begin here, by number.
    pub(super) flows: Vec<usize>,
    /// The columns read.
    pub(super) columns: Vec<ColumnId>,
}

/// Rows of a table, widened by what lies behind its references.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) layout: Layout,
    pub(super) joins: Vec<Join>,
    pub(super) sinks: Vec<Sink>,
    /// One of these lists must be true, all of it, of a row's own cells as they are scanned; none: all rows
    /// are wanted.
    pub(super) early: Option<Vec<Vec<Program>>>,
}

/// A reference followed.
#[derive(Debug)]
pub(super) struct Join {
    /// Position of the reference among the flow's cells.
    pub(super) cell: usize,
    pub(super) parent: usize,
    /// Positions among the parent's cells of those taken over.
    pub(super) takes: Vec<usize>,
    /// Where rows wait when the parent is not at hand.
    pub(super) spool: usize,
}

/// Rows that are referred to, by key: the first of each.
#[derive(Debug)]
pub(super) struct Parent {
    pub(super) table: TableId,
    /// The flow that they come from; the table's own rows if none.
    pub(super) source: Option<usize>,
}

/// Where a source has the columns of a view.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    /// The table's own columns; `None`: all, as they are.
    pub(super) own: Option<Vec<ColumnId>>,
    /// Behind them, what lies at the end of these paths.
    pub(super) paths: Vec<Vec<ColumnId>>,
}

impl Layout {
    /// Where an own column stands.
    pub(super) fn own(&self, column: ColumnId) -> Option<usize> {
        match &self.own {
            None => Some(column.index()),
            Some(own) => own.iter().position(|known| *known == column),
        }
    }

    /// Where a path's end stands.
    pub(super) fn path(&self, path: &[ColumnId]) -> Option<usize> {
        if let [column] = path {
            return self.own(*column);
        }
        let at = self.paths.iter().position(|known| known == path)?;
        Some(self.own.as_ref().map_or(0, Vec::len) + at)
    }

    /// Where a column of a view over the table stands; `None` for what is of another row.
    pub(super) fn place(&self, view: &View, column: ColumnId) -> Option<Place> {
        match view.extra_of(column) {
            None => self.own(column).map(Place::Cell),
            Some(ViewColumn::Path(path)) => self.path(path).map(Place::Cell),
            Some(ViewColumn::Now) => Some(Place::Now),
            Some(ViewColumn::Outer(_) | ViewColumn::Previous(_)) => None,
        }
    }

    /// As [`place`](Layout::place), as a position; what has none stands behind everything, where nothing
    /// is.
    pub(super) fn cell(&self, view: &View, column: ColumnId) -> usize {
        match self.place(view, column) {
            Some(Place::Cell(at)) => at,
            _ => usize::MAX,
        }
    }
}

/// What takes the rows of a source.
#[derive(Debug)]
pub(super) enum Sink {
    /// Judges a row by itself.
    Judge(Gate, Keep),
    /// Puts it into a set.
    Set(Gate, SetSide),
    /// Begins a pipeline of searches.
    Enter(Gate, Enter),
    /// May be found by a search.
    Searched(Searched),
    /// May be referred to.
    Parent(ParentSide),
}

/// Whether a row is judged.
#[derive(Debug)]
pub(super) struct Gate {
    pub(super) subject: Subject,
    pub(super) when: Option<Program>,
    /// Positions of cells that must be readable for `when`.
    pub(super) when_reads: Vec<usize>,
    /// And for the shape.
    pub(super) reads: Vec<usize>,
}

/// What a row must keep by itself.
#[derive(Debug)]
pub(super) enum Keep {
    Check(Program),
    Equal(Vec<usize>),
}

/// A row on its way into a pipeline.
#[derive(Debug)]
pub(super) struct Enter {
    pub(super) pipeline: usize,
    /// What it must keep by itself to go on.
    pub(super) keeps: Vec<Keep>,
    /// The key of the first step.
    pub(super) key: Vec<(Program, Form)>,
    /// Positions of the cells that it carries.
    pub(super) cells: Vec<usize>,
}

/// A row that a search may find.
#[derive(Debug)]
pub(super) struct Searched {
    pub(super) spool: usize,
    pub(super) local: Vec<Program>,
    pub(super) key: Vec<(usize, Form)>,
    /// Behind that: sides of equalities that are no columns.
    pub(super) computed: Vec<(Program, Form)>,
    pub(super) cells: Vec<usize>,
    /// Whether a row that says the same as another says nothing.
    pub(super) once: bool,
}

/// A row that may be referred to.
#[derive(Debug)]
pub(super) struct ParentSide {
    pub(super) parent: usize,
    pub(super) key: usize,
    pub(super) cells: Vec<usize>,
}

/// Searches one after another, until a row's fate is known.
#[derive(Debug)]
pub(super) struct Pipeline {
    pub(super) subject: Subject,
    pub(super) steps: Vec<Step>,
    pub(super) first: Target,
    /// How many cells a row carries.
    pub(super) width: usize,
    /// Where different values are counted: position of the value among the cells, and the spool.
    pub(super) distinct: Option<(usize, usize)>,
}

/// Where a row goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Step(usize),
    Kept,
    Broken,
}

/// One search.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) spool: usize,
    /// The key, from the cells that a row carries; the first step's is made where rows enter.
    pub(super) key: Vec<(Program, Form)>,
    /// How many cells a searched row has; those of the judged row follow them.
    pub(super) width: usize,
    /// Conditions on both rows.
    pub(super) bound: Vec<Program>,
    /// Whether the judged row matters by its key alone.
    pub(super) is_by_key_alone: bool,
    pub(super) question: Question,
    pub(super) yes: Target,
    pub(super) no: Target,
}

/// What is asked of the rows found.
#[derive(Debug)]
pub(super) enum Question {
    /// Whether there is one.
    Found,
    /// Whether a measure lies within bounds; these over the judged row's cells.
    Within {
        measure: Gauge,
        at_least: Option<Program>,
        at_most: Option<Program>,
    },
}

/// What is measured; programs over the searched row's cells and, behind them, the judged one's.
#[derive(Debug)]
pub(super) enum Gauge {
    Count,
    /// Position of the value.
    Distinct(usize),
    Integers(Program),
    Doubles(Program),
    Mean(Program, Option<Program>),
}

/// A rule that judges rows together.
#[derive(Debug)]
pub(super) struct Set {
    pub(super) entry: usize,
    pub(super) spool: usize,
    pub(super) kind: SetKind,
}

/// What is asked of a set.
#[derive(Debug)]
pub(super) enum SetKind {
    NoOverlap,
    Unique,
    Distinct,
    Sequence {
        /// How many cells a row has; those of the row before follow them.
        width: usize,
        next: Option<Program>,
        last: Option<Program>,
    },
}

/// A row on its way into a set.
#[derive(Debug)]
pub(super) struct SetSide {
    pub(super) spool: usize,
    pub(super) by: Vec<usize>,
    pub(super) member: Member,
}

/// What of a row a set needs.
#[derive(Debug)]
pub(super) enum Member {
    /// Its being there.
    Row,
    /// A value.
    Value(usize),
    /// A period.
    Period {
        from: usize,
        to: usize,
        kind: PeriodKind,
    },
    /// Its place, and cells.
    Place {
        order: usize,
        primary_key: Vec<usize>,
        cells: Vec<usize>,
    },
}

/// What periods are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PeriodKind {
    Days,
    Times,
    Timestamps,
}
