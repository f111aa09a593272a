//! Rules and indicators to a plan, before the first row is read.

mod pipeline;
mod sinks;

use std::collections::BTreeMap;

use vitrina_codegen::model::{
    AssertionBody, ColumnId, Expr, Model, RowRule, Rule, Shape, TableId, View, ViewColumn,
};

use super::expr::{Now, conjuncts, read_by};
use super::looks;
use super::need::{Needs, Reads};
use super::plan::{Base, Entry, Flow, Join, Layout, Parent, Plan, Set, SetKind, Sink, Subject};
use super::state::Tables;
use crate::{Cause, Subject as Unjudged, Unchecked};

/// What takes rows, before it is known where these come from.
pub(super) struct Taker<'m> {
    pub(super) view: &'m View,
    pub(super) reads: Reads,
    /// Conditions without which a row does not matter, on the table's own columns.
    pub(super) early: Vec<&'m Expr>,
    pub(super) task: Task<'m>,
}

/// What it does with them.
pub(super) enum Task<'m> {
    /// Judges each by itself.
    Judge {
        subject: Subject,
        when: Option<&'m Expr>,
        shape: &'m Shape,
    },
    /// Puts them into sets.
    Set {
        subject: Subject,
        when: Option<&'m Expr>,
        shape: &'m Shape,
        set: usize,
    },
    /// Begins a pipeline.
    Enter {
        subject: Subject,
        when: Option<&'m Expr>,
        /// All shapes; those of a row alone are judged at once.
        shapes: Vec<&'m Shape>,
        pipeline: pipeline::Carried<'m>,
    },
    /// Lets them be found.
    Searched(pipeline::Searching<'m>),
}

/// Compiles what can be judged; what cannot goes to `unchecked`.
pub(super) struct Compiler<'m, 't> {
    pub(super) model: &'m Model,
    pub(super) now: Now,
    pub(super) tables: &'t Tables,
    pub(super) plan: Plan<'m>,
    pub(super) takers: Vec<Taker<'m>>,
    pub(super) unchecked: Vec<Unchecked<'m>>,
}

impl<'m> Compiler<'m, '_> {
    /// Takes all rules and indicators of the model.
    pub(super) fn run(mut self) -> (Plan<'m>, Vec<Unchecked<'m>>) {
        let model = self.model;
        for rule in model.rules() {
            for (at, assertion) in rule.assertions.iter().enumerate() {
                if let AssertionBody::Rows(rows) = &assertion.body {
                    self.rule(rule, at, rows);
                }
            }
        }
        for indicator in model.indicators() {
            self.indicator(indicator);
        }
        self.assemble();
        (self.plan, self.unchecked)
    }

    fn rule(&mut self, rule: &'m Rule, at: usize, rows: &'m RowRule) {
        let Some(assertion) = rule.assertions.get(at) else {
            return;
        };
        let looks = looks::of_rule(self.model, rows);
        let mut reads = Reads::default();
        let columns = read_by(&rows.when);
        reads.add_all(self.model, &rows.view, columns);
        reads.add_all(self.model, &rows.view, looks::columns_of(&rows.shape));
        let is_of_row = matches!(rows.shape, Shape::Check(_) | Shape::Equal(_));
        let refused = match self.tables.refusal(&looks) {
            None if self.tables.are_changes() && !(is_of_row && reads.paths.is_empty()) => {
                Some(Cause::Changes)
            }
            refusal => refusal,
        };
        if let Some(cause) = refused {
            self.unchecked.push(Unchecked {
                subject: Unjudged::Rule(&assertion.code),
                table: Some(rows.view.table),
                columns: Vec::new(),
                cause,
            });
            return;
        }
        let entry = self.plan.entries.len();
        self.plan.entries.push(Entry {
            assertion,
            table: rows.view.table,
            metric: rule.metric,
            severity: assertion.severity,
            others: others(looks),
        });
        let subject = Subject::Entry(entry);
        let when = rows.when.as_ref();
        let shape = &rows.shape;
        let task = match shape {
            Shape::Check(_) | Shape::Equal(_) => Task::Judge {
                subject,
                when,
                shape,
            },
            Shape::Exists(_) | Shape::NotExists(_) | Shape::Within { .. } => Task::Enter {
                subject,
                when,
                shapes: vec![shape],
                pipeline: self.pipeline(subject, &rows.view, &[shape], None),
            },
            _ => {
                if let Shape::Sequence(_) = shape {
                    let key = &self.model.table(rows.view.table).primary_key;
                    reads.add_all(self.model, &rows.view, key.iter().copied());
                }
                Task::Set {
                    subject,
                    when,
                    shape,
                    set: self.set(entry, &rows.view, shape),
                }
            }
        };
        self.takers.push(Taker {
            early: early(&rows.view, when),
            view: &rows.view,
            reads,
            task,
        });
    }

    fn indicator(&mut self, indicator: &'m vitrina_codegen::model::Indicator) {
        let number = self.plan.indicators.len();
        self.plan.indicators.push(indicator);
        let view = &indicator.view;
        let refused = match self
            .tables
            .refusal(&looks::of_indicator(self.model, indicator))
        {
            None if self.tables.are_changes() => Some(Cause::Changes),
            refusal => refusal,
        };
        if let Some(cause) = refused {
            self.unchecked.push(Unchecked {
                subject: Unjudged::Indicator(&indicator.code),
                table: Some(view.table),
                columns: Vec::new(),
                cause,
            });
            return;
        }
        let mut reads = Reads::default();
        reads.add_all(self.model, view, read_by(&indicator.when));
        reads.add_all(self.model, view, indicator.distinct);
        for shape in &indicator.keeps {
            reads.add_all(self.model, view, looks::columns_of(shape));
        }
        let subject = Subject::Indicator(number);
        let when = indicator.when.as_ref();
        let shapes: Vec<&Shape> = indicator.keeps.iter().collect();
        let pipeline = self.pipeline(subject, view, &shapes, indicator.distinct);
        self.takers.push(Taker {
            early: early(view, when),
            view,
            reads,
            task: Task::Enter {
                subject,
                when,
                shapes,
                pipeline,
            },
        });
    }

    /// A set, and where its rows wait.
    fn set(&mut self, entry: usize, view: &'m View, shape: &'m Shape) -> usize {
        let kind = match shape {
            Shape::NoOverlap { .. } => SetKind::NoOverlap,
            Shape::Unique { distinct: None, .. } => SetKind::Unique,
            Shape::Sequence(sequence) => {
                let columns = sinks::sequence_columns(view, sequence);
                let compile = |expr: &Expr| {
                    let place = |column: ColumnId| sinks::sequence_place(view, &columns, column);
                    self.now.compile(expr, &place)
                };
                SetKind::Sequence {
                    width: columns.len(),
                    next: sequence.next.as_ref().map(compile),
                    last: sequence.last.as_ref().map(compile),
                }
            }
            _ => SetKind::Distinct,
        };
        let spool = self.plan.spool();
        self.plan.sets.push(Set { entry, spool, kind });
        self.plan.sets.len() - 1
    }

    /// Finds out where rows come from, and compiles what takes them.
    fn assemble(&mut self) {
        let model = self.model;
        let takers = std::mem::take(&mut self.takers);
        let wishes: Vec<_> = takers
            .iter()
            .map(|taker| (taker.view.table, &taker.reads))
            .collect();
        let needs = Needs::of(model, &wishes);
        self.plan.bases = model.tables().iter().map(|_| Base::default()).collect();

        let order = needs.order();
        let flow_of: BTreeMap<_, _> = order
            .iter()
            .enumerate()
            .map(|(at, name)| (*name, at))
            .collect();
        let parent_of: BTreeMap<_, _> = needs
            .parents
            .keys()
            .enumerate()
            .map(|(at, name)| (*name, at))
            .collect();
        for (table, _, source) in needs.parents.keys() {
            self.plan.parents.push(Parent {
                table: *table,
                source: source.and_then(|name| flow_of.get(&name).copied()),
            });
        }
        for name in &order {
            let reads = needs.flows.get(name).cloned().unwrap_or_default();
            let mut layout = Layout {
                own: Some(reads.own.iter().copied().collect()),
                paths: Vec::new(),
            };
            let mut joins = Vec::new();
            for (reference, rests) in reads.by_reference() {
                let Some(parent) = needs.joins.get(&(*name, reference)) else {
                    continue;
                };
                let Some(offered) = needs.parents.get(parent) else {
                    continue;
                };
                let place = |rest| offered.iter().position(|known| known == rest);
                joins.push(Join {
                    cell: layout.own(reference).unwrap_or(usize::MAX),
                    parent: parent_of.get(parent).copied().unwrap_or(usize::MAX),
                    takes: rests.iter().filter_map(place).collect(),
                    spool: self.plan.spool(),
                });
                layout.paths.extend(rests.into_iter().map(|mut rest| {
                    rest.insert(0, reference);
                    rest
                }));
            }
            if let Some(base) = self.plan.bases.get_mut(name.0.index()) {
                base.flows.push(self.plan.flows.len());
                base.columns.extend(&reads.own);
            }
            self.plan.flows.push(Flow {
                layout,
                joins,
                sinks: Vec::new(),
                early: Some(Vec::new()),
            });
        }
        for taker in takers {
            let source = needs.flow_of(taker.view.table, &taker.reads);
            let source = source.and_then(|name| flow_of.get(&name).copied());
            let layout = self.layout(source);
            let early = taker.early.iter().map(|expr| {
                let place = |column| Layout::default().place(taker.view, column);
                self.now.compile(expr, &place)
            });
            let early = early.collect();
            let columns = taker.reads.own.clone();
            let table = taker.view.table;
            let sink = self.sink(taker, &layout);
            self.put(table, source, columns, sink, early);
        }
        for (parent, ((table, key, source), paths)) in needs.parents.iter().enumerate() {
            let source = source.and_then(|name| flow_of.get(&name).copied());
            let layout = self.layout(source);
            let cells = paths
                .iter()
                .map(|path| layout.path(path).unwrap_or(usize::MAX));
            let sink = Sink::Parent(super::plan::ParentSide {
                parent,
                key: layout.own(*key).unwrap_or(usize::MAX),
                cells: cells.collect(),
            });
            let columns = [*key]
                .into_iter()
                .chain(paths.iter().filter_map(|path| path.first().copied()))
                .collect();
            self.put(*table, source, columns, sink, Vec::new());
        }
        for base in &mut self.plan.bases {
            base.columns.sort_unstable();
            base.columns.dedup();
        }
    }

    fn layout(&self, source: Option<usize>) -> Layout {
        let flow = source.and_then(|at| self.plan.flows.get(at));
        flow.map_or_else(Layout::default, |flow| flow.layout.clone())
    }

    fn put(
        &mut self,
        table: TableId,
        source: Option<usize>,
        columns: std::collections::BTreeSet<ColumnId>,
        sink: Sink,
        early: Vec<crate::Program>,
    ) {
        if let Some(base) = self.plan.bases.get_mut(table.index()) {
            base.columns.extend(columns);
            if source.is_none() {
                base.sinks.push(sink);
                return;
            }
        }
        if let Some(flow) = source.and_then(|at| self.plan.flows.get_mut(at)) {
            match early.is_empty() {
                true => flow.early = None,
                false => {
                    if let Some(lists) = &mut flow.early {
                        lists.push(early);
                    }
                }
            }
            flow.sinks.push(sink);
        }
    }
}

/// Tables beside the first, ascending, each once.
fn others(looks: Vec<TableId>) -> Vec<TableId> {
    let own = looks.first().copied();
    let mut others: Vec<TableId> = looks.into_iter().filter(|id| Some(*id) != own).collect();
    others.sort_unstable();
    others.dedup();
    others
}

/// The parts of a condition that read the table's own columns alone.
fn early<'m>(view: &View, when: Option<&'m Expr>) -> Vec<&'m Expr> {
    let mut parts = Vec::new();
    if let Some(when) = when {
        conjuncts(when, &mut parts);
    }
    let is_own = |column: &ColumnId| matches!(view.extra_of(*column), None | Some(ViewColumn::Now));
    parts.retain(|part| part.columns().iter().all(is_own));
    parts
}
