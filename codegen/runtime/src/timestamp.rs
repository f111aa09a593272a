//! A day and a time of day without a zone: `YYYY-MM-DD hh:mm:ss[.ffffff]`.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::{Date, Invalid, Time};

/// A day and a time of day, to a microsecond, without a zone.
///
/// ```
/// use vitrina::{Invalid, Timestamp};
///
/// let moment: Timestamp = "2024-09-01 08:30:00.25".parse()?;
/// assert!(moment.fits(2) && !moment.fits(0));
/// let mut field = Vec::new();
/// moment.truncated(0).write(0, &mut field);
/// assert_eq!(field, b"2024-09-01 08:30:00");
/// # Ok::<(), Invalid>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    // The order of the fields is the order of moments.
    date: Date,
    time: Time,
}

impl Timestamp {
    /// The moment of a day and a time.
    pub const fn new(date: Date, time: Time) -> Timestamp {
        Timestamp { date, time }
    }

    /// The second `seconds` after 1970-01-01 00:00:00 (before it when negative), as a clock shows it
    /// that is `hours_ahead` hours ahead of UTC: 3 for Moscow. None outside the years 0001–9999.
    pub const fn from_unix(seconds: i64, hours_ahead: i8) -> Option<Timestamp> {
        let Some(seconds) = seconds.checked_add(hours_ahead as i64 * 3600) else {
            return None;
        };
        let Some(date) = Date::from_days(seconds.div_euclid(86_400)) else {
            return None;
        };
        let second = seconds.rem_euclid(86_400);
        let (hour, minute) = ((second / 3600) as u8, (second / 60 % 60) as u8);
        match Time::new(hour, minute, (second % 60) as u8, 0) {
            Ok(time) => Some(Timestamp { date, time }),
            Err(_) => None,
        }
    }

    /// The second in which this is called, as a clock shows it that is `hours_ahead` hours ahead of
    /// UTC: 3 for Moscow, 12 for Kamchatka.
    ///
    /// ```
    /// use vitrina::{Context, Timestamp};
    ///
    /// let now = Timestamp::now(3);
    /// let context = Context::new(now.date());
    /// # assert!(now.fits(0) && context.today == now.date());
    /// ```
    pub fn now(hours_ahead: i8) -> Timestamp {
        let seconds = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
            Err(before) => -i64::try_from(before.duration().as_secs()).unwrap_or(i64::MAX),
        };
        let end = if seconds < 0 { Date::MIN } else { Date::MAX };
        Timestamp::from_unix(seconds, hours_ahead).unwrap_or(end.into())
    }

    /// The day.
    pub const fn date(self) -> Date {
        self.date
    }

    /// The time of day.
    pub const fn time(self) -> Time {
        self.time
    }

    /// Whether `precision` digits after the point hold the fraction of a second without loss.
    pub const fn fits(self, precision: u8) -> bool {
        self.time.fits(precision)
    }

    /// The moment with all digits after the first `precision` ones of the fraction cut off.
    pub const fn truncated(self, precision: u8) -> Timestamp {
        Timestamp {
            date: self.date,
            time: self.time.truncated(precision),
        }
    }

    /// Appends `YYYY-MM-DD hh:mm:ss` and, for a precision above 0, a point and `precision` (at most
    /// 6) digits.
    ///
    /// Further digits are cut off, never rounded; [`Timestamp::fits`] says beforehand whether there
    /// are any.
    #[inline]
    pub fn write(self, precision: u8, out: &mut Vec<u8>) {
        let (bytes, length) = self.bytes(precision);
        out.extend_from_slice(&bytes[..length]);
    }

    /// The text in a buffer, and how much of the buffer it fills.
    fn bytes(self, precision: u8) -> ([u8; 26], usize) {
        let mut bytes = [0; 26];
        let length = self.fill(precision, &mut bytes);
        (bytes, length)
    }

    /// Puts the text at the start of `out`, and says how long it is.
    #[inline(always)]
    pub(crate) fn fill(self, precision: u8, out: &mut [u8; 26]) -> usize {
        let [d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, blank, time @ ..] = out;
        [*d0, *d1, *d2, *d3, *d4, *d5, *d6, *d7, *d8, *d9] = self.date.text();
        *blank = b' ';
        11 + self.time.fill(precision, time)
    }
}

impl From<Date> for Timestamp {
    /// The midnight at which the day begins.
    fn from(date: Date) -> Timestamp {
        Timestamp {
            date,
            time: Time::MIDNIGHT,
        }
    }
}

/// Reads a date, one blank and a time, and nothing else.
impl FromStr for Timestamp {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Timestamp, Invalid> {
        Timestamp::parse(text.as_bytes())
    }
}

impl Timestamp {
    /// Reads `YYYY-MM-DD hh:mm:ss`, if it is that and there is such a moment.
    #[inline(always)]
    pub(crate) fn read(text: &[u8; 19]) -> Option<Timestamp> {
        let [
            y1,
            y2,
            y3,
            y4,
            b'-',
            o1,
            o2,
            b'-',
            d1,
            d2,
            b' ',
            h1,
            h2,
            b':',
            m1,
            m2,
            b':',
            s1,
            s2,
        ] = *text
        else {
            return None;
        };
        let digits = [y1, y2, y3, y4, o1, o2, d1, d2, h1, h2, m1, m2, s1, s2];
        let digits = digits.map(|digit| digit.wrapping_sub(b'0'));
        if digits.iter().fold(0, |most, digit| most.max(*digit)) > 9 {
            return None;
        }
        let [y1, y2, y3, y4, o1, o2, d1, d2, h1, h2, m1, m2, s1, s2] = digits;
        let year = u16::from(y1 * 10 + y2) * 100 + u16::from(y3 * 10 + y4);
        let date = Date::new(year, o1 * 10 + o2, d1 * 10 + d2).ok()?;
        let time = Time::new(h1 * 10 + h2, m1 * 10 + m2, s1 * 10 + s2, 0).ok()?;
        Some(Timestamp { date, time })
    }

    /// Reads a date, one blank and a time, and nothing else.
    #[inline]
    pub(crate) fn parse(text: &[u8]) -> Result<Timestamp, Invalid> {
        let Some((date, [b' ', time @ ..])) = text.split_at_checked(10) else {
            return Err(Invalid::TimestampForm);
        };
        let form = |error| match error {
            Invalid::DateForm | Invalid::TimeForm => Invalid::TimestampForm,
            other => other,
        };
        Ok(Timestamp {
            date: Date::parse(date).map_err(form)?,
            time: Time::parse(time).map_err(form)?,
        })
    }
}

/// Writes `YYYY-MM-DD hh:mm:ss` and as many digits of the fraction as it has.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (bytes, length) = self.bytes(self.time.shortest());
        f.pad(std::str::from_utf8(&bytes[..length]).unwrap_or_default())
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_one_form_only() {
        let moment: Timestamp = "2024-09-01 08:30:00".parse().unwrap();
        assert_eq!(moment.date(), Date::new(2024, 9, 1).unwrap());
        assert_eq!(moment.time(), Time::new(8, 30, 0, 0).unwrap());
        for text in [
            "",
            "2024-09-01",
            "2024-09-01T08:30:00",
            "2024-09-01  08:30:00",
            "2024-09-01 08:30",
            "2024-09-1 08:30:00",
            "яяяяя 08:30:00",
        ] {
            assert_eq!(
                text.parse::<Timestamp>(),
                Err(Invalid::TimestampForm),
                "{text:?}"
            );
        }
        assert_eq!(
            "2023-02-29 08:30:00".parse::<Timestamp>(),
            Err(Invalid::NoSuchDate)
        );
        assert_eq!(
            "2024-02-29 24:00:00".parse::<Timestamp>(),
            Err(Invalid::NoSuchTime)
        );
    }

    #[test]
    fn clocks_differ_by_hours() {
        let shown = |seconds, hours| Timestamp::from_unix(seconds, hours).map(|t| t.to_string());
        assert_eq!(shown(0, 0).as_deref(), Some("1970-01-01 00:00:00"));
        assert_eq!(shown(-1, 0).as_deref(), Some("1969-12-31 23:59:59"));
        assert_eq!(
            shown(1_725_137_999, 3).as_deref(),
            Some("2024-08-31 23:59:59")
        );
        assert_eq!(
            shown(1_725_137_999, 12).as_deref(),
            Some("2024-09-01 08:59:59")
        );
        assert_eq!(shown(i64::MAX, 3), None);
        assert_eq!(shown(i64::MIN, -3), None);
        let now = Timestamp::now(0);
        assert!((now.date().to_days() - Date::today().to_days()).abs() <= 1);
    }

    #[test]
    fn writes_what_it_reads() {
        for text in [
            "2024-09-01 08:30:00",
            "0001-01-01 00:00:00",
            "9999-12-31 23:59:59.999999",
            "2024-09-01 08:30:00.05",
        ] {
            let moment: Timestamp = text.parse().unwrap();
            assert_eq!(moment.to_string(), text);
        }
        let moment: Timestamp = "2024-09-01 08:30:00.25".parse().unwrap();
        let mut bytes = Vec::new();
        moment.write(0, &mut bytes);
        moment.write(3, &mut bytes);
        assert_eq!(bytes, b"2024-09-01 08:30:002024-09-01 08:30:00.250");
        assert!(!moment.fits(1) && moment.fits(2));
        assert!(moment < "2024-09-01 08:30:00.3".parse().unwrap());
        assert!(moment > Timestamp::from(moment.date()));
    }
}
