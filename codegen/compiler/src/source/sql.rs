//! SQL: whole `.sql` files and the fragments inside YAML, read by `sqlparser`.
//!
//! This module ties `sqlparser` to byte ranges. It names places by line and column in characters,
//! and gives none at all to types, keywords and clauses; `Lexed` turns every token's place into a
//! byte range once, and the readers below ([`types`], [`expr`], [`ddl`]) work with token numbers.

pub mod ddl;
mod dialect;
pub mod expr;
#[cfg(test)]
mod soup;
pub mod types;

use std::cell::Cell;
use std::ops::Range;

use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Span as SqlSpan, Token, TokenWithSpan, Tokenizer};

use dialect::DIALECT;

/// The tokens of a text without blanks and comments, each with its byte range.
#[derive(Debug)]
struct Lexed {
    tokens: Vec<TokenWithSpan>,
    ranges: Vec<Range<usize>>,
    /// What stopped the tokenizer, and the byte where.
    error: Option<(String, usize)>,
    /// Length of the text in bytes.
    len: usize,
}

impl Lexed {
    fn new(text: &str) -> Lexed {
        let mut all = Vec::new();
        let result = Tokenizer::new(&DIALECT, text).tokenize_with_location_into_buf(&mut all);
        let mut cursor = Cursor::new(text);
        let mut tokens = Vec::new();
        let mut ranges = Vec::new();
        for token in all.into_iter().flat_map(split_signs) {
            let start = cursor.offset(token.span.start);
            let end = cursor.offset(token.span.end);
            if !matches!(token.token, Token::Whitespace(_) | Token::EOF) {
                tokens.push(token);
                ranges.push(start..end);
            }
        }
        Lexed {
            tokens,
            ranges,
            error: result
                .err()
                .map(|error| (error.message, cursor.offset(error.location))),
            len: text.len(),
        }
    }

    /// A parser over the tokens of `range`; its token numbers count from the start of the range.
    fn parser(&self, range: Range<usize>) -> Parser<'static> {
        let tokens = self.tokens.get(range).unwrap_or(&[]).to_vec();
        Parser::new(&DIALECT).with_tokens_with_locations(tokens)
    }

    /// The bytes of a token; behind the last one, the empty range at the text's end.
    fn bytes(&self, token: usize) -> Range<usize> {
        self.ranges
            .get(token)
            .cloned()
            .unwrap_or(self.len..self.len)
    }

    /// The bytes from the first to the last token of a range of tokens.
    fn bytes_of(&self, tokens: Range<usize>) -> Range<usize> {
        let start = self.bytes(tokens.start).start;
        let end = tokens
            .end
            .checked_sub(1)
            .map_or(start, |last| self.bytes(last).end);
        start..end.max(start)
    }

    /// The token that begins at a place that `sqlparser` gave.
    fn token_at(&self, place: Location) -> Option<usize> {
        self.tokens
            .binary_search_by(|token| token.span.start.cmp(&place))
            .ok()
    }

    /// The token whose last character ends at a place that `sqlparser` gave.
    fn token_ending(&self, place: Location) -> Option<usize> {
        self.tokens
            .binary_search_by(|token| token.span.end.cmp(&place))
            .ok()
    }

    /// The token that a parser's error is about; `None`: the end of what it was given.
    fn failed_at(&self, error: &ParserError) -> Option<usize> {
        let (ParserError::ParserError(message) | ParserError::TokenizerError(message)) = error
        else {
            return None;
        };
        let (_, place) = message.rsplit_once(" at Line: ")?;
        let (line, column) = place.split_once(", Column: ")?;
        self.token_at(Location {
            line: line.trim().parse().ok()?,
            column: column.trim().parse().ok()?,
        })
    }
}

/// Stack for `sqlparser`, which takes up to 120 KiB for each level of nesting when it is not
/// optimised, and allows 50 levels; threads of tests and of build scripts have 2 MiB.
const STACK: usize = 32 << 20;

thread_local! {
    /// Whether this thread was made with [`STACK`].
    static HAS_STACK: Cell<bool> = const { Cell::new(false) };
}

/// Runs a parser where its recursion has room: on a thread of its own, or right here when the caller
/// has one already, so that many expressions cost one thread. Where threads cannot be had it runs
/// here, too.
pub(crate) fn on_large_stack<T: Send>(work: &(impl Fn() -> T + Sync)) -> T {
    if HAS_STACK.get() {
        return work();
    }
    let marked = || {
        HAS_STACK.set(true);
        work()
    };
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK);
        match builder.spawn_scoped(scope, marked) {
            Ok(thread) => match thread.join() {
                Ok(value) => value,
                Err(panic) => std::panic::resume_unwind(panic),
            },
            Err(_) => work(),
        }
    })
}

/// What `sqlparser` expected, if its message says so.
fn expectation(error: &ParserError) -> Option<&str> {
    let (ParserError::ParserError(message) | ParserError::TokenizerError(message)) = error else {
        return None;
    };
    let rest = message.strip_prefix("Expected: ")?;
    rest.split_once(", found").map(|(expected, _)| expected)
}

/// The unquoted word of a token, in lower case.
fn word(token: &Token) -> Option<String> {
    match token {
        Token::Word(word) if word.quote_style.is_none() => Some(word.value.to_lowercase()),
        _ => None,
    }
}

/// `>=-` to `>=` and `-`: `sqlparser` takes all signs in a row for one operator, PostgreSQL lets no
/// operator of plain signs end in `+` or `-`.
fn split_signs(token: TokenWithSpan) -> Vec<TokenWithSpan> {
    let Token::CustomBinaryOperator(signs) = &token.token else {
        return vec![token];
    };
    let operator = signs.trim_end_matches(['+', '-']);
    let first = match operator {
        "=" => Token::Eq,
        "<" => Token::Lt,
        ">" => Token::Gt,
        "<=" => Token::LtEq,
        ">=" => Token::GtEq,
        "<>" => Token::Neq,
        "*" => Token::Mul,
        "/" => Token::Div,
        _ => return vec![token],
    };
    let signs = signs.chars().skip(operator.len()).map(|sign| match sign {
        '+' => Token::Plus,
        _ => Token::Minus,
    });
    let mut place = token.span.start;
    let mut split = Vec::new();
    for (part, length) in std::iter::once((first, operator.len())).chain(signs.map(|s| (s, 1))) {
        let mut end = place;
        end.column += length as u64;
        split.push(TokenWithSpan::new(part, SqlSpan::new(place, end)));
        place = end;
    }
    split
}

/// Walks a text once, from place to place; places must not go back.
struct Cursor<'a> {
    rest: std::str::Chars<'a>,
    len: usize,
    line: u64,
    column: u64,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str) -> Self {
        Cursor {
            rest: text.chars(),
            len: text.len(),
            line: 1,
            column: 1,
        }
    }

    /// The byte at a line and column (in characters, both from 1); the end when there is none.
    fn offset(&mut self, place: Location) -> usize {
        while (self.line, self.column) < (place.line, place.column) {
            match self.rest.next() {
                Some('\n') => {
                    self.line += 1;
                    self.column = 1;
                }
                Some(_) => self.column += 1,
                None => break,
            }
        }
        self.len - self.rest.as_str().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cyrillic_and_line_ends_do_not_shift_places() {
        let text = "-- таблица\r\n\"имя\" х\tname /* ё */ 'ж' §";
        let lexed = Lexed::new(text);
        let words: Vec<&str> = lexed.ranges.iter().map(|r| &text[r.clone()]).collect();
        assert_eq!(words, ["\"имя\"", "х", "name", "'ж'", "§"]);
        for (number, token) in lexed.tokens.iter().enumerate() {
            assert_eq!(lexed.token_at(token.span.start), Some(number));
            assert_eq!(lexed.token_ending(token.span.end), Some(number));
        }
    }

    #[test]
    fn work_on_a_large_stack_stays_on_its_thread() {
        let here = || std::thread::current().id();
        let outside = here();
        let (outer, inner) = on_large_stack(&|| (here(), on_large_stack(&here)));
        assert_eq!(outer, inner);
        assert_ne!(outer, outside);
        assert_ne!(on_large_stack(&here), outside, "this thread got no larger");
    }

    #[test]
    fn an_open_string_keeps_the_tokens_before_it() {
        let lexed = Lexed::new("a = 'ж");
        assert_eq!(lexed.tokens.len(), 2);
        assert_eq!(lexed.error.map(|(_, at)| at), Some(4));
    }
}
