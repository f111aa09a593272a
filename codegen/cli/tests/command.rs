//! The command as a user runs it: exit codes, what goes to which stream, what lands on the disk.

#[path = "command/generate.rs"]
mod generate;
#[path = "command/import.rs"]
mod import;
#[path = "command/model.rs"]
mod model;
#[path = "command/packages.rs"]
mod packages;
#[path = "command/sample.rs"]
mod sample;
#[path = "command/scenario.rs"]
mod scenario;
#[path = "command/tables.rs"]
mod tables;
#[path = "command/validate.rs"]
mod validate;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder to run the command in.
struct Place(TempDir);

/// What a run gave.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Place {
    fn empty() -> Self {
        Place(tempfile::tempdir().unwrap())
    }

    /// With the model that `init` writes.
    fn with_model() -> Self {
        let place = Place::empty();
        let run = place.run(&["init", "model"]);
        assert_eq!(run.code, 0, "{}", run.err);
        place
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.0.path().join(inside)
    }

    fn read(&self, inside: &str) -> String {
        std::fs::read_to_string(self.path(inside)).unwrap()
    }

    fn replace(&self, inside: &str, from: &str, to: &str) {
        let text = self.read(inside);
        assert!(text.contains(from), "{inside} has no `{from}`");
        std::fs::write(self.path(inside), text.replacen(from, to, 1)).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        command(self.0.path(), args)
    }

    fn run(&self, args: &[&str]) -> Run {
        Run::new(self.command(args).output().unwrap())
    }
}

impl Run {
    fn new(output: Output) -> Self {
        Run {
            code: output
                .status
                .code()
                .expect("the command must not be killed"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

/// The command in a folder, with nothing of the tester's locale and colours.
fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vitrina"));
    command.current_dir(folder).args(args);
    for name in [
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "NO_COLOR",
        "CLICOLOR_FORCE",
    ] {
        command.env_remove(name);
    }
    command
}

/// Every file below a folder, with its bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
                found.insert(name.replace('\\', "/"), fs::read(&path).unwrap());
            }
        }
    }
    found
}
