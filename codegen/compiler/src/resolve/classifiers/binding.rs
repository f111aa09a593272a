//! Bindings to ЕСНСИ: codes, uids and revisions that the register can have issued.

use crate::diagnostic::{Diagnostic, Report, Text, code};
use crate::model::EsnsiBinding;
use crate::source::Span;
use crate::source::declaration::{EsnsiDecl, Word};
use crate::text;

/// The register's longest code, in characters.
const MAX_CODE: usize = 255;

/// Judges a binding.
pub(super) fn check(esnsi: &EsnsiDecl, report: &mut Report) {
    let length = esnsi.code.value.chars().count();
    if length > MAX_CODE {
        report.push(finding(
            esnsi.code.span,
            text!(
                "the register has no code of {length} characters",
                "в реестре нет кода из {length} знаков"
            ),
            text!(
                "the code stands on the classifier's page; it has at most {MAX_CODE} characters",
                "код указан на странице справочника; в нём не больше {MAX_CODE} знаков"
            ),
        ));
    }
    uid(&esnsi.uid, report);
    if let Some(attribute) = &esnsi.key_attribute {
        uid(attribute, report);
        if attribute.value == esnsi.uid.value {
            report.push(finding(
                attribute.span,
                text!(
                    "an attribute has another uid than its classifier",
                    "uid атрибута не может совпадать с uid справочника"
                ),
                text!(
                    "it stands in the export at the attribute with the codes",
                    "он указан в выгрузке у атрибута с кодами"
                ),
            ));
        }
    }
    let revision = esnsi.revision.value;
    if revision == 0 || i32::try_from(revision).is_err() {
        report.push(finding(
            esnsi.revision.span,
            text!(
                "the register has no revision {revision}",
                "в реестре нет ревизии {revision}"
            ),
            text!(
                "revisions are numbered from 1; the export names its own as `version`",
                "ревизии нумеруются с 1; в выгрузке номер стоит в `version`"
            ),
        ));
    }
}

/// The binding as the model holds it.
pub(super) fn finish(esnsi: &EsnsiDecl) -> EsnsiBinding {
    EsnsiBinding {
        code: esnsi.code.value.clone(),
        uid: esnsi.uid.value.clone(),
        revision: esnsi.revision.value,
        key_attribute: esnsi.key_attribute.as_ref().map(|word| word.value.clone()),
    }
}

fn uid(word: &Word, report: &mut Report) {
    if EsnsiBinding::is_uid(&word.value) {
        return;
    }
    let text = &word.value;
    report.push(finding(
        word.span,
        text!(
            "`{text}` cannot be a uid of the register",
            "`{text}` не может быть uid реестра"
        ),
        text!(
            "a uid has 3 to 36 characters and no blanks; as a rule it is a UUID",
            "в uid от 3 до 36 знаков и нет пробелов; как правило, это UUID"
        ),
    ));
}

fn finding(span: Span, message: Text, help: Text) -> Diagnostic {
    Diagnostic::new(code::ESNSI_BINDING, message)
        .at(span)
        .help(help)
}
