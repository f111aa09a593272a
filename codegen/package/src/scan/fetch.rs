//! A few rows read again, for whoever must see their values once more.

use std::collections::BTreeMap;
use std::io;

use vitrina_codegen::model::{ColumnId, TableId};

use super::plan::{FileForm, Forms, TablePlan};
use super::run::MOST_LINES;
use super::split::{Split, split};
use crate::column::Judged;
use crate::inventory::Package;
use crate::keys::FetchKey;
use crate::read::Places;
use crate::{Cell, RowId};

/// Reads rows of a package again.
pub(crate) struct Reread<'r, 'm> {
    pub(crate) package: &'r Package,
    /// What is needed of each table.
    pub(crate) tables: BTreeMap<TableId, (&'r TablePlan<'m>, &'r Forms, &'r Places)>,
}

impl FetchKey for Reread<'_, '_> {
    fn fetch(
        &self,
        table: TableId,
        rows: &[RowId],
        _columns: &[ColumnId],
        take: &mut dyn FnMut(RowId, &[Cell<'_>]),
    ) -> io::Result<()> {
        let Some((plan, forms, places)) = self.tables.get(&table) else {
            return Ok(());
        };
        for place in places.fetch(self.package, rows)? {
            let Some(form) = forms.get(&place.file) else {
                continue;
            };
            let one = split(&place.bytes, form.separator);
            if one.is_of(form) {
                hand_over(plan, form, &one, place.row, take);
                continue;
            }
            // A record over several lines: as many as it may have.
            let behind: Vec<RowId> = (0..MOST_LINES as u64)
                .map(|more| RowId(place.row.0 + more))
                .collect();
            let mut joined = Vec::new();
            for (at, line) in places.fetch(self.package, &behind)?.iter().enumerate() {
                if line.file != place.file || line.row.0 != place.row.0 + at as u64 {
                    break;
                }
                if at > 0 {
                    joined.push(b'\n');
                }
                joined.extend_from_slice(&line.bytes);
                let several = split(&joined, form.separator);
                if several.is_of(form) {
                    hand_over(plan, form, &several, place.row, take);
                    break;
                }
            }
        }
        Ok(())
    }
}

/// Hands over the cells of a line.
fn hand_over(
    plan: &TablePlan<'_>,
    form: &FileForm,
    split: &Split<'_>,
    row: RowId,
    take: &mut dyn FnMut(RowId, &[Cell<'_>]),
) {
    let mut cells = vec![Cell::Unreadable; plan.columns.len()];
    let mut judged = Judged::default();
    let fields = split.fields.as_deref().unwrap_or_default();
    for (column, field) in form.fields.iter().zip(fields) {
        if let Some(at) = column
            && let (Some(check), Some(cell)) = (plan.columns.get(*at), cells.get_mut(*at))
        {
            *cell = check.judge(field, &mut judged);
        }
    }
    take(row, &cells);
}
