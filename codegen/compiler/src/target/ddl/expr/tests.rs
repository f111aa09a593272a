//! Cases of the printer. The snapshot holds each expression and the value that the documented
//! meaning gives it for one row; the tests against a real server evaluate the same file.

mod functions;

use super::*;
use crate::model::{self, Column, ColumnId, Domain, Requirement};
use crate::target::ddl::postgresql::identifier;

/// The columns of the one row, with its values as SQL.
const ROW: [(&str, BaseType, &str); 14] = [
    ("n", BaseType::Int32, "7"),
    ("m", BaseType::Int32, "-2147483648"),
    ("zero", BaseType::Int32, "0"),
    ("none", BaseType::Int32, "NULL"),
    ("big", BaseType::BigInt, "9223372036854775807"),
    ("x", BaseType::Double, "2.5"),
    ("r", BaseType::Float, "0.1"),
    ("t", BaseType::Varchar(Some(20)), "'Ёж_50%\\ΌΣΟΣ'"),
    ("order", BaseType::Varchar(None), "'STRASSE'"),
    ("day", BaseType::Date, "'2024-02-29'"),
    ("last", BaseType::Date, "'9999-12-31'"),
    ("moment", BaseType::Timestamp(0), "'2024-02-29 23:59:59'"),
    ("clock", BaseType::Time(0), "'08:30:00'"),
    ("flag", BaseType::Boolean, "NULL"),
];

fn table() -> Table {
    let mut table = model::fixture::model().tables.remove(0);
    let span = table.span;
    table.columns = (0..)
        .zip(ROW)
        .map(|(id, (name, base, _))| Column {
            id: ColumnId(id),
            name: name.into(),
            title: String::new(),
            note: None,
            ty: model::ColumnType {
                base,
                domain: Domain::Plain,
            },
            requirement: Requirement::Optional,
            origin: vec![],
            clauses: vec![],
            personal: None,
            examples: vec![],
            mixin: None,
            since: None,
            deprecated: None,
            span,
        })
        .collect();
    table
}

fn make(kind: ExprKind, ty: ValueType) -> Expr {
    let span = crate::source::Span::new(crate::source::FileId(0), 0, 0);
    Expr { kind, ty, span }
}

fn col(name: &str) -> Expr {
    let place = ROW.iter().position(|(other, ..)| *other == name).unwrap();
    let id = ColumnId(u32::try_from(place).unwrap());
    make(ExprKind::Column(id), ROW[place].1.value_type())
}

fn int(n: i64) -> Expr {
    make(ExprKind::Literal(Literal::Integer(n)), ValueType::Integer)
}

fn double(n: f64) -> Expr {
    make(ExprKind::Literal(Literal::Double(n)), ValueType::Double)
}

fn words(t: &str) -> Expr {
    make(ExprKind::Literal(Literal::Text(t.into())), ValueType::Text)
}

fn boxed(a: Expr) -> Box<Expr> {
    Box::new(a)
}

fn boolean(kind: ExprKind) -> Expr {
    make(kind, ValueType::Boolean)
}

fn not(a: Expr) -> Expr {
    boolean(ExprKind::Not(boxed(a)))
}

fn and(a: Expr, b: Expr) -> Expr {
    boolean(ExprKind::And(boxed(a), boxed(b)))
}

fn or(a: Expr, b: Expr) -> Expr {
    boolean(ExprKind::Or(boxed(a), boxed(b)))
}

fn is_null(a: Expr) -> Expr {
    boolean(ExprKind::IsNull(boxed(a)))
}

fn compare(a: Expr, comparison: Comparison, b: Expr) -> Expr {
    boolean(ExprKind::Compare(comparison, boxed(a), boxed(b)))
}

fn eq(a: Expr, b: Expr) -> Expr {
    compare(a, Comparison::Eq, b)
}

fn one_of(a: Expr, list: &[Literal]) -> Expr {
    boolean(ExprKind::In(boxed(a), list.to_vec()))
}

fn like(a: Expr, pattern: &str) -> Expr {
    boolean(ExprKind::Like(boxed(a), pattern.into()))
}

fn arith(a: Expr, operator: Arith, b: Expr) -> Expr {
    let ty = match (a.ty, b.ty) {
        (ValueType::Date, ValueType::Date) => ValueType::Integer,
        (ValueType::Date, _) | (_, ValueType::Date) => ValueType::Date,
        (ValueType::Integer, ValueType::Integer) => ValueType::Integer,
        _ => ValueType::Double,
    };
    make(ExprKind::Arith(operator, boxed(a), boxed(b)), ty)
}

fn negate(a: Expr) -> Expr {
    let ty = a.ty;
    make(ExprKind::Negate(boxed(a)), ty)
}

fn call(function: Function, arguments: Vec<Expr>) -> Expr {
    make(ExprKind::Call(function, arguments), function.value_type())
}

fn case(branches: Vec<(Expr, Expr)>, otherwise: Option<Expr>, ty: ValueType) -> Expr {
    let otherwise = otherwise.map(boxed);
    make(
        ExprKind::Case {
            branches,
            otherwise,
        },
        ty,
    )
}

/// Expressions and the values that they have, as text; `null` for none.
fn cases() -> Vec<(Expr, &'static str)> {
    use Arith::{Add, Div, Mul, Rem, Sub};
    let truth = || eq(col("n"), int(7));
    let lie = || compare(col("n"), Comparison::Gt, int(7));
    let unknown = || eq(col("none"), int(1));
    vec![
        // Three-valued logic and its parentheses.
        (and(or(truth(), lie()), truth()), "true"),
        (or(truth(), and(lie(), lie())), "true"),
        (or(or(lie(), lie()), or(lie(), truth())), "true"),
        (not(and(truth(), unknown())), "null"),
        (not(or(truth(), unknown())), "false"),
        (not(not(truth())), "true"),
        (not(is_null(col("none"))), "false"),
        (is_null(not(unknown())), "true"),
        (is_null(is_null(col("none"))), "false"),
        (is_null(truth()), "false"),
        (eq(is_null(col("none")), is_null(col("flag"))), "true"),
        (compare(truth(), Comparison::Ne, lie()), "true"),
        (eq(and(truth(), lie()), not(truth())), "true"),
        (and(col("flag"), lie()), "false"),
        // Lists and patterns.
        (
            one_of(col("n"), &[Literal::Integer(-7), Literal::Integer(7)]),
            "true",
        ),
        (not(one_of(col("none"), &[Literal::Integer(7)])), "null"),
        (one_of(truth(), &[Literal::Boolean(false)]), "false"),
        (
            one_of(arith(col("n"), Add, int(1)), &[Literal::Integer(8)]),
            "true",
        ),
        (
            one_of(col("day"), &[Literal::Date("2024-02-29".into())]),
            "true",
        ),
        (
            one_of(col("clock"), &[Literal::Time("08:30:00".into())]),
            "true",
        ),
        (like(col("t"), r"%\_50\%\\%"), "true"),
        (like(col("t"), r"Ёж\%%"), "false"),
        (not(like(col("t"), "_Ж%")), "true"),
        (like(words(r"a\"), r"a\"), "true"),
        (eq(like(col("t"), "%"), truth()), "true"),
        (eq(words("O'Brien -- \\"), words("O'Brien -- \\")), "true"),
        // Integers do not overflow, division cuts towards zero.
        (arith(col("big"), Add, int(1)), "9223372036854775808"),
        (
            arith(int(i64::MAX), Mul, int(i64::MAX)),
            "85070591730234615847396907784232501249",
        ),
        (negate(col("m")), "2147483648"),
        (negate(negate(col("n"))), "7"),
        (negate(int(-5)), "5"),
        (arith(col("n"), Sub, int(-5)), "12"),
        (arith(int(-7), Div, int(2)), "-3"),
        (arith(col("n"), Div, col("zero")), "null"),
        (arith(col("n"), Rem, negate(int(4))), "3"),
        (arith(int(-7), Rem, int(4)), "-3"),
        (arith(col("n"), Rem, col("zero")), "null"),
        (arith(arith(col("n"), Sub, int(2)), Sub, int(1)), "4"),
        (arith(col("n"), Sub, arith(int(2), Sub, int(1))), "6"),
        (arith(arith(col("n"), Add, int(1)), Mul, int(2)), "16"),
        (arith(int(2), Mul, arith(col("n"), Mul, int(3))), "42"),
        (negate(arith(col("n"), Add, int(1))), "-8"),
        (
            arith(
                case(vec![(truth(), col("n"))], None, ValueType::Integer),
                Add,
                int(1),
            ),
            "8",
        ),
        (
            compare(col("big"), Comparison::Lt, arith(col("big"), Add, int(1))),
            "true",
        ),
        // Numbers with a fraction.
        (arith(col("x"), Div, col("x")), "1"),
        (arith(col("x"), Div, int(0)), "null"),
        (arith(col("n"), Div, double(2.0)), "3.5"),
        (arith(col("x"), Mul, arith(col("n"), Add, int(1))), "20"),
        (arith(double(0.1), Add, double(0.2)), "0.30000000000000004"),
        (arith(col("r"), Add, col("r")), "0.20000000298023224"),
        (eq(col("r"), double(0.1)), "false"),
        (negate(double(-1e300)), "1e+300"),
        (compare(col("n"), Comparison::Gt, col("x")), "true"),
        (
            case(
                vec![(lie(), col("r"))],
                Some(int(16_777_217)),
                ValueType::Double,
            ),
            "16777217",
        ),
        // Days.
        (arith(col("last"), Sub, col("day")), "2913114"),
        (
            arith(arith(col("last"), Sub, col("day")), Add, int(1)),
            "2913115",
        ),
        (arith(col("day"), Add, int(1)), "2024-03-01"),
        (arith(col("day"), Sub, col("n")), "2024-02-22"),
        (arith(col("day"), Sub, col("m")), "null"),
        (arith(col("last"), Add, int(1)), "null"),
        (arith(col("day"), Add, col("big")), "null"),
        (arith(col("day"), Add, col("none")), "null"),
        (
            arith(
                arith(arith(col("day"), Add, int(1)), Sub, int(2)),
                Sub,
                col("day"),
            ),
            "-1",
        ),
        (
            compare(
                make(ExprKind::CurrentDate, ValueType::Date),
                Comparison::Ge,
                col("day"),
            ),
            "true",
        ),
        (
            eq(
                col("moment"),
                make(
                    ExprKind::Literal(Literal::Timestamp("2024-02-29 23:59:59".into())),
                    ValueType::Timestamp,
                ),
            ),
            "true",
        ),
        (
            is_null(make(
                ExprKind::Literal(Literal::Uuid("00000000-0000-0000-0000-000000000001".into())),
                ValueType::Uuid,
            )),
            "false",
        ),
        // Functions count characters and ask no locale.
        (call(Function::Length, vec![col("t")]), "11"),
        (call(Function::Lower, vec![col("t")]), "ёж_50%\\όσος"),
        (
            call(Function::Upper, vec![words("ёлка, straße")]),
            "ЁЛКА, STRASSE",
        ),
        (
            eq(call(Function::Upper, vec![words("straße")]), col("order")),
            "true",
        ),
        (
            eq(
                call(Function::Lower, vec![call(Function::Upper, vec![col("t")])]),
                call(Function::Lower, vec![col("t")]),
            ),
            "true",
        ),
        (
            call(Function::Substring, vec![col("t"), int(2), int(3)]),
            "ж_5",
        ),
        (
            call(
                Function::Substring,
                vec![col("t"), int(5_000_000_000), int(1)],
            ),
            "",
        ),
        (
            call(Function::Substring, vec![col("t"), int(11), int(i64::MAX)]),
            "Σ",
        ),
        (
            like(
                call(
                    Function::Lower,
                    vec![call(Function::Substring, vec![col("t"), int(1), int(1)])],
                ),
                "ё",
            ),
            "true",
        ),
        (
            case(
                vec![(unknown(), words("a")), (lie(), words("b"))],
                Some(words("c")),
                ValueType::Text,
            ),
            "c",
        ),
        (
            case(vec![(unknown(), words("a"))], None, ValueType::Text),
            "null",
        ),
    ]
}

#[test]
fn printed_expressions() {
    let table = table();
    let columns: Vec<_> = ROW
        .iter()
        .map(|(name, base, value)| {
            let ty = crate::target::ddl::postgresql::type_name(*base);
            format!("CAST({value} AS {ty}) AS {}", identifier(name))
        })
        .collect();
    let mut lines = vec![columns.join(", ")];
    for (expr, value) in cases().into_iter().chain(functions::cases()) {
        lines.push(format!("{} ⇒ {value}", print("test", &table, &expr)));
    }
    insta::assert_snapshot!(lines.join("\n"));
}
