//! The lists that the model's own maintainers keep, in the register's form of exchange: one
//! `simple-classifier` with its data per list, which a region can register in ЕСНСИ.
//!
//! A list that is in the register already keeps its code, uid and revision. For others uids are
//! derived from the path, so that two runs propose the same ones; the register numbers revisions
//! from 1. `simple-classifier.xsd` beside the files says what they look like.

#[cfg(test)]
mod tests;

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use uuid::Uuid;

use super::guid::NAMESPACE as UIDS;
use super::xml::{allowed, comment};
use crate::import::esnsi::NAMESPACE;
use crate::model::{Classifier, ClassifierValue, Model};

/// The folder of the files, inside the target's.
pub(super) const FOLDER: &str = "esnsi";

/// The name of the schema in the folder.
pub(super) const XSD_NAME: &str = "simple-classifier.xsd";

/// The schema of the files.
pub(super) const XSD: &str = include_str!("esnsi/simple-classifier.xsd");

/// The register's most characters of a name, a code and a value of the kind string.
pub(super) const MAX_CHARS: usize = 255;

type Out = Writer<Vec<u8>>;

/// The lists that are written: kept here, and given whole.
pub(super) fn lists(model: &Model) -> impl Iterator<Item = &Classifier> {
    let lists = model.classifiers().iter();
    lists.filter(|list| list.authority == Classifier::OWN && !list.open)
}

/// The file of a list, by name inside the folder.
pub(super) fn file_name(list: &Classifier) -> String {
    format!("{}.xml", list.name)
}

/// The list's code in the register: the one it has there, else one made of the showcase's mnemonic
/// and the list's name.
pub(super) fn code(model: &Model, list: &Classifier) -> String {
    match &list.esnsi {
        Some(esnsi) => esnsi.code.clone(),
        None => format!("{}.{}", model.showcase().mnemonic, list.name),
    }
}

/// A list as a document; `generated` is the line that says where the file comes from.
///
/// # Errors
/// None in practice: everything is written to memory.
pub(super) fn document(model: &Model, list: &Classifier, generated: &str) -> io::Result<Vec<u8>> {
    let made = Document::of(model, list);
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 2);
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    out.write_event(Event::Comment(BytesText::from_escaped(comment(generated))))?;
    out.create_element("document")
        .with_attribute(("xmlns", NAMESPACE))
        .write_inner_content(|out| {
            made.structure(out)?;
            made.data(out)
        })?;
    let mut bytes = out.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

/// A list on its way out.
struct Document<'a> {
    list: &'a Classifier,
    code: String,
    /// What derived uids begin with. A colon stands in no name, so no two paths are equal.
    path: String,
    attributes: Vec<Attribute>,
}

/// An attribute of the document, the facts of a value in the order of the model language.
struct Attribute {
    uid: String,
    title: &'static str,
    /// What stands before `-attribute` and around values: `string`.
    kind: &'static str,
    required: bool,
    /// The fact itself.
    of: fn(&ClassifierValue) -> Option<&str>,
}

impl<'a> Document<'a> {
    fn of(model: &Model, list: &'a Classifier) -> Self {
        let mut document = Document {
            list,
            code: code(model, list),
            path: format!("{}:{}", model.showcase().mnemonic, list.name),
            attributes: Vec::new(),
        };
        let codes = if list.base.is_text() {
            None
        } else {
            Some("integer")
        };
        document.attribute("code", "Код", codes, |value| Some(&value.code));
        document.attribute("title", "Наименование", None, |value| {
            Some(&value.title)
        });
        document.attribute("name", "Имя для программ", None, |value| {
            value.name.as_deref()
        });
        document.attribute(
            "parent",
            "Код вышестоящего значения",
            codes,
            |value| value.parent.as_deref(),
        );
        document.attribute(
            "start_date",
            "Дата начала действия",
            Some("date"),
            |value| value.validity.start_date.as_deref(),
        );
        document.attribute(
            "end_date",
            "Дата окончания действия",
            Some("date"),
            |value| value.validity.end_date.as_deref(),
        );
        if let Some(uid) = list
            .esnsi
            .as_ref()
            .and_then(|esnsi| esnsi.key_attribute.as_ref())
            && let Some(key) = document.attributes.first_mut()
        {
            key.uid.clone_from(uid);
        }
        document
    }

    /// Adds an attribute unless no value has it; texts are strings while they are short enough.
    fn attribute(
        &mut self,
        name: &str,
        title: &'static str,
        kind: Option<&'static str>,
        of: fn(&ClassifierValue) -> Option<&str>,
    ) {
        let values = &self.list.values;
        let given = values.iter().filter_map(of).count();
        if given == 0 {
            return;
        }
        let longest = values
            .iter()
            .filter_map(of)
            .map(|text| text.chars().count());
        let kind = kind.unwrap_or(match longest.max().unwrap_or(0) {
            ..=MAX_CHARS => "string",
            _ => "text",
        });
        self.attributes.push(Attribute {
            uid: self.uid(name),
            title,
            kind,
            required: given == values.len(),
            of,
        });
    }

    fn uid(&self, of: &str) -> String {
        let path = format!("{}:{of}", self.path);
        Uuid::new_v5(&UIDS, path.as_bytes()).to_string()
    }

    fn list_uid(&self) -> String {
        match &self.list.esnsi {
            Some(esnsi) => esnsi.uid.clone(),
            None => Uuid::new_v5(&UIDS, self.path.as_bytes()).to_string(),
        }
    }

    fn structure(&self, out: &mut Out) -> io::Result<()> {
        let revision = self.list.esnsi.as_ref().map_or(1, |esnsi| esnsi.revision);
        let key = self.attributes.first().map_or("", |key| key.uid.as_str());
        out.create_element("simple-classifier")
            .with_attribute(("name", allowed(&self.list.title).as_str()))
            .with_attribute(("code", allowed(&self.code).as_str()))
            .with_attribute(("uid", self.list_uid().as_str()))
            .with_attribute(("version", revision.to_string().as_str()))
            .with_attribute(("key-attribute-ref", key))
            .write_inner_content(|out| {
                if let Some(note) = &self.list.note {
                    out.create_element("description")
                        .write_text_content(BytesText::new(&allowed(note)))?;
                }
                for attribute in &self.attributes {
                    let required = if attribute.required { "true" } else { "false" };
                    out.create_element(format!("{}-attribute", attribute.kind))
                        .with_attribute(("uid", attribute.uid.as_str()))
                        .with_attribute(("name", attribute.title))
                        .with_attribute(("required", required))
                        .write_empty()?;
                }
                Ok(())
            })?;
        Ok(())
    }

    fn data(&self, out: &mut Out) -> io::Result<()> {
        out.create_element("data")
            .with_attribute(("classifier-ref", self.list_uid().as_str()))
            .write_inner_content(|out| {
                for value in &self.list.values {
                    self.record(out, value)?;
                }
                Ok(())
            })?;
        Ok(())
    }

    fn record(&self, out: &mut Out, value: &ClassifierValue) -> io::Result<()> {
        let uid = self.uid(&format!("value:{}", value.code));
        out.create_element("record")
            .with_attribute(("uid", uid.as_str()))
            .write_inner_content(|out| {
                for attribute in &self.attributes {
                    let Some(text) = (attribute.of)(value) else {
                        continue;
                    };
                    out.create_element("attribute-value")
                        .with_attribute(("attribute-ref", attribute.uid.as_str()))
                        .write_inner_content(|out| {
                            out.create_element(attribute.kind)
                                .write_text_content(BytesText::new(&allowed(text)))?;
                            Ok(())
                        })?;
                }
                Ok(())
            })?;
        Ok(())
    }
}
