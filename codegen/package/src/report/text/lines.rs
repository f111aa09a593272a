//! Lines on a screen: wrapped at its width, indented, coloured.

use vitrina_codegen::Lang;
use vitrina_codegen::diagnostic::Text;

use super::Style;

/// A page that grows line by line.
pub(super) struct Page {
    pub(super) style: Style,
    out: String,
}

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Bold,
    Red,
    Yellow,
    Green,
    Cyan,
    Dim,
}

impl Look {
    fn escape(self) -> &'static str {
        match self {
            Look::Bold => "\u{1b}[1m",
            Look::Red => "\u{1b}[1;91m",
            Look::Yellow => "\u{1b}[1;93m",
            Look::Green => "\u{1b}[1;92m",
            Look::Cyan => "\u{1b}[96m",
            Look::Dim => "\u{1b}[2m",
        }
    }
}

impl Page {
    pub(super) fn new(style: Style) -> Page {
        Page {
            style,
            out: String::new(),
        }
    }

    /// The words in the page's language.
    pub(super) fn say<'t>(&self, english: &'t str, russian: &'t str) -> &'t str {
        match self.style.lang {
            Lang::En => english,
            Lang::Ru => russian,
        }
    }

    /// A text in the page's language.
    pub(super) fn get<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.style.lang)
    }

    /// A piece of text as it looks; plain where nothing is coloured.
    pub(super) fn look(&self, look: Look, text: &str) -> String {
        match self.style.color {
            true => format!("{}{text}\u{1b}[0m", look.escape()),
            false => text.to_owned(),
        }
    }

    /// A line as it is.
    pub(super) fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    /// An empty line, never two of them.
    pub(super) fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A heading behind an empty line.
    pub(super) fn heading(&mut self, text: &str) {
        self.gap();
        let text = self.look(Look::Bold, text);
        self.line(&text);
    }

    /// A paragraph, wrapped; lines behind the first are indented by `hang`. Escapes count nothing.
    pub(super) fn wrapped(&mut self, first: &str, hang: usize, text: &str) {
        let width = self.style.width.max(40);
        let mut line = first.to_owned();
        let mut used = visible(first);
        let mut is_empty = true;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let long = visible(word);
            if !is_empty && used + 1 + long > width {
                self.line(&line);
                line = " ".repeat(hang);
                used = hang;
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += long;
            is_empty = false;
        }
        self.line(&line);
    }

    /// Rows in columns two spaces apart; the columns named in `right` are set to the right.
    pub(super) fn table(&mut self, rows: &[Vec<String>], right: std::ops::RangeFrom<usize>) {
        let mut widths: Vec<usize> = Vec::new();
        for row in rows {
            widths.resize(widths.len().max(row.len()), 0);
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = visible(cell).max(*width);
            }
        }
        for row in rows {
            let mut line = String::from("  ");
            for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let blanks = " ".repeat(width - visible(cell));
                match right.contains(&at) {
                    true => line.push_str(&format!("{blanks}{cell}  ")),
                    false => line.push_str(&format!("{cell}{blanks}  ")),
                }
            }
            self.line(&line);
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// Characters that are seen: all but escapes.
fn visible(text: &str) -> usize {
    let mut count = 0;
    let mut escape = false;
    for letter in text.chars() {
        match letter {
            '\u{1b}' => escape = true,
            'm' if escape => escape = false,
            _ if escape => {}
            _ => count += 1,
        }
    }
    count
}
