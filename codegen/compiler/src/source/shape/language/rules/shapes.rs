//! Shapes of rules that have fields of their own.

use super::super::super::{Field, Object, Value};
use super::super::{about, may, must};
use super::PATHS;

const IN: Field = must(
    "in",
    Value::Name,
    "The table searched.",
    "Таблица, в которой ищут.",
);
const ON: Field = may(
    "on",
    Value::Table(&Value::Sql),
    "Columns or paths of the searched table, each with what it equals, SQL over the judged row.",
    "Колонки или пути таблицы поиска, каждая с тем, чему она равна, SQL над проверяемой строкой.",
);
const WHERE: Field = may(
    "where",
    Value::Sql,
    "What a found row must be beside that, SQL; the judged row's columns are `this.column`.",
    "Чем ещё должна быть найденная строка, SQL; колонки проверяемой строки — `this.колонка`.",
);

pub(super) static SEARCH: Object = Object {
    name: "search",
    about: about(
        "Rows found from the judged row.",
        "Строки, найденные по проверяемой строке.",
    ),
    fields: &[IN, ON, WHERE],
};

/// The shape `within`.
pub(crate) static WITHIN: Object = Object {
    name: "within",
    about: about(
        "A measure of the rows found and its bounds; without a measure, how many they are.",
        "Мера найденных строк и её границы; без меры — сколько их.",
    ),
    fields: &[
        IN,
        ON,
        WHERE,
        may(
            "distinct",
            Value::Reference,
            "The column or path whose different values are counted.",
            "Колонка или путь, разные значения которых считаются.",
        ),
        may(
            "sum",
            Value::Sql,
            "The number that is summed, SQL over the found row.",
            "Число, которое складывается, SQL над найденной строкой.",
        ),
        may(
            "average",
            Value::Sql,
            "The number whose mean is taken, SQL over the found row.",
            "Число, от которого берётся среднее, SQL над найденной строкой.",
        ),
        may(
            "weight",
            Value::Sql,
            "The weight of each number of the mean, SQL over the found row.",
            "Вес каждого числа среднего, SQL над найденной строкой.",
        ),
        may(
            "at_least",
            Value::Sql,
            "Lower bound, SQL over the judged row.",
            "Нижняя граница, SQL над проверяемой строкой.",
        ),
        may(
            "at_most",
            Value::Sql,
            "Upper bound, SQL over the judged row.",
            "Верхняя граница, SQL над проверяемой строкой.",
        ),
    ],
};

const BY: Field = must(
    "by",
    PATHS,
    "Columns or paths that the rows have in common.",
    "Колонки или пути, общие для строк.",
);

pub(super) static NO_OVERLAP: Object = Object {
    name: "no_overlap",
    about: about(
        "Periods that do not overlap.",
        "Периоды, которые не пересекаются.",
    ),
    fields: &[
        BY,
        must(
            "from",
            Value::Reference,
            "Start of the period.",
            "Начало периода.",
        ),
        must(
            "to",
            Value::Reference,
            "End of the period.",
            "Конец периода.",
        ),
    ],
};

pub(super) static UNIQUE: Object = Object {
    name: "unique_rows",
    about: about(
        "Values that are not repeated.",
        "Значения, которые не повторяются.",
    ),
    fields: &[
        BY,
        may(
            "distinct",
            Value::Reference,
            "Rows with the same `by` do not differ in this column, but may be many.",
            "Строки с одинаковым `by` не различаются в этой колонке, но их может быть много.",
        ),
    ],
};

pub(super) static SEQUENCE: Object = Object {
    name: "sequence",
    about: about("Rows in order.", "Строки по порядку."),
    fields: &[
        BY,
        must(
            "order",
            Value::Reference,
            "The column or path that puts them in order.",
            "Колонка или путь, задающие порядок.",
        ),
        may(
            "next",
            Value::Sql,
            "What must not be false for each row but the first, SQL; the row before is `previous.column`.",
            "Что не должно быть ложным для каждой строки, кроме первой, SQL; предыдущая строка — `previous.колонка`.",
        ),
        may(
            "last",
            Value::Sql,
            "What must not be false for the last row, SQL.",
            "Что не должно быть ложным для последней строки, SQL.",
        ),
    ],
};
