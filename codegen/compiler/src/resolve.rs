//! Declarations to model: names, types, keys, expressions. One pass per file below.
//!
//! Passes go from what depends on nothing to what depends on all: clauses, kinds, scalar types,
//! classifiers, then tables. A thing that is broken stays in place as "known, but without a value",
//! so that what refers to it is judged as far as it can be and nothing is said twice.

mod classifiers;
pub mod expr;
mod form;
mod lints;
mod names;
pub mod pattern;
mod regulations;
mod rules;
mod scalars;
mod scenario;
mod showcase;
mod tables;
mod unused;
pub mod value;

use crate::diagnostic::Report;
use crate::model::{Mixin, Model, Showcase};
use crate::source::declaration::{Declarations, MixinDecl};
use crate::source::sql::on_large_stack;
use crate::source::{SourceSet, folder};

use classifiers::Classifiers;
use regulations::{Clauses, Kinds};
use scalars::Scalars;

/// Reads all files of a model and resolves them. `None` when errors leave nothing to build.
pub fn resolve(sources: &SourceSet, report: &mut Report) -> Option<Model> {
    // One thread for all expressions; a thread for each took most of the time.
    let (model, found) = on_large_stack(&|| {
        let mut report = Report::new();
        let model = resolve_all(sources, &mut report);
        (model, report)
    });
    report.append(found);
    model.filter(|_| !report.has_errors())
}

fn resolve_all(sources: &SourceSet, report: &mut Report) -> Option<Model> {
    let found = folder::read(sources, report);
    let (clauses, regulations) = regulations::resolve(&found, report);
    let (known_kinds, kinds) = regulations::kinds(&found, &clauses, report);
    let scalars = scalars::resolve(&found, report);
    let classifiers = classifiers::resolve(&found, &scalars, report);
    let context = Context {
        found: &found,
        clauses: &clauses,
        kinds: &known_kinds,
        scalars: &scalars,
        classifiers: &classifiers,
    };
    let resolved = tables::resolve(&context, report);
    let (rules, indicators) = rules::resolve(&context, &resolved, report);
    let head = showcase::resolve(sources, &found, &resolved.names, report);
    let lints = lints::resolve(&context, &resolved.names, report);
    unused::report(sources, &found, report);
    let showcase = Showcase { lints, ..head? };
    if report.has_errors() {
        return None;
    }
    let mut model = Model {
        showcase,
        regulations,
        kinds,
        kinds_note: found.kinds_note.clone(),
        scalars: scalars.into_types()?,
        classifiers: classifiers.into_lists()?,
        mixins: mixins(&found),
        tables: resolved.tables?,
        load_order: resolved.load_order,
        rules,
        indicators,
        scenario: None,
    };
    model.scenario = scenario::resolve(&found, &model, report);
    Some(model)
}

fn mixins(found: &Declarations) -> Vec<Mixin> {
    let mixin = |decl: &MixinDecl| Mixin {
        name: decl.name.value.clone(),
        title: decl.title.clone(),
        span: decl.name.span,
    };
    found.mixins.iter().map(mixin).collect()
}

/// What tables may name.
struct Context<'c, 'a> {
    found: &'a Declarations,
    clauses: &'c Clauses<'a>,
    kinds: &'c Kinds,
    scalars: &'c Scalars<'a>,
    classifiers: &'c Classifiers<'a>,
}
