//! The list of reference packages.

mod across;
mod file;
mod package;
mod row;

use std::collections::BTreeMap;

use vitrina_package::Code;
use vitrina_package::code;

use super::base::Base;
use super::draft::Draft;

/// A reference package.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its folder: `V0401-required`, `valid`.
    pub name: String,
    /// The code that it is there for; none of a package in order.
    pub code: Option<Code>,
    /// Its files by name, the manifest among them.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Whether it is a zip.
    pub is_zip: bool,
    /// The package before it.
    pub previous: Option<BTreeMap<String, Vec<u8>>>,
    /// Whether rules across rows and tables are judged: of few tables most of them say nothing.
    pub rules: bool,
    /// Whether `vitrina fix` makes a package in order of it.
    pub is_fixable: bool,
    /// The tables that the report is about: all that the package holds.
    pub tables: Vec<String>,
}

/// Codes without a reference package, and why.
pub const EXCEPTIONS: [(Code, &str); 5] = [
    (
        code::CHANGED,
        "the file would have to change while it is read",
    ),
    (
        code::READ_FAILED,
        "the disk or the rights of a folder would have to refuse",
    ),
    (
        code::LONG_LINE,
        "the file would have to be larger than 16 MiB",
    ),
    (
        code::LENGTH,
        "no column of the model holds text of a fixed length that is no hash",
    ),
    (
        code::DELETED,
        "it takes all that stays in the showcase, which no package of deletions holds: reported as not checked",
    ),
];

/// All of them, by name.
///
/// # Errors
/// A table that the model does not have.
pub fn all(base: &Base) -> Result<Vec<Case>, String> {
    let mut cases = vec![valid(base)?];
    cases.extend(package::cases(base)?);
    cases.extend(file::cases(base)?);
    cases.extend(row::cases(base)?);
    cases.extend(across::cases(base)?);
    cases.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(cases)
}

/// A package in order: four tables that every vendor knows, a few rows each.
fn few(base: &Base) -> Result<Draft, String> {
    base.cut(&[("organisations", 3), ("source_system", 2), ("student", 3)])
}

fn valid(base: &Base) -> Result<Case, String> {
    Ok(Case::of(None, few(base)?))
}

impl Case {
    /// A package of few tables for a code.
    fn of(code: Option<Code>, draft: Draft) -> Case {
        let mut tables: Vec<String> = draft
            .files
            .values()
            .filter_map(|file| file.table.clone())
            .collect();
        tables.sort();
        tables.dedup();
        Case {
            name: match code {
                None => "valid".to_owned(),
                Some(code) => format!("{}-{}", code.as_str(), code.name()),
            },
            code,
            files: draft.finish(),
            is_zip: false,
            previous: None,
            rules: false,
            is_fixable: false,
            tables,
        }
    }

    /// For a code.
    fn fault(code: Code, draft: Draft) -> Case {
        Case::of(Some(code), draft)
    }

    /// For a code that `vitrina fix` cures.
    fn fixable(code: Code, draft: Draft) -> Case {
        Case {
            is_fixable: true,
            ..Case::fault(code, draft)
        }
    }

    /// The name of the package beside `expected.json`.
    pub fn package(&self) -> &'static str {
        match self.is_zip {
            true => "package.zip",
            false => "package",
        }
    }
}
