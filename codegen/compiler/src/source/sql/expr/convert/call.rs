//! Function calls, in their ordinary form and in the forms that have a grammar of their own.

use sqlparser::ast::{
    DataType, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, ObjectNamePart,
    TimezoneInfo,
};

use super::super::{Name, SqlKind};
use super::{Converter, Node};
use crate::model::BaseType;

impl Converter<'_> {
    pub(super) fn call(&mut self, expr: &Expr, function: &Function) -> Option<Node> {
        let [ObjectNamePart::Identifier(ident)] = function.name.0.as_slice() else {
            return self.refuse(expr);
        };
        let Some((name, token)) = self.name(ident) else {
            return self.refuse(expr);
        };
        let arguments = match &function.args {
            FunctionArguments::None => {
                let kind = match name.text.to_lowercase().as_str() {
                    "current_date" => SqlKind::CurrentDate,
                    "user" => SqlKind::Column {
                        qualifiers: Vec::new(),
                        name,
                    },
                    _ => SqlKind::Call {
                        name,
                        args: Vec::new(),
                    },
                };
                return Some(self.node(kind, token..token + 1));
            }
            FunctionArguments::Subquery(_) => return self.refuse(expr),
            FunctionArguments::List(list) => list,
        };
        let tokens = token..self.closing(token + 1) + 1;
        let plain = arguments.duplicate_treatment.is_none()
            && arguments.clauses.is_empty()
            && function.within_group.is_empty()
            && function.filter.is_none()
            && function.over.is_none()
            && function.null_treatment.is_none()
            && !function.uses_odbc_syntax
            && matches!(function.parameters, FunctionArguments::None);
        let args: Option<Vec<&Expr>> = arguments
            .args
            .iter()
            .map(|arg| match arg {
                FunctionArg::Unnamed(FunctionArgExpr::Expr(arg)) => Some(arg),
                _ => None,
            })
            .collect();
        let (true, Some(args)) = (plain, args) else {
            return self.refuse_at(expr, tokens);
        };
        let args: Vec<_> = args.into_iter().map(|arg| self.expr(arg)).collect();
        let args = args
            .into_iter()
            .map(|arg| arg.map(|node| node.expr))
            .collect::<Option<_>>()?;
        Some(self.node(SqlKind::Call { name, args }, tokens))
    }

    pub(super) fn substring(
        &mut self,
        inner: &Expr,
        from: Option<&Expr>,
        count: Option<&Expr>,
    ) -> Option<Node> {
        let nodes: Vec<_> = [Some(inner), from, count]
            .into_iter()
            .flatten()
            .map(|arg| self.expr(arg))
            .collect();
        let nodes: Vec<Node> = nodes.into_iter().collect::<Option<_>>()?;
        let open = nodes.first()?.tokens.start.checked_sub(1)?;
        let token = open.checked_sub(1)?;
        let kind = SqlKind::Call {
            name: Name {
                text: "substring".into(),
                quoted: false,
                span: self.span(token..token + 1),
            },
            args: nodes.into_iter().map(|node| node.expr).collect(),
        };
        Some(self.node(kind, token..self.closing(open) + 1))
    }

    /// `EXTRACT(part FROM from)`: the part's word has no place in `sqlparser`'s tree, but stands
    /// right before FROM.
    pub(super) fn extract(&mut self, expr: &Expr, from: &Expr) -> Option<Node> {
        let node = self.expr(from)?;
        let start = node.tokens.start;
        let (Some(word), Some(open), Some(first)) = (
            start.checked_sub(2),
            start.checked_sub(3),
            start.checked_sub(4),
        ) else {
            return self.refuse_at(expr, node.tokens);
        };
        let token = self.lexed.tokens.get(word)?;
        let part = Name {
            // A quoted word keeps its quotes: it is none of the parts.
            text: token.to_string(),
            quoted: false,
            span: self.span(word..word + 1),
        };
        let kind = SqlKind::Extract {
            part,
            from: Box::new(node.expr),
        };
        Some(self.node(kind, first..self.closing(open) + 1))
    }

    /// `CAST(inner AS date)`, `CAST(inner AS time)`; what `inner` is, is not known here.
    pub(super) fn cast(&mut self, expr: &Expr, inner: &Expr, to: &DataType) -> Option<Node> {
        let to = match to {
            DataType::Date => BaseType::Date,
            DataType::Time(None, TimezoneInfo::None) => BaseType::Time(6),
            _ => return self.refuse(expr),
        };
        let node = self.expr(inner)?;
        let open = node.tokens.start.checked_sub(1)?;
        let first = open.checked_sub(1)?;
        let kind = SqlKind::Cast {
            expr: Box::new(node.expr),
            to,
        };
        Some(self.node(kind, first..self.closing(open) + 1))
    }
}
