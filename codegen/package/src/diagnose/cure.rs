//! The command that mends what was found.

use crate::inventory::Kind;
use crate::{Code, Facts, code};

/// Where a finding was made, as a command names it.
#[derive(Debug, Clone, Copy)]
pub struct Where<'p> {
    /// The package, as a shell is to find it.
    pub package: &'p str,
    /// What it is kept in.
    pub kind: Kind,
    /// The folder inside it that holds its files, with a slash at the end, or nothing.
    pub root: &'p str,
}

/// The command that cures a finding, as typed in a POSIX shell; none where a person must mend. `facts` are
/// those of the finding.
pub fn cure(code: Code, facts: &Facts, place: Where<'_>) -> Option<String> {
    let name = facts.get("file").unwrap_or_default();
    match code {
        code::WINDOWS_1251 if !is_certain(facts) => {
            // A guess is for a person to look at.
            let encoding = facts.get("encoding")?;
            Some(place.filter(name, &format!("iconv -f {encoding} -t UTF-8")))
        }
        code::UTF_16
        | code::WINDOWS_1251
        | code::BYTE_ORDER_MARK
        | code::SEPARATOR
        | code::HEADER_CASE
        | code::HEADER_ORDER
        | code::HEADER_LOOK_ALIKE
        | code::HEADER_REPEATED
        | code::HEADER_QUOTED
        | code::CARRIAGE_RETURN
        | code::UNQUOTED
        | code::EMPTY_LINE
        | code::BLANKS
        | code::NULL_FORM
        | code::FILE_CASE
        | code::SUBFOLDER => {
            let (package, to) = (quote(place.package), quote(&place.mended()));
            Some(format!("vitrina fix {package} --out {to}"))
        }
        code::UNFINISHED | code::HIDDEN_FILE => Some(match place.kind {
            Kind::Folder => format!("rm -r {}", place.path(name)),
            Kind::Zip => format!("zip -d {} {}", quote(place.package), place.path(name)),
        }),
        code::FILE_LOOK_ALIKE if place.kind == Kind::Folder => {
            let expected = facts.get("expected")?;
            Some(format!("mv {} {}", place.path(name), place.path(expected)))
        }
        code::NOT_TEXT if facts.get("found") == Some("gzip") => {
            Some(place.filter(name, "gzip -dc"))
        }
        code::NUL => Some(place.filter(name, "tr -d '\\000'")),
        _ => None,
    }
}

/// Whether an encoding was guessed so surely that a program may act on it.
fn is_certain(facts: &Facts) -> bool {
    let confidence = facts.get("confidence").and_then(|text| text.parse().ok());
    confidence.is_some_and(|percent: u8| percent >= CERTAIN)
}

/// Percent from which a guess of an encoding is certain.
pub const CERTAIN: u8 = 99;

impl Where<'_> {
    /// Where the mended package goes: beside the other, never over it.
    fn mended(&self) -> String {
        let package = self.package.trim_end_matches('/');
        format!("{}-fixed", package.strip_suffix(".zip").unwrap_or(package))
    }

    /// A file of the package; in a zip, its name there.
    fn path(&self, name: &str) -> String {
        let root = self.root;
        match self.kind {
            Kind::Folder => {
                let package = self.package.trim_end_matches('/');
                quote(&format!("{package}/{root}{name}"))
            }
            Kind::Zip => quote(&format!("{root}{name}")),
        }
    }

    /// Sends a file through a program to a place beside the package.
    fn filter(&self, name: &str, program: &str) -> String {
        let own = name.rsplit('/').next().unwrap_or_default();
        let folder = quote(&self.mended());
        let to = quote(&format!("{}/{own}", self.mended()));
        let path = self.path(name);
        match self.kind {
            Kind::Folder => format!("mkdir -p {folder} && {program} < {path} > {to}"),
            Kind::Zip => {
                let package = quote(self.package);
                format!("mkdir -p {folder} && unzip -p {package} {path} | {program} > {to}")
            }
        }
    }
}

/// An argument as a shell reads it.
fn quote(text: &str) -> String {
    let is_plain = |one: char| one.is_alphanumeric() || "/._-+=@%:,".contains(one);
    match !text.is_empty() && !text.starts_with('-') && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cure_is_a_command_that_leaves_the_input_alone() {
        let folder = Where {
            package: "export of/may/",
            kind: Kind::Folder,
            root: "",
        };
        let zip = Where {
            package: "may.zip",
            kind: Kind::Zip,
            root: "export/",
        };
        let facts = |confidence: &str| {
            Facts::default()
                .with("file", "mark.csv")
                .with("encoding", "KOI8-R")
                .with("confidence", confidence)
        };
        assert_eq!(
            cure(code::WINDOWS_1251, &facts("99"), folder).unwrap(),
            "vitrina fix 'export of/may/' --out 'export of/may-fixed'"
        );
        assert_eq!(
            cure(code::WINDOWS_1251, &facts("70"), folder).unwrap(),
            "mkdir -p 'export of/may-fixed' && iconv -f KOI8-R -t UTF-8 \
             < 'export of/may/mark.csv' > 'export of/may-fixed/mark.csv'"
        );
        assert_eq!(
            cure(code::WINDOWS_1251, &facts("70"), zip).unwrap(),
            "mkdir -p may-fixed && unzip -p may.zip export/mark.csv \
             | iconv -f KOI8-R -t UTF-8 > may-fixed/mark.csv"
        );
        assert_eq!(
            cure(code::HIDDEN_FILE, &facts(""), zip).unwrap(),
            "zip -d may.zip export/mark.csv"
        );
        assert_eq!(cure(code::CUT, &facts(""), zip), None);
        assert_eq!(quote("it's"), "'it'\\''s'");
        assert_eq!(quote("-rf"), "'-rf'");
    }
}
