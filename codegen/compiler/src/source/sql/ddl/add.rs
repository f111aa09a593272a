//! What stands behind CREATE TABLE and belongs to it: `ALTER TABLE … ADD CONSTRAINT`, `COMMENT ON`.

use sqlparser::tokenizer::Token;

use super::clause::Constraint;
use super::cursor::{Read, Reader};
use crate::diagnostic::{Diagnostic, code};
use crate::source::Spanned;
use crate::source::nearest::nearest;
use crate::text;

/// Something for a table that the file creates, before this statement or behind it.
pub(super) struct Addition {
    table: Spanned<String>,
    what: What,
}

enum What {
    Constraint(Constraint),
    Comment(Spanned<String>),
    ColumnComment(Spanned<String>, Spanned<String>),
}

impl Reader<'_> {
    /// Behind `ALTER TABLE`.
    pub(super) fn alter_table(&mut self, start: usize) -> Read<()> {
        self.take(&["if", "exists"]);
        self.take(&["only"]);
        let table = self.table_name()?;
        loop {
            let action = self.at;
            if !self.take(&["add"]) || !self.at_constraint() {
                self.unsupported(
                    start..self.end.min(action + 2),
                    text!(
                        "only constraints are added; write columns and their options into CREATE TABLE",
                        "добавляются только ограничения; колонки и их свойства запишите в CREATE TABLE"
                    ),
                );
                return Ok(());
            }
            if let Some(constraint) = self.constraint()? {
                self.additions.push(Addition {
                    table: table.clone(),
                    what: What::Constraint(constraint),
                });
            }
            if !self.take_token(&Token::Comma) {
                break;
            }
        }
        match self.at < self.end {
            true => Err(self.unexpected(text!(
                "the end of the statement is expected",
                "ожидается конец оператора"
            ))),
            false => Ok(()),
        }
    }

    /// Behind `COMMENT ON`.
    pub(super) fn comment_on(&mut self, start: usize) -> Read<()> {
        let of_column = match self.word(0).as_deref() {
            Some("table") => false,
            Some("column") => true,
            _ => {
                self.unsupported(
                    start..self.end.min(self.at + 1),
                    text!(
                        "tables and columns have comments",
                        "комментарии бывают у таблиц и колонок"
                    ),
                );
                return Ok(());
            }
        };
        self.at += 1;
        let mut path = self.path()?;
        let column = match of_column {
            true => path.pop(),
            false => None,
        };
        let Some(table) = path.pop() else {
            return Err(self.unexpected(text!(
                "`table.column` is expected before it",
                "перед этим ожидается `таблица.колонка`"
            )));
        };
        if !self.take(&["is"]) {
            return Err(self.unexpected(text!("`IS` is expected", "ожидается `IS`")));
        }
        // IS NULL takes a comment away: nothing to hold.
        if !self.take(&["null"]) {
            let comment = self.string()?;
            let what = match column {
                None => What::Comment(comment),
                Some(column) => What::ColumnComment(column, comment),
            };
            self.additions.push(Addition { table, what });
        }
        match self.at < self.end {
            true => Err(self.unexpected(text!(
                "the end of the statement is expected",
                "ожидается конец оператора"
            ))),
            false => Ok(()),
        }
    }

    /// Puts every addition to its table, once all statements are read.
    pub(super) fn add_up(&mut self) {
        for Addition { table, what } in std::mem::take(&mut self.additions) {
            let Some(at) = self.tables.iter().position(|t| t.name.value == table.value) else {
                let known: Vec<&str> = self.tables.iter().map(|t| t.name.value.as_str()).collect();
                let near = nearest(&table.value, known).map(str::to_owned);
                let name = &table.value;
                self.report.push(
                    Diagnostic::new(
                        code::SQL_UNKNOWN_TARGET,
                        text!(
                            "this file creates no table `{name}`",
                            "этот файл не создаёт таблицу `{name}`"
                        ),
                    )
                    .at(table.span)
                    .suggest(near)
                    .help(text!(
                        "a table and what belongs to it stand in one file",
                        "таблица и всё, что к ней относится, стоят в одном файле"
                    )),
                );
                continue;
            };
            match what {
                What::Constraint(constraint) => self.add_constraint(at, constraint),
                What::Comment(comment) => {
                    let Some(table) = self.tables.get_mut(at) else {
                        continue;
                    };
                    match &table.comment {
                        Some(first) => {
                            let twice = twice(&comment, first.span);
                            self.report.push(twice);
                        }
                        None => table.comment = Some(comment),
                    }
                }
                What::ColumnComment(column, comment) => self.column_comment(at, &column, comment),
            }
        }
    }

    fn column_comment(&mut self, at: usize, name: &Spanned<String>, comment: Spanned<String>) {
        let Some(table) = self.tables.get_mut(at) else {
            return;
        };
        let names: Vec<&str> = table
            .columns
            .iter()
            .map(|c| c.name.value.as_str())
            .collect();
        let near = nearest(&name.value, names).map(str::to_owned);
        let (unknown, of) = (&name.value, &table.name.value);
        let missing = Diagnostic::new(
            code::SQL_UNKNOWN_TARGET,
            text!(
                "table `{of}` has no column `{unknown}`",
                "в таблице `{of}` нет колонки `{unknown}`"
            ),
        )
        .at(name.span)
        .suggest(near);
        let column = table
            .columns
            .iter_mut()
            .find(|column| column.name.value == name.value);
        match column {
            None => self.report.push(missing),
            Some(column) => match &column.comment {
                Some(first) => {
                    let twice = twice(&comment, first.span);
                    self.report.push(twice);
                }
                None => column.comment = Some(comment),
            },
        }
    }
}

fn twice(comment: &Spanned<String>, first: crate::source::Span) -> Diagnostic {
    Diagnostic::new(
        code::SQL_TWICE,
        text!("a second comment", "второй комментарий"),
    )
    .at(comment.span)
    .also(first, text!("the first one", "первый"))
    .help(text!("keep one of them", "оставьте один из них"))
}
