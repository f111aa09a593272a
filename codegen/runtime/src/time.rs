//! Times of day to a microsecond: `hh:mm:ss[.ffffff]`.

use std::fmt;
use std::str::FromStr;

use crate::Invalid;
use crate::digits::{number, pair, pair_of};

/// A time of day, `00:00:00` to `23:59:59.999999`; there are no leap seconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    // The order of the fields is the order of times.
    hour: u8,
    minute: u8,
    second: u8,
    microsecond: u32,
}

/// The finest precision, in digits after the point.
pub(crate) const MAX_PRECISION: u8 = 6;

impl Time {
    /// `00:00:00`.
    pub const MIDNIGHT: Time = Time {
        hour: 0,
        minute: 0,
        second: 0,
        microsecond: 0,
    };

    /// A time of hour (0 to 23), minute, second (0 to 59) and microsecond (0 to 999 999).
    ///
    /// # Errors
    /// [`Invalid::NoSuchTime`] when one of them is larger.
    pub const fn new(hour: u8, minute: u8, second: u8, microsecond: u32) -> Result<Time, Invalid> {
        if hour > 23 || minute > 59 || second > 59 || microsecond > 999_999 {
            return Err(Invalid::NoSuchTime);
        }
        Ok(Time {
            hour,
            minute,
            second,
            microsecond,
        })
    }

    /// Hour, 0 to 23.
    pub const fn hour(self) -> u8 {
        self.hour
    }

    /// Minute, 0 to 59.
    pub const fn minute(self) -> u8 {
        self.minute
    }

    /// Second, 0 to 59.
    pub const fn second(self) -> u8 {
        self.second
    }

    /// Microsecond, 0 to 999 999.
    pub const fn microsecond(self) -> u32 {
        self.microsecond
    }

    /// Whether `precision` digits after the point hold the fraction without loss.
    pub const fn fits(self, precision: u8) -> bool {
        self.microsecond.is_multiple_of(unit(precision))
    }

    /// The time with all digits after the first `precision` ones of the fraction cut off.
    pub const fn truncated(self, precision: u8) -> Time {
        let microsecond = self.microsecond - self.microsecond % unit(precision);
        Time {
            microsecond,
            ..self
        }
    }

    /// Appends `hh:mm:ss` and, for a precision above 0, a point and `precision` (at most 6) digits.
    ///
    /// Further digits are cut off, never rounded; [`Time::fits`] says beforehand whether there are any.
    #[inline]
    pub fn write(self, precision: u8, out: &mut Vec<u8>) {
        let (bytes, length) = self.bytes(precision);
        out.extend_from_slice(&bytes[..length]);
    }

    /// The text in a buffer, and how much of the buffer it fills.
    pub(crate) fn bytes(self, precision: u8) -> ([u8; 15], usize) {
        let mut bytes = [0; 15];
        let length = self.fill(precision, &mut bytes);
        (bytes, length)
    }

    /// Puts the text at the start of `out`, and says how long it is.
    #[inline(always)]
    pub(crate) fn fill(self, precision: u8, out: &mut [u8; 15]) -> usize {
        let [h1, h2] = pair_of(self.hour);
        let [m1, m2] = pair_of(self.minute);
        let [s1, s2] = pair_of(self.second);
        let [whole @ .., _, _, _, _, _, _, _] = out;
        *whole = [h1, h2, b':', m1, m2, b':', s1, s2];
        if precision == 0 {
            return 8;
        }
        let [f1, f2] = pair(self.microsecond / 10_000);
        let [f3, f4] = pair(self.microsecond / 100);
        let [f5, f6] = pair(self.microsecond);
        let [_, _, _, _, _, _, _, _, fraction @ ..] = out;
        *fraction = [b'.', f1, f2, f3, f4, f5, f6];
        9 + usize::from(precision.min(MAX_PRECISION))
    }

    /// The fewest digits after the point that hold the fraction.
    pub(crate) fn shortest(self) -> u8 {
        (0..MAX_PRECISION)
            .find(|&precision| self.fits(precision))
            .unwrap_or(MAX_PRECISION)
    }

    /// Reads exactly `hh:mm:ss`, then nothing or a point and one to six digits.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Time, Invalid> {
        let &[h1, h2, b':', m1, m2, b':', s1, s2, ref rest @ ..] = bytes else {
            return Err(Invalid::TimeForm);
        };
        let microsecond = match rest {
            [] => Some(0),
            [b'.', fraction @ ..] if (1..=6).contains(&fraction.len()) => {
                number(fraction).map(|value| value * unit(fraction.len() as u8))
            }
            _ => None,
        };
        let (Some(hour), Some(minute), Some(second), Some(microsecond)) = (
            number(&[h1, h2]),
            number(&[m1, m2]),
            number(&[s1, s2]),
            microsecond,
        ) else {
            return Err(Invalid::TimeForm);
        };
        Time::new(hour as u8, minute as u8, second as u8, microsecond)
    }
}

/// Microseconds in a unit of the last of `precision` digits.
const fn unit(precision: u8) -> u32 {
    match precision {
        0 => 1_000_000,
        1 => 100_000,
        2 => 10_000,
        3 => 1_000,
        4 => 100,
        5 => 10,
        _ => 1,
    }
}

/// Reads `hh:mm:ss` with an optional fraction of one to six digits, and nothing else.
impl FromStr for Time {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Time, Invalid> {
        Time::parse(text.as_bytes())
    }
}

/// Writes `hh:mm:ss` and as many digits of the fraction as it has.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (bytes, length) = self.bytes(self.shortest());
        f.pad(std::str::from_utf8(&bytes[..length]).unwrap_or_default())
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(time: Time, precision: u8) -> String {
        let mut bytes = Vec::new();
        time.write(precision, &mut bytes);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn reads_one_form_only() {
        assert_eq!("23:59:59".parse(), Time::new(23, 59, 59, 0));
        assert_eq!("00:00:00.5".parse(), Time::new(0, 0, 0, 500_000));
        assert_eq!("00:00:00.000001".parse(), Time::new(0, 0, 0, 1));
        for text in [
            "",
            "8:30:00",
            "08:30",
            "08:30:00.",
            "08:30:00.1234567",
            "08-30-00",
            " 08:30:00",
            "08:30:00Z",
        ] {
            assert_eq!(text.parse::<Time>(), Err(Invalid::TimeForm), "{text:?}");
        }
        for text in ["24:00:00", "23:60:00", "23:59:60"] {
            assert_eq!(text.parse::<Time>(), Err(Invalid::NoSuchTime), "{text:?}");
        }
    }

    #[test]
    fn writes_the_digits_asked_for() {
        let time = Time::new(8, 5, 9, 120_000).unwrap();
        assert_eq!(written(time, 0), "08:05:09");
        assert_eq!(written(time, 1), "08:05:09.1");
        assert_eq!(written(time, 6), "08:05:09.120000");
        assert_eq!(written(time, 99), "08:05:09.120000");
        assert_eq!(time.to_string(), "08:05:09.12");
        assert!(!time.fits(0) && !time.fits(1) && time.fits(2) && time.fits(6));
        assert_eq!(time.truncated(1).to_string(), "08:05:09.1");
        assert!(Time::MIDNIGHT.fits(0));
    }

    proptest! {
        #[test]
        fn text_comes_back(h in 0..24u8, m in 0..60u8, s in 0..60u8, f in 0..1_000_000u32) {
            let time = Time::new(h, m, s, f).unwrap();
            prop_assert_eq!(time.to_string().parse(), Ok(time));
            for precision in 0..=6 {
                let back: Time = written(time, precision).parse().unwrap();
                prop_assert_eq!(back, time.truncated(precision));
                prop_assert_eq!(back == time, time.fits(precision));
            }
        }
    }
}
