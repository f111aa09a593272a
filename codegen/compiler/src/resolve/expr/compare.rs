//! Comparisons: `=`, `<`, BETWEEN, IN, LIKE, IS.

use super::literal::{Beside, is_literal};
use super::{Resolver, boolean, make, negated, words};
use crate::diagnostic::{Diagnostic, code};
use crate::model::{Comparison, Expr, ExprKind, Literal, ValueType};
use crate::source::Span;
use crate::source::sql::expr::{Is, SqlExpr, SqlKind};
use crate::text;

impl Resolver<'_> {
    /// `left op right`
    pub(super) fn compare(
        &mut self,
        op: Comparison,
        left: &SqlExpr,
        right: &SqlExpr,
        span: Span,
    ) -> Option<Expr> {
        if let Some(null) = [left, right].into_iter().find(|e| e.kind == SqlKind::Null) {
            return self.compared_with_null(null.span);
        }
        let exact = is_exact(op);
        let (left, right) = if is_literal(left) && !is_literal(right) {
            let right = self.value(right)?;
            (self.beside(&right, left, exact)?, right)
        } else if is_literal(right) {
            let left = self.value(left)?;
            let right = self.beside(&left, right, exact)?;
            (left, right)
        } else {
            let (left, right) = (self.value(left), self.value(right));
            (left?, right?)
        };
        self.compared(op, left, right, span)
    }

    /// The comparison of two resolved sides.
    pub(super) fn compared(
        &mut self,
        op: Comparison,
        left: Expr,
        right: Expr,
        span: Span,
    ) -> Option<Expr> {
        if !comparable(left.ty, right.ty) {
            let ((left_en, left_ru), (right_en, right_ru)) =
                (words::noun(left.ty), words::noun(right.ty));
            return self.fail(
                code::TYPE_MISMATCH,
                span,
                text!(
                    "{left_en} is compared with {right_en}",
                    "сравниваются {left_ru} и {right_ru}"
                ),
                text!(
                    "compare values of one type; dates are written `DATE '2024-01-31'`",
                    "сравнивайте значения одного типа; даты пишутся как `DATE '2024-01-31'`"
                ),
            );
        }
        if !is_exact(op) && !self.ordered(&left, span) {
            return None;
        }
        if let (ExprKind::Column(a), ExprKind::Column(b)) = (&left.kind, &right.kind)
            && a == b
        {
            return self.fail(
                code::SELF_COMPARISON,
                span,
                text!(
                    "a column is compared with itself",
                    "колонка сравнивается сама с собой"
                ),
                text!(
                    "compare it with another column or a constant; `x IS NOT NULL` asks whether it has a value",
                    "сравните её с другой колонкой или константой; есть ли значение, проверяет `x IS NOT NULL`"
                ),
            );
        }
        let kind = ExprKind::Compare(op, Box::new(left), Box::new(right));
        Some(boolean(kind, span))
    }

    /// What stands beside a resolved value: a constant takes its type.
    pub(super) fn beside(&mut self, known: &Expr, other: &SqlExpr, exact: bool) -> Option<Expr> {
        if other.kind == SqlKind::Null {
            return self.compared_with_null(other.span);
        }
        if !is_literal(other) {
            return self.value(other);
        }
        let column = match known.kind {
            ExprKind::Column(id) => self.scope.column(id),
            _ => None,
        };
        let literal = self.literal(
            other,
            Some(Beside {
                ty: known.ty,
                column,
                exact,
            }),
        )?;
        self.within_part(known, &literal)?;
        Some(literal)
    }

    /// Whether values of a type have an order that all engines share; reports if not.
    fn ordered(&mut self, side: &Expr, span: Span) -> bool {
        let help = match side.ty {
            ValueType::Text => text!(
                "the order of texts depends on the engine's collation: list the texts with IN, or compare numbers or dates",
                "порядок текстов зависит от настроек базы: перечислите тексты через IN или сравнивайте числа и даты"
            ),
            ValueType::Boolean => text!(
                "write `a = b`, `NOT a`, `a OR b`",
                "напишите `a = b`, `NOT a`, `a OR b`"
            ),
            ValueType::Uuid => text!(
                "UUIDs know `=` and `<>` only",
                "UUID сравниваются только через `=` и `<>`"
            ),
            _ => return true,
        };
        let (en, ru) = words::noun(side.ty);
        self.fail::<()>(
            code::NO_ORDER,
            span,
            text!(
                "{en} is neither less nor greater than another",
                "{ru} не бывает меньше или больше другого"
            ),
            help,
        );
        false
    }

    fn compared_with_null(&mut self, span: Span) -> Option<Expr> {
        self.fail(
            code::NULL_OPERAND,
            span,
            text!(
                "nothing is equal to NULL, nor different from it",
                "с NULL ничто не равно и ничто не отлично от него"
            ),
            text!(
                "write `x IS NULL` or `x IS NOT NULL`",
                "напишите `x IS NULL` или `x IS NOT NULL`"
            ),
        )
    }

    pub(super) fn between(
        &mut self,
        expr: &SqlExpr,
        low: &SqlExpr,
        high: &SqlExpr,
        not: bool,
        span: Span,
    ) -> Option<Expr> {
        let value = self.value(expr)?;
        let (low, high) = (
            self.beside(&value, low, false),
            self.beside(&value, high, false),
        );
        let (low, high) = (low?, high?);
        if let Some(false) = ascending(&low.kind, &high.kind) {
            return self.fail(
                code::CONSTANT_CONDITION,
                low.span.to(high.span),
                text!(
                    "no value is between these bounds: the first is the greater one",
                    "между этими границами нет значений: первая больше второй"
                ),
                text!("swap the bounds", "поменяйте границы местами"),
            );
        }
        let again = self.copy(&value)?;
        let low = self.compared(Comparison::Ge, value, low, span)?;
        let high = self.compared(Comparison::Le, again, high, span)?;
        let both = boolean(ExprKind::And(Box::new(low), Box::new(high)), span);
        Some(negated(both, not))
    }

    pub(super) fn in_list(
        &mut self,
        expr: &SqlExpr,
        list: &[SqlExpr],
        not: bool,
        span: Span,
    ) -> Option<Expr> {
        let value = self.value(expr)?;
        let mut literals: Vec<Literal> = Vec::new();
        let mut complete = true;
        for item in list {
            match self.item(&value, item) {
                Some(literal) if !literals.contains(&literal) => literals.push(literal),
                // The second of two equal items says nothing new.
                Some(_) => {}
                None => complete = false,
            }
        }
        if !complete {
            return None;
        }
        let found = boolean(ExprKind::In(Box::new(value), literals), span);
        Some(negated(found, not))
    }

    fn item(&mut self, value: &Expr, item: &SqlExpr) -> Option<Literal> {
        if !is_literal(item) {
            return self.fail(
                code::EXPR_UNSUPPORTED,
                item.span,
                text!(
                    "the list of IN holds constants only",
                    "в списке IN бывают только константы"
                ),
                text!(
                    "write `x = a OR x = b` for values that differ from row to row",
                    "для значений, разных от строки к строке, напишите `x = a OR x = b`"
                ),
            );
        }
        let item = self.beside(value, item, true)?;
        if !comparable(value.ty, item.ty) {
            return None;
        }
        match item.kind {
            ExprKind::Literal(literal) => Some(literal),
            _ => None,
        }
    }

    pub(super) fn like(
        &mut self,
        expr: &SqlExpr,
        pattern: &SqlExpr,
        not: bool,
        span: Span,
    ) -> Option<Expr> {
        let value = self.value(expr)?;
        if value.ty != ValueType::Text {
            let (en, ru) = words::noun(value.ty);
            return self.fail(
                code::TYPE_MISMATCH,
                expr.span,
                text!(
                    "LIKE looks into texts, this is {en}",
                    "LIKE просматривает тексты, а это {ru}"
                ),
                text!(
                    "compare it with `=` or `<`",
                    "сравните его через `=` или `<`"
                ),
            );
        }
        let SqlKind::Text(text) = &pattern.kind else {
            return self.fail(
                code::LIKE_PATTERN,
                pattern.span,
                text!(
                    "the pattern of LIKE must be a text constant",
                    "образец LIKE должен быть текстовой константой"
                ),
                text!("write `LIKE 'А%'`", "напишите `LIKE 'А%'`"),
            );
        };
        if text.chars().rev().take_while(|c| *c == '\\').count() % 2 == 1 {
            return self.fail(
                code::LIKE_PATTERN,
                pattern.span,
                text!(
                    "the last `\\` has nothing behind it to take literally",
                    "за последним `\\` ничего нет, чтобы взять буквально"
                ),
                text!(
                    "write `\\\\` for the character itself",
                    "для самого знака напишите `\\\\`"
                ),
            );
        }
        let like = boolean(ExprKind::Like(Box::new(value), text.clone()), span);
        Some(negated(like, not))
    }

    pub(super) fn is(&mut self, expr: &SqlExpr, what: Is, not: bool, span: Span) -> Option<Expr> {
        if what == Is::Null {
            let value = self.value(expr)?;
            let null = boolean(ExprKind::IsNull(Box::new(value)), span);
            return Some(negated(null, not));
        }
        // True or false, never null: CASE WHEN x THEN TRUE ELSE FALSE END.
        let condition = self.condition(expr)?;
        let condition = negated(condition, what == Is::False);
        let constant = |value| boolean(ExprKind::Literal(Literal::Boolean(value)), span);
        let kind = ExprKind::Case {
            branches: vec![(condition, constant(!not))],
            otherwise: Some(Box::new(constant(not))),
        };
        Some(make(kind, ValueType::Boolean, span))
    }
}

/// Whether two types can stand on the sides of a comparison.
pub(in crate::resolve) fn comparable(a: ValueType, b: ValueType) -> bool {
    let number = |ty| matches!(ty, ValueType::Integer | ValueType::Double);
    a == b || (number(a) && number(b))
}

fn is_exact(op: Comparison) -> bool {
    matches!(op, Comparison::Eq | Comparison::Ne)
}

/// Whether two constants ascend; `None` when they are no constants of one type.
fn ascending(low: &ExprKind, high: &ExprKind) -> Option<bool> {
    let (ExprKind::Literal(low), ExprKind::Literal(high)) = (low, high) else {
        return None;
    };
    match (low, high) {
        (Literal::Integer(low), Literal::Integer(high)) => Some(low <= high),
        (Literal::Double(low), Literal::Double(high)) => Some(low <= high),
        // One form, digits from the greatest unit to the smallest: the order of the text.
        (Literal::Date(low), Literal::Date(high))
        | (Literal::Time(low), Literal::Time(high))
        | (Literal::Timestamp(low), Literal::Timestamp(high)) => Some(low <= high),
        _ => None,
    }
}

/// A diagnostic about a constant, with the constant that would fit.
pub(super) fn misfit(span: Span, found: ValueType, wanted: ValueType) -> Diagnostic {
    let ((found_en, found_ru), (wanted_en, wanted_ru)) = (words::noun(found), words::noun(wanted));
    Diagnostic::new(
        code::TYPE_MISMATCH,
        text!(
            "this is {found_en}, {wanted_en} is expected",
            "это {found_ru}, а ожидается {wanted_ru}"
        ),
    )
    .at(span)
}
