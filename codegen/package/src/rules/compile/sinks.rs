//! What takes rows, once it is known where these have their columns.

use vitrina_codegen::model::{BaseType, ColumnId, Expr, Sequence, Shape, View, ViewColumn};

use super::{Compiler, Taker, Task};
use crate::Program;
use crate::rules::expr::{Place, read_by};
use crate::rules::looks;
use crate::rules::plan::{
    Enter, Gate, Keep, Layout, Member, PeriodKind, Searched, SetSide, Sink, Subject,
};

impl<'m> Compiler<'m, '_> {
    pub(super) fn sink(&self, taker: Taker<'m>, layout: &Layout) -> Sink {
        let view = taker.view;
        let cell = |column: ColumnId| layout.cell(view, column);
        let compile = |expr: &Expr| self.compile(view, layout, expr);
        match taker.task {
            Task::Judge {
                subject,
                when,
                shape,
            } => {
                let gate = self.gate(view, layout, subject, when, shape);
                Sink::Judge(
                    gate,
                    self.keep(view, layout, shape)
                        .unwrap_or(Keep::Equal(Vec::new())),
                )
            }
            Task::Set {
                subject,
                when,
                shape,
                set,
            } => {
                let gate = self.gate(view, layout, subject, when, shape);
                let (by, member) = self.member(view, layout, shape);
                let spool = self.plan.sets.get(set).map_or(usize::MAX, |set| set.spool);
                Sink::Set(
                    gate,
                    SetSide {
                        spool,
                        by: by.iter().map(|column| cell(*column)).collect(),
                        member,
                    },
                )
            }
            Task::Enter {
                subject,
                when,
                shapes,
                pipeline,
            } => {
                let gate = match (subject, shapes.as_slice()) {
                    (Subject::Entry(_), [shape]) => self.gate(view, layout, subject, when, shape),
                    // Indicators count whatever there is.
                    _ => Gate {
                        subject,
                        when: when.map(compile),
                        when_reads: Vec::new(),
                        reads: Vec::new(),
                    },
                };
                let keeps = shapes
                    .iter()
                    .filter_map(|shape| self.keep(view, layout, shape));
                let key = pipeline.key.iter().map(|one| {
                    let place = |column| match one.over {
                        // Sides of equalities in a search's words.
                        Some(searched) => match searched.extra_of(column) {
                            Some(ViewColumn::Outer(id)) => layout.place(view, *id),
                            Some(ViewColumn::Now) => Some(Place::Now),
                            _ => None,
                        },
                        None => layout.place(view, column),
                    };
                    (self.now.compile(one.expr, &place), one.form)
                });
                Sink::Enter(
                    gate,
                    Enter {
                        pipeline: pipeline.pipeline,
                        keeps: keeps.collect(),
                        key: key.collect(),
                        cells: pipeline.columns.iter().map(|id| cell(*id)).collect(),
                    },
                )
            }
            Task::Searched(searching) => Sink::Searched(Searched {
                spool: searching.spool,
                local: searching.local.iter().map(|expr| compile(expr)).collect(),
                key: searching
                    .key
                    .iter()
                    .map(|(column, form)| (cell(*column), *form))
                    .collect(),
                computed: searching
                    .computed
                    .iter()
                    .map(|(expr, form)| (compile(expr), *form))
                    .collect(),
                cells: searching.columns.iter().map(|id| cell(*id)).collect(),
                once: searching.once,
            }),
        }
    }

    fn compile(&self, view: &View, layout: &Layout, expr: &Expr) -> Program {
        self.now.compile(expr, &|column| layout.place(view, column))
    }

    fn gate(
        &self,
        view: &View,
        layout: &Layout,
        subject: Subject,
        when: Option<&Expr>,
        shape: &Shape,
    ) -> Gate {
        let own = |columns: Vec<ColumnId>| -> Vec<usize> {
            columns
                .iter()
                .filter_map(|column| match view.extra_of(*column) {
                    None => layout.own(*column),
                    Some(ViewColumn::Path(path)) => layout.own(*path.first()?),
                    Some(ViewColumn::Outer(_) | ViewColumn::Previous(_) | ViewColumn::Now) => None,
                })
                .collect()
        };
        Gate {
            subject,
            when: when.map(|expr| self.compile(view, layout, expr)),
            when_reads: own(read_by(when)),
            reads: own(looks::columns_of(shape)),
        }
    }

    /// What a shape asks of a row by itself.
    fn keep(&self, view: &View, layout: &Layout, shape: &Shape) -> Option<Keep> {
        match shape {
            Shape::Check(condition) => Some(Keep::Check(self.compile(view, layout, condition))),
            Shape::Equal(columns) => Some(Keep::Equal(
                columns.iter().map(|id| layout.cell(view, *id)).collect(),
            )),
            _ => None,
        }
    }

    fn member(&self, view: &View, layout: &Layout, shape: &'m Shape) -> (&'m [ColumnId], Member) {
        let cell = |column: ColumnId| layout.cell(view, column);
        match shape {
            Shape::NoOverlap { by, from, to } => (
                by,
                Member::Period {
                    from: cell(*from),
                    to: cell(*to),
                    kind: match view.base_of(self.model, *from, None) {
                        Some(BaseType::Date) => PeriodKind::Days,
                        Some(BaseType::Time(_)) => PeriodKind::Times,
                        _ => PeriodKind::Timestamps,
                    },
                },
            ),
            Shape::Unique { by, distinct: None } => (by, Member::Row),
            Shape::Unique {
                by,
                distinct: Some(column),
            } => (by, Member::Value(cell(*column))),
            Shape::Sequence(sequence) => {
                let key = &self.model.table(view.table).primary_key;
                let own = |column: &ColumnId| layout.own(*column).unwrap_or(usize::MAX);
                let columns = sequence_columns(view, sequence);
                (
                    &sequence.by,
                    Member::Place {
                        order: cell(sequence.order),
                        primary_key: key.iter().map(own).collect(),
                        cells: columns.iter().map(|column| cell(*column)).collect(),
                    },
                )
            }
            _ => (&[], Member::Row),
        }
    }
}

/// The columns of a row, this one or the one before, that a sequence's conditions read, ascending.
pub(super) fn sequence_columns(view: &View, sequence: &Sequence) -> Vec<ColumnId> {
    let mut columns = Vec::new();
    for column in read_by(sequence.next.iter().chain(&sequence.last)) {
        match view.extra_of(column) {
            Some(ViewColumn::Previous(id)) => columns.push(*id),
            _ => columns.push(column),
        }
    }
    columns.retain(|column| !matches!(view.extra_of(*column), Some(ViewColumn::Now)));
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// Where a sequence's conditions find a column: among this row's cells, or those of the row before,
/// which follow.
pub(super) fn sequence_place(view: &View, columns: &[ColumnId], column: ColumnId) -> Option<Place> {
    let find = |column: ColumnId| columns.iter().position(|known| *known == column);
    match view.extra_of(column) {
        Some(ViewColumn::Now) => Some(Place::Now),
        Some(ViewColumn::Previous(id)) => match view.extra_of(*id) {
            Some(ViewColumn::Now) => Some(Place::Now),
            _ => Some(Place::Cell(find(*id)? + columns.len())),
        },
        _ => find(column).map(Place::Cell),
    }
}
