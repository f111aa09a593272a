//! One line mended: told into fields, each field in the profile's form, the columns in order.

use vitrina_codegen::model::{BaseType, BooleanForm, Column, CsvProfile, NullForm};

use super::fields::{Loose, split};
use super::mend::{Mend, Mends};
use crate::Code;
use crate::code::{FIELD_COUNT, NOT_UTF_8, OPEN_QUOTE, STRAY_QUOTE};
use crate::files::split::{SplitFault, quote};

/// How rows are mended.
pub(super) struct RowMender<'m> {
    /// What stands between fields now.
    pub(super) separator: u8,
    /// The column of each field as it stands.
    pub(super) columns: Vec<Option<&'m Column>>,
    /// Positions of fields in the order in which they are written.
    pub(super) order: Vec<usize>,
    pub(super) profile: CsvProfile,
}

impl RowMender<'_> {
    /// Appends the mended line to `out`, or says why it cannot be told into fields; then `out` and `mends`
    /// stay as they were.
    pub(super) fn mend(
        &self,
        line: &[u8],
        fields: &mut Vec<Loose>,
        out: &mut Vec<u8>,
        mends: &mut Mends,
    ) -> Result<(), Code> {
        self.tell(line, fields)?;
        for (place, at) in self.order.iter().enumerate() {
            if place > 0 {
                out.push(b';');
            }
            if let Some(one) = fields.get(*at) {
                let column = self.columns.get(*at).copied().flatten();
                self.field(line, one, column, out, mends);
            }
        }
        Ok(())
    }

    /// Tells a line into as many fields as there are columns.
    pub(super) fn tell(&self, line: &[u8], fields: &mut Vec<Loose>) -> Result<(), Code> {
        if std::str::from_utf8(line).is_err() {
            return Err(NOT_UTF_8);
        }
        match split(line, self.separator, fields) {
            Ok(()) if fields.len() == self.columns.len() => Ok(()),
            Ok(()) => Err(FIELD_COUNT),
            Err(SplitFault::Open(_)) => Err(OPEN_QUOTE),
            Err(SplitFault::Stray(_)) => Err(STRAY_QUOTE),
        }
    }

    fn field(
        &self,
        line: &[u8],
        one: &Loose,
        column: Option<&Column>,
        out: &mut Vec<u8>,
        mends: &mut Mends,
    ) {
        let Loose { field, padded } = one;
        let whole = field.text(line);
        let text = trimmed(&whole);
        mends.add(Mend::Blanks, u64::from(*padded || text.len() < whole.len()));
        if text.is_empty() {
            let quoted = self.profile.null == NullForm::Quoted;
            // Blanks that were all there was are told already.
            let other_form = whole.is_empty() && field.quoted != quoted;
            mends.add(Mend::NullForm, u64::from(other_form));
            if quoted {
                out.extend_from_slice(b"\"\"");
            }
            return;
        }
        mends.add(Mend::Quotes, u64::from(!field.quoted));
        let is_boolean = column.is_some_and(|column| column.ty.base == BaseType::Boolean);
        match boolean(text, self.profile.boolean).filter(|_| is_boolean) {
            Some(word) => {
                mends.add(Mend::Booleans, u64::from(text != word.as_bytes()));
                quote(word.as_bytes(), out);
            }
            None => quote(text, out),
        }
    }
}

/// A text without blanks around it.
fn trimmed(text: &[u8]) -> &[u8] {
    std::str::from_utf8(text).map_or(text, |text| text.trim().as_bytes())
}

/// A boolean of any profile in the form of this one.
fn boolean(text: &[u8], form: BooleanForm) -> Option<&'static str> {
    let truth = match text {
        b"true" | b"True" | b"TRUE" | b"1" => true,
        b"false" | b"False" | b"FALSE" | b"0" => false,
        _ => return None,
    };
    Some(match (form, truth) {
        (BooleanForm::Lower, true) => "true",
        (BooleanForm::Lower, false) => "false",
        (BooleanForm::Title, true) => "True",
        (BooleanForm::Title, false) => "False",
        (BooleanForm::Digit, true) => "1",
        (BooleanForm::Digit, false) => "0",
    })
}
