//! The compiler as a build dependency: model to Rust in three lines of `build.rs`.
//!
//! ```no_run
//! // In `main` of build.rs:
//! vitrina_codegen::Builder::new("model").generate_or_exit();
//! ```
//!
//! ```ignore
//! // In any module of the crate, which depends on the runtime `vitrina`:
//! mod model {
//!     include!(concat!(env!("OUT_DIR"), "/vitrina.rs"));
//! }
//! ```
//!
//! Cargo runs the script again when a file of the model changes, appears or goes, and at no other
//! time; nothing is written that is already there, so that an unchanged model rebuilds nothing.

mod cargo;
mod error;

use std::fs;
use std::path::{Path, PathBuf};

use crate::artifacts::{self, Artifacts, Output};
use crate::diagnostic::{Format, Lang, Report};
use crate::model::Model;
use crate::pipeline;
use crate::source::{SourceSet, files};
use crate::target::rust::{ModuleOptions, emit_module};
use crate::target::{self, Target};

pub use error::BuildError;

/// What a build made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuildSummary {
    /// The Rust file.
    pub rust_file: PathBuf,
    /// Whether its content changed.
    pub changed: bool,
    /// Files of further targets that were written.
    pub written: Vec<PathBuf>,
    /// The warnings and remarks found, rendered; empty when there are none.
    pub findings: String,
}

/// Generates Rust, and what else is asked for, from a build script.
///
/// ```no_run
/// vitrina_codegen::Builder::new("../model")
///     .runtime("showcase_runtime")
///     .file_name("showcase.rs")
///     .also_target("json_schema", "schemas")
///     .generate_or_exit();
/// ```
#[derive(Debug, Clone)]
pub struct Builder {
    model: PathBuf,
    runtime: String,
    out_dir: Option<PathBuf>,
    file_name: String,
    further: Vec<(String, PathBuf)>,
    lang: Lang,
}

impl Builder {
    /// Reads the model of a folder; a relative one is relative to the package, as cargo runs build
    /// scripts there.
    pub fn new(model: impl Into<PathBuf>) -> Self {
        Builder {
            model: model.into(),
            runtime: "vitrina".into(),
            out_dir: None,
            file_name: "vitrina.rs".into(),
            further: Vec::new(),
            lang: Lang::En,
        }
    }

    /// The name under which the crate knows the runtime; `vitrina` by default. For crates that
    /// rename the dependency.
    #[must_use]
    pub fn runtime(mut self, name: impl Into<String>) -> Self {
        self.runtime = name.into();
        self
    }

    /// The folder of the Rust file; cargo's `OUT_DIR` by default.
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// The name of the Rust file; `vitrina.rs` by default.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = name.into();
        self
    }

    /// Runs a further target (see [`TARGETS`](target::TARGETS)) and writes its files below `folder`,
    /// with a manifest, as `vitrina generate --target TARGET --out FOLDER` does. Targets of one
    /// folder are written together.
    #[must_use]
    pub fn also_target(mut self, target: impl Into<String>, folder: impl Into<PathBuf>) -> Self {
        self.further.push((target.into(), folder.into()));
        self
    }

    /// The language of findings; English by default.
    #[must_use]
    pub fn lang(mut self, lang: Lang) -> Self {
        self.lang = lang;
        self
    }

    /// Generates; on errors prints the report to standard error, tells cargo, and ends the build
    /// script with exit code 1.
    pub fn generate_or_exit(self) -> BuildSummary {
        match self.try_generate() {
            Ok(summary) => summary,
            Err(error) => {
                eprint!("{error:?}");
                for line in error.short() {
                    println!("cargo::error={line}");
                }
                std::process::exit(1)
            }
        }
    }

    /// Generates. Tells cargo when to run the script again, also on errors.
    ///
    /// # Errors
    ///
    /// The model has errors, or files cannot be read or written. The error's `Debug` is the rendered
    /// report, because that is what `main` of a build script prints.
    pub fn try_generate(self) -> Result<BuildSummary, BuildError> {
        let mut report = Report::new();
        // Absolute, so that a terminal finds the file wherever cargo was started.
        let folder = std::path::absolute(&self.model).unwrap_or_else(|_| self.model.clone());
        let loaded = files::load(&folder, &mut report);
        cargo::watch(&folder, loaded.as_ref().ok());
        let sources = loaded.map_err(|error| BuildError::load(&error, self.lang))?;
        let fail =
            |report: Report, sources: &SourceSet| BuildError::findings(report, sources, self.lang);
        let Some(model) = pipeline::compile(&sources, &mut report) else {
            return Err(fail(report, &sources));
        };
        let further = match self.targets() {
            Ok(further) => further,
            Err(unknown) => return Err(BuildError::unknown_target(unknown, self.lang)),
        };
        let targets: Vec<&dyn Target> = further.iter().map(|(target, _)| *target).collect();
        pipeline::check(&model, &targets, &mut report);
        if report.has_errors() {
            return Err(fail(report, &sources));
        }
        let mut summary = self.write_rust(&model, &sources)?;
        summary.written = self.write_further(&model, &further)?;
        summary.findings = Format::Text.render(&[(&report, &sources)], self.lang, false);
        for line in error::short(&report, &sources, self.lang) {
            println!("cargo::warning={line}");
        }
        Ok(summary)
    }

    /// The further targets and their folders, or the id that no target has.
    fn targets(&self) -> Result<Vec<(&'static dyn Target, &Path)>, &str> {
        self.further
            .iter()
            .map(|(id, folder)| Ok((target::find(id).ok_or(id.as_str())?, folder.as_path())))
            .collect()
    }

    fn write_rust(&self, model: &Model, sources: &SourceSet) -> Result<BuildSummary, BuildError> {
        let folder = match (&self.out_dir, std::env::var_os("OUT_DIR")) {
            (Some(folder), _) => folder.clone(),
            (None, Some(folder)) => folder.into(),
            (None, None) => return Err(BuildError::no_out_dir(self.lang)),
        };
        let rust_file = folder.join(&self.file_name);
        let options = ModuleOptions::new().runtime(self.runtime.as_str());
        let text = emit_module(model, &options)
            .map_err(|report| BuildError::findings(report, sources, self.lang))?;
        let changed = write_if_changed(&rust_file, text.as_bytes())
            .map_err(|error| BuildError::io(&rust_file, &error, self.lang))?;
        Ok(BuildSummary {
            rust_file,
            changed,
            ..BuildSummary::default()
        })
    }

    /// Writes the further targets, those of one folder together, because they share a manifest.
    fn write_further(
        &self,
        model: &Model,
        further: &[(&dyn Target, &Path)],
    ) -> Result<Vec<PathBuf>, BuildError> {
        let mut folders: Vec<&Path> = further.iter().map(|(_, folder)| *folder).collect();
        folders.sort();
        folders.dedup();
        let showcase = model.showcase();
        let name = format!("{} {}", showcase.mnemonic, showcase.version);
        let mut written = Vec::new();
        for folder in folders {
            let mut artifacts = Artifacts::new();
            let mut ids = Vec::new();
            for (target, _) in further.iter().filter(|(_, other)| *other == folder) {
                target.emit(model, &mut artifacts);
                ids.push((target.id(), target.folder()));
            }
            let output = Output {
                folder,
                model: &name,
                targets: &ids,
                all: false,
            };
            let summary = artifacts::write(&artifacts, &output)
                .map_err(|error| BuildError::write(&error, self.lang))?;
            written.extend(summary.written.iter().map(|path| folder.join(path)));
        }
        Ok(written)
    }
}

/// Writes a file through one aside; says whether it differed.
fn write_if_changed(path: &Path, content: &[u8]) -> std::io::Result<bool> {
    if fs::read(path).is_ok_and(|before| before == content) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let aside = path.with_extension(format!("tmp-{}", std::process::id()));
    let done = fs::write(&aside, content).and_then(|()| fs::rename(&aside, path));
    if done.is_err() {
        let _ = fs::remove_file(&aside);
    }
    done.map(|()| true)
}

#[cfg(test)]
mod tests;
