//! Expressions as syntax: a small tree with the exact place of every part.
//!
//! `sqlparser` reads the fragment; `convert` turns its tree into this one and refuses, at its
//! place, every form that the model's expressions do not have. What a name means is not known here.

mod convert;
mod places;
mod refuse;

pub(crate) use refuse::{casts, functions};

use std::ops::Range;

use sqlparser::keywords::Keyword;
use sqlparser::parser::ParserError;
use sqlparser::tokenizer::{Token, TokenWithSpan};

use super::{Lexed, expectation, on_large_stack, word};
use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{Arith, BaseType, Comparison};
use crate::source::{Fragment, Span};
use crate::text;

/// An expression as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct SqlExpr {
    /// What it is.
    pub kind: SqlKind,
    /// Its place, without parentheses around it.
    pub span: Span,
}

/// A name as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name without quotes, in the case it was written in.
    pub text: String,
    /// Whether it stood in double quotes: then its case counts.
    pub quoted: bool,
    /// Its place.
    pub span: Span,
}

/// The forms of expressions, before names and types are known.
#[derive(Debug, Clone, PartialEq)]
pub enum SqlKind {
    /// `name`, `table.name`, `reference.reference.name`
    Column {
        /// The names before it, each with a point behind: a table's, or the steps of a path.
        qualifiers: Vec<Name>,
        /// The column's name.
        name: Name,
    },
    /// Digits, with or without point and exponent.
    Number(String),
    /// `'text'`
    Text(String),
    /// `TRUE`, `FALSE`
    Boolean(bool),
    /// `NULL`
    Null,
    /// `DATE 'text'` and the like; the text is not judged yet.
    Typed(BaseType, String),
    /// `CURRENT_DATE`
    CurrentDate,
    /// `NOT a`
    Not(Box<SqlExpr>),
    /// `-a`
    Negate(Box<SqlExpr>),
    /// `a IS [NOT] NULL | TRUE | FALSE`
    Is {
        /// The value.
        expr: Box<SqlExpr>,
        /// What it is compared with.
        what: Is,
        /// Whether NOT stands there.
        negated: bool,
    },
    /// `a op b`
    Binary(Operator, Box<SqlExpr>, Box<SqlExpr>),
    /// `a [NOT] IN (…)`
    In {
        /// The value.
        expr: Box<SqlExpr>,
        /// The list; never empty.
        list: Vec<SqlExpr>,
        /// Whether NOT stands there.
        negated: bool,
    },
    /// `a [NOT] BETWEEN low AND high`
    Between {
        /// The value.
        expr: Box<SqlExpr>,
        /// Lower bound.
        low: Box<SqlExpr>,
        /// Upper bound.
        high: Box<SqlExpr>,
        /// Whether NOT stands there.
        negated: bool,
    },
    /// `a [NOT] LIKE pattern`
    Like {
        /// The value.
        expr: Box<SqlExpr>,
        /// The pattern.
        pattern: Box<SqlExpr>,
        /// Whether NOT stands there.
        negated: bool,
    },
    /// `CASE [operand] WHEN … THEN … ELSE … END`
    Case {
        /// The operand of the simple form.
        operand: Option<Box<SqlExpr>>,
        /// What stands behind WHEN and THEN; never empty.
        branches: Vec<(SqlExpr, SqlExpr)>,
        /// What stands behind ELSE.
        otherwise: Option<Box<SqlExpr>>,
    },
    /// `name(…)`; `substring(a FROM b FOR c)` comes as three arguments.
    Call {
        /// The function's name.
        name: Name,
        /// The arguments.
        args: Vec<SqlExpr>,
    },
    /// `EXTRACT(part FROM value)`
    Extract {
        /// The part's word.
        part: Name,
        /// What it is taken from.
        from: Box<SqlExpr>,
    },
    /// `CAST(value AS date | time)`; other types are refused already.
    Cast {
        /// The value.
        expr: Box<SqlExpr>,
        /// The type.
        to: BaseType,
    },
}

/// What IS compares with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    /// `NULL`, and `UNKNOWN` of a condition.
    Null,
    /// `TRUE`
    True,
    /// `FALSE`
    False,
}

/// Operators between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `AND`
    And,
    /// `OR`
    Or,
    /// Comparisons.
    Compare(Comparison),
    /// Arithmetic.
    Arith(Arith),
    /// `||`
    Concat,
}

/// How deep parentheses and CASE may be nested, and how many signs and NOT may stand in a row.
const MAX_NESTING: usize = 24;
/// How deep the tree may be: a chain of AND is as deep as it is long.
const MAX_DEPTH: usize = 128;
/// How many words and operators an expression may have; list items are not counted.
const MAX_WORDS: usize = 1500;

/// Reads an expression; the whole fragment must be one. `None` when something was reported.
pub fn parse(fragment: &Fragment, report: &mut Report) -> Option<SqlExpr> {
    let lexed = Lexed::new(&fragment.text);
    let locate = |bytes: Range<usize>| fragment.locate(bytes.start, bytes.end);
    if let Some((_, at)) = &lexed.error {
        report.push(
            Diagnostic::new(
                code::EXPR_SYNTAX,
                text!(
                    "a quote or a comment is not closed",
                    "кавычка или комментарий не закрыты"
                ),
            )
            .at(locate(*at..lexed.len)),
        );
        return None;
    }
    if lexed.tokens.is_empty() {
        report.push(
            Diagnostic::new(
                code::EXPR_SYNTAX,
                text!("there is no expression here", "здесь нет выражения"),
            )
            .at(fragment.span),
        );
        return None;
    }
    if let Some(token) = outgrown(&lexed.tokens) {
        report.push(too_large(locate(lexed.bytes(token))));
        return None;
    }
    let read = || {
        let mut report = Report::new();
        let expr = read(fragment, &lexed, &mut report);
        (expr, report)
    };
    let (expr, found) = on_large_stack(&read);
    for diagnostic in found.sorted() {
        report.push(diagnostic.clone());
    }
    expr
}

/// Parses and converts the tokens of a whole fragment.
fn read(fragment: &Fragment, lexed: &Lexed, report: &mut Report) -> Option<SqlExpr> {
    let mut parser = lexed.parser(0..lexed.tokens.len());
    let parsed = match parser.parse_expr() {
        Ok(parsed) => parsed,
        Err(ParserError::RecursionLimitExceeded) => {
            let bytes = lexed.bytes_of(0..lexed.tokens.len());
            report.push(too_large(fragment.locate(bytes.start, bytes.end)));
            return None;
        }
        Err(error) => {
            let token = lexed.failed_at(&error);
            report.push(match (token, extract_without_from(lexed)) {
                (None, Some(token)) => from_expected(fragment, lexed, token),
                _ => unexpected(fragment, lexed, token, expectation(&error)),
            });
            return None;
        }
    };
    if parser.index() < lexed.tokens.len() {
        let token = Some(parser.index());
        report.push(unexpected(fragment, lexed, token, None));
        return None;
    }
    convert::convert(&parsed, fragment, lexed, report)
}

/// The token at which an expression grows over the limits that keep the parser's stack small.
fn outgrown(tokens: &[TokenWithSpan]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut words = 0_usize;
    let mut signs = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        signs = match &token.token {
            Token::Minus | Token::Plus => signs + 1,
            Token::Word(word) if word.keyword == Keyword::NOT => signs + 1,
            _ => 0,
        };
        match &token.token {
            Token::LParen | Token::LBracket | Token::LBrace => depth += 1,
            Token::RParen | Token::RBracket | Token::RBrace => depth = depth.saturating_sub(1),
            Token::Word(word) if word.keyword == Keyword::CASE => depth += 1,
            Token::Word(word) if word.keyword == Keyword::END => depth = depth.saturating_sub(1),
            Token::Comma | Token::Number(..) | Token::SingleQuotedString(_) => continue,
            _ => {}
        }
        words += 1;
        if depth > MAX_NESTING || signs > MAX_NESTING || words > MAX_WORDS {
            return Some(at);
        }
    }
    None
}

/// What stands in the place of FROM; `sqlparser` gives no place for this error.
fn extract_without_from(lexed: &Lexed) -> Option<usize> {
    let is = |token: usize, keyword: &str| {
        lexed
            .tokens
            .get(token)
            .and_then(|token| word(&token.token))
            .as_deref()
            == Some(keyword)
    };
    let open = |token: usize| {
        matches!(
            lexed.tokens.get(token).map(|token| &token.token),
            Some(Token::LParen)
        )
    };
    (0..lexed.tokens.len())
        .find(|at| is(*at, "extract") && open(at + 1) && !is(at + 3, "from"))
        .map(|at| at + 3)
}

fn from_expected(fragment: &Fragment, lexed: &Lexed, token: usize) -> Diagnostic {
    let bytes = lexed.bytes(token.min(lexed.tokens.len().saturating_sub(1)));
    Diagnostic::new(
        code::EXPR_SYNTAX,
        text!(
            "EXTRACT is not followed by a part and FROM",
            "за EXTRACT не следуют часть и FROM"
        ),
    )
    .at(fragment.locate(bytes.start, bytes.end))
    .help(text!(
        "write `EXTRACT(YEAR FROM x)`",
        "напишите `EXTRACT(YEAR FROM x)`"
    ))
}

fn too_large(span: Span) -> Diagnostic {
    Diagnostic::new(
        code::EXPR_TOO_LARGE,
        text!(
            "the expression is nested too deep or too long",
            "выражение вложено слишком глубоко или слишком длинно"
        ),
    )
    .at(span)
    .help(text!(
        "write alternatives as `IN (…)`, or split the rule into several checks",
        "запишите варианты через `IN (…)` или разделите правило на несколько проверок"
    ))
}

fn unexpected(
    fragment: &Fragment,
    lexed: &Lexed,
    token: Option<usize>,
    expected: Option<&str>,
) -> Diagnostic {
    let Some(token) = token.filter(|token| *token < lexed.tokens.len()) else {
        let last = lexed.bytes(lexed.tokens.len().saturating_sub(1));
        return Diagnostic::new(
            code::EXPR_SYNTAX,
            text!(
                "the expression ends too early",
                "выражение обрывается слишком рано"
            ),
        )
        .at(fragment.locate(last.start, last.end));
    };
    let bytes = lexed.bytes(token);
    let found = fragment.text.get(bytes.clone()).unwrap_or("");
    let message = match expected {
        Some(expected @ ("an expression" | "identifier" | "literal string")) => {
            let ru = match expected {
                "an expression" => "выражение",
                "identifier" => "имя",
                _ => "текст в кавычках",
            };
            text!(
                "`{found}` stands where {expected} is expected",
                "`{found}` стоит там, где ожидается {ru}"
            )
        }
        _ => text!(
            "`{found}` cannot stand here",
            "`{found}` не может стоять здесь"
        ),
    };
    let diagnostic =
        Diagnostic::new(code::EXPR_SYNTAX, message).at(fragment.locate(bytes.start, bytes.end));
    match lexed.tokens.get(token).map(|token| &token.token) {
        Some(Token::Word(word)) if word.keyword != Keyword::NoKeyword => {
            let quoted = word.value.to_lowercase();
            diagnostic.help(text!(
                "if this is a column, put the word of SQL into double quotes: `\"{quoted}\"`",
                "если это колонка, заключите слово SQL в двойные кавычки: `\"{quoted}\"`"
            ))
        }
        _ => diagnostic,
    }
}
