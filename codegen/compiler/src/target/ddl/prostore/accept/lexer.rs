//! Tokens of a statement; comments are dropped.

use std::ops::Range;

use super::{Refusal, Rule};

/// A token and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) at: Range<usize>,
}

/// The kinds of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// A bare word, in any alphabet.
    Word(&'a str),
    /// A name in double quotes, without them.
    Quoted(String),
    /// A text in single quotes, without them.
    Text(String),
    /// Digits.
    Number(&'a str),
    /// Any other character: `(`, `)`, `,`, `.`, and what only other databases' clauses hold.
    Symbol(char),
}

/// Splits a statement into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, Refusal> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next()? {
        tokens.push(token);
    }
    Ok(tokens)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn refuse<T>(&self, rule: Rule, length: usize) -> Result<T, Refusal> {
        let at = self.at..self.at + length;
        Err(Refusal { rule, at })
    }

    fn next(&mut self) -> Result<Option<Token<'a>>, Refusal> {
        self.skip_blanks_and_comments()?;
        let start = self.at;
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return Ok(None);
        };
        let kind = match first {
            '"' => Kind::Quoted(self.quoted('"')?),
            '\'' => Kind::Text(self.quoted('\'')?),
            ';' => return self.refuse(Rule::Semicolon, 1),
            '`' => return self.refuse(Rule::BackTick, 1),
            c if c.is_ascii_digit() => Kind::Number(self.take(|c| c.is_ascii_digit())),
            c if c.is_alphabetic() || c == '_' => {
                Kind::Word(self.take(|c| c.is_alphanumeric() || matches!(c, '_' | '$')))
            }
            c => {
                self.at += c.len_utf8();
                Kind::Symbol(c)
            }
        };
        let at = start..self.at;
        Ok(Some(Token { kind, at }))
    }

    fn take(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or("")
    }

    /// The text between two `quote`s; a doubled one stands for itself.
    fn quoted(&mut self, quote: char) -> Result<String, Refusal> {
        let mut text = String::new();
        let mut chars = self.rest().char_indices().skip(1).peekable();
        while let Some((place, c)) = chars.next() {
            if c != quote {
                text.push(c);
            } else if chars.next_if(|(_, next)| *next == quote).is_some() {
                text.push(quote);
            } else {
                self.at += place + 1;
                return Ok(text);
            }
        }
        self.refuse(Rule::Unclosed, 1)
    }

    fn skip_blanks_and_comments(&mut self) -> Result<(), Refusal> {
        loop {
            self.take(char::is_whitespace);
            let rest = self.rest();
            let length = if rest.starts_with("--") {
                rest.find(['\n', '\r']).unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                match rest.get(2..).and_then(|inner| inner.find("*/")) {
                    Some(inner) => inner + 4,
                    None => return self.refuse(Rule::Unclosed, 2),
                }
            } else {
                return Ok(());
            };
            if let Some(place) = rest.get(..length).and_then(|comment| comment.find(';')) {
                self.at += place;
                return self.refuse(Rule::SemicolonInComment, 1);
            }
            self.at += length;
        }
    }
}
