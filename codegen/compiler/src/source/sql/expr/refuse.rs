//! Forms that SQL has and the model's expressions do not: what to say of each.

use sqlparser::ast::{BinaryOperator, CastKind, Expr, Function};

use crate::diagnostic::Text;
use crate::text;

/// Where a refused form stands, measured from the parts that `sqlparser` places.
pub(super) enum Shape {
    /// Its parts are all of it.
    Own,
    /// A word and parentheses around its parts.
    Call,
    /// Parentheses around its parts.
    Parentheses,
    /// Two more tokens behind its parts.
    Behind,
}

/// What to say of a refused form.
pub(super) struct Refused {
    pub(super) shape: Shape,
    pub(super) message: Text,
    pub(super) help: Text,
}

/// Why a form is refused and what to write instead.
pub(super) fn refusal(expr: &Expr) -> Refused {
    let (shape, message, help) = match expr {
        Expr::Subquery(_) | Expr::InSubquery { .. } | Expr::Exists { .. } => (
            Shape::Parentheses,
            text!(
                "a condition sees one row, not a query",
                "условие видит одну строку, а не запрос"
            ),
            text!(
                "declare a foreign key, or write the rule as one that spans tables",
                "объявите внешний ключ или запишите правило, связывающее таблицы"
            ),
        ),
        Expr::Cast { kind, .. } => {
            let shape = match kind {
                CastKind::DoubleColon => Shape::Behind,
                _ => Shape::Call,
            };
            let (message, help) = casts();
            (shape, message, help)
        }
        Expr::Convert { .. } => (
            Shape::Call,
            text!(
                "values are not cast",
                "значения не приводятся к другому типу"
            ),
            text!(
                "give the column the type that it needs",
                "дайте колонке нужный тип"
            ),
        ),
        Expr::ILike { .. } => (
            Shape::Own,
            text!(
                "engines disagree about `ILIKE`",
                "`ILIKE` в разных базах значит разное"
            ),
            text!("write `lower(x) LIKE '…'`", "напишите `lower(x) LIKE '…'`"),
        ),
        Expr::SimilarTo { .. } | Expr::RLike { .. } => (
            Shape::Own,
            text!(
                "expressions have no regular expressions",
                "в выражениях нет регулярных выражений"
            ),
            text!(
                "declare a scalar type with a `pattern`",
                "объявите скалярный тип с `pattern`"
            ),
        ),
        Expr::BinaryOp { op, .. } => return operator(op),
        Expr::Function(function) => return call(function),
        Expr::IsDistinctFrom(..) | Expr::IsNotDistinctFrom(..) => (
            Shape::Own,
            text!(
                "expressions have no `IS DISTINCT FROM`",
                "в выражениях нет `IS DISTINCT FROM`"
            ),
            text!(
                "write `a = b OR (a IS NULL AND b IS NULL)`, or NOT of it",
                "напишите `a = b OR (a IS NULL AND b IS NULL)` или NOT от этого"
            ),
        ),
        Expr::Extract { .. }
        | Expr::Ceil { .. }
        | Expr::Floor { .. }
        | Expr::Position { .. }
        | Expr::Trim { .. }
        | Expr::Overlay { .. } => (
            Shape::Call,
            text!(
                "expressions do not have this function",
                "такой функции в выражениях нет"
            ),
            functions(),
        ),
        Expr::Interval(_) => (
            Shape::Own,
            text!(
                "expressions have no intervals",
                "в выражениях нет интервалов"
            ),
            text!(
                "add days to a date: `d + 30`",
                "прибавляйте к дате дни: `d + 30`"
            ),
        ),
        Expr::Tuple(_) => (
            Shape::Parentheses,
            text!(
                "a condition compares single values, not rows of them",
                "условие сравнивает отдельные значения, а не их ряды"
            ),
            text!(
                "compare each value and join with AND",
                "сравните каждое значение и соедините через AND"
            ),
        ),
        Expr::Collate { .. } | Expr::AtTimeZone { .. } => (
            Shape::Behind,
            text!(
                "expressions have neither collations nor time zones",
                "в выражениях нет ни правил сортировки, ни часовых поясов"
            ),
            text!(
                "compare the values as they are",
                "сравнивайте значения как есть"
            ),
        ),
        Expr::Value(_) | Expr::TypedString(_) | Expr::Prefixed { .. } => (
            Shape::Own,
            text!(
                "a constant of this form is not portable",
                "константа такого вида не переносима между базами"
            ),
            text!(
                "write texts as `'text'`, numbers in decimal digits, dates as `DATE '2024-01-31'`",
                "пишите тексты как `'текст'`, числа — десятичными цифрами, даты — как `DATE '2024-01-31'`"
            ),
        ),
        Expr::CompoundIdentifier(_) | Expr::CompoundFieldAccess { .. } => (
            Shape::Own,
            text!(
                "a column is named `column` or `table.column`",
                "колонка называется `колонка` или `таблица.колонка`"
            ),
            text!("leave the schema out", "уберите имя схемы"),
        ),
        _ => (
            Shape::Own,
            text!(
                "expressions do not have this form",
                "такой формы в выражениях нет"
            ),
            forms(),
        ),
    };
    Refused {
        shape,
        message,
        help,
    }
}

fn operator(op: &BinaryOperator) -> Refused {
    let (message, help) = match op {
        BinaryOperator::PGOverlap => (
            text!(
                "`&&` is not a logical operator",
                "`&&` — не логический оператор"
            ),
            text!("write `AND`", "напишите `AND`"),
        ),
        BinaryOperator::PGRegexMatch
        | BinaryOperator::PGRegexIMatch
        | BinaryOperator::PGRegexNotMatch
        | BinaryOperator::PGRegexNotIMatch
        | BinaryOperator::Regexp
        | BinaryOperator::Match => (
            text!(
                "expressions have no regular expressions",
                "в выражениях нет регулярных выражений"
            ),
            text!(
                "declare a scalar type with a `pattern`",
                "объявите скалярный тип с `pattern`"
            ),
        ),
        _ => {
            let written = op.to_string();
            (
                text!(
                    "expressions have no operator `{written}`",
                    "в выражениях нет оператора `{written}`"
                ),
                forms(),
            )
        }
    };
    Refused {
        shape: Shape::Own,
        message,
        help,
    }
}

fn call(function: &Function) -> Refused {
    let name = function.name.to_string().to_lowercase();
    Refused {
        shape: Shape::Own,
        message: text!(
            "`{name}` is not called with plain arguments: a condition sees one row",
            "`{name}` вызвана не с простыми аргументами: условие видит одну строку"
        ),
        help: functions(),
    }
}

/// Which functions there are.
pub(crate) fn functions() -> Text {
    text!(
        "the functions are length, lower, upper, substring, split_part, EXTRACT, CAST to date and time, full_years, seconds_between, coalesce, nullif and CURRENT_DATE",
        "есть функции length, lower, upper, substring, split_part, EXTRACT, CAST к date и time, full_years, seconds_between, coalesce, nullif и CURRENT_DATE"
    )
}

/// What is wrong with a cast of anything but a timestamp, or to anything but its day and its time,
/// and what to write instead.
pub(crate) fn casts() -> (Text, Text) {
    (
        text!(
            "values are not cast",
            "значения не приводятся к другому типу"
        ),
        text!(
            "give the column the type that it needs; dates are written `DATE '2024-01-31'`, the day and the time of a timestamp `CAST(x AS date)` and `CAST(x AS time)`",
            "дайте колонке нужный тип; даты пишутся как `DATE '2024-01-31'`, день и время из даты со временем — как `CAST(x AS date)` и `CAST(x AS time)`"
        ),
    )
}

fn forms() -> Text {
    text!(
        "there are comparisons, AND, OR, NOT, IS NULL, IN, BETWEEN, LIKE, arithmetic, `||`, CASE and a few functions",
        "есть сравнения, AND, OR, NOT, IS NULL, IN, BETWEEN, LIKE, арифметика, `||`, CASE и несколько функций"
    )
}
