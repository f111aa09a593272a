//! Where rows come in: one thread's share of a table.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use vitrina_codegen::model::ColumnId;

use super::context::Context;
use super::flow::FlowHand;
use super::hand::{Hand, Seen};
use super::plan::Base;
use crate::{Cell, RowId, RowWorker};

/// Takes the rows of a table on one thread.
pub(super) struct Tap<'r> {
    hands: Vec<Hand<'r>>,
    flows: Vec<FlowHand<'r>>,
    columns: &'r [ColumnId],
    filled: &'r AtomicBool,
    is_empty: bool,
    failed: Option<io::Error>,
}

impl<'r> Tap<'r> {
    pub(super) fn new(
        context: Context<'r>,
        base: Option<&'r Base>,
        filled: &'r AtomicBool,
    ) -> Tap<'r> {
        let sinks = base.map_or(&[][..], |base| &base.sinks);
        let flows = base.map_or(&[][..], |base| &base.flows);
        Tap {
            hands: sinks
                .iter()
                .filter_map(|sink| Hand::new(context, sink))
                .collect(),
            flows: flows
                .iter()
                .filter_map(|flow| FlowHand::new(context, *flow))
                .collect(),
            columns: base.map_or(&[][..], |base| &base.columns),
            filled,
            is_empty: true,
            failed: None,
        }
    }

    fn take(&mut self, row: RowId, cells: &[Cell<'_>]) -> io::Result<()> {
        let is_unreadable = |id: &ColumnId| matches!(cells.get(id.index()), Some(Cell::Unreadable));
        let seen = Seen {
            row: row.0,
            cells,
            any_unreadable: self.columns.iter().any(is_unreadable),
        };
        for hand in &mut self.hands {
            hand.take(seen)?;
        }
        for flow in &mut self.flows {
            flow.begin(seen)?;
        }
        Ok(())
    }
}

impl RowWorker for Tap<'_> {
    fn row(&mut self, row: RowId, cells: &[Cell<'_>]) {
        self.is_empty = false;
        if self.failed.is_none() {
            self.failed = self.take(row, cells).err();
        }
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        if !self.is_empty {
            self.filled.store(true, Ordering::Relaxed);
        }
        if let Some(error) = self.failed {
            return Err(error);
        }
        for hand in self.hands {
            hand.finish()?;
        }
        for flow in self.flows {
            flow.finish()?;
        }
        Ok(())
    }
}
