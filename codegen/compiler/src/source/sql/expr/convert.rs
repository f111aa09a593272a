//! `sqlparser`'s tree to the tree of this crate, with the places that `sqlparser` leaves out.
//!
//! Every part is known by its tokens: where `sqlparser` gives a place (names, values) the token is
//! looked up, and everything above is put together from there: parentheses, operators and keywords
//! are the tokens beside.

mod call;

use std::ops::Range;

use sqlparser::ast::{
    BinaryOperator, CastKind, DataType, Expr, ExtractSyntax, Ident, TimezoneInfo, TypedString,
    UnaryOperator, Value, ValueWithSpan,
};
use sqlparser::tokenizer::Token;

use super::{Is, MAX_DEPTH, Name, Operator, SqlExpr, SqlKind, too_large};
use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{Arith, BaseType, Comparison};
use crate::source::Fragment;
use crate::source::sql::Lexed;
use crate::text;

/// Converts the expression of a whole fragment.
pub(super) fn convert(
    expr: &Expr,
    fragment: &Fragment,
    lexed: &Lexed,
    report: &mut Report,
) -> Option<SqlExpr> {
    let mut converter = Converter {
        fragment,
        lexed,
        report,
        depth: 0,
        outgrown: false,
    };
    converter.expr(expr).map(|node| node.expr)
}

pub(super) struct Converter<'a> {
    pub(super) fragment: &'a Fragment,
    pub(super) lexed: &'a Lexed,
    pub(super) report: &'a mut Report,
    depth: usize,
    outgrown: bool,
}

/// A converted part and its tokens, parentheses around it included.
pub(super) struct Node {
    pub(super) expr: SqlExpr,
    pub(super) tokens: Range<usize>,
}

impl Converter<'_> {
    fn expr(&mut self, expr: &Expr) -> Option<Node> {
        if self.depth >= MAX_DEPTH {
            if !self.outgrown {
                self.outgrown = true;
                let span = self.span(0..self.lexed.tokens.len());
                self.report.push(too_large(span));
            }
            return None;
        }
        self.depth += 1;
        let node = self.form(expr);
        self.depth -= 1;
        node
    }

    fn form(&mut self, expr: &Expr) -> Option<Node> {
        match expr {
            Expr::Identifier(name) => self.column(expr, &[], name),
            Expr::CompoundIdentifier(parts) => match parts.split_last() {
                Some((name, qualifiers)) => self.column(expr, qualifiers, name),
                None => self.refuse(expr),
            },
            Expr::Value(value) => self.value(expr, value),
            Expr::TypedString(typed) => self.typed(expr, typed),
            Expr::Nested(inner) => {
                let node = self.expr(inner)?;
                Some(Node {
                    tokens: node.tokens.start.saturating_sub(1)..node.tokens.end + 1,
                    ..node
                })
            }
            Expr::UnaryOp { op, expr: inner } => self.unary(expr, *op, inner),
            Expr::BinaryOp { left, op, right } => self.binary(expr, left, op, right),
            Expr::IsNull(inner) | Expr::IsUnknown(inner) => self.is(inner, Is::Null, false),
            Expr::IsNotNull(inner) | Expr::IsNotUnknown(inner) => self.is(inner, Is::Null, true),
            Expr::IsTrue(inner) => self.is(inner, Is::True, false),
            Expr::IsNotTrue(inner) => self.is(inner, Is::True, true),
            Expr::IsFalse(inner) => self.is(inner, Is::False, false),
            Expr::IsNotFalse(inner) => self.is(inner, Is::False, true),
            Expr::InList {
                expr: inner,
                list,
                negated,
            } => self.in_list(expr, inner, list, *negated),
            Expr::Between {
                expr: inner,
                negated,
                low,
                high,
            } => self.between(inner, low, high, *negated),
            Expr::Like {
                negated,
                any: false,
                expr: inner,
                pattern,
                escape_char,
            } => self.like(inner, pattern, escape_char.as_deref(), *negated),
            Expr::Case {
                case_token,
                end_token,
                operand,
                conditions,
                else_result,
            } => {
                let start = self.lexed.token_at(case_token.0.span.start);
                let end = self.lexed.token_at(end_token.0.span.start);
                let operand = operand.as_deref().map(|operand| self.expr(operand));
                let branches: Vec<_> = conditions
                    .iter()
                    .map(|when| {
                        let condition = self.expr(&when.condition);
                        let result = self.expr(&when.result);
                        Some((condition?.expr, result?.expr))
                    })
                    .collect();
                let otherwise = else_result.as_deref().map(|result| self.expr(result));
                let kind = SqlKind::Case {
                    operand: operand
                        .map(|node| node.map(|node| Box::new(node.expr)))
                        .transposed()?,
                    branches: branches.into_iter().collect::<Option<_>>()?,
                    otherwise: otherwise
                        .map(|node| node.map(|node| Box::new(node.expr)))
                        .transposed()?,
                };
                Some(self.node(kind, start?..end? + 1))
            }
            Expr::Function(function) => self.call(expr, function),
            Expr::Substring {
                expr: inner,
                substring_from,
                substring_for,
                ..
            } => self.substring(inner, substring_from.as_deref(), substring_for.as_deref()),
            Expr::Extract {
                syntax: ExtractSyntax::From,
                expr: from,
                ..
            } => self.extract(expr, from),
            Expr::Cast {
                kind: CastKind::Cast,
                expr: inner,
                data_type,
                format: None,
            } => self.cast(expr, inner, data_type),
            _ => self.refuse(expr),
        }
    }

    fn column(&mut self, expr: &Expr, qualifiers: &[Ident], name: &Ident) -> Option<Node> {
        let before: Option<Vec<_>> = qualifiers.iter().map(|part| self.name(part)).collect();
        let (Some((name, last)), Some(before)) = (self.name(name), before) else {
            return self.refuse(expr);
        };
        let first = before.first().map_or(last, |(_, token)| *token);
        let kind = SqlKind::Column {
            qualifiers: before.into_iter().map(|(name, _)| name).collect(),
            name,
        };
        Some(self.node(kind, first..last + 1))
    }

    /// A name and its token; a string literal in a name's place is none.
    fn name(&self, ident: &Ident) -> Option<(Name, usize)> {
        let token = self.lexed.token_at(ident.span.start)?;
        let quoted = match ident.quote_style {
            None => false,
            Some('"') => true,
            Some(_) => return None,
        };
        let name = Name {
            text: ident.value.clone(),
            quoted,
            span: self.span(token..token + 1),
        };
        Some((name, token))
    }

    fn value(&mut self, expr: &Expr, value: &ValueWithSpan) -> Option<Node> {
        let token = self.lexed.token_at(value.span.start)?;
        let kind = match &value.value {
            Value::Number(digits, false) => SqlKind::Number(digits.clone()),
            Value::SingleQuotedString(text) => SqlKind::Text(text.clone()),
            Value::Boolean(value) => SqlKind::Boolean(*value),
            Value::Null => SqlKind::Null,
            _ => return self.refuse(expr),
        };
        Some(self.node(kind, token..token + 1))
    }

    fn typed(&mut self, expr: &Expr, typed: &TypedString) -> Option<Node> {
        let token = self.lexed.token_at(typed.value.span.start)?;
        let tokens = token.saturating_sub(1)..token + 1;
        let base = match &typed.data_type {
            DataType::Date => BaseType::Date,
            DataType::Time(None, TimezoneInfo::None) => BaseType::Time(6),
            DataType::Timestamp(None, TimezoneInfo::None) => BaseType::Timestamp(6),
            DataType::Uuid => BaseType::Uuid,
            _ => return self.refuse_at(expr, tokens),
        };
        match &typed.value.value {
            Value::SingleQuotedString(text) if !typed.uses_odbc_syntax => {
                Some(self.node(SqlKind::Typed(base, text.clone()), tokens))
            }
            _ => self.refuse_at(expr, tokens),
        }
    }

    fn unary(&mut self, expr: &Expr, op: UnaryOperator, inner: &Expr) -> Option<Node> {
        let node = self.expr(inner)?;
        let tokens = node.tokens.start.saturating_sub(1)..node.tokens.end;
        let kind = match op {
            UnaryOperator::Not => SqlKind::Not(Box::new(node.expr)),
            UnaryOperator::Minus => SqlKind::Negate(Box::new(node.expr)),
            UnaryOperator::Plus => return Some(Node { tokens, ..node }),
            _ => return self.refuse_at(expr, tokens.start..tokens.start + 1),
        };
        Some(self.node(kind, tokens))
    }

    fn binary(
        &mut self,
        expr: &Expr,
        left: &Expr,
        op: &BinaryOperator,
        right: &Expr,
    ) -> Option<Node> {
        if let (Expr::Tuple(_), Expr::Tuple(_)) = (left, right) {
            return self.refuse(left);
        }
        let left = self.expr(left);
        let right = self.expr(right);
        let (left, right) = (left?, right?);
        let between = left.tokens.end..right.tokens.start;
        let Some(operator) = operator(op) else {
            return self.refuse_at(expr, between);
        };
        if matches!(
            self.lexed
                .tokens
                .get(between.start)
                .map(|token| &token.token),
            Some(Token::DoubleEq)
        ) {
            return self.refused(
                between,
                text!("`==` is not SQL", "`==` не входит в SQL"),
                text!("write `=`", "напишите `=`"),
            );
        }
        let tokens = left.tokens.start..right.tokens.end;
        let kind = SqlKind::Binary(operator, Box::new(left.expr), Box::new(right.expr));
        Some(self.node(kind, tokens))
    }

    fn is(&mut self, inner: &Expr, what: Is, negated: bool) -> Option<Node> {
        let node = self.expr(inner)?;
        let length = match self.word_at(node.tokens.end).as_deref() {
            Some("is") if negated => 3,
            Some("is") => 2,
            _ => 1,
        };
        let tokens = node.tokens.start..node.tokens.end + length;
        let kind = SqlKind::Is {
            expr: Box::new(node.expr),
            what,
            negated,
        };
        Some(self.node(kind, tokens))
    }

    fn in_list(&mut self, expr: &Expr, inner: &Expr, list: &[Expr], negated: bool) -> Option<Node> {
        let node = self.expr(inner);
        let items: Vec<_> = list.iter().map(|item| self.expr(item)).collect();
        let (node, items) = (node?, items.into_iter().collect::<Option<Vec<_>>>()?);
        let Some(end) = items.last().map(|item| item.tokens.end + 1) else {
            return self.refuse_at(expr, node.tokens);
        };
        let kind = SqlKind::In {
            expr: Box::new(node.expr),
            list: items.into_iter().map(|item| item.expr).collect(),
            negated,
        };
        Some(self.node(kind, node.tokens.start..end))
    }

    fn between(&mut self, inner: &Expr, low: &Expr, high: &Expr, negated: bool) -> Option<Node> {
        let (node, low, high) = (self.expr(inner), self.expr(low), self.expr(high));
        let (node, low, high) = (node?, low?, high?);
        let kind = SqlKind::Between {
            expr: Box::new(node.expr),
            low: Box::new(low.expr),
            high: Box::new(high.expr),
            negated,
        };
        Some(self.node(kind, node.tokens.start..high.tokens.end))
    }

    fn like(
        &mut self,
        inner: &Expr,
        pattern: &Expr,
        escape: Option<&Expr>,
        negated: bool,
    ) -> Option<Node> {
        let (node, pattern) = (self.expr(inner), self.expr(pattern));
        let escape = escape.map(|escape| self.expr(escape));
        let (node, pattern) = (node?, pattern?);
        let mut end = pattern.tokens.end;
        if let Some(escape) = escape {
            let escape = escape?;
            end = escape.tokens.end;
            if escape.expr.kind != SqlKind::Text("\\".into()) {
                let span = escape.expr.span;
                self.report.push(
                    Diagnostic::new(
                        code::LIKE_PATTERN,
                        text!(
                            "only `\\` can take the next character literally",
                            "следующий знак буквально может брать только `\\`"
                        ),
                    )
                    .at(span)
                    .help(text!(
                        "leave ESCAPE out and write `\\%` and `\\_` in the pattern",
                        "уберите ESCAPE и пишите в образце `\\%` и `\\_`"
                    )),
                );
                return None;
            }
        }
        let kind = SqlKind::Like {
            expr: Box::new(node.expr),
            pattern: Box::new(pattern.expr),
            negated,
        };
        Some(self.node(kind, node.tokens.start..end))
    }
}

/// `Option<Option<T>>` of a part that may be absent and may have failed.
trait Transposed<T> {
    fn transposed(self) -> Option<Option<T>>;
}

impl<T> Transposed<T> for Option<Option<T>> {
    fn transposed(self) -> Option<Option<T>> {
        match self {
            None => Some(None),
            Some(None) => None,
            Some(Some(value)) => Some(Some(value)),
        }
    }
}

fn operator(op: &BinaryOperator) -> Option<Operator> {
    Some(match op {
        BinaryOperator::And => Operator::And,
        BinaryOperator::Or => Operator::Or,
        BinaryOperator::Eq => Operator::Compare(Comparison::Eq),
        BinaryOperator::NotEq => Operator::Compare(Comparison::Ne),
        BinaryOperator::Lt => Operator::Compare(Comparison::Lt),
        BinaryOperator::LtEq => Operator::Compare(Comparison::Le),
        BinaryOperator::Gt => Operator::Compare(Comparison::Gt),
        BinaryOperator::GtEq => Operator::Compare(Comparison::Ge),
        BinaryOperator::Plus => Operator::Arith(Arith::Add),
        BinaryOperator::Minus => Operator::Arith(Arith::Sub),
        BinaryOperator::Multiply => Operator::Arith(Arith::Mul),
        BinaryOperator::Divide => Operator::Arith(Arith::Div),
        BinaryOperator::StringConcat => Operator::Concat,
        BinaryOperator::Modulo => Operator::Arith(Arith::Rem),
        _ => return None,
    })
}
