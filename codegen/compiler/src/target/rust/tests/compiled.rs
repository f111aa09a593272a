//! Cargo compiles and runs what was generated, offline, in folders of the workspace's own `target`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{files, hurting};
use crate::model::{Model, fixture};
use crate::target::rust::{ModuleOptions, emit_module};

/// What a program does with the generated code of the fixture.
const PROGRAM: &str = include_str!("program.rs");

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Makes a package of `files` in `target/generated-rust/<name>`.
fn package(name: &str, files: &[(&str, String)]) -> PathBuf {
    let folder = workspace().join("target/generated-rust").join(name);
    let _ = fs::remove_dir_all(folder.join("src"));
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}

/// What makes a package stand alone, beside the runtime of this workspace.
fn patch() -> String {
    let runtime = workspace().join("codegen/runtime").canonicalize().unwrap();
    format!("\n[workspace]\n\n[patch.crates-io]\nvitrina = {{ path = {runtime:?} }}\n")
}

fn cargo(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--offline")
        .current_dir(folder)
        .env(
            "CARGO_TARGET_DIR",
            workspace()
                .canonicalize()
                .unwrap()
                .join("target/generated-rust/target"),
        )
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "cargo {arguments:?} in {}\n{}{}",
        folder.display(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
}

/// The generated crate, with further files.
fn crate_of(model: &Model, name: &str, more: &[(&str, String)]) -> PathBuf {
    let artifacts = files(model);
    let mut all: Vec<(&str, String)> = artifacts
        .iter()
        .map(|(path, text)| (path, String::from_utf8(text.to_vec()).unwrap()))
        .map(|(path, text)| (path.strip_prefix("rust/").unwrap(), text))
        .collect();
    for (path, text) in &mut all {
        if *path == "Cargo.toml" {
            text.push_str("\n[dev-dependencies]\nserde_json = \"1\"\n");
            text.push_str(&patch());
        }
    }
    all.extend(more.iter().cloned());
    package(name, &all)
}

#[test]
fn the_crate_of_the_fixture_works() {
    let program = PROGRAM.replace("generated::", "edu_region_model::");
    let folder = crate_of(
        &fixture::model(),
        "fixture",
        &[("tests/program.rs", program)],
    );
    cargo(&folder, &["test", "--features", "serde", "--tests"]);
    cargo(&folder, &["doc", "--no-deps"]);
}

#[test]
fn the_crate_of_names_that_hurt_compiles() {
    let mut model = hurting::model();
    model.showcase.targets.rust_crate = Some("names-that-hurt".into());
    let folder = crate_of(&model, "hurting", &[]);
    cargo(&folder, &["check", "--features", "serde,uuid"]);
    cargo(&folder, &["doc", "--no-deps"]);
}

#[test]
fn the_included_module_works() {
    let manifest = "[package]\nname = \"included\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n\
                    [dependencies]\nrenamed = { package = \"vitrina\", version = \"0.1\", features = [\"serde\"] }\n\
                    \n[dev-dependencies]\nserde_json = \"1\"\n";
    let options = ModuleOptions::new().runtime("renamed");
    let fixture = emit_module(&fixture::model(), &options).unwrap();
    let hurting = emit_module(&hurting::model(), &options).unwrap();
    let library = "//! Modules included as from `OUT_DIR`.\n\
                   #![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]\n\
                   pub mod fixture { include!(\"fixture.in\"); }\n\
                   pub mod deep { pub mod er { include!(\"hurting.in\"); } }\n\
                   #[deny(warnings, unreachable_pub)] mod private { include!(\"fixture.in\"); }\n";
    let program = PROGRAM
        .replace("generated::", "included::fixture::")
        .replace("vitrina::", "renamed::");
    let folder = package(
        "included",
        &[
            ("Cargo.toml", format!("{manifest}{}", patch())),
            ("src/lib.rs", library.into()),
            ("src/fixture.in", fixture),
            ("src/hurting.in", hurting),
            ("tests/program.rs", program),
        ],
    );
    cargo(&folder, &["test", "--tests"]);
}
