//! `chrono`'s days, times and moments without a zone.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use crate::{Date, Invalid, Time, Timestamp};

/// Fails outside the years 1 to 9999.
impl TryFrom<NaiveDate> for Date {
    type Error = Invalid;

    fn try_from(date: NaiveDate) -> Result<Date, Invalid> {
        let year = u16::try_from(date.year()).map_err(|_| Invalid::NoSuchDate)?;
        // Months and days fit a byte by definition; what would not is no such date.
        let month = u8::try_from(date.month()).map_err(|_| Invalid::NoSuchDate)?;
        let day = u8::try_from(date.day()).map_err(|_| Invalid::NoSuchDate)?;
        Date::new(year, month, day)
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> NaiveDate {
        // Chrono's calendar is the same and wider, so the default is never taken.
        NaiveDate::from_ymd_opt(date.year().into(), date.month().into(), date.day().into())
            .unwrap_or_default()
    }
}

/// Cuts off what is finer than a microsecond; fails on a leap second.
impl TryFrom<NaiveTime> for Time {
    type Error = Invalid;

    fn try_from(time: NaiveTime) -> Result<Time, Invalid> {
        // Chrono writes a leap second as a fraction of more than a second, which `new` refuses.
        let part = |number| u8::try_from(number).map_err(|_| Invalid::NoSuchTime);
        let microsecond = time.nanosecond() / 1000;
        Time::new(
            part(time.hour())?,
            part(time.minute())?,
            part(time.second())?,
            microsecond,
        )
    }
}

impl From<Time> for NaiveTime {
    fn from(time: Time) -> NaiveTime {
        // Every time of ours is one of chrono's, so the default is never taken.
        NaiveTime::from_hms_micro_opt(
            time.hour().into(),
            time.minute().into(),
            time.second().into(),
            time.microsecond(),
        )
        .unwrap_or_default()
    }
}

/// Cuts off what is finer than a microsecond; fails on a leap second and outside the years 1 to 9999.
impl TryFrom<NaiveDateTime> for Timestamp {
    type Error = Invalid;

    fn try_from(moment: NaiveDateTime) -> Result<Timestamp, Invalid> {
        Ok(Timestamp::new(
            moment.date().try_into()?,
            moment.time().try_into()?,
        ))
    }
}

impl From<Timestamp> for NaiveDateTime {
    fn from(moment: Timestamp) -> NaiveDateTime {
        NaiveDateTime::new(moment.date().into(), moment.time().into())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn calendars_agree(
            days in Date::MIN.to_days()..=Date::MAX.to_days(),
            seconds in 0..86_400_u32,
            microsecond in 0..1_000_000_u32,
        ) {
            let theirs = NaiveDate::from_epoch_days(i32::try_from(days).unwrap()).unwrap();
            let ours = Date::try_from(theirs).unwrap();
            prop_assert_eq!(ours.to_days(), days);
            prop_assert_eq!(ours.to_string(), theirs.to_string());
            let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, microsecond * 1000);
            let moment = theirs.and_time(time.unwrap());
            prop_assert_eq!(NaiveDateTime::from(Timestamp::try_from(moment).unwrap()), moment);
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let year = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        for wrong in [-1, 0, 10_000, 70_000] {
            assert_eq!(Date::try_from(year(wrong)), Err(Invalid::NoSuchDate));
        }
        let leap = NaiveTime::from_hms_nano_opt(23, 59, 59, 1_500_000_000).unwrap();
        assert_eq!(Time::try_from(leap), Err(Invalid::NoSuchTime));
        let fine = NaiveTime::from_hms_nano_opt(1, 2, 3, 4_999).unwrap();
        assert_eq!(Time::try_from(fine), Time::new(1, 2, 3, 4));
    }
}
