//! The check of a column, compiled once from the model.
//!
//! ```text
//! bytes of a field ─► accept ─► cell            what is right, in one pass
//!                        └──no─► judge ─► cell + faults   what is wrong, in words of the codes
//! ```
//!
//! [`ColumnCheck::accept`] takes nothing that [`ColumnCheck::judge`] has something to say about; it may
//! send to it what is right after all, but rarely.

mod judge;
mod list;
mod look_alike;
mod number;
mod pattern;
mod sought;
mod temporal;

use std::sync::Arc;

use vitrina::identifier::Algorithm;
use vitrina::kernel;
use vitrina_codegen::model::{
    BaseType, BooleanForm, Column, ColumnId, CsvProfile, Model, NullForm, Table,
};

use crate::Cell;
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
    /// The words for true and false.
    Boolean(&'static str, &'static str),
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

    /// Reads the field that begins at `at`: its cell and the position behind it, where a separator or the
    /// line's end must stand. `None`: not plainly right, look closer.
    #[inline]
    pub(crate) fn accept<'c>(&self, bytes: &'c [u8], at: usize) -> Option<(Cell<'c>, usize)> {
        if bytes.get(at) != Some(&b'"') {
            // An absent value in the bare form; what stands behind it is looked at by the caller.
            let is_bare = self.null == NullForm::Bare && !self.required;
            return is_bare.then_some((Cell::Null, at));
        }
        let from = at + 1;
        let (cell, end) = match self.kind {
            Kind::Text(least, most) => return self.accept_text(bytes, from, least, most),
            Kind::Uuid => match bytes.get(from..).and_then(|rest| rest.first_chunk()) {
                Some(text) => match kernel::uuid(text) {
                    Some(number) => (Cell::Uuid(number), from + 36),
                    None => return self.accept_null(bytes, from),
                },
                None => return self.accept_null(bytes, from),
            },
            Kind::Date => match temporal::date(bytes, from) {
                Some(day) => (Cell::Date(day), from + 10),
                None => return self.accept_null(bytes, from),
            },
            Kind::Time(precision) => match temporal::time(bytes, from, precision) {
                Some((micros, end)) => (Cell::Time(micros), end),
                None => return self.accept_null(bytes, from),
            },
            Kind::Timestamp(precision) => match temporal::timestamp(bytes, from, precision) {
                Some((micros, end)) => (Cell::Timestamp(micros), end),
                None => return self.accept_null(bytes, from),
            },
            Kind::Int32 | Kind::BigInt => match number::whole(bytes, from) {
                Some((number, end)) => {
                    if matches!(self.kind, Kind::Int32) && i32::try_from(number).is_err() {
                        return None;
                    }
                    (Cell::Integer(number), end)
                }
                None => return self.accept_null(bytes, from),
            },
            Kind::Float | Kind::Double => {
                let narrow = matches!(self.kind, Kind::Float);
                match number::decimal(bytes, from, narrow) {
                    Some((number, end)) => (Cell::Double(number), end),
                    None => return self.accept_null(bytes, from),
                }
            }
            Kind::Boolean(yes, no) => match boolean(bytes, from, yes, no) {
                Some((truth, end)) => (Cell::Boolean(truth), end),
                None => return self.accept_null(bytes, from),
            },
        };
        if bytes.get(end) != Some(&b'"') {
            return None;
        }
        if let Some(rules) = &self.rules {
            let text = std::str::from_utf8(bytes.get(from..end)?).ok()?;
            if !rules.accept(text) {
                return None;
            }
        }
        Some((cell, end + 1))
    }

    #[inline]
    fn accept_text<'c>(
        &self,
        bytes: &'c [u8],
        from: usize,
        least: usize,
        most: usize,
    ) -> Option<(Cell<'c>, usize)> {
        let (span, ascii) = kernel::text_and_ascii(bytes, from);
        if span.kinds & (kernel::CONTROL | kernel::DOUBLED) != 0 {
            return None;
        }
        let raw = bytes.get(from..span.end)?;
        let (Some(first), Some(last)) = (raw.first(), raw.last()) else {
            return self.accept_null(bytes, from);
        };
        if *first == b' ' || *last == b' ' {
            return None;
        }
        let text = match ascii {
            Some(text) => text,
            None => beyond_ascii(raw)?,
        };
        // Never more characters than bytes.
        if (raw.len() > most || least > 0) && !fits(text, least, most) {
            return None;
        }
        if let Some(rules) = &self.rules
            && !rules.accept(text)
        {
            return None;
        }
        Some((Cell::Text(text), span.end + 1))
    }

    /// An absent value in the quoted form.
    #[inline]
    fn accept_null<'c>(&self, bytes: &[u8], from: usize) -> Option<(Cell<'c>, usize)> {
        let is_null =
            bytes.get(from) == Some(&b'"') && self.null == NullForm::Quoted && !self.required;
        is_null.then_some((Cell::Null, from + 1))
    }
}

impl Kind {
    fn of(base: BaseType, boolean: BooleanForm) -> Kind {
        match base {
            BaseType::Boolean => match boolean {
                BooleanForm::Lower => Kind::Boolean("true", "false"),
                BooleanForm::Title => Kind::Boolean("True", "False"),
                BooleanForm::Digit => Kind::Boolean("1", "0"),
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

    fn accept(&self, text: &str) -> bool {
        self.pattern.as_ref().is_none_or(|one| one.matches(text))
            && (!self.hash || is_hash(text))
            && self.list.as_ref().is_none_or(|list| list.holds(text))
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

fn boolean(bytes: &[u8], from: usize, yes: &str, no: &str) -> Option<(bool, usize)> {
    let rest = bytes.get(from..)?;
    if rest.starts_with(yes.as_bytes()) {
        Some((true, from + yes.len()))
    } else {
        let is_no = rest.starts_with(no.as_bytes());
        is_no.then_some((false, from + no.len()))
    }
}

/// A text beyond ASCII, without blanks around it, without control characters and suspicious words.
fn beyond_ascii(raw: &[u8]) -> Option<&str> {
    match kernel::plain(raw) {
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
