//! Statements: which of them a model reads, skips, refuses.

use std::ops::Range;

use sqlparser::tokenizer::Token;

use super::cursor::{Read, Reader};
use crate::diagnostic::{Diagnostic, Text, code};
use crate::text;

/// How deep parentheses may be nested.
const MAX_NESTING: usize = 32;

/// Words that begin a statement of SQL; any other beginning is no statement at all.
const VERBS: [&str; 29] = [
    "alter",
    "analyze",
    "begin",
    "call",
    "comment",
    "commit",
    "copy",
    "create",
    "deallocate",
    "delete",
    "do",
    "drop",
    "end",
    "explain",
    "get",
    "grant",
    "insert",
    "merge",
    "refresh",
    "reset",
    "revoke",
    "rollback",
    "select",
    "set",
    "start",
    "truncate",
    "update",
    "use",
    "with",
];

impl Reader<'_> {
    /// Reads one statement; an error in it is reported, and the reader stands behind it.
    pub(super) fn statement(&mut self, tokens: Range<usize>) {
        self.at = tokens.start;
        self.end = tokens.end;
        if tokens.is_empty() {
            return;
        }
        if let Err(diagnostic) = self.nesting(tokens.clone()).and_then(|()| self.dispatch()) {
            self.report.push(*diagnostic);
        }
        self.at = tokens.end;
    }

    /// Keeps the parsers below from running out of stack.
    fn nesting(&self, tokens: Range<usize>) -> Read<()> {
        let mut depth = 0_usize;
        for at in tokens {
            match self.lexed.tokens.get(at).map(|token| &token.token) {
                Some(Token::LParen | Token::LBracket) => depth += 1,
                Some(Token::RParen | Token::RBracket) => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > MAX_NESTING {
                return Err(Box::new(
                    Diagnostic::new(
                        code::SQL_SYNTAX,
                        text!(
                            "the statement is nested deeper than {MAX_NESTING}",
                            "вложенность оператора больше {MAX_NESTING}"
                        ),
                    )
                    .at(self.span(at..at + 1)),
                ));
            }
        }
        Ok(())
    }

    fn dispatch(&mut self) -> Read<()> {
        let start = self.at;
        let first = self.word(0).unwrap_or_default();
        let second = self.word(1).unwrap_or_default();
        match (first.as_str(), second.as_str()) {
            ("set" | "use" | "commit" | "end", _) => Ok(()),
            ("begin" | "start", "" | "transaction" | "work") => Ok(()),
            ("create", "schema" | "database") => Ok(()),
            ("create", _) => self.create(start),
            ("alter", "table") => {
                self.at += 2;
                self.alter_table(start)
            }
            ("comment", "on") => {
                self.at += 2;
                self.comment_on(start)
            }
            (verb, _) if VERBS.contains(&verb) => {
                self.unsupported(start..start + 1, keep_tables());
                Ok(())
            }
            _ => Err(self.unexpected(text!("a statement is expected", "ожидается оператор"))),
        }
    }

    /// `CREATE [words] TABLE`: of the words between, those that only say how a table is kept are
    /// reported and read over.
    fn create(&mut self, start: usize) -> Read<()> {
        self.at += 1;
        let words = self.at;
        while matches!(
            self.word(0).as_deref(),
            Some("or" | "replace" | "temp" | "temporary" | "unlogged" | "global" | "local")
        ) {
            self.at += 1;
        }
        if !self.take(&["table"]) {
            self.unsupported(start..(self.at + 1).min(self.end), keep_tables());
            return Ok(());
        }
        if words + 1 < self.at {
            let span = self.span(words..self.at - 1);
            self.fail(
                code::SQL_CLAUSE,
                span,
                text!(
                    "a model does not say how a table is kept",
                    "модель не описывает, как хранится таблица"
                ),
                text!("write `CREATE TABLE`", "напишите `CREATE TABLE`"),
            );
        }
        self.create_table(start)
    }

    pub(super) fn unsupported(&mut self, tokens: Range<usize>, help: Text) {
        let span = self.span(tokens.clone());
        let bytes = self.lexed.bytes_of(tokens);
        let words = self.fragment.text.get(bytes).unwrap_or("");
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.fail(
            code::SQL_STATEMENT,
            span,
            text!(
                "`{words}` is nothing that a model holds",
                "`{words}` не относится к тому, что есть в модели"
            ),
            help,
        );
    }
}

fn keep_tables() -> Text {
    text!(
        "keep CREATE TABLE, ALTER TABLE … ADD CONSTRAINT and COMMENT ON in this file, move the rest elsewhere",
        "оставьте в этом файле CREATE TABLE, ALTER TABLE … ADD CONSTRAINT и COMMENT ON, остальное перенесите"
    )
}
