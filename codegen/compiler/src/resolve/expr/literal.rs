//! Constants: what a literal means beside a value of a known type.

use super::compare::misfit;
use super::{Resolver, ScopeColumn, make};
use crate::diagnostic::{Diagnostic, Text, code};
use crate::model::{BaseType, Expr, ExprKind, Literal, ValueType};
use crate::resolve::value;
use crate::source::Span;
use crate::source::nearest::nearest;
use crate::source::sql::expr::{SqlExpr, SqlKind};
use crate::text;

/// What stands beside a literal.
#[derive(Clone, Copy)]
pub(super) struct Beside<'a> {
    /// Type of the other side.
    pub(super) ty: ValueType,
    /// The column that the other side is.
    pub(super) column: Option<&'a ScopeColumn<'a>>,
    /// Whether the literal must be a possible value of the column: for `=`, `<>`, IN; not for `<`.
    pub(super) exact: bool,
}

/// Whether an expression is a constant that takes its type from what stands beside it.
pub(super) fn is_literal(syntax: &SqlExpr) -> bool {
    match &syntax.kind {
        SqlKind::Number(_)
        | SqlKind::Text(_)
        | SqlKind::Boolean(_)
        | SqlKind::Null
        | SqlKind::Typed(..) => true,
        SqlKind::Negate(inner) => matches!(inner.kind, SqlKind::Number(_)),
        _ => false,
    }
}

impl Resolver<'_> {
    /// A literal as a value of the type beside it, or of its own type when nothing is.
    pub(super) fn literal(&mut self, syntax: &SqlExpr, beside: Option<Beside<'_>>) -> Option<Expr> {
        let span = syntax.span;
        match &syntax.kind {
            SqlKind::Number(digits) => self.number(digits.clone(), beside, span),
            SqlKind::Negate(inner) => match &inner.kind {
                SqlKind::Number(digits) => self.number(format!("-{digits}"), beside, span),
                _ => None,
            },
            SqlKind::Text(text) => self.text(text, beside, span),
            SqlKind::Boolean(value) => {
                self.fits(ValueType::Boolean, beside, span)?;
                let kind = ExprKind::Literal(Literal::Boolean(*value));
                Some(make(kind, ValueType::Boolean, span))
            }
            SqlKind::Typed(base, text) => {
                let ty = base.value_type();
                self.fits(ty, beside, span)?;
                self.temporal(*base, text, beside, span)
            }
            _ => self.fail(
                code::NULL_OPERAND,
                span,
                text!("NULL says nothing here", "NULL здесь ничего не значит"),
                text!(
                    "ask with `x IS NULL`; NULL itself stands only behind THEN, ELSE and in COALESCE",
                    "спрашивайте через `x IS NULL`; само NULL бывает только после THEN, ELSE и в COALESCE"
                ),
            ),
        }
    }

    /// Whether a constant's own type fits; reports if not.
    fn fits(&mut self, ty: ValueType, beside: Option<Beside<'_>>, span: Span) -> Option<()> {
        match beside {
            Some(beside) if beside.ty != ty => {
                self.report.push(misfit(span, ty, beside.ty));
                None
            }
            _ => Some(()),
        }
    }

    fn number(&mut self, digits: String, beside: Option<Beside<'_>>, span: Span) -> Option<Expr> {
        let whole = digits.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let ty = if whole {
            ValueType::Integer
        } else {
            ValueType::Double
        };
        if let Some(beside) = beside
            && !matches!(beside.ty, ValueType::Integer | ValueType::Double)
        {
            let quoted = (beside.ty == ValueType::Text).then(|| format!("'{digits}'"));
            let text = quoted.is_some();
            let diagnostic = misfit(span, ty, beside.ty).suggest(quoted);
            self.report.push(match text {
                true => diagnostic.help(text!(
                    "a text stands in single quotes",
                    "текст пишется в одинарных кавычках"
                )),
                false => diagnostic,
            });
            return None;
        }
        let double = beside.is_some_and(|beside| beside.ty == ValueType::Double);
        if !whole || double {
            let n = match digits.parse::<f64>() {
                Ok(n) if n.is_finite() => n,
                _ => {
                    return self.invalid(
                        span,
                        text!(
                            "the number does not fit 64 bits",
                            "число не помещается в 64 бита"
                        ),
                    );
                }
            };
            if beside.is_some_and(|b| b.exact && b.ty == ValueType::Integer) {
                return self.invalid(
                    span,
                    text!(
                        "an integer is never equal to a fraction",
                        "целое никогда не равно дробному"
                    ),
                );
            }
            let kind = ExprKind::Literal(Literal::Double(n));
            return Some(make(kind, ValueType::Double, span));
        }
        let Ok(n) = digits.parse::<i64>() else {
            let (min, max) = (i64::MIN, i64::MAX);
            return self.invalid(
                span,
                text!(
                    "the number is not between {min} and {max}",
                    "число не лежит между {min} и {max}"
                ),
            );
        };
        if let Some(column) = beside.and_then(|beside| beside.column)
            && let Err(reason) = value::check(column.base, &n.to_string())
        {
            return self.invalid(span, reason);
        }
        if let Some(beside) = beside {
            self.code(&n.to_string(), &n.to_string(), beside, span)?;
        }
        let kind = ExprKind::Literal(Literal::Integer(n));
        Some(make(kind, ValueType::Integer, span))
    }

    fn text(&mut self, text: &str, beside: Option<Beside<'_>>, span: Span) -> Option<Expr> {
        let literal = |text: &str| {
            let kind = ExprKind::Literal(Literal::Text(text.to_owned()));
            Some(make(kind, ValueType::Text, span))
        };
        let Some(beside) = beside else {
            return literal(text);
        };
        match beside.ty {
            ValueType::Text => {
                self.code(text, &format!("'{text}'"), beside, span)?;
                if let (Some(column), true) = (beside.column, beside.exact)
                    && let Err(reason) = value::check(column.base, text)
                {
                    return self.invalid(span, reason);
                }
                literal(text)
            }
            ValueType::Date => self.temporal(BaseType::Date, text, Some(beside), span),
            ValueType::Time => self.temporal(BaseType::Time(6), text, Some(beside), span),
            ValueType::Timestamp => self.temporal(BaseType::Timestamp(6), text, Some(beside), span),
            ValueType::Uuid => self.temporal(BaseType::Uuid, text, Some(beside), span),
            ValueType::Integer | ValueType::Double | ValueType::Boolean => {
                let bare = match beside.ty {
                    ValueType::Boolean => ["TRUE", "FALSE"]
                        .into_iter()
                        .find(|word| word.eq_ignore_ascii_case(text))
                        .map(str::to_owned),
                    _ => value::double(text).ok().map(|_| text.to_owned()),
                };
                let is_one = bare.is_some();
                let diagnostic = misfit(span, ValueType::Text, beside.ty).suggest(bare);
                self.report.push(match is_one {
                    true => diagnostic.help(text!("leave the quotes out", "уберите кавычки")),
                    false => diagnostic,
                });
                None
            }
        }
    }

    /// A date, time, timestamp or UUID written as a text.
    fn temporal(
        &mut self,
        base: BaseType,
        text: &str,
        beside: Option<Beside<'_>>,
        span: Span,
    ) -> Option<Expr> {
        // A fraction finer than the column's can be compared, but never be equal.
        let base = match beside.and_then(|b| b.column.filter(|_| b.exact)) {
            Some(column) => column.base,
            None => base,
        };
        if let Err(reason) = value::check(base, text) {
            return self.invalid(span, reason);
        }
        let literal = match base {
            BaseType::Date => Literal::Date(text.to_owned()),
            BaseType::Time(_) => Literal::Time(text.to_owned()),
            BaseType::Timestamp(_) => Literal::Timestamp(text.to_owned()),
            BaseType::Uuid => Literal::Uuid(text.to_ascii_lowercase()),
            _ => return None,
        };
        Some(make(ExprKind::Literal(literal), base.value_type(), span))
    }

    /// Whether a constant is a code of the closed list of the column beside it; reports if not.
    fn code(&mut self, code: &str, written: &str, beside: Beside<'_>, span: Span) -> Option<()> {
        let (Some(column), true) = (beside.column, beside.exact) else {
            return Some(());
        };
        let Some(codes) = &column.codes else {
            return Some(());
        };
        if codes.contains(&code) {
            return Some(());
        }
        let near = nearest(code, codes.iter().copied()).map(|near| match written == code {
            true => near.to_owned(),
            false => format!("'{near}'"),
        });
        let shown: Vec<&str> = codes.iter().copied().take(12).collect();
        let mut list = shown.join(", ");
        if codes.len() > shown.len() {
            list.push_str(", …");
        }
        let name = column.name;
        self.report.push(
            Diagnostic::new(
                code::UNKNOWN_CODE,
                text!(
                    "`{code}` is not a code of the list of `{name}`",
                    "`{code}` нет среди кодов списка колонки `{name}`"
                ),
            )
            .at(span)
            .help(text!("the codes are {list}", "есть коды {list}"))
            .suggest(near),
        );
        None
    }

    fn invalid(&mut self, span: Span, reason: Text) -> Option<Expr> {
        self.fail(code::INVALID_LITERAL, span, reason, Text::default())
    }
}
