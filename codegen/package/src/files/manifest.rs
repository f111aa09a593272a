//! Small files written whole, and a model's profile as manifests name it.

use std::path::Path;

use vitrina::csv::{BooleanForm, NullForm, Profile};
use vitrina_codegen::model::{self, CsvProfile};

use super::aside::OutError;
use super::out::OutFile;

/// Writes a text as a new file.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), OutError> {
    let mut file = OutFile::create(path)?;
    file.write(text.as_bytes())?;
    file.finish()?;
    Ok(())
}

/// A model's profile as manifests have it.
pub(crate) fn profile(csv: CsvProfile) -> Profile {
    Profile {
        null: match csv.null {
            model::NullForm::Quoted => NullForm::Quoted,
            model::NullForm::Bare => NullForm::Bare,
        },
        boolean: match csv.boolean {
            model::BooleanForm::Lower => BooleanForm::Lower,
            model::BooleanForm::Title => BooleanForm::Title,
            model::BooleanForm::Digit => BooleanForm::Digit,
        },
    }
}
