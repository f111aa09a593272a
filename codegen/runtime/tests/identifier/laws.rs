//! What all identifiers keep, by chance over valid texts, over spoilt ones and over any text at all.

use std::fmt::Write;

use proptest::prelude::*;
use vitrina::identifier::*;
use vitrina::record::datum::Datum;
use vitrina::record::value::Value;
use vitrina::{Invalid, Lang};

use super::numbers::{Random, completed};

/// Valid texts of each identifier: `random` to a text as it is stored.
trait Sample: Identifier + Value {
    fn sample(random: &mut Random) -> String;
}

macro_rules! samples {
    ($($name:ty: $random:ident => $text:expr;)*) => {
        $(impl Sample for $name {
            fn sample($random: &mut Random) -> String {
                $text
            }
        })*

        /// Runs a function of one type parameter for every identifier.
        macro_rules! for_all {
            ($law:ident $arguments:tt) => {
                $($law::<$name> $arguments;)*
            };
        }
    };
}

/// The first way to complete one of so many digits with its check digits.
fn checked<I: Identifier>(
    random: &mut Random,
    starts: &[&str],
    digits: usize,
    check: usize,
) -> String {
    loop {
        let start = random.pick(starts);
        let number = format!("{start}{}", random.digits(digits - start.len()));
        if let Some(text) = completed::<I>(&number, check).into_iter().next() {
            return text;
        }
    }
}

const CYRILLIC: &str = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯЁЙЪЫЬ";
const HEX: &str = "0123456789abcdef";

fn series(random: &mut Random) -> String {
    let numerals = [
        "I", "II", "III", "IV", "V", "VIII", "IX", "XIV", "XL", "LXXXVIII", "XCIX",
    ];
    format!("{}-{}", random.pick(&numerals), random.text(2, CYRILLIC))
}

fn guid(random: &mut Random) -> String {
    let mut part = |many| random.text(many, HEX);
    format!(
        "{}-{}-{}-{}-{}",
        part(8),
        part(4),
        part(4),
        part(4),
        part(12)
    )
}

fn document(random: &mut Random) -> String {
    let mut text = random.text(1, "0aZЯё");
    for _ in 0..random.below(8) {
        text += random.pick(&["", "", " ", "-", ".", ",", "/", "\\"]);
        text += &random.text(1, "059xЖ");
    }
    text
}

fn registry(random: &mut Random, prefix: &str) -> String {
    if random.below(2) == 0 {
        let mut part = |many| random.digits(many);
        return format!("{prefix}-{}-{}/{}", part(5), part(2), part(8));
    }
    let words = ["74Л02", "0003456", "А", "№", "12/34", "от", "серия", "L-1"];
    let many = random.below(3);
    (0..many).fold(random.digits(3), |text, _| {
        format!("{text} {}", random.pick(&words)) + "1"
    })
}

samples! {
    Snils: random => checked::<Snils>(random, &["0", "1", "98"], 9, 2);
    Inn: random => match random.below(2) {
        0 => checked::<Inn>(random, &["77", "1"], 9, 1),
        _ => checked::<Inn>(random, &["77", "1"], 10, 2),
    };
    Ogrn: random => match random.below(2) {
        0 => checked::<Ogrn>(random, &["1", "5"], 12, 1),
        _ => checked::<Ogrn>(random, &["3"], 14, 1),
    };
    Okpo: random => {
        let digits = random.pick(&[7, 9]);
        checked::<Okpo>(random, &[""], digits, 1)
    };
    Okato: random => {
        let digits = random.pick(&[2, 5, 8, 11]);
        match random.below(2) {
            0 => random.digits(digits),
            _ => checked::<Okato>(random, &[""], digits, 1),
        }
    };
    Oktmo: random => {
        let digits = random.pick(&[2, 5, 8, 11]);
        random.digits(digits)
    };
    Kpp: random => {
        let reason = random.text(2, "0129AZOI");
        format!("{}{reason}{}", random.digits(4), random.digits(3))
    };
    Passport: random => format!("{} {}", random.digits(4), random.digits(6));
    BirthCertificate: random => format!("{} {}", series(random), random.digits(6));
    BirthCertificateSeries: random => series(random);
    ActRecordNumber: random => {
        let digits = 1 + random.below(21);
        random.digits(digits)
    };
    DocumentSeries: random => document(random);
    DocumentNumber: random => document(random);
    EsiaOid: random => {
        let digits = random.below(19);
        random.text(1, "123456789") + &random.digits(digits)
    };
    GarAddressGuid: random => guid(random);
    GarHouseGuid: random => guid(random);
    LicenceRegistryGuid: random => guid(random);
    LicenceNumber: random => registry(random, "Л035");
    AccreditationNumber: random => registry(random, "А007");
    ExtraCertificateNumber: random => random.digits(10);
    Email: random => {
        let (name, host) = (random.below(9), random.below(9));
        let name = random.text(1, "aЯz0") + &random.text(name, "ab.+-Яz0");
        let host = random.text(1, "cd5Ю") + &random.text(host, "cd-5Ю");
        let zone = random.pick(&["ru", "рф", "x1", "education", "a.b"]);
        format!("{name}@{host}.{zone}")
    };
    PostalCode: random => random.digits(6);
    AcademicYear: random => {
        let first = random.below(9999);
        format!("{first:04}/{:04}", first + 1)
    };
    ProgrammeCode: random => {
        let mut pair = || random.digits(2);
        format!("{}.{}.{}", pair(), pair(), pair())
    };
}

fn of_sample<I: Sample>(random: &mut Random) -> I {
    let text = I::sample(random);
    I::parse(&text).unwrap_or_else(|reason| panic!("{} {text:?}: {reason}", I::NAME))
}

/// All spellings lead back to one value.
fn spellings_come_back<I: Sample>(random: &mut Random) {
    for _ in 0..400 {
        let text = I::sample(random);
        let identifier: I = text
            .parse()
            .unwrap_or_else(|reason| panic!("{text:?}: {reason}"));
        assert_eq!(identifier.as_str(), text);
        assert_eq!(identifier.to_string(), text);
        assert_eq!(identifier.as_ref(), text);
        assert_eq!(I::normalise(&text), text, "{}", I::NAME);
        for typed in [identifier.human(), format!(" {}\u{a0}", identifier.human())] {
            assert_eq!(
                I::parse_typed(&typed).as_ref(),
                Ok(&identifier),
                "{} {typed:?}",
                I::NAME
            );
        }
        assert_eq!(identifier.datum(), Datum::Text(&text));
        assert_eq!(I::from_text(&text).as_ref(), Ok(&identifier));
    }
    assert_eq!(I::check(""), Err(Invalid::Empty), "{}", I::NAME);
    assert_eq!(I::wrong_type(), Invalid::NotText);
    assert_ne!(I::title(Lang::En), I::title(Lang::Ru));
}

fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Masks hide at least three fifths; `Debug` of what is personal shows the mask.
fn masks_hide<I: Sample>(random: &mut Random) {
    for _ in 0..400 {
        let identifier = of_sample::<I>(random);
        let (text, mask) = (identifier.as_str(), identifier.mask());
        let debug = format!("{identifier:?}");
        assert_eq!(debug.contains(&mask), identifier.is_personal(), "{debug}");
        assert_eq!(debug.contains(text), !identifier.is_personal(), "{debug}");
        for secret in [text, &identifier.human(), &letters_and_digits(text)] {
            assert!(!mask.contains(secret), "{} {mask}", I::NAME);
        }
        let shown = letters_and_digits(&mask);
        if I::NAME == "email" {
            // The zone and one character.
            assert!(shown.chars().count() <= 7, "{mask}");
            continue;
        }
        let all = letters_and_digits(text);
        assert!(all.ends_with(&shown), "{} {mask}", I::NAME);
        let (shown, all) = (shown.chars().count(), all.chars().count());
        assert!(shown <= 4 && shown * 5 <= all * 2, "{} {mask}", I::NAME);
        assert_eq!(mask.matches('*').count(), all - shown, "{} {mask}", I::NAME);
    }
}

/// Normalising twice is normalising once, what is valid stays what it is, and a reason never tells
/// the text.
fn any_text_is_survived<I: Identifier>(text: &str) {
    let normalised = I::normalise(text);
    assert_eq!(
        I::normalise(&normalised),
        normalised,
        "{} {text:?}",
        I::NAME
    );
    match I::parse(text) {
        Ok(identifier) => {
            assert_eq!(
                I::parse_typed(text).as_ref(),
                Ok(&identifier),
                "{} {text:?}",
                I::NAME
            );
            assert_eq!(I::parse(identifier.as_str()).as_ref(), Ok(&identifier));
            let _ = (identifier.human(), identifier.mask(), identifier.doubts());
        }
        Err(reason) => {
            let mut said = reason.message(Lang::Ru);
            write!(said, "{reason} {reason:?}").unwrap();
            let secret = text.chars().filter(char::is_ascii_digit).count() > 4;
            assert!(!(secret && said.contains(text)), "{said}");
        }
    }
    let _ = I::parse_typed(text);
}

/// Valid texts with characters put in, taken out and replaced.
fn spoilt_texts_are_survived<I: Sample>(random: &mut Random) {
    let nasty: Vec<char> = "0З1lIО№#-–— .,:/\\@|{}нНnXхЁё\u{ad}\u{200b}\u{feff}\u{a0}\t\n７十ßİ"
        .chars()
        .collect();
    for _ in 0..1000 {
        let identifier = of_sample::<I>(random);
        let mut text: Vec<char> = match random.below(2) {
            0 => identifier.as_str().chars().collect(),
            _ => identifier.human().chars().collect(),
        };
        for _ in 0..=random.below(3) {
            let place = random.below(text.len() + 1);
            let new = random.pick(&nasty);
            match (random.below(3), text.get_mut(place)) {
                (0, Some(old)) => *old = new,
                (1, Some(_)) => drop(text.remove(place)),
                _ => text.insert(place, new),
            }
        }
        if random.below(8) == 0 {
            text.splice(0..0, "серия номер № ".chars());
        }
        any_text_is_survived::<I>(&text.into_iter().collect::<String>());
    }
}

#[test]
fn spellings() {
    for_all!(spellings_come_back(&mut Random(1)));
}

#[test]
fn masks() {
    for_all!(masks_hide(&mut Random(2)));
}

#[test]
fn spoilt_texts() {
    for_all!(spoilt_texts_are_survived(&mut Random(3)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn arbitrary_texts(
        text in prop_oneof![
            "\\PC{0,24}",
            any::<String>(),
            "[0-9]{0,22}",
            "[0-9A-ZА-ЯЁа-яё№#.,:/@ –-]{0,24}",
            "((серия|сер\\.?|номер|no|N|№|[0-9]{1,6}|[IVXХУ1]{1,4}|[A-ZА-Я]{1,2})[ .:,-]{0,2}){1,6}",
        ],
    ) {
        for_all!(any_text_is_survived(&text));
    }
}

/// The mask of a СНИЛС leaves at least ninety thousand numbers: those whose seven hidden digits give
/// the sum that the visible ones ask for.
#[test]
fn a_masked_snils_is_one_of_many() {
    let mut ways = [0_u32; 101];
    ways[0] = 1;
    for weight in 3..=9 {
        let mut more = [0; 101];
        for (sum, count) in ways.into_iter().enumerate() {
            for digit in 0..10 {
                more[(sum + weight * digit) % 101] += count;
            }
        }
        ways = more;
    }
    assert_eq!(ways.into_iter().sum::<u32>(), 10_000_000);
    assert!(ways.into_iter().all(|count| count > 90_000));
    assert_eq!(
        Snils::parse("11223344595").unwrap().mask(),
        "***-***-*45 95"
    );
}

#[cfg(feature = "serde")]
#[test]
fn json_is_the_stored_text() {
    fn json<I: Sample + serde::Serialize + serde::de::DeserializeOwned>(random: &mut Random) {
        let identifier = of_sample::<I>(random);
        let text = serde_json::to_string(&identifier).unwrap();
        assert_eq!(text, serde_json::to_string(identifier.as_str()).unwrap());
        assert_eq!(serde_json::from_str::<I>(&text).unwrap(), identifier);
        assert!(serde_json::from_str::<I>("\"\"").is_err());
        assert!(serde_json::from_str::<I>("1").is_err());
    }
    for_all!(json(&mut Random(4)));
}
