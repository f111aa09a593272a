//! JSON of values and records, through `serde`: text as strings, numbers as numbers, truth values
//! as themselves, days and times as strings in the form of CSV, no value as null; codes of an
//! `int32` list as numbers. A record is an object of its columns under their physical names; a
//! name that is missing means null, an unknown one is an error.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, MapAccess, Visitor};
use serde::ser::{Error as _, SerializeStruct};
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::check::fits;
use super::datum::Datum;
use super::meta::{Base, Column};
use super::value::Value;
use super::{Record, RowSink, RowSource};
use crate::Invalid;

/// Serializes a value as its bare base type.
///
/// # Errors
/// Those of the serializer.
pub fn serialize_value<V: Value, S: Serializer>(
    value: &V,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    Written {
        datum: value.datum(),
        base: None,
    }
    .serialize(serializer)
}

/// Deserializes a value from its bare base type.
///
/// # Errors
/// The value has not the form of `V`, or those of the deserializer.
pub fn deserialize_value<'de, V: Value, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<V, D::Error> {
    let bare = Bare::deserialize(deserializer)?;
    V::from_datum(bare.datum()).map_err(de::Error::custom)
}

/// Serializes a record as an object.
///
/// # Errors
/// A number that is infinite or undefined, a time finer than its column, or those of the serializer.
pub fn serialize_record<R: Record, S: Serializer>(
    record: &R,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let columns = R::TABLE.columns;
    let mut object = Object {
        columns,
        shape: serializer.serialize_struct(R::TABLE.name, columns.len())?,
    };
    record.write_row(&mut object)?;
    object.shape.end()
}

/// Deserializes a record from an object.
///
/// # Errors
/// A value is missing or has not the form of its column, a name is unknown or comes twice, or those
/// of the deserializer. No error holds a value.
pub fn deserialize_record<'de, R: Record, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<R, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

struct Object<S> {
    columns: &'static [Column],
    shape: S,
}

impl<S: SerializeStruct> RowSink for Object<S> {
    type Error = S::Error;

    fn field<V: Value>(&mut self, column: usize, value: &V) -> Result<(), S::Error> {
        let Some(known) = self.columns.get(column) else {
            return Ok(());
        };
        let datum = value.datum();
        fits(datum, known.base)
            .map_err(|invalid| S::Error::custom(format_args!("`{}`: {invalid}", known.name)))?;
        self.shape.serialize_field(
            known.name,
            &Written {
                datum,
                base: Some(known.base),
            },
        )
    }
}

/// A bare value, with the precision of its column where it has one.
struct Written<'a> {
    datum: Datum<'a>,
    base: Option<Base>,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = Vec::new();
        match (self.datum, self.base) {
            (Datum::Null, _) => return serializer.serialize_none(),
            (Datum::Boolean(value), _) => return serializer.serialize_bool(value),
            (Datum::Integer(value), _) => return serializer.serialize_i64(value),
            (Datum::Float(value), _) => return serializer.serialize_f32(value),
            (Datum::Double(value), _) => return serializer.serialize_f64(value),
            (Datum::Text(value), _) => return serializer.serialize_str(value),
            (Datum::Time(time), Some(base)) => time.write(base.precision(), &mut text),
            (Datum::Timestamp(at), Some(base)) => at.write(base.precision(), &mut text),
            (datum, _) => return serializer.collect_str(&datum),
        }
        serializer.serialize_str(&String::from_utf8_lossy(&text))
    }
}

/// A bare value, owned.
enum Bare {
    Null,
    Boolean(bool),
    Integer(i64),
    Double(f64),
    Text(String),
}

impl Bare {
    fn datum(&self) -> Datum<'_> {
        match self {
            Bare::Null => Datum::Null,
            Bare::Boolean(value) => Datum::Boolean(*value),
            Bare::Integer(value) => Datum::Integer(*value),
            Bare::Double(value) => Datum::Double(*value),
            Bare::Text(value) => Datum::Text(value),
        }
    }
}

impl<'de> Deserialize<'de> for Bare {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BareVisitor)
    }
}

struct BareVisitor;

impl<'de> Visitor<'de> for BareVisitor {
    type Value = Bare;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, a number, true, false or null")
    }

    fn visit_unit<E>(self) -> Result<Bare, E> {
        Ok(Bare::Null)
    }

    fn visit_none<E>(self) -> Result<Bare, E> {
        Ok(Bare::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Bare, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Bare, E> {
        Ok(Bare::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Bare, E> {
        Ok(Bare::Integer(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Bare, E> {
        i64::try_from(value)
            .map(Bare::Integer)
            .map_err(|_| E::custom(Invalid::OutOfRange))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Bare, E> {
        Ok(Bare::Double(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Bare, E> {
        Ok(Bare::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Bare, E> {
        Ok(Bare::Text(value))
    }
}

struct ObjectVisitor<R>(PhantomData<R>);

impl<'de, R: Record> Visitor<'de> for ObjectVisitor<R> {
    type Value = R;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the columns of `{}`", R::TABLE.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<R, A::Error> {
        let columns = R::TABLE.columns;
        let mut values: Vec<Option<Bare>> = columns.iter().map(|_| None).collect();
        while let Some(name) = map.next_key::<String>()? {
            let place = columns.iter().position(|column| column.name == name);
            let Some(value) = place.and_then(|place| values.get_mut(place)) else {
                return Err(de::Error::custom(format_args!("unknown column `{name}`")));
            };
            if value.is_some() {
                return Err(de::Error::custom(format_args!(
                    "column `{name}` comes twice"
                )));
            }
            *value = Some(map.next_value()?);
        }
        R::read_row(&mut Values { columns, values }).map_err(de::Error::custom)
    }
}

struct Values {
    columns: &'static [Column],
    values: Vec<Option<Bare>>,
}

impl RowSource for Values {
    type Error = String;

    fn field<V: Value>(&mut self, column: usize) -> Result<V, String> {
        let value = self.values.get(column).and_then(Option::as_ref);
        V::from_datum(value.map_or(Datum::Null, Bare::datum)).map_err(|invalid| {
            let name = self.columns.get(column).map_or("", |column| column.name);
            format!("`{name}`: {invalid}")
        })
    }
}
