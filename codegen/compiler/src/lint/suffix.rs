//! Names that tell the type: dates, moments, times, booleans, hashes, UUIDs, texts.

use super::Findings;
use super::walk::{self, words};
use crate::diagnostic::Text;
use crate::model::{BaseType, Column, Domain, Model};
use crate::text;

/// An ending of names and the type that goes with it.
struct Ending {
    suffixes: &'static [&'static str],
    fits: fn(&Model, &Column) -> bool,
    /// What such a value is.
    noun: fn() -> Text,
    /// Whether the ending promises the type; the type always asks for the ending.
    promises: bool,
}

/// Dates end in `_date`.
pub(super) fn date(model: &Model, found: &mut Findings) {
    let ending = Ending {
        suffixes: &["_date"],
        fits: |_, column| column.ty.base == BaseType::Date,
        noun: || text!("a date", "дата"),
        promises: true,
    };
    ending.judge(model, found);
}

/// Timestamps end in `_datetime`.
pub(super) fn datetime(model: &Model, found: &mut Findings) {
    let ending = Ending {
        suffixes: &["_datetime"],
        fits: |_, column| matches!(column.ty.base, BaseType::Timestamp(_)),
        noun: || text!("a timestamp", "дата и время"),
        promises: true,
    };
    ending.judge(model, found);
}

/// Times of day end in `_time`.
pub(super) fn time(model: &Model, found: &mut Findings) {
    let ending = Ending {
        suffixes: &["_time"],
        fits: |_, column| matches!(column.ty.base, BaseType::Time(_)),
        noun: || text!("a time of day", "время суток"),
        promises: true,
    };
    ending.judge(model, found);
}

/// Hashes end in `_hash` and are of a type with `hash_of`.
pub(super) fn hash(model: &Model, found: &mut Findings) {
    let ending = Ending {
        suffixes: &["_hash"],
        fits: |model, column| {
            let form = model.form_of(&column.ty);
            form.is_some_and(|form| form.hash_of.is_some())
        },
        noun: || {
            text!(
                "a value of a type with `hash_of`",
                "значение типа с `hash_of`"
            )
        },
        promises: true,
    };
    ending.judge(model, found);
}

/// UUIDs that are no keys end in `_guid` or `_uuid`.
pub(super) fn uuid(model: &Model, found: &mut Findings) {
    let ending = Ending {
        suffixes: &["_guid", "_uuid"],
        fits: |_, column| column.ty.base == BaseType::Uuid,
        noun: || text!("a UUID", "UUID"),
        promises: true,
    };
    ending.judge(model, found);
}

/// Texts without a limit end in `_text`.
pub(super) fn text(model: &Model, found: &mut Findings) {
    let ending = Ending {
        suffixes: &["_text"],
        fits: |_, column| {
            column.ty.base == BaseType::Varchar(None) && column.ty.domain == Domain::Plain
        },
        noun: || text!("a text without a limit", "текст без ограничения длины"),
        promises: false,
    };
    ending.judge(model, found);
}

/// Endings that promise a type.
const PROMISES: [&str; 6] = ["_date", "_datetime", "_time", "_hash", "_guid", "_uuid"];

impl Ending {
    fn judge(&self, model: &Model, found: &mut Findings) {
        let listed = |quote: &str| {
            let quoted = self.suffixes.iter().map(|suffix| format!("`{suffix}`"));
            quoted.collect::<Vec<_>>().join(quote)
        };
        let (en, ru) = (listed(" or "), listed(" или "));
        for judged in walk::columns(model) {
            let column = judged.column;
            let name = &column.name;
            let suffix = self.suffixes.iter().find(|suffix| name.ends_with(**suffix));
            let fits = (self.fits)(model, column);
            let noun = (self.noun)();
            // Names of keys tell what they lead to, not how they are stored.
            let is_key = matches!(column.ty.domain, Domain::Key { .. });
            // An ending that promises another type is the mistake, and said by the lint of that type.
            let says_other = PROMISES.iter().any(|other| name.ends_with(other));
            if fits && suffix.is_none() && !says_other && !is_key {
                let (noun_en, noun_ru) = (noun.en, noun.ru);
                found.push(
                    judged.scope,
                    column.span,
                    text!(
                        "`{name}` is {noun_en}, but does not end in {en}",
                        "`{name}` — {noun_ru}, но имя не оканчивается на {ru}"
                    ),
                    text!("end its name in {en}", "пусть имя оканчивается на {ru}"),
                );
            } else if let (false, Some(suffix), true) = (fits, suffix, self.promises) {
                let ty = column.ty.base;
                let (noun_en, noun_ru) = (noun.en, noun.ru);
                found.push(
                    judged.scope,
                    column.span,
                    text!(
                        "`{name}` ends in `{suffix}`, but is `{ty}`, not {noun_en}",
                        "`{name}` оканчивается на `{suffix}`, но это `{ty}`, а не {noun_ru}"
                    ),
                    text!(
                        "give it the type that its name promises, or another name",
                        "дайте ей тип, который обещает имя, или другое имя"
                    ),
                );
            }
        }
    }
}

/// Verbs that a boolean's name begins with.
const VERBS: [&str; 9] = [
    "is", "has", "needs", "counts", "can", "may", "was", "allows", "requires",
];

/// Booleans begin with a verb (`is_main`, `counts_in_average`) or end in a participle
/// (`loss_confirmed`); names that begin so are booleans.
pub(super) fn boolean(model: &Model, found: &mut Findings) {
    for judged in walk::columns(model) {
        let column = judged.column;
        let name = &column.name;
        let first = words(name).next().unwrap_or("");
        let last = words(name).last().unwrap_or("");
        let has_verb = VERBS.contains(&first) && first != name;
        let is_boolean = column.ty.base == BaseType::Boolean;
        if is_boolean && !has_verb && !last.ends_with("ed") {
            found.push(
                judged.scope,
                column.span,
                text!(
                    "`{name}` is a boolean, but its name is no statement",
                    "`{name}` — логическая колонка, но имя не похоже на утверждение"
                ),
                text!(
                    "begin it with `is_`, `has_`, `needs_` or another verb: `is_active`",
                    "начните его с `is_`, `has_`, `needs_` или другого глагола: `is_active`"
                ),
            );
        } else if !is_boolean && has_verb {
            let ty = column.ty.base;
            found.push(
                judged.scope,
                column.span,
                text!(
                    "`{name}` begins with `{first}_`, but is `{ty}`, not a boolean",
                    "`{name}` начинается с `{first}_`, но это `{ty}`, а не логическая колонка"
                ),
                text!(
                    "give it the type that its name promises, or another name",
                    "дайте ей тип, который обещает имя, или другое имя"
                ),
            );
        }
    }
}
