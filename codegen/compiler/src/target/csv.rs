//! CSV that targets write for people and spreadsheets, by the showcase's own rules: `;`, every field
//! quoted, quotes doubled, `\n` behind every line, no byte order mark.

/// Appends one line; the fields must hold no control characters: [`one_line`].
pub(super) fn write_line(out: &mut String, fields: impl Iterator<Item = String>) {
    for (at, field) in fields.enumerate() {
        if at > 0 {
            out.push(';');
        }
        out.push('"');
        out.push_str(&field.replace('"', "\"\""));
        out.push('"');
    }
    out.push('\n');
}

/// A text on one line: rule F5 has no place for line breaks, and notes may have them.
pub(super) fn one_line(text: &str) -> String {
    let line = text
        .split(char::is_control)
        .map(str::trim)
        .filter(|part| !part.is_empty());
    line.collect::<Vec<_>>().join(" ")
}
