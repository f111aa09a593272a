//! Days and times as numbers: the proleptic Gregorian calendar, years 1 to 9999.
//!
//! Apart from the runtime's own types on purpose: the reference that they are held against.

/// A day, as the number of days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i64);

/// Microseconds of a day.
pub(super) const DAY_MICROS: i64 = 86_400_000_000;

impl Day {
    /// The day of a year (1 to 9999), a month and a day of the month.
    pub fn new(year: i64, month: i64, day: i64) -> Option<Day> {
        let valid = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        if !valid {
            return None;
        }
        let before: i64 = (1..month).map(|month| days_in_month(year, month)).sum();
        Some(Day(days_before_year(year) + before + day - 1 - EPOCH))
    }

    /// Year, month and day of the month; `None` outside of the years 1 to 9999.
    pub fn civil(self) -> Option<(i64, i64, i64)> {
        let number = self.0.checked_add(EPOCH)?;
        if number < 0 || number >= days_before_year(10_000) {
            return None;
        }
        // The estimate is at most one year too late.
        let mut year = number * 400 / 146_097 + 1;
        if days_before_year(year) > number {
            year -= 1;
        } else if days_before_year(year + 1) <= number {
            year += 1;
        }
        let mut rest = number - days_before_year(year);
        let mut month = 1;
        while rest >= days_in_month(year, month) {
            rest -= days_in_month(year, month);
            month += 1;
        }
        Some((year, month, rest + 1))
    }
}

impl From<vitrina::Date> for Day {
    fn from(date: vitrina::Date) -> Day {
        Day(date.to_days())
    }
}

/// `YYYY-MM-DD`; outside of the years 1 to 9999 there is no such text, and the number stands.
impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.civil() {
            Some((year, month, day)) => write!(f, "{year:04}-{month:02}-{day:02}"),
            None => write!(f, "day {}", self.0),
        }
    }
}

/// Days from 0001-01-01 to 1970-01-01.
const EPOCH: i64 = 719_162;

fn days_before_year(year: i64) -> i64 {
    let past = year - 1;
    past * 365 + past / 4 - past / 100 + past / 400
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A number of exactly so many ASCII digits.
fn digits(text: &str, count: usize) -> Option<i64> {
    let all = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().ok()).flatten()
}

/// `YYYY-MM-DD`
pub(super) fn parse_date(text: &str) -> Option<Day> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    Day::new(digits(year, 4)?, digits(month, 2)?, digits(day, 2)?)
}

/// `hh:mm:ss`, with a fraction of 1 to `precision` digits or none: microseconds of the day.
pub(super) fn parse_time(text: &str, precision: u8) -> Option<i64> {
    let (clock, fraction) = match text.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let (hours, rest) = clock.split_once(':')?;
    let (minutes, seconds) = rest.split_once(':')?;
    let (hours, minutes, seconds) = (digits(hours, 2)?, digits(minutes, 2)?, digits(seconds, 2)?);
    if hours > 23 || minutes > 59 || seconds > 59 {
        return None;
    }
    let micros = match fraction {
        None => 0,
        Some(text) if (1..=usize::from(precision.min(6))).contains(&text.len()) => {
            digits(text, text.len())? * 10_i64.pow(6 - text.len() as u32)
        }
        Some(_) => return None,
    };
    Some(((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + micros)
}

/// `YYYY-MM-DD hh:mm:ss[.ffffff]`: microseconds since 1970-01-01 00:00:00.
pub(super) fn parse_timestamp(text: &str, precision: u8) -> Option<i64> {
    let (date, time) = text.split_once(' ')?;
    Some(parse_date(date)?.0 * DAY_MICROS + parse_time(time, precision)?)
}

/// `hh:mm:ss`, with `precision` digits of a fraction behind a point, if any.
pub(super) fn time_text(micros: i64, precision: u8) -> String {
    let seconds = micros / 1_000_000;
    let mut text = format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    );
    let precision = u32::from(precision.min(6));
    if precision > 0 {
        let fraction = micros % 1_000_000 / 10_i64.pow(6 - precision);
        text.push_str(&format!(".{fraction:0width$}", width = precision as usize));
    }
    text
}

/// `YYYY-MM-DD hh:mm:ss`, with a fraction as in [`time_text`].
pub(super) fn timestamp_text(micros: i64, precision: u8) -> String {
    format!(
        "{} {}",
        Day(micros.div_euclid(DAY_MICROS)),
        time_text(micros.rem_euclid(DAY_MICROS), precision)
    )
}
