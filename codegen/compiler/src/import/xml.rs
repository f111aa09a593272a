//! XML as a stream of elements and texts with their places. What has no business in a list is
//! refused here: document types, entities beyond the five of XML, deep nesting.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use crate::diagnostic::{Diagnostic, Text, code};
use crate::source::{FileId, Span, Spanned};
use crate::text;

/// How deep elements may be nested; lists need five levels.
const MAX_DEPTH: usize = 32;

/// What ends the reading: a finding about the XML itself.
pub(super) type Broken = Box<Diagnostic>;

/// A document being read.
pub(super) struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    file: FileId,
    text: &'a str,
    /// The places of the elements that are open, outermost first.
    open: Vec<Span>,
    /// Whether the root has been closed.
    ended: bool,
}

/// The next piece.
pub(super) enum Item<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// The innermost open element ends.
    Close,
    /// Text, with references resolved.
    Text(Cow<'a, str>, Span),
    /// The document ends.
    End,
}

/// The start of an element.
pub(super) struct Element<'a> {
    /// Its name without the prefix.
    pub(super) name: &'a str,
    /// The namespace of the root; of others it is not kept.
    pub(super) namespace: Option<String>,
    /// The place of its name.
    pub(super) span: Span,
    attributes: Vec<(&'a str, Spanned<Cow<'a, str>>)>,
}

impl<'a> Element<'a> {
    /// The value of an attribute of that local name, blanks around it off; absent when empty.
    pub(super) fn get(&self, name: &str) -> Option<Spanned<String>> {
        let mut attributes = self.attributes.iter();
        let (_, value) = attributes.find(|(key, _)| *key == name)?;
        let trimmed = value.value.trim();
        (!trimmed.is_empty()).then(|| Spanned::new(trimmed.to_owned(), value.span))
    }
}

impl<'a> Xml<'a> {
    pub(super) fn new(file: FileId, text: &'a str) -> Self {
        let mut reader = NsReader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        Xml {
            reader,
            file,
            text,
            open: Vec::new(),
            ended: false,
        }
    }

    /// The next piece; texts that are only blanks between elements come as they are.
    pub(super) fn next(&mut self) -> Result<Item<'a>, Broken> {
        loop {
            let start = self.position();
            let (namespace, event) = match self.reader.read_resolved_event() {
                Ok((namespace, event)) => {
                    // Only the root's namespace is looked at.
                    let namespace = match namespace {
                        ResolveResult::Bound(namespace) if self.open.is_empty() => {
                            Some(namespace.0.to_string())
                        }
                        _ => None,
                    };
                    (namespace, event)
                }
                Err(error) => {
                    let at = usize::try_from(self.reader.error_position()).unwrap_or(start);
                    return Err(self.broken(at, &error.to_string()));
                }
            };
            let span = Span::new(self.file, start, self.position());
            return Ok(match event {
                Event::Start(element) => {
                    let element = self.element(&element, namespace, span)?;
                    if self.open.len() == MAX_DEPTH {
                        return Err(refused(
                            element.span,
                            text!(
                                "elements are nested deeper than {MAX_DEPTH} levels",
                                "вложенность элементов больше {MAX_DEPTH}"
                            ),
                        ));
                    }
                    if self.open.is_empty() && self.ended {
                        return Err(refused(
                            element.span,
                            text!(
                                "a second element stands beside the document's root",
                                "рядом с корнем документа стоит второй элемент"
                            ),
                        ));
                    }
                    self.open.push(element.span);
                    Item::Open(element)
                }
                Event::End(_) => {
                    self.open.pop();
                    self.ended = self.open.is_empty();
                    Item::Close
                }
                Event::Text(text) => {
                    let raw = self.borrowed(&text, span);
                    if self.open.is_empty() {
                        self.only_blanks(raw, span)?;
                        continue;
                    }
                    Item::Text(normal(raw), span)
                }
                Event::CData(text) => {
                    let raw = self.borrowed(&text, span);
                    if self.open.is_empty() {
                        self.only_blanks("]", span)?;
                    }
                    Item::Text(normal(raw), span)
                }
                Event::GeneralRef(reference) => {
                    Item::Text(Cow::Owned(self.entity(&reference, span)?), span)
                }
                Event::DocType(_) => {
                    return Err(refused(
                        span,
                        text!(
                            "a document type has no place in an export",
                            "объявлению типа документа (DTD) в выгрузке не место"
                        ),
                    ));
                }
                // `Empty` does not come: the reader makes a start and an end of it.
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) => continue,
                Event::Eof => match self.open.last() {
                    None => Item::End,
                    Some(open) => {
                        return Err(refused(
                            *open,
                            text!(
                                "the file ends before this element does: it is incomplete",
                                "файл кончился раньше этого элемента: он неполон"
                            ),
                        ));
                    }
                },
            });
        }
    }

    /// Passes over the rest of the element that was opened last.
    pub(super) fn skip(&mut self) -> Result<(), Broken> {
        let level = self.open.len();
        while self.open.len() >= level && level > 0 {
            if let Item::End = self.next()? {
                break;
            }
        }
        Ok(())
    }

    /// The text of the element that was opened last, up to its end, elements inside left out. The
    /// place is that of the text without the blanks around it, or of the element's name.
    pub(super) fn text(&mut self, element: &Element<'a>) -> Result<Spanned<String>, Broken> {
        let mut text = String::new();
        let mut place: Option<Span> = None;
        loop {
            match self.next()? {
                Item::Text(part, span) => {
                    if !part.trim().is_empty() {
                        let span = self.without_blanks(span);
                        place = Some(place.map_or(span, |place| place.to(span)));
                    }
                    text.push_str(&part);
                }
                Item::Open(_) => self.skip()?,
                Item::Close | Item::End => break,
            }
        }
        Ok(Spanned::new(text, place.unwrap_or(element.span)))
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn element(
        &self,
        start: &BytesStart<'a>,
        namespace: Option<String>,
        span: Span,
    ) -> Result<Element<'a>, Broken> {
        // `<`, then the name with its prefix.
        let from = span.start as usize + 1;
        let whole = start.name().0.len();
        let local = start.local_name().as_ref().len();
        let name = self.text.get(from + whole - local..from + whole);
        let span_of_name = Span::new(self.file, from, from + whole);
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| self.broken(from, &error.to_string()))?;
            let Some(key) = self.place_of(attribute.key.local_name().as_ref()) else {
                continue;
            };
            let value_span = match self.place_of(&attribute.value) {
                Some((start, end)) => Span::new(self.file, start, end),
                None => span_of_name,
            };
            let raw = self
                .text
                .get(value_span.start as usize..value_span.end as usize);
            let value = quick_xml::escape::unescape(raw.unwrap_or(""))
                .map_err(|error| self.broken(value_span.start as usize, &error.to_string()))?;
            attributes.push((
                self.text.get(key.0..key.1).unwrap_or(""),
                Spanned::new(value, value_span),
            ));
        }
        Ok(Element {
            name: name.unwrap_or(""),
            namespace,
            span: span_of_name,
            attributes,
        })
    }

    /// Where a piece that the reader borrows from the text stands there.
    fn place_of(&self, piece: &str) -> Option<(usize, usize)> {
        let start = (piece.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        let end = start.checked_add(piece.len())?;
        let same = self.text.get(start..end)?;
        std::ptr::eq(same, piece).then_some((start, end))
    }

    /// The same piece, borrowed from the text rather than from the event.
    fn borrowed(&self, piece: &str, span: Span) -> &'a str {
        let (start, end) = self
            .place_of(piece)
            .unwrap_or((span.start as usize, span.end as usize));
        self.text.get(start..end).unwrap_or("")
    }

    /// The text behind `&…;`: a character by number or one of the five names.
    fn entity(&self, name: &str, span: Span) -> Result<String, Broken> {
        let resolved = quick_xml::escape::unescape(&format!("&{name};")).map(Cow::into_owned);
        resolved.map_err(|_| {
            refused(
                span,
                text!(
                    "`&{name};` is not one of the references that XML has by itself",
                    "`&{name};` — не из ссылок, которые есть в самом XML"
                ),
            )
        })
    }

    fn only_blanks(&self, text: &str, span: Span) -> Result<(), Broken> {
        if text.trim().is_empty() {
            return Ok(());
        }
        Err(refused(
            self.without_blanks(span),
            text!(
                "a text stands outside the document's root",
                "вне корня документа стоит текст"
            ),
        ))
    }

    fn without_blanks(&self, span: Span) -> Span {
        let (start, end) = (span.start as usize, span.end as usize);
        let text = self.text.get(start..end).unwrap_or("");
        let from = start + text.len() - text.trim_start().len();
        let to = start + text.trim_end().len();
        Span::new(self.file, from, to.max(from))
    }

    fn broken(&self, at: usize, error: &str) -> Broken {
        let at = at.min(self.text.len());
        let rest = self.text.get(at..).unwrap_or("");
        let length = rest.chars().next().map_or(0, char::len_utf8);
        refused(
            Span::new(self.file, at, at + length),
            text!("the XML is broken: {error}", "XML нарушен: {error}"),
        )
    }
}

/// Line ends as XML means them.
fn normal(raw: &str) -> Cow<'_, str> {
    match raw.contains('\r') {
        true => Cow::Owned(raw.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(raw),
    }
}

fn refused(span: Span, message: Text) -> Broken {
    let finding = Diagnostic::new(code::IMPORT_XML, message).at(span);
    Box::new(finding.help(text!(
        "nothing can be read behind this place: export the list anew",
        "за этим местом ничего не прочитать: выгрузите справочник заново"
    )))
}
