//! The rules as a sheet, a line for each statement: for people who read tables.

use super::postgresql::{origins, severity};
use crate::model::Model;
use crate::model::rule::text::statements;
use crate::target::csv::{one_line, write_line};

/// The first line.
const HEADERS: [&str; 9] = [
    "Код",
    "Часть",
    "Метрика",
    "Значимость",
    "Таблицы",
    "Название",
    "Утверждение",
    "Происхождение",
    "Пункты норм",
];

/// `rules.csv`
pub(super) fn csv(model: &Model) -> String {
    let mut out = String::new();
    write_line(&mut out, HEADERS.iter().map(ToString::to_string));
    for rule in model.rules() {
        let origin = origins(&rule.origin);
        let clauses = rule.clauses.iter().map(|id| {
            let regulation = &model.regulation_of(*id).name;
            format!("{regulation} {}", model.clause(*id).number)
        });
        let clauses = clauses.collect::<Vec<_>>().join(", ");
        for statement in statements(model, rule) {
            let part = statement.code.strip_prefix(rule.code.as_str());
            let part = part.map_or("", |part| part.trim_start_matches('.'));
            let tables = statement.tables.iter();
            let tables: Vec<&str> = tables.map(|id| model.table(*id).name.as_str()).collect();
            let fields = [
                rule.code.as_str(),
                part,
                rule.metric.title(),
                severity(statement.severity),
                &tables.join(", "),
                statement.title,
                &statement.text.ru,
                &origin,
                &clauses,
            ];
            write_line(&mut out, fields.iter().map(|field| one_line(field)));
        }
    }
    out
}
