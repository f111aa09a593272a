//! Encodings of text, and how to make UTF-8 of them.

use memchr::{memchr, memrchr};

/// An encoding that files are found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// What files have to be in.
    Utf8,
    /// Windows-1251.
    Windows1251,
    /// KOI8-R.
    Koi8R,
    /// CP866, of DOS.
    Cp866,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
}

const WINDOWS_1251: &str = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{98}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї\
    АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя";
const KOI8_R: &str = "─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\u{a0}⌡°²·÷═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©\
    юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ";
const CP866: &str = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
    рстуфхцчшщъыьэюяЁёЄєЇїЎў°∙·√№¤■\u{a0}";

impl Encoding {
    /// The encodings of one byte a character, in the order in which a guess that is even falls.
    pub const EIGHT_BIT: [Encoding; 3] = [Encoding::Windows1251, Encoding::Koi8R, Encoding::Cp866];

    /// The name as people and `iconv` know it.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Windows1251 => "Windows-1251",
            Encoding::Koi8R => "KOI8-R",
            Encoding::Cp866 => "CP866",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
        }
    }

    /// Bytes of the smallest unit of a character.
    pub fn unit(self) -> usize {
        match self {
            Encoding::Utf16Le | Encoding::Utf16Be => 2,
            _ => 1,
        }
    }

    /// What the bytes from 0x80 on mean, of an encoding of one byte a character.
    pub(crate) fn upper_half(self) -> Option<Vec<char>> {
        let characters = match self {
            Encoding::Windows1251 => WINDOWS_1251,
            Encoding::Koi8R => KOI8_R,
            Encoding::Cp866 => CP866,
            _ => return None,
        };
        Some(characters.chars().collect())
    }

    /// The text in UTF-8. What is no character becomes a byte that is not UTF-8 either, so that it is
    /// found as such.
    pub fn to_utf8(self, bytes: &[u8]) -> Vec<u8> {
        const NONE: u8 = 0xff;
        let mut text = Vec::with_capacity(bytes.len() * 2);
        let mut put = |character: char| {
            let mut buffer = [0; 4];
            text.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
        };
        if let Some(upper) = self.upper_half() {
            for byte in bytes {
                match byte.checked_sub(0x80) {
                    None => put(char::from(*byte)),
                    Some(place) => put(*upper.get(usize::from(place)).unwrap_or(&'\u{fffd}')),
                }
            }
            return text;
        }
        if self == Encoding::Utf8 {
            return bytes.to_vec();
        }
        let pairs = bytes.chunks_exact(2);
        let is_odd = !pairs.remainder().is_empty();
        let units = pairs.map(|pair| match self {
            Encoding::Utf16Be => u16::from_be_bytes([pair[0], pair[1]]),
            _ => u16::from_le_bytes([pair[0], pair[1]]),
        });
        for character in char::decode_utf16(units) {
            match character {
                Ok(character) => {
                    let mut buffer = [0; 4];
                    text.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
                }
                Err(_) => text.push(NONE),
            }
        }
        if is_odd {
            text.push(NONE);
        }
        text
    }

    /// Where the last line ends: behind its line feed. The first `searched` bytes hold none.
    pub(crate) fn last_line_end(self, bytes: &[u8], searched: usize) -> Option<usize> {
        if self.unit() == 1 {
            let fresh = bytes.get(searched..)?;
            return memrchr(b'\n', fresh).map(|at| searched + at + 1);
        }
        let pairs = bytes.chunks_exact(2);
        let last = pairs.rev().position(|pair| self.is_line_feed(pair))?;
        Some((bytes.len() / 2 - last) * 2)
    }

    /// Where the first line ends: behind its line feed.
    pub(crate) fn first_line_end(self, bytes: &[u8]) -> Option<usize> {
        if self.unit() == 1 {
            return memchr(b'\n', bytes).map(|at| at + 1);
        }
        let mut pairs = bytes.chunks_exact(2);
        Some((pairs.position(|pair| self.is_line_feed(pair))? + 1) * 2)
    }

    /// How many lines these are, the last one's line feed missing or not.
    pub(crate) fn count_lines(self, bytes: &[u8]) -> u64 {
        if self.unit() == 1 {
            let feeds = memchr::memchr_iter(b'\n', bytes).count() as u64;
            let is_open = bytes.last().is_some_and(|byte| *byte != b'\n');
            return feeds + u64::from(is_open);
        }
        let pairs = bytes.chunks_exact(2);
        let feeds = pairs.filter(|pair| self.is_line_feed(pair)).count() as u64;
        let last = self.last_line_end(bytes, 0);
        feeds + u64::from(!bytes.is_empty() && last != Some(bytes.len()))
    }

    fn is_line_feed(self, pair: &[u8]) -> bool {
        match self {
            Encoding::Utf16Be => pair == [0, b'\n'],
            _ => pair == [b'\n', 0],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_one_character() {
        for encoding in Encoding::EIGHT_BIT {
            let upper = encoding.upper_half().unwrap();
            assert_eq!(upper.len(), 128, "{}", encoding.name());
            let mut sorted = upper.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), 128, "{}", encoding.name());
        }
        let word = "Ёлка";
        for (encoding, bytes) in [
            (Encoding::Windows1251, [0xa8, 0xeb, 0xea, 0xe0]),
            (Encoding::Koi8R, [0xb3, 0xcc, 0xcb, 0xc1]),
            (Encoding::Cp866, [0xf0, 0xab, 0xaa, 0xa0]),
        ] {
            assert_eq!(encoding.to_utf8(&bytes), word.as_bytes());
        }
    }

    #[test]
    fn line_feeds_of_two_bytes_are_found_where_characters_begin() {
        // U+0A00 and U+000A hold the same bytes.
        let units = [0x0a00, 0x0041, 0x000a, 0x0a0a, 0x010a];
        let little: Vec<u8> = units
            .iter()
            .flat_map(|unit: &u16| unit.to_le_bytes())
            .collect();
        let big: Vec<u8> = units
            .iter()
            .flat_map(|unit: &u16| unit.to_be_bytes())
            .collect();
        for (encoding, bytes) in [(Encoding::Utf16Le, little), (Encoding::Utf16Be, big)] {
            assert_eq!(encoding.last_line_end(&bytes, 0), Some(6));
            assert_eq!(encoding.first_line_end(&bytes), Some(6));
            assert_eq!(encoding.count_lines(&bytes), 2);
            assert_eq!(
                encoding.to_utf8(&bytes),
                "\u{a00}A\n\u{a0a}\u{10a}".as_bytes()
            );
        }
        // Half a pair, and half a character, are no UTF-8.
        assert_eq!(
            Encoding::Utf16Le.to_utf8(&[0x41, 0, 0x00, 0xd8, 0x42]),
            [0x41, 0xff, 0xff]
        );
    }
}
