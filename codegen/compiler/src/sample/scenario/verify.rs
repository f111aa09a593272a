//! Every rule of one row, over values instead of texts: what `eval::verdict` says of the row's texts,
//! in a fraction of the time. Tests hold the two against each other.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::BrokenRow;
use crate::diagnostic::Text;
use crate::model::eval::{Day, Value, truth};
use crate::model::pattern::Automaton;
use crate::model::scenario::{Atom, Step};
use crate::model::{
    Algorithm, BaseType, ColumnId, Expr, Model, Pattern, Requirement, Table, TableId,
};
use crate::text;

/// The rules of all tables.
pub(super) struct Verifier<'e> {
    model: &'e Model,
    today: Day,
    tables: Vec<Rules<'e>>,
    /// A row for expressions, filled where they look.
    row: RefCell<Vec<Option<Value>>>,
}

/// The rules of a table.
struct Rules<'e> {
    columns: Vec<Column<'e>>,
    checks: Vec<(&'e Expr, Vec<ColumnId>)>,
}

/// The rules of a column.
struct Column<'e> {
    base: BaseType,
    required: bool,
    /// The condition under which a value is required, and what it reads.
    when: Option<(&'e Expr, Vec<ColumnId>)>,
    pattern: Option<Form<'e>>,
    algorithm: Option<Algorithm>,
    codes: Option<BTreeSet<&'e str>>,
    /// The last text that was found good: the same text stands in many rows.
    good: RefCell<Option<Arc<str>>>,
}

/// A pattern in its fastest form.
enum Form<'e> {
    Automaton(Automaton),
    Pattern(&'e Pattern),
}

/// A rule that a row breaks.
pub(super) enum Broken {
    Missing(ColumnId),
    Type(ColumnId),
    Length(ColumnId),
    Form(ColumnId),
    CheckDigit(ColumnId),
    Code(ColumnId),
    Control(ColumnId),
    Check(usize),
}

impl<'e> Verifier<'e> {
    pub(super) fn new(model: &'e Model, today: Day) -> Verifier<'e> {
        Verifier {
            model,
            today,
            tables: model
                .tables()
                .iter()
                .map(|table| rules(model, table))
                .collect(),
            row: RefCell::new(Vec::new()),
        }
    }

    /// Whether a condition is true for a row of a table.
    pub(super) fn holds(&self, table: TableId, condition: &Expr, row: &[Atom]) -> bool {
        let columns = condition.columns();
        self.truth(table, condition, &columns, row) == Some(true)
    }

    /// Whether the checks of one column alone let a value through.
    pub(super) fn allows(&self, id: TableId, column: ColumnId, value: &Atom) -> bool {
        let Some(rules) = self.tables.get(id.index()) else {
            return true;
        };
        let mut own = rules.checks.iter().filter(|(_, reads)| *reads == [column]);
        let mut row = Vec::new();
        own.all(|(check, reads)| {
            row.resize(column.index() + 1, Atom::Null);
            if let Some(slot) = row.last_mut() {
                *slot = value.clone();
            }
            self.truth(id, check, reads, &row) != Some(false)
        })
    }

    /// Every rule that a row breaks.
    pub(super) fn broken(&self, id: TableId, row: &[Atom]) -> Vec<Broken> {
        let mut found = Vec::new();
        let Some(rules) = self.tables.get(id.index()) else {
            return found;
        };
        for (at, column) in (0_u32..).zip(&rules.columns) {
            let column_id = ColumnId(at);
            let empty =
                matches!(row.get(column_id.index()), Some(Atom::Text(text)) if text.is_empty());
            match row.get(column_id.index()) {
                None | Some(Atom::Null) => {
                    let missing = column.required
                        || column.when.as_ref().is_some_and(|(condition, reads)| {
                            self.truth(id, condition, reads, row) == Some(true)
                        });
                    if missing {
                        found.push(Broken::Missing(column_id));
                    }
                }
                // An empty text is no value in CSV; it is not written by accident.
                Some(_) if empty => found.push(Broken::Missing(column_id)),
                Some(Atom::Text(text)) => column.text(column_id, text, &mut found),
                Some(atom) => column.other(column_id, atom, &mut found),
            }
        }
        for (at, (check, reads)) in rules.checks.iter().enumerate() {
            if self.truth(id, check, reads, row) == Some(false) {
                found.push(Broken::Check(at));
            }
        }
        found
    }

    fn truth(
        &self,
        table: TableId,
        condition: &Expr,
        reads: &[ColumnId],
        row: &[Atom],
    ) -> Option<bool> {
        let columns = &self.model.table(table).columns;
        let mut values = self.row.borrow_mut();
        if values.len() < columns.len() {
            values.resize(columns.len(), None);
        }
        for id in reads {
            let base = columns.get(id.index())?.ty.base;
            let value = row.get(id.index()).and_then(|atom| atom.to_value(base));
            if let Some(slot) = values.get_mut(id.index()) {
                *slot = value;
            }
        }
        truth(condition, &values, self.today)
    }

    /// A broken row in words.
    pub(super) fn describe(
        &self,
        id: TableId,
        row: &[Atom],
        broken: &[Broken],
        step: &Step,
        serial: i64,
    ) -> BrokenRow {
        let table = self.model.table(id);
        BrokenRow {
            table: table.name.clone(),
            path: step.path.clone(),
            span: step.span,
            serial: serial.unsigned_abs(),
            rules: broken.iter().map(|rule| words(table, rule)).collect(),
            cells: table
                .columns
                .iter()
                .zip(row)
                .filter(|(_, atom)| !atom.is_null())
                .map(|(column, atom)| {
                    let base = column.ty.base;
                    let text = atom.to_value(base).and_then(|value| value.to_text(base));
                    let text = text.unwrap_or_else(|| format!("{atom:?}"));
                    (column.name.clone(), text)
                })
                .collect(),
        }
    }
}

impl Column<'_> {
    fn text(&self, id: ColumnId, text: &Arc<str>, found: &mut Vec<Broken>) {
        let known =
            |good: &Option<Arc<str>>| good.as_ref().is_some_and(|good| Arc::ptr_eq(good, text));
        if known(&self.good.borrow()) {
            return;
        }
        let before = found.len();
        if self.base == BaseType::Uuid {
            if Value::parse(self.base, text).is_none() {
                found.push(Broken::Type(id));
            }
            return;
        }
        if !self.base.is_text() {
            found.push(Broken::Type(id));
            return;
        }
        let fits = match self.base {
            BaseType::Char(chars) => text.chars().count() == chars as usize,
            // Bytes are no fewer than characters.
            base => base.max_chars().is_none_or(|max| {
                text.len() <= max as usize || text.chars().count() <= max as usize
            }),
        };
        if !fits {
            found.push(Broken::Length(id));
        }
        let breaks = |char: char| char.is_control() || matches!(char, '\u{2028}' | '\u{2029}');
        if text.contains(breaks) {
            found.push(Broken::Control(id));
        }
        let formed = self.pattern.as_ref().is_none_or(|form| match form {
            Form::Automaton(automaton) => automaton.matches(text),
            Form::Pattern(pattern) => pattern.matches(text),
        });
        if !formed {
            found.push(Broken::Form(id));
        } else if self
            .algorithm
            .is_some_and(|algorithm| algorithm.check(text).is_err())
        {
            found.push(Broken::CheckDigit(id));
        }
        if self
            .codes
            .as_ref()
            .is_some_and(|codes| !codes.contains(text.as_ref()))
        {
            found.push(Broken::Code(id));
        }
        if found.len() == before {
            *self.good.borrow_mut() = Some(Arc::clone(text));
        }
    }

    fn other(&self, id: ColumnId, atom: &Atom, found: &mut Vec<Broken>) {
        let fits = match (atom, self.base) {
            (Atom::Boolean(_), BaseType::Boolean)
            | (Atom::Integer(_), BaseType::BigInt | BaseType::Double | BaseType::Float)
            | (Atom::Time(_), BaseType::Time(_)) => true,
            (Atom::Timestamp(micros), BaseType::Timestamp(_)) => {
                Day(micros.div_euclid(86_400_000_000)).civil().is_some()
            }
            (Atom::Double(number), BaseType::Double | BaseType::Float) => number.is_finite(),
            (Atom::Date(day), BaseType::Date) => day.civil().is_some(),
            (Atom::Integer(number), BaseType::Int32) => i32::try_from(*number).is_ok(),
            _ => false,
        };
        if !fits {
            found.push(Broken::Type(id));
            return;
        }
        if let (Atom::Integer(number), Some(codes)) = (atom, &self.codes)
            && !codes.contains(number.to_string().as_str())
        {
            found.push(Broken::Code(id));
        }
    }
}

fn rules<'e>(model: &'e Model, table: &'e Table) -> Rules<'e> {
    let columns = table.columns.iter().map(|column| {
        let form = model.form_of(&column.ty);
        let pattern = form.and_then(|form| form.pattern.as_ref());
        Column {
            base: column.ty.base,
            required: column.is_required(),
            when: match &column.requirement {
                Requirement::When(condition) => Some((condition, condition.columns())),
                _ => None,
            },
            pattern: pattern.map(|pattern| match pattern.automaton() {
                Ok(automaton) => Form::Automaton(automaton),
                Err(_) => Form::Pattern(pattern),
            }),
            algorithm: form.and_then(|form| form.algorithm),
            codes: model.closed_list_of(&column.ty).map(|list| {
                list.values
                    .iter()
                    .map(|value| value.code.as_str())
                    .collect()
            }),
            good: RefCell::new(None),
        }
    });
    Rules {
        columns: columns.collect(),
        checks: table
            .checks
            .iter()
            .map(|check| (&check.expr, check.expr.columns()))
            .collect(),
    }
}

fn words(table: &Table, broken: &Broken) -> Text {
    let name = |id: &ColumnId| table.column(*id).name.clone();
    match broken {
        Broken::Missing(id) => {
            let name = name(id);
            text!("`{name}` has no value", "у `{name}` нет значения")
        }
        Broken::Type(id) => {
            let name = name(id);
            text!(
                "the value of `{name}` is none of its type",
                "значение `{name}` не из её типа"
            )
        }
        Broken::Length(id) => {
            let name = name(id);
            text!(
                "`{name}` has a wrong number of characters",
                "в `{name}` неверное число знаков"
            )
        }
        Broken::Form(id) => {
            let name = name(id);
            text!("`{name}` has a wrong form", "у `{name}` неверная форма")
        }
        Broken::CheckDigit(id) => {
            let name = name(id);
            text!(
                "`{name}` has a wrong check digit",
                "у `{name}` неверная контрольная цифра"
            )
        }
        Broken::Code(id) => {
            let name = name(id);
            text!(
                "the code in `{name}` is not on its list",
                "кода из `{name}` нет в справочнике"
            )
        }
        Broken::Control(id) => {
            let name = name(id);
            text!(
                "`{name}` holds a control character",
                "в `{name}` управляющий символ"
            )
        }
        Broken::Check(at) => {
            let check = table.checks.get(*at);
            let code = check.map_or("", |check| check.code.as_str());
            let title = check.map_or("", |check| check.title.as_str());
            text!(
                "the check `{code}` fails ({title})",
                "не выполнено условие `{code}` ({title})"
            )
        }
    }
}
