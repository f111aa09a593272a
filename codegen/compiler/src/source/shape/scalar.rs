//! Forms of scalars: what YAML readers would make of a word without quotes, days, UUIDs.

/// What a reader of YAML takes a plain word for, other than text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// A truth value.
    Boolean,
    /// A number.
    Number,
}

/// What some reader of YAML 1.1 or 1.2 takes a plain word for, if not for text.
pub(crate) fn taken_for(word: &str) -> Option<Taken> {
    const BOOLEAN: [&str; 8] = ["true", "false", "yes", "no", "on", "off", "y", "n"];
    if BOOLEAN.iter().any(|form| form.eq_ignore_ascii_case(word)) {
        return Some(Taken::Boolean);
    }
    let digits = word.strip_prefix(['+', '-']).unwrap_or(word);
    let radix = ["0x", "0o", "0b"].iter().any(|prefix| {
        digits
            .get(..2)
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    }) && digits.len() > 2
        && digits[2..]
            .bytes()
            .all(|b| b.is_ascii_hexdigit() || b == b'_');
    let decimal = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.bytes().any(|b| b.is_ascii_digit())
        && digits
            .bytes()
            .all(|b| b.is_ascii_digit() || b"._eE+-".contains(&b))
        && digits.bytes().filter(|b| *b == b'.').count() <= 1
        && digits.replace('_', "").parse::<f64>().is_ok();
    let special = [".inf", ".nan"]
        .iter()
        .any(|form| form.eq_ignore_ascii_case(digits));
    (radix || decimal || special).then_some(Taken::Number)
}

/// Whether a plain number is written the one way that every reader gives back: `7`, `-3`, `0.5`.
pub(crate) fn is_canonical_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    is_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(|fraction| {
            is_digits(fraction) && (!fraction.ends_with('0') || fraction == "0")
        })
        && digits.len() <= 15
}

/// Whether a text can be a name: no blanks, quotes, slashes and signs of punctuation; with `dots`,
/// names may be joined by them.
pub(crate) fn is_name(text: &str, dots: bool) -> bool {
    let odd = |c: char| {
        c.is_whitespace() || c.is_control() || "\"'`;,/\\:".contains(c) || (c == '.' && !dots)
    };
    !text.is_empty() && !text.contains(odd)
}

/// Whether a text is a day of the Gregorian calendar, `YYYY-MM-DD`.
pub(crate) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return false;
    }
    let number = |from: usize, to: usize| {
        let part = text.get(from..to)?;
        part.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
        part.parse::<u32>().ok()
    };
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    year >= 1 && (1..=days).contains(&day)
}

/// Whether a text is a UUID with hyphens.
pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_readers_take_for_something_else() {
        for word in ["yes", "No", "TRUE", "n", "off"] {
            assert_eq!(taken_for(word), Some(Taken::Boolean), "{word}");
        }
        for word in [
            "0123", "1", "-7", "1.10", "1e5", "1_000", "0x1F", "+5", ".5", ".inf",
        ] {
            assert_eq!(taken_for(word), Some(Taken::Number), "{word}");
        }
        for word in [
            "1.0.0",
            "late",
            "7.2.b.3",
            "e5",
            "2024-01-01",
            "-",
            ".",
            "0xZZ",
            "Да",
            "1 000",
        ] {
            assert_eq!(taken_for(word), None, "{word}");
        }
        assert!(
            ["0", "7", "-3", "0.5", "10", "1.0"]
                .iter()
                .all(|word| is_canonical_number(word))
        );
        assert!(
            !["007", "1.10", "1e5", "+1", "1_0", "12345678901234567"]
                .iter()
                .any(|word| is_canonical_number(word))
        );
    }

    #[test]
    fn days_of_the_calendar() {
        assert!(is_date("2024-02-29") && !is_date("2023-02-29"));
        assert!(!is_date("0000-01-01") && !is_date("2024-1-01") && !is_date("2024-13-01"));
        assert!(!is_date("ааааа"));
    }
}
