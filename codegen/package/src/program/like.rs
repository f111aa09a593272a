//! `LIKE`, its pattern taken apart once.

/// A pattern: `%` any characters, `_` one character, `\` takes the next one literally; a lone `\` at the
/// end stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Like(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// Any characters.
    Any,
    /// One character.
    One,
    /// These characters.
    Literal(Box<str>),
}

impl Like {
    pub(super) fn of(pattern: &str) -> Like {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let flush = |literal: &mut String, parts: &mut Vec<Part>| {
            if !literal.is_empty() {
                parts.push(Part::Literal(std::mem::take(literal).into()));
            }
        };
        let mut chars = pattern.chars();
        while let Some(char) = chars.next() {
            match char {
                '%' | '_' => {
                    flush(&mut literal, &mut parts);
                    parts.push(if char == '%' { Part::Any } else { Part::One });
                }
                '\\' => literal.push(chars.next().unwrap_or('\\')),
                _ => literal.push(char),
            }
        }
        flush(&mut literal, &mut parts);
        Like(parts)
    }

    /// Whether a whole text matches.
    pub(super) fn matches(&self, text: &str) -> bool {
        let mut rest = text;
        let mut part = 0;
        // Where to go on when the text does not fit: behind the last `%`, one character later.
        let mut retry: Option<(&str, usize)> = None;
        loop {
            let fits = match self.0.get(part) {
                Some(Part::Any) => {
                    part += 1;
                    retry = Some((rest, part));
                    continue;
                }
                Some(Part::One) => {
                    let mut chars = rest.chars();
                    chars.next().map(|_| chars.as_str())
                }
                Some(Part::Literal(literal)) => rest.strip_prefix(&**literal),
                None if rest.is_empty() => return true,
                None => None,
            };
            if let Some(behind) = fits {
                rest = behind;
                part += 1;
                continue;
            }
            let Some((from, behind)) = retry else {
                return false;
            };
            let mut chars = from.chars();
            if chars.next().is_none() {
                return false;
            }
            rest = chars.as_str();
            part = behind;
            retry = Some((rest, behind));
        }
    }
}

#[cfg(test)]
mod tests {
    use vitrina_codegen::model::eval::like_matches;

    use super::*;

    /// Every text and pattern of up to five and four of these characters.
    #[test]
    fn all_short_patterns_agree_with_the_reference() {
        let all = |alphabet: &[char], most: usize| {
            let mut texts = vec![String::new()];
            let mut last = texts.clone();
            for _ in 0..most {
                last = last
                    .iter()
                    .flat_map(|text| alphabet.iter().map(move |char| format!("{text}{char}")))
                    .collect();
                texts.extend(last.iter().cloned());
            }
            texts
        };
        let texts = all(&['a', 'я', '%'], 5);
        for pattern in all(&['a', 'я', '%', '_', '\\'], 4) {
            let like = Like::of(&pattern);
            for text in &texts {
                assert_eq!(
                    like.matches(text),
                    like_matches(text, &pattern),
                    "{text:?} LIKE {pattern:?}"
                );
            }
        }
    }
}
