//! `CREATE TABLE`: columns, constraints, and Prostore's clauses behind them.

use sqlparser::tokenizer::Token;

use super::clause::{Constraint, put, require_key};
use super::cursor::{Read, Reader};
use super::{ColumnSyntax, TableSyntax};
use crate::diagnostic::{Diagnostic, code};
use crate::model::BaseType;
use crate::source::nearest::nearest;
use crate::source::sql::types::{self, TypeRead};
use crate::source::{Span, Spanned};
use crate::text;

/// Words that begin an option of a column.
const OPTIONS: [&str; 8] = [
    "not",
    "null",
    "primary",
    "unique",
    "references",
    "check",
    "comment",
    "constraint",
];
/// Words that begin an element that is neither a column nor a constraint that a model holds.
const ELEMENTS: [&str; 7] = [
    "like",
    "exclude",
    "index",
    "key",
    "fulltext",
    "spatial",
    "partition",
];
/// No type is longer than this many tokens.
const LONGEST_TYPE: usize = 64;

impl Reader<'_> {
    /// Behind `CREATE TABLE`.
    pub(super) fn create_table(&mut self, start: usize) -> Read<()> {
        self.take(&["if", "not", "exists"]);
        let name = self.table_name()?;
        if !matches!(self.peek(), Some(Token::LParen)) {
            return Err(self.unexpected(text!(
                "the columns in parentheses are expected",
                "ожидаются колонки в скобках"
            )));
        }
        let mut table = TableSyntax {
            name,
            comment: None,
            columns: Vec::new(),
            primary_key: Vec::new(),
            unique: Vec::new(),
            foreign_keys: Vec::new(),
            checks: Vec::new(),
            distributed_by: Vec::new(),
            span: self.span(start..self.end),
        };
        self.expect(&Token::LParen)?;
        loop {
            self.element(&mut table)?;
            if !self.take_token(&Token::Comma) {
                break;
            }
        }
        self.expect(&Token::RParen)?;
        self.tail(&mut table)?;
        require_key(&mut table);
        self.tables.push(table);
        Ok(())
    }

    fn element(&mut self, table: &mut TableSyntax) -> Read<()> {
        if self.at_constraint() {
            if let Some(constraint) = self.constraint()? {
                self.put(table, constraint);
            }
            return Ok(());
        }
        let element = self.word(0).unwrap_or_default();
        if ELEMENTS.contains(&element.as_str()) && matches!(self.nth(1), Some(Token::Word(_))) {
            // A column of such a name has a type behind it; these clauses have not.
            let is_column = element == "key" || element == "index" || element == "partition";
            if !is_column || !self.type_follows() {
                let skipped = self.skip(&[]);
                self.clause(skipped);
                return Ok(());
            }
        }
        self.column(table)
    }

    /// Whether the second token from here on is a base type.
    fn type_follows(&self) -> bool {
        let mut parser = self.lexed.parser(self.at + 1..self.end.min(self.at + 2));
        matches!(
            types::read(&mut parser),
            Ok(TypeRead::Base(_) | TypeRead::Refused(_))
        )
    }

    fn put(&mut self, table: &mut TableSyntax, constraint: Constraint) {
        if let Some(twice) = put(table, constraint) {
            self.report.push(twice);
        }
    }

    fn column(&mut self, table: &mut TableSyntax) -> Read<()> {
        let start = self.at;
        let name = self.name()?;
        let base = self.column_type()?;
        let mut column = ColumnSyntax {
            name,
            base,
            required: false,
            comment: None,
            checks: Vec::new(),
            span: self.span(start..self.at),
        };
        let mut nullable: Option<(bool, Span)> = None;
        while !matches!(self.peek(), None | Some(Token::Comma | Token::RParen)) {
            let option = self.at;
            if self.take(&["constraint"]) {
                self.name()?;
                continue;
            }
            if self.take(&["not", "null"]) || self.take(&["null"]) {
                let span = self.span(option..self.at);
                let optional = self.at == option + 1;
                match nullable {
                    Some((_, first)) => self.report.push(
                        Diagnostic::new(
                            code::SQL_TWICE,
                            text!(
                                "whether the column may be empty is said twice",
                                "дважды сказано, может ли колонка быть пустой"
                            ),
                        )
                        .at(span)
                        .also(first, text!("the first time", "в первый раз"))
                        .help(text!("keep one of them", "оставьте одно из двух")),
                    ),
                    None => nullable = Some((optional, span)),
                }
            } else if self.take(&["primary", "key"]) {
                let span = self.span(option..self.at);
                let key = Constraint::PrimaryKey(vec![column.name.clone()], span);
                self.put(table, key);
            } else if self.take(&["unique"]) {
                self.put(table, Constraint::Unique(vec![column.name.clone()]));
            } else if self.take(&["references"]) {
                let key = self.references(vec![column.name.clone()], option)?;
                self.put(table, Constraint::ForeignKey(key));
            } else if self.take(&["check"]) {
                column.checks.push(self.parenthesised()?);
            } else if self.take(&["comment"]) {
                let comment = self.string()?;
                match &column.comment {
                    Some(first) => self.report.push(
                        Diagnostic::new(
                            code::SQL_TWICE,
                            text!("a second comment", "второй комментарий"),
                        )
                        .at(comment.span)
                        .also(first.span, text!("the first one", "первый")),
                    ),
                    None => column.comment = Some(comment),
                }
            } else if matches!(self.peek(), Some(Token::Word(_))) {
                self.at += 1;
                self.skip(&OPTIONS);
                self.clause(option..self.at);
            } else {
                return Err(self.unexpected(text!(
                    "a comma or an option of the column is expected",
                    "ожидается запятая или свойство колонки"
                )));
            }
        }
        column.required = matches!(nullable, Some((false, _)));
        column.span = self.span(start..self.at);
        table.columns.push(column);
        Ok(())
    }

    /// The type of a column. A type that is refused is reported and stood in for, so that the
    /// column is not missing as well.
    fn column_type(&mut self) -> Read<Spanned<BaseType>> {
        let start = self.at;
        let window = start..self.end.min(start + LONGEST_TYPE);
        let mut parser = self.lexed.parser(window);
        let wanted = || text!("a type is expected", "ожидается тип");
        let Ok(read) = types::read(&mut parser) else {
            return Err(self.unexpected(wanted()));
        };
        let length = parser.index();
        if length == 0 {
            return Err(self.unexpected(wanted()));
        }
        self.at = (start + length).min(self.end);
        let span = self.span(start..self.at);
        let base = match read {
            TypeRead::Base(base) => base,
            TypeRead::Refused(refusal) => {
                let bytes = self.lexed.bytes_of(start..self.at);
                self.report.push(refusal.diagnostic(self.fragment, bytes));
                BaseType::Varchar(None)
            }
            TypeRead::Named(name) => {
                let near = nearest(&name, types::WORDS);
                self.report.push(
                    Diagnostic::new(
                        code::UNKNOWN_TYPE,
                        text!("`{name}` is not a type of SQL", "`{name}` — не тип SQL"),
                    )
                    .at(span)
                    .suggest(near)
                    .help(types::types_help()),
                );
                BaseType::Varchar(None)
            }
        };
        Ok(Spanned::new(base, span))
    }

    /// Prostore's clauses behind the columns; anything else is refused.
    fn tail(&mut self, table: &mut TableSyntax) -> Read<()> {
        while self.at < self.end {
            let start = self.at;
            if self.take(&["distributed", "by"]) {
                let columns = self.names()?;
                if table.distributed_by.is_empty() {
                    table.distributed_by = columns;
                } else {
                    let span = self.span(start..self.at);
                    self.report.push(
                        Diagnostic::new(
                            code::SQL_TWICE,
                            text!("a second DISTRIBUTED BY", "второе DISTRIBUTED BY"),
                        )
                        .at(span)
                        .help(text!("keep one of them", "оставьте одно из двух")),
                    );
                }
            } else if self.take(&["datasource_type"]) {
                // Where an installation keeps a table is no matter of the model.
                if self.take_token(&Token::Eq) {
                    self.at += 1;
                } else {
                    self.parenthesised()?;
                }
            } else if !self.take(&["logical_only"]) {
                self.clause(start..self.end);
                self.at = self.end;
            }
        }
        Ok(())
    }
}
