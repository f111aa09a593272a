//! `vitrina init DIR`: a small, valid model to start from.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use vitrina_codegen::text;

use crate::args::Init;
use crate::console::Console;
use crate::exit::{Exit, Failure};

/// The files of the model, by path inside its folder.
const FILES: &[(&str, &str)] = &[
    ("showcase.yaml", include_str!("init/showcase.yaml")),
    ("types.yaml", include_str!("init/types.yaml")),
    ("mixins.yaml", include_str!("init/mixins.yaml")),
    (
        "regulations/order-355.yaml",
        include_str!("init/regulations/order-355.yaml"),
    ),
    (
        "classifiers/attendance_status.yaml",
        include_str!("init/classifiers/attendance_status.yaml"),
    ),
    (
        "tables/school/school.yaml",
        include_str!("init/tables/school/school.yaml"),
    ),
    (
        "tables/school/student.yaml",
        include_str!("init/tables/school/student.yaml"),
    ),
    (
        "tables/school/attendance.yaml",
        include_str!("init/tables/school/attendance.yaml"),
    ),
    (
        "rules/quality.yaml",
        include_str!("init/rules/quality.yaml"),
    ),
];

pub(super) fn run(args: &Init, console: &Console) -> Result<Exit, Failure> {
    let dir = &args.dir;
    refuse_unless_empty(dir)?;
    for (path, content) in FILES {
        let path = dir.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        }
        fs::write(&path, content).map_err(|error| failed(&path, &error))?;
    }
    let model = dir.display();
    // The default finds a folder of this name by itself.
    let option = match dir.as_path() == Path::new("model") {
        true => String::new(),
        false => format!(" --model {model}"),
    };
    console.status(&text!(
        "{model} holds a model of three tables; try `vitrina check{option}`, then `vitrina generate{option}`",
        "в {model} лежит модель из трёх таблиц; попробуйте `vitrina check{option}`, затем `vitrina generate{option}`"
    ));
    Ok(Exit::Fine)
}

fn refuse_unless_empty(dir: &Path) -> Result<(), Failure> {
    match fs::read_dir(dir) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => {
                let dir = dir.display();
                Err(Failure::usage(
                    text!("the folder `{dir}` is not empty", "папка `{dir}` не пуста"),
                    text!("choose another folder", "выберите другую папку"),
                ))
            }
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(failed(dir, &error)),
    }
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    let path = path.display();
    Failure::io(text!("`{path}`: {error}", "`{path}`: {error}"))
}
