//! GUIDs that name things in registers: houses and address objects in ГАР, organisations in the
//! register of licences.
//!
//! They are stored in lower case with hyphens. An address object and a house of ГАР are different
//! things whose GUIDs look alike, hence two types. Pages of the register of licences are linked with
//! hyphens and without, so its GUID is read in both forms; that an organisation's `rosobr_id` is
//! this GUID is an inference.

use super::macros::{identifier_text, identifier_type};
use super::{Identifier, typed};
use crate::{Invalid, Uuid};

identifier_type! {
    /// An address object in ГАР (`aoguid`): a region, a town, a street.
    GarAddressGuid
}

identifier_type! {
    /// A house in ГАР (`houseguid`).
    GarHouseGuid
}

identifier_type! {
    /// An organisation's GUID in the register of licences, stored with hyphens.
    LicenceRegistryGuid
}

/// Conversions from and to the bare UUID.
macro_rules! bare {
    ($name:ident) => {
        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid.to_string())
            }
        }

        impl $name {
            /// The bare UUID.
            pub fn uuid(&self) -> Uuid {
                self.0.parse().unwrap_or(Uuid::from_bytes([0; 16]))
            }
        }
    };
}

bare!(GarAddressGuid);
bare!(GarHouseGuid);
bare!(LicenceRegistryGuid);

impl LicenceRegistryGuid {
    /// The 32 hexadecimal digits without hyphens.
    pub fn solid(&self) -> String {
        self.0.replace('-', "")
    }
}

/// Checks the form with hyphens.
fn check(text: &str) -> Result<(), Invalid> {
    if text.is_empty() {
        return Err(Invalid::Empty);
    }
    text.parse::<Uuid>()?;
    match text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Err(Invalid::NotLowerCase),
        false => Ok(()),
    }
}

/// Lower case with hyphens, of either case, with or without hyphens and braces, look-alike Cyrillic
/// letters made Latin.
fn normalise(text: &str) -> String {
    let hexadecimal = |c| typed::latin(typed::capital(c)).to_ascii_lowercase();
    let digits: String = text
        .chars()
        .filter(|&c| !typed::is_blank(c) && !typed::is_hyphen(c) && !matches!(c, '{' | '}'))
        .map(|c| match c {
            'O' | 'o' | 'О' | 'о' => '0',
            _ => hexadecimal(c),
        })
        .collect();
    hyphenated(&digits).unwrap_or_else(|| typed::free_text(text))
}

/// The form with hyphens of 32 hexadecimal digits.
fn hyphenated(digits: &str) -> Option<String> {
    if digits.len() != 32 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut text = String::with_capacity(36);
    for (place, digit) in digits.chars().enumerate() {
        if matches!(place, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(digit);
    }
    Some(text)
}

impl Identifier for GarAddressGuid {
    const NAME: &'static str = "gar_address_guid";
    const TITLE: (&'static str, &'static str) = (
        "address object in GAR",
        "идентификатор адресного объекта в ГАР",
    );

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::UuidForm`], [`Invalid::NotLowerCase`].
    fn check(text: &str) -> Result<(), Invalid> {
        check(text)
    }

    fn normalise(text: &str) -> String {
        normalise(text)
    }

    fn is_personal(&self) -> bool {
        false
    }
}

impl Identifier for GarHouseGuid {
    const NAME: &'static str = "gar_house_guid";
    const TITLE: (&'static str, &'static str) = ("house in GAR", "идентификатор дома в ГАР");

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::UuidForm`], [`Invalid::NotLowerCase`].
    fn check(text: &str) -> Result<(), Invalid> {
        check(text)
    }

    fn normalise(text: &str) -> String {
        normalise(text)
    }

    fn is_personal(&self) -> bool {
        false
    }
}

impl Identifier for LicenceRegistryGuid {
    const NAME: &'static str = "licence_registry_guid";
    const TITLE: (&'static str, &'static str) = (
        "organisation in the register of licences",
        "идентификатор в сводном реестре лицензий",
    );

    /// Accepts the form without hyphens too.
    ///
    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::UuidForm`], [`Invalid::NotLowerCase`].
    fn check(text: &str) -> Result<(), Invalid> {
        match hyphenated(text) {
            Some(text) => check(&text),
            None => check(text),
        }
    }

    fn normalise(text: &str) -> String {
        normalise(text)
    }

    fn parse(text: &str) -> Result<Self, Invalid> {
        Self::check(text)?;
        Ok(Self(hyphenated(text).unwrap_or_else(|| text.to_owned())))
    }

    fn as_str(&self) -> &str {
        &self.0
    }

    fn is_personal(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HYPHENATED: &str = "0c5b2444-70a0-4932-980c-b4dc0d3f02b5";
    const SOLID: &str = "0c5b244470a04932980cb4dc0d3f02b5";

    #[test]
    fn gar_has_hyphens_and_lower_case() {
        let house = GarHouseGuid::parse(HYPHENATED).unwrap();
        assert_eq!(house.uuid().to_string(), HYPHENATED);
        assert_eq!(GarHouseGuid::from(house.uuid()), house);
        let upper = HYPHENATED.to_uppercase();
        assert_eq!(GarHouseGuid::check(&upper), Err(Invalid::NotLowerCase));
        assert_eq!(GarAddressGuid::check(SOLID), Err(Invalid::UuidForm));
        assert_eq!(GarAddressGuid::check(""), Err(Invalid::Empty));
        for typed in [
            SOLID,
            &upper,
            &format!("{{{upper}}}"),
            &upper.replace('C', "С"),
        ] {
            assert_eq!(GarAddressGuid::normalise(typed), HYPHENATED, "{typed}");
        }
        assert_eq!(house.mask(), "********-****-****-****-********02b5");
    }

    #[test]
    fn the_register_of_licences_has_two_forms() {
        let solid = LicenceRegistryGuid::parse(SOLID).unwrap();
        assert_eq!(solid, LicenceRegistryGuid::parse(HYPHENATED).unwrap());
        assert_eq!(
            (solid.as_str(), solid.solid().as_str()),
            (HYPHENATED, SOLID)
        );
        let upper = SOLID.to_uppercase();
        assert_eq!(
            LicenceRegistryGuid::check(&upper),
            Err(Invalid::NotLowerCase)
        );
        // Hyphens are all there or none.
        let partly = HYPHENATED.replacen('-', "", 1);
        assert_eq!(LicenceRegistryGuid::check(&partly), Err(Invalid::UuidForm));
        assert_eq!(LicenceRegistryGuid::normalise(&partly), HYPHENATED);
    }
}
