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

/// A text that the pattern matches, with `filler` for every `%` and a letter for every `_`.
pub(crate) fn example(pattern: &str, filler: &str) -> String {
    let mut text = String::new();
    for part in parts(pattern) {
        match part {
            Part::Any => text.push_str(filler),
            Part::One => text.push('ж'),
            Part::Char(char) => text.push(char),
        }
    }
    text
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
