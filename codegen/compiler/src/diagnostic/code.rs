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
    TYPE_SYNTAX "E0302" Error "a type does not parse" "тип не разбирается";
    TYPE_UNSUPPORTED "E0303" Error "a type that the showcase does not have" "такого типа в витрине нет";
    TYPE_BOUNDS "E0304" Error "a length or precision is out of bounds" "длина или точность вне границ";
    EXPR_SYNTAX "E0305" Error "an expression does not parse" "выражение не разбирается";
    EXPR_TOO_LARGE "E0306" Error "an expression is too large or too deep" "выражение слишком велико или слишком глубоко";
    EXPR_UNSUPPORTED "E0307" Error "a form that expressions do not have" "такой формы в выражениях нет";
    UNKNOWN_COLUMN "E0308" Error "an expression names an unknown column" "выражение называет неизвестную колонку";
    OTHER_TABLE "E0309" Error "an expression looks at another table" "выражение обращается к другой таблице";
    UNKNOWN_FUNCTION "E0310" Error "a function is unknown" "неизвестная функция";
    FUNCTION_ARGUMENTS "E0311" Error "a function has wrong arguments" "неверные аргументы функции";
    TYPE_MISMATCH "E0312" Error "types do not fit" "типы не подходят друг другу";
    NOT_BOOLEAN "E0313" Error "a condition is not boolean" "условие не логическое";
    NO_ORDER "E0314" Error "values without an order are compared" "сравниваются значения без порядка";
    NULL_OPERAND "E0315" Error "NULL stands where it says nothing" "NULL стоит там, где ничего не значит";
    INVALID_LITERAL "E0316" Error "a literal is not a value of the type" "литерал не является значением типа";
    UNKNOWN_CODE "E0317" Error "a literal is not a code of the list" "литерал не является кодом списка";
    CONSTANT_CONDITION "E0318" Error "a condition does not depend on the row" "условие не зависит от строки";
    SELF_COMPARISON "E0319" Error "a value is compared with itself" "значение сравнивается с самим собой";
    LIKE_PATTERN "E0320" Error "a LIKE pattern is wrong" "неверный образец LIKE";
    DIVISION_BY_ZERO "E0321" Error "a division by zero" "деление на нуль";
    PATTERN_SYNTAX "E0325" Error "a pattern does not parse" "шаблон не разбирается";
    PATTERN_ANCHORS "E0326" Error "a pattern is not anchored at both ends" "шаблон не закреплён с обоих концов";
    PATTERN_UNSUPPORTED "E0327" Error "a form that patterns do not have" "такой формы в шаблонах нет";
    PATTERN_TOO_LARGE "E0328" Error "a pattern is too large" "шаблон слишком велик";
    PATTERN_EMPTY "E0329" Error "a pattern matches no text" "шаблону не подходит никакой текст";
    SQL_SYNTAX "E0350" Error "a statement does not parse" "оператор не разбирается";
    SQL_STATEMENT "E0351" Error "a statement that a model cannot hold" "оператор, который модель не может передать";
    SQL_CLAUSE "E0352" Error "a clause that a model cannot hold" "предложение, которое модель не может передать";
    SQL_TWICE "E0353" Error "a statement says something twice" "оператор говорит одно и то же дважды";
    SQL_UNKNOWN_TARGET "E0354" Error "a statement names what the file does not declare" "оператор называет то, чего нет в файле";
    NAME_RESERVED "E0601" Error "a name is reserved in a target" "имя зарезервировано целью";
    NAME_TOO_LONG "E0602" Error "a name is too long for a target" "имя слишком длинно для цели";
    NAME_FORM "E0603" Error "a name has a form that a target refuses" "цель не принимает имя такой формы";
    NAME_COLLISION "E0604" Error "two names become one in a target" "два имени совпадают в цели";
}
