//! Descriptors of the showcase for ЕИП НСУД: what a maintainer enters there, in the forms that
//! people and programs read.
//!
//! The official machine form of a showcase model is not known publicly, so these are the project's
//! own forms and say so. One tree of facts ([`descriptor`]) is printed as JSON, as XML, as a sheet
//! for entry by hand (CSV, and XLSX with the feature `xlsx`), as the `INFORMATION_SCHEMA` that the
//! platform would compare, and through the maintainer's own templates. Beside it, in `esnsi/`, stand
//! the model's own code lists in the form in which the register of reference data exchanges them.

mod check;
pub mod descriptor;
mod esnsi;
pub mod guid;
mod information_schema;
mod json;
mod sheet;
mod template;
#[cfg(feature = "xlsx")]
mod xlsx;
pub mod xml;

use serde_json::Value;

use super::{Target, header};
use crate::artifacts::Artifacts;
use crate::diagnostic::{Report, Text};
use crate::model::Model;
use crate::text;

const SCHEMA: &str = include_str!("nsud/descriptor.schema.json");
const XSD: &str = include_str!("nsud/descriptor.xsd");

/// The files that the target makes itself, and the folder of code lists. Without the feature `xlsx` the workbook is not made,
/// but its name stays taken: the feature must not decide whether a model is right.
const FILES: [&str; 9] = [
    "descriptor.json",
    "descriptor.schema.json",
    "descriptor.xml",
    "descriptor.xsd",
    "entry-sheet.csv",
    "entry-sheet.xlsx",
    esnsi::FOLDER,
    "information_schema.csv",
    "information_schema.json",
];

/// The target `nsud`.
pub struct Nsud;

impl Target for Nsud {
    fn id(&self) -> &'static str {
        "nsud"
    }

    fn about(&self) -> Text {
        text!(
            "descriptors for ЕИП НСУД in the project's own forms, and a sheet for entry by hand",
            "описания витрины для ЕИП НСУД в собственных форматах и лист для ручного ввода"
        )
    }

    fn folder(&self) -> &'static str {
        "nsud"
    }

    fn check(&self, model: &Model, report: &mut Report) {
        check::check(model, report);
    }

    fn emit(&self, model: &Model, out: &mut Artifacts) {
        let folder = self.folder();
        let mut add = |name: &str, content: Vec<u8>| out.add(format!("{folder}/{name}"), content);
        let generated = header(model);
        let descriptor = descriptor::descriptor(model);

        let facts = json::json(&descriptor, &generated);
        add("descriptor.json", pretty(&facts));
        let comment = Value::from(generated.as_str()).to_string();
        add(
            "descriptor.schema.json",
            SCHEMA.replacen("\"@generated\"", &comment, 1).into(),
        );
        // Writing to memory does not fail; were it to, no file is better than half a file.
        if let Ok(bytes) = xml::xml(&descriptor, &generated) {
            add("descriptor.xml", bytes);
        }
        let comment = xml::comment(&generated);
        add(
            "descriptor.xsd",
            XSD.replacen(" @generated ", &comment, 1).into(),
        );

        let rows = sheet::rows(&descriptor);
        add("entry-sheet.csv", sheet::csv(&rows).into());
        #[cfg(feature = "xlsx")]
        if let Ok(bytes) = xlsx::xlsx(&descriptor.showcase.title, &rows) {
            add("entry-sheet.xlsx", bytes);
        }

        let lists = esnsi::lists(model);
        let mut made = lists.filter_map(|list| {
            let document = esnsi::document(model, list, &generated).ok()?;
            Some((esnsi::file_name(list), document))
        });
        let folder_of_lists = esnsi::FOLDER;
        if let Some(first) = made.next() {
            for (name, document) in std::iter::once(first).chain(made) {
                add(&format!("{folder_of_lists}/{name}"), document);
            }
            let xsd = esnsi::XSD.replacen(" @generated ", &comment, 1);
            add(
                &format!("{folder_of_lists}/{}", esnsi::XSD_NAME),
                xsd.into(),
            );
        }

        let snapshot = information_schema::snapshot(&descriptor);
        add("information_schema.csv", snapshot.csv().into());
        add(
            "information_schema.json",
            pretty(&snapshot.json(&generated)),
        );

        for slot in &model.showcase().targets.templates {
            // `check` has rendered it already.
            if let Ok(text) = template::render(slot, &facts) {
                add(&slot.output.value, text.into());
            }
        }
    }
}

/// Two spaces, every character as it is, a line feed at the end.
fn pretty(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

#[cfg(test)]
mod tests;
