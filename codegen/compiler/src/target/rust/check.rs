//! What Rust cannot express: names that become one, names that become none, patterns whose tables
//! grow too large.

use std::collections::BTreeMap;

use proc_macro2::Ident;

use super::names;
use crate::diagnostic::{Diagnostic, Report, Text, code};
use crate::model::Model;
use crate::source::Span;
use crate::text;

/// Reports all of it.
pub(super) fn check(model: &Model, report: &mut Report) {
    let mut tables = Scope::new(report, rename());
    for table in model.tables() {
        tables.add(&table.name, names::type_ident(&table.name), table.span);
    }
    let mut modules = Scope::new(report, rename());
    for table in model.tables() {
        // Where the names of types meet, those of modules do too: one mistake, one finding.
        if names::type_ident(&table.name).is_some() {
            modules.quietly(
                &table.name,
                names::value_ident(&table.name),
                table.span,
                || {
                    let same = |other: &&crate::model::Table| {
                        other.id != table.id
                            && names::type_ident(&other.name) == names::type_ident(&table.name)
                    };
                    model.tables().iter().any(|other| same(&other))
                },
            );
        }
    }
    let mut scalars = Scope::new(report, rename());
    for scalar in model.scalars() {
        scalars.add(&scalar.name, names::type_ident(&scalar.name), scalar.span);
    }
    let mut lists = Scope::new(report, rename());
    for list in model.classifiers().iter().filter(|list| !list.open) {
        lists.add(&list.name, names::type_ident(&list.name), list.span);
    }
    for list in model.classifiers().iter().filter(|list| !list.open) {
        let mut values = Scope::new(report, name_value());
        for value in &list.values {
            let ident = names::variant_ident(value.name.as_deref(), &value.code);
            values.add(&value.code, ident, value.span);
        }
    }
    for table in model.tables() {
        let mut columns = Scope::new(report, rename());
        for column in &table.columns {
            columns.add(&column.name, names::value_ident(&column.name), column.span);
        }
    }
    for scalar in model.scalars() {
        let Some(Err(too_large)) = scalar.pattern.as_ref().map(|pattern| pattern.automaton())
        else {
            continue;
        };
        let name = &scalar.name;
        report.push(
            Diagnostic::new(
                code::NO_RUST_FORM,
                text!(
                    "the pattern of `{name}` is too large for Rust: {too_large}",
                    "шаблон типа `{name}` слишком велик для Rust: нужно слишком много состояний"
                ),
            )
            .at(scalar.span)
            .help(text!(
                "make the counts of repetitions smaller, or leave the length to the base type",
                "уменьшите числа повторений или оставьте длину базовому типу"
            )),
        );
    }
}

fn rename() -> Text {
    text!("rename one of them", "переименуйте одно из них")
}

fn name_value() -> Text {
    text!(
        "give the value a Latin `name` of its own",
        "дайте значению собственное латинское имя: `name`"
    )
}

/// Names that must differ.
struct Scope<'r> {
    report: &'r mut Report,
    help: Text,
    known: BTreeMap<String, (String, Span)>,
}

impl<'r> Scope<'r> {
    fn new(report: &'r mut Report, help: Text) -> Self {
        Scope {
            report,
            help,
            known: BTreeMap::new(),
        }
    }

    fn add(&mut self, physical: &str, ident: Option<Ident>, span: Span) {
        let Some(ident) = ident else {
            let message = text!(
                "no Rust name can be made of `{physical}`",
                "из `{physical}` не получается имени Rust"
            );
            let help = text!(
                "use letters: Rust names are made of letters, digits and underscores",
                "нужны буквы: имена Rust состоят из букв, цифр и подчёркиваний"
            );
            let help = if self.help == name_value() {
                name_value()
            } else {
                help
            };
            self.report.push(
                Diagnostic::new(code::NO_RUST_FORM, message)
                    .at(span)
                    .help(help),
            );
            return;
        };
        self.quietly(physical, Some(ident), span, || false);
    }

    /// Adds a name; when it meets another one, that is said unless `known` says it was said.
    fn quietly(
        &mut self,
        physical: &str,
        ident: Option<Ident>,
        span: Span,
        known: impl FnOnce() -> bool,
    ) {
        let Some(ident) = ident else {
            return;
        };
        let name = ident.to_string();
        let Some((first, first_span)) = self.known.get(&name) else {
            self.known.insert(name, (physical.to_owned(), span));
            return;
        };
        if known() {
            return;
        }
        let message = text!(
            "`{first}` and `{physical}` both become `{name}` in Rust",
            "`{first}` и `{physical}` в Rust получают одно имя `{name}`"
        );
        let diagnostic = Diagnostic::new(code::NAME_COLLISION, message)
            .at(span)
            .also(
                *first_span,
                text!("`{first}` stands here", "здесь стоит `{first}`"),
            )
            .help(self.help.clone());
        self.report.push(diagnostic);
    }
}
