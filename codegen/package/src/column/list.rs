//! Closed lists: codes looked up without hashing where they are short, as most are.

use std::collections::BTreeSet;

use vitrina_codegen::model::Classifier;

/// The codes of a closed list.
#[derive(Debug)]
pub(super) struct List {
    /// Codes of at most seven bytes as numbers, sorted.
    short: Vec<u64>,
    /// Those of at most fifteen.
    middle: Vec<u128>,
    /// The others.
    long: BTreeSet<Box<str>>,
}

/// Some twenty comparisons in a row are done before a search by halves has begun.
const IN_A_ROW: usize = 24;

impl List {
    pub(super) fn of(list: &Classifier) -> List {
        List::of_codes(list.values.iter().map(|value| value.code.as_str()))
    }

    fn of_codes<'c>(codes: impl Iterator<Item = &'c str>) -> List {
        let mut list = List {
            short: Vec::new(),
            middle: Vec::new(),
            long: BTreeSet::new(),
        };
        for code in codes {
            match (code.len(), number(code, None)) {
                (0..8, number) => list.short.push(narrow(number, code.len())),
                (8..16, number) => list.middle.push(number),
                _ => {
                    list.long.insert(code.into());
                }
            }
        }
        list.short.sort_unstable();
        list.short.dedup();
        list.middle.sort_unstable();
        list.middle.dedup();
        list
    }

    /// Whether a code is among them; `block` is what stands from its beginning on.
    #[inline(always)]
    pub(super) fn holds(&self, code: &str, block: Option<&[u8; 32]>) -> bool {
        match code.len() {
            0..8 => is_among(&self.short, narrow(number(code, block), code.len())),
            8..16 => is_among(&self.middle, number(code, block)),
            _ => self.long.contains(code),
        }
    }
}

#[inline(always)]
fn is_among<T: Copy + Ord>(known: &[T], number: T) -> bool {
    match known.len() <= IN_A_ROW {
        true => known
            .iter()
            .fold(false, |found, known| found | (*known == number)),
        false => known.binary_search(&number).is_ok(),
    }
}

/// A code of at most fifteen bytes as a number; its length is the last byte. Longer ones come cut.
#[inline(always)]
fn number(code: &str, block: Option<&[u8; 32]>) -> u128 {
    let length = code.len().min(15);
    let bytes = match block.and_then(|block| block.first_chunk()) {
        Some(bytes) => u128::from_le_bytes(*bytes) & ((1 << (8 * length)) - 1),
        None => code
            .bytes()
            .take(length)
            .rev()
            .fold(0, |number, byte| number << 8 | u128::from(byte)),
    };
    bytes | (length as u128) << 120
}

/// The number of a code of at most seven bytes, its length moved to the last byte of eight.
#[inline(always)]
fn narrow(number: u128, length: usize) -> u64 {
    number as u64 | (length as u64) << 56
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A code with what stands behind it in a line.
    fn block(code: &str) -> [u8; 32] {
        let mut block = [b'7'; 32];
        for (to, from) in block.iter_mut().zip(code.bytes().chain(*b"\";\"")) {
            *to = from;
        }
        block
    }

    #[test]
    fn codes_are_found_and_nothing_else() {
        let codes: Vec<String> = (0..300)
            .map(|number| number.to_string().repeat(1 + number % 4))
            .chain([
                "й".into(),
                "a\0".into(),
                "seven77".into(),
                "eight888".into(),
                "exactly fifteen".into(),
                "sixteen behind it".into(),
            ])
            .collect();
        for count in [0, 3, codes.len()] {
            let list = List::of_codes(codes.iter().take(count).map(String::as_str));
            for (at, code) in codes.iter().enumerate() {
                let first = codes.iter().position(|known| known == code);
                let is_held = first < Some(count);
                for block in [None, Some(block(code)).as_ref()] {
                    assert_eq!(list.holds(code, block), is_held, "{at} {code:?}");
                }
            }
            for code in [
                "",
                "a",
                "01",
                "seven7",
                "eight88",
                "eight8888",
                "Й",
                "exactly fiftee",
            ] {
                assert!(!list.holds(code, None), "{code:?}");
                assert!(!list.holds(code, Some(&block(code))), "{code:?}");
            }
        }
    }
}
