//! Rows found from a judged row: a hash join on the equalities, then the conditions row by row.
//!
//! Conditions that say nothing of the judged row are judged once for each searched row; and a search
//! that hangs on the judged row by its key alone gives one answer for each key.

use std::collections::HashMap;
use std::rc::Rc;

use super::Reason;
use super::context::{Context, KeyPart};
use super::frame::{Frame, read_by};
use super::index::{Form, Index, encode};
use crate::model::eval::{Day, Row, evaluate};
use crate::model::{ColumnId, Expr, ExprKind, Search, ValueType, View, ViewColumn};

/// A search, ready to be made from any judged row.
pub(super) struct Finder<'a> {
    today: Day,
    /// What the key is made of, from the judged row.
    key: Vec<(&'a Expr, Form)>,
    index: Rc<Index>,
    /// Conditions on the searched row alone.
    local: Vec<&'a Expr>,
    local_frame: Frame<'a>,
    /// What is known of `local`, by row.
    local_known: Vec<Option<bool>>,
    /// Conditions on both rows.
    bound: Vec<&'a Expr>,
    bound_frame: Frame<'a>,
    /// What [`Finder::any`] knows, by bucket, if the judged row matters by its key alone.
    found: HashMap<u32, bool>,
}

impl<'a> Finder<'a> {
    /// `judged` is the judged row's view.
    pub(super) fn new(
        context: &Context<'a>,
        search: &'a Search,
        judged: &View,
    ) -> Result<Finder<'a>, Reason> {
        let table = context.table(search.view.table)?;
        let mut key = Vec::new();
        let mut parts = Vec::new();
        for (column, expr) in &search.on {
            let form = form_of(context, &search.view, *column, expr, judged);
            let path = match search.view.extra_of(*column) {
                Some(ViewColumn::Path(path)) => path.clone(),
                _ => vec![*column],
            };
            parts.push(KeyPart { path, form });
            key.push((expr, form));
        }
        let mut conditions = Vec::new();
        if let Some(condition) = &search.condition {
            conjuncts(condition, &mut conditions);
        }
        let (bound, local): (Vec<&Expr>, Vec<&Expr>) = conditions
            .into_iter()
            .partition(|condition| reads_outer(&search.view, &condition.columns()));
        Ok(Finder {
            today: context.today,
            key,
            index: context.index(search.view.table, parts)?,
            local_frame: Frame::of(context, &search.view, local.iter().copied())?,
            local_known: if local.is_empty() {
                Vec::new()
            } else {
                vec![None; table.len()]
            },
            local,
            bound_frame: Frame::of(context, &search.view, bound.iter().copied())?,
            bound,
            found: HashMap::new(),
        })
    }

    /// The rows that the equalities leave for a judged row: a bucket of the index.
    pub(super) fn bucket(&self, judged: &Row) -> Option<u32> {
        let mut key = Vec::new();
        for (expr, form) in &self.key {
            encode(&evaluate(expr, judged, self.today)?, *form, &mut key);
        }
        self.index.bucket(&key)
    }

    /// Whether the judged row matters by its key alone.
    pub(super) fn by_key_alone(&self) -> bool {
        self.bound.is_empty()
    }

    /// Whether a row is found.
    pub(super) fn any(&mut self, judged: &Row) -> bool {
        let Some(bucket) = self.bucket(judged) else {
            return false;
        };
        if !self.by_key_alone() {
            return self.search(bucket, judged, |_| false);
        }
        if let Some(known) = self.found.get(&bucket) {
            return *known;
        }
        let found = self.search(bucket, judged, |_| false);
        self.found.insert(bucket, found);
        found
    }

    /// Shows every row found in a bucket, until `see` says false; whether it did.
    pub(super) fn search(
        &mut self,
        bucket: u32,
        judged: &Row,
        mut see: impl FnMut(u32) -> bool,
    ) -> bool {
        self.bound_frame.set_outer(judged);
        let index = Rc::clone(&self.index);
        for row in index.rows(bucket) {
            let fits = self.is_local(*row) && self.bound_frame.all(&self.bound, *row);
            if fits && !see(*row) {
                return true;
            }
        }
        false
    }

    /// Whether a searched row keeps the conditions on it alone.
    fn is_local(&mut self, row: u32) -> bool {
        let Some(known) = self.local_known.get_mut(row as usize) else {
            return true;
        };
        *known.get_or_insert_with(|| self.local_frame.all(&self.local, row))
    }
}

/// The parts of a condition that must all be true.
fn conjuncts<'e>(condition: &'e Expr, found: &mut Vec<&'e Expr>) {
    match &condition.kind {
        ExprKind::And(left, right) => {
            conjuncts(left, found);
            conjuncts(right, found);
        }
        _ => found.push(condition),
    }
}

/// Whether one of the columns is the judged row's.
pub(super) fn reads_outer(view: &View, columns: &[ColumnId]) -> bool {
    columns
        .iter()
        .any(|column| matches!(view.extra_of(*column), Some(ViewColumn::Outer(_))))
}

/// How the two sides of an equality are compared.
fn form_of(
    context: &Context<'_>,
    view: &View,
    column: ColumnId,
    expr: &Expr,
    judged: &View,
) -> Form {
    let found = view.base_of(context.model, column, Some(judged));
    let is_double = |ty: ValueType| ty == ValueType::Double;
    match found.map(|base| base.value_type()) {
        Some(ty) if is_double(ty) != is_double(expr.ty) => Form::Double,
        _ => Form::Own,
    }
}

/// The columns of the judged row's view that a search reads.
pub(super) fn judged_columns(search: &Search) -> Vec<ColumnId> {
    let mut columns = read_by(search.on.iter().map(|(_, expr)| expr));
    columns.extend(search.view.extra.iter().filter_map(|extra| match extra {
        ViewColumn::Outer(id) => Some(*id),
        _ => None,
    }));
    columns
}
