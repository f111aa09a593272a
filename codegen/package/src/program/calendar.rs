//! Days as numbers and back, without loops: the proleptic Gregorian calendar, years 1 to 9999.

/// Microseconds of a day.
pub(crate) const DAY: i64 = 86_400_000_000;

/// Microseconds of a second.
pub(crate) const SECOND: i64 = 1_000_000;

/// 0001-01-01 and 9999-12-31 as days since 1970-01-01.
const FIRST: i64 = -719_162;
const LAST: i64 = 2_932_896;

/// Whether a number of days since 1970-01-01 is a day of the years 1 to 9999.
pub(super) fn is_day(day: i64) -> bool {
    (FIRST..=LAST).contains(&day)
}

/// Year, month and day of the month; none outside of the years 1 to 9999.
pub(super) fn civil(day: i64) -> Option<(i64, i64, i64)> {
    if !is_day(day) {
        return None;
    }
    // Years begin with March here, so that the leap day is the last; eras have 400 years.
    let number = day + 719_468;
    let era = number.div_euclid(146_097);
    let of_era = number.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some((year, month, of_month))
}

#[cfg(test)]
mod tests {
    use vitrina_codegen::model::eval::Day;

    use super::*;

    #[test]
    fn every_day_is_that_of_the_reference() {
        for day in FIRST - 2..=LAST + 2 {
            assert_eq!(civil(day), Day(day).civil(), "{day}");
        }
        for day in [i64::MIN, i64::MAX] {
            assert_eq!(civil(day), None);
        }
    }
}
