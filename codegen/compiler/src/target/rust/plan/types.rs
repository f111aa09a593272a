//! Plans of types: scalar types, keys, classifiers.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::super::docs::{self, Docs};
use super::super::names;
use super::runs::runs;
use super::{Names, describe, numbered};
use crate::model::{
    Algorithm, BaseType, Classifier, Column, Domain, Model, ScalarType, Table, TableId, Validity,
};

/// A scalar type.
pub(in super::super) struct ScalarPlan {
    pub(in super::super) docs: Docs,
    pub(in super::super) ident: Ident,
    pub(in super::super) kind: ScalarKind,
}

/// What a scalar type becomes.
pub(in super::super) enum ScalarKind {
    /// A struct around text, with its form and the raw type that it hashes.
    Text {
        form: TokenStream,
        hash_of: Option<Ident>,
    },
    /// Another name of a base type.
    Alias(TokenStream),
}

impl ScalarPlan {
    /// Whether values are made by hashing.
    pub(in super::super) fn hashes(&self) -> bool {
        matches!(
            self.kind,
            ScalarKind::Text {
                hash_of: Some(_),
                ..
            }
        )
    }
}

/// The key type of a table.
pub(in super::super) struct KeyPlan {
    pub(in super::super) docs: Docs,
    pub(in super::super) ident: Ident,
    pub(in super::super) kind: KeyKind,
}

/// What a key is.
pub(in super::super) enum KeyKind {
    /// Text of a form.
    Text { form: TokenStream },
    /// A bare base type.
    Bare { base: TokenStream, personal: bool },
}

/// A closed classifier.
pub(in super::super) struct ClassifierPlan {
    pub(in super::super) docs: Docs,
    pub(in super::super) module: Ident,
    pub(in super::super) ident: Ident,
    pub(in super::super) name: String,
    pub(in super::super) title: String,
    /// Whether codes are numbers.
    pub(in super::super) numeric: bool,
    pub(in super::super) values: Vec<ValuePlan>,
    /// Positions of the values, ordered by code.
    pub(in super::super) by_code: Vec<u32>,
}

/// A value of a closed classifier.
pub(in super::super) struct ValuePlan {
    pub(in super::super) docs: Docs,
    pub(in super::super) variant: Ident,
    pub(in super::super) code: String,
    pub(in super::super) title: String,
    pub(in super::super) number: Option<i32>,
}

/// The Rust type of a base type.
pub(super) fn base_type(base: BaseType, runtime: &TokenStream) -> TokenStream {
    match base {
        BaseType::Boolean => quote!(bool),
        BaseType::Int32 => quote!(i32),
        BaseType::BigInt => quote!(i64),
        BaseType::Float => quote!(f32),
        BaseType::Double => quote!(f64),
        BaseType::Char(_) | BaseType::Varchar(_) | BaseType::Link => quote!(::std::string::String),
        BaseType::Uuid => quote!(#runtime::Uuid),
        BaseType::Date => quote!(#runtime::Date),
        BaseType::Time(_) => quote!(#runtime::Time),
        BaseType::Timestamp(_) => quote!(#runtime::Timestamp),
    }
}

/// Plans the scalar types, in the model's order.
pub(super) fn plan_scalars(model: &Model, names: &Names) -> Vec<ScalarPlan> {
    model
        .scalars()
        .iter()
        .zip(&names.scalars)
        .map(|(scalar, ident)| {
            let kind = if scalar.base.is_text() {
                ScalarKind::Text {
                    form: scalar_form(scalar, &names.runtime),
                    hash_of: scalar
                        .hash_of
                        .and_then(|hash| names.scalars.get(hash.of.index()))
                        .cloned(),
                }
            } else {
                ScalarKind::Alias(base_type(scalar.base, &names.runtime))
            };
            ScalarPlan {
                docs: describe::scalar(model, scalar),
                ident: ident.clone(),
                kind,
            }
        })
        .collect()
}

/// The fields of a `Form`.
fn scalar_form(scalar: &ScalarType, runtime: &TokenStream) -> TokenStream {
    // The check of the target has refused patterns that are too large.
    let automaton = scalar.pattern.as_ref().and_then(|pattern| {
        let automaton = pattern.automaton().ok()?;
        Some((pattern, automaton))
    });
    let pattern = match automaton {
        Some((pattern, automaton)) => {
            let text = &pattern.text;
            let number = proc_macro2::Literal::u32_unsuffixed;
            let byte = |byte: u8| proc_macro2::Literal::byte_character(byte);
            let runs = runs(&pattern.node).unwrap_or_default();
            let runs = runs.iter().map(|run| {
                let ranges = run.ranges.iter().map(|&(first, last)| {
                    let (first, last) = (byte(first), byte(last));
                    quote!((#first, #last))
                });
                let min = number(run.min);
                let max = match run.max {
                    u32::MAX => quote!(u32::MAX),
                    max => number(max).to_token_stream(),
                };
                quote!(#runtime::pattern::Run::new(&[#(#ranges),*], #min, #max))
            });
            let classes = automaton.classes.iter().map(|(first, last, class)| {
                let (first, last) = (hex(*first), hex(*last));
                let class = proc_macro2::Literal::u8_unsuffixed(*class);
                quote!((#first, #last, #class))
            });
            let width = proc_macro2::Literal::u16_unsuffixed(automaton.width);
            let table = automaton
                .table
                .iter()
                .map(|state| proc_macro2::Literal::u16_unsuffixed(*state));
            let accepting = &automaton.accepting;
            quote!(Some(&#runtime::Pattern {
                text: #text,
                classes: &[#(#classes),*],
                width: #width,
                table: &[#(#table),*],
                accepting: &[#(#accepting),*],
                runs: &[#(#runs),*],
            }))
        }
        None => quote!(None),
    };
    let algorithm = algorithm(scalar.algorithm, runtime);
    form(
        &scalar.name,
        scalar.base,
        &pattern,
        &algorithm,
        scalar.personal.is_some(),
        runtime,
    )
}

fn hex(code_point: u32) -> TokenStream {
    format!("{code_point:#x}")
        .parse()
        .unwrap_or_else(|_| quote!(#code_point))
}

fn algorithm(algorithm: Option<Algorithm>, runtime: &TokenStream) -> TokenStream {
    let variant = match algorithm {
        None => return quote!(None),
        Some(Algorithm::Snils) => quote!(Snils),
        Some(Algorithm::Inn) => quote!(Inn),
        Some(Algorithm::Ogrn) => quote!(Ogrn),
        Some(Algorithm::Okpo) => quote!(Okpo),
        Some(Algorithm::Okato) => quote!(Okato),
        Some(Algorithm::AcademicYear) => quote!(AcademicYear),
    };
    quote!(Some(#runtime::identifier::Algorithm::#variant))
}

fn form(
    name: &str,
    base: BaseType,
    pattern: &TokenStream,
    algorithm: &TokenStream,
    personal: bool,
    runtime: &TokenStream,
) -> TokenStream {
    let number = |n: u32| proc_macro2::Literal::u32_unsuffixed(n);
    let (lengths, max) = match base {
        BaseType::Char(exact) => {
            let exact = number(exact);
            (quote!(&[#exact]), quote!(None))
        }
        BaseType::Varchar(Some(max)) => {
            let max = number(max);
            (quote!(&[]), quote!(Some(#max)))
        }
        _ => (quote!(&[]), quote!(None)),
    };
    quote!({
        #[allow(unused_imports)]
        use ::std::option::Option::{None, Some};
        &#runtime::record::form::Form {
            name: #name,
            lengths: #lengths,
            max: #max,
            pattern: #pattern,
            algorithm: #algorithm,
            personal: #personal,
        }
    })
}

/// Whether the rows of a table are referred to by a type of its own. A key that is a number with a
/// fraction has none: such numbers are no identities in Rust.
pub(super) fn has_key_type(model: &Model, table: TableId) -> bool {
    key_column(model, table)
        .is_some_and(|column| !matches!(column.ty.base, BaseType::Float | BaseType::Double))
}

/// The column of a table's key, when it is one column that identifies rows of this very table.
fn key_column(model: &Model, table: TableId) -> Option<&Column> {
    let table = model.table(table);
    let [key] = table.primary_key.as_slice() else {
        return None;
    };
    let column = table.column(*key);
    let own = matches!(column.ty.domain, Domain::Key { table: of, .. } if of == table.id);
    own.then_some(column)
}

/// Plans the keys, in the order of the tables.
pub(super) fn plan_keys(model: &Model, names: &Names) -> Vec<KeyPlan> {
    model
        .tables()
        .iter()
        .filter_map(|table| plan_key(model, names, table))
        .collect()
}

fn plan_key(model: &Model, names: &Names, table: &Table) -> Option<KeyPlan> {
    let ident = names.key(table.id)?.clone();
    let column = key_column(model, table.id)?;
    let personal = model.personal_of(column).is_some();
    let runtime = &names.runtime;
    let mut docs = Docs::titled(&format!("Ключ таблицы «{}»", table.title));
    docs.item(format!(
        "столбец {}: `{}`",
        docs::code(&format!("{}.{}", table.name, column.name)),
        column.ty.base
    ));
    let scalar = model
        .form_of(&column.ty)
        .filter(|scalar| scalar.base.is_text());
    let kind = if !column.ty.base.is_text() {
        KeyKind::Bare {
            base: base_type(column.ty.base, runtime),
            personal,
        }
    } else if let Some(scalar) = scalar {
        docs.item(format!(
            "тип {}: {}",
            docs::code(&scalar.name),
            docs::escape(&scalar.title)
        ));
        let of = names.scalars.get(scalar_position(model, scalar))?;
        let form = match scalar.personal.is_some() == personal {
            true => quote!(super::scalar::#of::FORM),
            false => quote! {
                &#runtime::record::form::Form { personal: #personal, ..*super::scalar::#of::FORM }
            },
        };
        KeyKind::Text { form }
    } else {
        let none = quote!(None);
        let name = format!("{}.{}", table.name, column.name);
        KeyKind::Text {
            form: form(&name, column.ty.base, &none, &none, personal, runtime),
        }
    };
    Some(KeyPlan { docs, ident, kind })
}

/// The position of a scalar type that belongs to the model.
pub(super) fn scalar_position(model: &Model, scalar: &ScalarType) -> usize {
    model
        .scalars()
        .iter()
        .position(|other| std::ptr::eq(other, scalar))
        .unwrap_or(usize::MAX)
}

/// Plans the closed classifiers, in the model's order.
pub(super) fn plan_classifiers(model: &Model, names: &Names) -> Vec<ClassifierPlan> {
    let lists = model
        .classifiers()
        .iter()
        .zip(&names.classifiers)
        .enumerate();
    lists
        .filter(|(_, (list, _))| !list.open)
        .map(|(at, (list, ident))| plan_classifier(list, ident, at))
        .collect()
}

fn plan_classifier(list: &Classifier, ident: &Ident, at: usize) -> ClassifierPlan {
    let numeric = !list.base.is_text();
    let mut docs = Docs::titled(&list.title);
    if let Some(note) = &list.note {
        docs.text(note);
    }
    docs.item(format!(
        "справочник {}: `{}`",
        docs::code(&list.name),
        list.base
    ));
    docs.item(format!("ведёт: {}", docs::escape(&list.authority)));
    if let Some(source) = &list.source {
        docs.item(format!("источник: {}", docs::escape(source)));
    }
    if let Some(period) = period(&list.validity) {
        docs.item(format!("действует {period}"));
    }
    if let Some(esnsi) = &list.esnsi {
        docs.item(format!(
            "ЕСНСИ: {}, uid {}, ревизия {}",
            docs::code(&esnsi.code),
            docs::code(&esnsi.uid),
            esnsi.revision
        ));
    }
    let values: Vec<ValuePlan> = list
        .values
        .iter()
        .enumerate()
        .map(|(at, value)| {
            let mut docs = Docs::titled(&value.title);
            let mut line = format!("Код {}", docs::code(&value.code));
            if let Some(parent) = &value.parent {
                line += &format!(", входит в {}", docs::code(parent));
            }
            if let Some(period) = period(&value.validity) {
                line += &format!(", действует {period}");
            }
            docs.markdown(format!("{line}."));
            ValuePlan {
                docs,
                variant: names::variant_ident(value.name.as_deref(), &value.code)
                    .unwrap_or_else(|| numbered("Unnamed", at)),
                code: value.code.clone(),
                title: value.title.clone(),
                number: numeric.then(|| value.code.parse().unwrap_or_default()),
            }
        })
        .collect();
    let mut by_code: Vec<u32> = (0_u32..).take(values.len()).collect();
    by_code.sort_by_key(|&position| &values[position as usize].code);
    ClassifierPlan {
        docs,
        module: names::module_ident(&list.name, ident).unwrap_or_else(|| numbered("unnamed", at)),
        ident: ident.clone(),
        name: list.name.clone(),
        title: list.title.clone(),
        numeric,
        values,
        by_code,
    }
}

/// `с 2015-07-01 по 2020-12-31`; nothing when neither end is known.
fn period(validity: &Validity) -> Option<String> {
    match (&validity.start_date, &validity.end_date) {
        (None, None) => None,
        (Some(start), None) => Some(format!("с {start}")),
        (None, Some(end)) => Some(format!("по {end}")),
        (Some(start), Some(end)) => Some(format!("с {start} по {end}")),
    }
}
