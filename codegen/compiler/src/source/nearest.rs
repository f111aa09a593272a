//! "Did you mean": the known name nearest to an unknown one.

/// The nearest of the known names, if one is near enough: at most a third of the letters differ.
/// Of equally near names the first in order of the alphabet is taken.
pub(crate) fn nearest<'a>(
    unknown: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let unknown: Vec<char> = unknown.chars().flat_map(char::to_lowercase).collect();
    // Names beyond this length are data, not slips of the hand.
    if unknown.is_empty() || unknown.len() > 128 {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let letters: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
        let limit = unknown.len().max(letters.len()).div_ceil(3);
        if letters.len().abs_diff(unknown.len()) > limit {
            continue;
        }
        let distance = distance(&unknown, &letters);
        if distance <= limit && best.is_none_or(|found| (distance, name) < found) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Letters to add, remove, change or swap with the neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(above.len());
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let changed = above[j] + usize::from(x != y);
            let mut least = changed.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let known = ["lesson", "person", "organisations"];
        assert_eq!(nearest("leson", known), Some("lesson"));
        assert_eq!(nearest("Lessno", known), Some("lesson"));
        assert_eq!(nearest("organization", known), Some("organisations"));
        assert_eq!(nearest("student", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn equally_near_names_are_taken_by_the_alphabet() {
        assert_eq!(nearest("cat", ["cut", "bat"]), Some("bat"));
    }
}
