//! The alphabet of a pattern: characters that no class of it tells apart are one symbol.

use std::collections::{BTreeMap, BTreeSet};

use super::TooLarge;
use crate::model::PatternNode;

/// The most comparisons of characters with classes, so that no pattern takes long.
const MAX_COMPARISONS: usize = 4_000_000;

/// Symbols, numbered from 0 in the order of their first characters.
pub(super) struct Alphabet {
    ranges: Vec<(u32, u32, usize)>,
    symbols: usize,
    classes: BTreeMap<Vec<(char, char)>, Vec<usize>>,
}

impl Alphabet {
    /// The alphabet of all classes of a tree.
    pub(super) fn of(node: &PatternNode) -> Result<Alphabet, TooLarge> {
        let mut classes = BTreeMap::new();
        collect(node, &mut classes);
        let mut cuts = BTreeSet::new();
        for &(first, last) in classes.keys().flatten() {
            cuts.insert(u32::from(first));
            cuts.insert(u32::from(last) + 1);
        }
        if cuts.len().saturating_mul(classes.len()) > MAX_COMPARISONS {
            return Err(TooLarge);
        }
        // Between two cuts, the characters belong to the same classes.
        let mut numbers: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        let mut ranges = Vec::new();
        for (&first, &end) in cuts.iter().zip(cuts.iter().skip(1)) {
            let members: Vec<usize> = classes
                .keys()
                .enumerate()
                .filter(|(_, ranges)| contains(ranges, first))
                .map(|(number, _)| number)
                .collect();
            if members.is_empty() {
                continue;
            }
            let next = numbers.len();
            let symbol = *numbers.entry(members).or_insert(next);
            ranges.push((first, end - 1, symbol));
        }
        for (members, &symbol) in &numbers {
            for (number, symbols) in classes.values_mut().enumerate() {
                if members.binary_search(&number).is_ok() {
                    symbols.push(symbol);
                }
            }
        }
        Ok(Alphabet {
            ranges,
            symbols: numbers.len(),
            classes,
        })
    }

    /// How many symbols there are.
    pub(super) fn symbols(&self) -> usize {
        self.symbols
    }

    /// Sorted, disjoint, inclusive ranges of code points and their symbols.
    pub(super) fn ranges(&self) -> &[(u32, u32, usize)] {
        &self.ranges
    }

    /// The symbols of a class of the tree.
    pub(super) fn of_class(&self, ranges: &[(char, char)]) -> &[usize] {
        self.classes.get(ranges).map_or(&[], Vec::as_slice)
    }
}

fn collect(node: &PatternNode, classes: &mut BTreeMap<Vec<(char, char)>, Vec<usize>>) {
    match node {
        PatternNode::Empty => {}
        PatternNode::Class(ranges) => {
            if !classes.contains_key(ranges) {
                classes.insert(ranges.clone(), Vec::new());
            }
        }
        PatternNode::Sequence(parts) | PatternNode::Alternatives(parts) => {
            for part in parts {
                collect(part, classes);
            }
        }
        PatternNode::Repeat { node, .. } => collect(node, classes),
    }
}

fn contains(ranges: &[(char, char)], character: u32) -> bool {
    let at = ranges.partition_point(|&(_, last)| u32::from(last) < character);
    ranges
        .get(at)
        .is_some_and(|&(first, _)| u32::from(first) <= character)
}
