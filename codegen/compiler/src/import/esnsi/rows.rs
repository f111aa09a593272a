//! The records of an export, one by one: values by attribute in, rows of roles out.

mod action;
mod finish;

use std::collections::BTreeMap;

use super::choose::Roles;
use super::structure::Structure;
use super::value::{self, Kind, shorten};
use crate::diagnostic::{Code, Diagnostic, Report, Text, code};
use crate::import::xml::{Broken, Element, Item, Xml};
use crate::source::{Span, Spanned};
use crate::text;

/// The rows of an export.
pub(super) struct Rows<'s> {
    structure: &'s Structure,
    roles: &'s Roles,
    rows: Vec<Row>,
    /// Positions by the uid of the record.
    by_uid: BTreeMap<String, usize>,
}

/// What a record says of the roles.
#[derive(Debug)]
struct Row {
    /// The place of the record.
    span: Span,
    code: Option<Spanned<String>>,
    title: Option<Spanned<String>>,
    parent: Option<Spanned<String>>,
    latin_name: Option<Spanned<String>>,
    start_date: Option<Spanned<String>>,
    end_date: Option<Spanned<String>>,
    /// Whether code or title was there and wrong, which is reported already.
    is_broken: bool,
    is_removed: bool,
}

/// Reads `data` up to its end.
pub(super) fn read<'a, 's>(
    xml: &mut Xml<'a>,
    structure: &'s Structure,
    roles: &'s Roles,
    report: &mut Report,
) -> Result<Rows<'s>, Broken> {
    let mut rows = Rows {
        structure,
        roles,
        rows: Vec::new(),
        by_uid: BTreeMap::new(),
    };
    loop {
        match xml.next()? {
            Item::Open(element) if element.name == "record" => {
                rows.record(xml, &element, report)?
            }
            Item::Open(element) => {
                let name = element.name;
                report.push(odd(
                    element.span,
                    text!(
                        "data hold records, not `{name}`",
                        "в данных стоят записи, а не `{name}`"
                    ),
                ));
                xml.skip()?;
            }
            Item::Close | Item::End => return Ok(rows),
            Item::Text(..) => {}
        }
    }
}

impl Rows<'_> {
    fn record<'a>(
        &mut self,
        xml: &mut Xml<'a>,
        element: &Element<'a>,
        report: &mut Report,
    ) -> Result<(), Broken> {
        let mut row = Row {
            span: element.span,
            code: None,
            title: None,
            parent: None,
            latin_name: None,
            start_date: None,
            end_date: None,
            is_broken: false,
            is_removed: false,
        };
        let mut seen: BTreeMap<usize, Span> = BTreeMap::new();
        loop {
            match xml.next()? {
                Item::Open(inner) if inner.name == "attribute-value" => {
                    self.value(xml, &inner, &mut row, &mut seen, report)?;
                }
                Item::Open(inner) => {
                    let name = inner.name;
                    report.push(odd(
                        inner.span,
                        text!(
                            "a record holds values of attributes, not `{name}`",
                            "в записи стоят значения атрибутов, а не `{name}`"
                        ),
                    ));
                    xml.skip()?;
                }
                Item::Close | Item::End => break,
                Item::Text(..) => {}
            }
        }
        self.add(element, row, &seen, report);
        Ok(())
    }

    /// One value of a record.
    fn value<'a>(
        &self,
        xml: &mut Xml<'a>,
        element: &Element<'a>,
        row: &mut Row,
        seen: &mut BTreeMap<usize, Span>,
        report: &mut Report,
    ) -> Result<(), Broken> {
        let attribute = self.attribute(element, seen, report);
        let mut values: Vec<(&'a str, Spanned<String>)> = Vec::new();
        loop {
            match xml.next()? {
                Item::Open(inner) => values.push((inner.name, xml.text(&inner)?)),
                Item::Close | Item::End => break,
                Item::Text(..) => {}
            }
        }
        let Some(at) = attribute else {
            return Ok(());
        };
        let attribute = &self.structure.attributes[at];
        let is_wanted = self.roles.has(at);
        let name = &attribute.name.value;
        let (tag, text) = match values.as_slice() {
            [(tag, text)] => (*tag, text),
            [] => return Ok(()),
            several => {
                let count = several.len();
                self.spoil(at, row);
                report.push(
                    finding(
                        is_wanted,
                        element.span,
                        text!(
                            "`{name}` has several values in one record: {count}",
                            "у `{name}` в одной записи несколько значений: {count}"
                        ),
                    )
                    .help(self.outcome(at)),
                );
                return Ok(());
            }
        };
        // No text is no value, whatever the attribute.
        if text.value.trim().is_empty() {
            return Ok(());
        }
        let problem = match Kind::of_value(tag) {
            Some(kind) if attribute.kind.takes(kind) => {
                match value::check(attribute, &text.value) {
                    Ok(value) => {
                        self.put(at, Spanned::new(value, text.span), row);
                        return Ok(());
                    }
                    Err(problem) => problem,
                }
            }
            _ => {
                let Text { en, ru } = attribute.kind.expected();
                let shown = shorten(&text.value);
                text!(
                    "`{shown}` is given as `{tag}`, but the attribute holds {en}",
                    "`{shown}` передано как `{tag}`, а в атрибуте ожидается {ru}"
                )
            }
        };
        self.spoil(at, row);
        let Text { en, ru } = problem;
        let problem = text!("`{name}`: {en}", "`{name}`: {ru}");
        let finding = finding(is_wanted, text.span, problem);
        report.push(match is_wanted {
            true => finding.help(self.outcome(at)),
            false => finding,
        });
        Ok(())
    }

    /// The attribute of a value, if it is declared and this is its first value in the record.
    fn attribute(
        &self,
        element: &Element<'_>,
        seen: &mut BTreeMap<usize, Span>,
        report: &mut Report,
    ) -> Option<usize> {
        let Some(uid) = element.get("attribute-ref") else {
            report.push(
                Diagnostic::new(
                    code::IMPORT_REFERENCE,
                    text!(
                        "the value does not say of which attribute it is",
                        "не сказано, какого атрибута это значение"
                    ),
                )
                .at(element.span),
            );
            return None;
        };
        let Some(at) = self.structure.find(&uid.value) else {
            let text = &uid.value;
            report.push(
                Diagnostic::new(
                    code::IMPORT_REFERENCE,
                    text!(
                        "the list has no attribute `{text}`",
                        "в справочнике нет атрибута `{text}`"
                    ),
                )
                .at(uid.span),
            );
            return None;
        };
        if let Some(first) = seen.get(&at) {
            let name = &self.structure.attributes[at].name.value;
            report.push(
                odd(
                    uid.span,
                    text!(
                        "`{name}` stands twice in one record",
                        "`{name}` стоит в записи дважды"
                    ),
                )
                .also(*first, text!("this one is taken", "взято это")),
            );
            return None;
        }
        seen.insert(at, uid.span);
        Some(at)
    }

    fn put(&self, at: usize, value: Spanned<String>, row: &mut Row) {
        let roles = self.roles;
        // One attribute may have two roles: a list whose codes are its titles.
        if at == roles.code {
            row.code = Some(value.clone());
        }
        if at == roles.title {
            row.title = Some(value.clone());
        }
        let optional = [
            (roles.parent, &mut row.parent),
            (roles.latin_name, &mut row.latin_name),
            (roles.start_date, &mut row.start_date),
            (roles.end_date, &mut row.end_date),
        ];
        for (role, place) in optional {
            if role == Some(at) {
                *place = Some(value.clone());
            }
        }
    }

    /// What a wrong value of an attribute means for its row.
    fn outcome(&self, at: usize) -> Text {
        if at == self.roles.code || at == self.roles.title {
            text!("the row is left out", "строка не взята")
        } else {
            text!(
                "the row is taken over without it",
                "строка взята без этого значения"
            )
        }
    }

    /// A wrong code or title breaks the row; without another value it is a row all the same.
    fn spoil(&self, at: usize, row: &mut Row) {
        row.is_broken |= at == self.roles.code || at == self.roles.title;
    }

    /// Values that must be there and are not; code and title have findings of their own.
    fn say_missing(&self, row: &Row, seen: &BTreeMap<usize, Span>, report: &mut Report) {
        let attributes = self.structure.attributes.iter().enumerate();
        for (at, attribute) in attributes.filter(|(_, attribute)| attribute.required) {
            if seen.contains_key(&at) || at == self.roles.code || at == self.roles.title {
                continue;
            }
            let name = &attribute.name.value;
            report.push(finding(
                false,
                row.span,
                text!(
                    "the record lacks `{name}`, which must be there",
                    "в записи нет обязательного `{name}`"
                ),
            ));
        }
    }
}

/// A finding about a value: an error when the value was wanted.
fn finding(is_wanted: bool, span: Span, message: Text) -> Diagnostic {
    let code: Code = match is_wanted {
        true => code::IMPORT_VALUE,
        false => code::IMPORT_ODD_VALUE,
    };
    Diagnostic::new(code, message).at(span)
}

fn odd(span: Span, message: Text) -> Diagnostic {
    Diagnostic::new(code::IMPORT_RECORD, message).at(span)
}
