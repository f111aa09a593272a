//! What the verbs that make packages of packages share: model, place, resources.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use vitrina_codegen::model::Model;
use vitrina_codegen::model::eval::Day;
use vitrina_codegen::quality::Moment;
use vitrina_codegen::text;
use vitrina_package::{Options, OutError};

use super::load::load;
use crate::args::{Resources, Shared};
use crate::console::Console;
use crate::exit::Failure;
use crate::places;
use crate::timings::Timings;

/// The model; none when it has errors, which are then said.
pub(super) fn open_model(shared: &Shared, console: &Console) -> Result<Option<Model>, Failure> {
    let folder = places::model(shared)?;
    let loaded = load(&folder, &Timings::default())?;
    if loaded.model.is_none() {
        console.findings(&[(&loaded.report, &loaded.sources)], [])?;
    }
    Ok(loaded.model)
}

/// Where the result goes: it has no default, for it must not lie where anything is.
pub(super) fn place(shared: &Shared) -> Result<PathBuf, Failure> {
    shared.out.clone().ok_or_else(|| {
        Failure::usage(
            text!(
                "it is not said where the result goes",
                "не сказано, куда записать результат"
            ),
            text!(
                "name a new folder with `--out DIR`",
                "укажите новую папку через `--out DIR`"
            ),
        )
    })
}

/// Options of the library. Nothing here depends on the time of day.
pub(super) fn options(resources: &Resources) -> Options {
    let mut options = Options::new(Moment {
        today: Day(0),
        now: 0,
    });
    options.memory = resources.memory;
    if let Some(threads) = resources.threads {
        options.threads = threads;
    }
    options.temporary.clone_from(&resources.temporary);
    options
}

/// A result that has no place, or that the disk refused.
pub(super) fn refused(error: &OutError) -> Failure {
    let message = error.message();
    match error {
        OutError::Io(..) => Failure::io(message),
        OutError::Occupied(_) | OutError::Inside { .. } => Failure::usage(
            message,
            text!(
                "choose another folder with `--out`",
                "выберите другую папку через `--out`"
            ),
        ),
    }
}

/// Bytes as people write them: `1GiB`, `512MiB`, `2GB`, `1000000`.
pub(crate) fn bytes(text: &str) -> Result<u64, String> {
    const UNITS: [(&str, u64); 10] = [
        ("kib", 1 << 10),
        ("mib", 1 << 20),
        ("gib", 1 << 30),
        ("tib", 1 << 40),
        ("kb", 1_000),
        ("mb", 1_000_000),
        ("gb", 1_000_000_000),
        ("tb", 1_000_000_000_000),
        ("b", 1),
        ("", 1),
    ];
    let lower = text.trim().to_lowercase();
    let digits = lower.trim_end_matches(|char: char| char.is_ascii_alphabetic());
    let unit = lower.strip_prefix(digits).unwrap_or_default();
    let unit = UNITS.iter().find(|(name, _)| *name == unit);
    let number: Option<u64> = digits.trim().parse().ok();
    number
        .zip(unit)
        .and_then(|(number, (_, unit))| number.checked_mul(*unit))
        .ok_or_else(|| "an amount such as 512MiB or 2GB is expected".to_owned())
}

/// Threads: at least one.
pub(crate) fn threads(text: &str) -> Result<NonZeroUsize, String> {
    text.parse()
        .map_err(|_| "a number from 1 is expected".to_owned())
}

/// A share: `20%`, `0.2`.
pub(crate) fn share(text: &str) -> Result<f64, String> {
    let share = match text.strip_suffix('%') {
        Some(percent) => percent.parse().map(|percent: f64| percent / 100.0),
        None => text.parse(),
    };
    share
        .ok()
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| "a share from 0% to 100% is expected".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_shares() {
        assert_eq!(bytes("1GiB"), Ok(1 << 30));
        assert_eq!(bytes("512 MiB"), Ok(512 << 20));
        assert_eq!(bytes("2gb"), Ok(2_000_000_000));
        assert_eq!(bytes("0"), Ok(0));
        for bad in ["", "GiB", "1XB", "-1", "99999999999TiB", "1.5GB"] {
            assert!(bytes(bad).is_err(), "{bad}");
        }
        assert_eq!(share("20%"), Ok(0.2));
        assert_eq!(share("1"), Ok(1.0));
        assert!(share("120%").is_err() && share("x").is_err() && share("NaN").is_err());
        assert!(threads("0").is_err() && threads("2").is_ok());
    }
}
