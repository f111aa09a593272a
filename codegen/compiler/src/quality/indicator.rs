//! Indicators: the share of a population that keeps all conditions.

use super::context::Context;
use super::frame::Frame;
use super::index::Index;
use super::keep::Keeper;
use super::outcome::{Ratio, Reason};
use super::reach::{Reach, write_key};
use crate::model::Indicator;

/// The value of an indicator.
pub(super) fn value(context: &Context<'_>, indicator: &Indicator) -> Result<Ratio, Reason> {
    let table = context.table(indicator.view.table)?;
    let mut when = Frame::of(context, &indicator.view, &indicator.when)?;
    let mut keepers = Vec::new();
    for shape in &indicator.keeps {
        keepers.extend(Keeper::new(context, &indicator.view, shape)?);
    }
    let population = table.numbers().filter(|row| match &indicator.when {
        Some(condition) => when.truth(condition, *row) == Some(true),
        None => true,
    });
    let mut keeps_all = |row: u32| keepers.iter_mut().all(|keeper| keeper.keeps(row));
    let mut ratio = Ratio {
        numerator: 0,
        denominator: 0,
    };
    match indicator.distinct {
        None => {
            for row in population {
                ratio.denominator += 1;
                ratio.numerator += u64::from(keeps_all(row));
            }
        }
        Some(column) => {
            let column = [Reach::of(context, &indicator.view, column)?];
            let values = Index::build(population, |row, key| write_key(&column, table, row, key));
            for set in values.sets() {
                ratio.denominator += 1;
                ratio.numerator += u64::from(set.iter().any(|row| keeps_all(*row)));
            }
        }
    }
    Ok(ratio)
}
