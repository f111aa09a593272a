//! Where the report goes and in which form: one to standard output or a file, more to files beside it.

use std::env;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use vitrina_codegen::Lang;
use vitrina_codegen::artifacts::write_file;
use vitrina_codegen::model::CheckSeverity;
use vitrina_codegen::text;
use vitrina_package::report::text::Style;
use vitrina_package::report::{self, Report};

use super::weight_of;
use crate::args::{FormatArg, Shared, Validate};
use crate::console::{Console, colors};
use crate::exit::Failure;

/// Columns of a screen that does not say how many it has.
const WIDTH: usize = 100;

/// What is written where.
pub(super) struct Outputs<'a> {
    console: &'a Console,
    /// The form of what was asked for first, and its file.
    format: FormatArg,
    file: Option<&'a Path>,
    others: Vec<(FormatArg, &'a Path)>,
    style: Style,
}

impl<'a> Outputs<'a> {
    pub(super) fn new(
        args: &'a Validate,
        shared: &Shared,
        console: &'a Console,
    ) -> Result<Outputs<'a>, Failure> {
        let file = args.output.as_deref();
        let others = [
            (FormatArg::Html, &args.html),
            (FormatArg::Json, &args.json),
            (FormatArg::Sarif, &args.sarif),
            (FormatArg::Csv, &args.csv),
        ];
        let others: Vec<(FormatArg, &Path)> = others
            .into_iter()
            .filter_map(|(form, path)| Some((form, path.as_deref()?)))
            .collect();
        let mut files: Vec<&Path> = others.iter().map(|(_, path)| *path).chain(file).collect();
        files.sort();
        if let Some(pair) = files.windows(2).find(|pair| pair[0] == pair[1]) {
            let path = pair[0].display();
            return Err(Failure::usage(
                text!("two outputs go to `{path}`", "два вывода идут в `{path}`"),
                text!("name a file for each", "назовите для каждого свой файл"),
            ));
        }
        for path in &files {
            refuse_inside(path, &args.package)?;
        }
        let quiet = console.quiet.then(|| match console.fail_on {
            Some(weight) => weight_of(weight),
            None => CheckSeverity::Error,
        });
        let is_screen = file.is_none() && io::stdout().is_terminal();
        let columns = env::var("COLUMNS")
            .ok()
            .and_then(|columns| columns.parse().ok());
        Ok(Outputs {
            console,
            format: shared.format,
            file,
            others,
            style: Style {
                lang: console.lang,
                color: colors(shared.color, is_screen),
                width: columns.filter(|_| is_screen).unwrap_or(WIDTH),
                samples: args.samples,
                quiet,
            },
        })
    }

    /// Writes all of them; files aside first, then into their places.
    pub(super) fn write(&self, report: &Report) -> Result<(), Failure> {
        for (format, path) in &self.others {
            put(path, &self.render(*format, report))?;
        }
        let document = self.render(self.format, report);
        match self.file {
            Some(path) => put(path, &document),
            None => self.console.data(&document),
        }
    }

    fn render(&self, format: FormatArg, report: &Report) -> String {
        let lang: Lang = self.console.lang;
        match format {
            FormatArg::Text => report::text::text(report, self.style),
            FormatArg::Json => report::json::document(report),
            FormatArg::Sarif => report::sarif::document(report, lang),
            FormatArg::Github => report::github::commands(report, lang),
            FormatArg::Csv => report::csv::document(report, lang),
            FormatArg::Html => report::html::document(report, lang),
        }
    }
}

fn put(path: &Path, document: &str) -> Result<(), Failure> {
    write_file(path, document.as_bytes()).map_err(|error| {
        let finding = error.to_diagnostic();
        Failure {
            help: finding.help.clone(),
            ..Failure::io(finding.message)
        }
    })
}

/// A report inside the package would be a file of it at the next check, and over the package, its end.
fn refuse_inside(path: &Path, package: &Path) -> Result<(), Failure> {
    let (Ok(package), Some(folder)) = (package.canonicalize(), folder_of(path)) else {
        return Ok(());
    };
    let target = path.file_name().map(|name| folder.join(name));
    if !folder.starts_with(&package) && target.as_ref() != Some(&package) {
        return Ok(());
    }
    let path = path.display();
    Err(Failure::usage(
        text!(
            "`{path}` lies in the package",
            "`{path}` лежит в самом пакете"
        ),
        text!(
            "write the report to another folder",
            "запишите отчёт в другую папку"
        ),
    ))
}

/// The nearest folder above a path that is there, with no links in it.
fn folder_of(path: &Path) -> Option<PathBuf> {
    let above = path.ancestors().skip(1);
    let named = above.map(|folder| match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    });
    named.filter_map(|folder| folder.canonicalize().ok()).next()
}
