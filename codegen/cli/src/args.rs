//! What the command takes: verbs, their arguments, and the options that all of them share.

mod validate;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use vitrina_codegen::diagnostic::{Format, Lang, Severity};
use vitrina_codegen::target::TARGETS;

pub(crate) use validate::Validate;

/// One model of a data showcase in, every artifact out.
#[derive(Debug, Parser)]
#[command(
    name = "vitrina",
    version,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Examples:
  vitrina init model            start a model in the folder `model`
  vitrina check                 read it, say what is wrong
  vitrina generate              write everything to `generated`
  vitrina generate --check      in CI: fail when `generated` is not what the model gives
  vitrina validate region.zip   check a package of CSV files before the upload
  vitrina explain E0301         cause and cure of a finding

Exit codes: 0 nothing found, 1 findings (see --fail-on) or a difference with --check,
2 wrong usage, 3 input that cannot be read or output that cannot be written."
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) verb: Verb,
    /// What all verbs share.
    #[command(flatten)]
    pub(crate) shared: Shared,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Write a small, valid model to start from.
    Init(Init),
    /// Read the model and say what is wrong, for the model itself and for every target.
    Check(Check),
    /// Write all artifacts, or those of some targets.
    Generate(Generate),
    /// Read a list of another system into a classifier of the model.
    Import(Import),
    /// Write a valid synthetic package: CSV files with no real person in them.
    Sample(Sample),
    /// Check a package of CSV files, a folder or a zip, and report what is wrong and what was not checked.
    Validate(Box<Validate>),
    /// Mend a package: what is safe, into a new folder.
    Fix(Fix),
    /// Write what changed between two full packages: rows to upsert, keys to delete.
    Delta(Delta),
    /// Make the new package of the old one and a delta, to the byte.
    Apply(Apply),
    /// List what can be generated.
    Targets,
    /// List every code of a finding and, where there is a model, its rules of data quality.
    Rules,
    /// Explain a code: of a finding (cause, bad example, good example, cure), or of a rule or an
    /// indicator of the model.
    Explain(Explain),
    /// Print the JSON Schema of the model's YAML, for completion and hover in editors, or of reports.
    Schema(Schema),
    /// Print completions for a shell.
    Completions(Completions),
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The model's folder; made if need be, refused unless empty.
    #[arg(default_value = "model")]
    pub(crate) dir: PathBuf,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Only the limits of this target; repeatable, all by default.
    #[arg(long, value_name = "TARGET", value_parser = target_ids())]
    pub(crate) target: Vec<String>,
}

/// Arguments of `generate`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vitrina generate
  vitrina generate --target ddl --target rust
  vitrina generate --check --format github")]
pub(crate) struct Generate {
    /// Only this target; repeatable, all by default. Files of other targets stay as they are.
    #[arg(long, value_name = "TARGET", value_parser = target_ids())]
    pub(crate) target: Vec<String>,
    /// Write nothing; show what differs on the disk and fail if anything does.
    #[arg(long)]
    pub(crate) check: bool,
    /// Print how long each phase took, in milliseconds, to standard error.
    #[arg(long)]
    pub(crate) timings: bool,
}

/// Arguments of `import`.
#[derive(Debug, Args)]
#[command(
    after_help = "Reads the XML export of one classifier of ЕСНСИ and writes `<name>.yaml` to the folder
`classifiers` of the model, or to --out: a folder, or a file when it ends in .yaml. Bad rows are
reported and left out. ATTR is an attribute's title, technical name or uid.

Examples:
  vitrina import okato.xml
  vitrina import okato.xml --out lists --name okato --strict
  vitrina import offices.xml --code COID --title Наименование --force"
)]
pub(crate) struct Import {
    /// The export.
    pub(crate) file: PathBuf,
    /// The classifier's name [default: its code in the register, in snake case].
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// The attribute with the codes [default: the key].
    #[arg(long, value_name = "ATTR")]
    pub(crate) code: Option<String>,
    /// The attribute with the titles [default: by its name].
    #[arg(long, value_name = "ATTR")]
    pub(crate) title: Option<String>,
    /// The attribute with the codes of broader values.
    #[arg(long, value_name = "ATTR")]
    pub(crate) parent: Option<String>,
    /// The attribute with Latin names for programs.
    #[arg(long, value_name = "ATTR")]
    pub(crate) latin_name: Option<String>,
    /// The attribute with the first day in force.
    #[arg(long, value_name = "ATTR")]
    pub(crate) start_date: Option<String>,
    /// The attribute with the last day in force.
    #[arg(long, value_name = "ATTR")]
    pub(crate) end_date: Option<String>,
    /// Write nothing when there is any error.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Overwrite a file that is there.
    #[arg(long)]
    pub(crate) force: bool,
}

/// Arguments of `sample`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vitrina sample --rows 1000 --seed 1
  vitrina sample --students 500000 --out region --prefix REGION
  vitrina sample --today 2025-06-01 --force

The same model, size, seed, prefix and day give the same bytes. The day is fixed: the scenario's, or
2025-02-14 for a model without a scenario. Files go to the folder `sample` unless --out names another.")]
pub(crate) struct Sample {
    /// Rows of the table that the scenario counts, such as students; without a scenario, of every table.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1000,
        conflicts_with = "students"
    )]
    pub(crate) rows: u64,
    /// The same as --rows, for a model with a scenario.
    #[arg(long, value_name = "N")]
    pub(crate) students: Option<u64>,
    /// Which of the possible packages.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
    /// The supplier's prefix of record identifiers [default: the scenario's, or DEMO].
    #[arg(long, value_name = "P")]
    pub(crate) prefix: Option<String>,
    /// The day on which the rows are judged, YYYY-MM-DD [default: the scenario's].
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<String>,
    /// Replace files of an earlier package in the folder.
    #[arg(long)]
    pub(crate) force: bool,
    /// Write no manifest.json.
    #[arg(long)]
    pub(crate) no_manifest: bool,
}

/// Arguments of `fix`.
#[derive(Debug, Args)]
#[command(
    after_help = "Mended are: byte order mark, encoding where it is certain, line ends, header (case, order, quotes,
look-alike letters), separator, quotes around fields, form of nulls and booleans, blanks around values,
empty lines, repeated headers, names and places of files. Values that are wrong stay as they are, and so
do lines that cannot be told into fields. The report of both goes to standard output.

Exit codes: 0 all is mended, 1 something was left as it is, 2 wrong usage, 3 unreadable input.

Examples:
  vitrina fix export --out export-fixed
  vitrina fix export.zip --out export-fixed --format json"
)]
pub(crate) struct Fix {
    /// The package: a folder or a zip. It is only read.
    pub(crate) package: PathBuf,
    /// What may be used.
    #[command(flatten)]
    pub(crate) resources: Resources,
}

/// Arguments of `delta`.
#[derive(Debug, Args)]
#[command(
    after_help = "Writes `upsert/` (rows that are new or changed) and `delete/` (keys that are gone), packages to be
loaded, and beside them what `vitrina apply` needs. Rows are compared by primary key; a row is changed
when a field is, quotes around it do not count. Rows without a readable key of their own are named, and
nothing is written then.

Examples:
  vitrina delta 2025-02-13 2025-02-14 --out delta
  vitrina apply 2025-02-13 delta --out again"
)]
pub(crate) struct Delta {
    /// The full package before: a folder or a zip.
    pub(crate) old: PathBuf,
    /// The full package after.
    pub(crate) new: PathBuf,
    /// Allow tables that the new package lacks: all their rows are deleted.
    #[arg(long)]
    pub(crate) allow_missing_tables: bool,
    /// Warn of tables that lose a larger share of their rows.
    #[arg(long, value_name = "SHARE", default_value = "20%", value_parser = crate::command::share)]
    pub(crate) deletion_threshold: f64,
    /// What may be used.
    #[command(flatten)]
    pub(crate) resources: Resources,
}

/// Arguments of `apply`.
#[derive(Debug, Args)]
pub(crate) struct Apply {
    /// The full package that the delta was made of.
    pub(crate) old: PathBuf,
    /// The folder that `vitrina delta` wrote.
    pub(crate) delta: PathBuf,
    /// What may be used.
    #[command(flatten)]
    pub(crate) resources: Resources,
}

/// What a run may use.
#[derive(Debug, Args)]
pub(crate) struct Resources {
    /// Memory for what grows with the data; beyond it, the disk is used.
    #[arg(long, value_name = "BYTES", default_value = "1GiB", value_parser = crate::command::bytes)]
    pub(crate) memory: u64,
    /// Threads [default: as many as there are cores].
    #[arg(long, value_name = "N", value_parser = crate::command::threads)]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Where a folder for what outgrows the memory is made [default: the system's place].
    #[arg(long, value_name = "DIR")]
    pub(crate) temporary: Option<PathBuf>,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A code, in any case: E0301, CMP-02.
    pub(crate) code: String,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Only the schema of one kind of file: showcase, table, classifier, …
    #[arg(long, value_name = "KIND", conflicts_with = "report")]
    pub(crate) file: Option<String>,
    /// The schema of the report that `vitrina validate --format json` prints.
    #[arg(long)]
    pub(crate) report: bool,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  vitrina completions bash > /etc/bash_completion.d/vitrina
  vitrina completions fish > ~/.config/fish/completions/vitrina.fish")]
pub(crate) struct Completions {
    /// The shell.
    pub(crate) shell: Shell,
}

/// What all verbs share.
#[derive(Debug, Args)]
#[command(next_help_heading = "Shared options")]
pub(crate) struct Shared {
    /// The model's folder [default: `model` here or in the nearest parent folder].
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) model: Option<PathBuf>,
    /// The output folder [default: `generated` beside the model's folder].
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// The form of findings: text goes to standard error (of `validate`, to standard output), all else to
    /// standard output.
    #[arg(long, global = true, value_name = "FORMAT", value_enum, default_value_t = FormatArg::Text)]
    pub(crate) format: FormatArg,
    /// Whether text is coloured; NO_COLOR is respected.
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
    /// The language of texts [default: from LC_ALL, LC_MESSAGES or LANG].
    #[arg(long, global = true, value_name = "LANG", value_enum)]
    pub(crate) lang: Option<LangArg>,
    /// The weight from which findings make the run fail.
    #[arg(long, global = true, value_name = "SEVERITY", value_enum, default_value_t = FailOn::Error)]
    pub(crate) fail_on: FailOn,
    /// Only findings that make the run fail.
    #[arg(long, short, global = true, action = ArgAction::SetTrue, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Every file that is written or removed, and what lies beside generated files.
    #[arg(long, short, global = true, action = ArgAction::SetTrue)]
    pub(crate) verbose: bool,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A weight of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Errors.
    Error,
    /// Errors and warnings.
    Warning,
    /// Any finding.
    Info,
    /// Nothing: the run fails only when it cannot be carried out.
    Never,
}

impl FailOn {
    /// The weight; none for never.
    pub(crate) fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Info => Some(Severity::Info),
            FailOn::Never => None,
        }
    }
}

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangArg {
    /// Russian.
    Ru,
    /// English.
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Ru => Lang::Ru,
            LangArg::En => Lang::En,
        }
    }
}

/// A form of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatArg {
    /// For people.
    Text,
    /// One JSON document.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// A table for a spreadsheet; only of a report of `validate`.
    Csv,
    /// One page that stands for itself; only of a report of `validate`.
    Html,
}

impl FormatArg {
    /// The form of findings about a model; none for those that only a report has.
    pub(crate) fn of_findings(self) -> Option<Format> {
        Some(match self {
            FormatArg::Text => Format::Text,
            FormatArg::Json => Format::Json,
            FormatArg::Sarif => Format::Sarif,
            FormatArg::Github => Format::Github,
            FormatArg::Csv | FormatArg::Html => return None,
        })
    }
}

/// The registry's words, so that help, completions and "did you mean" know them.
fn target_ids() -> PossibleValuesParser {
    PossibleValuesParser::new(TARGETS.iter().map(|target| target.id()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_definition_is_consistent() {
        Cli::command().debug_assert();
    }
}
