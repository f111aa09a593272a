//! Regular expressions of texts, in what ECMA-262 with the flag `u` and the `regex` crate share.

/// Longest run of characters to skip: automata grow with it.
pub(super) const MAX_PREFIX: i64 = 255;

/// A text that matches itself. Only syntax characters may be escaped under the flag `u`.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        push_escaped(&mut out, c);
    }
    out
}

fn push_escaped(out: &mut String, c: char) {
    if "^$\\.*+?()[]{}|".contains(c) {
        out.push('\\');
    }
    out.push(c);
}

/// The expression of a LIKE pattern: `%` any text, `_` one character, `\` takes the next literally.
pub(super) fn like_regex(pattern: &str) -> String {
    let mut out = String::from("^");
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '%' => out.push_str("[\\s\\S]*"),
            '_' => out.push_str("[\\s\\S]"),
            '\\' => push_escaped(&mut out, chars.next().unwrap_or('\\')),
            c => push_escaped(&mut out, c),
        }
    }
    out.push('$');
    out
}

/// Matches the texts that come before `limit` (or are it, when `inclusive`), among texts of its
/// width with digits in the same places: those that agree with it up to some digit and have a
/// smaller one there.
pub(super) fn order_regex(limit: &str, inclusive: bool) -> String {
    let mut alternatives: Vec<String> = Vec::new();
    for (at, c) in limit.char_indices() {
        let prefix = escaped(&limit[..at]);
        match c {
            '1' => alternatives.push(format!("{prefix}0")),
            '2'..='9' => {
                let below = char::from(c as u8 - 1);
                alternatives.push(format!("{prefix}[0-{below}]"));
            }
            _ => {}
        }
    }
    if inclusive {
        alternatives.push(format!("{}$", escaped(limit)));
    }
    if alternatives.is_empty() {
        // Nothing comes before a limit of zeros.
        return "^[^\\s\\S]".to_owned();
    }
    format!("^(?:{})", alternatives.join("|"))
}
