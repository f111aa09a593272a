//! From the vendor's rows to the records of the showcase: one implementation of [`Mapped`] for each
//! table. Here stands what they share; all knowledge of the vendor's codes and forms is below.

mod organisation;
mod person;
mod process;
mod programme;
mod student;

use rusqlite::Row;
use vitrina::{Date, Finding, Invalid, Prefix, Record, Timestamp};
use vitrina_model::key::SourceSystemId;

/// The region's clock, in hours ahead of UTC.
pub(crate) const HOURS_AHEAD: i8 = 3;

/// A record that is made of a row of the vendor's database.
pub(crate) trait Mapped: Record {
    /// The vendor's rows, in the order of the file.
    const QUERY: &'static str;

    /// Makes the record.
    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal>;
}

/// A record whose changes the vendor's database knows. `?1` in the queries is a moment by the region's
/// clock, as text; only what happened then or later is wanted.
pub(crate) trait Changing: Mapped {
    /// The vendor's rows that were written since, in the order of the file.
    const CHANGED: &'static str;
    /// The numbers of the vendor's rows that were erased since.
    const ERASED: &'static str;

    /// The key that a row of that number was sent with, the prefix included.
    fn key_of(number: i64, mapping: &Mapping) -> Result<Self::Key, Invalid>;
}

/// Why a row becomes no record.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// A value does not fit the showcase: the next row may follow.
    Finding(Finding),
    /// The database does not give the row.
    Database(rusqlite::Error),
}

impl From<Finding> for Refusal {
    fn from(finding: Finding) -> Self {
        Refusal::Finding(finding)
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Refusal::Database(error)
    }
}

/// What mapping needs beside the row.
#[derive(Debug)]
pub(crate) struct Mapping {
    /// Stands before every key.
    pub(crate) prefix: Prefix,
    /// When the package is made.
    pub(crate) sent: Timestamp,
}

impl Mapping {
    pub(crate) fn new(prefix: Prefix, sent: Timestamp) -> Self {
        Mapping { prefix, sent }
    }

    /// The key of the vendor's system itself.
    fn source_system(&self) -> Result<SourceSystemId, Invalid> {
        SourceSystemId::new(&self.prefix, "RIS")
    }
}

/// A date as this vendor stores it: `дд.мм.гггг`.
fn date(text: &str) -> Result<Date, Invalid> {
    let mut parts = text.split('.');
    let (Some(day), Some(month), Some(year), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Invalid::DateForm);
    };
    let number = |text: &str| text.parse::<u16>().map_err(|_| Invalid::DateForm);
    let small = |text: &str| text.parse::<u8>().map_err(|_| Invalid::DateForm);
    Date::new(number(year)?, small(month)?, small(day)?)
}

/// A date that may be missing.
fn optional_date(text: Option<String>) -> Result<Option<Date>, Invalid> {
    text.as_deref().map(date).transpose()
}

/// A moment as this vendor stores it: seconds since 1970-01-01 UTC.
fn moment(seconds: i64) -> Result<Timestamp, Invalid> {
    Timestamp::from_unix(seconds, HOURS_AHEAD).ok_or(Invalid::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_the_vendor_writes_them() {
        assert_eq!(date("29.02.2024"), Date::new(2024, 2, 29));
        assert_eq!(date("29.02.2023"), Err(Invalid::NoSuchDate));
        for text in ["", "2024-02-29", "1.2", "1.2.2024.5", "a.b.c", "-1.2.2024"] {
            assert_eq!(date(text), Err(Invalid::DateForm), "{text}");
        }
    }

    #[test]
    fn moments_are_shown_by_the_region_s_clock() {
        assert_eq!(moment(0).unwrap().to_string(), "1970-01-01 03:00:00");
        assert_eq!(moment(i64::MAX), Err(Invalid::OutOfRange));
    }
}
