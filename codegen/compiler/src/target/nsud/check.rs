//! What the options of the target get wrong: templates, names of their files, issued identifiers.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::descriptor::descriptor;
use super::guid::{Guid, SHOWCASE};
use super::{FILES, json, template};
use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{Model, Table};
use crate::source::Span;
use crate::target::header;
use crate::text;

/// Reports every mistake in the target's options.
pub(super) fn check(model: &Model, report: &mut Report) {
    let options = &model.showcase().targets;
    if !options.guids.is_empty() {
        unknown_paths(model, report);
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
        let output = &template.output;
        if !stays_inside(output) {
            report.push(
                Diagnostic::new(
                    code::DESCRIPTOR_OUTPUT,
                    text!(
                        "`{output}` is no name of a file below the target's folder",
                        "`{output}` — не имя файла внутри папки цели"
                    ),
                )
                .at(template.span)
                .help(text!(
                    "write a relative path of plain names with `/` between them, such as `official.xml`",
                    "укажите относительный путь из простых имён через `/`, например `official.xml`"
                )),
            );
            continue;
        }
        let folded = output.to_lowercase();
        if let Some((other, place)) = taken.iter().find(|(name, _)| meet(name, &folded)) {
            let diagnostic = Diagnostic::new(
                code::DESCRIPTOR_OUTPUT,
                match place {
                    None => text!(
                        "`{output}` meets `{other}`, a file that the target makes itself",
                        "`{output}` совпадает с файлом `{other}`, который цель создаёт сама"
                    ),
                    Some(_) => text!(
                        "`{output}` meets the file `{other}` of another template",
                        "`{output}` совпадает с файлом `{other}` другого шаблона"
                    ),
                },
            )
            .at(template.span)
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
        taken.push((folded, Some(template.span)));
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

/// Issued identifiers whose path names neither the showcase, nor a table, nor a column.
fn unknown_paths(model: &Model, report: &mut Report) {
    let tables: BTreeMap<&str, &Table> = (model.tables().iter())
        .map(|table| (table.name.as_str(), table))
        .collect();
    for path in model.showcase().targets.guids.keys() {
        let (table_name, column_name) = match path.split_once('.') {
            Some((table, column)) => (table, Some(column)),
            None => (path.as_str(), None),
        };
        let table = tables.get(table_name);
        let diagnostic = match (table, column_name) {
            (None, None) if path == SHOWCASE => continue,
            (Some(_), None) => continue,
            (Some(table), Some(column)) => {
                if table.find_column(column).is_some() {
                    continue;
                }
                Diagnostic::new(
                    code::DESCRIPTOR_GUID,
                    text!(
                        "the identifier of `{path}` names nothing: table `{table_name}` has no column `{column}`",
                        "идентификатор `{path}` ничего не называет: в таблице `{table_name}` нет столбца `{column}`"
                    ),
                )
                .also(table.span, text!("the table is here", "таблица здесь"))
            }
            (None, _) => Diagnostic::new(
                code::DESCRIPTOR_GUID,
                text!(
                    "the identifier of `{path}` names nothing: there is no table `{table_name}`",
                    "идентификатор `{path}` ничего не называет: таблицы `{table_name}` нет"
                ),
            ),
        };
        report.push(diagnostic.help(text!(
            "paths under `nsud.guids` are `showcase`, `table` and `table.column`",
            "пути в `nsud.guids`: `showcase`, `таблица` и `таблица.столбец`"
        )));
    }
}

/// One identifier for two things, be they issued or derived.
fn equal_guids(model: &Model, report: &mut Report) {
    let showcase = (SHOWCASE.to_owned(), Guid::of_showcase(model), None);
    let tables = model.tables().iter().flat_map(|table| {
        let own = (
            table.name.clone(),
            Guid::of_table(model, table),
            Some(table.span),
        );
        let columns = table.columns.iter().map(|column| {
            let path = format!("{}.{}", table.name, column.name);
            (
                path,
                Guid::of_column(model, table, column),
                Some(column.span),
            )
        });
        std::iter::once(own).chain(columns)
    });
    // The first owner of each identifier, and whether a second one has been told of already.
    let mut owners: BTreeMap<Uuid, (String, Option<Span>, bool)> = BTreeMap::new();
    for (path, guid, span) in std::iter::once(showcase).chain(tables) {
        let guid = guid.value;
        let Some((first, first_span, told)) = owners.get_mut(&guid) else {
            owners.insert(guid, (path, span, false));
            continue;
        };
        if std::mem::replace(told, true) {
            continue;
        }
        let mut diagnostic = Diagnostic::new(
            code::DESCRIPTOR_GUID,
            text!(
                "`{first}` and `{path}` have one identifier, {guid}",
                "у `{first}` и `{path}` один идентификатор, {guid}"
            ),
        );
        if let Some(span) = span {
            diagnostic = diagnostic.at(span);
        }
        if let Some(span) = *first_span {
            diagnostic = diagnostic.also(span, text!("`{first}` is here", "`{first}` здесь"));
        }
        report.push(diagnostic.help(text!(
            "the platform issues each identifier once: look up in `nsud.guids` which of them is meant",
            "платформа выдаёт каждый идентификатор один раз: уточните в `nsud.guids`, чей он"
        )));
    }
}
