//! CSV as the showcase writes it: `;`, every field quoted, `\n`, no byte order mark, no line breaks or
//! other control characters within a field.

/// Appends one line; the fields must hold no control characters.
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
    let parts = text.split(char::is_control).map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}
