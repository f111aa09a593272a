//! What is counted by fingerprint, in memory that is bounded by the number of different ones: a partition
//! that has too many is gone through several times, each time for a part of them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::io;

use super::entry::{BITS, Entries, Entry};
use crate::store::Store;

/// Counts by fingerprint.
pub(super) type Counts<K, V> = HashMap<K, V, BuildHasherDefault<Spread>>;

/// Different fingerprints that are counted in any case.
const FREE: usize = 4096;
/// Beyond so many bits, which no fingerprints of a package share, nothing is divided.
const DEEPEST: u32 = 40;

/// Some of the fingerprints of a partition: those whose bits behind its own are these.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pass {
    bits: u32,
    value: u64,
}

impl Pass {
    /// All of them.
    pub(super) const ALL: Pass = Pass { bits: 0, value: 0 };

    /// Some of `1 << bits` parts.
    pub(super) fn parts(bits: u32) -> impl Iterator<Item = Pass> {
        (0..1 << bits).map(move |value| Pass { bits, value })
    }

    /// Whether a fingerprint is of this part.
    #[inline]
    pub(super) fn has(self, high: u64) -> bool {
        field(high, BITS, self.bits) == self.value
    }
}

/// Some bits of a fingerprint, behind the first `skip`.
#[inline]
pub(super) fn field(high: u64, skip: u32, bits: u32) -> u64 {
    match bits {
        0 => 0,
        _ => high << skip >> (u64::BITS - bits),
    }
}

/// Counts the entries of a partition by `key`, and hands over what was counted, part by part.
pub(super) fn count<E, K, V>(
    store: &Store,
    entries: &Entries<E>,
    partition: usize,
    key: impl Fn(E) -> K,
    add: impl Fn(&mut V, E),
    mut done: impl FnMut(Pass, &Counts<K, V>) -> io::Result<()>,
) -> io::Result<()>
where
    E: Entry,
    K: Hash + Eq,
    V: Default,
{
    // An entry of a map, its mark, and the room that a map keeps while it grows.
    let each = 3 * (size_of::<(K, V)>() as u64 + 1);
    let mut passes = vec![Pass::ALL];
    while let Some(pass) = passes.pop() {
        let mut reserved = store.budget().reserve(0);
        let mut counts = Counts::<K, V>::default();
        let mut is_full = false;
        entries.for_each(partition, |entry| {
            if is_full || !pass.has(entry.high()) {
                return;
            }
            if counts.len() == counts.capacity() && counts.len() >= FREE && pass.bits < DEEPEST {
                let more = each * counts.len() as u64;
                if !reserved.as_mut().is_some_and(|known| known.grow(more)) {
                    is_full = !counts.contains_key(&key(entry));
                    if is_full {
                        return;
                    }
                }
            }
            add(counts.entry(key(entry)).or_default(), entry);
        })?;
        if !is_full {
            done(pass, &counts)?;
            continue;
        }
        passes.extend((0..4).map(|part| Pass {
            bits: pass.bits + 2,
            value: pass.value << 2 | part,
        }));
    }
    Ok(())
}

/// The hash of a fingerprint: some of its own bits.
#[derive(Debug, Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        // Those of one partition share the highest bits, by which maps tell entries apart.
        self.0 = number.rotate_left(32);
    }

    fn write_u128(&mut self, number: u128) {
        self.0 = number as u64;
    }
}
