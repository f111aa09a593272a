//! The command that mends what was found.

use crate::{Code, Facts, code};

/// The command that cures a finding, as typed in a shell; none where a person must mend. `package` is the
/// package as it was given, `facts` those of the finding.
pub fn cure(code: Code, package: &str, facts: &Facts) -> Option<String> {
    let file = facts.get("file").unwrap_or_default();
    let path = |name: &str| quote(&format!("{}/{name}", package.trim_end_matches('/')));
    let fix = || {
        Some(format!(
            "vitrina fix {} --out {}",
            quote(package),
            quote(&mended(package))
        ))
    };
    match code {
        code::WINDOWS_1251 if !is_certain(facts) => {
            let encoding = facts.get("encoding")?;
            let name = file.rsplit('/').next().unwrap_or_default();
            let to = quote(&format!("{}/{name}", mended(package)));
            Some(format!(
                "iconv -f {encoding} -t UTF-8 {} > {to}",
                path(file)
            ))
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
        | code::SUBFOLDER => fix(),
        code::UNFINISHED | code::HIDDEN_FILE => Some(format!("rm {}", path(file))),
        code::FILE_LOOK_ALIKE => {
            let expected = facts.get("expected")?;
            Some(format!("mv {} {}", path(file), path(expected)))
        }
        code::NOT_TEXT if facts.get("found") == Some("gzip") => {
            let to = path(file);
            Some(format!(
                "gzip -dc {to} > {}",
                quote(&format!("{}/{file}", mended(package)))
            ))
        }
        code::NUL => {
            let to = quote(&format!("{}/{file}", mended(package)));
            Some(format!("tr -d '\\000' < {} > {to}", path(file)))
        }
        _ => None,
    }
}

/// Whether an encoding was guessed so surely that a program may act on it.
pub(crate) fn is_certain(facts: &Facts) -> bool {
    let confidence = facts.get("confidence").and_then(|text| text.parse().ok());
    confidence.is_some_and(|percent: u8| percent >= CERTAIN)
}

/// Percent from which a guess is certain.
pub(crate) const CERTAIN: u8 = 99;

/// Where the mended package goes: beside the other, never over it.
fn mended(package: &str) -> String {
    let package = package.trim_end_matches('/');
    format!("{}-fixed", package.strip_suffix(".zip").unwrap_or(package))
}

/// An argument as a shell reads it.
fn quote(text: &str) -> String {
    let is_plain = |one: char| one.is_alphanumeric() || "/._-+=@%:,".contains(one);
    match !text.is_empty() && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}
