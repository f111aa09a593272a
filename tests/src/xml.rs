//! A small tree of an XML document, for comparing it with something else.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name as written.
    pub name: String,
    /// Its attributes, `xmlns` too.
    pub attributes: BTreeMap<String, String>,
    /// The elements inside, in their order.
    pub children: Vec<Element>,
    /// The text inside, without that of children.
    pub text: String,
}

impl Element {
    /// The children of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first child of a name.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        let mut children = self.children.iter();
        let child = children.find(|child| child.name == name)?;
        Some(&child.text)
    }

    /// An attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// The root of a document.
///
/// # Errors
/// What is wrong with it.
pub fn parse(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        match event {
            Event::Start(start) => open.push(element(&start)?),
            Event::Empty(start) => add(&mut open, element(&start)?)?,
            Event::End(_) => {
                let closed = open.pop().ok_or("an end too many")?;
                add(&mut open, closed)?;
            }
            Event::Text(part) => {
                push_text(&mut open, &part)?;
            }
            Event::GeneralRef(reference) => {
                let name: &str = &reference;
                let text = quick_xml::escape::unescape(&format!("&{name};"))
                    .map_err(|error| error.to_string())?
                    .into_owned();
                push_text(&mut open, &text)?;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let [document] = open.as_mut_slice() else {
        return Err("an element is not closed".to_owned());
    };
    document.children.pop().ok_or_else(|| "no root".to_owned())
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut made = Element {
        name: start.name().0.to_owned(),
        ..Element::default()
    };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let name = attribute.key.0.to_owned();
        let value =
            quick_xml::escape::unescape(&attribute.value).map_err(|error| error.to_string())?;
        made.attributes.insert(name, value.into_owned());
    }
    Ok(made)
}

fn add(open: &mut [Element], element: Element) -> Result<(), String> {
    open.last_mut().ok_or("no parent")?.children.push(element);
    Ok(())
}

fn push_text(open: &mut [Element], text: &str) -> Result<(), String> {
    open.last_mut().ok_or("no parent")?.text.push_str(text);
    Ok(())
}
