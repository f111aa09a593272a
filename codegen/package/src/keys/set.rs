//! A set of fingerprints: open addressing, at most half full.

/// Fingerprints that are spread already; 0, the default, is none of them.
#[derive(Debug, Default)]
pub(super) struct Table<T> {
    slots: Vec<T>,
    shift: u32,
}

impl<T: Copy + PartialEq + Default> Table<T> {
    /// Room for so many.
    pub(super) fn new(count: u64) -> Table<T> {
        let mut table = Table {
            slots: Vec::new(),
            shift: 0,
        };
        table.reset(count);
        table
    }

    /// How many slots so many take.
    pub(super) fn slots_of(count: u64) -> u64 {
        count
            .saturating_mul(2)
            .clamp(16, 1 << 62)
            .next_power_of_two()
    }

    /// Empties it and makes room for so many.
    pub(super) fn reset(&mut self, count: u64) {
        let slots = Self::slots_of(count);
        self.shift = slots.leading_zeros() + 1;
        self.slots.clear();
        self.slots.resize(slots as usize, T::default());
    }

    /// Adds one; false if it was there. `hash` is spread over all its highest bits.
    #[inline]
    pub(super) fn insert(&mut self, hash: u64, value: T) -> bool {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        // At most half full: an empty slot comes.
        while let Some(slot) = self.slots.get_mut(at & mask) {
            if *slot == T::default() {
                *slot = value;
                return true;
            }
            if *slot == value {
                return false;
            }
            at += 1;
        }
        true
    }

    /// Whether it is there.
    #[inline]
    pub(super) fn contains(&self, hash: u64, value: T) -> bool {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        while let Some(slot) = self.slots.get(at & mask) {
            if *slot == value {
                return true;
            }
            if *slot == T::default() {
                return false;
            }
            at += 1;
        }
        false
    }

    /// Whether it is in the very slot where it belongs, as most are: one read, no branch, so that a
    /// processor can wait for many at once.
    #[inline]
    pub(super) fn is_first(&self, hash: u64, value: T) -> bool {
        let at = (hash >> self.shift) as usize;
        self.slots.get(at).is_some_and(|slot| *slot == value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_found_and_nothing_else() {
        let mut table = Table::new(1000);
        let spread = |number: u64| number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for number in 1..=1000 {
            assert!(table.insert(spread(number), number));
            assert!(!table.insert(spread(number), number));
        }
        assert!((1..=1000).all(|number| table.contains(spread(number), number)));
        assert!(!(1001..9000).any(|number| table.contains(spread(number), number)));
        assert!(!(1001..9000).any(|number| table.is_first(spread(number), number)));
        // All in one place, over the end.
        table.reset(20);
        for number in 1..=20 {
            assert!(table.insert(u64::MAX, number));
        }
        assert!((1..=20).all(|number| table.contains(u64::MAX, number)));
        assert!(!table.contains(u64::MAX, 21));
    }
}
