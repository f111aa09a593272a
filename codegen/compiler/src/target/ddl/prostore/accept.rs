//! What Prostore accepts: an own reader of `CREATE DATABASE` and `CREATE TABLE` that refuses what
//! the server refuses, and says by which rule.
//!
//! ```text
//! text ──► lexer (tokens, comments dropped) ──► parser (clauses in their order) ──► rules (names, keys)
//! ```
//!
//! It knows the grammar of 5.5 as its source has it and the executor's checks behind the grammar.
//! Of line 7 it knows what the documentation shows: further reserved words, aliases of types, quoted
//! stores. Where a clause of line 7 is known by name only, the statement is refused as
//! [`Rule::UnprovedClause`] rather than guessed at. Limits of the physical stores (63 bytes of
//! PostgreSQL) are not the server's and not judged here.

mod lexer;
mod parser;
mod rule;
mod rules;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use rule::Rule;

use super::Profile;
use crate::model::BaseType;

/// A statement that the server takes. Names are in lower case, as it folds them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Statement {
    /// `CREATE DATABASE`
    CreateDatabase(CreateDatabase),
    /// `CREATE TABLE`
    CreateTable(CreateTable),
}

/// `CREATE DATABASE [IF NOT EXISTS] name [LOGICAL_ONLY]`
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CreateDatabase {
    /// The database.
    pub name: Name,
    /// Whether an existing one is no error.
    pub if_not_exists: bool,
    /// Whether nothing physical is made.
    pub logical_only: bool,
}

/// `CREATE TABLE [IF NOT EXISTS] [database.]name (…) DISTRIBUTED BY (…) …`
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CreateTable {
    /// The database, where the statement names one.
    pub database: Option<Name>,
    /// The table.
    pub name: Name,
    /// Whether an existing one is no error.
    pub if_not_exists: bool,
    /// The columns, in their order.
    pub columns: Vec<ColumnDefinition>,
    /// The columns of the primary key, in its order.
    pub primary_key: Vec<Name>,
    /// The columns of the sharding key, in its order.
    pub distributed_by: Vec<Name>,
    /// The physical stores, as written without quotes; empty for all.
    pub datasource_type: Vec<Name>,
    /// Whether nothing physical is made.
    pub logical_only: bool,
}

/// A column of `CREATE TABLE`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ColumnDefinition {
    /// The column.
    pub name: Name,
    /// Its type, as the profile reads the written one.
    pub ty: BaseType,
    /// Whether it is NOT NULL: written so, or in the primary key.
    pub required: bool,
}

/// A name and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Name {
    /// In lower case.
    pub text: String,
    /// Bytes of the statement, quotes included.
    pub at: Range<usize>,
}

/// Why the server would not take a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The rule that is broken.
    pub rule: Rule,
    /// Where, as bytes of the statement; empty at the end of it when something is missing.
    pub at: Range<usize>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (byte {})", self.rule.fact(), self.at.start)
    }
}

impl std::error::Error for Refusal {}

/// Reads one statement as the profile's server does.
///
/// # Errors
/// The first rule that it breaks, and where.
pub fn check_statement(profile: Profile, text: &str) -> Result<Statement, Refusal> {
    let tokens = lexer::tokens(text)?;
    let statement = parser::statement(profile, &tokens, text.len())?;
    rules::check(profile, &statement)?;
    Ok(rules::settled(statement))
}
