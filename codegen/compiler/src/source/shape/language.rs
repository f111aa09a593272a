//! The model language, version 1: every object and field.

use super::{About, Field, Object, Value};
use crate::model::{Algorithm, Origin, PersonalClass};

/// The version of the language that this compiler reads.
pub(crate) const VERSION: u32 = 1;

const fn about(en: &'static str, ru: &'static str) -> About {
    About { en, ru }
}

/// A field that may be left out.
const fn may(name: &'static str, value: Value, en: &'static str, ru: &'static str) -> Field {
    Field {
        name,
        required: false,
        value,
        about: about(en, ru),
    }
}

/// A field that must be there.
const fn must(name: &'static str, value: Value, en: &'static str, ru: &'static str) -> Field {
    Field {
        name,
        required: true,
        value,
        about: about(en, ru),
    }
}

fn origins() -> Vec<&'static str> {
    Origin::ALL.iter().map(|(word, _)| *word).collect()
}

fn personal_classes() -> Vec<&'static str> {
    PersonalClass::ALL.iter().map(|(word, _)| *word).collect()
}

fn algorithms() -> Vec<&'static str> {
    Algorithm::ALL.iter().map(|(word, _)| *word).collect()
}

const ORIGIN: Value = Value::Word(origins);
const PERSONAL: Value = Value::Word(personal_classes);
const CLAUSES: Value = Value::List(&Value::Clause);
const NAMES: Value = Value::List(&Value::Name);

/// A field every object of people's interest has.
const TITLE: Field = must("title", Value::Text, "Title, Russian.", "Название.");
const NOTE: Field = may("note", Value::Text, "Remark, Russian.", "Примечание.");
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

/// `showcase.yaml`
pub(crate) static SHOWCASE: Object = Object {
    name: "showcase",
    about: about(
        "What the showcase is: the head of the model.",
        "Витрина: заголовок модели.",
    ),
    fields: &[
        must(
            "language",
            Value::Number,
            "Version of the model language: 1.",
            "Версия языка модели: 1.",
        ),
        must(
            "showcase",
            Value::Name,
            "Mnemonic: schema name in DDL, identity in ЕИП НСУД.",
            "Мнемоника: имя схемы в DDL, идентификатор в ЕИП НСУД.",
        ),
        TITLE,
        NOTE,
        must(
            "version",
            Value::Version,
            "Semantic version of the model.",
            "Семантическая версия модели.",
        ),
        may(
            "csv",
            Value::Object(&CSV),
            "How CSV is written.",
            "Как пишется CSV.",
        ),
        must(
            "groups",
            Value::List(&Value::Object(&GROUP)),
            "Groups of tables; their order is the order of the tables.",
            "Группы таблиц; их порядок задаёт порядок таблиц.",
        ),
        may(
            "targets",
            Value::Object(&TARGETS),
            "Options of targets.",
            "Настройки целей.",
        ),
    ],
};

static CSV: Object = Object {
    name: "csv",
    about: about(
        "The CSV profile of the installation.",
        "Профиль CSV установки.",
    ),
    fields: &[
        may(
            "null",
            Value::Word(|| vec!["quoted", "bare"]),
            "An absent value: `\"\"` (quoted, the default) or nothing (bare).",
            "Отсутствующее значение: `\"\"` (quoted, по умолчанию) или ничего (bare).",
        ),
        may(
            "boolean",
            Value::Word(|| vec!["lower", "title", "digit"]),
            "A boolean: true/false (lower, the default), True/False (title), 1/0 (digit).",
            "Логическое значение: true/false (lower, по умолчанию), True/False (title), 1/0 (digit).",
        ),
    ],
};

static GROUP: Object = Object {
    name: "group",
    about: about("A group of tables.", "Группа таблиц."),
    fields: &[
        must(
            "group",
            Value::Name,
            "Name of the folder under `tables/`.",
            "Имя папки внутри `tables/`.",
        ),
        TITLE,
        may(
            "tables",
            NAMES,
            "Order of the group's tables; those not named follow by name.",
            "Порядок таблиц группы; не названные здесь следуют за ними по имени.",
        ),
    ],
};

static TARGETS: Object = Object {
    name: "targets",
    about: about("Options of targets.", "Настройки целей."),
    fields: &[
        may(
            "rust",
            Value::Object(&RUST),
            "The Rust crate.",
            "Крейт на Rust.",
        ),
        may(
            "prostore",
            Value::Object(&PROSTORE),
            "DDL for Prostore.",
            "DDL для Prostore.",
        ),
        may(
            "nsud",
            Value::Object(&NSUD),
            "Descriptors for ЕИП НСУД.",
            "Дескрипторы для ЕИП НСУД.",
        ),
    ],
};

static RUST: Object = Object {
    name: "rust",
    about: about("Options of the Rust crate.", "Настройки крейта на Rust."),
    fields: &[
        may(
            "crate",
            Value::Name,
            "Name of the crate; `<mnemonic>-model` by default.",
            "Имя крейта; по умолчанию `<мнемоника>-model`.",
        ),
        may(
            "workspace",
            Value::Boolean,
            "The crate is a member of a workspace that names version, licence and dependencies.",
            "Крейт входит в рабочее пространство, где заданы версия, лицензия и зависимости.",
        ),
    ],
};

static PROSTORE: Object = Object {
    name: "prostore",
    about: about(
        "Options of the DDL for Prostore.",
        "Настройки DDL для Prostore.",
    ),
    fields: &[may(
        "datasource_type",
        NAMES,
        "Physical stores of every table, such as `adp`.",
        "Физические хранилища каждой таблицы, например `adp`.",
    )],
};

static NSUD: Object = Object {
    name: "nsud",
    about: about(
        "Options of the descriptors for ЕИП НСУД.",
        "Настройки дескрипторов для ЕИП НСУД.",
    ),
    fields: &[
        may(
            "guids",
            Value::Table(&Value::Uuid),
            "Identifiers issued by the platform, by `showcase`, `table` or `table.column`.",
            "Идентификаторы, выданные платформой, по `showcase`, `таблица` или `таблица.колонка`.",
        ),
        may(
            "templates",
            Value::List(&Value::Object(&TEMPLATE)),
            "Further descriptors made from templates.",
            "Дополнительные дескрипторы по шаблонам.",
        ),
    ],
};

static TEMPLATE: Object = Object {
    name: "template",
    about: about(
        "A descriptor made from a template.",
        "Дескриптор по шаблону.",
    ),
    fields: &[
        must(
            "file",
            Value::Text,
            "The template: a file of the model (Jinja syntax).",
            "Шаблон: файл модели (синтаксис Jinja).",
        ),
        must(
            "output",
            Value::Text,
            "Name of the file made.",
            "Имя создаваемого файла.",
        ),
    ],
};

/// `regulations/*.yaml`
pub(crate) static REGULATION: Object = Object {
    name: "regulation",
    about: about("A norm and its clauses.", "Нормативный акт и его пункты."),
    fields: &[
        must(
            "regulation",
            Value::Name,
            "Short name: `order-355`.",
            "Краткое имя: `order-355`.",
        ),
        TITLE,
        may(
            "number",
            Value::Literal,
            "Number as printed.",
            "Номер, как он напечатан.",
        ),
        may(
            "date",
            Value::Date,
            "Date of the norm, `YYYY-MM-DD`.",
            "Дата акта, `ГГГГ-ММ-ДД`.",
        ),
        NOTE,
        must(
            "clauses",
            Value::List(&Value::Object(&CLAUSE)),
            "The clauses, in the norm's order.",
            "Пункты в порядке акта.",
        ),
    ],
};

static CLAUSE: Object = Object {
    name: "clause",
    about: about("A clause of a norm.", "Пункт акта."),
    fields: &[
        must(
            "clause",
            Value::Clause,
            "Number: `7.2.b.3`.",
            "Номер: `7.2.b.3`.",
        ),
        must(
            "title",
            Value::Text,
            "What it demands, Russian.",
            "Чего пункт требует.",
        ),
    ],
};

/// `kinds.yaml`
pub(crate) static KINDS: Object = Object {
    name: "kinds",
    about: about(
        "The register of kinds of information.",
        "Реестр видов сведений.",
    ),
    fields: &[
        NOTE,
        must(
            "kinds",
            Value::List(&Value::Object(&KIND)),
            "The kinds, by number.",
            "Виды сведений по номерам.",
        ),
    ],
};

static KIND: Object = Object {
    name: "kind",
    about: about("A kind of information.", "Вид сведений."),
    fields: &[
        must(
            "kind",
            Value::Number,
            "Number in the register.",
            "Номер в реестре.",
        ),
        TITLE,
        must(
            "block",
            Value::Text,
            "Block of the register.",
            "Блок реестра.",
        ),
        must(
            "origin",
            ORIGIN,
            "Where the kind comes from.",
            "Откуда взят вид сведений.",
        ),
        must(
            "clauses",
            CLAUSES,
            "Clauses that demand it.",
            "Пункты, которые его требуют.",
        ),
    ],
};

/// An entry of `types.yaml`
pub(crate) static TYPE: Object = Object {
    name: "type",
    about: about("A scalar type.", "Скалярный тип."),
    fields: &[
        must("type", Value::Name, "Name.", "Имя."),
        TITLE,
        NOTE,
        must(
            "base",
            Value::Sql,
            "Base type, SQL: `varchar(12)`.",
            "Базовый тип, SQL: `varchar(12)`.",
        ),
        may(
            "pattern",
            Value::Sql,
            "Regular expression, `^…$`.",
            "Регулярное выражение, `^…$`.",
        ),
        may(
            "algorithm",
            Value::Word(algorithms),
            "Check digit or another rule of the form.",
            "Контрольное число или иное правило формы.",
        ),
        may(
            "hash_of",
            Value::Name,
            "The type whose values this one holds hashed.",
            "Тип, значения которого здесь хранятся в виде хэша.",
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
        may(
            "source",
            Value::Text,
            "Source of the form.",
            "Источник формы.",
        ),
    ],
};

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

/// `classifiers/*.yaml`
pub(crate) static CLASSIFIER: Object = Object {
    name: "classifier",
    about: about("A code list.", "Справочник (классификатор)."),
    fields: &[
        must("classifier", Value::Name, "Name.", "Имя."),
        TITLE,
        NOTE,
        may(
            "authority",
            Value::Text,
            "Who keeps the list: `own` (the default) or the source's name.",
            "Кто ведёт справочник: `own` (по умолчанию) или имя источника.",
        ),
        may(
            "esnsi",
            Value::Object(&ESNSI),
            "Binding to the federal register (ЕСНСИ).",
            "Привязка к федеральному реестру (ЕСНСИ).",
        ),
        may(
            "type",
            Value::Sql,
            "Base type of the codes: text or `int32`; as wide as the longest code by default.",
            "Базовый тип кодов: текст или `int32`; по умолчанию по самому длинному коду.",
        ),
        may(
            "open",
            Value::Boolean,
            "Too large or fluid to enumerate: only the form is checked.",
            "Слишком велик или изменчив для перечисления: проверяется только форма.",
        ),
        may(
            "form",
            Value::Name,
            "Scalar type of an open list's codes.",
            "Скалярный тип кодов открытого справочника.",
        ),
        may(
            "values",
            Value::List(&Value::Object(&CODE)),
            "The values.",
            "Значения.",
        ),
    ],
};

static ESNSI: Object = Object {
    name: "esnsi",
    about: about("A binding to ЕСНСИ.", "Привязка к ЕСНСИ."),
    fields: &[
        must(
            "code",
            Value::Code,
            "Code of the register's classifier.",
            "Код справочника в реестре.",
        ),
        must("uid", Value::Code, "Its uid.", "Его uid."),
        must(
            "revision",
            Value::Number,
            "The pinned revision.",
            "Закреплённая ревизия.",
        ),
    ],
};

static CODE: Object = Object {
    name: "code",
    about: about("A value of a classifier.", "Значение справочника."),
    fields: &[
        must(
            "code",
            Value::ListCode,
            "The code as it stands in the data; in a list of texts, numbers stand in quotes.",
            "Код, как он стоит в данных; в текстовом справочнике числа берут в кавычки.",
        ),
        TITLE,
        may(
            "name",
            Value::Name,
            "A Latin name for programs.",
            "Латинское имя для программ.",
        ),
        may(
            "parent",
            Value::ListCode,
            "Code of the broader value.",
            "Код вышестоящего значения.",
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

const SEVERITY: Field = may(
    "severity",
    Value::Word(|| vec!["error", "warning"]),
    "Weight of a breach: error (the default) or warning.",
    "Тяжесть нарушения: error (по умолчанию) или warning.",
);

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
