//! Walking over the tokens of one statement.

use std::ops::Range;

use sqlparser::tokenizer::Token;

use super::TableSyntax;
use super::add::Addition;
use crate::diagnostic::{Code, Diagnostic, Report, Text, code};
use crate::source::sql::{Lexed, word};
use crate::source::{Fragment, Span, Spanned};
use crate::text;

/// Reads the statements of a file, one after another.
pub(super) struct Reader<'a> {
    /// The whole file.
    pub(super) fragment: &'a Fragment,
    pub(super) lexed: &'a Lexed,
    pub(super) report: &'a mut Report,
    /// The next token.
    pub(super) at: usize,
    /// The end of the statement.
    pub(super) end: usize,
    pub(super) tables: Vec<TableSyntax>,
    /// What later statements add to tables, in order.
    pub(super) additions: Vec<Addition>,
}

/// A statement that cannot be read any further; what is wrong with it.
pub(super) type Read<T> = Result<T, Box<Diagnostic>>;

impl Reader<'_> {
    pub(super) fn peek(&self) -> Option<&Token> {
        self.nth(0)
    }

    /// The token `ahead` tokens further on, within the statement.
    pub(super) fn nth(&self, ahead: usize) -> Option<&Token> {
        let at = self.at.checked_add(ahead).filter(|at| *at < self.end)?;
        self.lexed.tokens.get(at).map(|token| &token.token)
    }

    /// The unquoted word `ahead` tokens further on, in lower case.
    pub(super) fn word(&self, ahead: usize) -> Option<String> {
        self.nth(ahead).and_then(word)
    }

    /// Takes words if they are the next ones.
    pub(super) fn take(&mut self, words: &[&str]) -> bool {
        let found = words
            .iter()
            .enumerate()
            .all(|(ahead, word)| self.word(ahead).as_deref() == Some(*word));
        if found {
            self.at += words.len();
        }
        found
    }

    pub(super) fn take_token(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        if found {
            self.at += 1;
        }
        found
    }

    pub(super) fn expect(&mut self, token: &Token) -> Read<()> {
        if self.take_token(token) {
            return Ok(());
        }
        let wanted = token.to_string();
        Err(self.unexpected(text!("`{wanted}` is expected", "ожидается `{wanted}`")))
    }

    /// A name: folded to lower case unless quoted.
    pub(super) fn name(&mut self) -> Read<Spanned<String>> {
        let name = match self.peek() {
            Some(Token::Word(word)) if word.quote_style.is_some() => word.value.clone(),
            Some(Token::Word(word)) => word.value.to_lowercase(),
            _ => return Err(self.unexpected(text!("a name is expected", "ожидается имя"))),
        };
        self.at += 1;
        Ok(Spanned::new(name, self.span(self.at - 1..self.at)))
    }

    /// The parts of `schema.table.column`.
    pub(super) fn path(&mut self) -> Read<Vec<Spanned<String>>> {
        let mut parts = vec![self.name()?];
        while self.take_token(&Token::Period) {
            parts.push(self.name()?);
        }
        Ok(parts)
    }

    /// The name of a table without its schema.
    pub(super) fn table_name(&mut self) -> Read<Spanned<String>> {
        let mut parts = self.path()?;
        let end = self.unexpected(text!("a name is expected", "ожидается имя"));
        parts.pop().ok_or(end)
    }

    /// `(a, b, …)`
    pub(super) fn names(&mut self) -> Read<Vec<Spanned<String>>> {
        self.expect(&Token::LParen)?;
        let mut names = vec![self.name()?];
        while self.take_token(&Token::Comma) {
            names.push(self.name()?);
        }
        self.expect(&Token::RParen)?;
        Ok(names)
    }

    /// `'text'`
    pub(super) fn string(&mut self) -> Read<Spanned<String>> {
        let Some(Token::SingleQuotedString(text)) = self.peek() else {
            return Err(self.unexpected(text!(
                "a text in single quotes is expected",
                "ожидается текст в одинарных кавычках"
            )));
        };
        let text = text.clone();
        self.at += 1;
        Ok(Spanned::new(text, self.span(self.at - 1..self.at)))
    }

    /// What stands between parentheses; takes both of them.
    pub(super) fn parenthesised(&mut self) -> Read<Fragment> {
        let open = self.at;
        self.expect(&Token::LParen)?;
        let mut depth = 1_usize;
        while depth > 0 {
            match self.peek() {
                Some(Token::LParen) => depth += 1,
                Some(Token::RParen) => depth -= 1,
                Some(_) => {}
                None => {
                    let span = self.span(open..open + 1);
                    return Err(Box::new(
                        Diagnostic::new(
                            code::SQL_SYNTAX,
                            text!("a parenthesis is not closed", "скобка не закрыта"),
                        )
                        .at(span),
                    ));
                }
            }
            self.at += 1;
        }
        let bytes = self.lexed.bytes(open).end..self.lexed.bytes(self.at - 1).start;
        let inner = self.fragment.text.get(bytes.clone()).unwrap_or("");
        let start = bytes.start + (inner.len() - inner.trim_start().len());
        let text = inner.trim().to_owned();
        let span = self.fragment.locate(start, start + text.len());
        Ok(Fragment::new(text, span, &self.fragment.text))
    }

    /// Skips to a comma or closing parenthesis of this level or to a word of `stops` (the NULL of
    /// `SET NULL` and `DEFAULT NULL` is none). Returns what was skipped.
    pub(super) fn skip(&mut self, stops: &[&str]) -> Range<usize> {
        let start = self.at;
        let mut depth = 0_usize;
        while let Some(token) = self.peek() {
            match token {
                Token::LParen => depth += 1,
                Token::Comma if depth == 0 => break,
                Token::RParen if depth == 0 => break,
                Token::RParen => depth -= 1,
                token
                    if depth == 0
                        && word(token).is_some_and(|word| stops.contains(&word.as_str()))
                        && !self.behind_operand_word() =>
                {
                    break;
                }
                _ => {}
            }
            self.at += 1;
        }
        start..self.at
    }

    /// Whether the word before the next token takes an operand.
    fn behind_operand_word(&self) -> bool {
        let before = self
            .at
            .checked_sub(1)
            .and_then(|at| self.lexed.tokens.get(at));
        before
            .and_then(|token| word(&token.token))
            .is_some_and(|word| word == "default" || word == "set")
    }

    pub(super) fn span(&self, tokens: Range<usize>) -> Span {
        let bytes = self.lexed.bytes_of(tokens);
        self.fragment.locate(bytes.start, bytes.end)
    }

    pub(super) fn fail(&mut self, code: Code, span: Span, message: Text, help: Text) {
        let diagnostic = Diagnostic::new(code, message).at(span);
        self.report.push(if help.is_empty() {
            diagnostic
        } else {
            diagnostic.help(help)
        });
    }

    /// The statement breaks off at the next token.
    pub(super) fn unexpected(&self, wanted: Text) -> Box<Diagnostic> {
        let Text { en, ru } = wanted;
        if self.at >= self.end {
            let last = self.end.saturating_sub(1);
            return Box::new(
                Diagnostic::new(
                    code::SQL_SYNTAX,
                    text!(
                        "the statement ends too early: {en}",
                        "оператор обрывается слишком рано: {ru}"
                    ),
                )
                .at(self.span(last..self.end)),
            );
        }
        let bytes = self.lexed.bytes(self.at);
        let found = self.fragment.text.get(bytes).unwrap_or("");
        Box::new(
            Diagnostic::new(
                code::SQL_SYNTAX,
                text!(
                    "`{found}` cannot stand here: {en}",
                    "`{found}` не может стоять здесь: {ru}"
                ),
            )
            .at(self.span(self.at..self.at + 1)),
        )
    }
}
