//! Days of the proleptic Gregorian calendar: `YYYY-MM-DD`, years 0001 to 9999.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::Invalid;
use crate::digits::{number, pair_of};

/// A day.
///
/// ```
/// use vitrina::{Date, Invalid};
///
/// let first: Date = "2024-09-01".parse()?;
/// assert_eq!(first, Date::new(2024, 9, 1)?);
/// assert_eq!(Date::from_days(first.to_days() - 1), Some(Date::new(2024, 8, 31)?));
/// assert_eq!("2023-02-29".parse::<Date>(), Err(Invalid::NoSuchDate));
/// # Ok::<(), Invalid>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    // The order of the fields is the order of days.
    year: u16,
    month: u8,
    day: u8,
}

/// Days from 0000-03-01, where the reckoning below begins, to 1970-01-01.
const DAYS_BEFORE_1970: i64 = 719_468;
/// Days of 400 years, after which the calendar repeats.
const DAYS_OF_400_YEARS: i64 = 146_097;
const SECONDS_OF_A_DAY: u64 = 86_400;

impl Date {
    /// 0001-01-01.
    pub const MIN: Date = Date {
        year: 1,
        month: 1,
        day: 1,
    };
    /// 9999-12-31.
    pub const MAX: Date = Date {
        year: 9999,
        month: 12,
        day: 31,
    };

    /// The day `day` of the month `month`, both counted from 1, of `year`.
    ///
    /// # Errors
    /// [`Invalid::NoSuchDate`] when the calendar has no such day or the year is not 1 to 9999.
    pub const fn new(year: u16, month: u8, day: u8) -> Result<Date, Invalid> {
        if year == 0 || year > 9999 || day == 0 || day > days_of_month(year, month) {
            return Err(Invalid::NoSuchDate);
        }
        Ok(Date { year, month, day })
    }

    /// Year, 1 to 9999.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Day of the month, 1 to 31.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Days since 1970-01-01; negative before.
    pub const fn to_days(self) -> i64 {
        // Years begin in March here, so that a leap day is the last of its year.
        let month = self.month as i64;
        let year = self.year as i64 - (month <= 2) as i64;
        let month_from_march = (month + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + self.day as i64 - 1;
        year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - DAYS_BEFORE_1970
    }

    /// The day `days` after 1970-01-01 (before it when negative); none outside 0001–9999.
    pub const fn from_days(days: i64) -> Option<Date> {
        if days < Self::MIN.to_days() || days > Self::MAX.to_days() {
            return None;
        }
        let days = days + DAYS_BEFORE_1970;
        let era = days / DAYS_OF_400_YEARS;
        let day_of_era = days % DAYS_OF_400_YEARS;
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = (month_from_march + 2) % 12 + 1;
        let year = era * 400 + year_of_era + (month <= 2) as i64;
        Some(Date {
            year: year as u16,
            month: month as u8,
            day: day as u8,
        })
    }

    /// The day on which this is called, in UTC, by the clock of the system.
    pub fn today() -> Date {
        let days = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_secs() / SECONDS_OF_A_DAY).unwrap_or(i64::MAX),
            Err(before) => {
                let seconds = before.duration().as_secs();
                -i64::try_from(seconds / SECONDS_OF_A_DAY).unwrap_or(i64::MAX) - 1
            }
        };
        Date::from_days(days).unwrap_or(if days < 0 { Date::MIN } else { Date::MAX })
    }

    /// Appends `YYYY-MM-DD`.
    #[inline]
    pub fn write(self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.text());
    }

    /// `YYYY-MM-DD`.
    #[inline(always)]
    pub(crate) fn text(self) -> [u8; 10] {
        let [y1, y2] = pair_of((self.year / 100) as u8);
        let [y3, y4] = pair_of((self.year % 100) as u8);
        let [m1, m2] = pair_of(self.month);
        let [d1, d2] = pair_of(self.day);
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2]
    }

    /// Reads exactly `YYYY-MM-DD`.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Date, Invalid> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else {
            return Err(Invalid::DateForm);
        };
        let (Some(year), Some(month), Some(day)) = (
            number(&[y1, y2, y3, y4]),
            number(&[m1, m2]),
            number(&[d1, d2]),
        ) else {
            return Err(Invalid::DateForm);
        };
        Date::new(year as u16, month as u8, day as u8)
    }
}

/// Days of a month; none in a month that does not exist.
const fn days_of_month(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}

/// Reads `YYYY-MM-DD` and nothing else.
impl FromStr for Date {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Date, Invalid> {
        Date::parse(text.as_bytes())
    }
}

/// Writes `YYYY-MM-DD`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(std::str::from_utf8(&self.text()).unwrap_or_default())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_one_form_only() {
        assert_eq!("2024-02-29".parse(), Date::new(2024, 2, 29));
        for text in [
            "",
            "2024-2-29",
            "2024-02-29 ",
            "2024/02/29",
            "+024-02-29",
            "20240229",
            "２024-02-29",
        ] {
            assert_eq!(text.parse::<Date>(), Err(Invalid::DateForm), "{text:?}");
        }
        for text in [
            "2023-02-29",
            "1900-02-29",
            "2024-13-01",
            "2024-00-01",
            "2024-04-31",
            "2024-01-00",
            "0000-01-01",
        ] {
            assert_eq!(text.parse::<Date>(), Err(Invalid::NoSuchDate), "{text:?}");
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        for (text, days) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2000-03-01", 11_017),
            ("0001-01-01", -719_162),
            ("9999-12-31", 2_932_896),
        ] {
            let date: Date = text.parse().unwrap();
            assert_eq!(date.to_days(), days, "{text}");
            assert_eq!(Date::from_days(days), Some(date));
        }
        assert_eq!(Date::from_days(Date::MIN.to_days() - 1), None);
        assert_eq!(Date::from_days(Date::MAX.to_days() + 1), None);
        assert_eq!(Date::from_days(i64::MIN), None);
    }

    #[test]
    fn every_day_comes_back_and_follows_the_day_before() {
        let mut before = Date::MIN;
        for days in Date::MIN.to_days() + 1..=Date::MAX.to_days() {
            let date = Date::from_days(days).unwrap();
            assert!(before < date);
            assert_eq!(date.to_days(), days);
            assert_eq!(Date::new(date.year(), date.month(), date.day()), Ok(date));
            before = date;
        }
    }

    proptest! {
        #[test]
        fn text_comes_back(days in Date::MIN.to_days()..=Date::MAX.to_days()) {
            let date = Date::from_days(days).unwrap();
            let mut bytes = Vec::new();
            date.write(&mut bytes);
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), date.to_string());
            prop_assert_eq!(date.to_string().parse(), Ok(date));
        }

        #[test]
        fn any_text_is_survived(text in "\\PC{0,12}") {
            let _ = text.parse::<Date>();
        }
    }
}
