//! Numbers as text: whole ones, and those with a fraction by their fewest decimal digits, without an
//! exponent, `.0` or minus zero.

use crate::digits::pair_of;

/// Room for the longest text of a number with a fraction: a sign, `0.`, 323 zeros, 17 digits.
pub(super) const LONG: usize = 344;

/// Puts a whole number at the start of `out`, and says how long it is.
#[inline(always)]
pub(super) fn integer<const N: usize>(number: i64, out: &mut [u8; N]) -> usize {
    const { assert!(N >= 20) };
    match number {
        0..=9 => {
            out[0] = b'0' + number as u8;
            1
        }
        10..=99 => {
            let [tens, ones] = pair_of(number as u8);
            (out[0], out[1]) = (tens, ones);
            2
        }
        _ => copy(itoa::Buffer::new().format(number), out),
    }
}

#[inline(always)]
fn copy<const N: usize>(text: &str, out: &mut [u8; N]) -> usize {
    match out.get_mut(..text.len()) {
        Some(out) => {
            out.copy_from_slice(text.as_bytes());
            text.len()
        }
        None => 0,
    }
}

/// Puts a finite number at the start of `out`, and says how long it is.
#[inline]
pub(super) fn double(number: f64, out: &mut [u8; LONG]) -> usize {
    // Most numbers of people have at most two digits behind the point. Where the hundredfold is whole
    // and gives back the number, these are its digits: with at most fifteen of them no two decimal
    // numbers are the same double, so that there are no fewer.
    if (0.0..1e9).contains(&number) {
        let whole = number as i64;
        if whole as f64 == number {
            return integer(whole, out);
        }
        let hundredfold = (number * 100.0) as u64;
        if hundredfold as f64 / 100.0 == number {
            return hundredths(hundredfold, out);
        }
    }
    decimal(
        zmij::Buffer::new().format_finite(number),
        || number.to_string(),
        out,
    )
}

/// As [`double`], for 32 bits.
pub(super) fn float(number: f32, out: &mut [u8; LONG]) -> usize {
    decimal(
        zmij::Buffer::new().format_finite(number),
        || number.to_string(),
        out,
    )
}

#[inline(always)]
fn hundredths(number: u64, out: &mut [u8; LONG]) -> usize {
    let length = integer((number / 100) as i64, out);
    let [tenth, hundredth] = pair_of((number % 100) as u8);
    let Some([point, first, second, ..]) = out.get_mut(length..) else {
        return length;
    };
    (*point, *first, *second) = (b'.', tenth, hundredth);
    match (tenth, hundredth) {
        (b'0', b'0') => length,
        (_, b'0') => length + 2,
        _ => length + 3,
    }
}

fn decimal(shortest: &str, plain: impl FnOnce() -> String, out: &mut [u8; LONG]) -> usize {
    if shortest.contains('e') {
        // Very large or small: the standard library writes the same digits without an exponent.
        return copy(&plain(), out);
    }
    let whole = shortest.strip_suffix(".0").unwrap_or(shortest);
    copy(if whole == "-0" { "0" } else { whole }, out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(number: f64) -> String {
        let mut out = [b'x'; LONG];
        let length = double(number, &mut out);
        String::from_utf8(out[..length].to_vec()).unwrap()
    }

    #[test]
    fn numbers_have_no_exponent() {
        for (number, expected) in [
            (0.1, "0.1"),
            (12.0, "12"),
            (4.25, "4.25"),
            (100.0, "100"),
            (0.0, "0"),
            (-0.0, "0"),
            (-2.5, "-2.5"),
            (1e-7, "0.0000001"),
            (999_999_999.99, "999999999.99"),
            (1e21, "1000000000000000000000"),
            (0.1 + 0.2, "0.30000000000000004"),
        ] {
            assert_eq!(text(number), expected);
        }
        for number in [
            f64::MAX,
            f64::MIN,
            f64::MIN_POSITIVE,
            5e-324,
            -1.797_693_134_862_315e-308,
        ] {
            let text = text(number);
            assert!(!text.contains('e') && text.len() > 300, "{text}");
            assert_eq!(text.parse::<f64>().unwrap().to_bits(), number.to_bits());
        }
        let mut out = [0; LONG];
        let length = float(0.1, &mut out);
        assert_eq!(&out[..length], b"0.1");
        for number in [f32::MIN, -f32::from_bits(1)] {
            let length = float(number, &mut out);
            let text = std::str::from_utf8(&out[..length]).unwrap();
            assert_eq!(text.parse::<f32>(), Ok(number));
        }
    }

    #[test]
    fn whole_numbers_are_the_standard_librarys() {
        for number in (-1100..1100).chain([i64::MIN, i64::MAX, 123_456]) {
            let mut out = [b'x'; 20];
            let length = integer(number, &mut out);
            assert_eq!(out[..length], *number.to_string().as_bytes());
        }
    }

    proptest! {
        #[test]
        fn fractions_are_the_shortest(number in any::<f64>(), hundredths in -10_000_000..10_000_000) {
            for number in [number, f64::from(hundredths) / 100.0, f64::from(hundredths) / 1000.0] {
                if number.is_finite() && number != 0.0 {
                    // The standard library writes as few digits; where two are as near, it may
                    // take the other one.
                    let (ours, theirs) = (text(number), number.to_string());
                    prop_assert_eq!(ours.len(), theirs.len());
                    prop_assert_eq!(ours.parse::<f64>(), Ok(number));
                    if number.abs() < 1e9 {
                        prop_assert_eq!(ours, theirs);
                    }
                }
            }
        }
    }
}
