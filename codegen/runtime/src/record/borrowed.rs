//! Rows borrowed from the memory they are read in: texts as they stand in the file, other values as
//! themselves. Every value is checked as an owned one is; nothing is allocated.
//!
//! ```text
//! line ──► Fields ──► Value::read ──► Ref<'_, V> ──► Value::own ──► V
//! ```

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use super::Record;
use super::value::Value;
use crate::Invalid;

/// What a value of type `V` is in a borrowed row: [`Text`] for text, an `Option` of it where a row may
/// lack a value, the value itself for what needs no memory of its own.
pub type Ref<'a, V> = <V as Value>::Ref<'a>;

/// A record that also comes borrowed. Generated code implements it for every table.
pub trait Borrowed: Record {
    /// The borrowed row: the same fields, each a [`Ref`].
    type Ref<'a>;

    /// Makes a borrowed row of the values that `source` gives, in the order of the columns.
    ///
    /// # Errors
    /// The first error of the source.
    fn read_ref<'a, S: RefSource<'a>>(source: &mut S) -> Result<Self::Ref<'a>, S::Error>;

    /// The row, owned.
    fn own(row: &Self::Ref<'_>) -> Self;
}

/// Gives the values of a borrowed row, in the order of the columns.
pub trait RefSource<'a> {
    /// Why there is no value.
    type Error;

    /// Gives the value of the column at position `column`; asked for 0, 1, 2 ….
    ///
    /// # Errors
    /// The value is missing or has not the form of `V`.
    fn field<V: Value>(&mut self, column: usize) -> Result<V::Ref<'a>, Self::Error>;
}

/// A type whose values are texts of some form.
#[doc(hidden)]
pub trait TextType: Sized {
    /// Whether a text is of the form.
    ///
    /// # Errors
    /// What the form refuses.
    fn check(text: &str) -> Result<(), Invalid>;

    /// Takes a text that was checked.
    fn wrap(text: String) -> Self;
}

impl TextType for String {
    fn check(_: &str) -> Result<(), Invalid> {
        Ok(())
    }

    fn wrap(text: String) -> Self {
        text
    }
}

/// The text of a field as it stands between its quotes.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Raw<'a> {
    /// With quotes still doubled.
    pub text: &'a str,
    /// Whether there are doubled quotes.
    pub quotes: Quotes,
}

/// Whether a text has quotes. A word wide: rows are copied in whole words, and a byte behind them
/// would make the processor wait for it.
#[doc(hidden)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(usize)]
pub enum Quotes {
    /// There are none.
    None,
    /// There are, each doubled.
    Doubled,
}

impl<'a> Raw<'a> {
    /// Nothing between the quotes.
    pub const EMPTY: Raw<'static> = Raw {
        text: "",
        quotes: Quotes::None,
    };

    /// Whether there are doubled quotes.
    #[inline(always)]
    pub fn is_escaped(self) -> bool {
        self.quotes == Quotes::Doubled
    }

    /// The text that is meant.
    pub fn content(self) -> Cow<'a, str> {
        if self.is_escaped() {
            Cow::Owned(self.text.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(self.text)
        }
    }
}

/// A text of type `T` that was checked and stands in memory that is borrowed, quotes doubled.
///
/// ```
/// # use vitrina::record::borrowed::Text;
/// fn longest<'a>(texts: &[Text<'a, String>]) -> usize {
///     texts.iter().map(|text| text.to_text().chars().count()).max().unwrap_or(0)
/// }
/// ```
pub struct Text<'a, T> {
    raw: Raw<'a>,
    of: PhantomData<fn() -> T>,
}

impl<'a, T: TextType> Text<'a, T> {
    /// Checks a text of a file.
    #[doc(hidden)]
    #[inline]
    pub fn check(raw: Raw<'a>) -> Result<Self, Invalid> {
        if raw.is_escaped() {
            T::check(&raw.content())?;
        } else {
            T::check(raw.text)?;
        }
        Ok(Text {
            raw,
            of: PhantomData,
        })
    }

    /// As [`Text::check`], without the reason: nothing of it goes through memory.
    #[doc(hidden)]
    #[inline(always)]
    pub fn read(raw: Raw<'a>) -> Option<Self> {
        let is_good = if raw.is_escaped() {
            T::check(&raw.content()).is_ok()
        } else {
            T::check(raw.text).is_ok()
        };
        is_good.then_some(Text {
            raw,
            of: PhantomData,
        })
    }

    /// The owned value.
    pub fn to_value(self) -> T {
        T::wrap(self.raw.content().into_owned())
    }
}

impl<'a, T> Text<'a, T> {
    /// The text; allocated only where it holds quotes.
    pub fn to_text(self) -> Cow<'a, str> {
        self.raw.content()
    }

    /// The text as it stands in the file: quotes doubled.
    pub fn as_written(self) -> &'a str {
        self.raw.text
    }

    /// The text without any copy, unless it holds quotes.
    pub fn as_plain(self) -> Option<&'a str> {
        (!self.raw.is_escaped()).then_some(self.raw.text)
    }
}

impl<T> Clone for Text<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Text<'_, T> {}

impl<T> PartialEq for Text<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        // Quotes are always doubled, so that the same text is written the same.
        self.raw.text == other.raw.text
    }
}

impl<T> Eq for Text<'_, T> {}

impl<T> PartialEq<str> for Text<'_, T> {
    fn eq(&self, other: &str) -> bool {
        self.raw.content() == other
    }
}

/// As the owned value, which hides personal data.
impl<T: TextType + fmt::Debug> fmt::Debug for Text<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_value().fmt(f)
    }
}
