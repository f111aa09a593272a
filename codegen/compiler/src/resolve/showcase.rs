//! The head of a model and the options of targets.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Names, Sort};
use super::tables::TableNames;
use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::showcase::DescriptorTemplate;
use crate::model::{CsvProfile, Group, Showcase, TargetOptions};
use crate::source::declaration::{Declarations, ShowcaseDecl, Word};
use crate::source::files::not_utf8;
use crate::source::nearest::nearest;
use crate::source::shape::language;
use crate::source::{FileId, SourceSet, Span, Spanned};
use crate::text;

/// The file that every model has.
const FILE: &str = "showcase.yaml";

/// Resolves the head. `None` when it is missing or lacks what it must say.
pub(super) fn resolve(
    sources: &SourceSet,
    found: &Declarations,
    tables: &TableNames<'_>,
    report: &mut Report,
) -> Option<Showcase> {
    let Some(decl) = &found.showcase else {
        if sources.find(FILE).is_none() {
            report.push(missing(sources));
        }
        return None;
    };
    if let Some(language) = decl
        .language
        .as_ref()
        .filter(|n| n.value != language::VERSION)
    {
        let (said, known) = (language.value, language::VERSION);
        report.push(
            Diagnostic::new(
                code::LANGUAGE_VERSION,
                text!("version {said} of the model language is unknown",
                      "версия {said} языка модели неизвестна"),
            )
            .at(language.span)
            .help(text!(
                "this compiler reads version {known}; a newer model needs a newer `vitrina`",
                "этот компилятор читает версию {known}; более новой модели нужна более новая `vitrina`"
            ))
            .suggest(Some(known.to_string())),
        );
    }
    let targets = targets(sources, found, decl, tables, report);
    Some(Showcase {
        mnemonic: decl.mnemonic.as_ref()?.value.clone(),
        span: decl.mnemonic.as_ref()?.span,
        title: decl.title.clone()?,
        note: decl.note.clone(),
        version: decl.version.as_ref()?.value.clone(),
        csv: CsvProfile {
            null: decl.null,
            boolean: decl.boolean,
        },
        groups: groups(decl, report),
        // Their scopes name everything else, so they are resolved after it.
        lints: Vec::new(),
        targets,
    })
}

fn missing(sources: &SourceSet) -> Diagnostic {
    let finding = Diagnostic::new(
        code::NO_SHOWCASE,
        text!("the model has no `{FILE}`", "в модели нет `{FILE}`"),
    )
    .help(text!(
        "every model has this file at its top; `vitrina init DIR` makes one",
        "этот файл лежит в корне каждой модели; его создаёт `vitrina init DIR`"
    ));
    // A finding needs a place; any file of the folder shows which folder is meant.
    match sources.iter().next() {
        Some((id, _)) => finding.at(Span::new(id, 0, 0)),
        None => finding,
    }
}

fn groups(decl: &ShowcaseDecl, report: &mut Report) -> Vec<Group> {
    const GROUP: Sort = Sort {
        unknown: code::NO_SUCH_GROUP,
        en: "group",
        ru: "группа",
        ru_of: "группы",
    };
    Names::collect(
        GROUP,
        true,
        decl.groups.iter().map(|group| &group.name),
        report,
    );
    decl.groups
        .iter()
        .map(|group| Group {
            name: group.name.value.clone(),
            title: group.title.clone().unwrap_or_default(),
        })
        .collect()
}

fn targets(
    sources: &SourceSet,
    found: &Declarations,
    decl: &ShowcaseDecl,
    tables: &TableNames<'_>,
    report: &mut Report,
) -> TargetOptions {
    let mut guids = BTreeMap::new();
    let mut seen: BTreeMap<uuid::Uuid, Span> = BTreeMap::new();
    for (path, uuid) in &decl.guids {
        if path.value != "showcase" {
            tables.check_path(path, report);
        }
        if let Some(first) = seen.insert(*uuid, path.span) {
            report.push(
                Diagnostic::new(
                    code::DESCRIPTOR_GUID,
                    text!(
                        "two things have the identifier `{uuid}`",
                        "идентификатор `{uuid}` у двух вещей"
                    ),
                )
                .at(path.span)
                .also(first, text!("first here", "впервые здесь"))
                .help(text!(
                    "the platform issues each identifier once: look up there which of them is meant",
                    "платформа выдаёт каждый идентификатор один раз: уточните там, чей он"
                )),
            );
        }
        guids.insert(path.value.clone(), Spanned::new(*uuid, path.span));
    }
    let mut templates = Vec::new();
    for (file, output) in &decl.templates {
        let text = template(sources, found, file, report);
        let Some(output) = output else {
            continue;
        };
        if let Some(text) = text {
            templates.push(DescriptorTemplate {
                output: output.clone(),
                text: text.to_owned(),
                path: file.value.clone(),
                span: file.span,
            });
        }
    }
    TargetOptions {
        rust_crate: decl.rust_crate.clone(),
        rust_workspace: decl.rust_workspace,
        datasource_type: decl.datasource_type.clone(),
        guids,
        templates,
    }
}

/// The text of a template: a file of the model that is nothing else.
fn template<'a>(
    sources: &'a SourceSet,
    found: &Declarations,
    word: &Word,
    report: &mut Report,
) -> Option<&'a str> {
    let path = word.value.as_str();
    let others: BTreeSet<FileId> = found.others.iter().copied().collect();
    let known = found.others.iter().map(|id| sources.get(*id).path.as_str());
    let Some(id) = sources.find(path).filter(|id| others.contains(id)) else {
        report.push(
            Diagnostic::new(
                code::NO_SUCH_FILE,
                text!(
                    "the model has no template `{path}`",
                    "в модели нет шаблона `{path}`"
                ),
            )
            .at(word.span)
            .suggest(nearest(path, known))
            .help(text!(
                "the path counts from the model's folder: `nsud/official.xml.j2`",
                "путь считается от папки модели: `nsud/official.xml.j2`"
            )),
        );
        return None;
    };
    let file = sources.get(id);
    if !sources.is_readable(file) {
        let at = file.text.find('\u{fffd}').unwrap_or(0);
        report.push(not_utf8().at(Span::new(id, at, at + 3)).also(
            word.span,
            text!("named as a template here", "указан как шаблон здесь"),
        ));
        return None;
    }
    Some(&file.text)
}
