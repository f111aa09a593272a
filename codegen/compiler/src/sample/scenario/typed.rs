//! Values that a column's type alone suggests: plain, few, plainly synthetic.

use std::collections::BTreeMap;

use super::super::form;
use crate::model::eval::Day;
use crate::model::scenario::Atom;
use crate::model::{BaseType, Column, Model};
use crate::sample::Random;

/// How many values of a form are made; columns that need more are set by the scenario.
const POOL: u64 = 64;

pub(super) struct Typed<'e> {
    model: &'e Model,
    /// Values of forms, by table-free key: title of the type, base and number.
    forms: BTreeMap<(usize, u64), Option<Atom>>,
}

impl<'e> Typed<'e> {
    pub(super) fn new(model: &'e Model) -> Typed<'e> {
        Typed {
            model,
            forms: BTreeMap::new(),
        }
    }

    /// A value for the `made`-th row of a step, the `serial`-th of its table.
    pub(super) fn value(
        &mut self,
        column: &Column,
        today: Day,
        made: i64,
        serial: i64,
        seed: u64,
    ) -> Atom {
        if let Some(scalar) = form::scalar_of(self.model, &column.ty) {
            let number = seed % POOL;
            let model = self.model;
            let made = self
                .forms
                .entry((scalar.index(), number))
                .or_insert_with(|| {
                    let mut random = Random::new(number);
                    form::value(model, scalar, model.scalar(scalar).base, &mut random)
                        .map(Atom::text)
                });
            return made.clone().unwrap_or_default();
        }
        let turn = made.wrapping_add(i64::try_from(column.id.index()).unwrap_or(0));
        match column.ty.base {
            BaseType::Boolean => Atom::Boolean(turn % 2 == 0),
            BaseType::Int32 | BaseType::BigInt => Atom::Integer(1 + turn.rem_euclid(9)),
            BaseType::Float | BaseType::Double => {
                Atom::Double(0.5 * (1 + turn.rem_euclid(9)) as f64)
            }
            BaseType::Char(chars) => {
                let text: String = format!("{serial:0width$}", width = chars as usize);
                Atom::text(last(&text, chars as usize))
            }
            BaseType::Varchar(Some(max)) => Atom::text(named(&column.title, serial, max as usize)),
            BaseType::Varchar(None) => Atom::text(named(&column.title, serial, 500)),
            BaseType::Link => Atom::text(format!("https://example.org/{serial}")),
            BaseType::Uuid => Atom::text(format!(
                "00000000-0000-4000-8000-{:012x}",
                serial & 0xFFFF_FFFF_FFFF
            )),
            BaseType::Date => Atom::Date(Day(in_turn(today, made, column))),
            BaseType::Time(_) => Atom::Time((8 + turn.rem_euclid(9)) * 3_600_000_000),
            BaseType::Timestamp(_) => {
                Atom::Timestamp(in_turn(today, made, column) * 86_400_000_000 + 9 * 3_600_000_000)
            }
        }
    }
}

/// Numbers that bounds of a column mostly let through, for one that refuses the first.
pub(super) fn other_numbers(atom: &Atom) -> impl Iterator<Item = Atom> + use<> {
    let whole = matches!(atom, Atom::Integer(_));
    let numbers = matches!(atom, Atom::Integer(_) | Atom::Double(_));
    let tries = [1_i64, 2, 3, 0, 10, 100, 1000, -1];
    let tries = tries
        .into_iter()
        .take(if numbers { tries.len() } else { 0 });
    tries.map(move |number| match whole {
        true => Atom::Integer(number),
        false => Atom::Double(number as f64),
    })
}

/// A day of the past year: in one row, days of later columns are later, as beginnings stand before
/// ends and creations before transfers.
fn in_turn(today: Day, made: i64, column: &Column) -> i64 {
    let place = i64::try_from(column.id.index()).unwrap_or(0).min(300);
    today.0 - 310 - made.rem_euclid(50) + place
}

/// `title № 12`, of at most `max` characters: the title gives way, then the sign.
fn named(title: &str, serial: i64, max: usize) -> String {
    let number = serial.to_string();
    let tail = format!(" № {number}");
    let room = max.saturating_sub(tail.chars().count());
    if room < 3 {
        return last(&number, max);
    }
    // What stands in brackets explains the column, not a value.
    let title = title.split(['(', '«', ':', ',']).next().unwrap_or(title);
    let title: String = title.trim().chars().take(room).collect();
    format!("{}{tail}", title.trim_end())
}

/// The last characters of a text.
fn last(text: &str, max: usize) -> String {
    let skip = text.chars().count().saturating_sub(max);
    text.chars().skip(skip).collect()
}
