//! Going through the parts of an expression.

use super::{Expr, ExprKind};
use crate::model::ColumnId;

impl Expr {
    /// The parts directly below, in the order in which they are written.
    pub fn children(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Column(_) | ExprKind::Literal(_) | ExprKind::CurrentDate => Vec::new(),
            ExprKind::Not(inner)
            | ExprKind::IsNull(inner)
            | ExprKind::In(inner, _)
            | ExprKind::Like(inner, _)
            | ExprKind::Negate(inner) => vec![inner],
            ExprKind::And(left, right)
            | ExprKind::Or(left, right)
            | ExprKind::Compare(_, left, right)
            | ExprKind::Arith(_, left, right) => vec![left, right],
            ExprKind::Case {
                branches,
                otherwise,
            } => branches
                .iter()
                .flat_map(|(condition, value)| [condition, value])
                .chain(otherwise.as_deref())
                .collect(),
            ExprKind::Call(_, arguments) => arguments.iter().collect(),
        }
    }

    /// Shows `see` this expression and everything in it, the outer before the inner.
    pub fn visit<'e>(&'e self, see: &mut dyn FnMut(&'e Expr)) {
        see(self);
        for child in self.children() {
            child.visit(see);
        }
    }

    /// The columns that the expression reads, ascending, each once.
    pub fn columns(&self) -> Vec<ColumnId> {
        let mut found = Vec::new();
        self.visit(&mut |part| {
            if let ExprKind::Column(id) = part.kind {
                found.push(id);
            }
        });
        found.sort_unstable();
        found.dedup();
        found
    }
}
