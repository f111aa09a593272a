//! Printing: a plan as tokens, tokens as text. The table of a module is the same whether it becomes a
//! file of a crate or a part of one text for a build script.

pub(super) mod root;
pub(super) mod table;
pub(super) mod types;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;

/// Documentation as attributes of the item that follows.
pub(super) fn outer(docs: &Docs) -> TokenStream {
    let lines = docs.lines();
    quote!(#(#[doc = #lines])*)
}

/// Items as text: one blank line between them, documentation of the module before them.
pub(super) fn text(docs: Option<&Docs>, items: TokenStream) -> String {
    let mut out = String::new();
    for line in docs.iter().flat_map(|docs| docs.lines()) {
        out += &format!("//!{line}\n");
    }
    let Ok(file) = syn::parse2::<syn::File>(items) else {
        debug_assert!(false, "the printers make Rust");
        return out;
    };
    let mut after = if docs.is_some() {
        Some(Kind::Other)
    } else {
        None
    };
    for item in file.items {
        let kind = Kind::of(&item);
        // Declarations of modules and macro calls stand together.
        if after.is_some_and(|before| before != kind || kind == Kind::Other) {
            out.push('\n');
        }
        after = Some(kind);
        out += &prettyplease::unparse(&syn::File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: vec![item],
        });
    }
    out
}

/// How items stand together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Module,
    Use,
    Other,
}

impl Kind {
    fn of(item: &syn::Item) -> Kind {
        match item {
            syn::Item::Mod(module) if module.content.is_none() => Kind::Module,
            syn::Item::Use(_) => Kind::Use,
            _ => Kind::Other,
        }
    }
}
