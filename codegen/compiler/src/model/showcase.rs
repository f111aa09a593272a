//! What the showcase is, and how its targets are set.

use std::collections::BTreeMap;

use super::LintSetting;
use crate::source::{Span, Spanned};

/// The head of a model: `showcase.yaml`.
#[derive(Debug)]
#[non_exhaustive]
pub struct Showcase {
    /// The mnemonic: schema name in DDL, identity in ЕИП НСУД.
    pub mnemonic: String,
    /// Place of the mnemonic.
    pub span: Span,
    /// Title, Russian.
    pub title: String,
    /// What the model is and is not, Russian, if said.
    pub note: Option<String>,
    /// Semantic version of the model.
    pub version: semver::Version,
    /// How CSV is written.
    pub csv: CsvProfile,
    /// Groups of tables, in the order of the file; a group is a folder under `tables/`.
    pub groups: Vec<Group>,
    /// Levels of lints that differ from the default ones, in the order of the file.
    pub lints: Vec<LintSetting>,
    /// Options of targets.
    pub targets: TargetOptions,
}

/// A group of tables.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Group {
    /// Name of the folder under `tables/`.
    pub name: String,
    /// Title, Russian.
    pub title: String,
}

/// The parts of the CSV rules that differ between installations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvProfile {
    /// How an absent value is written.
    pub null: NullForm,
    /// How a boolean is written.
    pub boolean: BooleanForm,
}

/// How an absent value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NullForm {
    /// `""`
    Quoted,
    /// Nothing between the separators.
    Bare,
}

/// How a boolean is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BooleanForm {
    /// `true`, `false`
    Lower,
    /// `True`, `False`
    Title,
    /// `1`, `0`
    Digit,
}

/// Options of targets: the section `targets` of `showcase.yaml`.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct TargetOptions {
    /// `rust.crate`: the name of the generated crate; `<mnemonic>-model` with hyphens by default.
    pub rust_crate: Option<String>,
    /// `rust.workspace`: the crate is a member of a workspace that names version, edition, licence,
    /// lints and the dependencies.
    pub rust_workspace: bool,
    /// `prostore.datasource_type`: physical stores of every table; empty leaves the clause out.
    pub datasource_type: Vec<Spanned<String>>,
    /// `nsud.guids`: identifiers issued by the platform, by path: `showcase`, `table`,
    /// `table.column`. They take the place of derived ones. Each with the place of its path.
    pub guids: BTreeMap<String, Spanned<uuid::Uuid>>,
    /// `nsud.templates`: further descriptor files.
    pub templates: Vec<DescriptorTemplate>,
}

/// A template (Jinja syntax) that makes one further descriptor from the same facts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DescriptorTemplate {
    /// Name of the file made, below the target's folder, and its place.
    pub output: Spanned<String>,
    /// The template.
    pub text: String,
    /// Where the template lies, for messages.
    pub path: String,
    /// Place of the template's mention in `showcase.yaml`.
    pub span: Span,
}
