//! Benchmarks of the whole process, beside the peers on models of the same size.
//!
//! - `bench FOLDER VITRINA MODEL TABLES…` writes synthetic models of the sizes given below FOLDER in
//!   the three languages, runs each program several times in turn, and prints medians: wall time,
//!   processor time, peak memory.
//! - `check TABLES NAME=CRATE…` prints the medians of `cargo check` for crates of that many tables.
//! - `write FOLDER TABLES` only writes a synthetic model in the three languages.
//! - `peer prost|typify INPUT OUTPUT` is one run of a peer, a program of its own like ours.

mod measure;
mod peer;
/// The models that the end-to-end tests know.
#[path = "../../src"]
mod shared {
    pub mod synthetic;
}

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use measure::Series;
use shared::synthetic;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["bench", folder, vitrina, model, sizes @ ..] => sizes
            .iter()
            .map(|size| size.parse().map_err(|_| number(size)))
            .collect::<Result<Vec<usize>, _>>()
            .and_then(|sizes| bench(Path::new(folder), vitrina, Path::new(model), &sizes)),
        ["check", tables, crates @ ..] => match tables.parse() {
            Ok(tables) => check(tables, crates),
            Err(_) => Err(number(tables)),
        },
        ["write", folder, tables] => match tables.parse() {
            Ok(tables) => write(Path::new(folder), tables).map_err(Into::into),
            Err(_) => Err(number(tables)),
        },
        ["peer", "prost", input, output] => peer::prost(Path::new(input), Path::new(output)),
        ["peer", "typify", input, output] => peer::typify(Path::new(input), Path::new(output)),
        _ => Err(
            "usage: bench FOLDER VITRINA MODEL TABLES… | check TABLES NAME=CRATE… | write FOLDER TABLES | \
                  peer prost|typify INPUT OUTPUT"
                .into(),
        ),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn number(text: &str) -> Box<dyn std::error::Error> {
    format!("`{text}` is no number of tables").into()
}

/// Generation: the committed model, then synthetic ones of the sizes given.
fn bench(folder: &Path, vitrina: &str, model: &Path, sizes: &[usize]) -> Outcome {
    let own = std::env::current_exe()?;
    fresh(folder)?;
    println!(
        "Synthetic tables have {} columns.\n",
        synthetic::COLUMNS_PER_TABLE
    );
    Series::print_head();
    let mut outputs = Outputs::new(folder);
    let mut real = Series::new(
        "vitrina generate, the big model",
        count_tables(&model.join("tables"))?,
    );
    for _ in 0..15 {
        real.run(generate(vitrina, model, &outputs.next(), &[]))?;
    }
    real.print();
    for &tables in sizes {
        let runs = match tables {
            ..=100 => 11,
            101..=1_000 => 5,
            _ => 3,
        };
        let base = folder.join(tables.to_string());
        write(&base, tables)?;
        let model = base.join("model");
        let mut all = Series::new("vitrina generate, all targets", tables);
        let mut rust = Series::new("vitrina generate --target rust", tables);
        let mut prost = Series::new("prost-build (protox)", tables);
        let mut typify = Series::new("typify", tables);
        for _ in 0..runs {
            all.run(generate(vitrina, &model, &outputs.next(), &[]))?;
            rust.run(generate(
                vitrina,
                &model,
                &outputs.next(),
                &["--target", "rust"],
            ))?;
            let input = base.join("model.proto");
            prost.run(peer_run(&own, "prost", &input, &base.join("prost")))?;
            // typify needs minutes for the largest model.
            if tables <= 1_000 {
                let input = base.join("model.schema.json");
                typify.run(peer_run(&own, "typify", &input, &base.join("typify")))?;
            }
        }
        for series in [all, rust, prost, typify] {
            series.print();
        }
    }
    fresh(&outputs.folder)?;
    Ok(())
}

/// A folder of its own for each run. None is removed between runs: file systems spend a multiple of
/// the time on making files where some have just been deleted.
struct Outputs {
    folder: PathBuf,
    count: usize,
}

impl Outputs {
    fn new(folder: &Path) -> Self {
        Outputs {
            folder: folder.join("out"),
            count: 0,
        }
    }

    fn next(&mut self) -> PathBuf {
        self.count += 1;
        self.folder.join(self.count.to_string())
    }
}

/// Writes `FOLDER/model`, `FOLDER/model.proto` and `FOLDER/model.schema.json`.
fn write(folder: &Path, tables: usize) -> std::io::Result<()> {
    fresh(folder)?;
    synthetic::write_model(&folder.join("model"), tables)?;
    std::fs::write(folder.join("model.proto"), synthetic::proto(tables))?;
    let schema = synthetic::json_schema(tables);
    std::fs::write(folder.join("model.schema.json"), schema)
}

/// `cargo check` of crates whose dependencies are built: the price a vendor pays on every change.
fn check(tables: usize, crates: &[&str]) -> Outcome {
    Series::print_head();
    let mut all = Vec::new();
    for pair in crates {
        let (name, folder) = pair.split_once('=').ok_or("a crate is NAME=FOLDER")?;
        all.push((Series::new(name, tables), Path::new(folder)));
    }
    for round in 0..8 {
        for (series, folder) in &mut all {
            let root = folder.join("src/lib.rs");
            let text = std::fs::read(&root)?;
            std::fs::write(&root, text)?;
            let mut command = Command::new("cargo");
            command
                .args(["check", "--quiet", "--offline"])
                .current_dir(&*folder);
            // The first round builds the dependencies.
            if round == 0 {
                command.status().map(drop)?
            } else {
                series.run(command)?
            }
        }
    }
    for (series, _) in all {
        series.print();
    }
    Ok(())
}

fn generate(vitrina: &str, model: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(vitrina);
    command
        .args(["generate", "--quiet", "--model"])
        .arg(model)
        .arg("--out")
        .arg(out)
        .args(more);
    command
}

fn peer_run(own: &Path, peer: &str, input: &Path, output: &Path) -> Command {
    let mut command = Command::new(own);
    command.args([
        OsStr::new("peer"),
        OsStr::new(peer),
        input.as_os_str(),
        output.as_os_str(),
    ]);
    command
}

fn fresh(folder: &Path) -> std::io::Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// The number of YAML files below a folder.
fn count_tables(folder: &Path) -> std::io::Result<usize> {
    let mut count = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            count += count_tables(&path)?;
        } else if path.extension() == Some(OsStr::new("yaml")) {
            count += 1;
        }
    }
    Ok(count)
}
