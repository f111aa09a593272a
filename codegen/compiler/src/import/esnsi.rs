//! XML exports of ЕСНСИ: the federal register's lists, one `simple-classifier` with its data.
//!
//! The file says which attributes a list has, then gives records as values by attribute. Which
//! attribute is the code, which the title and so on is derived from the structure (`choose`) or
//! told by [`Options`]; records are read one by one (`rows`), each value held against what its
//! attribute says of itself (`value`).

mod choose;
mod rows;
mod structure;
mod value;

use heck::ToSnakeCase;

use super::encoding::{self, Decoded};
use super::list::ImportedList;
use super::xml::{Broken, Element, Item, Xml};
use super::{Imported, is_name};
use crate::diagnostic::{Diagnostic, Report, Text, code};
use crate::model::EsnsiBinding;
use crate::source::{FileId, SourceFile, SourceSet, Span, Spanned};
use crate::text;
use structure::Structure;

/// The namespace of the exports.
pub const NAMESPACE: &str = "urn://x-artefacts-nsi-gov-ru/services/cnsi/2.0.0.0";

/// The most bytes of a file that are read: the whole ОКАТО takes a third of it.
pub const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// The most bytes of a classifier's YAML, as the model's files are limited.
const MAX_YAML: usize = 16 * 1024 * 1024;

/// What is told rather than derived. Attributes are named by their uid, their technical name or
/// their title.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The classifier's name; by default its code in the register, in snake case.
    pub name: Option<String>,
    /// The attribute with the codes.
    pub code: Option<String>,
    /// The attribute with the titles.
    pub title: Option<String>,
    /// The attribute with the codes of broader values.
    pub parent: Option<String>,
    /// The attribute with Latin names for programs.
    pub latin_name: Option<String>,
    /// The attribute with the first day in force.
    pub start_date: Option<String>,
    /// The attribute with the last day in force.
    pub end_date: Option<String>,
}

/// Reads an export. `path` is the file's, as the user wrote it. Everything that is wrong goes to
/// `report`; a list comes out when its structure could be understood and the XML is whole.
pub fn import(path: &str, bytes: Vec<u8>, options: &Options, report: &mut Report) -> Imported {
    let Decoded { text, problem } = encoding::decode(bytes, path);
    let file = SourceFile {
        path: path.to_owned(),
        text,
    };
    let sources = SourceSet::new("", vec![file]);
    let list = sources.iter().next().and_then(|(file, source)| {
        if let Some((finding, (start, end))) = problem {
            report.push(finding.at(Span::new(file, start, end)));
            return None;
        }
        let base = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let mut import = Import {
            xml: Xml::new(file, &source.text),
            file,
            base,
            options,
            report,
        };
        match import.document() {
            Ok(list) => list,
            Err(broken) => {
                report.push(*broken);
                None
            }
        }
    });
    Imported { sources, list }
}

/// An export being read.
struct Import<'a, 'r> {
    xml: Xml<'a>,
    file: FileId,
    /// The file's name without folders.
    base: &'a str,
    options: &'r Options,
    report: &'r mut Report,
}

impl<'a> Import<'a, '_> {
    fn document(&mut self) -> Result<Option<ImportedList>, Broken> {
        let root = loop {
            match self.xml.next()? {
                Item::Open(root) => break root,
                Item::End => {
                    self.refuse(
                        Span::new(self.file, 0, 0),
                        text!("the file holds no XML", "в файле нет XML"),
                    );
                    return Ok(None);
                }
                _ => {}
            }
        };
        if !self.is_export(&root) {
            return Ok(None);
        }
        let mut structure: Option<Structure> = None;
        let mut list = None;
        loop {
            match self.xml.next()? {
                Item::Open(element) => match element.name {
                    "simple-classifier" if structure.is_none() => {
                        structure = structure::read(&mut self.xml, &element, self.report)?;
                        if structure.is_none() {
                            return self.rest();
                        }
                    }
                    "composite-classifier" => {
                        self.refuse(
                            element.span,
                            text!(
                                "this is a composite classifier, several lists in one",
                                "это составной справочник: несколько справочников в одном"
                            ),
                        );
                        return self.rest();
                    }
                    "data" if list.is_none() => {
                        let Some(structure) = &structure else {
                            self.refuse(
                                element.span,
                                text!(
                                    "data stand before the structure that says what they mean",
                                    "данные стоят раньше структуры, которая их объясняет"
                                ),
                            );
                            return self.rest();
                        };
                        list = self.data(&element, structure)?;
                        if list.is_none() {
                            return self.rest();
                        }
                    }
                    _ => {
                        self.odd(&element);
                        self.xml.skip()?;
                    }
                },
                Item::Close | Item::Text(..) => {}
                Item::End => break,
            }
        }
        if list.is_none() {
            let place = structure.map_or(root.span, |structure| structure.span);
            self.refuse(
                place,
                text!("the export has no data", "в выгрузке нет данных"),
            );
        }
        Ok(list.filter(|list| self.fits(list, root.span)))
    }

    /// Reads on for what else is broken, when there will be no list.
    fn rest(&mut self) -> Result<Option<ImportedList>, Broken> {
        while !matches!(self.xml.next()?, Item::End) {}
        Ok(None)
    }

    fn is_export(&mut self, root: &Element<'a>) -> bool {
        let namespace = root.namespace.as_deref();
        if root.name == "document" && namespace == Some(NAMESPACE) {
            return true;
        }
        let message = match (root.name, namespace) {
            ("document", Some(other)) => text!(
                "the namespace is `{other}`, which is not that of an export",
                "пространство имён `{other}` — не то, что у выгрузок"
            ),
            (name, _) => text!(
                "the root is `{name}`, not a `document` of the register",
                "корень — `{name}`, а не `document` реестра"
            ),
        };
        self.refuse(root.span, message);
        false
    }

    fn data(
        &mut self,
        element: &Element<'a>,
        structure: &Structure,
    ) -> Result<Option<ImportedList>, Broken> {
        if let Some(other) = element.get("classifier-ref")
            && other.value != structure.uid.value
        {
            let (found, uid) = (&other.value, &structure.uid.value);
            self.report.push(
                Diagnostic::new(
                    code::IMPORT_STRUCTURE,
                    text!(
                        "the data are of the classifier `{found}`, not of `{uid}`",
                        "данные — справочника `{found}`, а не `{uid}`"
                    ),
                )
                .at(other.span)
                .also(
                    structure.uid.span,
                    text!("the structure is of this one", "структура — этого"),
                ),
            );
        }
        let name = self.name(structure);
        let roles = choose::roles(structure, self.options, self.report);
        let (Some(name), Some(roles)) = (name, roles) else {
            return Ok(None);
        };
        let rows = rows::read(&mut self.xml, structure, &roles, self.report)?;
        let (values, left_out) = rows.finish(self.report);
        choose::say_unused(structure, &roles, self.report);
        let title = tidy(&structure.name.value).unwrap_or_else(|| name.clone());
        let note = structure.description.as_deref().and_then(tidy);
        let same = [&title, &structure.code.value, &structure.name.value];
        let is_numeric = !values.is_empty()
            && structure.attributes[roles.code].kind == value::Kind::Integer
            && values.iter().all(|value| value.code.parse::<i32>().is_ok());
        let base = self.base;
        Ok(Some(ImportedList {
            name,
            note: note.filter(|note| !same.contains(&note)),
            title,
            authority: "ЕСНСИ".to_owned(),
            source: tidy(&format!("выгрузка ЕСНСИ, файл {base}")).unwrap_or_default(),
            esnsi_code: structure.code.value.clone(),
            esnsi_uid: structure.uid.value.clone(),
            esnsi_revision: structure.revision,
            esnsi_key_attribute: Some(structure.attributes[roles.code].uid.value.clone()),
            is_numeric,
            values,
            left_out,
        }))
    }

    /// The name that was told, or one made of the code in the register.
    fn name(&mut self, structure: &Structure) -> Option<String> {
        if let Some(name) = &self.options.name {
            return Some(name.clone());
        }
        let Spanned { value: code, span } = &structure.code;
        let name = code.to_snake_case();
        let is_plain =
            name.starts_with(|c: char| c.is_ascii_lowercase()) && name.is_ascii() && is_name(&name);
        if is_plain {
            return Some(name);
        }
        self.report.push(
            Diagnostic::new(
                code::IMPORT_CHOICE,
                text!(
                    "no name for the classifier can be made of the code `{code}`",
                    "из кода `{code}` не получить имени справочника"
                ),
            )
            .at(*span)
            .help(text!(
                "name it with `--name NAME`",
                "назовите его ключом `--name ИМЯ`"
            )),
        );
        None
    }

    /// Whether a model could hold the list: closed lists have values, files have a size.
    fn fits(&mut self, list: &ImportedList, root: Span) -> bool {
        if list.values.is_empty() {
            self.refuse(
                root,
                text!(
                    "not one row could be taken over",
                    "не удалось взять ни одной строки"
                ),
            );
            return false;
        }
        let size = list.to_yaml().len();
        if size > MAX_YAML {
            let size = size / (1024 * 1024);
            self.report.push(
                Diagnostic::new(
                    code::FILE_TOO_LARGE,
                    text!(
                        "the classifier would take {size} MiB",
                        "справочник занял бы {size} МиБ"
                    ),
                )
                .at(root)
                .help(text!(
                    "a list of this size is an open one: write a classifier with `open: true` and a `form` by hand",
                    "такой справочник — открытый: опишите его вручную, с `open: true` и формой (`form`)"
                )),
            );
            return false;
        }
        true
    }

    fn odd(&mut self, element: &Element<'a>) {
        let name = element.name;
        let finding = Diagnostic::new(
            code::IMPORT_STRUCTURE,
            text!(
                "an export has no element `{name}` here",
                "в выгрузке здесь нет элемента `{name}`"
            ),
        );
        self.report.push(finding.at(element.span));
    }

    fn refuse(&mut self, span: Span, message: Text) {
        let finding = Diagnostic::new(code::IMPORT_KIND, message).at(span);
        self.report.push(finding.help(text!(
            "what is read is the XML export of one simple classifier of the register, with its data",
            "читается XML-выгрузка одного простого справочника реестра вместе с данными"
        )));
    }
}

/// A text on one line, blanks tidied; nothing when nothing is left.
fn tidy(text: &str) -> Option<String> {
    let odd = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    let words: Vec<&str> = text.split(odd).filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// A uid that the register can have issued.
fn is_uid(text: &str) -> bool {
    EsnsiBinding::is_uid(text)
}
