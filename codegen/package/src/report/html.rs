//! The report as one HTML page that stands for itself: its style and script inside, no network, both
//! languages; readable without its script, on a phone, in print and in the dark.
//!
//! The facts are laid out as JSON by `page` and put into the template, which escapes every text.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use sha2::{Digest as _, Sha256};
use vitrina_codegen::Lang;

use super::data::Report;
use super::page;

const TEMPLATE: &str = include_str!("html/page.html.j2");
const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// The page. `lang` is the language that it opens in.
pub fn document(report: &Report, lang: Lang) -> String {
    // The template is this module's own and filled in by its tests, so it does not fail.
    render(&page::value(report, lang)).unwrap_or_default()
}

fn render(page: &serde_json::Value) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    if let Ok(syntax) = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
    {
        environment.set_syntax(syntax);
    }
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_filter("marked", |text: &str| Value::from_safe_string(marked(text)));
    environment.add_global("style", Value::from_safe_string(STYLE.to_owned()));
    environment.add_global("script", Value::from_safe_string(SCRIPT.to_owned()));
    let hash = base64(&Sha256::digest(SCRIPT));
    environment.add_global("script_hash", Value::from_safe_string(hash));
    environment
        .template_from_named_str("report.html", TEMPLATE)?
        .render(Value::from(Serde(page)))
}

/// A text with what stands in backquotes as code, all of it escaped.
fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let pieces: Vec<&str> = text.split('`').collect();
    // An odd backquote belongs to the text.
    let paired = pieces.len() - usize::from(pieces.len().is_multiple_of(2));
    for (at, piece) in pieces.iter().enumerate() {
        let is_code = at % 2 == 1 && at < paired;
        if at >= paired {
            out.push('`');
        }
        out.push_str(if is_code { "<code>" } else { "" });
        escape(piece, &mut out);
        out.push_str(if is_code { "</code>" } else { "" });
    }
    out
}

fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#x27;"),
            _ => out.push(letter),
        }
    }
}

/// Base64 (RFC 4648, section 4), for the hash by which the page's policy knows its script.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let index = (bits >> (18 - 6 * at)) & 63;
            match at <= three.len() {
                true => out.push(char::from(ALPHABET[index as usize])),
                false => out.push('='),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
