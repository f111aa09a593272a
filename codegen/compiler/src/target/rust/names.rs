//! Rust names: from physical names of the model to identifiers.
//!
//! `heck` changes the case; keywords become raw identifiers where Rust lets them, else they get an
//! underscore behind; an underscore stands before a leading digit. Cyrillic stays Cyrillic.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

/// Words that an identifier cannot be, by edition 2024.
const KEYWORDS: [&str; 53] = [
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Those of them that cannot be raw identifiers either.
const NEVER_RAW: [&str; 5] = ["Self", "_", "crate", "self", "super"];

/// An identifier of a Rust name, if there is one.
pub(super) fn ident(name: &str) -> Option<Ident> {
    if NEVER_RAW.contains(&name) {
        return Some(Ident::new(&format!("{name}_"), Span::call_site()));
    }
    if KEYWORDS.contains(&name) {
        return Some(Ident::new_raw(name, Span::call_site()));
    }
    let name = match name.chars().next() {
        Some(first) if first.is_numeric() => format!("_{name}"),
        _ => name.to_owned(),
    };
    // What the parser takes `Ident::new` takes, without a panic.
    syn::parse_str::<Ident>(&name).ok()
}

/// The name of a struct or an enum: `attendance_status` becomes `AttendanceStatus`.
pub(super) fn type_ident(physical: &str) -> Option<Ident> {
    ident(&physical.to_upper_camel_case())
}

/// The name of a field or a module: `A_b` becomes `a_b`.
pub(super) fn value_ident(physical: &str) -> Option<Ident> {
    ident(&physical.to_snake_case())
}

/// The name of the module that holds the type `class`: a field's name, unless the two would be one, as
/// for `2fa` or in a script without capitals.
pub(super) fn module_ident(physical: &str, class: &Ident) -> Option<Ident> {
    let module = value_ident(physical)?;
    if module == *class {
        ident(&format!("{module}_"))
    } else {
        Some(module)
    }
}

/// The name of a classifier's value: its Latin name, else its code. Codes that begin with a digit
/// get the word `Code`: `Code11`, `CodeMinus1`, `Code1_2` for `1.2`.
pub(super) fn variant_ident(name: Option<&str>, code: &str) -> Option<Ident> {
    if let Some(name) = name {
        return type_ident(name);
    }
    let (minus, digits) = match code.strip_prefix('-') {
        Some(digits) => ("Minus", digits),
        None => ("", code),
    };
    if !digits.starts_with(|first: char| first.is_ascii_digit()) {
        return type_ident(code);
    }
    let mut name = format!("Code{minus}");
    let mut letters_follow = false;
    for part in digits
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
    {
        let begins_with_digit = part.starts_with(|c: char| c.is_numeric());
        // Rust's style wants underscores between digits only.
        if letters_follow && begins_with_digit && name.ends_with(|c: char| c.is_numeric()) {
            name.push('_');
        }
        name += &if begins_with_digit {
            part.to_owned()
        } else {
            part.to_upper_camel_case()
        };
        letters_follow = true;
    }
    ident(&name)
}

/// The name without `r#`: what a file is called and what names are compared by.
pub(super) fn bare(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(ident: Option<Ident>) -> String {
        ident.map_or("none".into(), |ident| ident.to_string())
    }

    #[test]
    fn keywords_and_digits_become_names() {
        for (physical, value, class) in [
            ("type", "r#type", "Type"),
            ("gen", "r#gen", "Gen"),
            ("while", "r#while", "While"),
            ("self", "self_", "Self_"),
            ("Self", "self_", "Self_"),
            ("super", "super_", "Super"),
            ("option", "option", "Option"),
            ("A_b", "a_b", "AB"),
            ("2fa", "_2fa", "_2fa"),
            ("дата", "дата", "Дата"),
            ("id__x", "id_x", "IdX"),
            ("a-b c", "a_b_c", "ABC"),
            ("_", "none", "none"),
            ("", "none", "none"),
            ("%", "none", "none"),
        ] {
            assert_eq!(text(value_ident(physical)), value, "{physical}");
            assert_eq!(text(type_ident(physical)), class, "{physical}");
        }
    }

    #[test]
    fn a_module_differs_from_its_type() {
        for (physical, module) in [("2fa", "_2fa_"), ("type", "r#type"), ("дата", "дата")] {
            let class = type_ident(physical).unwrap();
            assert_eq!(text(module_ident(physical, &class)), module);
        }
    }

    #[test]
    fn every_keyword_becomes_a_name() {
        for keyword in KEYWORDS {
            let ident = ident(keyword).unwrap();
            assert!(
                syn::parse_str::<Ident>(&ident.to_string()).is_ok(),
                "{keyword}"
            );
        }
        assert!(KEYWORDS.is_sorted() && NEVER_RAW.is_sorted());
    }

    #[test]
    fn codes_become_names() {
        for (name, code, expected) in [
            (None, "11", "Code11"),
            (None, "-1", "CodeMinus1"),
            (None, "01.02", "Code01_02"),
            (None, "2fa", "Code2fa"),
            (None, "10-й класс", "Code10ЙКласс"),
            (Some("home"), "1", "Home"),
            (None, "present", "Present"),
            (None, "ADMIN_1", "Admin1"),
            (None, "Self", "Self_"),
            (None, "+", "none"),
        ] {
            assert_eq!(text(variant_ident(name, code)), expected, "{code}");
        }
    }
}
