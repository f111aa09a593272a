//! `LIKE`: `%` any characters, `_` one character, `\` takes the next character literally.

/// Whether a whole text matches. A lone `\` at the end stands for itself.
pub fn matches(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let pattern = parts(pattern);
    let (mut at, mut part) = (0, 0);
    // Where to go on when the text does not fit: behind the last `%`, one character later.
    let mut retry: Option<(usize, usize)> = None;
    loop {
        match pattern.get(part) {
            Some(Part::Any) => {
                part += 1;
                retry = Some((at, part));
                continue;
            }
            Some(Part::One) if at < text.len() => {
                (at, part) = (at + 1, part + 1);
                continue;
            }
            Some(Part::Char(wanted)) if text.get(at) == Some(wanted) => {
                (at, part) = (at + 1, part + 1);
                continue;
            }
            None if at == text.len() => return true,
            _ => {}
        }
        match retry {
            Some((from, behind)) if from < text.len() => {
                retry = Some((from + 1, behind));
                (at, part) = (from + 1, behind);
            }
            _ => return false,
        }
    }
}

/// A text that the pattern matches, as near to `current` as can be: every `_` is the character that
/// `current` has there, else `other`; every `%` is `filler`, or without one what `current` has from
/// there on, for the last part, and nothing for those before.
pub(crate) fn example(pattern: &str, current: &str, other: char, filler: Option<&str>) -> String {
    let current: Vec<char> = current.chars().collect();
    let parts = parts(pattern);
    let last = parts.len().saturating_sub(1);
    let mut text: Vec<char> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        match (part, filler) {
            (Part::Any, Some(filler)) => text.extend(filler.chars()),
            (Part::Any, None) if at == last => text.extend(current.iter().skip(text.len())),
            (Part::Any, None) => {}
            (Part::One, _) => text.push(current.get(text.len()).copied().unwrap_or(other)),
            (Part::Char(char), _) => text.push(*char),
        }
    }
    text.into_iter().collect()
}

enum Part {
    Any,
    One,
    Char(char),
}

fn parts(pattern: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut chars = pattern.chars();
    while let Some(char) = chars.next() {
        parts.push(match char {
            '%' => Part::Any,
            '_' => Part::One,
            '\\' => Part::Char(chars.next().unwrap_or('\\')),
            _ => Part::Char(char),
        });
    }
    parts
}
