//! Classes of characters: sorted, disjoint, inclusive ranges.

use regex_syntax::ast::{ClassBracketed, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem};

use super::lower::Lowering;
use crate::text;

type Ranges = Vec<(char, char)>;

impl Lowering<'_> {
    pub(super) fn bracketed(&mut self, class: &ClassBracketed) -> Option<Ranges> {
        let mut ranges = Vec::new();
        match &class.kind {
            ClassSet::Item(item) => self.item(item, &mut ranges)?,
            ClassSet::BinaryOp(op) => {
                return self.refuse(
                    &op.span,
                    text!(
                        "engines disagree about classes cut with each other",
                        "пересечения классов в разных системах разные"
                    ),
                    text!("name the characters", "назовите знаки"),
                );
            }
        }
        let ranges = merge(ranges);
        Some(match class.negated {
            true => complement(ranges),
            false => ranges,
        })
    }

    fn item(&mut self, item: &ClassSetItem, ranges: &mut Ranges) -> Option<()> {
        match item {
            ClassSetItem::Empty(_) => Some(()),
            ClassSetItem::Literal(literal) => {
                let c = self.literal(literal)?;
                ranges.push((c, c));
                Some(())
            }
            ClassSetItem::Range(range) => {
                let (first, last) = (self.literal(&range.start), self.literal(&range.end));
                ranges.push((first?, last?));
                Some(())
            }
            ClassSetItem::Perl(class) => {
                ranges.extend(perl(class));
                Some(())
            }
            ClassSetItem::Union(union) => {
                let mut complete = Some(());
                for item in &union.items {
                    if self.item(item, ranges).is_none() {
                        complete = None;
                    }
                }
                complete
            }
            ClassSetItem::Ascii(class) => self.refuse(
                &class.span,
                text!(
                    "engines disagree about named classes",
                    "именованные классы в разных системах разные"
                ),
                text!(
                    "name the characters: `[A-Za-z]`",
                    "назовите знаки: `[A-Za-z]`"
                ),
            ),
            ClassSetItem::Unicode(class) => self.refuse(
                &class.span,
                text!(
                    "engines disagree about classes of Unicode",
                    "классы Юникода в разных системах разные"
                ),
                text!(
                    "name the letters: `[А-Яа-яЁё]`",
                    "назовите буквы: `[А-Яа-яЁё]`"
                ),
            ),
            ClassSetItem::Bracketed(class) => self.refuse(
                &class.span,
                text!("a class stands within a class", "класс стоит внутри класса"),
                text!(
                    "write `\\[` for the bracket itself",
                    "для самой скобки напишите `\\[`"
                ),
            ),
        }
    }
}

/// `\d`, `\w`, `\s` of ASCII, and what is not in them.
pub(super) fn perl(class: &ClassPerl) -> Ranges {
    let ranges = match class.kind {
        ClassPerlKind::Digit => vec![('0', '9')],
        ClassPerlKind::Word => vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        ClassPerlKind::Space => vec![('\t', '\r'), (' ', ' ')],
    };
    match class.negated {
        true => complement(ranges),
        false => ranges,
    }
}

/// Sorts ranges and joins those that touch.
pub(super) fn merge(mut ranges: Ranges) -> Ranges {
    ranges.sort_unstable();
    let mut merged: Ranges = Vec::with_capacity(ranges.len());
    for (first, last) in ranges {
        match merged.last_mut() {
            Some((_, end)) if first <= *end || Some(first) == after(*end) => {
                *end = last.max(*end);
            }
            _ => merged.push((first, last)),
        }
    }
    merged
}

/// All characters outside of sorted, disjoint ranges.
pub(super) fn complement(ranges: Ranges) -> Ranges {
    let mut outside = Vec::with_capacity(ranges.len() + 1);
    let mut next = Some('\0');
    for (first, last) in ranges {
        if let (Some(from), Some(to)) = (next, before(first))
            && from <= to
        {
            outside.push((from, to));
        }
        next = after(last);
    }
    if let Some(from) = next {
        outside.push((from, char::MAX));
    }
    outside
}

/// The next character; there is none between U+D7FF and U+E000.
fn after(c: char) -> Option<char> {
    match c {
        '\u{D7FF}' => Some('\u{E000}'),
        _ => char::from_u32(u32::from(c) + 1),
    }
}

fn before(c: char) -> Option<char> {
    match c {
        '\u{E000}' => Some('\u{D7FF}'),
        _ => u32::from(c).checked_sub(1).and_then(char::from_u32),
    }
}
