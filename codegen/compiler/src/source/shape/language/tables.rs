//! Tables, columns, mixins.

use super::super::{Field, Object, Value};
use super::{CLAUSES, NAMES, NOTE, ORIGIN, PERSONAL, SEVERITY, TITLE, about, may, must};

const SINCE: Field = may(
    "since",
    Value::Version,
    "Version of the model that brought it.",
    "Версия модели, в которой появилось.",
);
const DEPRECATED: Field = may(
    "deprecated",
    Value::Object(&DEPRECATION),
    "Set when it is on its way out.",
    "Указывается, когда элемент выводится из модели.",
);

/// An entry of `mixins.yaml`
pub(crate) static MIXIN: Object = Object {
    name: "mixin",
    about: about(
        "Columns that many tables share.",
        "Колонки, общие для многих таблиц.",
    ),
    fields: &[
        must("mixin", Value::Name, "Name.", "Имя."),
        may("title", Value::Text, "Title, Russian.", "Название."),
        must(
            "columns",
            Value::List(&Value::Object(&COLUMN)),
            "The columns.",
            "Колонки.",
        ),
    ],
};

/// `tables/<group>/<table>.yaml`
pub(crate) static TABLE: Object = Object {
    name: "table",
    about: about("A table.", "Таблица."),
    fields: &[
        must("table", Value::Name, "Physical name.", "Физическое имя."),
        may(
            "title",
            Value::Text,
            "Title, Russian; `COMMENT ON TABLE` may give it instead.",
            "Название; вместо него годится `COMMENT ON TABLE`.",
        ),
        NOTE,
        must(
            "origin",
            ORIGIN,
            "Where the table comes from.",
            "Откуда взята таблица.",
        ),
        may(
            "clauses",
            CLAUSES,
            "Clauses that demand it.",
            "Пункты, которые её требуют.",
        ),
        may(
            "kinds",
            Value::List(&Value::Number),
            "Kinds of information that it carries.",
            "Виды сведений, которые она несёт.",
        ),
        may(
            "structure",
            Value::Word(|| vec!["ddl"]),
            "`ddl`: columns, order, types and keys come from `ddl/*.sql`.",
            "`ddl`: колонки, порядок, типы и ключи берутся из `ddl/*.sql`.",
        ),
        may(
            "primary_key",
            NAMES,
            "Columns of the primary key.",
            "Колонки первичного ключа.",
        ),
        may(
            "unique",
            Value::List(&NAMES),
            "Further unique keys.",
            "Другие уникальные ключи.",
        ),
        may(
            "foreign_keys",
            Value::List(&Value::Object(&FOREIGN_KEY)),
            "Composite references.",
            "Составные ссылки.",
        ),
        may(
            "distributed_by",
            NAMES,
            "Sharding key, within the primary key.",
            "Ключ шардирования, часть первичного ключа.",
        ),
        must(
            "columns",
            Value::List(&Value::Object(&COLUMN)),
            "The columns, in the order of DDL and CSV.",
            "Колонки в порядке DDL и CSV.",
        ),
        may(
            "mixins",
            NAMES,
            "Mixins whose columns follow.",
            "Наборы колонок, которые добавляются в конец.",
        ),
        may(
            "checks",
            Value::List(&Value::Object(&CHECK)),
            "Conditions of a row.",
            "Условия на строку.",
        ),
        SINCE,
        DEPRECATED,
    ],
};

/// A column of a table or a mixin.
pub(crate) static COLUMN: Object = Object {
    name: "column",
    about: about("A column.", "Колонка."),
    fields: &[
        must("name", Value::Name, "Physical name.", "Физическое имя."),
        may(
            "type",
            Value::Sql,
            "SQL type or scalar type.",
            "Тип SQL или скалярный тип.",
        ),
        may(
            "references",
            Value::Reference,
            "The table referred to: `lesson`, or `lesson.code`.",
            "Таблица, на которую ссылается: `lesson` или `lesson.code`.",
        ),
        may("classifier", Value::Name, "The code list.", "Справочник."),
        may(
            "optional",
            Value::Boolean,
            "May be empty; columns are required by default.",
            "Может быть пустой; по умолчанию колонка обязательна.",
        ),
        may(
            "required_when",
            Value::Sql,
            "Condition under which a value is required, SQL.",
            "Условие, при котором значение обязательно, SQL.",
        ),
        may(
            "title",
            Value::Text,
            "Title, Russian; `COMMENT ON COLUMN` may give it instead.",
            "Название; вместо него годится `COMMENT ON COLUMN`.",
        ),
        NOTE,
        may(
            "origin",
            Value::OneOrMany(&ORIGIN),
            "Where the column comes from; the table's by default.",
            "Откуда взята колонка; по умолчанию — откуда таблица.",
        ),
        may(
            "clauses",
            CLAUSES,
            "Clauses that demand it.",
            "Пункты, которые её требуют.",
        ),
        may(
            "check",
            Value::ShortOrObject(&Value::Sql, &COLUMN_CHECK),
            "Condition on the value, SQL.",
            "Условие на значение, SQL.",
        ),
        may(
            "personal",
            PERSONAL,
            "Class of personal data.",
            "Класс персональных данных.",
        ),
        may(
            "example",
            Value::OneOrMany(&Value::Literal),
            "Values that fit.",
            "Примеры значений.",
        ),
        SINCE,
        DEPRECATED,
    ],
};

static COLUMN_CHECK: Object = Object {
    name: "column_check",
    about: about(
        "A condition on a column's value.",
        "Условие на значение колонки.",
    ),
    fields: &[
        must("expr", Value::Sql, "The condition, SQL.", "Условие, SQL."),
        may(
            "title",
            Value::Text,
            "What must hold; the column's title by default.",
            "Что должно выполняться; по умолчанию название колонки.",
        ),
        SEVERITY,
    ],
};

static CHECK: Object = Object {
    name: "check",
    about: about("A condition of a row.", "Условие на строку."),
    fields: &[
        must(
            "code",
            Value::Code,
            "Unique code: `attendance.late`.",
            "Уникальный код: `attendance.late`.",
        ),
        TITLE,
        must("expr", Value::Sql, "The condition, SQL.", "Условие, SQL."),
        SEVERITY,
    ],
};

static FOREIGN_KEY: Object = Object {
    name: "foreign_key",
    about: about(
        "A reference by several columns.",
        "Ссылка по нескольким колонкам.",
    ),
    fields: &[
        must(
            "columns",
            NAMES,
            "The columns that refer.",
            "Колонки, которые ссылаются.",
        ),
        must(
            "references",
            Value::Reference,
            "The table referred to: `lesson`, or `lesson.code`.",
            "Таблица, на которую ссылаются: `lesson` или `lesson.code`.",
        ),
        may(
            "target",
            NAMES,
            "The columns referred to; the primary key by default.",
            "Колонки, на которые ссылаются; по умолчанию первичный ключ.",
        ),
    ],
};

static DEPRECATION: Object = Object {
    name: "deprecated",
    about: about("A farewell.", "Вывод из модели."),
    fields: &[
        must(
            "since",
            Value::Version,
            "Version of the model that announced it.",
            "Версия модели, в которой объявлено.",
        ),
        must("reason", Value::Text, "Why.", "Почему."),
        may(
            "replaced_by",
            Value::Reference,
            "What takes its place.",
            "Что приходит на смену.",
        ),
    ],
};
