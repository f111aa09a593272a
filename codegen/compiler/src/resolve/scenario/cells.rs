//! The cells of a row: what the step sets, and the defaults of what it does not.
//!
//! In this order: the step's `set`; the scenario's `columns`; for a reference, the nearest row of
//! its table around; for the row's own name, an identity; for a listed code, one code after the
//! other; the scenario's `types`; what the column's type alone suggests. An optional column that
//! nothing sets is empty in one row of four, a conditionally required one wherever it may be.

use std::collections::BTreeMap;

use super::Resolver;
use super::call::{codes, made};
use super::formula::make;
use super::literal::noun;
use crate::diagnostic::{Text, code};
use crate::model::scenario::{
    Atom, Cell, CellValue, Formula, FormulaKind, Function, Part, Presence,
};
use crate::model::{BaseType, Column, ColumnId, Domain, Requirement, Table, TableId, ValueType};
use crate::source::declaration::{NamedSql, StepDecl};
use crate::source::nearest::nearest;
use crate::source::{Fragment, Span};
use crate::text;

impl<'r> Resolver<'r> {
    /// The cells of the rows that a step makes, in an order in which each comes behind those that it
    /// reads. The step's level is the last one.
    pub(super) fn cells(&mut self, id: TableId, decl: &'r StepDecl) -> Option<Vec<Cell>> {
        let model = self.model;
        let table = model.table(id);
        let mut said: BTreeMap<ColumnId, &'r NamedSql> = BTreeMap::new();
        let mut fine = true;
        for named in &decl.set {
            match table.find_column(&named.name.value) {
                Some(column) => {
                    said.insert(column.id, named);
                }
                None => {
                    fine = false;
                    self.no_column(id, &named.name, named.name.span);
                }
            }
        }
        self.own = Some(id.index());
        let mut cells = Vec::new();
        for column in &table.columns {
            self.at_site(&column.name);
            let cell = match said.get(&column.id) {
                Some(named) => self.set(column, &named.sql),
                None => self.default_of(table, column, decl.span),
            };
            match cell {
                Some(cell) => cells.push(cell),
                None => fine = false,
            }
        }
        self.own = None;
        if !fine {
            return None;
        }
        self.ordered(table, cells, decl.span)
    }

    fn set(&mut self, column: &Column, sql: &Fragment) -> Option<Cell> {
        let formula = self.fragment(sql)?;
        self.fits(column, &formula, sql.span)?;
        Some(Cell {
            column: column.id,
            value: CellValue::Formula(formula),
            presence: Presence::Always,
        })
    }

    /// Whether a formula's values can stand in a column.
    fn fits(&mut self, column: &Column, formula: &Formula, span: Span) -> Option<()> {
        let wanted = column.ty.base.value_type();
        match formula.ty {
            Some(ValueType::Integer) if wanted == ValueType::Double => {}
            Some(found) if found != wanted => {
                let (found, wanted) = (noun(found), noun(wanted));
                let name = &column.name;
                return self.fail(
                    code::SCENARIO_TYPE,
                    span,
                    Text {
                        en: format!("`{name}` holds {}, this is {}", wanted.0, found.0),
                        ru: format!("в `{name}` — {}, а это {}", wanted.1, found.1),
                    },
                    Text::default(),
                );
            }
            None if column.is_required() && formula.kind == FormulaKind::Constant(Atom::Null) => {
                let name = &column.name;
                return self.fail(
                    code::SCENARIO_TYPE,
                    span,
                    text!(
                        "`{name}` is required, this is NULL",
                        "`{name}` обязательна, а это NULL"
                    ),
                    Text::default(),
                );
            }
            _ => {}
        }
        let Some(list) = self.model.closed_list_of(&column.ty) else {
            return Some(());
        };
        let mut results = Vec::new();
        results_of(formula, &mut results);
        for atom in results {
            let written = match atom {
                Atom::Text(text) => text.to_string(),
                Atom::Integer(number) => number.to_string(),
                _ => continue,
            };
            if list.values.iter().any(|value| value.code == written) {
                continue;
            }
            let near = nearest(
                &written,
                list.values.iter().map(|value| value.code.as_str()),
            );
            let of = &list.name;
            return self.fail(
                code::SCENARIO_CODE,
                span,
                text!(
                    "`{written}` is not a code of `{of}`",
                    "`{written}` — не код справочника `{of}`"
                ),
                match near {
                    Some(near) => text!("did you mean `{near}`?", "может быть, `{near}`?"),
                    None => Text::default(),
                },
            );
        }
        Some(())
    }

    fn default_of(&mut self, table: &Table, column: &Column, step: Span) -> Option<Cell> {
        let mut presence = match &column.requirement {
            Requirement::Always => Presence::Always,
            Requirement::When(expr) => Presence::When(expr.clone()),
            Requirement::Optional => Presence::Turns,
        };
        let cell = |value, presence| {
            Some(Cell {
                column: column.id,
                value,
                presence,
            })
        };
        if let Some(named) = self.columns.get(column.name.as_str()).copied() {
            let formula = self.fragment(&named.sql)?;
            self.fits(column, &formula, named.sql.span)?;
            return cell(CellValue::Formula(formula), presence);
        }
        if let Some((target, key)) = reference(table, column.id) {
            let value = match (self.nearest_row(target, key), &column.requirement) {
                (Some(found), _) => found,
                (None, Requirement::Always) => return self.nothing_to_name(column, target, step),
                (None, _) => {
                    presence = Presence::Always;
                    make(FormulaKind::Constant(Atom::Null), None)
                }
            };
            return cell(CellValue::Formula(value), presence);
        }
        if is_identity(table, column) {
            return cell(CellValue::Identity, presence);
        }
        let depth = self.levels.len().saturating_sub(1);
        if let Some(list) = self.listed(column) {
            let ty = list.base.value_type();
            let all = std::iter::once(made(depth)).chain(codes(list)).collect();
            let formula = make(FormulaKind::Call(Function::Item, all), Some(ty));
            return cell(CellValue::Formula(formula), presence);
        }
        if let Some(named) = self.of_type(column) {
            let formula = self.fragment(&named.sql)?;
            self.fits(column, &formula, named.sql.span)?;
            return cell(CellValue::Formula(formula), presence);
        }
        cell(CellValue::Typed, presence)
    }

    /// The list whose codes a column takes in turn.
    fn listed(&self, column: &Column) -> Option<&'r crate::model::Classifier> {
        let Domain::Classifier(id) = column.ty.domain else {
            return None;
        };
        let model = self.model;
        Some(model.classifier(id)).filter(|list| !list.values.is_empty())
    }

    /// What the scenario says of a column's scalar type.
    fn of_type(&self, column: &Column) -> Option<&'r NamedSql> {
        let form = self.model.form_of(&column.ty)?;
        self.types.get(form.name.as_str()).copied()
    }

    fn nothing_to_name<T>(&mut self, column: &Column, target: TableId, span: Span) -> Option<T> {
        let (name, target) = (&column.name, &self.model.table(target).name);
        self.fail(
            code::SCENARIO_REFERENCE,
            span,
            text!(
                "`{name}` has nothing to refer to: no step around makes or names a row of `{target}`",
                "`{name}` не на что сослаться: охватывающие шаги не создают и не называют строк `{target}`"
            ),
            text!(
                "set it, pick a row with `with`, or move the step into one that makes `{target}`",
                "задайте её, выберите строку через `with` или перенесите шаг внутрь того, что создаёт `{target}`"
            ),
        )
    }

    /// The cells so that each comes behind those that it reads.
    fn ordered(&mut self, table: &Table, cells: Vec<Cell>, span: Span) -> Option<Vec<Cell>> {
        let depth = self.levels.len().saturating_sub(1);
        let mut waiting: Vec<(Cell, Vec<ColumnId>)> = cells
            .into_iter()
            .map(|cell| {
                let reads = reads(&cell, depth);
                (cell, reads)
            })
            .collect();
        let mut ordered: Vec<Cell> = Vec::with_capacity(waiting.len());
        while !waiting.is_empty() {
            let ready = waiting.iter().position(|(cell, reads)| {
                let settled = |id: &ColumnId| {
                    *id == cell.column && matches!(cell.presence, Presence::When(_))
                        || ordered.iter().any(|done| done.column == *id)
                };
                reads.iter().all(settled)
            });
            let Some(ready) = ready else {
                let names: Vec<String> = waiting
                    .iter()
                    .map(|(cell, _)| format!("`{}`", table.column(cell.column).name))
                    .collect();
                let names = names.join(", ");
                return self.fail(
                    code::SCENARIO_RING,
                    span,
                    text!(
                        "these columns need each other's values: {names}",
                        "значения этих колонок зависят друг от друга по кругу: {names}"
                    ),
                    text!(
                        "a bare name is the row's own column first; a value of a step around is named `step.name`",
                        "имя без точки — прежде всего колонка самой строки; значение охватывающего шага называется `шаг.имя`"
                    ),
                );
            };
            ordered.push(waiting.remove(ready).0);
        }
        Some(ordered)
    }
}

/// The columns of its own row that a cell reads.
fn reads(cell: &Cell, depth: usize) -> Vec<ColumnId> {
    let mut columns = Vec::new();
    if let CellValue::Formula(formula) = &cell.value {
        formula.slots(&mut |slot| {
            if slot.part == Part::Row
                && slot.level == depth
                && let Ok(at) = u32::try_from(slot.at)
            {
                columns.push(ColumnId(at));
            }
        });
    }
    if let Presence::When(expr) = &cell.presence {
        columns.extend(expr.columns());
    }
    columns
}

/// The table and column that a column refers to.
fn reference(table: &Table, column: ColumnId) -> Option<(TableId, ColumnId)> {
    table.foreign_keys.iter().find_map(|key| {
        let at = key.columns.iter().position(|own| *own == column)?;
        Some((key.table, *key.target.get(at)?))
    })
}

/// Whether a column names its own row.
fn is_identity(table: &Table, column: &Column) -> bool {
    let alone = table.primary_key == [column.id];
    let named = matches!(column.ty.domain, Domain::Key { .. } | Domain::Plain);
    let fits = match column.ty.base {
        BaseType::Int32 | BaseType::BigInt => true,
        BaseType::Char(_) => false,
        base => base.is_text(),
    };
    alone && named && fits
}

/// The constants that a formula may give as they are.
fn results_of<'f>(formula: &'f Formula, found: &mut Vec<&'f Atom>) {
    match &formula.kind {
        FormulaKind::Constant(atom) => found.push(atom),
        FormulaKind::Case(branches, otherwise) => {
            for (_, value) in branches {
                results_of(value, found);
            }
            if let Some(otherwise) = otherwise {
                results_of(otherwise, found);
            }
        }
        FormulaKind::Call(Function::Item, items) => {
            for item in items.iter().skip(1) {
                results_of(item, found);
            }
        }
        FormulaKind::Call(Function::Coalesce, items) => {
            for item in items {
                results_of(item, found);
            }
        }
        FormulaKind::Call(Function::NullIf, items) => {
            for item in items.iter().take(1) {
                results_of(item, found);
            }
        }
        FormulaKind::Random {
            draw: crate::model::scenario::Draw::One,
            from,
            ..
        } => {
            for item in from {
                results_of(item, found);
            }
        }
        _ => {}
    }
}
