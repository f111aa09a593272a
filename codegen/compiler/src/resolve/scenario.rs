//! The scenario of synthetic data: names to places, formulas to types, columns to their defaults.
//!
//! Runs last, over a model that is complete otherwise: a scenario refers to all of it, and nothing
//! refers to a scenario. Parts are put where they are used, so a part's names mean what they mean
//! there; a mistake in a part is reported once, however often the part is used.

mod call;
mod cells;
mod formula;
mod literal;
mod look;
mod rows;
mod steps;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Report, Text, code};
use crate::model::eval::{self, Value};
use crate::model::scenario::{Let, Scenario};
use crate::model::{Literal, Model};
use crate::source::Span;
use crate::source::declaration::{Declarations, NamedSql, PartDecl, ScenarioDecl};
use crate::source::nearest::nearest;
use crate::text;

use rows::{Draft, Level, Maker};

/// The prefix of record identifiers when the scenario names none.
const PREFIX: &str = "DEMO";

/// Resolves the scenario, if there is one. `None` also when something was reported.
pub(super) fn resolve(
    found: &Declarations,
    model: &Model,
    report: &mut Report,
) -> Option<Scenario> {
    let parts = parts(found, report);
    let Some(decl) = &found.scenario else {
        for part in found.parts.iter() {
            report.push(unused(part));
        }
        return None;
    };
    let mut resolver = Resolver {
        model,
        parts,
        parts_lost: found.lost.parts,
        report,
        columns: by_name(&decl.columns),
        types: by_name(&decl.types),
        levels: vec![Level::root()],
        elements: Vec::new(),
        own: None,
        unmade: false,
        drafts: Vec::new(),
        makers: Vec::new(),
        stores: BTreeMap::new(),
        paths: BTreeMap::new(),
        using: Vec::new(),
        used: BTreeSet::new(),
        site: String::new(),
        sites: 0,
    };
    resolver.scenario(decl)
}

/// What is known while the steps are gone through.
struct Resolver<'r> {
    model: &'r Model,
    parts: BTreeMap<&'r str, &'r PartDecl>,
    /// Whether some file of parts could not be read.
    parts_lost: bool,
    report: &'r mut Report,
    /// Values by column name.
    columns: BTreeMap<&'r str, &'r NamedSql>,
    /// Values by scalar type.
    types: BTreeMap<&'r str, &'r NamedSql>,
    /// The steps around the place that is looked at; the first is the scenario itself.
    levels: Vec<Level>,
    /// The rows that aggregates around the place look at, the outermost first.
    elements: Vec<(String, rows::Shape)>,
    /// The table whose cells are being set: its columns can be named bare.
    own: Option<usize>,
    /// Whether the innermost step makes a row that is not there yet.
    unmade: bool,
    drafts: Vec<Draft>,
    makers: Vec<Maker>,
    /// Stores by the step that they live in, their name and what feeds them.
    stores: BTreeMap<(Option<usize>, String, Vec<usize>), usize>,
    /// How many steps have a path already.
    paths: BTreeMap<String, usize>,
    /// The parts being used around the place, the outermost first.
    using: Vec<&'r str>,
    used: BTreeSet<&'r str>,
    /// Where random calls are: a path, and how many calls it has had.
    site: String,
    sites: u64,
}

impl<'r> Resolver<'r> {
    fn scenario(&mut self, decl: &'r ScenarioDecl) -> Option<Scenario> {
        let scale = decl.scale.as_ref().and_then(|word| self.table(word));
        let today = decl.today.as_ref().and_then(|word| {
            match eval::literal_value(&Literal::Date(word.value.clone())) {
                Some(Value::Date(day)) => Some(day),
                _ => None,
            }
        });
        self.at_site("let");
        let mut lets = Vec::new();
        for NamedSql { name, sql } in &decl.lets {
            let formula = self.fragment(sql)?;
            if let Some(level) = self.levels.first_mut() {
                level.locals.push((name.value.clone(), formula.ty));
            }
            lets.push(Let {
                name: name.value.clone(),
                formula,
            });
        }
        self.known_defaults(decl);
        let nest = self.steps(&decl.nest, "");
        self.left_over(decl.span);
        if self.report.has_errors() {
            return None;
        }
        let steps: Option<Vec<_>> = std::mem::take(&mut self.drafts)
            .into_iter()
            .map(Draft::finish)
            .collect();
        Some(Scenario {
            scale: scale?,
            today: today?,
            prefix: decl
                .prefix
                .as_ref()
                .map_or_else(|| PREFIX.to_owned(), |word| word.value.clone()),
            lets,
            steps: steps?,
            nest,
            stores: self.stores.len(),
            span: decl.span,
        })
    }

    /// Defaults for columns and types that the model does not have.
    fn known_defaults(&mut self, decl: &ScenarioDecl) {
        let model = self.model;
        let columns: BTreeSet<&str> = model
            .tables()
            .iter()
            .flat_map(|table| table.columns.iter().map(|column| column.name.as_str()))
            .collect();
        for NamedSql { name, .. } in &decl.columns {
            let unknown = &name.value;
            if !columns.contains(unknown.as_str()) {
                self.fail_near::<()>(
                    code::NO_SUCH_COLUMN,
                    name.span,
                    text!(
                        "no table has a column `{unknown}`",
                        "ни в одной таблице нет колонки `{unknown}`"
                    ),
                    nearest(unknown, columns.iter().copied()),
                );
            }
        }
        let types: BTreeSet<&str> = model.scalars().iter().map(|ty| ty.name.as_str()).collect();
        for NamedSql { name, .. } in &decl.types {
            let unknown = &name.value;
            if !types.contains(unknown.as_str()) {
                self.fail_near::<()>(
                    code::UNKNOWN_TYPE,
                    name.span,
                    text!(
                        "there is no scalar type `{unknown}`",
                        "скалярного типа `{unknown}` нет"
                    ),
                    nearest(unknown, types.iter().copied()),
                );
            }
        }
    }

    /// Parts that nobody uses, tables that nothing makes.
    fn left_over(&mut self, span: Span) {
        // A misspelt name leaves a part unused that is meant to be used.
        if self.report.has_errors() {
            return;
        }
        for (name, part) in &self.parts {
            if !self.used.contains(name) {
                self.report.push(unused(part));
            }
        }
        let made: BTreeSet<_> = self.makers.iter().map(|maker| maker.table).collect();
        let missing: Vec<String> = self
            .model
            .tables()
            .iter()
            .filter(|table| !made.contains(&table.id))
            .map(|table| format!("`{}`", table.name))
            .collect();
        if !missing.is_empty() {
            let tables = missing.join(", ");
            self.report.push(
                Diagnostic::new(
                    code::SCENARIO_UNMADE,
                    text!(
                        "the scenario makes no rows of {tables}",
                        "сценарий не создаёт строк: {tables}"
                    ),
                )
                .at(span)
                .help(text!(
                    "add a step `make`; until then their files hold a header only",
                    "добавьте шаг `make`; пока его нет, в их файлах будет только заголовок"
                )),
            );
        }
    }

    /// Begins to count random calls anew for a place.
    fn at_site(&mut self, what: &str) {
        let path = self
            .levels
            .last()
            .map_or("", |level| level.path.as_str())
            .to_owned();
        self.site = format!("{path}:{what}");
        self.sites = 0;
    }

    fn fail<T>(&mut self, code: Code, span: Span, message: Text, help: Text) -> Option<T> {
        let mut finding = Diagnostic::new(code, message).at(span);
        if !help.is_empty() {
            finding = finding.help(help);
        }
        self.report.push(finding);
        None
    }

    fn fail_near<T>(
        &mut self,
        code: Code,
        span: Span,
        message: Text,
        near: Option<&str>,
    ) -> Option<T> {
        self.report
            .push(Diagnostic::new(code, message).at(span).suggest(near));
        None
    }
}

fn by_name(list: &[NamedSql]) -> BTreeMap<&str, &NamedSql> {
    list.iter()
        .map(|named| (named.name.value.as_str(), named))
        .collect()
}

/// The parts by name; one declared twice is reported.
fn parts<'r>(found: &'r Declarations, report: &mut Report) -> BTreeMap<&'r str, &'r PartDecl> {
    let mut parts: BTreeMap<&str, &PartDecl> = BTreeMap::new();
    for part in &found.parts {
        let name = &part.name.value;
        if let Some(first) = parts.get(name.as_str()) {
            report.push(
                Diagnostic::new(
                    code::DUPLICATE_NAME,
                    text!(
                        "the part `{name}` is declared twice",
                        "часть `{name}` объявлена дважды"
                    ),
                )
                .at(part.name.span)
                .also(first.name.span, text!("first here", "впервые здесь")),
            );
            continue;
        }
        parts.insert(name, part);
    }
    parts
}

fn unused(part: &PartDecl) -> Diagnostic {
    let name = &part.name.value;
    Diagnostic::new(
        code::SCENARIO_PART_UNUSED,
        text!(
            "no step uses the part `{name}`",
            "часть `{name}` не использует ни один шаг"
        ),
    )
    .at(part.name.span)
    .help(text!(
        "write `use: {name}` in a `nest`, or remove it",
        "напишите `use: {name}` в `nest` или уберите часть"
    ))
}
