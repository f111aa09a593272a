//! Templates of a maintainer: further descriptors from the same facts, in Jinja syntax.
//!
//! This is where the official XML enters when its form becomes known: a file in the model's folder,
//! no Rust. A template sees the keys of `descriptor.json` at the top: `showcase`, `tables`,
//! `classifiers`. A name that is not there is an error, not an empty place.

use minijinja::ErrorKind;
use minijinja::value::{Serde, Value};

use crate::diagnostic::Text;
use crate::model::DescriptorTemplate;
use crate::target::template::environment;
use crate::text;

/// Renders a template over the descriptor.
///
/// # Errors
/// What is wrong with the template, with its path and line.
pub(super) fn render(
    template: &DescriptorTemplate,
    descriptor: &serde_json::Value,
) -> Result<String, Text> {
    let environment = environment();
    let context = Value::from(Serde(descriptor));
    environment
        .template_from_named_str(&template.output.value, &template.text)
        .map_err(|error| (true, error))
        .and_then(|ready| ready.render(context).map_err(|error| (false, error)))
        .map_err(|(parsing, error)| message(template, parsing, &error))
}

fn message(template: &DescriptorTemplate, parsing: bool, error: &minijinja::Error) -> Text {
    let path = &template.path;
    let line = error.line().unwrap_or(1);
    let detail = error.detail().map_or_else(
        || error.kind().to_string(),
        |detail| match error.kind() {
            // The detail says all of it.
            ErrorKind::SyntaxError | ErrorKind::UndefinedError => detail.to_owned(),
            kind => format!("{kind}: {detail}"),
        },
    );
    if parsing {
        text!(
            "the template `{path}` cannot be read: line {line}: {detail}",
            "шаблон `{path}` не читается: строка {line}: {detail}"
        )
    } else {
        text!(
            "the template `{path}` cannot be filled in: line {line}: {detail}",
            "шаблон `{path}` не заполняется: строка {line}: {detail}"
        )
    }
}
