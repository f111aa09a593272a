//! The registry of diagnostic codes: one row each, from which `rules`, `explain`, SARIF and the
//! tests are made. Numbers are grouped and never reused: `E01xx` files and YAML, `E02xx` names,
//! `E03xx` types, expressions and patterns, `E04xx` keys and references, `E05xx` classifiers and
//! regulations, `E06xx` limits of targets, `E09xx` output; `W…` are warnings in the same groups.

use super::Severity;

/// A code of the registry. Only [`Code::find`] and the constants of this module make one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

/// What the registry knows about a code.
#[derive(Debug)]
pub struct Row {
    /// The code.
    pub code: Code,
    /// Severity unless a caller sets another.
    pub severity: Severity,
    /// One line, English.
    pub title_en: &'static str,
    /// One line, Russian.
    pub title_ru: &'static str,
    /// The page that `explain` prints (cause, bad example, good example, cure), English.
    pub page_en: &'static str,
    /// The same page, Russian.
    pub page_ru: &'static str,
}

impl Code {
    /// `E0201`.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// The row of this code.
    pub fn row(self) -> &'static Row {
        ROWS.iter()
            .find(|row| row.code == self)
            .expect("every code constant has its row")
    }

    /// Finds a code by its text, in any case.
    pub fn find(text: &str) -> Option<Code> {
        ROWS.iter()
            .map(|row| row.code)
            .find(|code| code.0.eq_ignore_ascii_case(text))
    }

    /// Every row, ordered by code.
    pub fn all() -> &'static [Row] {
        ROWS
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! codes {
    ($($name:ident $code:literal $severity:ident $en:literal $ru:literal;)*) => {
        $(#[doc = concat!("`", $code, "`: ", $en, ".")] pub const $name: Code = Code($code);)*
        const ROWS: &[Row] = &[$(Row {
            code: $name,
            severity: Severity::$severity,
            title_en: $en,
            title_ru: $ru,
            page_en: include_str!(concat!("../../explain/en/", $code, ".md")),
            page_ru: include_str!(concat!("../../explain/ru/", $code, ".md")),
        }),*];
    };
}

codes! {
    INVALID_YAML "E0101" Error "a file is not YAML" "файл не является YAML";
    UNKNOWN_TYPE "E0301" Error "a type is unknown" "неизвестный тип";
    NAME_RESERVED "E0601" Error "a name is reserved in a target" "имя зарезервировано целью";
    NAME_TOO_LONG "E0602" Error "a name is too long for a target" "имя слишком длинно для цели";
    NAME_FORM "E0603" Error "a name has a form that a target refuses" "цель не принимает имя такой формы";
    NAME_COLLISION "E0604" Error "two names become one in a target" "два имени совпадают в цели";
    NO_RUST_FORM "E0605" Error "a name or a pattern has no form in Rust" "имя или шаблон не выразить на Rust";
}
