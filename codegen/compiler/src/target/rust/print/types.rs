//! Tokens of types: scalar types, keys, classifiers.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::super::plan::types::{KeyKind, ScalarKind};
use super::super::plan::{ClassifierPlan, KeyPlan, ScalarPlan};
use super::outer;

/// The module `scalar`.
pub(in super::super) fn scalars(plans: &[ScalarPlan], runtime: &TokenStream) -> TokenStream {
    plans.iter().map(|plan| scalar(plan, runtime)).collect()
}

fn scalar(plan: &ScalarPlan, runtime: &TokenStream) -> TokenStream {
    let ident = &plan.ident;
    let docs = outer(&plan.docs);
    match &plan.kind {
        ScalarKind::Alias(base) => quote! {
            #docs
            pub type #ident = #base;
        },
        ScalarKind::Text { form, hash_of } => {
            let text = text(&docs, ident, form, &quote!(text_type), runtime);
            let hash = hash_of.as_ref().map(|raw| {
                quote! {
                    impl #ident {
                        /// Хэширует исходное значение: приводит его к виду хранения, проверяет, берёт хэш.
                        ///
                        /// # Errors
                        /// Исходное значение неверно; само оно в ошибку не попадает.
                        pub fn from_raw(
                            raw: &str,
                        ) -> ::std::result::Result<Self, #runtime::Invalid> {
                            #raw::FORM.hash(raw).map(Self)
                        }

                        /// Принимает готовый хэш: 128 шестнадцатеричных цифр в нижнем регистре.
                        ///
                        /// # Errors
                        /// Текст не похож на хэш.
                        pub fn from_hex(
                            hex: &str,
                        ) -> ::std::result::Result<Self, #runtime::Invalid> {
                            Self::parse(hex)
                        }
                    }
                }
            });
            quote!(#text #hash)
        }
    }
}

/// A struct around text.
fn text(
    docs: &TokenStream,
    ident: &Ident,
    form: &TokenStream,
    implement: &TokenStream,
    runtime: &TokenStream,
) -> TokenStream {
    quote! {
        #docs
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct #ident(::std::string::String);

        impl #ident {
            /// Вид значений: длина, шаблон, контрольные цифры.
            pub const FORM: &'static #runtime::record::form::Form = #form;
        }

        #runtime::#implement!(#ident);
    }
}

/// The module `key`.
pub(in super::super) fn keys(plans: &[KeyPlan], runtime: &TokenStream) -> TokenStream {
    plans.iter().map(|plan| key(plan, runtime)).collect()
}

fn key(plan: &KeyPlan, runtime: &TokenStream) -> TokenStream {
    let ident = &plan.ident;
    let docs = outer(&plan.docs);
    match &plan.kind {
        KeyKind::Text { form } => text(&docs, ident, form, &quote!(key_type), runtime),
        KeyKind::Bare { base, personal } => quote! {
            #docs
            #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct #ident(
                /// Значение.
                pub #base,
            );

            #runtime::bare_key_type!(#ident, #base, #personal);
        },
    }
}

/// The module of a classifier.
pub(in super::super) fn classifier(plan: &ClassifierPlan, runtime: &TokenStream) -> TokenStream {
    let ident = &plan.ident;
    let docs = outer(&plan.docs);
    let (name, title) = (&plan.name, &plan.title);
    let variants: Vec<_> = plan.values.iter().map(|value| &value.variant).collect();
    let variant_docs = plan.values.iter().map(|value| outer(&value.docs));
    let entries = plan.values.iter().map(|value| {
        let (code, title) = (&value.code, &value.title);
        let number = match value.number {
            Some(number) => {
                let digits = Literal::u32_unsuffixed(number.unsigned_abs());
                if number < 0 {
                    quote!(Some(-#digits))
                } else {
                    quote!(Some(#digits))
                }
            }
            None => quote!(None),
        };
        quote!(Entry { code: #code, title: #title, number: #number })
    });
    let by_code = plan
        .by_code
        .iter()
        .map(|position| Literal::u32_unsuffixed(*position));
    let number = plan.numeric.then(|| {
        quote! {
            impl #ident {
                /// Код числом.
                pub fn number(self) -> i32 {
                    Self::LIST.entries[self as usize].number.unwrap_or_default()
                }
            }
        }
    });
    quote! {
        #docs
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum #ident {
            #(#variant_docs #variants,)*
        }

        impl #ident {
            /// Все значения в порядке справочника.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            /// Справочник, как он записан в модели.
            pub const LIST: &'static #runtime::record::meta::Classifier = {
                #[allow(unused_imports)]
                use ::std::option::Option::{None, Some};
                use #runtime::record::meta::{Classifier, Entry};
                &Classifier {
                    name: #name,
                    title: #title,
                    entries: &[#(#entries),*],
                    by_code: &[#(#by_code),*],
                }
            };
        }

        #number

        #runtime::classifier_type!(#ident);
    }
}
