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
        // What is further away than the best found so far need not be measured.
        let most = best.map_or(limit, |(found, _)| found.min(limit));
        if let Some(distance) = distance(&unknown, &letters, most)
            && best.is_none_or(|found| (distance, name) < found)
        {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Letters to add, remove, change or swap with the neighbour, when they are at most so many. Only
/// pairs of places that so many letters can bring together are looked at.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let far = most + 1;
    let mut before = vec![far; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).map(|j| j.min(far)).collect();
    let mut row = vec![far; b.len() + 1];
    for (i, x) in a.iter().enumerate() {
        row.fill(far);
        row[0] = far.min(i + 1);
        for j in i.saturating_sub(most)..b.len().min(i + far) {
            let changed = above[j] + usize::from(*x != b[j]);
            let mut least = changed.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(before[j - 1] + 1);
            }
            row[j + 1] = least.min(far);
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    Some(above[b.len()]).filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{distance, nearest};

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

    #[test]
    fn letters_are_counted() {
        for (a, b, letters) in [
            ("", "", 0),
            ("", "abc", 3),
            ("lesson", "leson", 1),
            ("lesson", "lessno", 1),
            ("kitten", "sitting", 3),
            ("ab", "xyz", 3),
        ] {
            let [a, b]: [Vec<char>; 2] = [a.chars().collect(), b.chars().collect()];
            assert_eq!(distance(&a, &b, 100), Some(letters));
            assert_eq!(distance(&b, &a, letters), Some(letters));
            if letters > 0 {
                assert_eq!(distance(&a, &b, letters - 1), None);
            }
        }
    }

    proptest! {
        #[test]
        fn a_limit_changes_no_distance_below_it(
            a in "[abc]{0,9}",
            b in "[abc]{0,9}",
            most in 0_usize..10,
        ) {
            let [a, b]: [Vec<char>; 2] = [a.chars().collect(), b.chars().collect()];
            let whole = distance(&a, &b, 100);
            prop_assert_eq!(distance(&a, &b, most), whole.filter(|found| *found <= most));
        }
    }
}
