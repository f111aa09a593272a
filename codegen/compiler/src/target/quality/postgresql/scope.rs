//! A view of the model as a FROM clause, and its columns as SQL.
//!
//! Each reference on a path becomes one LEFT JOIN on the key it refers to, shared by all paths that
//! begin with it: a null reference, and one that finds no row, leave nulls. The key is unique, so the
//! joins neither add rows nor take any away.

use super::lines::Lines;
use crate::model::{
    BaseType, ColumnId, Expr, Model, NullForm, Requirement, TableId, View, ViewColumn,
};
use crate::target::ddl::expr::{self, Names, Place};
use crate::target::ddl::postgresql::{identifier, qualified};

/// The rows of a view under an alias.
pub(super) struct Scope<'a> {
    pub(super) model: &'a Model,
    pub(super) view: &'a View,
    /// The alias of the table; joined tables have it with a number behind.
    alias: &'static str,
    /// Paths of references already joined, in the order in which they are; the first joined one has
    /// the number 1.
    joins: Vec<Join>,
    /// The judged row's scope, for a search.
    outer: Option<&'a Scope<'a>>,
}

/// A table joined through a path.
struct Join {
    /// The references from the view's table on.
    path: Vec<ColumnId>,
    /// The clause: `LEFT JOIN … AS t1 ON …`.
    clause: String,
}

impl<'a> Scope<'a> {
    /// The judged rows, as `t`.
    pub(super) fn judged(model: &'a Model, view: &'a View) -> Scope<'a> {
        Scope::new(model, view, "t", None)
    }

    /// Rows searched from the judged ones, as `s`.
    pub(super) fn searched(&'a self, view: &'a View) -> Scope<'a> {
        Scope::new(self.model, view, "s", Some(self))
    }

    fn new(
        model: &'a Model,
        view: &'a View,
        alias: &'static str,
        outer: Option<&'a Scope<'a>>,
    ) -> Scope<'a> {
        let mut scope = Scope {
            model,
            view,
            alias,
            joins: Vec::new(),
            outer,
        };
        for column in &view.extra {
            if let ViewColumn::Path(path) = column {
                scope.join(path);
            }
        }
        scope
    }

    /// Joins what a path goes through.
    fn join(&mut self, path: &[ColumnId]) {
        let mut table = self.view.table;
        for end in 1..path.len() {
            let Some(taken) = path.get(..end) else {
                return;
            };
            let Some((step, before)) = taken.split_last() else {
                return;
            };
            let Some(key) = self.model.table(table).reference_of(*step) else {
                return;
            };
            let known = self.joins.iter().any(|join| join.path == taken);
            if let (false, [target]) = (known, key.target.as_slice()) {
                let from = self.row(before);
                let to = format!("{}{}", self.alias, self.joins.len() + 1);
                let name = qualified(self.model, self.model.table(key.table));
                let target = column_name(self.model, key.table, *target);
                let own = value(self.model, table, *step, &from);
                self.joins.push(Join {
                    path: taken.to_vec(),
                    clause: format!("LEFT JOIN {name} AS {to} ON {to}.{target} = {own}"),
                });
            }
            table = key.table;
        }
    }

    /// The alias of the row that a path of references leads to.
    fn row(&self, path: &[ColumnId]) -> String {
        match self.joins.iter().position(|join| join.path == path) {
            Some(place) => format!("{}{}", self.alias, place + 1),
            None => self.alias.to_owned(),
        }
    }

    /// The table with its joins, `word` before it: `FROM edu_region.mark AS t`, and a line per join.
    pub(super) fn from(&self, word: &str) -> Lines {
        let name = qualified(self.model, self.model.table(self.view.table));
        let mut lines = Lines::from(format!("{word}{name} AS {}", self.alias));
        for join in &self.joins {
            lines.block(1, Lines::from(join.clause.clone()));
        }
        lines
    }

    /// Whether other tables are joined.
    pub(super) fn joins(&self) -> bool {
        !self.joins.is_empty()
    }

    /// The primary key's columns.
    pub(super) fn key(&self) -> Vec<String> {
        let table = self.model.table(self.view.table);
        table
            .primary_key
            .iter()
            .map(|id| self.column(*id))
            .collect()
    }

    /// An expression over the view.
    pub(super) fn print(&self, expr: &Expr, place: Place) -> String {
        print(self.model, self, expr, place)
    }

    /// A condition that stands beside AND.
    pub(super) fn conjunct(&self, expr: &Expr) -> Lines {
        Lines::from(self.print(expr, Place::Conjunct))
    }

    /// What a row must be to be judged, as conditions of WHERE.
    pub(super) fn when(&self, when: Option<&Expr>) -> Vec<Lines> {
        when.into_iter().map(|expr| self.conjunct(expr)).collect()
    }
}

impl Names for Scope<'_> {
    fn column(&self, id: ColumnId) -> String {
        match self.view.extra_of(id) {
            None => value(self.model, self.view.table, id, self.alias),
            Some(ViewColumn::Path(path)) => {
                let end = self.view.end_of(self.model, path);
                let (Some((table, column)), Some((_, steps))) = (end, path.split_last()) else {
                    return "NULL".into();
                };
                value(self.model, table, column, &self.row(steps))
            }
            Some(ViewColumn::Outer(id)) => {
                self.outer.map_or("NULL".into(), |outer| outer.column(*id))
            }
            Some(ViewColumn::Now) => now(self.model),
            // Only a sequence has a row before; it names its columns itself.
            Some(ViewColumn::Previous(_)) => "NULL".into(),
        }
    }

    fn base(&self, id: ColumnId) -> BaseType {
        base(self.model, self.view, self.outer, id)
    }

    fn today(&self) -> String {
        today(self.model)
    }

    fn guards_doubles(&self) -> bool {
        true
    }
}

/// The base type of a column of a view. Expressions name no column that has none.
pub(super) fn base(
    model: &Model,
    view: &View,
    outer: Option<&Scope<'_>>,
    id: ColumnId,
) -> BaseType {
    let outer = outer.map(|outer| outer.view);
    view.base_of(model, id, outer)
        .unwrap_or(BaseType::Varchar(None))
}

/// An expression over what `names` names, with the functions of the model's schema.
pub(super) fn print(model: &Model, names: &dyn Names, expr: &Expr, place: Place) -> String {
    let schema = identifier(&model.showcase().mnemonic);
    expr::print_over(&schema, names, expr, place)
}

/// The value of a column of the row called `row`. An empty text is null: where the CSV profile tells
/// them apart, optional columns may hold one.
pub(super) fn value(model: &Model, table: TableId, column: ColumnId, row: &str) -> String {
    let name = column_name(model, table, column);
    let column = model.table(table).column(column);
    let empty = model.showcase().csv.null == NullForm::Bare
        && !matches!(column.requirement, Requirement::Always)
        && matches!(column.ty.base, BaseType::Varchar(_) | BaseType::Link);
    match empty {
        true => format!("NULLIF({row}.{name}, '')"),
        false => format!("{row}.{name}"),
    }
}

/// The name of a table's column as SQL.
pub(super) fn column_name(model: &Model, table: TableId, column: ColumnId) -> String {
    identifier(&model.table(table).column(column).name).into_owned()
}

/// The moment of judgement. A subquery is computed once for a statement, a call for every row.
pub(super) fn now(model: &Model) -> String {
    let schema = identifier(&model.showcase().mnemonic);
    format!("(SELECT {schema}.quality_now())")
}

/// The day of judgement.
pub(super) fn today(model: &Model) -> String {
    let schema = identifier(&model.showcase().mnemonic);
    format!("(SELECT {schema}.quality_today())")
}
