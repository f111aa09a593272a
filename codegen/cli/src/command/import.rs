//! `vitrina import FILE`: a list of another system to a classifier of the model.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use vitrina_codegen::artifacts::{WriteError, write_file};
use vitrina_codegen::diagnostic::render::{plural_en, plural_ru};
use vitrina_codegen::diagnostic::{Report, Severity};
use vitrina_codegen::import::{Format, Imported, ImportedList, esnsi, is_name};
use vitrina_codegen::text;

use crate::args::{Import, Shared};
use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::places;

pub(super) fn run(args: &Import, shared: &Shared, console: &Console) -> Result<Exit, Failure> {
    check_name(args)?;
    let folder = folder(shared)?;
    let path = args.file.display().to_string();
    let bytes = read(&args.file)?;
    let mut report = Report::new();
    let imported = match Format::of(&path, &bytes) {
        Some(Format::Esnsi) => esnsi::import(&path, bytes, &options(args), &mut report),
        _ => return Err(unknown_kind(&path)),
    };
    let written = match &imported.list {
        Some(list) if !(args.strict && report.has_errors()) => {
            write(&folder, list, args.force).map(|place| Some((list, place)))
        }
        _ => Ok(None),
    };
    finish(args, &imported, &report, written, console)
}

/// Says everything that was found, and what became of the file: whoever must decide about `--force`
/// has seen the findings.
fn finish(
    args: &Import,
    imported: &Imported,
    report: &Report,
    written: Result<Option<(&ImportedList, Place)>, Failure>,
    console: &Console,
) -> Result<Exit, Failure> {
    let parts = [(report, &imported.sources)];
    let list = match &written {
        Ok(Some((list, place))) => json!({
            "classifier": list.name,
            "file": place.path.display().to_string(),
            "values": list.values.len(),
            "left_out": list.left_out,
        }),
        _ => Value::Null,
    };
    console.findings(&parts, [("list", list)])?;
    let Some((list, place)) = written? else {
        if args.strict && imported.list.is_some() {
            console.status(&text!(
                "nothing was written: `--strict` takes no list with errors",
                "ничего не записано: `--strict` не берёт справочники с ошибками"
            ));
        }
        // Without a list there is an error, whatever `--fail-on` says.
        return Ok(match console.exit(&parts) {
            Exit::Fine if report.count(Severity::Error) > 0 => Exit::Findings,
            exit => exit,
        });
    };
    say(list, &place, console);
    Ok(console.exit(&parts))
}

fn say(list: &ImportedList, place: &Place, console: &Console) {
    let path = place.path.display();
    let (count, left_out) = (list.values.len(), list.left_out);
    let en = plural_en(count, ["value", "values"]);
    let ru = plural_ru(count, ["значение", "значения", "значений"]);
    let rows = plural_ru(left_out, ["строка", "строки", "строк"]);
    console.status(&match (place.is_new, left_out) {
        (false, _) => text!(
            "{path} holds this list already: {count} {en}",
            "{path} уже содержит этот справочник: {count} {ru}"
        ),
        (true, 0) => text!("{path}: {count} {en}", "{path}: {count} {ru}"),
        (true, _) => text!(
            "{path}: {count} {en}; rows left out: {left_out}",
            "{path}: {count} {ru}; не взято: {left_out} {rows}"
        ),
    });
}

fn check_name(args: &Import) -> Result<(), Failure> {
    match &args.name {
        Some(name) if !is_name(name) => Err(Failure::usage(
            text!(
                "`{name}` cannot be the name of a classifier",
                "`{name}` не может быть именем справочника"
            ),
            text!(
                "names have no blanks, quotes, slashes and signs of punctuation: `--name okato`",
                "в именах нет пробелов, кавычек, косых черт и знаков препинания: `--name okato`"
            ),
        )),
        _ => Ok(()),
    }
}

/// Where classifiers go: as told, else to those of the model.
fn folder(shared: &Shared) -> Result<PathBuf, Failure> {
    if let Some(out) = &shared.out {
        return Ok(out.clone());
    }
    match places::model(shared) {
        Ok(model) => Ok(model.join("classifiers")),
        Err(failure) => Err(Failure {
            help: Some(text!(
                "say where the classifier goes: `--out DIR`, `--out FILE.yaml` or `--model DIR`",
                "укажите, куда записать справочник: `--out ПАПКА`, `--out ФАЙЛ.yaml` или `--model ПАПКА`"
            )),
            ..failure
        }),
    }
}

/// The whole file, unless it is too large.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let shown = path.display();
    let failed =
        |error: std::io::Error| Failure::io(text!("`{shown}`: {error}", "`{shown}`: {error}"));
    let file = fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    // One byte beyond the limit tells a file that has more.
    let most = esnsi::MAX_BYTES + 1;
    file.take(most).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 == most {
        let size = esnsi::MAX_BYTES / (1024 * 1024);
        return Err(Failure::io(text!(
            "`{shown}` is larger than {size} MiB",
            "`{shown}` больше {size} МиБ"
        )));
    }
    Ok(bytes)
}

fn options(args: &Import) -> esnsi::Options {
    esnsi::Options {
        name: args.name.clone(),
        code: args.code.clone(),
        title: args.title.clone(),
        parent: args.parent.clone(),
        latin_name: args.latin_name.clone(),
        start_date: args.start_date.clone(),
        end_date: args.end_date.clone(),
    }
}

fn unknown_kind(path: &str) -> Failure {
    Failure::usage(
        text!(
            "`{path}` is of no kind that can be imported",
            "файлы вида `{path}` не импортируются"
        ),
        text!(
            "what is read is the XML export of a classifier of ЕСНСИ",
            "читается XML-выгрузка справочника ЕСНСИ"
        ),
    )
}

/// The file of the classifier.
struct Place {
    path: PathBuf,
    /// Whether it does not hold this very list already.
    is_new: bool,
}

fn write(folder: &Path, list: &ImportedList, force: bool) -> Result<Place, Failure> {
    let yaml = list.to_yaml();
    let place = place(folder, list, &yaml, force)?;
    if place.is_new {
        write_file(&place.path, yaml.as_bytes()).map_err(|error| refused(&error))?;
    }
    Ok(place)
}

fn place(folder: &Path, list: &ImportedList, yaml: &str, force: bool) -> Result<Place, Failure> {
    let extension = folder.extension().and_then(|extension| extension.to_str());
    let is_file = extension.is_some_and(|extension| ["yaml", "yml"].contains(&extension));
    let path = match is_file {
        true => folder.to_owned(),
        false => folder.join(format!("{}.yaml", list.name)),
    };
    let shown = path.display();
    // What is there at all counts, a link that leads nowhere too.
    if fs::symlink_metadata(&path).is_err() {
        return Ok(Place { path, is_new: true });
    }
    if fs::read(&path).is_ok_and(|there| there == yaml.as_bytes()) {
        return Ok(Place {
            path,
            is_new: false,
        });
    }
    if force {
        return Ok(Place { path, is_new: true });
    }
    Err(Failure::usage(
        text!(
            "`{shown}` is there already and differs",
            "`{shown}` уже есть и отличается"
        ),
        text!(
            "overwrite it with `--force`, or choose another name with `--name`; nothing was written",
            "перезапишите его ключом `--force` или возьмите другое имя: `--name`; ничего не записано"
        ),
    ))
}

fn refused(error: &WriteError) -> Failure {
    let finding = error.to_diagnostic();
    Failure {
        help: finding.help.clone(),
        ..Failure::io(finding.message)
    }
}
