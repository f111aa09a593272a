//! The page: one file with its own style, no script; every text of the model is escaped.

use minijinja::value::{Serde, Value};

use crate::diagnostic::render::plural_ru;
use crate::target::template::environment;

const TEMPLATE: &str = include_str!("page.html.j2");

/// Renders the page from the coverage as JSON.
///
/// # Errors
/// The template does not fit the value; its tests say that it does.
pub(super) fn page(coverage: &serde_json::Value) -> Result<String, minijinja::Error> {
    let mut environment = environment();
    environment.add_filter(
        "plural",
        |count: usize, one: &str, few: &str, many: &str| {
            let word = plural_ru(count, [one, few, many]);
            format!("{count} {word}")
        },
    );
    environment.add_filter("russian_date", |date: &str| russian_date(date));
    environment.add_filter("anchor", |text: &str| anchor(text));
    environment
        .template_from_named_str("index.html", TEMPLATE)?
        .render(Value::from(Serde(coverage)))
}

/// `2024-04-22` as `22.04.2024`.
fn russian_date(date: &str) -> String {
    let parts: Vec<&str> = date.split('-').collect();
    match parts[..] {
        [year, month, day] => format!("{day}.{month}.{year}"),
        _ => date.to_owned(),
    }
}

/// A text as the name of a place on the page: what is neither a letter nor a digit becomes `-`.
fn anchor(text: &str) -> String {
    let letter = |c: char| {
        if c.is_alphanumeric() || c == '.' {
            c
        } else {
            '-'
        }
    };
    text.chars().map(letter).collect()
}
