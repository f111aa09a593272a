//! `.sql` files to table declarations.
//!
//! The grammar of `CREATE TABLE` is driven here, piece by piece, over `sqlparser`'s tokens: that
//! gives every type, clause and word its exact place, makes room for Prostore's `DISTRIBUTED BY`,
//! `DATASOURCE_TYPE` and `LOGICAL_ONLY`, and lets nothing vanish silently: a word that no rule here
//! takes is an error at that word.

mod add;
mod clause;
mod cursor;
mod statement;
mod table;
#[cfg(test)]
mod tests;

use sqlparser::tokenizer::Token;

use super::Lexed;
use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::BaseType;
use crate::source::{FileId, Fragment, Span, Spanned};
use crate::text;
use cursor::Reader;

/// A table as DDL declares it.
#[derive(Debug, Clone)]
pub struct TableSyntax {
    /// Name without its schema; folded to lower case unless quoted.
    pub name: Spanned<String>,
    /// Text of `COMMENT ON TABLE`.
    pub comment: Option<Spanned<String>>,
    /// Columns in order.
    pub columns: Vec<ColumnSyntax>,
    /// Columns of the primary key, in its order.
    pub primary_key: Vec<Spanned<String>>,
    /// Further unique keys, those of single columns too.
    pub unique: Vec<Vec<Spanned<String>>>,
    /// Foreign keys, those of single columns too.
    pub foreign_keys: Vec<ForeignKeySyntax>,
    /// Checks of the table (those written at a column are the column's).
    pub checks: Vec<CheckSyntax>,
    /// Columns of `DISTRIBUTED BY`; empty when there is none.
    pub distributed_by: Vec<Spanned<String>>,
    /// The whole statement.
    pub span: Span,
}

/// A column as DDL declares it.
#[derive(Debug, Clone)]
pub struct ColumnSyntax {
    /// Name, folded to lower case unless quoted.
    pub name: Spanned<String>,
    /// Type.
    pub base: Spanned<BaseType>,
    /// Whether it is NOT NULL or of the primary key.
    pub required: bool,
    /// Text of `COMMENT`.
    pub comment: Option<Spanned<String>>,
    /// Expressions of CHECK.
    pub checks: Vec<Fragment>,
    /// From the name to the last option.
    pub span: Span,
}

/// A foreign key as DDL declares it.
#[derive(Debug, Clone)]
pub struct ForeignKeySyntax {
    /// Columns that refer.
    pub columns: Vec<Spanned<String>>,
    /// The table they refer to, without its schema.
    pub table: Spanned<String>,
    /// Columns they refer to; empty: the primary key.
    pub target: Vec<Spanned<String>>,
    /// The clause.
    pub span: Span,
}

/// A check of a table as DDL declares it.
#[derive(Debug, Clone)]
pub struct CheckSyntax {
    /// Name of the constraint.
    pub name: Option<Spanned<String>>,
    /// The expression, without the parentheses of CHECK.
    pub expr: Fragment,
}

/// Reads every table of a `.sql` file. What does not parse or cannot be held is reported at its
/// place, one diagnostic per mistake, and reading goes on behind it.
pub fn read(file: FileId, text: &str, report: &mut Report) -> Vec<TableSyntax> {
    let fragment = Fragment::file(file, text);
    let lexed = Lexed::new(text);
    let mut reader = Reader {
        fragment: &fragment,
        lexed: &lexed,
        report,
        at: 0,
        end: 0,
        tables: Vec::new(),
        additions: Vec::new(),
    };
    let mut start = 0;
    for (at, token) in lexed.tokens.iter().enumerate() {
        if token.token == Token::SemiColon {
            reader.statement(start..at);
            start = at + 1;
        }
    }
    match &lexed.error {
        // What is left of the file is one open quote or comment; what stands before it in the
        // same statement would only be reported as incomplete.
        Some((_, at)) => reader.report.push(
            Diagnostic::new(
                code::SQL_SYNTAX,
                text!(
                    "a quote or a comment is not closed",
                    "кавычка или комментарий не закрыты"
                ),
            )
            .at(fragment.locate(*at, first_line(text, *at))),
        ),
        None => reader.statement(start..lexed.tokens.len()),
    }
    reader.add_up();
    reader.tables
}

/// Where the line that holds a byte ends.
fn first_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + rest.lines().next().unwrap_or("").len()
}
