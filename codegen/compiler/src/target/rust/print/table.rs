//! Tokens of a table: the struct of its rows and their `Record`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::names::bare;
use super::super::plan::TablePlan;
use super::super::plan::table::ColumnPlan;
use super::outer;

/// The module of a table.
pub(in super::super) fn table(plan: &TablePlan, runtime: &TokenStream) -> TokenStream {
    let ident = &plan.ident;
    let docs = outer(&plan.docs);
    let fields: Vec<_> = plan.columns.iter().map(|column| &column.field).collect();
    let types: Vec<_> = plan.columns.iter().map(|column| &column.ty).collect();
    let field_docs = plan.columns.iter().map(|column| outer(&column.docs));
    let positions: Vec<_> = (0..fields.len()).map(Literal::usize_unsuffixed).collect();
    let (key_type, key) = (&plan.key_type, &plan.key);
    let meta = meta(plan, runtime);
    let borrowed = borrowed(plan, runtime);
    let judgements = &plan.judgements;
    let check_row = (!judgements.is_empty()).then(|| {
        quote! {
            fn check_row(&self, row: &mut #runtime::RowCheck<'_>) {
                #[allow(unused_imports)]
                use #runtime::{record::operand, sql};
                #(#judgements)*
            }
        }
    });
    quote! {
        #[allow(unused_imports)]
        use super::super::{classifier, key, scalar};

        #docs
        #[derive(Clone, PartialEq)]
        pub struct #ident {
            #(#field_docs pub #fields: #types,)*
        }

        impl #runtime::Record for #ident {
            type Key = #key_type;

            const TABLE: &'static #runtime::record::meta::Table = #meta;

            fn key(&self) -> Self::Key {
                #key
            }

            #[inline(always)]
            fn write_row<S: #runtime::RowSink>(
                &self,
                row: &mut S,
            ) -> ::std::result::Result<(), S::Error> {
                #(row.field(#positions, &self.#fields)?;)*
                ::std::result::Result::Ok(())
            }

            fn read_row<S: #runtime::RowSource>(
                row: &mut S,
            ) -> ::std::result::Result<Self, S::Error> {
                ::std::result::Result::Ok(Self { #(#fields: row.field(#positions)?,)* })
            }

            #check_row
        }

        #runtime::record_type!(#ident);

        #borrowed
    }
}

/// The row borrowed from the memory it is read in.
fn borrowed(plan: &TablePlan, runtime: &TokenStream) -> TokenStream {
    let ident = &plan.ident;
    let lent = quote::format_ident!("{}Ref", bare(ident).trim_end_matches('_'));
    let fields: Vec<_> = plan.columns.iter().map(|column| &column.field).collect();
    let types: Vec<_> = plan.columns.iter().map(|column| &column.ty).collect();
    let positions = (0..fields.len()).map(Literal::usize_unsuffixed);
    let about = format!(
        " Строка без копий: тексты стоят там, где прочитаны. Поля те же, что у `{}`.",
        bare(ident)
    );
    quote! {
        #[doc = #about]
        #[allow(missing_docs)]
        #[derive(Clone)]
        pub struct #lent<'a> {
            #(pub #fields: #runtime::record::borrowed::Ref<'a, #types>,)*
        }

        impl #runtime::record::borrowed::Borrowed for #ident {
            type Ref<'a> = #lent<'a>;

            #[inline(always)]
            fn read_ref<'a, S: #runtime::record::borrowed::RefSource<'a>>(
                row: &mut S,
            ) -> ::std::result::Result<#lent<'a>, S::Error> {
                ::std::result::Result::Ok(#lent { #(#fields: row.field::<#types>(#positions)?,)* })
            }

            fn own(row: &#lent<'_>) -> Self {
                use #runtime::record::value::Value;
                Self {
                    #(#fields: <#types as Value>::own(::std::clone::Clone::clone(&row.#fields)),)*
                }
            }
        }

        #runtime::record_ref_type!(#lent, #ident);
    }
}

/// What the model says about the table.
fn meta(plan: &TablePlan, runtime: &TokenStream) -> TokenStream {
    let (name, title, header, origin) = (&plan.name, &plan.title, &plan.header, &plan.origin);
    let group = option(plan.group.as_ref());
    let clauses = plan
        .clauses
        .iter()
        .map(|(regulation, number)| quote!(Clause { regulation: #regulation, number: #number }));
    let kinds = plan.kinds.iter().map(|kind| Literal::u32_unsuffixed(*kind));
    let columns = plan.columns.iter().map(column);
    let primary_key = list(&plan.primary_key);
    let unique = plan.unique.iter().map(|key| list(key));
    let references = plan.references.iter().map(|reference| {
        let columns = list(&reference.columns);
        let (table, target) = (&reference.table, &reference.target);
        quote!(Reference { columns: #columns, table: #table, target: &[#(#target),*] })
    });
    let checks = plan.checks.iter().map(|check| {
        let (code, title, severity) = (&check.code, &check.title, &check.severity);
        let condition = &check.condition;
        let column = option(check.column.map(Literal::usize_unsuffixed).as_ref());
        quote!(Check {
            code: #code,
            title: #title,
            condition: #condition,
            severity: #severity,
            column: #column,
        })
    });
    quote!({
        #[allow(unused_imports)]
        use ::std::option::Option::{None, Some};
        use #runtime::record::meta::*;
        &Table {
            showcase: &super::super::SHOWCASE,
            name: #name,
            title: #title,
            group: #group,
            origin: #origin,
            clauses: &[#(#clauses),*],
            kinds: &[#(#kinds),*],
            header: #header,
            columns: &[#(#columns),*],
            primary_key: #primary_key,
            unique: &[#(#unique),*],
            references: &[#(#references),*],
            checks: &[#(#checks),*],
        }
    })
}

fn column(plan: &ColumnPlan) -> TokenStream {
    let (name, title, base) = (&plan.name, &plan.title, &plan.base);
    let (requirement, personal) = (&plan.requirement, &plan.personal);
    let domain = option(plan.domain.as_ref());
    quote! {
        Column {
            name: #name,
            title: #title,
            base: #base,
            requirement: #requirement,
            personal: #personal,
            domain: #domain,
        }
    }
}

fn list(positions: &[usize]) -> TokenStream {
    let positions = positions
        .iter()
        .map(|position| Literal::usize_unsuffixed(*position));
    quote!(&[#(#positions),*])
}

fn option(value: Option<&impl quote::ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}
