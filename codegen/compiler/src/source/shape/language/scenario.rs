//! The scenario of synthetic data: how rows nest and hang together.

use super::super::{Object, Value};
use super::{about, may, must};

const NAMED_SQL: Value = Value::Table(&Value::Sql);
// Statics, not constants: a step may hold steps.
static ONE_STEP: Value = Value::Object(&STEP);

/// `scenario.yaml`
pub(crate) static SCENARIO: Object = Object {
    name: "scenario",
    about: about(
        "How synthetic rows nest and hang together.",
        "Как вложены и связаны строки синтетических данных.",
    ),
    fields: &[
        must(
            "scale",
            Value::Name,
            "The table whose rows the size of a package counts.",
            "Таблица, строками которой измеряют размер пакета.",
        ),
        must(
            "today",
            Value::Date,
            "The day on which the rows are judged, unless another is asked for.",
            "День, на который проверяются строки, если не задан другой.",
        ),
        may(
            "prefix",
            Value::Name,
            "The supplier's prefix of record identifiers; `DEMO` by default.",
            "Префикс поставщика в идентификаторах записей; по умолчанию `DEMO`.",
        ),
        may(
            "let",
            NAMED_SQL,
            "Values that every step may name.",
            "Значения, которые может назвать каждый шаг.",
        ),
        may(
            "types",
            NAMED_SQL,
            "Values by scalar type, for columns of which nothing else is said.",
            "Значения по скалярному типу для колонок, о которых больше ничего не сказано.",
        ),
        may(
            "columns",
            NAMED_SQL,
            "Values by column name, in every table, unless a step sets the column.",
            "Значения по имени колонки в любой таблице, если шаг не задаёт её сам.",
        ),
        must("nest", Value::List(&ONE_STEP), "The steps.", "Шаги."),
    ],
};

/// An entry of `scenario/*.yaml`
pub(crate) static PART: Object = Object {
    name: "part",
    about: about(
        "Steps with a name, to be used at several places.",
        "Шаги с именем, чтобы использовать их в нескольких местах.",
    ),
    fields: &[
        must("part", Value::Name, "Name.", "Имя."),
        may("title", Value::Text, "Title, Russian.", "Название."),
        must("nest", Value::List(&ONE_STEP), "The steps.", "Шаги."),
    ],
};

/// An entry of `nest`
pub(crate) static STEP: Object = Object {
    name: "step",
    about: about(
        "A step: exactly one of make, each, over, repeat, use.",
        "Шаг: ровно одно из make, each, over, repeat, use.",
    ),
    fields: &[
        may(
            "make",
            Value::Name,
            "Makes rows of this table.",
            "Создаёт строки этой таблицы.",
        ),
        may(
            "each",
            Value::Reference,
            "Goes over the rows made before under this name; `line.group`: those of the whole round of `line`.",
            "Проходит по строкам, созданным раньше под этим именем; `line.group` — за весь проход шага `line`.",
        ),
        may(
            "over",
            Value::Word(lists),
            "Goes over a list of the model itself.",
            "Проходит по списку самой модели.",
        ),
        may(
            "repeat",
            Value::Sql,
            "Does its nest so many times.",
            "Выполняет вложенные шаги столько раз.",
        ),
        may("use", Value::Name, "The steps of a part.", "Шаги части."),
        may(
            "as",
            Value::Name,
            "Name for the steps within; the table's by default.",
            "Имя для вложенных шагов; по умолчанию имя таблицы.",
        ),
        may(
            "count",
            Value::Sql,
            "How many rows; one by default.",
            "Сколько строк; по умолчанию одна.",
        ),
        may(
            "skip",
            Value::Sql,
            "With which row to begin, counted from 0; over the end it goes round.",
            "С какой строки начинать, считая с 0; за концом списка — снова с начала.",
        ),
        may(
            "take",
            Value::Sql,
            "How many rows at most; those for which `when` is not true do not count.",
            "Сколько строк самое большее; те, для которых `when` неверно, не считаются.",
        ),
        may(
            "with",
            NAMED_SQL,
            "Rows made before, each by a name: `nth(room, n)`.",
            "Строки, созданные раньше, каждая под именем: `nth(room, n)`.",
        ),
        may(
            "let",
            NAMED_SQL,
            "Values that this step and those within may name, in their order.",
            "Значения, которые могут назвать этот шаг и вложенные, по порядку.",
        ),
        may(
            "when",
            Value::Sql,
            "Condition of the row or the round.",
            "Условие на строку или проход.",
        ),
        may("set", NAMED_SQL, "Values of columns.", "Значения колонок."),
        may(
            "nest",
            Value::List(&ONE_STEP),
            "Steps for each row or round.",
            "Шаги на каждую строку или проход.",
        ),
    ],
};

fn lists() -> Vec<&'static str> {
    crate::model::scenario::ModelList::ALL
        .iter()
        .map(|(word, _)| *word)
        .collect()
}
