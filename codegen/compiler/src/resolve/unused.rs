//! Files that no one refers to.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Report, Text, code};
use crate::source::declaration::Declarations;
use crate::source::{SourceSet, Span};
use crate::text;

/// Reports every file that is neither of the language nor named by it.
pub(super) fn report(sources: &SourceSet, found: &Declarations, report: &mut Report) {
    let Some(showcase) = &found.showcase else {
        // Templates are named there: without it nothing can be said.
        return;
    };
    let used: BTreeSet<&str> = showcase
        .templates
        .iter()
        .map(|(file, _)| file.value.as_str())
        .collect();
    for id in &found.others {
        let path = sources.get(*id).path.as_str();
        if used.contains(path) {
            continue;
        }
        let finding = Diagnostic::new(
            code::UNUSED_FILE,
            text!(
                "no one refers to this file",
                "на этот файл никто не ссылается"
            ),
        );
        report.push(finding.at(Span::new(*id, 0, 0)).help(cure(path)));
    }
    for table in &found.tables {
        let path = sources.get(table.file).path.as_str();
        let stem = path
            .rsplit('/')
            .next()
            .unwrap_or("")
            .trim_end_matches(".yaml");
        let name = &table.name.value;
        if stem != name {
            report.push(
                Diagnostic::new(
                    code::FILE_NAME,
                    text!(
                        "the table `{name}` is declared in a file of another name",
                        "таблица `{name}` объявлена в файле с другим именем"
                    ),
                )
                .at(table.name.span)
                .help(text!(
                    "call the file `{name}.yaml`",
                    "назовите файл `{name}.yaml`"
                )),
            );
        }
    }
}

fn cure(path: &str) -> Text {
    let folder = path.split('/').next().unwrap_or("");
    let depth = path.matches('/').count();
    if let Some(stem) = path.strip_suffix(".yml") {
        return text!(
            "files of the language end in `.yaml`: rename it to `{stem}.yaml`",
            "файлы языка оканчиваются на `.yaml`: переименуйте в `{stem}.yaml`"
        );
    }
    match (folder, depth) {
        ("tables", _) if path.ends_with(".yaml") => text!(
            "tables stand in `tables/<group>/<table>.yaml`, no deeper",
            "таблицы лежат в `tables/<группа>/<таблица>.yaml`, не глубже"
        ),
        ("regulations" | "classifiers" | "rules", 2..) if path.ends_with(".yaml") => {
            text!(
                "files stand in `{folder}/` itself, no deeper",
                "файлы лежат прямо в `{folder}/`, не глубже"
            )
        }
        _ if path.ends_with(".sql") => text!("DDL stands in `ddl/`", "DDL лежит в `ddl/`"),
        _ => text!(
            "name it as a template in `showcase.yaml`, move it to its place, or remove it",
            "укажите его как шаблон в `showcase.yaml`, переложите на место или удалите"
        ),
    }
}
