//! Periods of lists and values: an end does not come before its start.

use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::Validity;
use crate::source::declaration::{ClassifierDecl, ValidityDecl};
use crate::source::shape::scalar::is_date;
use crate::text;

/// Judges the period of a list and of each of its values.
pub(super) fn check(decl: &ClassifierDecl, report: &mut Report) {
    let values = decl.values.iter().map(|value| &value.validity);
    for period in std::iter::once(&decl.validity).chain(values) {
        order(period, report);
    }
}

/// The period as the model holds it.
pub(super) fn finish(decl: &ValidityDecl) -> Validity {
    Validity {
        start_date: decl.start_date.as_ref().map(|word| word.value.clone()),
        end_date: decl.end_date.as_ref().map(|word| word.value.clone()),
    }
}

fn order(period: &ValidityDecl, report: &mut Report) {
    let (Some(start), Some(end)) = (&period.start_date, &period.end_date) else {
        return;
    };
    // What is no day is reported as such; days of this form compare as texts do.
    if !is_date(&start.value) || !is_date(&end.value) || start.value <= end.value {
        return;
    }
    let (from, to) = (&start.value, &end.value);
    report.push(
        Diagnostic::new(
            code::CLASSIFIER_VALIDITY,
            text!(
                "the period ends on {to}, before it begins on {from}",
                "период кончается {to}, раньше своего начала {from}"
            ),
        )
        .at(end.span)
        .also(start.span, text!("it begins here", "здесь он начинается"))
        .help(text!(
            "`end_date` is the last day in force: look both up in the source",
            "`end_date` — последний день действия: сверьте обе даты с источником"
        )),
    );
}
