//! Constraints of tables: `[CONSTRAINT name] PRIMARY KEY | UNIQUE | FOREIGN KEY | CHECK`.

use std::ops::Range;

use sqlparser::tokenizer::Token;

use super::cursor::{Read, Reader};
use super::{CheckSyntax, ForeignKeySyntax, TableSyntax};
use crate::diagnostic::{Diagnostic, code};
use crate::source::{Span, Spanned};
use crate::text;

/// A constraint of a table.
pub(super) enum Constraint {
    PrimaryKey(Vec<Spanned<String>>, Span),
    Unique(Vec<Spanned<String>>),
    ForeignKey(ForeignKeySyntax),
    Check(CheckSyntax),
}

impl Reader<'_> {
    /// Whether a constraint of the table begins here, and not a column.
    pub(super) fn at_constraint(&self) -> bool {
        let second = self.word(1);
        match self.word(0).as_deref() {
            Some("constraint") => matches!(self.nth(1), Some(Token::Word(_))),
            Some("primary" | "foreign") => second.as_deref() == Some("key"),
            Some("unique") => matches!(self.nth(1), Some(Token::LParen)) || second.is_some(),
            Some("check") => matches!(self.nth(1), Some(Token::LParen)),
            _ => false,
        }
    }

    /// Reads a constraint and what stands behind it; `None` when it is one that was refused.
    pub(super) fn constraint(&mut self) -> Read<Option<Constraint>> {
        let start = self.at;
        let name = match self.take(&["constraint"]) {
            true => Some(self.name()?),
            false => None,
        };
        let constraint = if self.take(&["primary", "key"]) {
            let columns = self.names()?;
            Constraint::PrimaryKey(columns, self.span(start..self.at))
        } else if self.take(&["unique"]) {
            if !matches!(self.peek(), Some(Token::LParen)) {
                let skipped = self.skip(&[]);
                self.clause(start..skipped.end);
                return Ok(None);
            }
            Constraint::Unique(self.names()?)
        } else if self.take(&["foreign", "key"]) {
            let columns = self.names()?;
            if !self.take(&["references"]) {
                return Err(
                    self.unexpected(text!("`REFERENCES` is expected", "ожидается `REFERENCES`"))
                );
            }
            Constraint::ForeignKey(self.references(columns, start)?)
        } else if self.take(&["check"]) {
            let expr = self.parenthesised()?;
            Constraint::Check(CheckSyntax { name, expr })
        } else {
            let skipped = self.skip(&[]);
            self.clause(start..skipped.end);
            return Ok(None);
        };
        self.nothing_more();
        Ok(Some(constraint))
    }

    /// Behind `REFERENCES`.
    pub(super) fn references(
        &mut self,
        columns: Vec<Spanned<String>>,
        start: usize,
    ) -> Read<ForeignKeySyntax> {
        let table = self.table_name()?;
        let target = match self.peek() {
            Some(Token::LParen) => self.names()?,
            _ => Vec::new(),
        };
        let span = self.span(start..self.at);
        // What SQL means anyway when it is not said.
        while self.take(&["on", "delete", "no", "action"])
            || self.take(&["on", "update", "no", "action"])
            || self.take(&["match", "simple"])
        {}
        Ok(ForeignKeySyntax {
            columns,
            table,
            target,
            span,
        })
    }

    /// Reports whatever stands before the next comma or closing parenthesis.
    pub(super) fn nothing_more(&mut self) {
        if !matches!(self.peek(), None | Some(Token::Comma | Token::RParen)) {
            let rest = self.skip(&[]);
            self.clause(rest);
        }
    }

    /// Reports a clause that a model cannot hold.
    pub(super) fn clause(&mut self, tokens: Range<usize>) {
        let bytes = self.lexed.bytes_of(tokens.clone());
        let words: Vec<&str> = self
            .fragment
            .text
            .get(bytes)
            .unwrap_or("")
            .split_whitespace()
            .collect();
        let shown = match words.len() {
            0..=4 => words.join(" "),
            _ => format!("{} …", words.get(..4).unwrap_or(&[]).join(" ")),
        };
        let span = self.span(tokens);
        self.fail(
            code::SQL_CLAUSE,
            span,
            text!(
                "a model cannot hold `{shown}`",
                "модель не может передать `{shown}`"
            ),
            text!(
                "leave it out: a table has columns, keys, references, checks and comments",
                "уберите это: у таблицы есть колонки, ключи, ссылки, проверки и комментарии"
            ),
        );
    }

    /// Adds a constraint to a table that is already read.
    pub(super) fn add_constraint(&mut self, at: usize, constraint: Constraint) {
        let Some(table) = self.tables.get_mut(at) else {
            return;
        };
        if let Some(twice) = put(table, constraint) {
            self.report.push(twice);
        }
        require_key(table);
    }
}

/// Puts a constraint into a table; a second primary key comes back as a diagnostic.
pub(super) fn put(table: &mut TableSyntax, constraint: Constraint) -> Option<Diagnostic> {
    match constraint {
        Constraint::PrimaryKey(columns, span) => {
            if let (Some(first), Some(last)) = (table.primary_key.first(), table.primary_key.last())
            {
                let first = first.span.to(last.span);
                return Some(
                    Diagnostic::new(
                        code::SQL_TWICE,
                        text!("a second primary key", "второй первичный ключ"),
                    )
                    .at(span)
                    .also(first, text!("the first one", "первый"))
                    .help(text!(
                        "a table has one primary key; write the other as UNIQUE",
                        "первичный ключ у таблицы один; второй запишите как UNIQUE"
                    )),
                );
            }
            table.primary_key = columns;
        }
        Constraint::Unique(columns) => table.unique.push(columns),
        Constraint::ForeignKey(key) => table.foreign_keys.push(key),
        Constraint::Check(check) => table.checks.push(check),
    }
    None
}

/// Columns of the primary key are required, whatever is said at them.
pub(super) fn require_key(table: &mut TableSyntax) {
    for column in &mut table.columns {
        if table
            .primary_key
            .iter()
            .any(|key| key.value == column.name.value)
        {
            column.required = true;
        }
    }
}
