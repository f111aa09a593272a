//! The example `vendor-build` in a folder of its own, as a vendor has it: when cargo runs its
//! `build.rs` again, and what a broken model looks like there. What the examples write is tested beside
//! them, in `examples/*/tests`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A workspace with a copy of the example as its one member; versions and profiles are ours, so that
/// what is compiled already is not compiled again.
struct Vendor {
    folder: tempfile::TempDir,
}

impl Vendor {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let repository = repository();
        let example = folder.path().join("copy");
        copy(&repository.join("examples/vendor-build"), &example);
        let manifest = fs::read_to_string(example.join("Cargo.toml")).unwrap();
        // Another name, so that the program does not replace that of the example itself.
        let renamed = manifest.replace("name = \"vendor-build\"", "name = \"vendor-build-copy\"");
        assert_ne!(manifest, renamed);
        fs::write(example.join("Cargo.toml"), renamed).unwrap();

        let root = fs::read_to_string(repository.join("Cargo.toml")).unwrap();
        let members = root.lines().find(|line| line.starts_with("members = "));
        let root = root
            .replace(members.unwrap(), "members = [\"copy\"]")
            .replace("path = \"", &format!("path = \"{}/", repository.display()));
        fs::write(folder.path().join("Cargo.toml"), root).unwrap();
        fs::copy(
            repository.join("Cargo.lock"),
            folder.path().join("Cargo.lock"),
        )
        .unwrap();
        Vendor { folder }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("copy").join(path)
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.path(path);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{}: {from}", path.display());
        // Cargo compares times of change, on some file systems by the second.
        std::thread::sleep(std::time::Duration::from_millis(1100));
        fs::write(path, text.replace(from, to)).unwrap();
    }

    fn cargo(&self, command: &str) -> Output {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("vendor-build");
        Command::new(env!("CARGO"))
            .args([command, "--offline", "--verbose", "--color=never"])
            .current_dir(self.folder.path())
            .env("CARGO_TARGET_DIR", target)
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .output()
            .unwrap()
    }

    /// Builds, and says whether `build.rs` ran and whether the program was compiled.
    fn build(&self) -> (bool, bool) {
        let output = self.cargo("build");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        let line = |word: &str, what: &str| {
            said.lines()
                .map(str::trim_start)
                .any(|line| line.starts_with(word) && line.contains(what))
        };
        (
            line("Running", "vendor-build-copy") && line("Running", "build-script-build`"),
            line("Compiling", "vendor-build-copy") || line("Dirty", "vendor-build-copy"),
        )
    }
}

#[test]
fn the_build_script_runs_when_the_model_changes_and_a_broken_model_is_shown() {
    let vendor = Vendor::new();
    assert_eq!(vendor.build(), (true, true));
    assert_eq!(vendor.build(), (false, false), "nothing changed");

    // What is no part of the model.
    fs::write(vendor.path("notes.txt"), "").unwrap();
    assert_eq!(vendor.build(), (false, false), "a file beside the model");

    vendor.edit("model/types.yaml", "ISBN из 13 цифр", "ISBN");
    assert_eq!(vendor.build(), (true, true), "a file changed");
    assert_eq!(vendor.build(), (false, false));

    vendor.edit(
        "model/showcase.yaml",
        "[book, reader, loan]",
        "[book, reader, loan, shelf]",
    );
    let shelf = "table: shelf\ntitle: Полки\norigin: inference\nprimary_key: [id]\ncolumns:\n  \
                 - name: id\n    type: record_id\n    title: Идентификатор полки\n";
    fs::write(vendor.path("model/tables/library/shelf.yaml"), shelf).unwrap();
    assert_eq!(vendor.build(), (true, true), "a file appeared");

    // A file that nothing refers to yet: only its folder has changed.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    fs::write(
        vendor.path("model/classifiers/room.yaml"),
        "classifier: room\ntitle: Залы\nauthority: own\nvalues:\n  - { code: main, title: Главный }\n",
    )
    .unwrap();
    assert!(vendor.build().0, "a file that stands alone appeared");

    // A broken model: place, code and cure, and the build fails.
    vendor.edit(
        "model/tables/library/loan.yaml",
        "references: reader",
        "references: raeder",
    );
    let output = vendor.cargo("build");
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    let text = fs::read_to_string(vendor.path("model/tables/library/loan.yaml")).unwrap();
    let line = 1 + text
        .lines()
        .position(|line| line.contains("raeder"))
        .unwrap();
    let place = format!("model/tables/library/loan.yaml:{line}:");
    let errors: Vec<&str> = said
        .lines()
        .filter(|line| line.starts_with("error: vendor-build-copy"))
        .collect();
    assert_eq!(errors.len(), 1, "one mistake, one line: {said}");
    assert!(
        errors[0].contains(&place) && errors[0].contains("E0"),
        "{said}"
    );
    assert!(
        said.contains("did you mean") || said.contains("`reader`"),
        "{said}"
    );
    assert!(said.contains(&place.to_string()), "{said}");

    vendor.edit(
        "model/tables/library/loan.yaml",
        "references: raeder",
        "references: reader",
    );
    assert!(vendor.build().0, "and is cured");
}
