//! A pattern as text that PostgreSQL (advanced regular expressions), ECMAScript (flag `u`, as in
//! JSON Schema) and Rust's `regex` all read, and read alike.
//!
//! What they share decides the form:
//!
//! - classes are explicit ranges by code point; `\d`, `\w`, `\s`, `.` and `[:alpha:]` differ;
//! - a class that reaches the last code point is written as the complement of the others; *any
//!   character* is `(?:[^a]|a)`, for `.` leaves out line ends of each engine's own choice;
//! - only ECMAScript's syntax characters are escaped, and `-` in classes: with the flag `u` other
//!   escapes are errors, and all three take a backslash before punctuation literally;
//! - tab, line feed and carriage return are `\t`, `\n`, `\r`; other characters that do not print, or
//!   print like others, are `\uHHHH`. Beyond the BMP no escape is common: such stand for themselves;
//! - no quantifier follows another (a lazy one in two engines), and none counts beyond 255,
//!   PostgreSQL's limit.
//!
//! PostgreSQL compares ranges by code point in a database in UTF-8.

use std::fmt::Write as _;

use super::{Pattern, PatternNode};

impl Pattern {
    /// The canonical text, anchored: `^[0-9]{10}$`, `^(?:a|b)$`.
    pub fn to_regex(&self) -> String {
        let mut out = String::from("^");
        match &self.node {
            PatternNode::Alternatives(_) => atom(&self.node, &mut out),
            node => write(node, &mut out),
        }
        out.push('$');
        out
    }
}

/// Writes a part that may stand beside others.
pub(super) fn write(node: &PatternNode, out: &mut String) {
    match node {
        PatternNode::Empty => {}
        PatternNode::Class(ranges) => class(ranges, out),
        PatternNode::Sequence(parts) => {
            for part in parts {
                match part {
                    PatternNode::Alternatives(_) => atom(part, out),
                    part => write(part, out),
                }
            }
        }
        // No way at all: as a class without characters.
        PatternNode::Alternatives(parts) if parts.is_empty() => class(&[], out),
        PatternNode::Alternatives(parts) => {
            for (place, part) in parts.iter().enumerate() {
                if place > 0 {
                    out.push('|');
                }
                write(part, out);
            }
        }
        PatternNode::Repeat { node, min, max } => repeat(node, *min, *max, out),
    }
}

/// Writes a part as one unit.
pub(super) fn atom(node: &PatternNode, out: &mut String) {
    match node {
        PatternNode::Class(ranges) => class(ranges, out),
        PatternNode::Sequence(parts) => match parts.as_slice() {
            [only] => atom(only, out),
            _ => group(node, out),
        },
        node => group(node, out),
    }
}

fn group(node: &PatternNode, out: &mut String) {
    out.push_str("(?:");
    write(node, out);
    out.push(')');
}

fn repeat(node: &PatternNode, min: u32, max: Option<u32>, out: &mut String) {
    let mut inner = String::new();
    atom(node, &mut inner);
    // Nothing, however often, is nothing.
    if inner == "(?:)" || max == Some(0) {
        return;
    }
    if (min, max) == (1, Some(1)) {
        match node {
            PatternNode::Alternatives(_) => out.push_str(&inner),
            node => write(node, out),
        }
        return;
    }
    out.push_str(&inner);
    // Writing to a string does not fail.
    let _ = match (min, max) {
        (0, None) => write!(out, "*"),
        (1, None) => write!(out, "+"),
        (0, Some(1)) => write!(out, "?"),
        (min, None) => write!(out, "{{{min},}}"),
        (min, Some(max)) if min == max => write!(out, "{{{min}}}"),
        (min, Some(max)) => write!(out, "{{{min},{max}}}"),
    };
}

/// Writes one character of `ranges`.
fn class(ranges: &[(char, char)], out: &mut String) {
    match ranges {
        // No character at all: what can never follow the end.
        [] => out.push_str("(?:$a)"),
        [(first, last)] if first == last => character(*first, OUTSIDE, out),
        [.., (_, char::MAX)] => {
            let others = complement(ranges);
            if others.is_empty() {
                out.push_str("(?:[^a]|a)");
            } else {
                out.push_str("[^");
                members(&others, out);
            }
        }
        ranges => {
            out.push('[');
            members(ranges, out);
        }
    }
}

fn members(ranges: &[(char, char)], out: &mut String) {
    for &(first, last) in ranges {
        character(first, INSIDE, out);
        if first != last {
            if after(first) != Some(last) {
                out.push('-');
            }
            character(last, INSIDE, out);
        }
    }
    out.push(']');
}

/// What must be escaped outside of classes.
const OUTSIDE: &str = r"^$\.*+?()[]{}|";
/// What must be escaped in a class.
const INSIDE: &str = r"\[]^-";

fn character(c: char, special: &str, out: &mut String) {
    match c {
        '\t' => out.push_str(r"\t"),
        '\n' => out.push_str(r"\n"),
        '\r' => out.push_str(r"\r"),
        c if special.contains(c) => {
            out.push('\\');
            out.push(c);
        }
        ' '..='~' | '\u{10000}'.. => out.push(c),
        c if is_plain(c) => out.push(c),
        c => {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        }
    }
}

/// Characters of the BMP beyond ASCII that print and are told apart by the eye: Latin, Cyrillic,
/// dashes and quotation marks, the numero sign.
fn is_plain(c: char) -> bool {
    matches!(c,
        '\u{a1}'..='\u{24f}' | '\u{400}'..='\u{52f}' | '\u{2012}'..='\u{2027}' | '\u{2116}')
        && c != '\u{ad}'
}

/// The next character.
fn after(c: char) -> Option<char> {
    match c {
        '\u{d7ff}' => Some('\u{e000}'),
        c => char::from_u32(u32::from(c) + 1),
    }
}

/// The character before.
fn before(c: char) -> Option<char> {
    match c {
        '\u{e000}' => Some('\u{d7ff}'),
        c => char::from_u32(u32::from(c).checked_sub(1)?),
    }
}

/// All other characters, as sorted, disjoint ranges.
pub(super) fn complement(ranges: &[(char, char)]) -> Vec<(char, char)> {
    let mut others = Vec::new();
    let mut next = Some('\0');
    for &(first, last) in ranges {
        if let (Some(from), Some(to)) = (next, before(first))
            && from <= to
        {
            others.push((from, to));
        }
        next = after(last);
    }
    if let Some(from) = next {
        others.push((from, char::MAX));
    }
    others
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::super::strategy::{self, class, literal, pattern, repeat};
    use super::*;

    #[test]
    fn forms() {
        let either = PatternNode::Alternatives(vec![literal("ab"), PatternNode::Empty]);
        for (node, expected) in [
            (PatternNode::Empty, "^$"),
            (repeat(class("0-9"), 10, Some(10)), "^[0-9]{10}$"),
            (either.clone(), "^(?:ab|)$"),
            (
                PatternNode::Sequence(vec![either.clone(), literal("-")]),
                "^(?:ab|)-$",
            ),
            (repeat(either.clone(), 1, Some(1)), "^(?:ab|)$"),
            (
                repeat(repeat(class("a-b"), 0, None), 0, Some(1)),
                "^(?:[ab]*)?$",
            ),
            (repeat(literal("a"), 1, None), "^a+$"),
            (repeat(literal("ab"), 2, None), "^(?:ab){2,}$"),
            (repeat(PatternNode::Empty, 3, None), "^$"),
            (repeat(literal("a"), 0, Some(0)), "^$"),
            (literal(r"a.b-c/d\e"), r"^a\.b-c/d\\e$"),
            (
                PatternNode::Class(vec![('-', '-'), ('[', '^')]),
                r"^[\-\[-\^]$",
            ),
            (
                PatternNode::Class(vec![('\0', '\u{1f}'), ('А', 'я')]),
                r"^[\u0000-\u001fА-я]$",
            ),
            (PatternNode::Class(complement(&[('\n', '\n')])), r"^[^\n]$"),
            (PatternNode::Class(vec![('\0', char::MAX)]), "^(?:[^a]|a)$"),
            (PatternNode::Class(vec![]), "^(?:$a)$"),
            (PatternNode::Alternatives(vec![]), "^(?:(?:$a))$"),
            (literal("№«Ё»\u{a0}\u{200b}😀"), r"^№«Ё»\u00a0\u200b😀$"),
        ] {
            assert_eq!(pattern(node).to_regex(), expected);
        }
    }

    #[test]
    fn complements() {
        assert_eq!(complement(&[]), [('\0', char::MAX)]);
        assert_eq!(complement(&[('\0', '\u{d7ff}')]), [('\u{e000}', char::MAX)]);
        assert_eq!(complement(&[('\u{e000}', char::MAX)]), [('\0', '\u{d7ff}')]);
        assert_eq!(
            complement(&[('\0', '\u{d7ff}'), ('\u{e000}', char::MAX)]),
            []
        );
        assert_eq!(
            complement(&[('a', 'b'), ('c', 'c')]),
            [('\0', '`'), ('d', char::MAX)]
        );
    }

    #[test]
    fn every_character_stands_for_itself() {
        let rare = ['\u{d7ff}', '\u{e000}', '\u{ffff}', '😀', char::MAX];
        let all: Vec<char> = ('\0'..='\u{2fff}').chain(rare).collect();
        for characters in all.chunks(64) {
            let text: String = characters.iter().collect();
            let regex = pattern(literal(&text)).to_regex();
            assert!(Regex::new(&regex).unwrap().is_match(&text), "{regex}");
            // Every other character, so that none joins its neighbour in a range.
            let some: Vec<char> = characters.iter().copied().step_by(2).collect();
            let class = PatternNode::Class(some.iter().map(|&c| (c, c)).collect());
            let regex = Regex::new(&pattern(class).to_regex()).unwrap();
            for c in characters {
                assert_eq!(
                    regex.is_match(&c.to_string()),
                    some.contains(c),
                    "{regex} {c:?}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn the_regex_crate_agrees(
            node in strategy::node(),
            texts in prop::collection::vec(strategy::text(), 20),
        ) {
            let pattern = pattern(node);
            let regex = Regex::new(&pattern.to_regex()).unwrap();
            for text in texts {
                prop_assert_eq!(pattern.matches(&text), regex.is_match(&text), "{:?} {}", text, regex);
            }
        }
    }
}
