//! Arguments of `validate`, and the forms in which sizes, shares and moments are written.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr as _;

use clap::Args;
use vitrina::{Date, Timestamp};

/// Arguments of `validate`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vitrina validate region.zip --lang ru
  vitrina validate region/ --html report.html --csv findings.csv
  vitrina validate region/ --format json --output report.json --fail-on never
  vitrina validate region/ --baseline report.json
  vitrina validate region/ --previous last-month.zip --deletion-threshold 10%

The report goes to standard output or to --output. Values of personal columns are masked. The same
package, model, options and --at give the same bytes.

Exit codes: 0 nothing at or above --fail-on, 1 such findings (with --baseline, new ones), 2 wrong
usage, 3 input that cannot be read or output that cannot be written.")]
pub(crate) struct Validate {
    /// The package: a folder or a zip.
    pub(crate) package: PathBuf,
    /// Where the report goes instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// The report as a page as well.
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// The report as JSON as well (`vitrina schema --report` describes it).
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
    /// The report as SARIF 2.1.0 as well.
    #[arg(long, value_name = "FILE")]
    pub(crate) sarif: Option<PathBuf>,
    /// The findings as a table for a spreadsheet as well.
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
    /// Memory for what grows with the package: 512MiB, 1GiB, 2GB. What is beyond goes to disk.
    #[arg(long, value_name = "SIZE", default_value = "1GiB", value_parser = size)]
    pub(crate) memory: u64,
    /// Threads [default: as many as there are cores].
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Where temporary files go [default: the system's folder for them].
    #[arg(long, value_name = "DIR")]
    pub(crate) temporary: Option<PathBuf>,
    /// The package before this one, to see what would be deleted.
    #[arg(long, value_name = "PACKAGE")]
    pub(crate) previous: Option<PathBuf>,
    /// The largest share of a table's earlier rows that may be gone.
    #[arg(long, value_name = "SHARE", default_value = "20%", value_parser = share)]
    pub(crate) deletion_threshold: f64,
    /// The moment that rules call now, YYYY-MM-DD or "YYYY-MM-DD hh:mm:ss" [default: the clock].
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    pub(crate) at: Option<Timestamp>,
    /// The most samples of each kind of findings.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) samples: usize,
    /// The most kinds of findings and the most samples in all that the report lists; all are counted.
    #[arg(long, value_name = "N", default_value_t = 5000)]
    pub(crate) max_findings: usize,
    /// An earlier report (JSON): what it knows is marked, and does not make the run fail.
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Show values of personal columns as they are.
    #[arg(long)]
    pub(crate) show_values: bool,
    /// Only findings of this table; repeatable. Everything is checked all the same.
    #[arg(long, value_name = "TABLE")]
    pub(crate) table: Vec<String>,
    /// Leave away the model's rules across rows and tables.
    #[arg(long)]
    pub(crate) no_rules: bool,
}

/// Bytes: a number with a unit of powers of two (KiB, MiB, GiB, TiB) or ten (kB, MB, GB, TB), or none.
fn size(text: &str) -> Result<u64, String> {
    const UNITS: [(&str, u64); 10] = [
        ("", 1),
        ("b", 1),
        ("kib", 1 << 10),
        ("mib", 1 << 20),
        ("gib", 1 << 30),
        ("tib", 1 << 40),
        ("kb", 1_000),
        ("mb", 1_000_000),
        ("gb", 1_000_000_000),
        ("tb", 1_000_000_000_000),
    ];
    let text = text.trim();
    let split = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let unit = unit.trim().to_ascii_lowercase();
    let unit = UNITS.iter().find(|(name, _)| *name == unit);
    let size = number.parse::<u64>().ok().zip(unit);
    size.and_then(|(number, (_, unit))| number.checked_mul(*unit))
        .filter(|size| *size > 0)
        .ok_or_else(|| "a size is written as 512MiB, 1GiB or 2GB".to_owned())
}

/// A share from 0 to 1: `20%` or `0.2`.
fn share(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let (number, whole) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), 100.0),
        None => (text, 1.0),
    };
    let share = number.parse::<f64>().ok().map(|number| number / whole);
    share
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| "a share is written as 20% or 0.2".to_owned())
}

/// A moment, or the start of a day.
fn moment(text: &str) -> Result<Timestamp, String> {
    let text = text.trim().replacen('T', " ", 1);
    let day = || Date::from_str(&text).map(Timestamp::from);
    Timestamp::from_str(&text)
        .or_else(|_| day())
        .map_err(|_| "a moment is written as 2025-02-14 or 2025-02-14T12:00:00".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("512MiB"), Ok(512 << 20));
        assert_eq!(size("1 gib"), Ok(1 << 30));
        assert_eq!(size("2GB"), Ok(2_000_000_000));
        assert_eq!(size("65536"), Ok(65536));
        for bad in ["", "GiB", "1.5GiB", "-1", "0", "1 PiB", "99999999999TiB"] {
            assert!(size(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn shares_lie_between_nothing_and_all() {
        assert_eq!(share("20%"), Ok(0.2));
        assert_eq!(share("0.05"), Ok(0.05));
        for bad in ["", "%", "120%", "2", "-1%", "nan"] {
            assert!(share(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn moments_are_days_or_more() {
        let noon = moment("2025-02-14T12:00:00").unwrap();
        assert_eq!(noon.to_string(), "2025-02-14 12:00:00");
        assert_eq!(
            moment("2025-02-14").unwrap().to_string(),
            "2025-02-14 00:00:00"
        );
        for bad in ["", "2025-02-30", "12:00:00", "2025-02-14Z"] {
            assert!(moment(bad).is_err(), "{bad}");
        }
    }
}
