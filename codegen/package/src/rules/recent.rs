//! What was said a moment ago, so that it need not be said again.

use super::key::hash;

const PLACES: usize = 1 << 12;
/// After so many, whoever hardly ever repeats himself is no longer listened to.
const TRIAL: u32 = 1 << 14;

/// Remembers strings of bytes, each until another takes its place.
#[derive(Debug)]
pub(super) struct Recent {
    places: Vec<Vec<u8>>,
    asked: u32,
    known: u32,
    is_off: bool,
}

impl Recent {
    pub(super) fn new() -> Recent {
        Recent {
            places: Vec::new(),
            asked: 0,
            known: 0,
            is_off: false,
        }
    }

    /// Whether the two parts were both given before, as far as it is remembered.
    pub(super) fn knows(&mut self, key: &[u8], rest: &[u8]) -> bool {
        if self.is_off {
            return false;
        }
        if self.places.is_empty() {
            self.places = vec![Vec::new(); PLACES];
        }
        self.asked += 1;
        if self.asked == TRIAL {
            self.is_off = self.known < TRIAL / 16;
            self.asked = 0;
            self.known = 0;
        }
        let at = (hash(key) ^ hash(rest).rotate_left(7)) as usize % PLACES;
        let Some(place) = self.places.get_mut(at) else {
            return false;
        };
        // The length of the key ends it; an empty place is that of no string.
        let len = (key.len() as u32).to_le_bytes();
        let is_known = place.len() == len.len() + key.len() + rest.len()
            && place.starts_with(&len)
            && place
                .get(len.len()..)
                .is_some_and(|both| both.starts_with(key) && both.ends_with(rest));
        if is_known {
            self.known += 1;
            return true;
        }
        place.clear();
        place.extend(len);
        place.extend_from_slice(key);
        place.extend_from_slice(rest);
        false
    }
}
