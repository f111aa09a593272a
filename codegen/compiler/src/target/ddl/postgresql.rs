//! The showcase as a schema of PostgreSQL 15 and later.
//!
//! What the databases refuse is what the model calls an error: every constraint has a name that
//! tells its table, column and rule, made in `names`; conditions come from `constraint`. Checks
//! of severity warning become comments, since a database has no other word than no.
//!
//! `char(n)` is `varchar(n)` with a CHECK of its length: PostgreSQL pads its own `character(n)` with
//! blanks and forgets them when it compares, so a short value would pass as a full one.
//!
//! The schema needs a server built with ICU (Debian's is) when an expression says `lower` or
//! `upper`, and a database in UTF8.

mod constraint;
mod function;
mod keywords;
mod names;

pub use constraint::{Constraint, Rule, constraints};
pub use function::functions;
pub use keywords::{MAX_NAME, SYSTEM_COLUMNS, identifier, is_reserved};

use super::{expr, file_name, text};
use crate::artifacts::Artifacts;
use crate::model::{BaseType, CheckSeverity, Model, Table};
use crate::target::header;

/// The largest `n` of `varchar(n)`.
pub const MAX_CHARS: u32 = 10_485_760;

/// The largest number of columns of a table.
pub const MAX_COLUMNS: usize = 1600;

/// Adds `000_schema.sql`, a file per table and `all.sql` under `folder`.
pub fn emit(model: &Model, folder: &str, out: &mut Artifacts) {
    let header = format!("-- {}\n", header(model));
    let plans = constraints(model);
    let count = model.tables().len() + 1;
    let schema = schema(model);
    let mut all = format!("{header}BEGIN;\n\n{schema}");
    out.add(
        format!("{folder}/{}", file_name(0, count, "schema")),
        format!("{header}{schema}"),
    );
    for (place, table) in model.load_order().enumerate() {
        let constraints = plans.get(table.id.index()).map_or(&[][..], Vec::as_slice);
        let sql = create_table(model, table, constraints);
        let name = file_name(place + 1, count, &table.name);
        out.add(format!("{folder}/{name}"), format!("{header}{sql}"));
        all.push('\n');
        all.push_str(&sql);
    }
    all.push_str("\nCOMMIT;\n");
    out.add(format!("{folder}/all.sql"), all);
}

/// The schema, its title, the functions that constraints call.
fn schema(model: &Model) -> String {
    let showcase = model.showcase();
    let name = identifier(&showcase.mnemonic);
    let title = text::literal(&showcase.title);
    let functions = function::definitions(model);
    format!(
        "CREATE SCHEMA IF NOT EXISTS {name};\nCOMMENT ON SCHEMA {name} IS {title};\n{functions}"
    )
}

/// The statements of one table: CREATE TABLE, then its comments.
fn create_table(model: &Model, table: &Table, constraints: &[Constraint]) -> String {
    let name = qualified(model, table);
    let columns = table.columns.iter().map(|column| {
        let not_null = if column.is_required() {
            " NOT NULL"
        } else {
            ""
        };
        let ty = type_name(column.ty.base);
        format!("    {} {ty}{not_null}", identifier(&column.name))
    });
    let rules = constraints.iter().map(|constraint| {
        let name = identifier(&constraint.name);
        format!("    CONSTRAINT {name} {}", constraint.body)
    });
    let lines: Vec<_> = columns.chain(rules).collect();
    let mut sql = format!("CREATE TABLE {name} (\n{}\n);\n", lines.join(",\n"));
    for check in &table.checks {
        if check.severity == CheckSeverity::Warning {
            let condition = crate::model::expr::text::text(table, &check.expr);
            let remark = format!("{}: {}: {condition}", check.code, check.title);
            sql.push_str(&format!("-- предупреждение {}\n", text::comment(&remark)));
        }
    }
    comment(&mut sql, "TABLE", &name, &table.title);
    for column in &table.columns {
        let path = format!("{name}.{}", identifier(&column.name));
        comment(&mut sql, "COLUMN", &path, &column.title);
    }
    for constraint in constraints {
        if let Some(title) = &constraint.title {
            let path = format!("{} ON {name}", identifier(&constraint.name));
            comment(&mut sql, "CONSTRAINT", &path, title);
        }
    }
    sql
}

fn comment(sql: &mut String, kind: &str, path: &str, title: &str) {
    let title = text::literal(title);
    sql.push_str(&format!("COMMENT ON {kind} {path} IS {title};\n"));
}

/// `edu_region.address`
pub(crate) fn qualified(model: &Model, table: &Table) -> String {
    let schema = identifier(&model.showcase().mnemonic);
    format!("{schema}.{}", identifier(&table.name))
}

/// The type of a column.
pub fn type_name(base: BaseType) -> String {
    match base {
        BaseType::Boolean => "boolean".into(),
        BaseType::Int32 => "integer".into(),
        BaseType::BigInt => "bigint".into(),
        BaseType::Float => "real".into(),
        BaseType::Double => "double precision".into(),
        BaseType::Char(n) | BaseType::Varchar(Some(n)) => format!("varchar({n})"),
        BaseType::Varchar(None) | BaseType::Link => "text".into(),
        BaseType::Uuid => "uuid".into(),
        BaseType::Date => "date".into(),
        BaseType::Time(p) => format!("time({p})"),
        BaseType::Timestamp(p) => format!("timestamp({p})"),
    }
}

#[cfg(test)]
mod tests;
