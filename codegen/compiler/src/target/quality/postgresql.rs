//! Rules of quality as SQL for PostgreSQL 15 and later, over the tables that the target `ddl` makes.
//!
//! ```text
//! functions.sql   the moment of judgement, and what expressions call
//! <CODE>.sql      a rule: for each assertion a query of the broken rows; an indicator: its numbers
//! all.sql         functions, and views over all: quality_rules, quality_findings, quality_summary,
//!                 quality_indicators
//! ```
//!
//! A broken row is a row of `rule` (the assertion's code), `table_name` and `record_key` (the primary
//! key's values, as in CSV, joined by `|`). Rows are judged at the moment that the session says
//! (`SET vitrina.now = '2024-09-01 12:00:00'`), else now; so results can be had again.
//!
//! The tables' primary and unique keys are relied upon: paths follow them. Numbers with a fraction are
//! computed by functions that give null where the server's operators fail, and added up in `numeric`:
//! one absurd value in one row leaves all other findings as they are. (So a mean has a value here where
//! the evaluation in memory has none because a product on the way leaves the doubles.)

mod expressions;
mod head;
mod indicator;
mod lines;
mod remark;
mod scope;
mod search;
mod shape;
mod statement;
mod structure;
mod views;

pub(super) use self::expressions::of_rules as rule_expressions;
use self::lines::Lines;
pub(super) use self::remark::{origins, severity};
use self::statement::{Statement, statements};
use crate::artifacts::Artifacts;
use crate::model::{Assertion, Indicator, Model, Rule};
use crate::target::ddl::expr::{adds_days, computes_doubles};
use crate::target::ddl::postgresql::{functions, identifier};
use crate::target::header;

/// The views that `all.sql` makes in the showcase's schema: no table may be called so.
pub const VIEWS: [&str; 4] = [
    views::RULES,
    views::FINDINGS,
    views::SUMMARY,
    views::INDICATORS,
];

/// The files beside those of rules and indicators, without `.sql`.
pub const FILES: [&str; 2] = ["all", "functions"];

/// Adds the files under `folder`.
pub fn emit(model: &Model, folder: &str, out: &mut Artifacts) {
    let header = format!("-- {}\n", header(model));
    let mut add = |name: &str, sql: &str| {
        out.add(format!("{folder}/{name}.sql"), format!("{header}{sql}"));
    };
    let functions = schema_functions(model);
    add("functions", &functions);
    for rule in model.rules() {
        add(&rule.code, &rule_file(model, rule));
    }
    for indicator in model.indicators() {
        add(&indicator.code, &indicator_file(model, indicator));
    }
    let views = views::views(model);
    add(
        "all",
        &format!("{TABLES_FIRST}BEGIN;\n\n{functions}\n{views}\nCOMMIT;\n"),
    );
}

/// The queries of a rule under its remarks.
fn rule_file(model: &Model, rule: &Rule) -> String {
    let mut sql = String::new();
    for assertions in rule.assertions.chunk_by(|a, b| a.code == b.code) {
        sql.push('\n');
        let Some(first) = assertions.first() else {
            continue;
        };
        if first.code != rule.code || first.title != rule.title {
            sql.push_str(&remark::of_assertion(rule, first));
        }
        match judged(model, assertions) {
            Ok(found) if found.is_empty() => {
                sql.push_str("-- В модели нет таблиц, о которых это сказано.\n");
            }
            Ok(found) => {
                let queries = found.into_iter().map(|statement| statement.broken);
                sql.push_str(&format!("{};\n", together(queries)));
            }
            Err(elsewhere) => sql.push_str(&format!("-- Запроса нет: {elsewhere}.\n")),
        }
    }
    let remark = remark::of_rule(model, rule);
    let needs = needs_functions(&sql);
    format!("{remark}{needs}{sql}")
}

/// A remark for queries that call functions of `functions.sql`.
fn needs_functions(sql: &str) -> &'static str {
    let calls = [".quality_now(", ".quality_today(", ".add_days(", ".double_"];
    match calls.iter().any(|call| sql.contains(call)) {
        true => "-- Нужны функции из functions.sql.\n",
        false => "",
    }
}

/// The statements of assertions of one code, or who judges them instead.
fn judged(model: &Model, assertions: &[Assertion]) -> Result<Vec<Statement>, &'static str> {
    let mut all = Vec::new();
    for assertion in assertions {
        all.extend(statements(model, assertion)?);
    }
    Ok(all)
}

/// Who judges an assertion that no query judges, Russian.
pub fn judged_elsewhere(model: &Model, assertion: &Assertion) -> Option<&'static str> {
    statements(model, assertion).err()
}

/// Queries of the same columns as one.
fn together(queries: impl Iterator<Item = Lines>) -> Lines {
    let mut all = Lines::new();
    for (place, query) in queries.enumerate() {
        if place > 0 {
            all.line("UNION ALL");
        }
        all.block(0, query);
    }
    all
}

fn indicator_file(model: &Model, indicator: &Indicator) -> String {
    let remark = remark::of_indicator(model, indicator);
    let query = indicator::query(model, indicator).to_string();
    format!("{remark}{}\n{query};\n", needs_functions(&query))
}

/// The moment of judgement, and the functions that expressions call.
fn schema_functions(model: &Model) -> String {
    let schema = identifier(&model.showcase().mnemonic);
    let mut sql = MOMENT.replace("{schema}", &schema);
    let (mut adds, mut computes) = (false, false);
    expressions::all(model, &mut |expr| {
        adds |= adds_days(expr);
        computes |= computes_doubles(expr);
    });
    if computes {
        sql.push_str(&DOUBLES.replace("{schema}", &schema));
    }
    if adds {
        sql.push_str(&functions(&schema, &[], true));
    }
    sql
}

const TABLES_FIRST: &str = "\
-- Сначала создайте таблицы: ddl/postgresql/all.sql. Дальше:
-- SELECT * FROM quality_summary; SELECT * FROM quality_findings WHERE rule = '…';
";

const MOMENT: &str = "\
-- Момент, на который судят о строках: SET vitrina.now = '2024-09-01 12:00:00';
-- если он не задан, то время сервера.
CREATE OR REPLACE FUNCTION {schema}.quality_now()
    RETURNS timestamp(0) LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE(
        NULLIF(current_setting('vitrina.now', true), '')::timestamp(0),
        LOCALTIMESTAMP(0)
    );

CREATE OR REPLACE FUNCTION {schema}.quality_today()
    RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
    RETURN {schema}.quality_now()::date;
";

const DOUBLES: &str = "
-- Действия с дробными числами: вне границ типа — пусто, а не ошибка на весь запрос.
CREATE OR REPLACE FUNCTION {schema}.double_add(a double precision, b double precision)
    RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN sign(a) <> sign(b) THEN a + b
        WHEN abs(a) <= double precision '1.7976931348623157e308' - abs(b) THEN a + b
    END;

CREATE OR REPLACE FUNCTION {schema}.double_subtract(a double precision, b double precision)
    RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN {schema}.double_add(a, -b);

CREATE OR REPLACE FUNCTION {schema}.double_multiply(a double precision, b double precision)
    RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN a = 0 OR b = 0 THEN a * b
        WHEN ln(abs(a)) + ln(abs(b)) > 709.7827128 THEN NULL
        WHEN ln(abs(a)) + ln(abs(b)) < -745.13 THEN 0
        ELSE a * b
    END;

CREATE OR REPLACE FUNCTION {schema}.double_divide(a double precision, b double precision)
    RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN b = 0 THEN NULL
        WHEN a = 0 THEN a / b
        WHEN ln(abs(a)) - ln(abs(b)) > 709.7827128 THEN NULL
        WHEN ln(abs(a)) - ln(abs(b)) < -745.13 THEN 0
        ELSE a / b
    END;
";

#[cfg(test)]
mod tests;
