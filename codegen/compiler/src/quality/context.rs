//! What judging needs at hand: the model, the rows, the moment, and indexes, each built once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::index::{Form, Index, encode};
use super::reach::{Links, Reach};
use super::{Moment, Reason, Rows, TableRows};
use crate::model::eval::{Day, Value};
use crate::model::{ColumnId, Model, TableId};

/// All that is the same for every assertion.
pub(super) struct Context<'a> {
    pub(super) model: &'a Model,
    pub(super) rows: &'a Rows,
    pub(super) today: Day,
    pub(super) now: Value,
    indexes: Known<(TableId, Vec<KeyPart>), Index>,
    pub(super) links: Known<(TableId, ColumnId), Links>,
}

/// What was built, by what it was built of.
type Known<K, V> = RefCell<BTreeMap<K, Rc<V>>>;

/// A part of the key of an index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct KeyPart {
    /// A column of the table, or a path from it.
    pub(super) path: Vec<ColumnId>,
    pub(super) form: Form,
}

impl KeyPart {
    /// A column of the table itself.
    pub(super) fn own(column: ColumnId) -> KeyPart {
        KeyPart {
            path: vec![column],
            form: Form::Own,
        }
    }
}

impl<'a> Context<'a> {
    pub(super) fn new(model: &'a Model, rows: &'a Rows, moment: Moment) -> Context<'a> {
        Context {
            model,
            rows,
            today: moment.today,
            now: Value::Timestamp(moment.now),
            indexes: RefCell::default(),
            links: RefCell::default(),
        }
    }

    /// The rows of a table.
    pub(super) fn table(&self, id: TableId) -> Result<&'a TableRows, Reason> {
        self.rows.table(id).ok_or(Reason::NoTable(id))
    }

    /// The rows of a table by a key; rows with a null in it are left out.
    pub(super) fn index(&self, table: TableId, parts: Vec<KeyPart>) -> Result<Rc<Index>, Reason> {
        let name = (table, parts);
        if let Some(known) = self.indexes.borrow().get(&name) {
            return Ok(Rc::clone(known));
        }
        let rows = self.table(table)?;
        let columns = name
            .1
            .iter()
            .map(|part| Ok((Reach::of_path(self, table, &part.path)?, part.form)))
            .collect::<Result<Vec<_>, Reason>>()?;
        let index = Rc::new(Index::build(rows.numbers(), |row, key| {
            columns
                .iter()
                .all(|(reach, form)| match reach.value(rows, row) {
                    Some(value) => {
                        encode(value, *form, key);
                        true
                    }
                    None => false,
                })
        }));
        self.indexes.borrow_mut().insert(name, Rc::clone(&index));
        Ok(index)
    }
}
