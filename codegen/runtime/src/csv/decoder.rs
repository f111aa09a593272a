//! A line to a row, with the reason and the place of what is wrong. Good lines are taken by
//! [`fields`](super::fields); what they do not take is looked at here, slowly and closely.

use super::error::ErrorKind;
use super::fields::Fields;
use super::profile::{NullForm, Options};
use super::text::refused_character;
use crate::Invalid;
use crate::record::borrowed::{Borrowed, Quotes, Raw, RefSource};
use crate::record::value::Value;
use crate::record::{Record, RowSource};

/// What is wrong with a row.
pub(super) struct Fault {
    pub(super) column: Option<usize>,
    /// Offset in the line.
    pub(super) byte: usize,
    pub(super) kind: ErrorKind,
}

/// What is made of a line: a row, owned or borrowed.
pub(super) trait Shape<'a> {
    type Row;
    /// Columns of the table.
    const COLUMNS: usize;

    fn close(decoder: &mut Decoder<'a>) -> Result<Self::Row, Fault>;
}

/// An owned row.
pub(super) struct Owned<R>(R);

impl<R: Record> Shape<'_> for Owned<R> {
    type Row = R;
    const COLUMNS: usize = R::TABLE.columns.len();

    fn close(decoder: &mut Decoder<'_>) -> Result<R, Fault> {
        R::read_row(decoder)
    }
}

/// A borrowed row.
pub(super) struct Lent<R>(R);

impl<'a, R: Borrowed> Shape<'a> for Lent<R> {
    type Row = R::Ref<'a>;
    const COLUMNS: usize = R::TABLE.columns.len();

    fn close(decoder: &mut Decoder<'a>) -> Result<Self::Row, Fault> {
        R::read_ref(decoder)
    }
}

/// The row of a line, with every look that [`Quick`] spares.
#[cold]
#[inline(never)]
pub(super) fn decode_closely<'a, S: Shape<'a>>(
    bytes: &'a [u8],
    options: Options,
) -> Result<S::Row, Fault> {
    let fault = |kind| Fault {
        column: None,
        byte: 0,
        kind,
    };
    let bytes = match bytes.strip_suffix(b"\r") {
        Some(rest) if options.carriage_return => rest,
        Some(_) => return Err(fault(ErrorKind::CarriageReturn)),
        None => bytes,
    };
    let text = std::str::from_utf8(bytes).map_err(|error| Fault {
        column: None,
        byte: error.valid_up_to(),
        kind: ErrorKind::Value(Invalid::Encoding),
    })?;
    let mut decoder = Decoder {
        rest: Some(text),
        line: text,
        options,
    };
    let row = S::close(&mut decoder);
    match row {
        Ok(row) if decoder.rest.is_none() => Ok(row),
        // Too many or too few fields say more than what a shifted value looks like.
        row => {
            let expected = S::COLUMNS;
            match count_fields(text) {
                Some(found) if found != expected => {
                    Err(fault(ErrorKind::FieldCount { expected, found }))
                }
                _ => row.and_then(|_| Err(fault(ErrorKind::StrayQuote))),
            }
        }
    }
}

/// The number of fields of a line whose quotes are in order.
fn count_fields(line: &str) -> Option<usize> {
    let (mut fields, mut inside) = (1, false);
    for byte in line.bytes() {
        match byte {
            b'"' => inside = !inside,
            b';' if !inside => fields += 1,
            _ => {}
        }
    }
    (!inside).then_some(fields)
}

/// Takes the fields of a good line.
pub(super) struct Quick<'a>(Fields<'a>);

impl<'a> Quick<'a> {
    /// The fields of the first `end` of `bytes`.
    #[inline]
    pub(super) fn new(bytes: &'a [u8], end: usize, options: &Options) -> Self {
        // A carriage return is no part of the last field.
        let is_return = end > 0 && options.carriage_return && bytes.get(end - 1) == Some(&b'\r');
        Quick(Fields::new(bytes, end - usize::from(is_return), options))
    }

    /// Whether every field was taken, and there was none too many.
    #[inline]
    pub(super) fn is_done(&self) -> bool {
        self.0.is_done()
    }
}

/// A field is not as fields mostly are.
pub(super) struct Unusual;

impl<'a> RefSource<'a> for Quick<'a> {
    type Error = Unusual;

    #[inline(always)]
    fn field<V: Value>(&mut self, _column: usize) -> Result<V::Ref<'a>, Unusual> {
        V::read(&mut self.0).ok_or(Unusual)
    }
}

impl RowSource for Quick<'_> {
    type Error = Unusual;

    #[inline(always)]
    fn field<V: Value>(&mut self, _column: usize) -> Result<V, Unusual> {
        V::read(&mut self.0).map(V::own).ok_or(Unusual)
    }
}

/// Takes the fields of a line one by one.
pub(super) struct Decoder<'a> {
    line: &'a str,
    /// What is left; none behind the last field.
    rest: Option<&'a str>,
    options: Options,
}

/// A field as it stands.
enum Field<'a> {
    Bare,
    Quoted(Raw<'a>),
}

impl<'a> Decoder<'a> {
    fn take(&mut self) -> Result<Field<'a>, ErrorKind> {
        let Some(rest) = self.rest else {
            // `decode` turns this into the count of fields.
            return Err(ErrorKind::Value(Invalid::Empty));
        };
        let Some(quoted) = rest.strip_prefix('"') else {
            let (field, rest) = match rest.split_once(';') {
                Some((field, rest)) => (field, Some(rest)),
                None => (rest, None),
            };
            self.rest = rest;
            let bare = field.is_empty()
                && (self.options.bare_empty || self.options.profile.null == NullForm::Bare);
            return if bare {
                Ok(Field::Bare)
            } else {
                Err(ErrorKind::Unquoted)
            };
        };
        let (raw, rest) = unquote(quoted)?;
        self.rest = match rest.strip_prefix(';') {
            Some(rest) => Some(rest),
            None if rest.is_empty() => None,
            None => return Err(ErrorKind::StrayQuote),
        };
        Ok(Field::Quoted(raw))
    }

    fn value<V: Value>(&mut self) -> Result<V::Ref<'a>, ErrorKind> {
        let raw = match self.take()? {
            Field::Bare => return V::absent_ref().ok_or(ErrorKind::Value(Invalid::Empty)),
            Field::Quoted(raw) => raw,
        };
        if raw.text.is_empty() {
            // With bare nulls the quoted empty text is a text, where the type has it.
            let null = self.options.profile.null == NullForm::Quoted || !V::EMPTY;
            return match V::absent_ref() {
                None => Err(ErrorKind::Value(Invalid::Empty)),
                Some(absent) if null => Ok(absent),
                Some(_) => V::borrow(raw).map_err(ErrorKind::Value),
            };
        }
        if let Some(invalid) = refused_character(raw.text) {
            return Err(ErrorKind::Value(invalid));
        }
        let plain = |text| Raw {
            text,
            quotes: Quotes::None,
        };
        let value = if V::BOOLEAN {
            match self.options.profile.boolean.value(&raw.content()) {
                Some(true) => V::borrow(plain("true")),
                Some(false) => V::borrow(plain("false")),
                None => Err(Invalid::NotBoolean),
            }
        } else {
            V::borrow(raw)
        };
        value.map_err(ErrorKind::Value)
    }

    fn at_column<V: Value>(&mut self, column: usize) -> Result<V::Ref<'a>, Fault> {
        let byte = self.line.len() - self.rest.map_or(0, str::len);
        self.value::<V>().map_err(|kind| Fault {
            column: Some(column),
            byte,
            kind,
        })
    }
}

/// Splits behind the closing quote.
fn unquote(quoted: &str) -> Result<(Raw<'_>, &str), ErrorKind> {
    let (mut searched, mut quotes) = (0, Quotes::None);
    loop {
        let unseen = quoted.get(searched..).unwrap_or_default();
        let Some(quote) = unseen.find('"') else {
            return Err(ErrorKind::OpenQuote);
        };
        let (text, rest) = quoted.split_at(searched + quote);
        let rest = rest.get(1..).unwrap_or_default();
        if !rest.starts_with('"') {
            return Ok((Raw { text, quotes }, rest));
        }
        quotes = Quotes::Doubled;
        searched += quote + 2;
    }
}

impl RowSource for Decoder<'_> {
    type Error = Fault;

    fn field<V: Value>(&mut self, column: usize) -> Result<V, Fault> {
        self.at_column::<V>(column).map(V::own)
    }
}

impl<'a> RefSource<'a> for Decoder<'a> {
    type Error = Fault;

    fn field<V: Value>(&mut self, column: usize) -> Result<V::Ref<'a>, Fault> {
        self.at_column::<V>(column)
    }
}
