//! What the options of the target get wrong: templates, names of their files, issued identifiers.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::descriptor::descriptor;
use super::guid::{Guid, SHOWCASE};
use super::{FILES, esnsi, json, template};
use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::Model;
use crate::source::{Span, Spanned};
use crate::target::header;
use crate::text;

/// Reports every mistake in the target's options, and what the form of code lists cannot carry.
pub(super) fn check(model: &Model, report: &mut Report) {
    lists(model, report);
    let options = &model.showcase().targets;
    if !options.guids.is_empty() {
        equal_guids(model, report);
    }
    if !options.templates.is_empty() {
        outputs(model, report);
        let facts = json::json(&descriptor(model), &header(model));
        for template in &options.templates {
            if let Err(message) = template::render(template, &facts) {
                report.push(
                    Diagnostic::new(code::DESCRIPTOR_TEMPLATE, message)
                        .at(template.span)
                        .help(text!(
                            "a template sees the keys of `nsud/descriptor.json`: `showcase`, `tables`, `classifiers`",
                            "шаблону видны ключи `nsud/descriptor.json`: `showcase`, `tables`, `classifiers`"
                        )),
                );
            }
        }
    }
}

/// File names that leave the folder, and names that meet: with the target's own files, with each
/// other, or as a folder where the other is a file. Case does not tell files apart everywhere.
fn outputs(model: &Model, report: &mut Report) {
    let mut taken: Vec<(String, Option<Span>)> = FILES
        .iter()
        .map(|name| ((*name).to_owned(), None))
        .collect();
    for template in &model.showcase().targets.templates {
        let Spanned { value: name, span } = &template.output;
        if !stays_inside(name) {
            report.push(
                Diagnostic::new(
                    code::DESCRIPTOR_OUTPUT,
                    text!(
                        "`{name}` is no name of a file below the target's folder",
                        "`{name}` — не имя файла внутри папки цели"
                    ),
                )
                .at(*span)
                .help(text!(
                    "write a relative path of plain names with `/` between them, such as `official.xml`",
                    "укажите относительный путь из простых имён через `/`, например `official.xml`"
                )),
            );
            continue;
        }
        let folded = name.to_lowercase();
        if let Some((other, place)) = taken.iter().find(|(other, _)| meet(other, &folded)) {
            let diagnostic = Diagnostic::new(
                code::DESCRIPTOR_OUTPUT,
                match place {
                    None => text!(
                        "`{name}` meets `{other}`, a file that the target makes itself",
                        "`{name}` совпадает с файлом `{other}`, который цель создаёт сама"
                    ),
                    Some(_) => text!(
                        "`{name}` meets the file `{other}` of another template",
                        "`{name}` совпадает с файлом `{other}` другого шаблона"
                    ),
                },
            )
            .at(*span)
            .help(text!(
                "give the file another name",
                "дайте файлу другое имя"
            ));
            report.push(match place {
                Some(place) => diagnostic.also(
                    *place,
                    text!("the other template is here", "другой шаблон здесь"),
                ),
                None => diagnostic,
            });
            continue;
        }
        taken.push((folded, Some(*span)));
    }
}

/// Lists of the model's own that the register cannot take as they are called.
fn lists(model: &Model, report: &mut Report) {
    let most = esnsi::MAX_CHARS;
    let mut files: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for list in esnsi::lists(model) {
        let name = &list.name;
        let file = esnsi::file_name(list);
        let length = list.title.chars().count();
        if length > most || esnsi::code(model, list).chars().count() > most {
            report.push(
                Diagnostic::new(
                    code::SIZE_LIMIT,
                    text!(
                        "ЕСНСИ takes titles and codes of at most {most} characters; those of `{name}` are longer",
                        "ЕСНСИ принимает названия и коды не длиннее {most} знаков; у `{name}` они длиннее"
                    ),
                )
                .at(list.span)
                .help(text!("shorten the title or the name", "сократите название или имя")),
            );
        }
        if !stays_inside(&file) {
            report.push(
                Diagnostic::new(
                    code::NAME_FORM,
                    text!(
                        "no file can be called `{file}` everywhere",
                        "файл не везде может называться `{file}`"
                    ),
                )
                .at(list.span)
                .help(text!(
                    "give the list a plain name",
                    "дайте справочнику простое имя"
                )),
            );
        }
        match files.get(&file.to_lowercase()) {
            Some((other, place)) => report.push(
                Diagnostic::new(
                    code::NAME_COLLISION,
                    text!(
                        "the files of `{other}` and `{name}` are one where case does not tell names apart",
                        "файлы `{other}` и `{name}` совпадут там, где регистр букв не различает имена"
                    ),
                )
                .at(list.span)
                .also(*place, text!("the other list is here", "другой справочник здесь"))
                .help(text!("rename one of them", "переименуйте один из них")),
            ),
            None => {
                files.insert(file.to_lowercase(), (name, list.span));
            }
        }
    }
}

fn stays_inside(output: &str) -> bool {
    output.split('/').all(|name| {
        !name.is_empty()
            && name != "."
            && name != ".."
            && !name.ends_with([' ', '.'])
            && !name.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c))
    })
}

fn meet(a: &str, b: &str) -> bool {
    let within = |folder: &str, file: &str| {
        file.strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    within(a, b) || within(b, a)
}

/// One identifier for two things, be they issued or derived.
fn equal_guids(model: &Model, report: &mut Report) {
    let guids = &model.showcase().targets.guids;
    // An issued identifier stands in `showcase.yaml`; a derived one belongs to what it is of.
    let place = |path: &str, own: Span| guids.get(path).map_or(own, |issued| issued.span);
    let showcase = (
        SHOWCASE.to_owned(),
        Guid::of_showcase(model),
        place(SHOWCASE, model.showcase().span),
    );
    let tables = model.tables().iter().flat_map(|table| {
        let own = (
            table.name.clone(),
            Guid::of_table(model, table),
            place(&table.name, table.span),
        );
        let columns = table.columns.iter().map(move |column| {
            let path = format!("{}.{}", table.name, column.name);
            let span = place(&path, column.span);
            (path, Guid::of_column(model, table, column), span)
        });
        std::iter::once(own).chain(columns)
    });
    // The first owner of each identifier, and whether a second one has been told of already.
    let mut owners: BTreeMap<Uuid, (String, Span, bool)> = BTreeMap::new();
    for (path, guid, span) in std::iter::once(showcase).chain(tables) {
        let guid = guid.value;
        let Some((first, first_span, told)) = owners.get_mut(&guid) else {
            owners.insert(guid, (path, span, false));
            continue;
        };
        if std::mem::replace(told, true) {
            continue;
        }
        // The place to mend is the issued one.
        let (at, also, other) = match (guids.get(&path), guids.get(first)) {
            (None, Some(_)) => (*first_span, span, path.as_str()),
            _ => (span, *first_span, first.as_str()),
        };
        let diagnostic = Diagnostic::new(
            code::DESCRIPTOR_GUID,
            text!(
                "`{first}` and `{path}` have one identifier, {guid}",
                "у `{first}` и `{path}` один идентификатор, {guid}"
            ),
        );
        let diagnostic = diagnostic
            .at(at)
            .also(also, text!("`{other}` is here", "`{other}` здесь"));
        report.push(diagnostic.help(text!(
            "the platform issues each identifier once: look up in `nsud.guids` which of them is meant",
            "платформа выдаёт каждый идентификатор один раз: уточните в `nsud.guids`, чей он"
        )));
    }
}
