//! Identifiers of the showcase, its tables and attributes.
//!
//! The platform issues them on entry; until then each is derived from its path, so that two runs
//! and two people propose the same ones. An issued identifier in `nsud.guids` replaces a derived one.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::model::{Column, Model, Table};
use crate::source::Spanned;

/// The namespace of derived identifiers: UUIDv5 of `urn:vitrina:nsud-descriptor` among URLs.
/// It never changes, or every derived identifier would.
pub const NAMESPACE: Uuid = Uuid::from_u128(0xb7cf37dc_45e6_5cd9_8557_c3844eedd723);

/// The path of the showcase in `nsud.guids`.
pub(super) const SHOWCASE: &str = "showcase";

/// An identifier and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guid {
    /// The identifier.
    pub value: Uuid,
    /// Whether the platform issued it; else it is derived from the path.
    pub issued: bool,
}

impl Guid {
    /// `issued` or `derived`.
    pub fn source(self) -> &'static str {
        if self.issued { "issued" } else { "derived" }
    }

    fn of(issued: &BTreeMap<String, Spanned<Uuid>>, path: &str, derived_from: &str) -> Self {
        match issued.get(path) {
            Some(value) => Guid {
                value: value.value,
                issued: true,
            },
            None => Guid {
                value: Uuid::new_v5(&NAMESPACE, derived_from.as_bytes()),
                issued: false,
            },
        }
    }

    /// The identifier of the showcase, derived from `<mnemonic>`.
    pub fn of_showcase(model: &Model) -> Self {
        let showcase = model.showcase();
        Guid::of(&showcase.targets.guids, SHOWCASE, &showcase.mnemonic)
    }

    /// The identifier of a table, derived from `<mnemonic>/<table>`. A table that is itself called
    /// `showcase` keeps the derived one: its path in `nsud.guids` means the whole.
    pub fn of_table(model: &Model, table: &Table) -> Self {
        let showcase = model.showcase();
        let derived_from = format!("{}/{}", showcase.mnemonic, table.name);
        if table.name == SHOWCASE {
            return Guid::of(&BTreeMap::new(), SHOWCASE, &derived_from);
        }
        Guid::of(&showcase.targets.guids, &table.name, &derived_from)
    }

    /// The identifier of an attribute, derived from `<mnemonic>/<table>/<column>`.
    pub fn of_column(model: &Model, table: &Table, column: &Column) -> Self {
        let showcase = model.showcase();
        let path = format!("{}.{}", table.name, column.name);
        let derived_from = format!("{}/{}/{}", showcase.mnemonic, table.name, column.name);
        Guid::of(&showcase.targets.guids, &path, &derived_from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_namespace_is_what_its_comment_says() {
        let derived = Uuid::new_v5(&Uuid::NAMESPACE_URL, b"urn:vitrina:nsud-descriptor");
        assert_eq!(NAMESPACE, derived);
    }
}
