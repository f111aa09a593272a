//! ОКАТО: codes of 2, 5, 8 or 11 digits, each of which may have a check digit behind it.
//!
//! The check digit is reckoned as that of ОКПО ([`super::okpo`]), by ПР 50.1.024-2005.

use super::{digits, okpo};
use crate::Invalid;

/// Lengths of codes without and with their check digit.
const LENGTHS: [usize; 8] = [2, 3, 5, 6, 8, 9, 11, 12];

/// Checks a code; lengths 3, 6, 9 and 12 end in a check digit.
///
/// # Errors
/// [`Invalid::Empty`], [`Invalid::Length`], [`Invalid::NotDigits`], [`Invalid::CheckDigit`].
pub fn check(text: &str) -> Result<(), Invalid> {
    let digits = digits(text, &LENGTHS)?;
    if digits.len() % 3 == 0 {
        okpo::control(digits).map_err(|expected| Invalid::CheckDigit { expected })
    } else {
        Ok(())
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
    fn codes_without_a_check_digit() {
        for text in ["45", "75401", "45286580", "45286580000"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn codes_with_a_check_digit() {
        // 4·1 + 5·2 = 14, modulo 11: 3.
        assert_eq!(check("453"), Ok(()));
        assert_eq!(check("454"), Err(Invalid::CheckDigit { expected: Some(3) }));
        // 7·1 + 5·2 + 4·3 + 0·4 + 1·5 = 34, modulo 11: 1.
        assert_eq!(check("754011"), Ok(()));
        assert_eq!(
            check("754010"),
            Err(Invalid::CheckDigit { expected: Some(1) })
        );
        // 4 + 10 + 6 + 32 + 30 + 30 + 56 + 0 = 168, modulo 11: 3; three zeros add nothing.
        assert_eq!(check("452865803"), Ok(()));
        assert_eq!(check("452865800003"), Ok(()));
        assert_eq!(
            check("452865800002"),
            Err(Invalid::CheckDigit { expected: Some(3) })
        );
        // The eleventh digit has the weight 1 again: 168 + 7 = 175, modulo 11: 10; then
        // 4·3 + 5·4 + 2·5 + 8·6 + 6·7 + 5·8 + 8·9 + 0·10 = 244, to which 7·3, 7·13 or 7·4 is added:
        // 265, 335 and 272, modulo 11: 1, 5 and 8.
        for last in 0..10 {
            let valid = check(&format!("45286580007{last}")).is_ok();
            assert_eq!(valid, [1, 5, 8].contains(&last), "{last}");
        }
    }

    #[test]
    fn other_lengths_are_refused() {
        for found in [1, 4, 7, 10, 13] {
            assert_eq!(
                check(&"1".repeat(found)),
                Err(Invalid::Length {
                    expected: &LENGTHS,
                    found
                })
            );
        }
    }
}
