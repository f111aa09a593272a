//! What the options of the target get wrong: templates, names of their files, issued identifiers.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::descriptor::descriptor;
use super::guid::{Guid, SHOWCASE};
use super::{FILES, json, template};
use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::Model;
use crate::source::{Span, Spanned};
use crate::target::header;
use crate::text;

/// Reports every mistake in the target's options.
pub(super) fn check(model: &Model, report: &mut Report) {
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
