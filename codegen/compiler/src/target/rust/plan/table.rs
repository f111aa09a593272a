//! Plans of tables.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::docs::Docs;
use super::super::expr::Printer;
use super::super::names;
use super::types::{base_type, scalar_position};
use super::{Names, describe, numbered};
use crate::model::{
    BaseType, CheckSeverity, Column, ColumnId, Domain, Model, NullForm, Origin, PersonalClass,
    Requirement, Table,
};

/// A table.
pub(in super::super) struct TablePlan {
    pub(in super::super) docs: Docs,
    pub(in super::super) module: Ident,
    pub(in super::super) ident: Ident,
    pub(in super::super) name: String,
    pub(in super::super) title: String,
    pub(in super::super) group: Option<String>,
    /// Variant of the runtime's `Origin`.
    pub(in super::super) origin: TokenStream,
    /// Norm and number of each clause.
    pub(in super::super) clauses: Vec<(String, String)>,
    pub(in super::super) kinds: Vec<u32>,
    pub(in super::super) header: String,
    pub(in super::super) columns: Vec<ColumnPlan>,
    pub(in super::super) primary_key: Vec<usize>,
    pub(in super::super) unique: Vec<Vec<usize>>,
    pub(in super::super) references: Vec<ReferencePlan>,
    pub(in super::super) checks: Vec<CheckPlan>,
    /// Type of the primary key.
    pub(in super::super) key_type: TokenStream,
    /// The primary key of `self`.
    pub(in super::super) key: TokenStream,
    /// Statements that judge a row; empty when there is nothing to judge.
    pub(in super::super) judgements: Vec<TokenStream>,
}

/// A column.
pub(in super::super) struct ColumnPlan {
    pub(in super::super) docs: Docs,
    pub(in super::super) field: Ident,
    pub(in super::super) ty: TokenStream,
    pub(in super::super) name: String,
    pub(in super::super) title: String,
    /// Variants of the runtime's `Base`, `Requirement` and `Personal`.
    pub(in super::super) base: TokenStream,
    pub(in super::super) requirement: TokenStream,
    pub(in super::super) personal: TokenStream,
    pub(in super::super) domain: Option<String>,
}

/// A reference.
pub(in super::super) struct ReferencePlan {
    pub(in super::super) columns: Vec<usize>,
    pub(in super::super) table: String,
    pub(in super::super) target: Vec<String>,
}

/// A check.
pub(in super::super) struct CheckPlan {
    pub(in super::super) code: String,
    pub(in super::super) title: String,
    /// The condition as the model has it.
    pub(in super::super) condition: String,
    /// Variant of the runtime's `Severity`.
    pub(in super::super) severity: TokenStream,
    pub(in super::super) column: Option<usize>,
}

/// Plans the tables, in the model's order.
pub(super) fn plan_tables(model: &Model, names: &Names) -> Vec<TablePlan> {
    model
        .tables()
        .iter()
        .zip(&names.tables)
        .map(|(table, ident)| plan_table(model, names, table, ident))
        .collect()
}

fn plan_table(model: &Model, names: &Names, table: &Table, ident: &Ident) -> TablePlan {
    let fields: Vec<Ident> = table.columns.iter().map(field).collect();
    let group = table
        .group
        .and_then(|group| model.showcase().groups.get(group as usize));
    let (key_type, key) = plan_key(model, names, table, &fields);
    TablePlan {
        docs: describe::table(model, table),
        module: names::module_ident(&table.name, ident)
            .unwrap_or_else(|| numbered("unnamed", table.id.index())),
        ident: ident.clone(),
        name: table.name.clone(),
        title: table.title.clone(),
        group: group.map(|group| group.name.clone()),
        origin: origin(table.origin),
        clauses: table
            .clauses
            .iter()
            .map(|&id| {
                (
                    model.regulation_of(id).name.clone(),
                    model.clause(id).number.clone(),
                )
            })
            .collect(),
        kinds: table.kinds.clone(),
        header: header(table),
        columns: table
            .columns
            .iter()
            .zip(&fields)
            .map(|(column, field)| plan_column(model, names, table, column, field))
            .collect(),
        primary_key: positions(&table.primary_key),
        unique: table
            .unique
            .iter()
            .map(|key| positions(&key.columns))
            .collect(),
        references: table
            .foreign_keys
            .iter()
            .map(|key| {
                let target = model.table(key.table);
                ReferencePlan {
                    columns: positions(&key.columns),
                    table: target.name.clone(),
                    target: key
                        .target
                        .iter()
                        .map(|&id| target.column(id).name.clone())
                        .collect(),
                }
            })
            .collect(),
        checks: table
            .checks
            .iter()
            .map(|check| CheckPlan {
                code: check.code.clone(),
                title: check.title.clone(),
                condition: crate::model::expr::text::text(table, &check.expr),
                severity: match check.severity {
                    CheckSeverity::Error => quote!(Severity::Error),
                    CheckSeverity::Warning => quote!(Severity::Warning),
                },
                column: check.column.map(ColumnId::index),
            })
            .collect(),
        key_type,
        key,
        judgements: judgements(model, names, table, &fields),
    }
}

fn field(column: &Column) -> Ident {
    names::value_ident(&column.name).unwrap_or_else(|| numbered("unnamed", column.id.index()))
}

fn positions(columns: &[ColumnId]) -> Vec<usize> {
    columns.iter().map(|id| id.index()).collect()
}

/// The first line of the CSV file.
fn header(table: &Table) -> String {
    let names: Vec<String> = table
        .columns
        .iter()
        .map(|column| column.name.to_lowercase())
        .collect();
    names.join(";")
}

fn plan_column(
    model: &Model,
    names: &Names,
    table: &Table,
    column: &Column,
    field: &Ident,
) -> ColumnPlan {
    let inner = value_type(model, names, column);
    let number = |n: u32| proc_macro2::Literal::u32_unsuffixed(n);
    ColumnPlan {
        docs: describe::column(model, table, column),
        field: field.clone(),
        ty: if column.is_required() {
            inner
        } else {
            quote!(::std::option::Option<#inner>)
        },
        name: column.name.clone(),
        title: column.title.clone(),
        base: match column.ty.base {
            BaseType::Boolean => quote!(Base::Boolean),
            BaseType::Int32 => quote!(Base::Int32),
            BaseType::BigInt => quote!(Base::BigInt),
            BaseType::Float => quote!(Base::Float),
            BaseType::Double => quote!(Base::Double),
            BaseType::Char(n) => {
                let n = number(n);
                quote!(Base::Char(#n))
            }
            BaseType::Varchar(Some(n)) => {
                let n = number(n);
                quote!(Base::Varchar(#n))
            }
            BaseType::Varchar(None) => quote!(Base::Text),
            BaseType::Link => quote!(Base::Link),
            BaseType::Uuid => quote!(Base::Uuid),
            BaseType::Date => quote!(Base::Date),
            BaseType::Time(p) => {
                let p = number(u32::from(p));
                quote!(Base::Time(#p))
            }
            BaseType::Timestamp(p) => {
                let p = number(u32::from(p));
                quote!(Base::Timestamp(#p))
            }
        },
        requirement: match column.requirement {
            Requirement::Always => quote!(Requirement::Always),
            Requirement::When(_) => quote!(Requirement::When),
            Requirement::Optional => quote!(Requirement::Optional),
        },
        personal: match model.personal_of(column) {
            None => quote!(None),
            Some(PersonalClass::Identifier) => quote!(Some(Personal::Identifier)),
            Some(PersonalClass::Contact) => quote!(Some(Personal::Contact)),
            Some(PersonalClass::Name) => quote!(Some(Personal::Name)),
            Some(PersonalClass::Attribute) => quote!(Some(Personal::Attribute)),
            Some(PersonalClass::Text) => quote!(Some(Personal::Text)),
        },
        domain: match column.ty.domain {
            Domain::Classifier(id) => Some(model.classifier(id).name.clone()),
            _ => model.form_of(&column.ty).map(|scalar| scalar.name.clone()),
        },
    }
}

/// The type of a column's values, as the table's module names it.
fn value_type(model: &Model, names: &Names, column: &Column) -> TokenStream {
    if let Domain::Key { table, .. } = column.ty.domain
        && let Some(key) = names.key(table)
    {
        return quote!(key::#key);
    }
    if let Domain::Classifier(id) = column.ty.domain
        && model.closed_list_of(&column.ty).is_some()
        && let Some(list) = names.classifiers.get(id.index())
    {
        return quote!(classifier::#list);
    }
    let scalar = model
        .form_of(&column.ty)
        .map(|scalar| scalar_position(model, scalar));
    match scalar.and_then(|scalar| names.scalars.get(scalar)) {
        Some(scalar) => quote!(scalar::#scalar),
        None => base_type(column.ty.base, &names.runtime),
    }
}

/// Type and value of the primary key: the column's, or a tuple. A number with a fraction counts by
/// its bits, for it is no key in Rust.
fn plan_key(
    model: &Model,
    names: &Names,
    table: &Table,
    fields: &[Ident],
) -> (TokenStream, TokenStream) {
    let mut parts: Vec<(TokenStream, TokenStream)> = table
        .primary_key
        .iter()
        .map(|&id| {
            let column = table.column(id);
            let field = &fields[id.index()];
            match column.ty.base {
                BaseType::Float => (quote!(u32), quote!(self.#field.to_bits())),
                BaseType::Double => (quote!(u64), quote!(self.#field.to_bits())),
                _ => (
                    value_type(model, names, column),
                    quote!(::std::clone::Clone::clone(&self.#field)),
                ),
            }
        })
        .collect();
    // The standard library compares tuples of up to twelve.
    while parts.len() > 12 {
        parts = parts.chunks(12).map(tuple).collect();
    }
    match parts.as_slice() {
        [one] => one.clone(),
        parts => tuple(parts),
    }
}

fn tuple(parts: &[(TokenStream, TokenStream)]) -> (TokenStream, TokenStream) {
    let types = parts.iter().map(|(ty, _)| ty);
    let values = parts.iter().map(|(_, value)| value);
    (quote!((#(#types,)*)), quote!((#(#values,)*)))
}

/// Conditional requirements first, then the checks.
fn judgements(model: &Model, names: &Names, table: &Table, fields: &[Ident]) -> Vec<TokenStream> {
    let printer = Printer {
        runtime: &names.runtime,
        fields,
        empty_is_null: model.showcase().csv.null == NullForm::Quoted,
    };
    let requirements = table
        .columns
        .iter()
        .filter_map(|column| match &column.requirement {
            Requirement::When(expr) => {
                let at = proc_macro2::Literal::usize_unsuffixed(column.id.index());
                let field = &fields[column.id.index()];
                let condition = printer.print(expr);
                Some(quote!(row.require(#at, &self.#field, #condition);))
            }
            _ => None,
        });
    let checks = table.checks.iter().enumerate().map(|(at, check)| {
        let at = proc_macro2::Literal::usize_unsuffixed(at);
        let holds = printer.print(&check.expr);
        quote!(row.check(#at, #holds);)
    });
    requirements.chain(checks).collect()
}

fn origin(origin: Origin) -> TokenStream {
    match origin {
        Origin::Confirmed => quote!(Origin::Confirmed),
        Origin::Order => quote!(Origin::Order),
        Origin::Seed => quote!(Origin::Seed),
        Origin::Norm => quote!(Origin::Norm),
        Origin::Vendor => quote!(Origin::Vendor),
        Origin::Inference => quote!(Origin::Inference),
    }
}
