//! Parts of days and times, and how long it is from one to another.

use crate::{Date, Time, Timestamp};

const SECONDS_OF_A_DAY: i128 = 86_400;
const MICROSECONDS: i128 = 1_000_000;

/// `EXTRACT(YEAR FROM date)`: 1 to 9999.
pub fn year(date: Option<Date>) -> Option<i128> {
    Some(date?.year().into())
}

/// `EXTRACT(MONTH FROM date)`: 1 to 12.
pub fn month(date: Option<Date>) -> Option<i128> {
    Some(date?.month().into())
}

/// `EXTRACT(DAY FROM date)`: the day of the month, 1 to 31.
pub fn day(date: Option<Date>) -> Option<i128> {
    Some(date?.day().into())
}

/// `EXTRACT(ISODOW FROM date)`: the day of the week, 1 (Monday) to 7 (Sunday).
pub fn iso_weekday(date: Option<Date>) -> Option<i128> {
    // 1970-01-01 was a Thursday.
    Some(((date?.to_days() + 3).rem_euclid(7) + 1).into())
}

/// `EXTRACT(HOUR FROM time)`: 0 to 23.
pub fn hour(time: Option<Time>) -> Option<i128> {
    Some(time?.hour().into())
}

/// `EXTRACT(MINUTE FROM time)`: 0 to 59.
pub fn minute(time: Option<Time>) -> Option<i128> {
    Some(time?.minute().into())
}

/// `CAST(timestamp AS date)`
pub fn date_of(timestamp: Option<Timestamp>) -> Option<Date> {
    timestamp.map(Timestamp::date)
}

/// `CAST(timestamp AS time)`
pub fn time_of(timestamp: Option<Timestamp>) -> Option<Time> {
    timestamp.map(Timestamp::time)
}

/// `full_years(from, to)`: the difference of the years, less one when month and day of `to` come
/// before those of `from`.
///
/// ```
/// use vitrina::{Date, sql::full_years};
///
/// let born = Some(Date::new(2012, 2, 29)?);
/// assert_eq!(full_years(born, Some(Date::new(2023, 2, 28)?)), Some(10));
/// assert_eq!(full_years(born, Some(Date::new(2023, 3, 1)?)), Some(11));
/// # Ok::<(), vitrina::Invalid>(())
/// ```
pub fn full_years(from: Option<Date>, to: Option<Date>) -> Option<i128> {
    let (from, to) = (from?, to?);
    let not_yet = (to.month(), to.day()) < (from.month(), from.day());
    Some(i128::from(to.year()) - i128::from(from.year()) - i128::from(not_yet))
}

/// `seconds_between(from, to)`: `to` minus `from`, cut towards zero.
pub fn seconds_between(from: Option<Timestamp>, to: Option<Timestamp>) -> Option<i128> {
    Some((microseconds(to?) - microseconds(from?)) / MICROSECONDS)
}

/// Microseconds since 1970-01-01 00:00:00.
fn microseconds(moment: Timestamp) -> i128 {
    let time = moment.time();
    let minutes = i128::from(time.hour()) * 60 + i128::from(time.minute());
    let seconds = i128::from(moment.date().to_days()) * SECONDS_OF_A_DAY
        + minutes * 60
        + i128::from(time.second());
    seconds * MICROSECONDS + i128::from(time.microsecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<Date> {
        Some(text.parse().unwrap())
    }

    fn moment(text: &str) -> Option<Timestamp> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn null_makes_null() {
        for part in [year, month, day, iso_weekday] {
            assert_eq!(part(None), None);
        }
        for part in [hour, minute] {
            assert_eq!(part(None), None);
        }
        assert_eq!(date_of(None), None);
        assert_eq!(time_of(None), None);
        assert_eq!(full_years(None, date("2024-01-01")), None);
        assert_eq!(full_years(date("2024-01-01"), None), None);
        assert_eq!(seconds_between(None, moment("2024-01-01 00:00:00")), None);
        assert_eq!(seconds_between(moment("2024-01-01 00:00:00"), None), None);
    }

    #[test]
    fn parts() {
        for (text, parts) in [
            ("0001-01-01", [1, 1, 1, 1]),
            ("1969-12-31", [1969, 12, 31, 3]),
            ("1970-01-01", [1970, 1, 1, 4]),
            ("2024-02-29", [2024, 2, 29, 4]),
            ("2024-03-03", [2024, 3, 3, 7]),
            ("9999-12-31", [9999, 12, 31, 5]),
        ] {
            let found = [year, month, day, iso_weekday].map(|part| part(date(text)));
            assert_eq!(found, parts.map(Some), "{text}");
        }
        let late = moment("1969-12-31 23:59:59.999999");
        assert_eq!(date_of(late), date("1969-12-31"));
        assert_eq!(hour(time_of(late)), Some(23));
        assert_eq!(minute(time_of(late)), Some(59));
        assert_eq!(hour(Some(Time::MIDNIGHT)), Some(0));
        assert_eq!(minute(Some(Time::MIDNIGHT)), Some(0));
    }

    #[test]
    fn years() {
        for (from, to, years) in [
            ("2010-09-01", "2024-08-31", 13),
            ("2010-09-01", "2024-09-01", 14),
            ("2012-02-29", "2024-02-29", 12),
            ("2024-09-01", "2024-08-31", -1),
            ("2024-09-01", "2023-09-01", -1),
            ("2024-09-01", "2023-08-31", -2),
            ("0001-01-01", "9999-12-31", 9998),
            ("9999-12-31", "0001-01-01", -9999),
        ] {
            assert_eq!(full_years(date(from), date(to)), Some(years), "{from} {to}");
        }
    }

    #[test]
    fn seconds() {
        let noon = "2024-02-29 12:00:00";
        for (from, to, seconds) in [
            (noon, "2024-02-29 12:00:00.999999", 0),
            (noon, "2024-02-29 11:59:59.000001", 0),
            (noon, "2024-02-29 11:59:58.999999", -1),
            (noon, "2024-03-01 12:00:01", 86_401),
            ("1970-01-01 00:00:00", "1969-12-31 23:59:59", -1),
            (
                "0001-01-01 00:00:00",
                "9999-12-31 23:59:59.999999",
                315_537_897_599,
            ),
        ] {
            assert_eq!(
                seconds_between(moment(from), moment(to)),
                Some(seconds),
                "{from} {to}"
            );
        }
    }
}
