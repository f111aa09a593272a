//! Closed lists: codes looked up without hashing where they are short, as most are.

use std::collections::BTreeSet;

use vitrina_codegen::model::Classifier;

/// The codes of a closed list.
#[derive(Debug)]
pub(super) struct List {
    /// Codes of at most seven bytes as numbers, sorted.
    short: Vec<u64>,
    /// The others.
    long: BTreeSet<Box<str>>,
}

impl List {
    pub(super) fn of(list: &Classifier) -> List {
        List::of_codes(list.values.iter().map(|value| value.code.as_str()))
    }

    fn of_codes<'c>(codes: impl Iterator<Item = &'c str>) -> List {
        let mut list = List {
            short: Vec::new(),
            long: BTreeSet::new(),
        };
        for code in codes {
            match short(code) {
                Some(number) => list.short.push(number),
                None => {
                    list.long.insert(code.into());
                }
            }
        }
        list.short.sort_unstable();
        list.short.dedup();
        list
    }

    #[inline]
    pub(super) fn holds(&self, code: &str) -> bool {
        match short(code) {
            // Some twenty comparisons in a row are done before a search by halves has begun.
            Some(number) if self.short.len() <= 24 => self
                .short
                .iter()
                .fold(false, |found, known| found | (*known == number)),
            Some(number) => self.short.binary_search(&number).is_ok(),
            None => self.long.contains(code),
        }
    }
}

/// A code of at most seven bytes as a number; its length is the last byte.
#[inline]
fn short(code: &str) -> Option<u64> {
    let bytes = code.as_bytes();
    if bytes.len() > 7 {
        return None;
    }
    let number = bytes
        .iter()
        .rev()
        .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    Some(number | (bytes.len() as u64) << 56)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_and_nothing_else() {
        let codes: Vec<String> = (0..300)
            .map(|number| number.to_string().repeat(1 + number % 4))
            .chain([
                "й".into(),
                "a\0".into(),
                "seven77".into(),
                "eight888".into(),
            ])
            .collect();
        for count in [0, 3, codes.len()] {
            let list = List::of_codes(codes.iter().take(count).map(String::as_str));
            for (at, code) in codes.iter().enumerate() {
                let first = codes.iter().position(|known| known == code);
                assert_eq!(list.holds(code), first < Some(count), "{at} {code:?}");
            }
            for code in ["", "a", "01", "seven7", "eight88", "eight8888", "Й"] {
                assert!(!list.holds(code), "{code:?}");
            }
        }
    }
}
