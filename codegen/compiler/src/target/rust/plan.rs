//! The plan of a generated crate: every decision taken, every name an identifier, every expression
//! printed. What prints it asks no question about the model.

mod describe;
mod runs;
pub(super) mod table;
pub(super) mod types;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::docs::Docs;
use super::{example, names, package};
use crate::model::{BooleanForm, Model, NullForm, TableId};

pub(super) use table::TablePlan;
pub(super) use types::{ClassifierPlan, KeyPlan, ScalarPlan};

/// Everything that the generated code says.
pub(super) struct Plan {
    /// Path of the runtime: `::vitrina`.
    pub(super) runtime: TokenStream,
    /// First line of each file, without the comment mark.
    pub(super) header: String,
    /// Documentation of the crate.
    pub(super) docs: Docs,
    /// The program in the documentation.
    pub(super) example: Option<String>,
    /// Mnemonic of the showcase.
    pub(super) mnemonic: String,
    /// Title of the showcase.
    pub(super) title: String,
    /// Version of the model.
    pub(super) version: String,
    /// The profile, as fields of the runtime's `Profile`.
    pub(super) profile: TokenStream,
    /// Whether names use letters beyond ASCII.
    pub(super) beyond_ascii: bool,
    /// Whether some type hashes raw values.
    pub(super) hashes: bool,
    pub(super) scalars: Vec<ScalarPlan>,
    pub(super) keys: Vec<KeyPlan>,
    pub(super) classifiers: Vec<ClassifierPlan>,
    pub(super) tables: Vec<TablePlan>,
}

/// The names that several parts of a plan need.
pub(super) struct Names {
    /// Path of the runtime.
    pub(super) runtime: TokenStream,
    /// Struct of each table.
    pub(super) tables: Vec<Ident>,
    /// Type of each scalar type.
    pub(super) scalars: Vec<Ident>,
    /// Enum of each classifier, also of open ones.
    pub(super) classifiers: Vec<Ident>,
    /// Key type of each table whose rows are referred to by one column.
    pub(super) keys: Vec<Option<Ident>>,
}

impl Names {
    fn new(model: &Model, runtime: &TokenStream) -> Self {
        let tables: Vec<Ident> = model
            .tables()
            .iter()
            .map(|table| type_or_number(&table.name, table.id.index()))
            .collect();
        let keys = model.tables().iter().zip(&tables);
        Names {
            runtime: runtime.clone(),
            keys: keys
                .map(|(table, name)| types::has_key_type(model, table.id).then(|| key_ident(name)))
                .collect(),
            tables,
            scalars: named(model.scalars().iter().map(|scalar| scalar.name.as_str())),
            classifiers: named(model.classifiers().iter().map(|list| list.name.as_str())),
        }
    }

    /// The key type of a table.
    pub(super) fn key(&self, table: TableId) -> Option<&Ident> {
        self.keys.get(table.index()).and_then(Option::as_ref)
    }
}

/// `Student` has the key `StudentId`.
fn key_ident(table: &Ident) -> Ident {
    // `Self_` has its underscore only because it stands alone.
    let table = names::bare(table);
    let table = table.trim_end_matches('_');
    Ident::new(&format!("{table}Id"), Span::call_site())
}

fn named<'n>(physical: impl Iterator<Item = &'n str>) -> Vec<Ident> {
    physical
        .enumerate()
        .map(|(at, name)| type_or_number(name, at))
        .collect()
}

/// The check of the target has refused what makes no name; should one be left, it gets a number.
fn type_or_number(physical: &str, at: usize) -> Ident {
    names::type_ident(physical).unwrap_or_else(|| numbered("Unnamed", at))
}

/// A name of last resort.
fn numbered(word: &str, at: usize) -> Ident {
    Ident::new(&format!("{word}{at}"), Span::call_site())
}

impl Plan {
    /// Plans the code of a model. `runtime` is the path of the runtime crate.
    pub(super) fn new(model: &Model, runtime: &TokenStream) -> Self {
        let showcase = model.showcase();
        let names = Names::new(model, runtime);
        let scalars = types::plan_scalars(model, &names);
        let keys = types::plan_keys(model, &names);
        let classifiers = types::plan_classifiers(model, &names);
        let tables = table::plan_tables(model, &names);
        let null = match showcase.csv.null {
            NullForm::Quoted => quote!(NullForm::Quoted),
            NullForm::Bare => quote!(NullForm::Bare),
        };
        let boolean = match showcase.csv.boolean {
            BooleanForm::Lower => quote!(BooleanForm::Lower),
            BooleanForm::Title => quote!(BooleanForm::Title),
            BooleanForm::Digit => quote!(BooleanForm::Digit),
        };
        let parts = example::Parts {
            library: package::library(model),
            scalars: &scalars,
            keys: &keys,
            classifiers: &classifiers,
            tables: &tables,
        };
        let example = example::program(model, &parts);
        Plan {
            runtime: runtime.clone(),
            header: crate::target::header(model),
            docs: crate_docs(model, &tables, example.as_deref()),
            example,
            mnemonic: showcase.mnemonic.clone(),
            title: showcase.title.clone(),
            version: showcase.version.to_string(),
            profile: quote!(null: #null, boolean: #boolean),
            beyond_ascii: is_beyond_ascii(&scalars, &classifiers, &tables),
            hashes: scalars.iter().any(ScalarPlan::hashes),
            scalars,
            keys,
            classifiers,
            tables,
        }
    }
}

fn is_beyond_ascii(
    scalars: &[ScalarPlan],
    classifiers: &[ClassifierPlan],
    tables: &[TablePlan],
) -> bool {
    let fields = tables
        .iter()
        .flat_map(|table| table.columns.iter().map(|column| &column.field));
    let variants = classifiers
        .iter()
        .flat_map(|list| list.values.iter().map(|value| &value.variant));
    let types = scalars.iter().map(|scalar| &scalar.ident);
    let structs = tables.iter().map(|table| &table.ident);
    let enums = classifiers.iter().map(|list| &list.ident);
    fields
        .chain(variants)
        .chain(types)
        .chain(structs)
        .chain(enums)
        .any(|ident| !ident.to_string().is_ascii())
}

fn crate_docs(model: &Model, tables: &[TablePlan], example: Option<&str>) -> Docs {
    let showcase = model.showcase();
    let mut docs = Docs::titled(&showcase.title);
    docs.markdown(format!(
        "Витрина {}, версия модели {}.",
        super::docs::code(&showcase.mnemonic),
        showcase.version
    ));
    if let Some(note) = &showcase.note {
        docs.text(note);
    }
    if let Some(note) = model.kinds_note() {
        docs.text(&format!("Виды сведений. {note}"));
    }
    let null = match showcase.csv.null {
        NullForm::Quoted => "`\"\"`",
        NullForm::Bare => "ничего между разделителями",
    };
    let (yes, no) = match showcase.csv.boolean {
        BooleanForm::Lower => ("true", "false"),
        BooleanForm::Title => ("True", "False"),
        BooleanForm::Digit => ("1", "0"),
    };
    docs.markdown(format!(
        "CSV: нет значения — {null}; логические значения — `{yes}`, `{no}`."
    ));
    if let Some(example) = example {
        docs.markdown("# Пример");
        docs.code("no_run", example);
    }
    docs.markdown("# Таблицы");
    for (at, group) in showcase.groups.iter().enumerate() {
        let members = tables.iter().zip(model.tables());
        let members: Vec<&TablePlan> = members
            .filter(|(_, table)| table.group.is_some_and(|group| group as usize == at))
            .map(|(plan, _)| plan)
            .collect();
        table_list(&mut docs, Some(&group.title), &members);
    }
    let rest: Vec<&TablePlan> = tables
        .iter()
        .zip(model.tables())
        .filter(|(_, table)| table.group.is_none())
        .map(|(plan, _)| plan)
        .collect();
    table_list(&mut docs, None, &rest);
    docs
}

fn table_list(docs: &mut Docs, title: Option<&str>, tables: &[&TablePlan]) {
    if tables.is_empty() {
        return;
    }
    if let Some(title) = title {
        docs.text(title);
    }
    for table in tables {
        docs.item(format!(
            "[`{name}`](table::{name}): {}",
            super::docs::escape(&table.title),
            name = names::bare(&table.ident)
        ));
    }
}
