//! Shapes that judge a row by itself, or by the rows found from it.

use super::Reason;
use super::context::Context;
use super::frame::{Frame, read_by};
use super::measure::{Gauge, reaches, stays_under};
use super::search::{Finder, judged_columns};
use crate::model::eval::{Day, Row, compare, evaluate, truth};
use crate::model::{ColumnId, Comparison, Expr, Shape, View};

/// A shape, ready to judge any row of a view.
pub(super) struct Keeper<'a> {
    frame: Frame<'a>,
    today: Day,
    question: Question<'a>,
}

enum Question<'a> {
    Check(&'a Expr),
    Equal(&'a [ColumnId]),
    /// Whether one of the searches finds a row, and whether that is wanted.
    Found(Vec<Finder<'a>>, bool),
    Within {
        gauge: Box<Gauge<'a>>,
        at_least: Option<&'a Expr>,
        at_most: Option<&'a Expr>,
    },
}

impl<'a> Keeper<'a> {
    /// `None` for the shapes that judge rows together: `set` has them.
    pub(super) fn new(
        context: &Context<'a>,
        view: &View,
        shape: &'a Shape,
    ) -> Result<Option<Keeper<'a>>, Reason> {
        let question = match shape {
            Shape::Check(condition) => Question::Check(condition),
            Shape::Equal(columns) => Question::Equal(columns),
            Shape::Exists(searches) | Shape::NotExists(searches) => {
                let finders = searches
                    .iter()
                    .map(|search| Finder::new(context, search, view))
                    .collect::<Result<_, _>>()?;
                Question::Found(finders, matches!(shape, Shape::Exists(_)))
            }
            Shape::Within {
                search,
                measure,
                at_least,
                at_most,
            } => Question::Within {
                gauge: Box::new(Gauge::new(context, search, measure, view)?),
                at_least: at_least.as_ref(),
                at_most: at_most.as_ref(),
            },
            Shape::NoOverlap { .. } | Shape::Unique { .. } | Shape::Sequence(_) => {
                return Ok(None);
            }
        };
        Ok(Some(Keeper {
            frame: Frame::new(context, view, &columns_of(shape))?,
            today: context.today,
            question,
        }))
    }

    /// Whether a row keeps the shape.
    pub(super) fn keeps(&mut self, row: u32) -> bool {
        let today = self.today;
        let cells = self.frame.row(row);
        match &mut self.question {
            Question::Check(condition) => truth(condition, cells, today) != Some(false),
            Question::Equal(columns) => are_equal(columns, cells),
            Question::Found(finders, wanted) => {
                finders.iter_mut().any(|finder| finder.any(cells)) == *wanted
            }
            Question::Within {
                gauge,
                at_least,
                at_most,
            } => {
                let measure = gauge.take(cells);
                let bound = |expr: &Expr| evaluate(expr, cells, today);
                reaches(measure.as_ref(), at_least.and_then(bound).as_ref())
                    && stays_under(measure.as_ref(), at_most.and_then(bound).as_ref())
            }
        }
    }
}

/// Whether those of the values that are not null are equal.
fn are_equal(columns: &[ColumnId], cells: &Row) -> bool {
    let mut values = columns
        .iter()
        .filter_map(|column| cells.get(column.index())?.as_ref());
    let Some(first) = values.next() else {
        return true;
    };
    values.all(|value| compare(Comparison::Eq, first, value) == Some(true))
}

/// The columns of the judged row's view that a shape reads, ascending, each once.
pub(super) fn columns_of(shape: &Shape) -> Vec<ColumnId> {
    let mut columns = match shape {
        Shape::Check(condition) => condition.columns(),
        Shape::Equal(columns) => columns.clone(),
        Shape::Exists(searches) | Shape::NotExists(searches) => {
            searches.iter().flat_map(judged_columns).collect()
        }
        Shape::Within {
            search,
            at_least,
            at_most,
            ..
        } => {
            let mut columns = judged_columns(search);
            columns.extend(read_by(at_least.iter().chain(at_most)));
            columns
        }
        Shape::NoOverlap { by, from, to } => by.iter().chain([from, to]).copied().collect(),
        Shape::Unique { by, distinct } => by.iter().chain(distinct).copied().collect(),
        Shape::Sequence(sequence) => {
            let mut columns = read_by(sequence.next.iter().chain(&sequence.last));
            columns.extend(&sequence.by);
            columns.push(sequence.order);
            columns
        }
    };
    columns.sort_unstable();
    columns.dedup();
    columns
}
