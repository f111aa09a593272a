//! The implementations that every generated type has in the same words. Generated code calls these
//! macros with a type of its own; everything in them is named by its full path, so that no type of a
//! model, however named, gets in the way.

/// Implements a text type: a tuple struct around `String` whose texts have the [`Form`] of its
/// constant `FORM`.
///
/// [`Form`]: crate::record::form::Form
#[doc(hidden)]
#[macro_export]
macro_rules! text_type {
    ($name:ident) => {
        impl $name {
            /// Checks a text and takes it as it is.
            ///
            /// # Errors
            /// What the form refuses; never holds the text.
            pub fn parse(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, $crate::Invalid> {
                Self::FORM.check(text)?;
                ::core::result::Result::Ok(Self(::std::string::String::from(text)))
            }

            /// The text.
            pub fn as_str(&self) -> &::core::primitive::str {
                &self.0
            }

            /// The text, owned.
            pub fn into_string(self) -> ::std::string::String {
                self.0
            }
        }

        impl $crate::record::borrowed::TextType for $name {
            #[inline]
            fn check(text: &::core::primitive::str) -> ::core::result::Result<(), $crate::Invalid> {
                Self::FORM.check(text)
            }

            #[inline]
            fn wrap(text: ::std::string::String) -> Self {
                Self(text)
            }
        }

        impl $crate::record::value::Value for $name {
            $crate::text_value!();

            #[inline]
            fn datum(&self) -> $crate::record::datum::Datum<'_> {
                $crate::record::datum::Datum::Text(&self.0)
            }

            #[inline(always)]
            fn put<P: $crate::record::put::Put>(&self, to: P) -> P::Out {
                to.text(&self.0)
            }

            fn from_text(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, $crate::Invalid> {
                Self::parse(text)
            }

            fn wrong_type() -> $crate::Invalid {
                $crate::Invalid::NotText
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::record::debug::text(::core::stringify!($name), Self::FORM, &self.0, f)
            }
        }

        impl ::core::convert::AsRef<::core::primitive::str> for $name {
            fn as_ref(&self) -> &::core::primitive::str {
                &self.0
            }
        }

        $crate::text_forms!($name);
        $crate::json_value!($name);
    };
}

/// What a [`Value`](crate::record::value::Value) that needs no memory of its own is in a borrowed row:
/// itself. The expression takes it from the fields of a line.
#[doc(hidden)]
#[macro_export]
macro_rules! plain_value {
    (|$fields:ident| $read:expr) => {
        type Ref<'a> = Self;

        #[inline(always)]
        fn read<'a>($fields: &mut $crate::csv::fields::Fields<'a>) -> ::core::option::Option<Self> {
            $read
        }

        fn borrow(
            raw: $crate::record::borrowed::Raw<'_>,
        ) -> ::core::result::Result<Self, $crate::Invalid> {
            $crate::record::value::Value::from_text(&raw.content())
        }

        #[inline(always)]
        fn own(value: Self) -> Self {
            value
        }
    };
}

/// What a text is in a borrowed row.
#[doc(hidden)]
#[macro_export]
macro_rules! text_value {
    () => {
        type Ref<'a> = $crate::record::borrowed::Text<'a, Self>;

        #[inline(always)]
        fn read<'a>(
            fields: &mut $crate::csv::fields::Fields<'a>,
        ) -> ::core::option::Option<$crate::record::borrowed::Text<'a, Self>> {
            $crate::record::borrowed::Text::read(fields.text()?)
        }

        fn borrow(
            raw: $crate::record::borrowed::Raw<'_>,
        ) -> ::core::result::Result<$crate::record::borrowed::Text<'_, Self>, $crate::Invalid> {
            $crate::record::borrowed::Text::check(raw)
        }

        #[inline(always)]
        fn own(value: $crate::record::borrowed::Text<'_, Self>) -> Self {
            value.to_value()
        }
    };
}

/// Implements the key of a table: a text type that is also made of the supplier's prefix.
#[doc(hidden)]
#[macro_export]
macro_rules! key_type {
    ($name:ident) => {
        $crate::text_type!($name);

        impl $name {
            /// The key of the row that the supplier calls `id`, a number or a text: `<PREFIX>-<id>`.
            ///
            /// # Errors
            /// The id is empty, or the form refuses the key; never holds the text.
            pub fn new(
                prefix: &$crate::Prefix,
                id: impl ::core::fmt::Display,
            ) -> ::core::result::Result<Self, $crate::Invalid> {
                $crate::record::form::key_text(Self::FORM, prefix, &id).map(Self)
            }
        }
    };
}

/// Implements the key of a table that is no text: a tuple struct around a base type.
#[doc(hidden)]
#[macro_export]
macro_rules! bare_key_type {
    ($name:ident, $base:ty, $personal:expr) => {
        impl $crate::record::value::Value for $name {
            $crate::plain_value!(
                |fields| <$base as $crate::record::value::Value>::read(fields)
                    .map(|value| Self(<$base as $crate::record::value::Value>::own(value)))
            );

            #[inline]
            fn datum(&self) -> $crate::record::datum::Datum<'_> {
                $crate::record::value::Value::datum(&self.0)
            }

            #[inline(always)]
            fn put<P: $crate::record::put::Put>(&self, to: P) -> P::Out {
                $crate::record::value::Value::put(&self.0, to)
            }

            fn from_text(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, $crate::Invalid> {
                <$base as $crate::record::value::Value>::from_text(text).map(Self)
            }

            fn from_datum(
                datum: $crate::record::datum::Datum<'_>,
            ) -> ::core::result::Result<Self, $crate::Invalid> {
                <$base as $crate::record::value::Value>::from_datum(datum).map(Self)
            }
        }

        impl ::core::convert::From<$base> for $name {
            fn from(key: $base) -> Self {
                Self(key)
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::record::debug::bare(::core::stringify!($name), $personal, &self.0, f)
            }
        }

        $crate::text_forms!($name);
        $crate::json_value!($name);
    };
}

/// Implements a closed classifier: an enum with the constants `LIST` and `ALL`, its variants in the
/// order of the list.
#[doc(hidden)]
#[macro_export]
macro_rules! classifier_type {
    ($name:ident) => {
        impl $name {
            fn entry(self) -> &'static $crate::record::meta::Entry {
                &Self::LIST.entries[self as ::core::primitive::usize]
            }

            /// The code as it stands in the data.
            pub fn code(self) -> &'static ::core::primitive::str {
                self.entry().code
            }

            /// The title, Russian.
            pub fn title(self) -> &'static ::core::primitive::str {
                self.entry().title
            }

            /// The value of a code.
            pub fn from_code(code: &::core::primitive::str) -> ::core::option::Option<Self> {
                Self::LIST.find(code).map(|position| Self::ALL[position])
            }
        }

        impl $crate::record::value::Value for $name {
            $crate::plain_value!(|fields| {
                let raw = fields.text().filter(|raw| !raw.is_escaped())?;
                Self::from_code(raw.text)
            });

            #[inline]
            fn datum(&self) -> $crate::record::datum::Datum<'_> {
                self.entry().datum()
            }

            #[inline(always)]
            fn put<P: $crate::record::put::Put>(&self, to: P) -> P::Out {
                self.entry().put(to)
            }

            fn from_text(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, $crate::Invalid> {
                Self::from_code(text).ok_or($crate::Invalid::NotListed)
            }

            fn from_datum(
                datum: $crate::record::datum::Datum<'_>,
            ) -> ::core::result::Result<Self, $crate::Invalid> {
                let position = Self::LIST.find_datum(datum)?;
                ::core::result::Result::Ok(Self::ALL[position])
            }
        }

        $crate::text_forms!($name);
        $crate::json_value!($name);
    };
}

/// `Display` and `FromStr` of a value: the text as it stands in CSV.
#[doc(hidden)]
#[macro_export]
macro_rules! text_forms {
    ($name:ident) => {
        impl ::core::str::FromStr for $name {
            type Err = $crate::Invalid;

            fn from_str(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, $crate::Invalid> {
                $crate::record::value::Value::from_text(text)
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&$crate::record::value::Value::datum(self), f)
            }
        }
    };
}

/// Implements what every record has beside its [`Record`](crate::Record): `Debug` without personal
/// values, and JSON under the feature `serde`.
#[doc(hidden)]
#[macro_export]
macro_rules! record_type {
    ($name:ident) => {
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::record::debug::record(::core::stringify!($name), self, f)
            }
        }

        $crate::json_record!($name);
    };
}

/// Implements `Debug` of a borrowed row: as the owned one.
#[doc(hidden)]
#[macro_export]
macro_rules! record_ref_type {
    ($name:ident, $record:ident) => {
        impl ::core::fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let owned = <$record as $crate::record::borrowed::Borrowed>::own(self);
                $crate::record::debug::record(::core::stringify!($name), &owned, f)
            }
        }
    };
}

/// JSON of a value.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! json_value {
    ($name:ident) => {
        impl $crate::record::json::Serialize for $name {
            fn serialize<S: $crate::record::json::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::record::json::serialize_value(self, serializer)
            }
        }

        impl<'de> $crate::record::json::Deserialize<'de> for $name {
            fn deserialize<D: $crate::record::json::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::record::json::deserialize_value(deserializer)
            }
        }
    };
}

/// JSON of a record.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! json_record {
    ($name:ident) => {
        impl $crate::record::json::Serialize for $name {
            fn serialize<S: $crate::record::json::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::record::json::serialize_record(self, serializer)
            }
        }

        impl<'de> $crate::record::json::Deserialize<'de> for $name {
            fn deserialize<D: $crate::record::json::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::record::json::deserialize_record(deserializer)
            }
        }
    };
}

/// No JSON without the feature `serde`.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! json_value {
    ($name:ident) => {};
}

/// No JSON without the feature `serde`.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! json_record {
    ($name:ident) => {};
}
