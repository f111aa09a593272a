//! The check of a column, compiled once from the model.
//!
//! ```text
//! bytes of a field ─► accept ─► cell            what is right, in one pass
//!                        └──no─► judge ─► cell + faults   what is wrong, in words of the codes
//! ```
//!
//! [`ColumnCheck::accept`] takes nothing that [`ColumnCheck::judge`] has something to say about; it may
//! send to it what is right after all, but rarely.

mod arena;
mod boolean;
mod judge;
mod list;
mod look_alike;
mod number;
mod pattern;
mod sought;
mod temporal;

use std::sync::Arc;

use vitrina::identifier::Algorithm;
use vitrina::kernel::{self, Processor};
use vitrina_codegen::model::{
    BaseType, BooleanForm, Column, ColumnId, CsvProfile, Model, NullForm, Table,
};

use crate::Cell;
pub(crate) use arena::Arena;
use boolean::Words;
pub(crate) use judge::{Field, Judged};
use list::List;
use pattern::Matcher;
pub(crate) use sought::Sought;

/// The check of a column.
#[derive(Debug)]
pub(crate) struct ColumnCheck<'m> {
    pub(crate) column: &'m Column,
    kind: Kind,
    required: bool,
    null: NullForm,
    /// What the text must keep beside its type; most columns have nothing.
    rules: Option<Box<Rules<'m>>>,
}

/// How a field is read.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Characters: at least, at most.
    Text(usize, usize),
    Uuid,
    Date,
    Time(u8),
    Timestamp(u8),
    Int32,
    BigInt,
    Float,
    Double,
    Boolean(Words),
}

/// What a text must keep beside its type.
#[derive(Debug, Default)]
struct Rules<'m> {
    pattern: Option<Matcher<'m>>,
    algorithm: Option<Algorithm>,
    list: Option<List>,
    /// Whether it must be a hash.
    hash: bool,
    sought: Option<Arc<Sought<'m>>>,
}

impl<'m> ColumnCheck<'m> {
    /// Compiles the check of a column; `sought` is what free text must not hold.
    pub(crate) fn new(
        model: &'m Model,
        table: &'m Table,
        id: ColumnId,
        profile: CsvProfile,
        sought: Option<&Arc<Sought<'m>>>,
    ) -> ColumnCheck<'m> {
        let column = table.column(id);
        let form = model.form_of(&column.ty);
        let is_free = model.free_text_of(table).any(|free| free.id == id);
        let rules = Rules {
            pattern: form.and_then(|form| form.pattern.as_ref()).map(Matcher::of),
            algorithm: form.and_then(|form| form.algorithm),
            list: model.closed_list_of(&column.ty).map(List::of),
            hash: column.ty.base.is_text() && form.is_some_and(|form| form.hash_of.is_some()),
            sought: sought.filter(|_| is_free).cloned(),
        };
        ColumnCheck {
            column,
            kind: Kind::of(column.ty.base, profile.boolean),
            required: column.is_required(),
            null: profile.null,
            rules: (!rules.are_none()).then(|| Box::new(rules)),
        }
    }

    /// Reads the field that begins at `at` into `cell`: the position behind it, where a separator or the
    /// line's end must stand. `None`: not plainly right, look closer. Texts with doubled quotes are kept
    /// in `arena`.
    #[inline(always)]
    pub(crate) fn accept<'c, P: Processor>(
        &self,
        processor: P,
        bytes: &'c [u8],
        at: usize,
        arena: &'c Arena,
        cell: &mut Cell<'c>,
    ) -> Option<usize> {
        if bytes.get(at) != Some(&b'"') {
            // An absent value in the bare form; what stands behind it is looked at by the caller.
            let is_bare = self.null == NullForm::Bare && !self.required;
            *cell = Cell::Null;
            return is_bare.then_some(at);
        }
        let from = at + 1;
        if bytes.get(from) == Some(&b'"') && bytes.get(from + 1) != Some(&b'"') {
            *cell = Cell::Null;
            let is_null = self.null == NullForm::Quoted && !self.required;
            return is_null.then_some(from + 1);
        }
        let end = match self.kind {
            Kind::Text(least, most) => {
                return self.accept_text(processor, bytes, from, (least, most), arena, cell);
            }
            Kind::Uuid => {
                let text = bytes.get(from..)?.first_chunk()?;
                *cell = Cell::Uuid(processor.uuid(text)?);
                from + 36
            }
            Kind::Date => {
                *cell = Cell::Date(temporal::date(bytes, from)?);
                from + 10
            }
            Kind::Time(precision) => {
                let (micros, end) = temporal::time(bytes, from, precision)?;
                *cell = Cell::Time(micros);
                end
            }
            Kind::Timestamp(precision) => {
                let (micros, end) = temporal::timestamp(bytes, from, precision)?;
                *cell = Cell::Timestamp(micros);
                end
            }
            Kind::Int32 | Kind::BigInt => {
                let (number, end) = number::whole(bytes, from)?;
                if matches!(self.kind, Kind::Int32) && i32::try_from(number).is_err() {
                    return None;
                }
                *cell = Cell::Integer(number);
                end
            }
            Kind::Float | Kind::Double => {
                let narrow = matches!(self.kind, Kind::Float);
                let (number, end) = number::decimal(bytes, from, narrow)?;
                *cell = Cell::Double(number);
                end
            }
            Kind::Boolean(words) => {
                let (truth, end) = words.read(bytes, from)?;
                *cell = Cell::Boolean(truth);
                end
            }
        };
        if bytes.get(end) != Some(&b'"') {
            return None;
        }
        if let Some(rules) = &self.rules {
            let text = std::str::from_utf8(bytes.get(from..end)?).ok()?;
            if !rules.accept(processor, text, block_at(bytes, from)) {
                return None;
            }
        }
        Some(end + 1)
    }

    /// A text that is not empty.
    #[inline(always)]
    fn accept_text<'c, P: Processor>(
        &self,
        processor: P,
        bytes: &'c [u8],
        from: usize,
        (least, most): (usize, usize),
        arena: &'c Arena,
        cell: &mut Cell<'c>,
    ) -> Option<usize> {
        let (span, ascii) = processor.text(bytes, from);
        // A quote that nobody closes reaches the end.
        if span.kinds & kernel::CONTROL != 0 || span.end == bytes.len() {
            return None;
        }
        let raw = bytes.get(from..span.end)?;
        let (first, last) = (raw.first()?, raw.last()?);
        if *first == b' ' || *last == b' ' {
            return None;
        }
        let text = match ascii {
            Some(text) => text,
            None => beyond_ascii(processor, raw)?,
        };
        let text = match span.kinds & kernel::DOUBLED {
            0 => text,
            _ => arena.unescaped(text)?,
        };
        // Never more characters than bytes.
        if (text.len() > most || least > 0) && !fits(text, least, most) {
            return None;
        }
        if let Some(rules) = &self.rules {
            let block = match span.kinds & kernel::DOUBLED {
                0 => block_at(bytes, from),
                _ => None,
            };
            if !rules.accept(processor, text, block) {
                return None;
            }
        }
        *cell = Cell::Text(text);
        Some(span.end + 1)
    }
}

/// The bytes from a place on, of which a short text is the beginning: read at once.
#[inline(always)]
fn block_at(bytes: &[u8], from: usize) -> Option<&[u8; 32]> {
    bytes.get(from..)?.first_chunk()
}

impl Kind {
    fn of(base: BaseType, boolean: BooleanForm) -> Kind {
        match base {
            BaseType::Boolean => match boolean {
                BooleanForm::Lower => Kind::Boolean(Words("true", "false")),
                BooleanForm::Title => Kind::Boolean(Words("True", "False")),
                BooleanForm::Digit => Kind::Boolean(Words("1", "0")),
            },
            BaseType::Int32 => Kind::Int32,
            BaseType::BigInt => Kind::BigInt,
            BaseType::Float => Kind::Float,
            BaseType::Double => Kind::Double,
            BaseType::Char(count) => Kind::Text(count as usize, count as usize),
            BaseType::Varchar(most) => Kind::Text(0, most.map_or(usize::MAX, |most| most as usize)),
            BaseType::Link => Kind::Text(0, usize::MAX),
            BaseType::Uuid => Kind::Uuid,
            BaseType::Date => Kind::Date,
            BaseType::Time(precision) => Kind::Time(precision),
            BaseType::Timestamp(precision) => Kind::Timestamp(precision),
        }
    }
}

impl Rules<'_> {
    fn are_none(&self) -> bool {
        self.pattern.is_none()
            && self.algorithm.is_none()
            && self.list.is_none()
            && !self.hash
            && self.sought.is_none()
    }

    /// Whether a text keeps them; `block` is what stands from its beginning on, where so much is there.
    #[inline(always)]
    fn accept<P: Processor>(&self, processor: P, text: &str, block: Option<&[u8; 32]>) -> bool {
        if let Some(pattern) = &self.pattern {
            let is_matched = match block {
                Some(block) if text.len() <= block.len() => {
                    pattern.matches_block(processor, text, block)
                }
                _ => pattern.matches(text),
            };
            if !is_matched {
                return false;
            }
        }
        self.list
            .as_ref()
            .is_none_or(|list| list.holds(text, block))
            && self.accept_rare(text)
    }

    /// What few columns have.
    #[inline(always)]
    fn accept_rare(&self, text: &str) -> bool {
        (!self.hash || is_hash(text))
            && self.algorithm.is_none_or(|one| one.check(text).is_ok())
            && self
                .sought
                .as_ref()
                .is_none_or(|one| !one.is_found_in(text))
    }
}

/// 512 bits as lower-case hexadecimal digits.
fn is_hash(text: &str) -> bool {
    // Without an early end the loop is done in wide registers.
    text.len() == 128
        && text.bytes().fold(true, |all, byte| {
            all & matches!(byte, b'0'..=b'9' | b'a'..=b'f')
        })
}

/// A text beyond ASCII, without blanks around it, without control characters and suspicious words.
#[inline(always)]
fn beyond_ascii<P: Processor>(processor: P, raw: &[u8]) -> Option<&str> {
    match processor.plain(raw) {
        Some(plain) if plain.has_latin => (!look_alike::is_in(plain.text)).then_some(plain.text),
        Some(plain) => Some(plain.text),
        None => {
            let text = std::str::from_utf8(raw).ok()?;
            let is_plain = !text.contains(breaks)
                && text.trim().len() == text.len()
                && !look_alike::is_in(text);
            is_plain.then_some(text)
        }
    }
}

/// Whether a character may not stand in a field.
fn breaks(char: char) -> bool {
    char.is_control() || matches!(char, '\u{2028}' | '\u{2029}')
}

/// Whether a text has at least and at most so many characters.
fn fits(text: &str, least: usize, most: usize) -> bool {
    let length = text.chars().count();
    (least..=most).contains(&length)
}

#[cfg(test)]
mod tests;
