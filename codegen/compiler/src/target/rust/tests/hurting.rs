//! A model of names that hurt: keywords, the prelude, digits, Cyrillic, the longest names; and of every
//! base type and expression.

use crate::model::*;

/// Names that Rust knows for something else, or that are hard to write.
const NAMES: &[&str] = &[
    "type",
    "gen",
    "self",
    "super",
    "crate",
    "option",
    "vec",
    "String",
    "box",
    "result",
    "some",
    "none",
    "ok",
    "err",
    "str",
    "i32",
    "bool",
    "clone",
    "partial_eq",
    "std",
    "core",
    "vitrina",
    "record",
    "table",
    "scalar",
    "key",
    "value",
    "row",
    "s",
    "v",
    "sql",
    "operand",
    "2fa",
    "дата",
    "Учебный_год",
    "async",
    "try",
    "union",
    "dyn",
    "_a",
    "iterator",
    "debug",
    "display",
    "hash",
    "a23456789_123456789_123456789_123456789_123456789_123456789_123",
    "meta",
    "columns",
    "fmt",
];

/// Text that documentation and string literals must survive.
const TEXT: &str =
    "*/ /// [a](b) <T> `x` \"q\" \\ {0} https://a.ru/b?c=[d] \u{200b}#![x]\n\n    код\n1. раз";

pub(super) fn model() -> Model {
    let mut model = fixture::model();
    let clean = |list: &mut Vec<Table>| list.clear();
    clean(&mut model.tables);
    model.load_order.clear();
    model.showcase.title = TEXT.into();
    model.showcase.csv = CsvProfile {
        null: NullForm::Bare,
        boolean: BooleanForm::Digit,
    };
    for (at, name) in NAMES.iter().enumerate() {
        model.load_order.push(TableId(at as u32));
        model.tables.push(table(at as u32, name));
    }
    for name in NAMES {
        let mut scalar = fixture::model().scalars.swap_remove(1);
        scalar.name = (*name).into();
        scalar.note = Some(TEXT.into());
        model.scalars.push(scalar);
        let mut list = fixture::model().classifiers.swap_remove(0);
        list.name = (*name).into();
        list.note = Some(TEXT.into());
        for (value, name) in list.values.iter_mut().zip(NAMES) {
            value.code = (*name).into();
        }
        let template = list.values[0].clone();
        list.values = NAMES
            .iter()
            .map(|name| ClassifierValue {
                code: (*name).into(),
                ..template.clone()
            })
            .collect();
        model.classifiers.push(list);
    }
    model
}

/// A table with a column for each name, of all types in turn, and a check for each expression.
fn table(id: u32, name: &str) -> Table {
    let mut source = fixture::model();
    let mut table = source.tables.swap_remove(1);
    let template = table.columns.swap_remove(2);
    let (span, origin) = (template.span, template.origin.clone());
    let bases = [
        BaseType::Boolean,
        BaseType::Int32,
        BaseType::BigInt,
        BaseType::Float,
        BaseType::Double,
        BaseType::Char(3),
        BaseType::Varchar(Some(10)),
        BaseType::Varchar(None),
        BaseType::Link,
        BaseType::Uuid,
        BaseType::Date,
        BaseType::Time(3),
        BaseType::Timestamp(6),
    ];
    table.id = TableId(id);
    table.name = name.into();
    table.title = TEXT.into();
    table.note = Some(TEXT.into());
    table.group = None;
    table.columns = NAMES
        .iter()
        .zip(bases.iter().cycle())
        .enumerate()
        .map(|(at, (name, base))| Column {
            id: ColumnId(at as u32),
            name: (*name).into(),
            title: TEXT.into(),
            note: Some(TEXT.into()),
            ty: ColumnType {
                base: *base,
                domain: Domain::Plain,
            },
            requirement: if at < 20 {
                Requirement::Always
            } else {
                Requirement::Optional
            },
            origin: origin.clone(),
            clauses: vec![],
            personal: (at == 15).then_some(PersonalClass::Text),
            examples: vec![],
            mixin: None,
            since: None,
            deprecated: Some(Deprecation {
                since: semver::Version::new(1, 0, 0),
                reason: TEXT.into(),
                replaced_by: Some("type".into()),
            }),
            span,
        })
        .collect();
    // All columns and expressions in the first tables are enough.
    if id >= 2 {
        table.columns.truncate(14);
    }
    // Keys of every shape: one column, two, and more than a tuple can compare.
    let own = Domain::Key {
        table: table.id,
        scalar: None,
    };
    table.primary_key = match id % 3 {
        0 => {
            let key = (id as usize / 3) % 13;
            table.columns[key].ty.domain = own;
            vec![ColumnId(key as u32)]
        }
        1 => vec![ColumnId(1), ColumnId(4)],
        _ => (0..14).map(ColumnId).collect(),
    };
    table.distributed_by.clone_from(&table.primary_key);
    let expressions = if id < 2 { expressions(&table) } else { vec![] };
    table.checks = expressions
        .into_iter()
        .enumerate()
        .map(|(at, expr)| Check {
            code: format!("{name}.{at}"),
            title: TEXT.into(),
            severity: CheckSeverity::Warning,
            column: None,
            expr,
            span,
        })
        .collect();
    table
}

/// One of every expression.
fn expressions(table: &Table) -> Vec<Expr> {
    use ValueType as T;
    let span = table.span;
    let make = |kind, ty| Expr { kind, ty, span };
    let column = |base: BaseType| {
        let column = table
            .columns
            .iter()
            .find(|column| column.ty.base == base)
            .unwrap();
        make(ExprKind::Column(column.id), base.value_type())
    };
    let b = Box::new;
    let literal = |literal: Literal, ty| make(ExprKind::Literal(literal), ty);
    let compare = |comparison, x, y| make(ExprKind::Compare(comparison, b(x), b(y)), T::Boolean);
    let arith = |arith, x, y, ty| make(ExprKind::Arith(arith, b(x), b(y)), ty);
    let call = |function, arguments, ty| make(ExprKind::Call(function, arguments), ty);
    let one_of = |x, list| make(ExprKind::In(b(x), list), T::Boolean);
    let int = || column(BaseType::Int32);
    let double = || column(BaseType::Float);
    let text = || column(BaseType::Varchar(None));
    let date = || column(BaseType::Date);
    let number = |n| literal(Literal::Integer(n), T::Integer);
    let words = |word: &str| Literal::Text(word.into());
    let today = || make(ExprKind::CurrentDate, T::Date);
    let day = || Literal::Date("2024-02-29".into());
    let uuid = || Literal::Uuid("0123e567-e89b-12d3-a456-426614174000".into());
    let time = || Literal::Time("08:09:10.5".into());
    let at = || Literal::Timestamp("2024-02-29 08:09:10".into());
    let case = |ty, branches, otherwise: Option<Expr>| {
        make(
            ExprKind::Case {
                branches,
                otherwise: otherwise.map(b),
            },
            ty,
        )
    };
    let lower = || call(Function::Lower, vec![text()], T::Text);
    let boolean = || column(BaseType::Boolean);
    let extract = |part, from| call(Function::Extract(part), vec![from], T::Integer);
    vec![
        make(ExprKind::Not(b(boolean())), T::Boolean),
        make(
            ExprKind::And(b(boolean()), b(literal(Literal::Boolean(true), T::Boolean))),
            T::Boolean,
        ),
        make(ExprKind::Or(b(boolean()), b(boolean())), T::Boolean),
        make(ExprKind::IsNull(b(text())), T::Boolean),
        compare(Comparison::Lt, int(), double()),
        compare(
            Comparison::Ge,
            double(),
            literal(Literal::Double(-0.5), T::Double),
        ),
        compare(Comparison::Ne, lower(), text()),
        compare(Comparison::Eq, text(), lower()),
        compare(Comparison::Eq, lower(), literal(words("a\"\\"), T::Text)),
        compare(Comparison::Gt, today(), literal(day(), T::Date)),
        compare(
            Comparison::Le,
            column(BaseType::Time(3)),
            literal(time(), T::Time),
        ),
        compare(
            Comparison::Le,
            column(BaseType::Timestamp(6)),
            literal(at(), T::Timestamp),
        ),
        compare(
            Comparison::Eq,
            column(BaseType::Uuid),
            literal(uuid(), T::Uuid),
        ),
        one_of(int(), vec![Literal::Integer(i64::MIN), Literal::Integer(7)]),
        one_of(lower(), vec![words("a"), words("б")]),
        one_of(text(), vec![words("a"), words("б")]),
        one_of(date(), vec![day(), day()]),
        one_of(column(BaseType::Uuid), vec![uuid()]),
        one_of(double(), vec![Literal::Double(1.5), Literal::Double(2.0)]),
        one_of(boolean(), vec![Literal::Boolean(true)]),
        make(ExprKind::Like(b(text()), "а_%\\%".into()), T::Boolean),
        make(
            ExprKind::Like(
                b(call(Function::Upper, vec![lower()], T::Text)),
                "A%".into(),
            ),
            T::Boolean,
        ),
        compare(
            Comparison::Eq,
            make(ExprKind::Negate(b(int())), T::Integer),
            arith(
                Arith::Rem,
                arith(Arith::Mul, int(), number(-3), T::Integer),
                number(4),
                T::Integer,
            ),
        ),
        compare(
            Comparison::Eq,
            arith(Arith::Div, int(), double(), T::Double),
            arith(Arith::Add, double(), number(1), T::Double),
        ),
        compare(
            Comparison::Gt,
            arith(Arith::Sub, today(), date(), T::Integer),
            call(Function::Length, vec![text()], T::Integer),
        ),
        compare(
            Comparison::Gt,
            arith(Arith::Add, date(), number(3), T::Date),
            arith(Arith::Sub, today(), int(), T::Date),
        ),
        compare(
            Comparison::Eq,
            case(
                T::Text,
                vec![(boolean(), text()), (boolean(), lower())],
                None,
            ),
            call(
                Function::Substring,
                vec![text(), number(2), number(3)],
                T::Text,
            ),
        ),
        compare(
            Comparison::Eq,
            case(T::Double, vec![(boolean(), int())], Some(double())),
            number(1),
        ),
        case(T::Boolean, vec![(boolean(), boolean())], None),
        compare(
            Comparison::Eq,
            extract(DatePart::Year, date()),
            extract(DatePart::IsoWeekday, column(BaseType::Timestamp(6))),
        ),
        compare(
            Comparison::Lt,
            extract(DatePart::Hour, column(BaseType::Time(3))),
            arith(
                Arith::Mul,
                extract(DatePart::Minute, column(BaseType::Timestamp(6))),
                double(),
                T::Double,
            ),
        ),
        compare(
            Comparison::Le,
            call(
                Function::CastDate,
                vec![literal(at(), T::Timestamp)],
                T::Date,
            ),
            today(),
        ),
        compare(
            Comparison::Gt,
            call(
                Function::CastTime,
                vec![column(BaseType::Timestamp(6))],
                T::Time,
            ),
            literal(time(), T::Time),
        ),
        compare(
            Comparison::Ge,
            call(Function::FullYears, vec![date(), today()], T::Integer),
            call(
                Function::SecondsBetween,
                vec![literal(at(), T::Timestamp), column(BaseType::Timestamp(6))],
                T::Integer,
            ),
        ),
        compare(
            Comparison::Ne,
            call(
                Function::SplitPart,
                vec![lower(), literal(words("\"\\ё"), T::Text), number(2)],
                T::Text,
            ),
            text(),
        ),
        compare(
            Comparison::Eq,
            call(
                Function::Concat,
                vec![
                    call(
                        Function::Concat,
                        vec![text(), literal(words("\"\\ё"), T::Text)],
                        T::Text,
                    ),
                    lower(),
                ],
                T::Text,
            ),
            text(),
        ),
    ]
}
