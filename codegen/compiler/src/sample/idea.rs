//! Ideas: changes of single cells that may turn a condition true or false.
//!
//! They are read out of the expression: a comparison suggests the value of its other side and the
//! neighbours of that value, solved backwards through arithmetic and functions; a list suggests its
//! members, LIKE a text that matches. Whether an idea helps is found by trying it.

mod function;

use crate::model::eval::{self, Day, Row, Value, arithmetic, evaluate, literal_value};
use crate::model::{Arith, ColumnId, Expr, ExprKind, ValueType};

/// A change of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Idea {
    /// Give it this value.
    Set(ColumnId, Value),
    /// Empty it.
    Null(ColumnId),
    /// Give it another value of its column.
    Fresh(ColumnId),
}

impl Idea {
    /// The column that changes.
    pub(super) fn column(&self) -> ColumnId {
        match self {
            Idea::Set(id, _) | Idea::Null(id) | Idea::Fresh(id) => *id,
        }
    }
}

/// The ideas of an expression for a row.
pub(super) fn ideas(expr: &Expr, row: &Row, today: Day) -> Vec<Idea> {
    let mut found = Vec::new();
    expr.visit(&mut |node| collect(node, row, today, &mut found));
    for id in expr.columns() {
        found.push(Idea::Null(id));
        found.push(Idea::Fresh(id));
    }
    found
}

fn collect(node: &Expr, row: &Row, today: Day, out: &mut Vec<Idea>) {
    let mut solver = Solver { row, today, out };
    match &node.kind {
        ExprKind::Column(id) if node.ty == ValueType::Boolean => {
            solver.out.push(Idea::Set(*id, Value::Boolean(true)));
            solver.out.push(Idea::Set(*id, Value::Boolean(false)));
        }
        ExprKind::Compare(_, left, right) => {
            for (side, other) in [(left, right), (right, left)] {
                if let Some(value) = evaluate(other, row, today) {
                    for target in around(value) {
                        solver.solve(side, target);
                    }
                }
            }
        }
        ExprKind::In(inner, list) => {
            for target in list.iter().filter_map(literal_value) {
                solver.solve(inner, target);
            }
        }
        ExprKind::Like(inner, pattern) => {
            // The cell as it stands is a model for what the pattern leaves open: it may have a form.
            let current = match evaluate(inner, row, today) {
                Some(Value::Text(text)) => text,
                _ => String::new(),
            };
            for (other, filler) in [
                ('0', None),
                ('0', Some("")),
                ('0', Some("00")),
                ('ж', Some("нечто")),
            ] {
                let example = eval::like_example(pattern, &current, other, filler);
                solver.solve(inner, Value::Text(example));
            }
        }
        _ => {}
    }
}

/// A value and its neighbours.
fn around(value: Value) -> Vec<Value> {
    const SECOND: i64 = 1_000_000;
    match value {
        Value::Integer(n) => [n, n.saturating_add(1), n.saturating_sub(1)]
            .map(Value::Integer)
            .into(),
        Value::Double(n) => vec![
            Value::Double(n),
            Value::Double(n + 1.0),
            Value::Double(n - 1.0),
            Value::Double(n / 2.0),
        ],
        Value::Date(Day(n)) => [n, n.saturating_add(1), n.saturating_sub(1)]
            .map(|n| Value::Date(Day(n)))
            .into(),
        Value::Time(n) => [n, n + SECOND, n - SECOND]
            .into_iter()
            .filter(|n| (0..86_400 * SECOND).contains(n))
            .map(Value::Time)
            .collect(),
        Value::Timestamp(n) => [n, n.saturating_add(SECOND), n.saturating_sub(SECOND)]
            .map(Value::Timestamp)
            .into(),
        Value::Boolean(_) => vec![Value::Boolean(true), Value::Boolean(false)],
        Value::Text(_) | Value::Uuid(_) => vec![value],
    }
}

struct Solver<'s> {
    row: &'s Row,
    today: Day,
    out: &'s mut Vec<Idea>,
}

impl Solver<'_> {
    /// Suggests cells for which `expr` has the value `target`, the other cells standing as they are.
    fn solve(&mut self, expr: &Expr, target: Value) {
        match &expr.kind {
            ExprKind::Column(id) => self.out.push(Idea::Set(*id, target)),
            ExprKind::Negate(inner) => match target {
                Value::Integer(n) => self.solve(inner, Value::Integer(n.saturating_neg())),
                Value::Double(n) => self.solve(inner, Value::Double(-n)),
                _ => {}
            },
            ExprKind::Arith(operator, left, right) => {
                let (row, today) = (self.row, self.today);
                let for_left = evaluate(right, row, today)
                    .and_then(|right| left_operand(*operator, &target, right));
                let for_right = evaluate(left, row, today)
                    .and_then(|left| right_operand(*operator, target, left));
                if let Some(value) = for_left {
                    self.solve(left, value);
                }
                if let Some(value) = for_right {
                    self.solve(right, value);
                }
            }
            ExprKind::Case {
                branches,
                otherwise,
            } => {
                for (_, value) in branches {
                    self.solve(value, target.clone());
                }
                if let Some(value) = otherwise {
                    self.solve(value, target);
                }
            }
            ExprKind::Call(function, arguments) => self.solve_call(*function, arguments, target),
            _ => {}
        }
    }
}

/// `x` of `x ∘ right = target`.
fn left_operand(operator: Arith, target: &Value, right: Value) -> Option<Value> {
    let target = target.clone();
    match operator {
        Arith::Add => arithmetic(Arith::Sub, target, right),
        Arith::Sub => arithmetic(Arith::Add, target.clone(), right.clone())
            .or_else(|| arithmetic(Arith::Add, right, target)),
        Arith::Mul => arithmetic(Arith::Div, target, right),
        Arith::Div => arithmetic(Arith::Mul, target, right),
        Arith::Rem => Some(target),
    }
}

/// `x` of `left ∘ x = target`.
fn right_operand(operator: Arith, target: Value, left: Value) -> Option<Value> {
    match operator {
        Arith::Add => arithmetic(Arith::Sub, target, left),
        Arith::Sub => arithmetic(Arith::Sub, left, target),
        Arith::Mul => arithmetic(Arith::Div, target, left),
        Arith::Div => arithmetic(Arith::Div, left, target),
        Arith::Rem => None,
    }
}
