//! Personal data: what speaks of a person is classed, and nobody is named.

use std::collections::BTreeSet;

use super::Findings;
use super::walk::{self, words};
use crate::model::{BaseType, Domain, LintScope, Model, PersonalClass, ScalarId};
use crate::text;

/// Words in names of columns and types that speak of a person. Those that name one are said by
/// [`name`].
const WORDS: [&str; 13] = [
    "birth",
    "citizenship",
    "comment",
    "email",
    "gender",
    "mail",
    "mobile",
    "nationality",
    "passport",
    "phone",
    "sex",
    "snils",
    "oid",
];

fn speaks_of_a_person(name: &str) -> bool {
    words(name).any(|word| WORDS.contains(&word))
}

/// Hashed identifiers, and what is called after a property of persons, have a class of personal data.
pub(super) fn class(model: &Model, found: &mut Findings) {
    let mut unclassed = BTreeSet::new();
    for (id, scalar) in (0..).map(ScalarId).zip(model.scalars()) {
        let is_hash = scalar.hash_of.is_some();
        let is_personal = is_hash || speaks_of_a_person(&scalar.name);
        if !is_personal || scalar.personal.is_some() {
            continue;
        }
        unclassed.insert(id);
        let name = &scalar.name;
        let message = match is_hash {
            true => text!(
                "the type `{name}` hides an identifier by hashing, but has no class of personal data",
                "тип `{name}` скрывает идентификатор хэшем, но класса персональных данных у него нет"
            ),
            false => text!(
                "the type `{name}` speaks of a person, but has no class of personal data",
                "тип `{name}` говорит о лице, но класса персональных данных у него нет"
            ),
        };
        let help = text!(
            "say `personal: identifier`",
            "укажите `personal: identifier`"
        );
        found.push(LintScope::Type(id), scalar.span, message, help);
    }
    for judged in walk::columns(model) {
        let column = judged.column;
        let of_type = match column.ty.domain {
            Domain::Scalar(id) => unclassed.contains(&id),
            // A reference says whose data it is, not what they are.
            Domain::Key { .. } => true,
            Domain::Plain | Domain::Classifier(_) => false,
        };
        let says_nothing = of_type || column.ty.base == BaseType::Boolean;
        let is_classed = model.personal_of(column).is_some();
        if says_nothing || is_classed || !speaks_of_a_person(&column.name) {
            continue;
        }
        let name = &column.name;
        let classes: Vec<String> = PersonalClass::ALL
            .iter()
            .map(|(word, _)| format!("`{word}`"))
            .collect();
        let classes = classes.join(", ");
        found.push(
            judged.scope,
            column.span,
            text!(
                "`{name}` speaks of a person, but has no class of personal data",
                "`{name}` говорит о лице, но класса персональных данных у неё нет"
            ),
            text!(
                "say `personal: …`, one of {classes}",
                "укажите `personal: …`, одно из {classes}"
            ),
        );
    }
}

/// Names of columns that hold a person's name.
const NAMES: [&str; 8] = [
    "first_name",
    "given_name",
    "last_name",
    "family_name",
    "middle_name",
    "second_name",
    "maiden_name",
    "person_name",
];

/// Parts of names that can only be of a person's name.
const NAME_WORDS: [&str; 5] = ["surname", "patronymic", "fio", "firstname", "lastname"];

/// No column holds the name of a natural person.
pub(super) fn name(model: &Model, found: &mut Findings) {
    for judged in walk::columns(model) {
        let column = judged.column;
        let named = NAMES.iter().any(|ending| column.name.ends_with(ending))
            || words(&column.name).any(|word| NAME_WORDS.contains(&word));
        let classed = model.personal_of(column) == Some(PersonalClass::Name);
        let titled = speaks_of_a_name(&column.title);
        if !named && !classed && !titled {
            continue;
        }
        let name = &column.name;
        found.push(
            judged.scope,
            column.span,
            text!(
                "`{name}` holds the name of a person",
                "в `{name}` лежит имя физического лица"
            ),
            text!(
                "persons are known by hashed identifiers: remove the column, or set the level in `showcase.yaml` with the clause that asks for it",
                "лица известны по хэшам идентификаторов: уберите колонку или задайте уровень в `showcase.yaml`, назвав пункт, который её требует"
            ),
        );
    }
}

/// Whether a title has «фамилия» or «отчество» in some form, or the word «ФИО».
fn speaks_of_a_name(title: &str) -> bool {
    let title = title.to_lowercase();
    title
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word == "фио" || word.starts_with("фамили") || word.starts_with("отчеств"))
}
