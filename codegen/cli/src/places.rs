//! Where the model is and where its artifacts go.

use std::env;
use std::path::{Path, PathBuf};

use vitrina_codegen::text;

use crate::args::Shared;
use crate::exit::Failure;

/// The model's folder: as given, else `model` here or in the nearest parent folder. A folder with a
/// `showcase.yaml` is preferred over one that merely has the name.
pub(crate) fn model(shared: &Shared) -> Result<PathBuf, Failure> {
    find_model(shared).ok_or_else(|| {
        Failure::usage(
            text!(
                "there is no folder `model` here or above",
                "ни здесь, ни выше нет папки `model`"
            ),
            text!(
                "name it with `--model DIR`, or start one with `vitrina init model`",
                "укажите её через `--model DIR` или создайте командой `vitrina init model`"
            ),
        )
    })
}

/// As [`model`], for verbs that do without one.
pub(crate) fn find_model(shared: &Shared) -> Option<PathBuf> {
    if let Some(given) = &shared.model {
        return Some(given.clone());
    }
    let here = env::current_dir().unwrap_or_default();
    let candidates = || {
        let above = |steps: usize| std::iter::repeat_n("..", steps).collect::<PathBuf>();
        (0..here.ancestors().count()).map(move |steps| above(steps).join("model"))
    };
    candidates()
        .find(|folder| folder.join("showcase.yaml").is_file())
        .or_else(|| candidates().find(|folder| folder.is_dir()))
}

/// The output folder: as given, else `generated` beside the model's folder.
pub(crate) fn out(shared: &Shared, model: &Path) -> PathBuf {
    match (&shared.out, model.file_name()) {
        (Some(given), _) => given.clone(),
        (None, Some(_)) => model.with_file_name("generated"),
        // `.` and `..` have no name to stand beside.
        (None, None) => model.join("..").join("generated"),
    }
}

/// The command that brings the output folder in order, with the options that were given.
pub(crate) fn generate_command(shared: &Shared, targets: &[String]) -> String {
    let mut command = String::from("vitrina generate");
    let folders = [("--model", &shared.model), ("--out", &shared.out)];
    for (option, folder) in folders {
        if let Some(folder) = folder {
            command.push_str(&format!(" {option} {}", folder.display()));
        }
    }
    for target in targets {
        command.push_str(&format!(" --target {target}"));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(model: Option<&str>, out: Option<&str>) -> Shared {
        use clap::Parser as _;
        let mut args = vec!["vitrina", "check"];
        args.extend(model.iter().flat_map(|dir| ["--model", dir]));
        args.extend(out.iter().flat_map(|dir| ["--out", dir]));
        crate::args::Cli::parse_from(args).shared
    }

    #[test]
    fn output_stands_beside_the_model() {
        let out = |model| super::out(&shared(None, None), Path::new(model));
        assert_eq!(out("model"), Path::new("generated"));
        assert_eq!(out("../region/model/"), Path::new("../region/generated"));
        assert_eq!(out("."), Path::new("./../generated"));
        let given = super::out(&shared(None, Some("x")), Path::new("model"));
        assert_eq!(given, Path::new("x"));
    }

    #[test]
    fn the_cure_names_the_options_that_were_given() {
        assert_eq!(
            generate_command(&shared(None, None), &[]),
            "vitrina generate"
        );
        assert_eq!(
            generate_command(&shared(Some("m"), Some("o")), &["ddl".into()]),
            "vitrina generate --model m --out o --target ddl"
        );
    }
}
