//! A small model made by hand, for unit tests of targets: one of everything.

use super::*;
use crate::source::{FileId, Span};

fn span() -> Span {
    Span::new(FileId(0), 0, 0)
}

fn column(id: u32, name: &str, title: &str, base: BaseType, domain: Domain) -> Column {
    Column {
        id: ColumnId(id),
        name: name.into(),
        title: title.into(),
        note: None,
        ty: ColumnType { base, domain },
        requirement: Requirement::Always,
        origin: vec![Origin::Inference],
        clauses: vec![],
        personal: None,
        examples: vec![],
        mixin: None,
        since: None,
        deprecated: None,
        span: span(),
    }
}

fn optional(mut column: Column) -> Column {
    column.requirement = Requirement::Optional;
    column
}

fn table(id: u32, name: &str, title: &str, columns: Vec<Column>) -> Table {
    Table {
        id: TableId(id),
        name: name.into(),
        title: title.into(),
        note: None,
        group: Some(0),
        origin: Origin::Order,
        clauses: vec![ClauseId {
            regulation: 0,
            clause: 0,
        }],
        kinds: vec![1],
        columns,
        primary_key: vec![ColumnId(0)],
        unique: vec![],
        foreign_keys: vec![],
        checks: vec![],
        distributed_by: vec![ColumnId(0)],
        since: None,
        deprecated: None,
        span: span(),
    }
}

fn reference(column: u32, table: u32) -> ForeignKey {
    ForeignKey {
        columns: vec![ColumnId(column)],
        table: TableId(table),
        target: vec![ColumnId(0)],
        span: span(),
    }
}

fn expr(kind: ExprKind, ty: ValueType) -> Expr {
    Expr {
        kind,
        ty,
        span: span(),
    }
}

fn at(id: u32, ty: ValueType) -> Box<Expr> {
    Box::new(expr(ExprKind::Column(ColumnId(id)), ty))
}

fn int(value: i64) -> Box<Expr> {
    Box::new(expr(
        ExprKind::Literal(Literal::Integer(value)),
        ValueType::Integer,
    ))
}

fn boolean(kind: ExprKind) -> Expr {
    expr(kind, ValueType::Boolean)
}

fn digits(min: u32, max: u32) -> Pattern {
    Pattern {
        text: format!("^\\d{{{min},{max}}}$"),
        node: PatternNode::Repeat {
            node: Box::new(PatternNode::Class(vec![('0', '9')])),
            min,
            max: Some(max),
        },
    }
}

fn scalar(name: &str, title: &str, base: BaseType) -> ScalarType {
    ScalarType {
        name: name.into(),
        title: title.into(),
        note: None,
        base,
        pattern: None,
        algorithm: None,
        hash_of: None,
        personal: None,
        examples: vec![],
        source: None,
        span: span(),
    }
}

fn list(
    name: &str,
    title: &str,
    base: BaseType,
    values: &[(&str, Option<&str>, &str)],
) -> Classifier {
    Classifier {
        name: name.into(),
        title: title.into(),
        note: None,
        authority: "own".into(),
        source: None,
        validity: Validity::default(),
        esnsi: None,
        base,
        open: false,
        form: None,
        values: values
            .iter()
            .map(|(code, name, title)| ClassifierValue {
                code: (*code).into(),
                title: (*title).into(),
                name: name.map(Into::into),
                parent: None,
                validity: Validity::default(),
                span: span(),
            })
            .collect(),
        span: span(),
    }
}

/// Tables `organisations`, `person` and `attendance` with every kind of column, key and check.
pub(crate) fn model() -> Model {
    let id = BaseType::Varchar(Some(100));
    let key = |table| Domain::Key {
        table: TableId(table),
        scalar: Some(ScalarId(0)),
    };
    let plain = Domain::Plain;

    let mut organisations = table(
        0,
        "organisations",
        "Организации",
        vec![
            column(0, "id", "Идентификатор", id, key(0)),
            column(
                1,
                "inn",
                "ИНН",
                BaseType::Varchar(Some(12)),
                Domain::Scalar(ScalarId(1)),
            ),
            column(
                2,
                "oktmo",
                "ОКТМО",
                BaseType::Varchar(Some(11)),
                Domain::Classifier(ClassifierId(2)),
            ),
            column(
                3,
                "name",
                "Наименование",
                BaseType::Varchar(Some(1000)),
                plain,
            ),
            optional(column(4, "partof_id", "Головная организация", id, key(0))),
            optional(column(5, "active", "Действует", BaseType::Boolean, plain)),
            optional(column(
                6,
                "gar_guid",
                "GUID дома в ГАР",
                BaseType::Uuid,
                plain,
            )),
        ],
    );
    organisations.foreign_keys = vec![reference(4, 0)];

    let mut person = table(
        1,
        "person",
        "Физические лица",
        vec![
            column(0, "id", "Идентификатор", id, key(1)),
            column(
                1,
                "snils_hash",
                "СНИЛС, хэш",
                BaseType::Char(128),
                Domain::Scalar(ScalarId(3)),
            ),
            column(2, "birth_date", "Дата рождения", BaseType::Date, plain),
            optional(column(
                3,
                "weight",
                "Вес \"нетто\" */ \\",
                BaseType::Double,
                plain,
            )),
        ],
    );
    person.columns[1].requirement = Requirement::When(boolean(ExprKind::Compare(
        Comparison::Lt,
        at(2, ValueType::Date),
        Box::new(expr(
            ExprKind::Literal(Literal::Date("2010-01-01".into())),
            ValueType::Date,
        )),
    )));
    person.columns[2].personal = Some(PersonalClass::Attribute);

    let mut attendance = table(
        2,
        "attendance",
        "Посещение занятий",
        vec![
            column(0, "id", "Идентификатор", id, key(2)),
            column(1, "person_id", "Лицо", id, key(1)),
            column(2, "organisation_id", "Организация", id, key(0)),
            column(
                3,
                "attendance_code",
                "Статус",
                BaseType::Varchar(Some(8)),
                Domain::Classifier(ClassifierId(0)),
            ),
            optional(column(
                4,
                "late_minutes",
                "Опоздание, мин",
                BaseType::Int32,
                plain,
            )),
            optional(column(
                5,
                "place_code",
                "Место",
                BaseType::Int32,
                Domain::Classifier(ClassifierId(1)),
            )),
            column(6, "start_time", "Начало", BaseType::Time(0), plain),
            column(
                7,
                "create_datetime",
                "Создано",
                BaseType::Timestamp(0),
                plain,
            ),
            optional(column(
                8,
                "type",
                "Слово языка",
                BaseType::Varchar(None),
                plain,
            )),
        ],
    );
    attendance.foreign_keys = vec![reference(1, 1), reference(2, 0)];
    attendance.unique = vec![UniqueKey {
        columns: vec![ColumnId(1), ColumnId(7)],
        span: span(),
    }];
    attendance.checks = vec![
        Check {
            code: "attendance.late_minutes".into(),
            title: "Опоздание, мин".into(),
            severity: CheckSeverity::Error,
            column: Some(ColumnId(4)),
            expr: boolean(ExprKind::And(
                Box::new(boolean(ExprKind::Compare(
                    Comparison::Ge,
                    at(4, ValueType::Integer),
                    int(1),
                ))),
                Box::new(boolean(ExprKind::Compare(
                    Comparison::Le,
                    at(4, ValueType::Integer),
                    int(240),
                ))),
            )),
            span: span(),
        },
        Check {
            code: "attendance.late".into(),
            title: "Опоздание указано только у опоздавших".into(),
            severity: CheckSeverity::Error,
            column: None,
            expr: boolean(ExprKind::Or(
                Box::new(boolean(ExprKind::IsNull(at(4, ValueType::Integer)))),
                Box::new(boolean(ExprKind::In(
                    at(3, ValueType::Text),
                    vec![Literal::Text("late".into())],
                ))),
            )),
            span: span(),
        },
    ];

    let mut record_id = scalar("record_id", "Идентификатор записи", id);
    record_id.pattern = Some(Pattern {
        text: "^[A-Z]{1,20}-[!-~]{1,79}$".into(),
        node: PatternNode::Sequence(vec![
            PatternNode::Repeat {
                node: Box::new(PatternNode::Class(vec![('A', 'Z')])),
                min: 1,
                max: Some(20),
            },
            PatternNode::Class(vec![('-', '-')]),
            PatternNode::Repeat {
                node: Box::new(PatternNode::Class(vec![('!', '~')])),
                min: 1,
                max: Some(79),
            },
        ]),
    });
    let mut inn = scalar("inn", "ИНН", BaseType::Varchar(Some(12)));
    inn.pattern = Some(digits(10, 12));
    inn.algorithm = Some(Algorithm::Inn);
    inn.examples = vec!["7707083893".into()];
    let mut snils = scalar("snils", "СНИЛС", BaseType::Char(11));
    snils.pattern = Some(digits(11, 11));
    snils.algorithm = Some(Algorithm::Snils);
    snils.personal = Some(PersonalClass::Identifier);
    let mut snils_hash = scalar("snils_hash", "СНИЛС, хэш", BaseType::Char(128));
    snils_hash.pattern = Some(Pattern {
        text: "^[0-9a-f]{128}$".into(),
        node: PatternNode::Repeat {
            node: Box::new(PatternNode::Class(vec![('0', '9'), ('a', 'f')])),
            min: 128,
            max: Some(128),
        },
    });
    snils_hash.hash_of = Some(Hashing { of: ScalarId(2) });
    snils_hash.personal = Some(PersonalClass::Identifier);
    let mut oktmo = scalar("oktmo", "Код ОКТМО", BaseType::Varchar(Some(11)));
    oktmo.pattern = Some(digits(8, 11));

    let mut oktmo_list = list("oktmo", "ОКТМО", BaseType::Varchar(Some(11)), &[]);
    oktmo_list.open = true;
    oktmo_list.form = Some(ScalarId(4));

    Model {
        showcase: Showcase {
            mnemonic: "edu_region".into(),
            span: span(),
            title: "Учебная витрина".into(),
            note: None,
            version: semver::Version::new(1, 0, 0),
            csv: CsvProfile {
                null: NullForm::Quoted,
                boolean: BooleanForm::Lower,
            },
            groups: vec![Group {
                name: "main".into(),
                title: "Основная".into(),
            }],
            lints: vec![],
            targets: TargetOptions::default(),
        },
        regulations: vec![Regulation {
            name: "order-355".into(),
            title: "Приказ".into(),
            number: Some("355".into()),
            date: Some("2024-04-22".into()),
            note: None,
            carried: vec![],
            clauses: vec![Clause {
                number: "7.2.b.3".into(),
                title: "Посещение".into(),
                span: span(),
            }],
            span: span(),
        }],
        kinds: vec![Kind {
            number: 1,
            title: "Посещение".into(),
            block: "I".into(),
            origin: Origin::Order,
            clauses: vec![ClauseId {
                regulation: 0,
                clause: 0,
            }],
            span: span(),
        }],
        kinds_note: Some("Реестр учебный.".into()),
        scalars: vec![record_id, inn, snils, snils_hash, oktmo],
        classifiers: vec![
            list(
                "attendance_status",
                "Статус посещения",
                BaseType::Varchar(Some(8)),
                &[
                    ("present", None, "присутствовал"),
                    ("absent", None, "отсутствовал"),
                    ("late", None, "опоздал"),
                ],
            ),
            list(
                "address_use",
                "Использование адреса",
                BaseType::Int32,
                &[
                    ("1", Some("home"), "Домашний"),
                    ("2", Some("work"), "Рабочий"),
                    ("11", None, "Прочий"),
                ],
            ),
            oktmo_list,
        ],
        mixins: vec![],
        tables: vec![organisations, person, attendance],
        load_order: vec![TableId(0), TableId(1), TableId(2)],
        rules: Vec::new(),
        indicators: Vec::new(),
        scenario: None,
    }
}
