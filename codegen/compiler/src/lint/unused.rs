//! Declarations that nothing uses.

use std::collections::BTreeSet;

use super::Findings;
use crate::diagnostic::Text;
use crate::model::{
    AssertionBody, ClassifierId, Column, Domain, LintScope, Model, ScalarId, Structure,
};
use crate::text;

fn columns(model: &Model) -> impl Iterator<Item = &Column> {
    model.tables().iter().flat_map(|table| &table.columns)
}

fn cure() -> Text {
    text!("use it, or remove it", "используйте или уберите")
}

/// Scalar types: of a column, of a list's codes, of a hash, of a rule.
pub(super) fn types(model: &Model, found: &mut Findings) {
    let mut used: BTreeSet<ScalarId> = BTreeSet::new();
    for column in columns(model) {
        match column.ty.domain {
            Domain::Scalar(scalar) => used.extend([scalar]),
            Domain::Key { scalar, .. } => used.extend(scalar),
            Domain::Plain | Domain::Classifier(_) => {}
        }
    }
    used.extend(model.classifiers().iter().filter_map(|list| list.form));
    let hashes = model.scalars().iter().filter_map(|scalar| scalar.hash_of);
    used.extend(hashes.map(|hash| hash.of));
    for assertion in model.rules().iter().flat_map(|rule| &rule.assertions) {
        if let AssertionBody::Structure(Structure::Types(types)) = &assertion.body {
            used.extend(types);
        }
    }
    for (id, scalar) in (0..).map(ScalarId).zip(model.scalars()) {
        if !used.contains(&id) {
            let name = &scalar.name;
            let message = text!(
                "nothing has the type `{name}`",
                "тип `{name}` нигде не используется"
            );
            found.push(LintScope::Type(id), scalar.span, message, cure());
        }
    }
}

/// Classifiers: of a column.
pub(super) fn classifiers(model: &Model, found: &mut Findings) {
    let used: BTreeSet<ClassifierId> = columns(model)
        .filter_map(|column| match column.ty.domain {
            Domain::Classifier(list) => Some(list),
            _ => None,
        })
        .collect();
    for (id, list) in (0..).map(ClassifierId).zip(model.classifiers()) {
        if !used.contains(&id) {
            let name = &list.name;
            let message = text!(
                "no column holds codes of `{name}`",
                "ни в одной колонке нет кодов из `{name}`"
            );
            found.push(LintScope::Classifier(id), list.span, message, cure());
        }
    }
}

/// Mixins: of a table.
pub(super) fn mixins(model: &Model, found: &mut Findings) {
    let used: BTreeSet<&str> = columns(model)
        .filter_map(|column| column.mixin.as_deref())
        .collect();
    for (at, mixin) in model.mixins().iter().enumerate() {
        let name = &mixin.name;
        if !used.contains(name.as_str()) {
            let message = text!(
                "no table has the mixin `{name}`",
                "набора `{name}` нет ни у одной таблицы"
            );
            found.push(LintScope::Mixin(at), mixin.span, message, cure());
        }
    }
}
