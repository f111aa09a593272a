//! The views of `all.sql`: what is asked of the data, what was found, how much, and the indicators.

use super::lines::Lines;
use super::remark;
use super::statement::Statement;
use super::{indicator, judged, together};
use crate::model::{CheckSeverity, Model};
use crate::target::ddl::postgresql::identifier;
use crate::target::ddl::text;

pub(super) const RULES: &str = "quality_rules";
pub(super) const FINDINGS: &str = "quality_findings";
pub(super) const SUMMARY: &str = "quality_summary";
pub(super) const INDICATORS: &str = "quality_indicators";

/// The statements that make the views.
pub(super) fn views(model: &Model) -> String {
    let mut statements = Vec::new();
    for assertions in codes(model) {
        statements.extend(judged(model, assertions.1).unwrap_or_default());
    }
    [
        view(
            model,
            RULES,
            "Правила качества: по строке на утверждение; judged_elsewhere — кто судит, если не запрос",
            rules(model),
        ),
        view(
            model,
            FINDINGS,
            "Записи, нарушающие правила качества: код утверждения, таблица, значения первичного ключа через |",
            findings(&statements),
        ),
        view(
            model,
            SUMMARY,
            "Сколько записей проверено и сколько нарушает, по утверждениям и таблицам",
            summary(model, statements),
        ),
        view(
            model,
            INDICATORS,
            "Показатели: числитель, знаменатель и доля (пустая, если считать нечего)",
            indicators(model),
        ),
    ]
    .join("\n")
}

fn view(model: &Model, name: &str, about: &str, query: Lines) -> String {
    let name = qualified(model, name);
    let about = text::literal(about);
    format!("CREATE OR REPLACE VIEW {name} AS\n{query};\nCOMMENT ON VIEW {name} IS {about};\n")
}

fn qualified(model: &Model, name: &str) -> String {
    format!("{}.{name}", identifier(&model.showcase().mnemonic))
}

/// The assertions of each code with their rule.
fn codes(model: &Model) -> impl Iterator<Item = (&crate::model::Rule, &[crate::model::Assertion])> {
    model.rules().iter().flat_map(|rule| {
        let chunks = rule.assertions.chunk_by(|a, b| a.code == b.code);
        chunks.map(move |assertions| (rule, assertions))
    })
}

/// `rule`, `title`, `metric`, `severity`, `origin`, `clauses`, `judged_elsewhere`.
fn rules(model: &Model) -> Lines {
    let mut rows = Vec::new();
    for (rule, assertions) in codes(model) {
        let Some(first) = assertions.first() else {
            continue;
        };
        let origin: Vec<&str> = rule.origin.iter().map(|origin| origin.name()).collect();
        let clauses: Vec<String> = (rule.clauses.iter())
            .map(|id| remark::clause(model, *id))
            .collect();
        let severity = match first.severity {
            CheckSeverity::Error => "error",
            CheckSeverity::Warning => "warning",
        };
        let elsewhere = judged(model, assertions).err();
        let texts = [
            first.code.as_str(),
            &first.title,
            rule.metric.name(),
            severity,
            &origin.join(", "),
            &clauses.join(", "),
        ];
        let texts = texts.iter().map(|value| text::literal(value));
        let elsewhere = elsewhere.map_or("NULL".to_owned(), text::literal);
        let texts: Vec<String> = texts.chain([elsewhere]).collect();
        rows.push(format!("({})", texts.join(", ")));
    }
    const COLUMNS: [&str; 7] = [
        "rule",
        "title",
        "metric",
        "severity",
        "origin",
        "clauses",
        "judged_elsewhere",
    ];
    table(&COLUMNS.map(|name| (name, "text")), rows)
}

/// A table of constant rows, each in parentheses.
fn table(columns: &[(&str, &str)], rows: Vec<String>) -> Lines {
    let mut query = Lines::new();
    let list = |of: &dyn Fn(&(&str, &str)) -> String| -> String {
        columns.iter().map(of).collect::<Vec<_>>().join(", ")
    };
    if rows.is_empty() {
        let columns = list(&|(name, ty)| format!("NULL::{ty} AS {name}"));
        query.line(format!("SELECT {columns}")).line("WHERE FALSE");
        return query;
    }
    query
        .line(format!(
            "SELECT {}",
            list(&|(name, ty)| format!("q.{name}::{ty}"))
        ))
        .line("FROM (VALUES");
    let last = rows.len() - 1;
    for (place, row) in rows.into_iter().enumerate() {
        let comma = if place == last { "" } else { "," };
        query.block(1, Lines::from(format!("{row}{comma}")));
    }
    let names = list(&|(name, _)| (*name).to_owned());
    query.line(format!(") AS q ({names})"));
    query
}

/// `rule`, `table_name`, `record_key`.
fn findings(statements: &[Statement]) -> Lines {
    if statements.is_empty() {
        let columns = ["rule", "table_name", "record_key"];
        return table(&columns.map(|name| (name, "text")), vec![]);
    }
    together(statements.iter().map(|statement| statement.broken.clone()))
}

/// `rule`, `metric`, `severity`, `table_name`, `judged`, `broken`, `title`. What is broken is counted
/// from the findings; a condition on `rule` reaches both sides.
fn summary(model: &Model, statements: Vec<Statement>) -> Lines {
    let mut judged = Lines::new();
    for (place, statement) in statements.into_iter().enumerate() {
        if place > 0 {
            judged.line("UNION ALL");
        }
        let code = text::literal(&statement.code);
        let table = statement.table.map_or("NULL::text".to_owned(), |id| {
            text::literal(&model.table(id).name)
        });
        judged
            .line(format!("SELECT {code} AS rule, {table} AS table_name, ("))
            .block(1, statement.judged)
            .line(") AS judged");
    }
    if judged.is_empty() {
        judged.block(
            0,
            table(
                &[
                    ("rule", "text"),
                    ("table_name", "text"),
                    ("judged", "bigint"),
                ],
                vec![],
            ),
        );
    }
    let mut query = Lines::new();
    query
        .line("SELECT j.rule, r.metric, r.severity, j.table_name, j.judged,")
        .block(
            1,
            Lines::from("COALESCE(b.broken, 0) AS broken, r.title".to_owned()),
        )
        .line("FROM (")
        .block(1, judged)
        .line(") AS j")
        .line(format!(
            "JOIN {} AS r ON r.rule = j.rule",
            qualified(model, RULES)
        ))
        .line("LEFT JOIN (");
    let mut broken = Lines::new();
    broken
        .line("SELECT f.rule, f.table_name, count(*) AS broken")
        .line(format!("FROM {} AS f", qualified(model, FINDINGS)))
        .line("GROUP BY f.rule, f.table_name");
    query.block(1, broken).line(
        ") AS b ON b.rule = j.rule AND COALESCE(b.table_name, '') = COALESCE(j.table_name, '')",
    );
    query
}

/// `code`, `numerator`, `denominator`, `ratio`.
fn indicators(model: &Model) -> Lines {
    let indicators = model.indicators();
    if indicators.is_empty() {
        let columns = [
            ("code", "text"),
            ("numerator", "bigint"),
            ("denominator", "bigint"),
            ("ratio", "double precision"),
        ];
        return table(&columns, vec![]);
    }
    together(
        indicators
            .iter()
            .map(|indicator| indicator::query(model, indicator)),
    )
}
