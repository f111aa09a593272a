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
    ordered("^", limit, if inclusive { Some("$") } else { None })
}

/// As [`order_regex`], for what stands behind `skipped` characters, whatever follows it.
pub(super) fn order_regex_at(skipped: usize, limit: &str, inclusive: bool) -> String {
    ordered(
        &behind(skipped),
        limit,
        if inclusive { Some("") } else { None },
    )
}

/// Matches the texts that have `text` behind `skipped` characters.
pub(super) fn text_regex_at(skipped: usize, text: &str) -> String {
    format!("{}{}", behind(skipped), escaped(text))
}

/// Matches the texts whose part numbered `part` from 1, of those between the character
/// `separator`, is `wanted`. `None` when a part cannot be so, or too many stand before it.
pub(super) fn part_regex(separator: char, part: i64, wanted: &str) -> Option<String> {
    let before = part
        .checked_sub(1)
        .filter(|n| (0..=MAX_PREFIX).contains(n))?;
    if wanted.contains(separator) {
        return None;
    }
    let mut sign = String::new();
    push_escaped(&mut sign, separator);
    let other = match separator {
        '-' => "[^\\-]".to_owned(),
        _ => format!("[^{sign}]"),
    };
    let parts = match before {
        0 => String::new(),
        n => format!("(?:{other}*{sign}){{{n}}}"),
    };
    let found = format!("{parts}{}(?:{sign}|$)", escaped(wanted));
    // Where there are fewer parts, the part is empty.
    Some(match before {
        n if n > 0 && wanted.is_empty() => {
            let fewer = format!("(?:{other}*{sign}){{0,{}}}{other}*$", n - 1);
            format!("^(?:{found}|{fewer})")
        }
        _ => format!("^{found}"),
    })
}

fn behind(skipped: usize) -> String {
    match skipped {
        0 => "^".to_owned(),
        n => format!("^[\\s\\S]{{{n}}}"),
    }
}

/// `at_limit` is what must follow the limit itself; without it the limit does not match.
fn ordered(start: &str, limit: &str, at_limit: Option<&str>) -> String {
    let mut alternatives: Vec<String> = Vec::new();
    for (at, c) in limit.char_indices() {
        let prefix = escaped(limit.get(..at).unwrap_or_default());
        match c {
            '1' => alternatives.push(format!("{prefix}0")),
            '2'..='9' => {
                let below = char::from(c as u8 - 1);
                alternatives.push(format!("{prefix}[0-{below}]"));
            }
            _ => {}
        }
    }
    if let Some(end) = at_limit {
        alternatives.push(format!("{}{end}", escaped(limit)));
    }
    if alternatives.is_empty() {
        // Nothing comes before a limit of zeros.
        return "^[^\\s\\S]".to_owned();
    }
    format!("{start}(?:{})", alternatives.join("|"))
}
