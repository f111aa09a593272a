//! Codes: a column called a code has a list, and a column with a list is called a code.

use super::Findings;
use super::walk;
use crate::model::{BaseType, Domain, Model};
use crate::text;

/// A column ending in `_code` has a classifier.
pub(super) fn code_classifier(model: &Model, found: &mut Findings) {
    for judged in walk::columns(model) {
        let column = judged.column;
        let name = &column.name;
        let is_listed = matches!(column.ty.domain, Domain::Classifier(_));
        // A reference of this name is said by `foreign_key_suffix`.
        let is_reference = judged.table.reference_of(column.id).is_some();
        if !name.ends_with("_code") || is_listed || is_reference {
            continue;
        }
        found.push(
            judged.scope,
            column.span,
            text!(
                "`{name}` is a code without a classifier",
                "`{name}` — код без справочника"
            ),
            text!(
                "say `classifier: …`; of a list that cannot be enumerated, declare it `open: true`",
                "укажите `classifier: …`; список, который не перечислить, объявите с `open: true`"
            ),
        );
    }
}

/// A column with a classifier ends in `_code`, in `_number` where codes are numbers, or in the
/// classifier's name.
pub(super) fn classifier_suffix(model: &Model, found: &mut Findings) {
    for judged in walk::columns(model) {
        let column = judged.column;
        let Domain::Classifier(list) = column.ty.domain else {
            continue;
        };
        let list = model.classifier(list);
        let (name, list_name) = (&column.name, &list.name);
        let is_number = list.base == BaseType::Int32 && name.ends_with("_number");
        let is_code = name.ends_with("_code") || name == "code";
        let before = name.strip_suffix(list_name.as_str());
        let is_list = before.is_some_and(|before| before.is_empty() || before.ends_with('_'));
        if is_number || is_code || is_list {
            continue;
        }
        found.push(
            judged.scope,
            column.span,
            text!(
                "`{name}` holds codes of `{list_name}`, but is not called a code",
                "в `{name}` лежат коды из `{list_name}`, но кодом она не названа"
            ),
            text!(
                "end its name in `_code`, or in `{list_name}`",
                "пусть имя оканчивается на `_code` или на `{list_name}`"
            ),
        );
    }
}
