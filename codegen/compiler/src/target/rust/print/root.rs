//! Tokens of what holds the modules together: the showcase's facts, the lists of modules, and the way
//! from a table's name to its type.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::names;
use super::super::plan::Plan;

/// The items of the root behind its modules, each under `attributes`.
pub(in super::super) fn items(plan: &Plan, attributes: &TokenStream) -> TokenStream {
    let runtime = &plan.runtime;
    let (mnemonic, title, version, profile) =
        (&plan.mnemonic, &plan.title, &plan.version, &plan.profile);
    let names = plan.tables.iter().map(|table| &table.name);
    let types: Vec<TokenStream> = plan
        .tables
        .iter()
        .map(|table| {
            let ident = &table.ident;
            quote!(table::#ident)
        })
        .collect();
    quote! {
        /// Витрина и версия её модели.
        #attributes
        pub static SHOWCASE: #runtime::record::meta::Showcase = {
            use #runtime::csv::{BooleanForm, NullForm, Profile};
            #runtime::record::meta::Showcase {
                mnemonic: #mnemonic,
                title: #title,
                version: #version,
                profile: Profile { #profile },
            }
        };

        /// Все таблицы в порядке модели.
        #attributes
        pub static TABLES: &[&#runtime::record::meta::Table] =
            &[#(<#types as #runtime::Record>::TABLE),*];

        /// Вызывает `visitor` с типом строк таблицы, известной по имени; `None`, если такой нет.
        #attributes
        pub fn visit<V: #runtime::TableVisitor>(
            table: &str,
            visitor: V,
        ) -> ::std::option::Option<V::Output> {
            ::std::option::Option::Some(match table {
                #(#names => visitor.visit::<#types>(),)*
                _ => return ::std::option::Option::None,
            })
        }
    }
}

/// A list of modules, each of which gives one type to the list. `body` gives the content of the module
/// in a position, or nothing when the module is a file of its own in `folder`.
pub(in super::super) fn modules<'p>(
    folder: &str,
    modules: impl Iterator<Item = (&'p Ident, &'p Ident)>,
    body: impl Fn(usize) -> Option<TokenStream>,
) -> TokenStream {
    let mut declarations = TokenStream::new();
    let mut uses = TokenStream::new();
    for (at, (module, ident)) in modules.enumerate() {
        declarations.extend(match body(at) {
            // In one text the type's own documentation is all there is to say.
            Some(body) => quote! {
                #[doc(hidden)]
                pub mod #module { #body }
            },
            None if module.to_string().is_ascii() => quote!(pub mod #module;),
            // Rust finds files of ASCII names only by itself.
            None => {
                let path = format!("{folder}/{}.rs", names::bare(module));
                quote!(#[path = #path] pub mod #module;)
            }
        });
        uses.extend(quote!(pub use self::#module::#ident;));
    }
    quote!(#declarations #uses)
}
