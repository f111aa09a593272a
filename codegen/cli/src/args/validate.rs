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
    #[arg(long, value_name = "SIZE", default_value = "1GiB", value_parser = crate::command::bytes)]
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
    #[arg(long, value_name = "SHARE", default_value = "20%", value_parser = crate::command::share)]
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
