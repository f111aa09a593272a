//! What an export says of its list before the data: head and attributes.

use std::collections::BTreeMap;

use super::is_uid;
use super::value::{Bound, Kind};
use crate::diagnostic::{Diagnostic, Report, Text, code};
use crate::import::xml::{Broken, Element, Item, Xml};
use crate::model::Pattern;
use crate::resolve::pattern;
use crate::source::{Fragment, Span, Spanned};
use crate::text;

/// The head of a list.
pub(super) struct Structure {
    pub(super) name: Spanned<String>,
    pub(super) code: Spanned<String>,
    pub(super) uid: Spanned<String>,
    pub(super) revision: u32,
    pub(super) description: Option<String>,
    /// The attribute that identifies a record, by uid.
    pub(super) key: Option<Spanned<String>>,
    pub(super) attributes: Vec<Attribute>,
    /// The place of the classifier.
    pub(super) span: Span,
}

/// An attribute of a list.
pub(super) struct Attribute {
    pub(super) uid: Spanned<String>,
    /// Title, Russian as a rule.
    pub(super) name: Spanned<String>,
    /// Technical name: `code`. The schema does not know it, the register's exports have it.
    pub(super) tech_name: Option<String>,
    pub(super) required: bool,
    pub(super) kind: Kind,
    /// The most characters of a value.
    pub(super) length: Option<usize>,
    /// The form of a value, when it can be expressed.
    pub(super) pattern: Option<Pattern>,
    /// The least and the greatest value.
    pub(super) from: Option<Bound>,
    pub(super) to: Option<Bound>,
    /// The attribute that a reference refers to, by uid.
    pub(super) refers_to: Option<String>,
    /// Whether the register makes its own key of this attribute.
    pub(super) is_key_part: bool,
}

impl Structure {
    /// The position of an attribute by its uid.
    pub(super) fn find(&self, uid: &str) -> Option<usize> {
        let mut attributes = self.attributes.iter();
        attributes.position(|attribute| attribute.uid.value == uid)
    }
}

/// Reads `simple-classifier` up to its end. `None` when its head is wrong; that is reported.
pub(super) fn read<'a>(
    xml: &mut Xml<'a>,
    element: &Element<'a>,
    report: &mut Report,
) -> Result<Option<Structure>, Broken> {
    let mut description = None;
    let mut attributes: Vec<Attribute> = Vec::new();
    let mut uids: BTreeMap<String, Span> = BTreeMap::new();
    loop {
        match xml.next()? {
            Item::Open(inner) if inner.name == "description" => {
                description = Some(xml.text(&inner)?.value);
            }
            Item::Open(inner) => match Kind::of_attribute(inner.name) {
                Some(kind) => {
                    if let Some(made) = attribute(xml, &inner, kind, report)? {
                        let Spanned { value: uid, span } = &made.uid;
                        match uids.get(uid) {
                            Some(first) => report.push(
                                odd(
                                    *span,
                                    text!(
                                        "two attributes have the uid `{uid}`",
                                        "у двух атрибутов один uid `{uid}`"
                                    ),
                                )
                                .also(*first, text!("first here", "впервые здесь")),
                            ),
                            None => {
                                uids.insert(uid.clone(), *span);
                                attributes.push(made);
                            }
                        }
                    }
                }
                None => {
                    let name = inner.name;
                    report.push(odd(
                        inner.span,
                        text!(
                            "`{name}` is no kind of attribute of a list",
                            "`{name}` — не вид атрибута справочника"
                        ),
                    ));
                    xml.skip()?;
                }
            },
            Item::Close | Item::End => break,
            Item::Text(..) => {}
        }
    }
    let name = required(element, "name", report);
    let code = required(element, "code", report).filter(|code| check_code(code, report));
    let uid = required(element, "uid", report).filter(|uid| check_uid(uid, report));
    let revision = revision(element, report);
    let (Some(name), Some(code), Some(uid), Some(revision)) = (name, code, uid, revision) else {
        return Ok(None);
    };
    let key = element.get("key-attribute-ref");
    if let Some(Spanned { value, span }) = key.as_ref().filter(|key| !uids.contains_key(&key.value))
    {
        report.push(odd(
            *span,
            text!(
                "the key attribute `{value}` is not declared",
                "ключевой атрибут `{value}` не описан"
            ),
        ));
    }
    if attributes.is_empty() {
        report.push(odd(
            element.span,
            text!(
                "the list has no attribute that can be used",
                "в справочнике нет ни одного пригодного атрибута"
            ),
        ));
        return Ok(None);
    }
    Ok(Some(Structure {
        name,
        code,
        uid,
        revision,
        description,
        key,
        attributes,
        span: element.span,
    }))
}

fn attribute<'a>(
    xml: &mut Xml<'a>,
    element: &Element<'a>,
    kind: Kind,
    report: &mut Report,
) -> Result<Option<Attribute>, Broken> {
    let (mut from, mut to) = (None, None);
    loop {
        match xml.next()? {
            Item::Open(inner) => {
                if inner.name == "range" {
                    from = bound(&inner, "from", kind, report);
                    to = bound(&inner, "to", kind, report);
                }
                // `attribute-range` binds to another attribute of the record; it judges no code.
                xml.skip()?;
            }
            Item::Close | Item::End => break,
            Item::Text(..) => {}
        }
    }
    let uid = required(element, "uid", report).filter(|uid| check_uid(uid, report));
    let name = required(element, "name", report);
    let (Some(uid), Some(name)) = (uid, name) else {
        return Ok(None);
    };
    let length = element.get("length").and_then(|length| {
        let number = length
            .value
            .parse::<usize>()
            .ok()
            .filter(|number| *number > 0);
        if number.is_none() {
            let text = &length.value;
            report.push(odd(
                length.span,
                text!("`{text}` is not a length", "`{text}` — не длина"),
            ));
        }
        number
    });
    Ok(Some(Attribute {
        tech_name: element.get("tech-name").map(|name| name.value),
        required: element
            .get("required")
            .is_some_and(|value| ["true", "1"].contains(&value.value.as_str())),
        kind,
        length,
        pattern: element.get("regex").and_then(|regex| form(&regex)),
        from,
        to,
        refers_to: element.get("ref-attribute-uid").map(|uid| uid.value),
        is_key_part: element.get("autoKeyPartNum").is_some(),
        uid,
        name,
    }))
}

/// The form that a regular expression of the register gives. Its dialect is not documented; what
/// the model's own patterns cannot say is not judged.
fn form(regex: &Spanned<String>) -> Option<Pattern> {
    let inner = regex.value.strip_prefix('^').unwrap_or(&regex.value);
    let inner = inner.strip_suffix('$').unwrap_or(inner);
    let whole = format!("^({inner})$");
    let fragment = Fragment::new(whole.clone(), regex.span, &whole);
    pattern::resolve(&fragment, &mut Report::new())
}

fn bound(element: &Element<'_>, name: &str, kind: Kind, report: &mut Report) -> Option<Bound> {
    let value = element.get(name)?;
    let bound = kind.bound(&value.value);
    if bound.is_none() {
        let text = &value.value;
        let expected = kind.expected();
        let (en, ru) = (expected.en, expected.ru);
        report.push(odd(
            value.span,
            text!(
                "`{text}` bounds nothing: {en} is expected",
                "`{text}` ничего не ограничивает: ожидается {ru}"
            ),
        ));
    }
    bound
}

fn revision(element: &Element<'_>, report: &mut Report) -> Option<u32> {
    let Some(version) = element.get("version") else {
        report.push(
            odd(
                element.span,
                text!(
                    "the export names no revision",
                    "в выгрузке не указана ревизия"
                ),
            )
            .help(text!(
                "`version` is the number of the revision, from 1",
                "`version` — номер ревизии, от 1"
            )),
        );
        return None;
    };
    let number = version.value.parse::<u32>().ok();
    let number = number.filter(|number| *number > 0 && i32::try_from(*number).is_ok());
    if number.is_none() {
        let text = &version.value;
        report.push(odd(
            version.span,
            text!("`{text}` is not a revision", "`{text}` — не номер ревизии"),
        ));
    }
    number
}

fn required(element: &Element<'_>, name: &str, report: &mut Report) -> Option<Spanned<String>> {
    let found = element.get(name);
    if found.is_none() {
        let of = element.name;
        report.push(odd(
            element.span,
            text!("`{of}` has no `{name}`", "у `{of}` нет `{name}`"),
        ));
    }
    found
}

/// A code that a binding of the model can hold.
fn check_code(code: &Spanned<String>, report: &mut Report) -> bool {
    let good = code.value.chars().count() <= 255 && !code.value.contains(char::is_control);
    if !good {
        report.push(odd(
            code.span,
            text!(
                "a code has at most 255 characters and no line breaks",
                "в коде не больше 255 знаков и нет переводов строк"
            ),
        ));
    }
    good
}

fn check_uid(uid: &Spanned<String>, report: &mut Report) -> bool {
    let good = is_uid(&uid.value);
    if !good {
        let text = &uid.value;
        report.push(
            odd(
                uid.span,
                text!("`{text}` is not a uid", "`{text}` — не uid"),
            )
            .help(text!(
                "a uid has 3 to 36 characters and no blanks",
                "в uid от 3 до 36 знаков и нет пробелов"
            )),
        );
    }
    good
}

fn odd(span: Span, message: Text) -> Diagnostic {
    Diagnostic::new(code::IMPORT_STRUCTURE, message).at(span)
}
