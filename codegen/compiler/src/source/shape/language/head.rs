//! `showcase.yaml`: the head of a model.

use super::super::{Object, Value};
use super::{NAMES, NOTE, TITLE, about, may, must};
use crate::lint;
use crate::model::LintLevel;

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
            "lints",
            Value::List(&Value::Object(&LINT)),
            "Levels of lints that differ from the default ones.",
            "Уровни правил оформления, отличные от обычных.",
        ),
        may(
            "targets",
            Value::Object(&TARGETS),
            "Options of targets.",
            "Настройки целей.",
        ),
    ],
};

/// An entry of `lints` in `showcase.yaml`
pub(crate) static LINT: Object = Object {
    name: "lint",
    about: about(
        "The level of a lint, for the whole model or for what is named.",
        "Уровень правила: для всей модели или для названного.",
    ),
    fields: &[
        must(
            "lint",
            Value::Word(lint::names),
            "Name of the lint.",
            "Имя правила.",
        ),
        must(
            "level",
            Value::Word(levels),
            "How a finding weighs; `off` for none at all.",
            "Вес замечания; `off` — замечаний нет.",
        ),
        must("reason", Value::Text, "Why, Russian.", "Почему."),
        may(
            "tables",
            Value::List(&Value::Reference),
            "Only for these tables (`lesson`) and columns (`lesson.topic_text`).",
            "Только для этих таблиц (`lesson`) и колонок (`lesson.topic_text`).",
        ),
        may(
            "classifiers",
            NAMES,
            "Only for these classifiers.",
            "Только для этих справочников.",
        ),
        may(
            "types",
            NAMES,
            "Only for these scalar types.",
            "Только для этих скалярных типов.",
        ),
        may(
            "mixins",
            NAMES,
            "Only for these mixins and their columns.",
            "Только для этих наборов колонок.",
        ),
    ],
};

fn levels() -> Vec<&'static str> {
    LintLevel::ALL.iter().map(|(word, _)| *word).collect()
}

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
