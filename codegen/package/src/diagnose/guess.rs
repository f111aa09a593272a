//! Which encoding a text is in, by its bytes.

use std::sync::LazyLock;

use crate::read::encoding::Encoding;

/// Letters that are counted at most: more make nobody surer.
const ENOUGH: usize = 4000;

/// Fewer bytes that are not UTF-8 are no evidence of another encoding.
const FEW: usize = 5;

/// Share of each small letter in Russian text, in thousandths of a percent; of the order of the alphabet.
const SHARES: [(char, u32); 33] = [
    ('а', 8010),
    ('б', 1590),
    ('в', 4540),
    ('г', 1700),
    ('д', 2980),
    ('е', 8450),
    ('ё', 40),
    ('ж', 940),
    ('з', 1650),
    ('и', 7350),
    ('й', 1210),
    ('к', 3490),
    ('л', 4400),
    ('м', 3210),
    ('н', 6700),
    ('о', 10970),
    ('п', 2810),
    ('р', 4730),
    ('с', 5470),
    ('т', 6260),
    ('у', 2620),
    ('ф', 260),
    ('х', 970),
    ('ц', 480),
    ('ч', 1440),
    ('ш', 730),
    ('щ', 360),
    ('ъ', 40),
    ('ы', 1900),
    ('ь', 1740),
    ('э', 320),
    ('ю', 640),
    ('я', 2010),
];

/// Signs that stand in Russian text beside letters.
const SIGNS: &str = "№«»—–…„“”’·°\u{a0}";

/// What bytes of one encoding say for a text: logarithms of likelihood, by byte from 0x80 on.
struct Likelihood {
    encoding: Encoding,
    logarithms: [f64; 128],
    cases: [Case; 128],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Small,
    Capital,
    Other,
}

static LIKELIHOODS: LazyLock<Vec<Likelihood>> = LazyLock::new(|| {
    let of = |encoding: Encoding| {
        let mut likelihood = Likelihood {
            encoding,
            logarithms: [f64::ln(1e-7); 128],
            cases: [Case::Other; 128],
        };
        let upper = encoding.upper_half().unwrap_or_default();
        let places = likelihood.logarithms.iter_mut().zip(&mut likelihood.cases);
        for ((logarithm, case), character) in places.zip(upper) {
            let small = character.to_lowercase().next().unwrap_or(character);
            let share = SHARES.iter().find(|(letter, _)| *letter == small);
            *logarithm = match share {
                Some((_, share)) => {
                    let is_small = small == character;
                    *case = if is_small { Case::Small } else { Case::Capital };
                    // One letter in some eight is a capital in names and headings.
                    let weight = if is_small { 0.88 } else { 0.12 };
                    f64::ln(f64::from(*share) / 100_000.0 * weight)
                }
                None if SIGNS.contains(character) => f64::ln(1e-3),
                None => *logarithm,
            };
        }
        likelihood
    };
    Encoding::EIGHT_BIT.map(of).into()
});

/// What a file without a byte order mark is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    /// UTF-8, or at least more of it than of anything else.
    Utf8,
    /// One byte a letter; how sure, in percent, 99 at most.
    Cyrillic(Encoding, u8),
    /// No text.
    Binary,
}

/// UTF-16, by its byte order mark or by the zeros beside Latin letters; the length of the mark.
pub(super) fn utf_16(head: &[u8]) -> Option<(Encoding, usize)> {
    if head.starts_with(b"\xff\xfe") {
        return Some((Encoding::Utf16Le, 2));
    }
    if head.starts_with(b"\xfe\xff") {
        return Some((Encoding::Utf16Be, 2));
    }
    // Header, quotes, digits are of the Latin half: most second bytes are zero, and none of the others is.
    let pairs: Vec<&[u8]> = head.chunks_exact(2).take(64).collect();
    let zeros = |place: usize| pairs.iter().filter(|pair| pair[place] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let is_most = |zeros: usize| pairs.len() >= 2 && zeros * 10 >= pairs.len() * 6;
    if is_most(second) && first == 0 {
        Some((Encoding::Utf16Le, 0))
    } else if is_most(first) && second == 0 {
        Some((Encoding::Utf16Be, 0))
    } else {
        None
    }
}

/// UTF-8, or which of the encodings with one byte a letter.
pub(super) fn eight_bit(head: &[u8]) -> Guess {
    let (mut good, mut far, mut bad) = (0, 0, 0);
    for chunk in head.utf8_chunks() {
        for character in chunk.valid().chars().filter(|one| !one.is_ascii()) {
            // Letters of CP866 may look like one of a far script.
            match character {
                '\u{80}'..='\u{52f}' | '\u{2000}'..='\u{206f}' | '№' => good += 1,
                _ => far += character.len_utf8(),
            }
        }
        bad += chunk.invalid().len();
    }
    // Some bytes of another encoding among letters of UTF-8, or very few of them, are broken lines, not
    // another encoding.
    if bad == 0 || bad + far <= good || bad + far < FEW {
        return Guess::Utf8;
    }
    let mut best = (f64::NEG_INFINITY, Encoding::Windows1251);
    let mut scores = Vec::new();
    let mut count = 0;
    for likelihood in LIKELIHOODS.iter() {
        let (score, seen) = likelihood.score(head);
        count = seen;
        scores.push(score);
        if score > best.0 {
            best = (score, likelihood.encoding);
        }
    }
    // Binary data holds all bytes alike: far less likely than the rarest text.
    if best.0 / (count.max(1) as f64) < -7.5 {
        return Guess::Binary;
    }
    let others: f64 = scores.iter().map(|score| f64::exp(score - best.0)).sum();
    let percent = (100.0 / others).floor();
    Guess::Cyrillic(best.1, percent.clamp(0.0, 99.0) as u8)
}

impl Likelihood {
    /// How likely the bytes are, as a logarithm, and how many were counted.
    fn score(&self, text: &[u8]) -> (f64, usize) {
        let mut sum = 0.0;
        let mut count = 0;
        let mut before = Case::Other;
        for byte in text {
            let Some(place) = byte.checked_sub(0x80).map(usize::from) else {
                before = Case::Other;
                continue;
            };
            if count == ENOUGH {
                break;
            }
            let case = self.cases.get(place).copied().unwrap_or(Case::Other);
            sum += self.logarithms.get(place).copied().unwrap_or_default();
            sum += match (before, case) {
                // A capital within a word, behind a small letter.
                (Case::Small, Case::Capital) => -5.0,
                // Words of capitals: seldom, but then every letter is one.
                (Case::Capital, Case::Capital) => 1.5,
                _ => 0.0,
            };
            before = case;
            count += 1;
        }
        (sum, count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text in an encoding; none if that lacks a character.
    fn encode(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
        let upper = encoding.upper_half().unwrap();
        let byte = |character: char| match u8::try_from(u32::from(character)) {
            Ok(byte) if byte < 0x80 => Some(byte),
            _ => Some(0x80 + upper.iter().position(|one| *one == character)? as u8),
        };
        text.chars().map(byte).collect()
    }

    #[test]
    fn russian_is_told_by_its_letters() {
        for text in [
            "id;name\n\"1\";\"Иванова Мария Петровна\"\n\"2\";\"Средняя школа № 5\"\n",
            "\"ИВАНОВ ПЁТР СЕРГЕЕВИЧ\"",
            "\"МУНИЦИПАЛЬНОЕ БЮДЖЕТНОЕ УЧРЕЖДЕНИЕ\";\"г. Тула, ул. Мира\"",
            "Контрольная работа по теме «Квадратные уравнения»",
            "\"математика\"",
        ] {
            for encoding in Encoding::EIGHT_BIT {
                if let Some(bytes) = encode(text, encoding) {
                    let guess = eight_bit(&bytes);
                    let Guess::Cyrillic(found, confidence) = guess else {
                        panic!("{text} in {}: {guess:?}", encoding.name());
                    };
                    assert_eq!(found, encoding, "{text}");
                    assert!(
                        confidence >= 90,
                        "{text} in {}: {confidence}",
                        encoding.name()
                    );
                }
            }
            assert_eq!(eight_bit(text.as_bytes()), Guess::Utf8);
            // The head may end within a letter.
            assert_eq!(eight_bit(&"ш".repeat(9).as_bytes()[..15]), Guess::Utf8);
        }
    }

    #[test]
    fn some_broken_lines_are_no_encoding() {
        let mut bytes = "Иванов\nПетрова\nСидоров\n".as_bytes().to_vec();
        bytes.extend(encode("Кузнецов\n", Encoding::Windows1251).unwrap());
        assert_eq!(eight_bit(&bytes), Guess::Utf8);
    }

    #[test]
    fn random_bytes_are_no_text() {
        let mut state = 1_u64;
        let bytes: Vec<u8> = std::iter::repeat_with(|| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 56) as u8
        })
        .take(5000)
        .collect();
        assert_eq!(eight_bit(&bytes), Guess::Binary);
        assert_eq!(utf_16(&bytes), None);
    }

    #[test]
    fn zeros_beside_latin_letters_are_utf_16() {
        let text = "id;name\n\"1\";\"Анна\"\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(utf_16(&little[..18]), Some((Encoding::Utf16Le, 0)));
        assert_eq!(utf_16(&big[..18]), Some((Encoding::Utf16Be, 0)));
        assert_eq!(utf_16(text.as_bytes()), None);
        assert_eq!(utf_16(&[0; 40]), None);
    }
}
