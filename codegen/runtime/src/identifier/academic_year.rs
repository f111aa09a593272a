//! Academic years `YYYY/YYYY`, of which the second follows the first: `2024/2025`.

use crate::Invalid;
use crate::digits::number;

/// Checks the text.
///
/// # Errors
/// [`Invalid::Empty`], [`Invalid::AcademicYearForm`], [`Invalid::AcademicYearOrder`].
pub fn check(text: &str) -> Result<(), Invalid> {
    let years = match text.as_bytes() {
        [] => return Err(Invalid::Empty),
        &[a, b, c, d, b'/', e, f, g, h] => number(&[a, b, c, d]).zip(number(&[e, f, g, h])),
        _ => None,
    };
    match years {
        None => Err(Invalid::AcademicYearForm),
        Some((first, second)) if first + 1 == second => Ok(()),
        Some(_) => Err(Invalid::AcademicYearOrder),
    }
}

/// The text without white space around it.
pub fn normalise(text: &str) -> String {
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_year_follows_the_first() {
        for text in ["2021/2022", "1999/2000"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for text in ["2021/2021", "2022/2021", "2021/2023", "9999/0000"] {
            assert_eq!(check(text), Err(Invalid::AcademicYearOrder), "{text}");
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "2021",
            "2021-2022",
            "2021/22",
            "2021/2022 ",
            "202a/2022",
            "٢٠٢١/2022",
        ] {
            assert_eq!(check(text), Err(Invalid::AcademicYearForm), "{text}");
        }
        assert_eq!(normalise(" 2021/2022\t"), "2021/2022");
    }
}
