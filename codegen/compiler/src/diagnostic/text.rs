//! Messages in two languages.

/// A language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Russian.
    Ru,
}

/// The same words in English and Russian.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// English.
    pub en: String,
    /// Russian.
    pub ru: String,
}

impl Text {
    /// The words in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ru => &self.ru,
        }
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.ru.is_empty()
    }
}

/// Makes a [`Text`](crate::diagnostic::Text) of an English and a Russian format string; both take
/// their names from the scope: `text!("unknown type `{name}`", "неизвестный тип `{name}`")`.
#[macro_export]
macro_rules! text {
    ($en:literal, $ru:literal) => {
        $crate::diagnostic::Text {
            en: format!($en),
            ru: format!($ru),
        }
    };
}
