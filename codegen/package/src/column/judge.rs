//! The closer look at one field: what is wrong with it, and what can still be read.

use std::borrow::Cow;

use vitrina_codegen::model::eval::Value;
use vitrina_codegen::model::{BaseType, NullForm, ValueType};

use super::{ColumnCheck, Kind, Words, breaks, fits, is_hash, look_alike};
use crate::{Cell, Code, code};

/// A field as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field<'l> {
    pub(crate) quoted: bool,
    /// What stands within the quotes, doubled ones made one.
    pub(crate) text: Cow<'l, str>,
}

/// What is wrong with the fields of a row.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// The codes, each once for a field.
    pub(crate) codes: Vec<Code>,
    /// Whether a closed list would refuse the field, whatever else is said: no value is on a list.
    pub(crate) off_list: bool,
}

impl ColumnCheck<'_> {
    /// Judges a field. Of one that is no value of its type only that is said.
    pub(crate) fn judge<'f>(&self, field: &'f Field<'_>, judged: &mut Judged) -> Cell<'f> {
        judged.codes.clear();
        judged.off_list = false;
        let text = &*field.text;
        if text.is_empty() {
            let in_form = field.quoted == (self.null == NullForm::Quoted);
            match () {
                () if self.required => judged.codes.push(code::REQUIRED),
                () if !in_form => judged.codes.push(code::NULL_FORM),
                () => {}
            }
            return Cell::Null;
        }
        if text.contains('\0') {
            judged.codes.push(code::NUL);
        } else if text.contains(breaks) {
            judged.codes.push(code::CONTROL);
        }
        let Some(cell) = self.read(text) else {
            if judged.codes.is_empty() {
                judged.codes.push(self.unreadable(text));
            }
            let rules = self.rules.as_ref();
            judged.off_list = rules.is_some_and(|rules| rules.list.is_some());
            return Cell::Unreadable;
        };
        self.judge_rules(text, judged);
        self.judge_looks(text, judged);
        cell
    }

    /// The value of a text.
    fn read<'f>(&self, text: &'f str) -> Option<Cell<'f>> {
        let text = match self.kind {
            Kind::Text(..) => return Some(Cell::Text(text)),
            Kind::Boolean(Words(yes, no)) => {
                let is_known = text == yes || text == no;
                return is_known.then_some(Cell::Boolean(text == yes));
            }
            _ => text,
        };
        match Value::parse(self.column.ty.base, text)? {
            Value::Integer(number) => i64::try_from(number).ok().map(Cell::Integer),
            Value::Double(number) => Some(Cell::Double(number)),
            Value::Date(day) => Some(Cell::Date(day.0)),
            Value::Time(micros) => Some(Cell::Time(micros)),
            Value::Timestamp(micros) => Some(Cell::Timestamp(micros)),
            Value::Uuid(number) => Some(Cell::Uuid(number)),
            Value::Boolean(_) | Value::Text(_) => None,
        }
    }

    /// Why a text is no value of its column's type.
    fn unreadable(&self, text: &str) -> Code {
        let base = self.column.ty.base;
        match base.value_type() {
            ValueType::Date | ValueType::Time | ValueType::Timestamp => code::DATE,
            // Written as a number, but too large a one.
            ValueType::Integer if is_whole(text) => code::RANGE,
            ValueType::Double if text.parse::<f64>().is_ok() && is_decimal(text) => code::RANGE,
            _ => code::TYPE,
        }
    }

    fn judge_rules(&self, text: &str, judged: &mut Judged) {
        let rules = self.rules.as_deref();
        if rules.is_some_and(|rules| rules.hash && !is_hash(text)) {
            // That it has not the form of a hash, nor its length, is the same fault again.
            judged.codes.push(code::HASH);
            return;
        }
        let before = judged.codes.len();
        if let Kind::Text(least, most) = self.kind
            && !fits(text, least, most)
        {
            let is_fixed = matches!(self.column.ty.base, BaseType::Char(_));
            judged.codes.push(match is_fixed {
                true => code::LENGTH,
                false => code::TOO_LONG,
            });
        }
        let Some(rules) = rules else {
            return;
        };
        let has_form = rules.pattern.as_ref().is_none_or(|one| one.matches(text));
        if judged.codes.len() == before {
            match rules.algorithm {
                _ if !has_form => judged.codes.push(code::PATTERN),
                Some(algorithm) if before == 0 && algorithm.check(text).is_err() => {
                    judged.codes.push(code::CHECK_DIGIT);
                }
                _ => {}
            }
        }
        if rules
            .list
            .as_ref()
            .is_some_and(|list| !list.holds(text, None))
        {
            judged.codes.push(code::CODE);
        }
        if rules
            .sought
            .as_ref()
            .is_some_and(|sought| sought.is_found_in(text))
        {
            judged.codes.push(code::FREE_TEXT);
        }
    }

    /// What is suspicious in a text that may be right.
    fn judge_looks(&self, text: &str, judged: &mut Judged) {
        if !matches!(self.kind, Kind::Text(..)) {
            return;
        }
        if text
            .trim_matches(|char: char| char.is_whitespace() && !breaks(char))
            .len()
            != text.len()
        {
            judged.codes.push(code::BLANKS);
        }
        if !text.is_ascii() && look_alike::is_in(text) {
            judged.codes.push(code::LOOK_ALIKE);
        }
    }
}

fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|first: char| first.is_ascii_digit())
}
