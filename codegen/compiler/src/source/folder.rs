//! The folder of a model: which file is what, and each read into its declarations.

use super::declaration::{
    ClassifierDecl, Declarations, IndicatorDecl, KindDecl, Mapping, MixinDecl, PartDecl,
    RegulationDecl, RuleDecl, ScalarDecl, ScenarioDecl, ShowcaseDecl, TableDecl,
};
use super::shape::{Object, Value, check, language};
use super::yaml::{Node, NodeKind};
use super::{FileId, SourceFile, SourceSet, Span, sql, yaml};
use crate::diagnostic::{Diagnostic, Report, code};
use crate::text;

/// What a file is by its path.
enum Place<'a> {
    Showcase,
    Regulation,
    Kinds,
    Types,
    Mixins,
    Classifier,
    /// A table, in a group or in none.
    Table(Option<&'a str>),
    Ddl,
    Rules,
    Scenario,
    /// Parts of the scenario.
    Parts,
    /// Documentation and hidden files.
    Ignored,
    Other,
}

fn place(path: &str) -> Place<'_> {
    let parts: Vec<&str> = path.split('/').collect();
    let name = parts.last().copied().unwrap_or("");
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    match (&parts[..], extension) {
        _ if name.starts_with('.') || name == "README.md" => Place::Ignored,
        ([_], "yaml") => match stem {
            "showcase" => Place::Showcase,
            "kinds" => Place::Kinds,
            "types" => Place::Types,
            "mixins" => Place::Mixins,
            "scenario" => Place::Scenario,
            _ => Place::Other,
        },
        (["regulations", _], "yaml") => Place::Regulation,
        (["classifiers", _], "yaml") => Place::Classifier,
        (["tables", _], "yaml") => Place::Table(None),
        (["tables", group, _], "yaml") => Place::Table(Some(group)),
        (["ddl", _], "sql") => Place::Ddl,
        (["rules", _], "yaml") => Place::Rules,
        (["scenario", _], "yaml") => Place::Parts,
        _ => Place::Other,
    }
}

/// Reads every file of a model.
pub(crate) fn read(sources: &SourceSet, report: &mut Report) -> Declarations {
    let mut found = Declarations::default();
    for (id, file) in sources.iter() {
        let known = sources.is_readable(file);
        let mut reader = Reader {
            id,
            file,
            known,
            report,
        };
        reader.file(&mut found);
    }
    found
}

struct Reader<'a> {
    id: FileId,
    file: &'a SourceFile,
    known: bool,
    report: &'a mut Report,
}

impl Reader<'_> {
    fn file(&mut self, found: &mut Declarations) {
        match place(&self.file.path) {
            Place::Showcase => {
                let read = self.object(&language::SHOWCASE, |m| Some(ShowcaseDecl::read(m)));
                found.showcase = read;
            }
            Place::Regulation => {
                let read = self.object(&language::REGULATION, RegulationDecl::read);
                found.lost.regulations |= read.is_none();
                found.regulations.extend(read);
            }
            Place::Kinds => {
                let note = &mut found.kinds_note;
                let kinds = |m: &Mapping<'_>| {
                    *note = m.text("note");
                    Some(m.mappings("kinds").map(|k| KindDecl::read(&k)).collect())
                };
                let read: Option<Vec<_>> = self.object(&language::KINDS, kinds);
                found.lost.kinds |= read
                    .as_ref()
                    .is_none_or(|read| read.iter().any(Option::is_none));
                found.kinds.extend(read.into_iter().flatten().flatten());
            }
            Place::Types => {
                let (read, lost) = self.list(&language::TYPE, ScalarDecl::read);
                found.lost.scalars |= lost;
                found.scalars.extend(read);
            }
            Place::Mixins => {
                let (read, lost) = self.list(&language::MIXIN, MixinDecl::read);
                found.lost.mixins |= lost;
                found.mixins.extend(read);
            }
            Place::Classifier => {
                let read = self.object(&language::CLASSIFIER, ClassifierDecl::read);
                found.lost.classifiers |= read.is_none();
                found.classifiers.extend(read);
            }
            Place::Table(group) => {
                let (id, group) = (self.id, group.map(str::to_owned));
                let read = self.object(&language::TABLE, |m| TableDecl::read(m, id, group));
                found.lost.tables |= read.is_none();
                found.tables.extend(read);
            }
            Place::Ddl => {
                found.lost.ddl |= !self.known;
                if self.known {
                    let errors = self.report.count(crate::diagnostic::Severity::Error);
                    found
                        .ddl
                        .extend(sql::ddl::read(self.id, &self.file.text, self.report));
                    let after = self.report.count(crate::diagnostic::Severity::Error);
                    found.lost.ddl |= after > errors;
                }
            }
            Place::Rules => self.rules(found),
            Place::Scenario => {
                found.scenario = self.object(&language::SCENARIO, |m| Some(ScenarioDecl::read(m)));
            }
            Place::Parts => {
                let (read, lost) = self.list(&language::PART, PartDecl::read);
                found.lost.parts |= lost;
                found.parts.extend(read);
            }
            Place::Ignored => {}
            Place::Other => found.others.push(self.id),
        }
    }

    /// The document of a file, if it is YAML and not empty.
    fn document(&mut self) -> Option<Node> {
        if !self.known {
            return None;
        }
        let node = yaml::parse(self.id, &self.file.text, self.report)?;
        if matches!(node.kind, NodeKind::Null) {
            self.report.push(
                Diagnostic::new(code::EMPTY_FILE, text!("the file is empty", "файл пуст"))
                    .at(Span::new(self.id, 0, 0))
                    .help(text!(
                        "fill it, or remove it from the folder",
                        "заполните его или удалите из папки"
                    )),
            );
            return None;
        }
        Some(node)
    }

    /// Reads a file that holds one object.
    fn object<T>(
        &mut self,
        shape: &'static Object,
        read: impl FnOnce(&Mapping<'_>) -> Option<T>,
    ) -> Option<T> {
        let node = self.document()?;
        check::value(&node, &Value::Object(shape), shape.name, self.report);
        read(&Mapping::of(&node, &self.file.text)?)
    }

    /// Reads a file that holds a list of objects; the flag says whether an entry is lost.
    fn list<T>(
        &mut self,
        shape: &'static Object,
        read: impl Fn(&Mapping<'_>) -> Option<T>,
    ) -> (Vec<T>, bool) {
        let Some(items) = self.items(shape) else {
            return (Vec::new(), true);
        };
        for item in &items {
            check::value(item, &Value::Object(shape), shape.name, self.report);
        }
        let text = &self.file.text;
        let read = items.iter().map(|item| read(&Mapping::of(item, text)?));
        let read: Vec<T> = read.flatten().collect();
        let lost = read.len() < items.len();
        (read, lost)
    }

    /// Reads a file of rules and indicators: the first key of an entry tells which it is.
    fn rules(&mut self, found: &mut Declarations) {
        for item in self.items(&language::RULE).unwrap_or_default() {
            let is_indicator = matches!(&item.kind, NodeKind::Map(entries) if entries
                .iter()
                .any(|(key, _)| language::INDICATOR.meant(&key.value) == Some("indicator")));
            let shape = match is_indicator {
                true => &language::INDICATOR,
                false => &language::RULE,
            };
            check::value(&item, &Value::Object(shape), shape.name, self.report);
            let Some(mapping) = Mapping::of(&item, &self.file.text) else {
                continue;
            };
            match is_indicator {
                true => found.indicators.extend(IndicatorDecl::read(&mapping)),
                false => found.rules.extend(RuleDecl::read(&mapping)),
            }
        }
    }

    /// The entries of a file that holds a list.
    fn items(&mut self, shape: &'static Object) -> Option<Vec<Node>> {
        let node = self.document()?;
        let span = node.span;
        let NodeKind::List(items) = node.kind else {
            let name = shape.name;
            self.report.push(
                Diagnostic::new(
                    code::WRONG_SHAPE,
                    text!(
                        "the file must be a list of `{name}`",
                        "файл должен быть списком `{name}`"
                    ),
                )
                .at(span)
                .help(text!(
                    "begin every entry with `- {name}:`",
                    "начинайте каждый элемент с `- {name}:`"
                )),
            );
            return None;
        };
        Some(items)
    }
}
