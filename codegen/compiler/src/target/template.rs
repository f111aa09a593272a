//! The environment in which Jinja templates are filled in.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};

/// A name that is not there is an error, not an empty place; tags on lines of their own leave no
/// blank lines behind; texts are escaped in files that are marked up, by the template's name.
pub(super) fn environment<'source>() -> Environment<'source> {
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
    environment.set_auto_escape_callback(|name| {
        let lower = name.to_ascii_lowercase();
        let marked = [".xml", ".xsd", ".html", ".htm"];
        if marked.iter().any(|extension| lower.ends_with(extension)) {
            AutoEscape::Html
        } else {
            AutoEscape::None
        }
    });
    environment
}
