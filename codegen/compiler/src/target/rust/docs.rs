//! Documentation of generated items: texts of the model as Markdown that rustdoc takes literally.

use crate::model::{ClauseId, Deprecation, Model, Origin};

/// Lines of one documentation comment, each ready to stand behind `///`.
#[derive(Debug, Clone, Default)]
pub(super) struct Docs {
    lines: Vec<String>,
}

impl Docs {
    /// Documentation that begins with a title.
    pub(super) fn titled(title: &str) -> Self {
        let mut docs = Docs::default();
        docs.text(title);
        docs
    }

    /// Adds a paragraph of a text of the model.
    pub(super) fn text(&mut self, text: &str) {
        self.separate();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        self.lines.extend(lines.map(line));
    }

    /// Adds a paragraph that is Markdown already.
    pub(super) fn markdown(&mut self, line: impl Into<String>) {
        self.separate();
        self.lines.push(line.into());
    }

    /// Adds a list item that is Markdown already; items follow each other.
    pub(super) fn item(&mut self, line: impl AsRef<str>) {
        if !self.lines.last().is_some_and(|line| line.starts_with("- ")) {
            self.separate();
        }
        self.lines.push(format!("- {}", line.as_ref()));
    }

    /// Adds a fenced block of code.
    pub(super) fn code(&mut self, language: &str, code: &str) {
        self.markdown(format!("```{language}"));
        self.lines.extend(code.lines().map(str::to_owned));
        self.lines.push("```".into());
    }

    /// Adds where something comes from: clauses and mark.
    pub(super) fn source(&mut self, model: &Model, clauses: &[ClauseId], origin: &[Origin]) {
        if !clauses.is_empty() {
            self.item(format!("основание: {}", clause_list(model, clauses)));
        }
        let marks: Vec<String> = origin
            .iter()
            .map(|mark| format!("`{}`", mark.name()))
            .collect();
        if !marks.is_empty() {
            self.item(format!("происхождение: {}", marks.join(", ")));
        }
    }

    /// Adds a farewell.
    pub(super) fn deprecation(&mut self, deprecated: Option<&Deprecation>) {
        let Some(deprecated) = deprecated else {
            return;
        };
        let mut text = format!(
            "выводится из модели с версии {}: {}",
            deprecated.since,
            escape(&deprecated.reason)
        );
        if let Some(instead) = &deprecated.replaced_by {
            text += &format!("; вместо этого {}", code(instead));
        }
        self.item(text);
    }

    /// The lines, each with the blank that stands behind `///`.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        self.lines.iter().map(|line| match line.is_empty() {
            true => String::new(),
            false => format!(" {line}"),
        })
    }

    fn separate(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }
}

/// `order-355 п. 7.2.b.3, 9.2.d.3; order-1 п. 4`.
fn clause_list(model: &Model, clauses: &[ClauseId]) -> String {
    let mut parts: Vec<(&str, Vec<&str>)> = Vec::new();
    for &id in clauses {
        let regulation = model.regulation_of(id).name.as_str();
        let number = model.clause(id).number.as_str();
        match parts.iter_mut().find(|(name, _)| *name == regulation) {
            Some((_, numbers)) => numbers.push(number),
            None => parts.push((regulation, vec![number])),
        }
    }
    let parts: Vec<String> = parts
        .iter()
        .map(|(name, numbers)| format!("{} п. {}", escape(name), escape(&numbers.join(", "))))
        .collect();
    parts.join("; ")
}

/// A physical name or a code as Markdown code.
pub(super) fn code(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.contains('`') {
        escape(&text)
    } else {
        format!("`{text}`")
    }
}

/// A line of text that begins a line of Markdown.
fn line(text: &str) -> String {
    let mut out = escape(text);
    // A number with a point, a hyphen or a hash at the start would begin a list or a heading.
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && out[digits..].starts_with(['.', ')']) {
        out.insert(digits, '\\');
    } else if out.starts_with(['-', '+', '#', '=']) {
        out.insert(0, '\\');
    }
    out
}

/// Text within a line of Markdown, shown literally: no links, no HTML, no code.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let text = text.trim();
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        match word.find("http://").or_else(|| word.find("https://")) {
            // A bare address is a warning of rustdoc; between angle brackets it is a link.
            Some(start) => {
                let address = &word[start..];
                let tail =
                    |c: char| matches!(c, '.' | ',' | ';' | ':' | ')' | '»' | '"' | '!' | '?');
                let end = start + address.trim_end_matches(tail).len();
                out += &escape_word(&word[..start]);
                let address: String = word[start..end]
                    .chars()
                    .filter(|c| !matches!(c, '<' | '>'))
                    .collect();
                out += &format!("<{address}>");
                out += &escape_word(&word[end..]);
            }
            None => out += &escape_word(word),
        }
    }
    out
}

fn escape_word(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$'
        ) {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_shown_literally() {
        for (text, markdown) in [
            ("Вес */ \\", "Вес \\*/ \\\\"),
            ("список [a](b) <i>", "список \\[a\\](b) \\<i\\>"),
            ("1. первое", "1\\. первое"),
            ("- тире", "\\- тире"),
            ("см. https://a.ru/x_y.", "см. <https://a.ru/x_y>."),
            ("(http://a.ru)", "(<http://a.ru>)"),
            ("```rust", "\\`\\`\\`rust"),
        ] {
            assert_eq!(line(text), markdown);
        }
    }

    #[test]
    fn paragraphs_are_separated_and_items_are_not() {
        let mut docs = Docs::titled("Имя");
        docs.text("Первая\n\n  вторая");
        docs.item("раз");
        docs.item("два");
        let lines: Vec<String> = docs.lines().collect();
        assert_eq!(
            lines,
            [" Имя", "", " Первая", " вторая", "", " - раз", " - два"]
        );
    }
}
