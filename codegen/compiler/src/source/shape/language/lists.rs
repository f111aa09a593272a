//! Norms, kinds of information, scalar types, classifiers.

use super::super::{Object, Value};
use super::{CLAUSES, NOTE, ORIGIN, PERSONAL, TITLE, about, algorithms, may, must};

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
        may(
            "carried",
            CLAUSES,
            "Points whose clauses must each have a table or a column that carries them: `7` means `7` and `7.…`.",
            "Пункты, каждое положение которых должна нести таблица или колонка: `7` — это `7` и `7.…`.",
        ),
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
            "source",
            Value::Text,
            "Where this text of the list was taken from.",
            "Откуда взят этот текст справочника.",
        ),
        may(
            "start_date",
            Value::Date,
            "First day of the list, `YYYY-MM-DD`; checks do not look at it.",
            "Дата начала действия справочника, `ГГГГ-ММ-ДД`; проверки на неё не смотрят.",
        ),
        may(
            "end_date",
            Value::Date,
            "Last day of the list, `YYYY-MM-DD`; checks do not look at it.",
            "Дата окончания действия справочника, `ГГГГ-ММ-ДД`; проверки на неё не смотрят.",
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
        must(
            "uid",
            Value::Code,
            "Its uid, 3 to 36 characters without blanks.",
            "Его uid, от 3 до 36 знаков без пробелов.",
        ),
        must(
            "revision",
            Value::Number,
            "The pinned revision, from 1.",
            "Закреплённая ревизия, от 1.",
        ),
        may(
            "key_attribute",
            Value::Code,
            "Uid of the attribute that holds the codes.",
            "Uid атрибута, в котором стоят коды.",
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
        may(
            "start_date",
            Value::Date,
            "First day of the value, `YYYY-MM-DD`; checks do not look at it.",
            "Дата начала действия значения, `ГГГГ-ММ-ДД`; проверки на неё не смотрят.",
        ),
        may(
            "end_date",
            Value::Date,
            "Last day of the value, `YYYY-MM-DD`; a value whose period has ended stays a value.",
            "Дата окончания действия значения, `ГГГГ-ММ-ДД`; завершённое значение остаётся значением.",
        ),
    ],
};
