//! Names of constraints: deterministic, at most 63 bytes, unique in the schema.
//!
//! A name says table, columns and rule: `attendance_person_id_fkey`. Where that is too long, or two
//! constraints (or a constraint and a table: a key's index lives among them) would have one name,
//! the name is cut and ends in a hash of its path. Whether a name gets a hash depends on the set of
//! names, not on their order.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::keywords::MAX_NAME;

/// A constraint in want of a name.
pub(super) struct Candidate {
    /// The name it would have, of any length.
    pub(super) wanted: String,
    /// What it is, spelled unambiguously: no other constraint of the schema has the same path.
    pub(super) path: String,
}

/// The names of `candidates`, in their order; `taken` are names that none of them may have.
pub(super) fn assign<'a>(
    candidates: &[Candidate],
    taken: impl Iterator<Item = &'a str>,
) -> Vec<String> {
    let mut used: BTreeSet<String> = taken.map(str::to_owned).collect();
    let mut count = BTreeMap::new();
    for candidate in candidates {
        *count.entry(candidate.wanted.as_str()).or_insert(0_usize) += 1;
    }
    let plain = |candidate: &Candidate| {
        candidate.wanted.len() <= MAX_NAME && count.get(candidate.wanted.as_str()) == Some(&1)
    };
    let kept: Vec<bool> = candidates
        .iter()
        .map(|candidate| plain(candidate) && !used.contains(&candidate.wanted))
        .collect();
    for (candidate, kept) in candidates.iter().zip(&kept) {
        if *kept {
            used.insert(candidate.wanted.clone());
        }
    }
    candidates
        .iter()
        .zip(kept)
        .map(|(candidate, kept)| {
            if kept {
                return candidate.wanted.clone();
            }
            let name = hashed(candidate, &used);
            used.insert(name.clone());
            name
        })
        .collect()
}

/// The wanted name, cut, and eight digits of the path's hash; more digits if that were taken too.
fn hashed(candidate: &Candidate, used: &BTreeSet<String>) -> String {
    let digest: String = Sha256::digest(candidate.path.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let mut name = String::new();
    for digits in (8..=56).step_by(8) {
        let end = digest.get(..digits).unwrap_or(&digest);
        let room = MAX_NAME - 1 - digits;
        let cut = candidate
            .wanted
            .char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .take_while(|end| *end <= room)
            .last()
            .unwrap_or(0);
        let begin = candidate.wanted.get(..cut).unwrap_or("");
        name = format!("{}_{end}", begin.trim_end_matches('_'));
        if !used.contains(&name) {
            break;
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(wanted: &[(&str, &str)], taken: &[&str]) -> Vec<String> {
        let candidates: Vec<_> = wanted
            .iter()
            .map(|(wanted, path)| Candidate {
                wanted: (*wanted).into(),
                path: (*path).into(),
            })
            .collect();
        assign(&candidates, taken.iter().copied())
    }

    #[test]
    fn a_short_and_single_name_stays() {
        assert_eq!(names(&[("a_pkey", "a/p")], &["a"]), ["a_pkey"]);
    }

    #[test]
    fn names_that_meet_are_told_apart_whatever_their_order() {
        let one = names(&[("a_b_c_key", "a/b_c"), ("a_b_c_key", "a_b/c")], &[]);
        let two = names(&[("a_b_c_key", "a_b/c"), ("a_b_c_key", "a/b_c")], &[]);
        assert_ne!(one[0], one[1]);
        assert_eq!((&one[0], &one[1]), (&two[1], &two[0]));
        assert!(one[0].starts_with("a_b_c_key_"));
    }

    #[test]
    fn a_table_keeps_its_name() {
        let names = names(&[("a_pkey", "a/p")], &["a", "a_pkey"]);
        assert!(names[0].starts_with("a_pkey_"), "{names:?}");
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        let long = format!("{}_fkey", "щ".repeat(40));
        let other = format!("{}_key", "щ".repeat(40));
        let names = names(&[(&long, "1"), (&other, "2")], &[]);
        assert!(names.iter().all(|name| name.len() <= MAX_NAME));
        assert_eq!(names[0].chars().filter(|c| *c == 'щ').count(), 27);
        assert_ne!(names[0], names[1]);
    }
}
