//! The descriptor as XML of the project's own namespace; `descriptor.xsd` beside it is its schema.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::ElementWriter;

use super::descriptor::{
    AttributeFacts, ClassifierFacts, ClauseFacts, Descriptor, STATEMENT_EN, STATEMENT_RU,
    TableFacts, VERSION,
};
use super::guid::Guid;
use crate::model::Validity;

/// The namespace of the XML descriptor; the number is that of [`VERSION`] before the point.
pub const NAMESPACE: &str = "urn:vitrina:nsud-descriptor:1";

type Out = Writer<Vec<u8>>;

/// The descriptor as an XML document; `generated` is the line that says where the file comes from.
///
/// # Errors
/// None in practice: everything is written to memory.
pub(super) fn xml(descriptor: &Descriptor, generated: &str) -> io::Result<Vec<u8>> {
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 2);
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    out.write_event(Event::Comment(BytesText::from_escaped(comment(generated))))?;
    let showcase = &descriptor.showcase;
    out.create_element("showcase")
        .with_attribute(("xmlns", NAMESPACE))
        .with_attribute(("descriptor_version", VERSION))
        .with_attribute(("official", "false"))
        .text("mnemonic", &showcase.mnemonic)
        .text("title", &showcase.title)
        .text("version", &showcase.version)
        .guid(showcase.guid)
        .write_inner_content(|out| {
            note(out, "statement", Some("ru"), Some(STATEMENT_RU))?;
            note(out, "statement", Some("en"), Some(STATEMENT_EN))?;
            note(out, "note", None, showcase.note.as_deref())?;
            note(out, "kinds_note", None, showcase.kinds_note.as_deref())?;
            for table in &descriptor.tables {
                write_table(out, table)?;
            }
            for list in &descriptor.classifiers {
                write_classifier(out, list)?;
            }
            Ok(())
        })?;
    let mut bytes = out.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn write_table(out: &mut Out, table: &TableFacts) -> io::Result<()> {
    out.create_element("table")
        .text("tech_name", &table.tech_name)
        .text("name", &table.name)
        .optional("group", table.group.as_deref())
        .guid(table.guid)
        .number("ordinal", table.ordinal)
        .write_inner_content(|out| {
            note(out, "note", None, table.note.as_deref())?;
            for kind in &table.kinds {
                out.create_element("kind")
                    .number("number", *kind)
                    .write_empty()?;
            }
            write_clauses(out, &table.clauses)?;
            for attribute in &table.attributes {
                write_attribute(out, attribute)?;
            }
            for (ordinal, key) in (1_usize..).zip(&table.unique_keys) {
                out.create_element("unique_key")
                    .number("ordinal", ordinal)
                    .write_inner_content(|out| {
                        for name in key {
                            out.create_element("member")
                                .text("attribute", name)
                                .write_empty()?;
                        }
                        Ok(())
                    })?;
            }
            Ok(())
        })?;
    Ok(())
}

fn write_attribute(out: &mut Out, attribute: &AttributeFacts) -> io::Result<()> {
    let element = out
        .create_element("attribute")
        .text("tech_name", &attribute.tech_name)
        .text("name", &attribute.name)
        .guid(attribute.guid)
        .number("ordinal", attribute.ordinal)
        .text("type", attribute.prostore_type)
        .optional_number("length", attribute.length)
        .optional_number("precision", attribute.precision)
        .flag("nullable", attribute.nullable)
        .optional_number("primary_key_order", attribute.primary_key_order)
        .optional_number("distribution_order", attribute.distribution_order)
        .flag("unique", attribute.unique)
        .flag("index", attribute.index)
        .optional("classifier", attribute.classifier.as_deref())
        .optional("personal", attribute.personal);
    if attribute.note.is_none() && attribute.clauses.is_empty() && attribute.references.is_empty() {
        element.write_empty()?;
        return Ok(());
    }
    element.write_inner_content(|out| {
        note(out, "note", None, attribute.note.as_deref())?;
        write_clauses(out, &attribute.clauses)?;
        for reference in &attribute.references {
            out.create_element("reference")
                .number("key", reference.key)
                .text("table", &reference.table)
                .text("attribute", &reference.attribute)
                .text(
                    "attribute_guid",
                    &reference.attribute_guid.value.to_string(),
                )
                .text("source_multiplicity", reference.source_multiplicity)
                .text("target_multiplicity", reference.target_multiplicity)
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn write_clauses(out: &mut Out, clauses: &[ClauseFacts]) -> io::Result<()> {
    for clause in clauses {
        out.create_element("clause")
            .text("regulation", &clause.regulation)
            .text("number", &clause.clause)
            .write_empty()?;
    }
    Ok(())
}

fn write_classifier(out: &mut Out, list: &ClassifierFacts) -> io::Result<()> {
    let element = out
        .create_element("classifier")
        .text("name", &list.name)
        .text("title", &list.title)
        .text("authority", &list.authority)
        .optional("source", list.source.as_deref())
        .period(&list.validity)
        .text("type", list.prostore_type)
        .flag("open", list.open);
    if list.esnsi.is_none() && list.values.is_empty() {
        element.write_empty()?;
        return Ok(());
    }
    element.write_inner_content(|out| {
        if let Some(esnsi) = &list.esnsi {
            out.create_element("esnsi")
                .text("code", &esnsi.code)
                .text("uid", &esnsi.uid)
                .number("revision", esnsi.revision)
                .optional("key_attribute", esnsi.key_attribute.as_deref())
                .write_empty()?;
        }
        for value in &list.values {
            out.create_element("value")
                .text("code", &value.code)
                .text("title", &value.title)
                .optional("parent", value.parent.as_deref())
                .period(&value.validity)
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

/// A text element, when there is a text.
fn note(out: &mut Out, name: &str, language: Option<&str>, text: Option<&str>) -> io::Result<()> {
    if let Some(text) = text {
        let element = match language {
            Some(language) => out
                .create_element(name)
                .with_attribute(("language", language)),
            None => out.create_element(name),
        };
        element.write_text_content(BytesText::new(&allowed(text)))?;
    }
    Ok(())
}

/// Typed attributes, so that writing an element reads as a list of its facts.
trait Attributes: Sized {
    fn text(self, name: &str, value: &str) -> Self;

    fn optional(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    fn number(self, name: &str, value: impl ToString) -> Self {
        self.text(name, &value.to_string())
    }

    fn optional_number(self, name: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.number(name, value),
            None => self,
        }
    }

    fn flag(self, name: &str, value: bool) -> Self {
        self.text(name, if value { "true" } else { "false" })
    }

    fn period(self, validity: &Validity) -> Self {
        self.optional("start_date", validity.start_date.as_deref())
            .optional("end_date", validity.end_date.as_deref())
    }

    fn guid(self, guid: Guid) -> Self {
        self.text("guid", &guid.value.to_string())
            .text("guid_source", guid.source())
    }
}

impl Attributes for ElementWriter<'_, Vec<u8>> {
    fn text(self, name: &str, value: &str) -> Self {
        self.with_attribute((name, allowed(value).as_str()))
    }
}

/// The text without the characters that XML 1.0 has no place for.
pub(super) fn allowed(text: &str) -> String {
    let replaced = |c: char| match c {
        '\t' | '\n' | '\r' => c,
        c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => '\u{fffd}',
        c => c,
    };
    text.chars().map(replaced).collect()
}

/// A text that may stand in a comment.
pub(super) fn comment(text: &str) -> String {
    let mut inner = allowed(text);
    while inner.contains("--") {
        inner = inner.replace("--", "- -");
    }
    format!(" {inner} ")
}
