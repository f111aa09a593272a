//! `serde`: scalars as strings in the form that `Display` writes and `FromStr` reads.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Date, Time, Timestamp, Uuid};

macro_rules! as_text {
    ($type:ty, $form:literal) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                struct Text;

                impl Visitor<'_> for Text {
                    type Value = $type;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($form)
                    }

                    fn visit_str<E: Error>(self, text: &str) -> Result<$type, E> {
                        text.parse().map_err(E::custom)
                    }
                }

                deserializer.deserialize_str(Text)
            }
        }
    };
}

as_text!(Date, "a date `YYYY-MM-DD`");
as_text!(Time, "a time `hh:mm:ss`");
as_text!(Timestamp, "a date and time `YYYY-MM-DD hh:mm:ss`");
as_text!(Uuid, "a UUID with hyphens");

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;

    use super::*;

    fn comes_back<T: Serialize + DeserializeOwned + PartialEq + fmt::Debug>(json: &str) {
        let value: T = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), json);
        assert!(serde_json::from_str::<T>("\"nothing\"").is_err());
        assert!(serde_json::from_str::<T>("5").is_err());
    }

    #[test]
    fn scalars_are_strings() {
        comes_back::<Date>("\"2024-02-29\"");
        comes_back::<Time>("\"08:30:00.25\"");
        comes_back::<Timestamp>("\"2024-02-29 08:30:00\"");
        comes_back::<Uuid>("\"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\"");
    }
}
