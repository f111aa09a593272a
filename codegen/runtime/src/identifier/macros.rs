//! What all identifiers have in the same words.

/// Declares an identifier: a struct around a valid text with the traits of the standard library and
/// those of a column's value. Beside it stands its `impl Identifier`.
macro_rules! identifier_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text as it is stored, owned.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        /// Writes the text as it is stored.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        /// Writes the mask of what is personal.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::identifier::mask::debug(stringify!($name), self, f)
            }
        }

        /// Reads the text as it is stored.
        impl std::str::FromStr for $name {
            type Err = $crate::Invalid;

            fn from_str(text: &str) -> Result<Self, $crate::Invalid> {
                <Self as $crate::identifier::Identifier>::parse(text)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl $crate::record::borrowed::TextType for $name {
            fn check(text: &str) -> Result<(), $crate::Invalid> {
                <Self as $crate::identifier::Identifier>::check(text)
            }

            fn wrap(text: String) -> Self {
                // Some are stored in one of several forms that are taken.
                <Self as $crate::identifier::Identifier>::parse(&text).unwrap_or(Self(text))
            }
        }

        impl $crate::record::value::Value for $name {
            $crate::text_value!();

            fn datum(&self) -> $crate::record::datum::Datum<'_> {
                $crate::record::datum::Datum::Text(&self.0)
            }

            fn from_text(text: &str) -> Result<Self, $crate::Invalid> {
                <Self as $crate::identifier::Identifier>::parse(text)
            }

            fn wrong_type() -> $crate::Invalid {
                $crate::Invalid::NotText
            }
        }

        $crate::json_value!($name);
    };
}

/// The two methods of `Identifier` that make and show the text.
macro_rules! identifier_text {
    () => {
        fn parse(text: &str) -> Result<Self, $crate::Invalid> {
            <Self as $crate::identifier::Identifier>::check(text)?;
            Ok(Self(text.to_owned()))
        }

        fn as_str(&self) -> &str {
            &self.0
        }
    };
}

pub(super) use {identifier_text, identifier_type};
