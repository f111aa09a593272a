//! What differs between installations, and how strictly files are read.

/// The parts of the CSV rules that differ between installations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Profile {
    /// How an absent value is written.
    pub null: NullForm,
    /// How a boolean is written.
    pub boolean: BooleanForm,
}

/// How an absent value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NullForm {
    /// `""`, as the published rules say: every field in quotes.
    #[default]
    Quoted,
    /// Nothing between the separators, as newer loaders tell it from the empty text.
    Bare,
}

/// How a boolean is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BooleanForm {
    /// `true`, `false`
    #[default]
    Lower,
    /// `True`, `False`
    Title,
    /// `1`, `0`
    Digit,
}

impl BooleanForm {
    /// How `value` is written.
    pub fn text(self, value: bool) -> &'static str {
        match (self, value) {
            (BooleanForm::Lower, true) => "true",
            (BooleanForm::Lower, false) => "false",
            (BooleanForm::Title, true) => "True",
            (BooleanForm::Title, false) => "False",
            (BooleanForm::Digit, true) => "1",
            (BooleanForm::Digit, false) => "0",
        }
    }

    /// The value that is written so.
    pub fn value(self, text: &str) -> Option<bool> {
        [true, false]
            .into_iter()
            .find(|value| self.text(*value) == text)
    }
}

/// How strictly a file is read. Strict by default: the file is exactly what a writer of the same
/// profile makes, though a line feed behind the last row is fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Options {
    /// The form of nulls and booleans.
    pub profile: Profile,
    /// Takes a byte order mark at the start.
    pub byte_order_mark: bool,
    /// Takes `\r\n` at the end of a record.
    pub carriage_return: bool,
    /// Takes nothing between separators as no value also where the profile writes `""`.
    pub bare_empty: bool,
}

impl Options {
    /// Strict, by a profile.
    pub fn strict(profile: Profile) -> Self {
        Options {
            profile,
            ..Options::default()
        }
    }

    /// Everything taken that can be taken without doubt about the meaning.
    pub fn tolerant(profile: Profile) -> Self {
        Options {
            profile,
            byte_order_mark: true,
            carriage_return: true,
            bare_empty: true,
        }
    }
}
