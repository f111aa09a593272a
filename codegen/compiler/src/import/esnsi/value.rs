//! Values of attributes: their kinds, the one way to write each, and what an attribute allows.

use std::cmp::Ordering;

use super::structure::Attribute;
use crate::diagnostic::Text;
use crate::source::shape::scalar::is_date;
use crate::text;

/// The kind of an attribute's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    String,
    Text,
    Boolean,
    Date,
    Integer,
    Decimal,
    Reference,
}

/// An end of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bound {
    Day(String),
    Number(Number),
}

/// A decimal number of any size: the sign, the digits before and behind the point, without the
/// zeros that say nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    negative: bool,
    whole: String,
    fraction: String,
}

impl Kind {
    /// The kind that an element of the structure declares.
    pub(super) fn of_attribute(element: &str) -> Option<Kind> {
        Some(match element {
            "string-attribute" => Kind::String,
            "text-attribute" => Kind::Text,
            "boolean-attribute" => Kind::Boolean,
            "date-attribute" => Kind::Date,
            "integer-attribute" => Kind::Integer,
            "decimal-attribute" => Kind::Decimal,
            "reference-attribute" => Kind::Reference,
            _ => return None,
        })
    }

    /// The kind that an element of a record gives.
    pub(super) fn of_value(element: &str) -> Option<Kind> {
        Some(match element {
            "string" => Kind::String,
            "text" => Kind::Text,
            "bool" => Kind::Boolean,
            "date" => Kind::Date,
            "integer" => Kind::Integer,
            "decimal" => Kind::Decimal,
            "reference" => Kind::Reference,
            _ => return None,
        })
    }

    /// Whether a value of the other kind is one of this kind: texts come as either kind of text.
    pub(super) fn takes(self, other: Kind) -> bool {
        self == other || (self.is_text() && other.is_text())
    }

    pub(super) fn is_text(self) -> bool {
        matches!(self, Kind::String | Kind::Text)
    }

    /// What a value must be, for messages.
    pub(super) fn expected(self) -> Text {
        match self {
            Kind::String | Kind::Text => text!("a text", "текст"),
            Kind::Boolean => text!("`true` or `false`", "`true` или `false`"),
            Kind::Date => text!("a day, `YYYY-MM-DD`", "день, `ГГГГ-ММ-ДД`"),
            Kind::Integer => text!("a whole number", "целое число"),
            Kind::Decimal => text!("a number", "число"),
            Kind::Reference => text!("a reference", "ссылка"),
        }
    }

    /// The one way to write a value; `None` for what is no value of the kind.
    fn canonical(self, text: &str) -> Option<String> {
        match self {
            Kind::String | Kind::Text => Some(text.to_owned()),
            Kind::Reference => (!text.is_empty()).then(|| text.to_owned()),
            Kind::Boolean => match text {
                "true" | "1" => Some("true".to_owned()),
                "false" | "0" => Some("false".to_owned()),
                _ => None,
            },
            Kind::Date => day(text),
            Kind::Integer if text.contains('.') => None,
            Kind::Integer | Kind::Decimal => Some(Number::parse(text)?.to_string()),
        }
    }

    /// An end of a range of such values.
    pub(super) fn bound(self, text: &str) -> Option<Bound> {
        match self {
            Kind::Date => day(text).map(Bound::Day),
            Kind::Integer | Kind::Decimal => {
                let canonical = self.canonical(text)?;
                Number::parse(&canonical).map(Bound::Number)
            }
            _ => None,
        }
    }
}

/// The value in its canonical form, or why it is none of the attribute.
pub(super) fn check(attribute: &Attribute, text: &str) -> Result<String, Text> {
    let kind = attribute.kind;
    let text = if kind.is_text() { text } else { text.trim() };
    let Some(value) = kind.canonical(text) else {
        let shown = shorten(text);
        let Text { en, ru } = kind.expected();
        return Err(text!(
            "`{shown}` is not {en}",
            "`{shown}` не подходит: ожидается {ru}"
        ));
    };
    let length = value.trim().chars().count();
    if let Some(most) = attribute.length.filter(|most| length > *most) {
        return Err(text!(
            "the value has {length} characters, and at most {most} are allowed",
            "в значении {length} знаков, а допустимо не больше {most}"
        ));
    }
    if let Some(pattern) = &attribute.pattern
        && kind.is_text()
        && !pattern.matches(value.trim())
    {
        let shown = shorten(&value);
        return Err(text!(
            "`{shown}` does not fit the form that the attribute sets",
            "`{shown}` не подходит под форму, заданную атрибутом"
        ));
    }
    let outside = |bound: &Option<Bound>, wrong: Ordering| {
        let (Some(bound), Some(found)) = (bound, kind.bound(&value)) else {
            return false;
        };
        compare(&found, bound) == Some(wrong)
    };
    if outside(&attribute.from, Ordering::Less) || outside(&attribute.to, Ordering::Greater) {
        return Err(text!(
            "{value} is outside the range that the attribute sets",
            "{value} — за пределами диапазона, заданного атрибутом"
        ));
    }
    Ok(value)
}

/// The day of a date; a zone, which the register's exports may add, is off.
fn day(text: &str) -> Option<String> {
    let (day, zone) = match text.get(..10) {
        Some(day) => (day, text.get(10..).unwrap_or("")),
        None => (text, ""),
    };
    let is_zone = match zone.as_bytes() {
        b"" | b"Z" => true,
        [b'+' | b'-', a, b, b':', c, d] => [a, b, c, d].iter().all(|byte| byte.is_ascii_digit()),
        _ => false,
    };
    (is_zone && is_date(day)).then(|| day.to_owned())
}

fn compare(a: &Bound, b: &Bound) -> Option<Ordering> {
    match (a, b) {
        (Bound::Day(a), Bound::Day(b)) => Some(a.cmp(b)),
        (Bound::Number(a), Bound::Number(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

impl Number {
    fn parse(text: &str) -> Option<Number> {
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !are_digits(whole) || !are_digits(fraction)
        {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        Some(Number {
            negative: text.starts_with('-') && !(whole.is_empty() && fraction.is_empty()),
            whole: whole.to_owned(),
            fraction: fraction.to_owned(),
        })
    }

    /// By size, the sign left out.
    fn compare_size(&self, other: &Number) -> Ordering {
        let longer = self.whole.len().cmp(&other.whole.len());
        longer
            .then_with(|| self.whole.cmp(&other.whole))
            .then_with(|| self.fraction.cmp(&other.fraction))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.compare_size(other),
            (true, true) => other.compare_size(self),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let whole = if self.whole.is_empty() {
            "0"
        } else {
            &self.whole
        };
        let point = if self.fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{}", self.fraction)
    }
}

/// The beginning of a value, for messages.
pub(super) fn shorten(text: &str) -> String {
    const SHOWN: usize = 40;
    let text = text.trim();
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or(text)),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_size() {
        let canonical = |text: &str| Number::parse(text).map(|number| number.to_string());
        for (text, expected) in [
            ("007", "7"),
            ("-0", "0"),
            ("+5", "5"),
            ("-007.50", "-7.5"),
            (".5", "0.5"),
            ("5.", "5"),
            (
                "123456789012345678901234567890",
                "123456789012345678901234567890",
            ),
        ] {
            assert_eq!(canonical(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "-", ".", "1e5", "1 000", "٣", "--1", "1.2.3", "0x1"] {
            assert_eq!(canonical(text), None, "{text}");
        }
        let ordered = [
            "-10", "-9.5", "-9", "-0.1", "0", "0.05", "0.5", "1", "9", "10", "10.01",
        ];
        for (at, a) in ordered.iter().enumerate() {
            for (other, b) in ordered.iter().enumerate() {
                let found = Number::parse(a).cmp(&Number::parse(b));
                assert_eq!(found, at.cmp(&other), "{a} {b}");
            }
        }
    }

    #[test]
    fn days_with_and_without_a_zone() {
        for text in [
            "2015-07-01",
            "2015-07-01Z",
            "2015-07-01+03:00",
            "2015-07-01-11:30",
        ] {
            assert_eq!(day(text).as_deref(), Some("2015-07-01"), "{text}");
        }
        for text in [
            "2015-02-30",
            "01.07.2015",
            "2015-07-01T00:00:00",
            "2015-07-01+3",
            "",
            "ааааа",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
