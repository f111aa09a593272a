//! The target `rust`: a crate with a type for each row, key, scalar type and classifier of the model,
//! and the same code as one text for a build script.
//!
//! ```text
//! Model ──► plan (every decision, name and expression) ──► tokens (quote) ──► text (prettyplease)
//! ```
//!
//! The code links with the runtime crate `vitrina` and nothing else; it has no derive macros from
//! outside the standard library.

mod check;
mod docs;
mod expr;
mod names;
mod package;
mod plan;
mod print;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use crate::artifacts::Artifacts;
use crate::diagnostic::{Report, Text};
use crate::model::Model;
use crate::target::Target;
use crate::text;
use docs::Docs;
use plan::Plan;

/// The target `rust`.
pub struct Rust;

impl Target for Rust {
    fn id(&self) -> &'static str {
        "rust"
    }

    fn about(&self) -> Text {
        text!(
            "a Rust crate: types of all tables, CSV, JSON, checks",
            "крейт Rust: типы всех таблиц, CSV, JSON, проверки"
        )
    }

    fn folder(&self) -> &'static str {
        "rust"
    }

    fn check(&self, model: &Model, report: &mut Report) {
        check::check(model, report);
    }

    fn emit(&self, model: &Model, out: &mut Artifacts) {
        let plan = Plan::new(model, &quote!(::vitrina));
        let mut add = |path: &str, text: String| {
            out.add(format!("{}/{path}", self.folder()), text);
        };
        add("Cargo.toml", package::manifest(model, &plan));
        add("README.md", package::readme(model, &plan));
        add("src/lib.rs", root_file(&plan));
        let file = |docs: &str, items: TokenStream| {
            format!(
                "// {}\n{}",
                plan.header,
                print::text(Some(&Docs::titled(docs)), items)
            )
        };
        add(
            "src/scalar.rs",
            file(
                "Скалярные типы.",
                print::types::scalars(&plan.scalars, &plan.runtime),
            ),
        );
        add(
            "src/key.rs",
            file(
                "Ключи таблиц.",
                print::types::keys(&plan.keys, &plan.runtime),
            ),
        );
        add(
            "src/classifier.rs",
            file("Справочники.", classifiers(&plan, |_| None)),
        );
        for list in &plan.classifiers {
            let title = format!("Справочник «{}».", list.title);
            let items = print::types::classifier(list, &plan.runtime);
            add(
                &format!("src/classifier/{}.rs", names::bare(&list.module)),
                file(&title, items),
            );
        }
        add("src/table.rs", file("Таблицы.", tables(&plan, |_| None)));
        for table in &plan.tables {
            let title = format!("Таблица «{}».", table.title);
            let items = print::table::table(table, &plan.runtime);
            add(
                &format!("src/table/{}.rs", names::bare(&table.module)),
                file(&title, items),
            );
        }
    }
}

/// How [`emit_module`] writes.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ModuleOptions {
    /// The name under which the including crate knows the runtime.
    pub runtime: String,
}

impl Default for ModuleOptions {
    fn default() -> Self {
        ModuleOptions {
            runtime: "vitrina".into(),
        }
    }
}

impl ModuleOptions {
    /// The runtime under its own name.
    pub fn new() -> Self {
        ModuleOptions::default()
    }

    /// Sets the name of the runtime, as the including crate renames it in its `Cargo.toml`.
    #[must_use]
    pub fn runtime(mut self, name: impl Into<String>) -> Self {
        self.runtime = name.into();
        self
    }
}

/// The code of the crate as one text of nested modules, for `include!` in a module of any crate:
///
/// ```text
/// mod model {
///     include!(concat!(env!("OUT_DIR"), "/model.rs"));
/// }
/// ```
///
/// # Errors
/// What Rust cannot express, as [`Target::check`] reports it.
pub fn emit_module(model: &Model, options: &ModuleOptions) -> Result<String, Report> {
    let mut report = Report::new();
    check::check(model, &mut report);
    let name = options.runtime.replace('-', "_");
    let runtime = names::ident(&name);
    if runtime.is_none() {
        report.push(crate::diagnostic::Diagnostic::new(
            crate::diagnostic::code::NO_RUST_FORM,
            text!(
                "`{name}` is no name of a crate",
                "`{name}` не может быть именем крейта"
            ),
        ));
    }
    let Some(runtime) = runtime.filter(|_| !report.has_errors()) else {
        return Err(report);
    };
    let plan = Plan::new(model, &quote!(::#runtime));
    let scalars = print::types::scalars(&plan.scalars, &plan.runtime);
    let keys = print::types::keys(&plan.keys, &plan.runtime);
    let classifiers = classifiers(&plan, |at| {
        plan.classifiers
            .get(at)
            .map(|list| print::types::classifier(list, &plan.runtime))
    });
    let tables = tables(&plan, |at| {
        plan.tables
            .get(at)
            .map(|table| print::table::table(table, &plan.runtime))
    });
    // The including crate uses what it needs, and has lints of its own.
    let quiet = quote!(
        #[allow(
            clippy::all,
            clippy::pedantic,
            dead_code,
            unreachable_pub,
            unused_imports
        )]
    );
    let items = print::root::items(&plan, &quiet);
    let text = print::text(
        None,
        quote! {
            /// Скалярные типы.
            #quiet
            pub mod scalar { #scalars }
            /// Ключи таблиц.
            #quiet
            pub mod key { #keys }
            /// Справочники.
            #quiet
            pub mod classifier { #classifiers }
            /// Таблицы.
            #quiet
            pub mod table { #tables }
            #items
        },
    );
    Ok(format!("// {}\n\n{text}", plan.header))
}

fn classifiers(plan: &Plan, body: impl Fn(usize) -> Option<TokenStream>) -> TokenStream {
    print::root::modules(
        "classifier",
        plan.classifiers
            .iter()
            .map(|list| (&list.module, &list.ident)),
        body,
    )
}

fn tables(plan: &Plan, body: impl Fn(usize) -> Option<TokenStream>) -> TokenStream {
    print::root::modules(
        "table",
        plan.tables
            .iter()
            .map(|table| (&table.module, &table.ident)),
        body,
    )
}

/// `src/lib.rs`.
fn root_file(plan: &Plan) -> String {
    let items = print::root::items(plan, &TokenStream::new());
    // Rules of the model are printed as they are written, also where clippy would say it shorter.
    let text = print::text(
        Some(&plan.docs),
        quote! {
            #[allow(clippy::all)]
            #[rustfmt::skip]
            pub mod classifier;
            #[allow(clippy::all)]
            #[rustfmt::skip]
            pub mod key;
            #[allow(clippy::all)]
            #[rustfmt::skip]
            pub mod scalar;
            #[allow(clippy::all)]
            #[rustfmt::skip]
            pub mod table;
            #items
        },
    );
    // The lints about look-alike letters know no models in Russian; they count for a whole crate.
    let letters = match plan.beyond_ascii {
        true => "#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]\n",
        false => "",
    };
    let split = text.find("\n#[allow(clippy::all)]").unwrap_or(0);
    let (docs, items) = text.split_at(split);
    format!(
        "// {}\n{docs}\n#![cfg_attr(rustfmt, rustfmt_skip)]\n#![forbid(unsafe_code)]\n{letters}{items}",
        plan.header
    )
}
