//! Values of columns: how a Rust type shows itself as a bare value and is made from text or from a
//! bare value.

use std::str::FromStr;

use super::borrowed::Raw;
use super::datum::Datum;
use super::put::Put;
use crate::csv::fields::Fields;
use crate::{Date, Invalid, Time, Timestamp, Uuid};

/// The type of a column's values: a base type, a type that generated code declares, or an `Option`
/// of one where a row may lack a value.
pub trait Value: Sized {
    /// Whether `None` stands for no value.
    const OPTIONAL: bool = false;
    /// Whether the empty text is a value.
    const EMPTY: bool = false;
    /// Whether values are true and false, which files spell differently.
    const BOOLEAN: bool = false;

    /// The value in a borrowed row.
    type Ref<'a>: Clone;

    /// The bare value.
    fn datum(&self) -> Datum<'_>;

    /// Gives the value to what writes it.
    #[inline(always)]
    fn put<P: Put>(&self, to: P) -> P::Out {
        to.datum(self.datum())
    }

    /// Reads the text of a field; truth values are `true` and `false`.
    ///
    /// # Errors
    /// The text is no value of this type.
    fn from_text(text: &str) -> Result<Self, Invalid>;

    /// Takes a bare value, as JSON has them: text is read as by [`Value::from_text`].
    ///
    /// # Errors
    /// The value is of another type or form.
    fn from_datum(datum: Datum<'_>) -> Result<Self, Invalid> {
        match datum {
            Datum::Text(text) => Self::from_text(text),
            Datum::Null => Err(Invalid::Empty),
            _ => Err(Self::wrong_type()),
        }
    }

    /// What no value is: `None`, where the type has it.
    fn absent() -> Option<Self> {
        None
    }

    /// What no value is in a borrowed row.
    #[doc(hidden)]
    fn absent_ref<'a>() -> Option<Self::Ref<'a>> {
        None
    }

    /// Takes the next field of a good line; none where it must be looked at more closely.
    #[doc(hidden)]
    fn read<'a>(fields: &mut Fields<'a>) -> Option<Self::Ref<'a>>;

    /// Takes the text of a field that is not empty.
    ///
    /// # Errors
    /// As for [`Value::from_text`].
    #[doc(hidden)]
    fn borrow(raw: Raw<'_>) -> Result<Self::Ref<'_>, Invalid>;

    /// The value, owned.
    #[doc(hidden)]
    fn own(value: Self::Ref<'_>) -> Self;

    /// What to say of a bare value of another type.
    fn wrong_type() -> Invalid {
        Self::from_text("").err().unwrap_or(Invalid::Encoding)
    }
}

impl<V: Value> Value for Option<V> {
    type Ref<'a> = Option<V::Ref<'a>>;

    const OPTIONAL: bool = true;
    const EMPTY: bool = V::EMPTY;
    const BOOLEAN: bool = V::BOOLEAN;

    #[inline]
    fn datum(&self) -> Datum<'_> {
        self.as_ref().map_or(Datum::Null, V::datum)
    }

    #[inline(always)]
    fn put<P: Put>(&self, to: P) -> P::Out {
        match self {
            None => to.null(),
            Some(value) => value.put(to),
        }
    }

    #[inline]
    fn from_text(text: &str) -> Result<Self, Invalid> {
        V::from_text(text).map(Some)
    }

    fn from_datum(datum: Datum<'_>) -> Result<Self, Invalid> {
        match datum {
            Datum::Null => Ok(None),
            datum => V::from_datum(datum).map(Some),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn absent_ref<'a>() -> Option<Self::Ref<'a>> {
        Some(None)
    }

    #[inline(always)]
    fn read<'a>(fields: &mut Fields<'a>) -> Option<Self::Ref<'a>> {
        if fields.null(V::EMPTY) {
            return Some(None);
        }
        if V::EMPTY && fields.empty() {
            return V::borrow(Raw::EMPTY).ok().map(Some);
        }
        V::read(fields).map(Some)
    }

    fn borrow(raw: Raw<'_>) -> Result<Self::Ref<'_>, Invalid> {
        V::borrow(raw).map(Some)
    }

    #[inline(always)]
    fn own(value: Self::Ref<'_>) -> Self {
        value.map(V::own)
    }
}

impl Value for bool {
    const BOOLEAN: bool = true;

    crate::plain_value!(|fields| fields.boolean());

    #[inline]
    fn datum(&self) -> Datum<'_> {
        Datum::Boolean(*self)
    }

    #[inline(always)]
    fn put<P: Put>(&self, to: P) -> P::Out {
        to.boolean(*self)
    }

    fn from_text(text: &str) -> Result<Self, Invalid> {
        match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(Invalid::NotBoolean),
        }
    }

    fn from_datum(datum: Datum<'_>) -> Result<Self, Invalid> {
        datum.boolean().ok_or(Invalid::NotBoolean)
    }
}

/// A field whose text is read by the standard library or by a parser of this crate.
#[inline(always)]
fn parsed<V: Value>(fields: &mut Fields<'_>) -> Option<V> {
    V::from_text(fields.text().filter(|raw| !raw.is_escaped())?.text).ok()
}

/// A field of digits.
#[inline(always)]
fn whole<N: Value + TryFrom<i64>>(fields: &mut Fields<'_>) -> Option<N> {
    let raw = fields.text()?;
    // Eighteen digits fit.
    if raw.text.len() > 18 {
        return N::from_text(raw.text).ok();
    }
    let (negative, digits) = match raw.text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value = 0;
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + i64::from(digit);
    }
    N::try_from(if negative { -value } else { value }).ok()
}

#[inline(always)]
fn uuid(fields: &mut Fields<'_>) -> Option<Uuid> {
    Uuid::read(fields.fixed()?)
}

#[inline(always)]
fn date(fields: &mut Fields<'_>) -> Option<Date> {
    Date::parse(fields.fixed::<10>()?).ok()
}

/// A timestamp without a fraction, else as any text.
#[inline(always)]
fn timestamp(fields: &mut Fields<'_>) -> Option<Timestamp> {
    match fields.fixed::<19>() {
        Some(text) => Timestamp::read(text),
        None => parsed(fields),
    }
}

/// Reads a whole number as the showcase writes it: digits, a minus before them where needed.
fn integer<N: FromStr<Err = std::num::ParseIntError>>(text: &str) -> Result<N, Invalid> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Invalid::NotInteger);
    }
    text.parse().map_err(|_| Invalid::OutOfRange)
}

/// Reads a number with a fraction: decimal, with an exponent or without, never infinite.
fn fraction<N: FromStr + Into<f64> + Copy>(text: &str) -> Result<N, Invalid> {
    let decimal = |byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
    if text.starts_with('+') || !text.bytes().all(decimal) {
        return Err(Invalid::NotNumber);
    }
    let number: N = text.parse().map_err(|_| Invalid::NotNumber)?;
    let wide: f64 = number.into();
    if wide.is_finite() {
        Ok(number)
    } else {
        Err(Invalid::OutOfRange)
    }
}

macro_rules! integers {
    ($($type:ty)*) => {$(
        impl Value for $type {
            crate::plain_value!(|fields| whole(fields));

            #[inline]
            fn datum(&self) -> Datum<'_> {
                Datum::Integer(i64::from(*self))
            }

            #[inline(always)]
            fn put<P: Put>(&self, to: P) -> P::Out {
                to.integer(i64::from(*self))
            }

            fn from_text(text: &str) -> Result<Self, Invalid> {
                integer(text)
            }

            fn from_datum(datum: Datum<'_>) -> Result<Self, Invalid> {
                match datum {
                    Datum::Integer(value) => value.try_into().map_err(|_| Invalid::OutOfRange),
                    Datum::Null => Err(Invalid::Empty),
                    _ => Err(Invalid::NotInteger),
                }
            }
        }
    )*};
}

integers!(i32 i64);

impl Value for f64 {
    crate::plain_value!(|fields| parsed(fields));

    #[inline]
    fn datum(&self) -> Datum<'_> {
        Datum::Double(*self)
    }

    #[inline(always)]
    fn put<P: Put>(&self, to: P) -> P::Out {
        to.double(*self)
    }

    fn from_text(text: &str) -> Result<Self, Invalid> {
        fraction(text)
    }

    #[allow(clippy::cast_precision_loss)] // JSON has one kind of numbers.
    fn from_datum(datum: Datum<'_>) -> Result<Self, Invalid> {
        match datum {
            Datum::Integer(value) => Ok(value as f64),
            Datum::Null => Err(Invalid::Empty),
            datum => datum.double().ok_or(Invalid::NotNumber),
        }
    }
}

impl Value for f32 {
    crate::plain_value!(|fields| parsed(fields));

    #[inline]
    fn datum(&self) -> Datum<'_> {
        Datum::Float(*self)
    }

    #[inline(always)]
    fn put<P: Put>(&self, to: P) -> P::Out {
        to.float(*self)
    }

    fn from_text(text: &str) -> Result<Self, Invalid> {
        fraction(text)
    }

    #[allow(clippy::cast_possible_truncation)] // The nearest 32-bit number is the meaning.
    fn from_datum(datum: Datum<'_>) -> Result<Self, Invalid> {
        let near = f64::from_datum(datum)? as f32;
        if near.is_finite() {
            Ok(near)
        } else {
            Err(Invalid::OutOfRange)
        }
    }
}

impl Value for String {
    const EMPTY: bool = true;

    crate::text_value!();

    #[inline]
    fn datum(&self) -> Datum<'_> {
        Datum::Text(self)
    }

    #[inline(always)]
    fn put<P: Put>(&self, to: P) -> P::Out {
        to.text(self)
    }

    #[inline]
    fn from_text(text: &str) -> Result<Self, Invalid> {
        Ok(text.to_owned())
    }

    fn wrong_type() -> Invalid {
        Invalid::NotText
    }
}

macro_rules! parsed {
    ($($type:ident $read:ident $put:ident($of:pat => $given:expr);)*) => {$(
        impl Value for $type {
            crate::plain_value!(|fields| $read(fields));

            #[inline]
            fn datum(&self) -> Datum<'_> {
                Datum::$type(*self)
            }

            #[inline(always)]
            fn put<P: Put>(&self, to: P) -> P::Out {
                let $of = self;
                to.$put($given)
            }

            #[inline]
            fn from_text(text: &str) -> Result<Self, Invalid> {
                text.parse()
            }
        }
    )*};
}

parsed! {
    Uuid uuid uuid(uuid => uuid);
    Date date date(date => *date);
    Time parsed time(time => time);
    Timestamp timestamp timestamp(at => at);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_written() {
        assert_eq!(i32::from_text("-12"), Ok(-12));
        for text in ["", "-", "+1", " 1", "1.0", "١"] {
            assert_eq!(i32::from_text(text), Err(Invalid::NotInteger), "{text:?}");
        }
        assert_eq!(i32::from_text("2147483648"), Err(Invalid::OutOfRange));
        assert_eq!(i64::from_text("2147483648"), Ok(2_147_483_648));
        assert_eq!(f64::from_text("1e3"), Ok(1000.0));
        for text in ["", "NaN", "inf", "+1", "1,5", "infinity"] {
            assert_eq!(f64::from_text(text), Err(Invalid::NotNumber), "{text:?}");
        }
        assert_eq!(f64::from_text("1e999"), Err(Invalid::OutOfRange));
    }

    #[test]
    fn bare_values_keep_their_type() {
        assert_eq!(f64::from_datum(Datum::Integer(2)), Ok(2.0));
        assert_eq!(
            i32::from_datum(Datum::Double(2.0)),
            Err(Invalid::NotInteger)
        );
        assert_eq!(
            i32::from_datum(Datum::Integer(1 << 40)),
            Err(Invalid::OutOfRange)
        );
        assert_eq!(
            bool::from_datum(Datum::Integer(1)),
            Err(Invalid::NotBoolean)
        );
        assert_eq!(Date::from_datum(Datum::Integer(1)), Err(Invalid::DateForm));
        assert_eq!(<Option<i32>>::from_datum(Datum::Null), Ok(None));
        assert_eq!(i32::from_datum(Datum::Null), Err(Invalid::Empty));
        assert!(String::from_datum(Datum::Integer(1)).is_err());
    }
}
