//! Quality rules and indicators: what an entry of `rules/*.yaml` holds.

mod shapes;

use super::super::{Field, Object, Value};
use super::{CLAUSES, NAMES, NOTE, ORIGIN, SEVERITY, TITLE, about, may, metrics, must};
use crate::model::Structure;

pub(crate) use shapes::WITHIN;
use shapes::{NO_OVERLAP, SEARCH, SEQUENCE, UNIQUE};

const PATHS: Value = Value::List(&Value::Reference);
const SEARCHES: Value = Value::OneOrMany(&Value::Object(&SEARCH));

const ORIGINS: Field = must(
    "origin",
    Value::OneOrMany(&ORIGIN),
    "Where it comes from: one mark or several.",
    "Откуда взято: одна отметка или несколько.",
);
const CLAUSES_OF: Field = may(
    "clauses",
    CLAUSES,
    "Clauses that demand it.",
    "Пункты, которые этого требуют.",
);
const TABLE: Field = may(
    "table",
    Value::Name,
    "The table whose rows are judged.",
    "Таблица, строки которой проверяются.",
);
const TABLES: Field = may(
    "tables",
    Value::ListOrObject(&Value::Name, &TABLES_WITH),
    "The tables whose rows are judged, each on its own.",
    "Таблицы, строки которых проверяются, каждая сама по себе.",
);
const WHEN: Field = may(
    "when",
    Value::Sql,
    "Which rows are judged: those for which it is true, SQL; all by default.",
    "Какие строки проверяются: те, для которых условие истинно, SQL; по умолчанию все.",
);
const CHECK: Field = may(
    "check",
    Value::Sql,
    "What must not be false, SQL.",
    "Что не должно быть ложным, SQL.",
);
const EQUAL: Field = may(
    "equal",
    PATHS,
    "Columns or paths: those not null are equal.",
    "Колонки или пути: заполненные из них равны.",
);
const EXISTS: Field = may(
    "exists",
    SEARCHES,
    "One search or several: at least one of them finds a row.",
    "Один поиск или несколько: хотя бы один находит строку.",
);
const NOT_EXISTS: Field = may(
    "not_exists",
    SEARCHES,
    "One search or several: none of them finds a row.",
    "Один поиск или несколько: ни один не находит строки.",
);
const WITHIN_FIELD: Field = may(
    "within",
    Value::Object(&WITHIN),
    "A measure of the rows found lies within bounds.",
    "Мера найденных строк лежит в границах.",
);
const NO_OVERLAP_FIELD: Field = may(
    "no_overlap",
    Value::Object(&NO_OVERLAP),
    "Periods of rows with something in common do not overlap.",
    "Периоды строк, имеющих общее, не пересекаются.",
);
const UNIQUE_FIELD: Field = may(
    "unique",
    Value::Object(&UNIQUE),
    "No two of the judged rows have these values.",
    "Эти значения не повторяются среди проверяемых строк.",
);
const SEQUENCE_FIELD: Field = may(
    "sequence",
    Value::Object(&SEQUENCE),
    "Rows in order, each judged beside the one before it.",
    "Строки по порядку, каждая проверяется рядом с предыдущей.",
);
const STRUCTURE: Field = may(
    "structure",
    Value::Word(structures),
    "What types, keys and the CSV form say already.",
    "То, что уже сказано типами, ключами и формой CSV.",
);
const TYPES: Field = may(
    "types",
    NAMES,
    "Scalar types whose forms and check digits hold.",
    "Скалярные типы, форма и контрольные числа которых соблюдаются.",
);
const CHECKS: Field = may(
    "checks",
    Value::List(&Value::Code),
    "Codes of checks of rows that hold.",
    "Коды проверок строк, которые выполняются.",
);

const FREE_TEXT: Field = may(
    "free_text",
    Value::List(&Value::Sql),
    "Patterns that are found in no free text: in no column of the personal class `text`. Without `^` and `$` a pattern is found anywhere in a text.",
    "Шаблоны, которых нет в свободном тексте: в колонках класса персональных данных `text`. Без `^` и `$` шаблон ищется в любом месте текста.",
);

/// The fields of a statement that say what must hold: exactly one of them stands there.
pub(crate) const SHAPES: [&str; 12] = [
    "check",
    "equal",
    "exists",
    "not_exists",
    "within",
    "no_overlap",
    "unique",
    "sequence",
    "structure",
    "types",
    "checks",
    "free_text",
];

fn structures() -> Vec<&'static str> {
    Structure::WORDS.iter().map(|(word, _)| *word).collect()
}

/// An entry of `rules/*.yaml`
pub(crate) static RULE: Object = Object {
    name: "rule",
    about: about(
        "A rule of data quality: one statement, or several under `assertions`.",
        "Правило качества данных: одно утверждение или несколько в `assertions`.",
    ),
    fields: &[
        must(
            "rule",
            Value::Code,
            "Unique code: `CMP-02`.",
            "Уникальный код: `CMP-02`.",
        ),
        TITLE,
        NOTE,
        must(
            "metric",
            Value::Word(metrics),
            "The side of quality that it measures.",
            "Сторона качества, которую оно измеряет.",
        ),
        SEVERITY,
        ORIGINS,
        CLAUSES_OF,
        may(
            "assertions",
            Value::List(&Value::Object(&ASSERTION)),
            "Several statements, in place of one.",
            "Несколько утверждений вместо одного.",
        ),
        TABLE,
        TABLES,
        WHEN,
        CHECK,
        EQUAL,
        EXISTS,
        NOT_EXISTS,
        WITHIN_FIELD,
        NO_OVERLAP_FIELD,
        UNIQUE_FIELD,
        SEQUENCE_FIELD,
        STRUCTURE,
        TYPES,
        CHECKS,
        FREE_TEXT,
    ],
};

/// A statement among several of a rule.
pub(crate) static ASSERTION: Object = Object {
    name: "assertion",
    about: about("A statement of a rule.", "Утверждение правила."),
    fields: &[
        must(
            "part",
            Value::Code,
            "Letter from `a` to `z`: part `b` of `CMP-08` is `CMP-08.b`.",
            "Буква от `a` до `z`: часть `b` правила `CMP-08` — это `CMP-08.b`.",
        ),
        may(
            "title",
            Value::Text,
            "What must hold, Russian; the rule's title by default.",
            "Что должно выполняться; по умолчанию название правила.",
        ),
        may(
            "severity",
            Value::Word(|| vec!["error", "warning"]),
            "Weight of a breach; the rule's by default.",
            "Тяжесть нарушения; по умолчанию как у правила.",
        ),
        TABLE,
        TABLES,
        WHEN,
        CHECK,
        EQUAL,
        EXISTS,
        NOT_EXISTS,
        WITHIN_FIELD,
        NO_OVERLAP_FIELD,
        UNIQUE_FIELD,
        SEQUENCE_FIELD,
        STRUCTURE,
        TYPES,
        CHECKS,
        FREE_TEXT,
    ],
};

/// An entry of `rules/*.yaml`
pub(crate) static INDICATOR: Object = Object {
    name: "indicator",
    about: about(
        "A measure: the share of a population that keeps all of its conditions.",
        "Показатель: доля совокупности, для которой выполнены все условия.",
    ),
    fields: &[
        must(
            "indicator",
            Value::Code,
            "Unique code: `I-1`.",
            "Уникальный код: `I-1`.",
        ),
        TITLE,
        NOTE,
        ORIGINS,
        CLAUSES_OF,
        must(
            "table",
            Value::Name,
            "The table whose rows are counted.",
            "Таблица, строки которой считаются.",
        ),
        may(
            "when",
            Value::Sql,
            "Which rows are counted: those for which it is true, SQL; all by default.",
            "Какие строки считаются: те, для которых условие истинно, SQL; по умолчанию все.",
        ),
        may(
            "distinct",
            Value::Reference,
            "The column or path whose different values are counted; rows by default.",
            "Колонка или путь, разные значения которых считаются; по умолчанию строки.",
        ),
        must(
            "keeps",
            Value::List(&Value::Object(&CONDITION)),
            "What a row must keep to count in the numerator: all of it.",
            "Что должно выполняться, чтобы строка вошла в числитель: всё сразу.",
        ),
    ],
};

/// A condition of an indicator.
pub(crate) static CONDITION: Object = Object {
    name: "condition",
    about: about(
        "A condition of an indicator: one of the fields.",
        "Условие показателя: одно из полей.",
    ),
    fields: &[CHECK, EQUAL, EXISTS, NOT_EXISTS, WITHIN_FIELD],
};

static TABLES_WITH: Object = Object {
    name: "tables_with",
    about: about(
        "Every table that has one thing: a mixin, or a key of a type.",
        "Все таблицы, у которых есть одно: набор колонок или ключ такого типа.",
    ),
    fields: &[
        may(
            "mixin",
            Value::Name,
            "The mixin that they take in.",
            "Набор колонок, который в них входит.",
        ),
        may(
            "key",
            Value::Name,
            "The scalar type of their primary keys, each one column that is no reference.",
            "Скалярный тип их первичных ключей, каждый — одна колонка, и она не ссылка.",
        ),
    ],
};
