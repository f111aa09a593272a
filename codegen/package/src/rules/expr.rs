//! Expressions of rules over cells that stand elsewhere than in their view.

use vitrina_codegen::model::eval::Value;
use vitrina_codegen::model::{BaseType, ColumnId, Expr, ExprKind, Literal};

use crate::Program;

/// Where a column of a view is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Among the cells, at this position.
    Cell(usize),
    /// It is the moment of judgement.
    Now,
}

/// The moment of judgement, in microseconds since 1970-01-01 00:00:00.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now(pub(super) i64);

impl Now {
    /// Compiles an expression whose columns stand at other places. What stands nowhere is null.
    pub(super) fn compile(self, expr: &Expr, place: &dyn Fn(ColumnId) -> Option<Place>) -> Program {
        let mut moved = expr.clone();
        self.move_columns(&mut moved, place);
        Program::compile(&moved)
    }

    /// The moment as text of SQL.
    fn literal(self) -> Option<Literal> {
        let text = Value::Timestamp(self.0).to_text(BaseType::Timestamp(6))?;
        Some(Literal::Timestamp(text))
    }

    fn move_columns(self, expr: &mut Expr, place: &dyn Fn(ColumnId) -> Option<Place>) {
        match &mut expr.kind {
            ExprKind::Column(id) => match place(*id) {
                Some(Place::Cell(at)) => *id = ColumnId::at(u32::try_from(at).unwrap_or(u32::MAX)),
                Some(Place::Now) => {
                    if let Some(literal) = self.literal() {
                        expr.kind = ExprKind::Literal(literal);
                    }
                }
                None => *id = ColumnId::at(u32::MAX),
            },
            ExprKind::Literal(_) | ExprKind::CurrentDate => {}
            ExprKind::Not(inner)
            | ExprKind::IsNull(inner)
            | ExprKind::In(inner, _)
            | ExprKind::Like(inner, _)
            | ExprKind::Negate(inner) => self.move_columns(inner, place),
            ExprKind::And(left, right)
            | ExprKind::Or(left, right)
            | ExprKind::Compare(_, left, right)
            | ExprKind::Arith(_, left, right) => {
                self.move_columns(left, place);
                self.move_columns(right, place);
            }
            ExprKind::Case {
                branches,
                otherwise,
            } => {
                for (condition, value) in branches {
                    self.move_columns(condition, place);
                    self.move_columns(value, place);
                }
                if let Some(otherwise) = otherwise {
                    self.move_columns(otherwise, place);
                }
            }
            ExprKind::Call(_, arguments) => {
                for argument in arguments {
                    self.move_columns(argument, place);
                }
            }
        }
    }
}

/// The parts of a condition that must all be true.
pub(super) fn conjuncts<'e>(condition: &'e Expr, found: &mut Vec<&'e Expr>) {
    match &condition.kind {
        ExprKind::And(left, right) => {
            conjuncts(left, found);
            conjuncts(right, found);
        }
        _ => found.push(condition),
    }
}

/// The columns that expressions read, ascending, each once.
pub(super) fn read_by<'e>(expressions: impl IntoIterator<Item = &'e Expr>) -> Vec<ColumnId> {
    let mut columns: Vec<ColumnId> = expressions.into_iter().flat_map(Expr::columns).collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}
