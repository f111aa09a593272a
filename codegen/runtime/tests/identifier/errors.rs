//! What check digits catch: every wrong digit in every place, and every swap of neighbours, of many
//! valid numbers, against what the documentation of each algorithm promises.

use vitrina::identifier::{Identifier, Inn, Ogrn, Okato, Okpo, Snils};

use super::numbers::{Random, completed, remainder, values};

/// Valid numbers of each sort to spoil.
const MANY: usize = 1200;

/// A valid number and what a slip made of it.
struct Slip<'a> {
    right: &'a str,
    wrong: String,
    /// The place of the wrong digit, or of the first of two swapped ones.
    place: usize,
    /// By how much the digit there has changed.
    by: u64,
}

/// Every wrong digit in every place.
fn wrong_digits(right: &str) -> Vec<Slip<'_>> {
    let mut slips = Vec::new();
    for (place, digit) in values(right).into_iter().enumerate() {
        for other in (0..10).filter(|other| *other != digit) {
            let (head, tail) = (&right[..place], &right[place + 1..]);
            slips.push(Slip {
                right,
                wrong: format!("{head}{other}{tail}"),
                place,
                by: digit.abs_diff(other),
            });
        }
    }
    slips
}

/// Every swap of two different neighbours.
fn swaps(right: &str) -> Vec<Slip<'_>> {
    let mut slips = Vec::new();
    for (place, pair) in values(right).windows(2).enumerate() {
        if pair[0] != pair[1] {
            let (head, tail) = (&right[..place], &right[place + 2..]);
            slips.push(Slip {
                right,
                wrong: format!("{head}{}{}{tail}", pair[1], pair[0]),
                place,
                by: pair[0].abs_diff(pair[1]),
            });
        }
    }
    slips
}

/// Many valid numbers that begin with one of `starts`, of a length without its check digits.
fn valid<I: Identifier>(starts: &[&str], length: usize, check_digits: usize) -> Vec<String> {
    let mut random = Random(length as u64);
    let mut numbers = Vec::new();
    while numbers.len() < MANY {
        let start = random.pick(starts);
        let number = format!("{start}{}", random.digits(length - start.len()));
        numbers.extend(completed::<I>(&number, check_digits));
    }
    numbers
}

/// The slips that pass the check.
fn passing<'a, I: Identifier>(
    numbers: &'a [String],
    slips: impl Fn(&'a str) -> Vec<Slip<'a>>,
) -> Vec<Slip<'a>> {
    let slips = numbers.iter().flat_map(|number| slips(number));
    slips.filter(|slip| I::check(&slip.wrong).is_ok()).collect()
}

/// Whether the remainders of both numbers are the two given ones, in either order.
fn are(slip: &Slip<'_>, of: impl Fn(&str) -> u64, pair: (u64, u64)) -> bool {
    let found = (of(slip.right), of(&slip.wrong));
    found == pair || found == (pair.1, pair.0)
}

/// Whether either number has this remainder.
fn either(slip: &Slip<'_>, of: impl Fn(&str) -> u64, remainder: u64) -> bool {
    of(slip.right) == remainder || of(&slip.wrong) == remainder
}

/// A wrong digit passes exactly where `excepted` says so, and it does say so somewhere.
fn excepted_alone<I: Identifier>(numbers: &[String], excepted: impl Fn(&Slip<'_>) -> bool) {
    let mut exceptions = 0;
    for slip in numbers.iter().flat_map(|number| wrong_digits(number)) {
        let passes = I::check(&slip.wrong).is_ok();
        assert_eq!(passes, excepted(&slip), "{} {}", slip.right, slip.wrong);
        exceptions += usize::from(passes);
    }
    assert!(exceptions > 0);
}

#[test]
fn snils() {
    let sum = |text: &str| remainder(text, &[9, 8, 7, 6, 5, 4, 3, 2, 1], 101);
    let unchecked = |text: &str| text[..9].parse::<u32>().unwrap() <= 1_001_998;
    let zeros = |slip: &Slip<'_>| {
        are(slip, sum, (0, 100)) && slip.right.ends_with("00") && slip.wrong.ends_with("00")
    };
    let mut numbers = valid::<Snils>(&["01", "1", "5", "98"], 9, 2);
    // One digit away from the numbers without check digits.
    numbers.extend(valid::<Snils>(&["101000", "001002"], 9, 2));
    numbers.retain(|number| !unchecked(number));

    excepted_alone::<Snils>(&numbers, |slip| unchecked(&slip.wrong) || zeros(slip));
    let mut by_zeros = 0;
    for slip in passing::<Snils>(&numbers, wrong_digits) {
        if !unchecked(&slip.wrong) {
            assert_eq!(
                (slip.place, slip.by),
                (8, 1),
                "{} {}",
                slip.right,
                slip.wrong
            );
            by_zeros += 1;
        }
    }
    assert!(by_zeros > 0);
    for slip in passing::<Snils>(&numbers, swaps) {
        let excepted = unchecked(&slip.wrong) || (zeros(&slip) && slip.by == 1);
        assert!(excepted, "{} {}", slip.right, slip.wrong);
    }
}

#[test]
fn inn_of_legal_entities() {
    let sum = |text: &str| remainder(text, &[2, 4, 10, 3, 5, 9, 4, 6, 8], 11);
    let numbers = valid::<Inn>(&["77", "74", "01", "1", "99"], 9, 1);
    excepted_alone::<Inn>(&numbers, |slip| {
        slip.place < 9 && are(slip, sum, (0, 10)) && !slip.wrong.starts_with("00")
    });
    let mut places: Vec<(&str, usize)> = Vec::new();
    for slip in passing::<Inn>(&numbers, wrong_digits) {
        assert!(slip.right.ends_with('0'));
        // At most one wrong digit in a place.
        assert_ne!(places.last(), Some(&(slip.right, slip.place)));
        places.push((slip.right, slip.place));
    }
    for slip in passing::<Inn>(&numbers, swaps) {
        assert!(either(&slip, sum, 10), "{} {}", slip.right, slip.wrong);
    }
}

#[test]
fn inn_of_persons() {
    let first = |text: &str| remainder(text, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8], 11);
    let second = |text: &str| remainder(text, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8], 11);
    let numbers = valid::<Inn>(&["77", "74", "01", "1", "99"], 10, 2);
    assert!(passing::<Inn>(&numbers, wrong_digits).is_empty());
    let swapped = passing::<Inn>(&numbers, swaps);
    let all: usize = numbers.iter().map(|number| swaps(number).len()).sum();
    assert!(swapped.len() * 1000 < all);
    for slip in swapped {
        let excepted = either(&slip, first, 10) || either(&slip, second, 10);
        assert!(excepted, "{} {}", slip.right, slip.wrong);
    }
}

/// The number before the check digit.
fn number_before(text: &str) -> u64 {
    text[..text.len() - 1].parse().unwrap()
}

#[test]
fn ogrn_of_legal_entities() {
    let modulo = |text: &str| number_before(text) % 11;
    let numbers = valid::<Ogrn>(&["1", "5"], 12, 1);
    excepted_alone::<Ogrn>(&numbers, |slip| {
        slip.place < 12 && slip.wrong.starts_with(['1', '5']) && are(slip, modulo, (0, 10))
    });
    for slip in passing::<Ogrn>(&numbers, wrong_digits) {
        assert!(slip.by == 1 && slip.right.ends_with('0'));
    }
    let swapped = passing::<Ogrn>(&numbers, swaps);
    assert!(!swapped.is_empty());
    for slip in swapped {
        assert!(either(&slip, modulo, 10));
        let zero = slip.right.ends_with('0') || slip.wrong.ends_with('0');
        assert!(
            zero && matches!(slip.by, 5 | 6),
            "{} {}",
            slip.right,
            slip.wrong
        );
    }
    // Swaps over one digit are not caught: any of them that leaves the first digit in place.
    for number in &numbers {
        for place in 1..10 {
            let mut bytes = number.clone().into_bytes();
            bytes.swap(place, place + 2);
            assert_eq!(Ogrn::check(&String::from_utf8(bytes).unwrap()), Ok(()));
        }
    }
}

#[test]
fn ogrn_of_entrepreneurs() {
    let modulo = |text: &str| number_before(text) % 13;
    let numbers = valid::<Ogrn>(&["3"], 14, 1);
    excepted_alone::<Ogrn>(&numbers, |slip| {
        let pairs = [(0, 10), (1, 11), (2, 12)];
        slip.place < 14
            && slip.wrong.starts_with('3')
            && pairs.iter().any(|pair| are(slip, modulo, *pair))
    });
    for slip in passing::<Ogrn>(&numbers, wrong_digits) {
        assert!(slip.right.ends_with(['0', '1', '2']));
    }
    for slip in passing::<Ogrn>(&numbers, swaps) {
        let excepted = modulo(slip.right) >= 10 || modulo(&slip.wrong) >= 10;
        assert!(excepted, "{} {}", slip.right, slip.wrong);
    }
}

/// Nothing passes unless the first sum of one of the numbers leaves 10; then something may.
fn in_two_passes<I: Identifier>(starts: &[&str], length: usize) {
    let sum = |text: &str| {
        let (number, _) = text.split_at(text.len() - 1);
        remainder(number, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1], 11)
    };
    let numbers = valid::<I>(starts, length, 1);
    let wrong = passing::<I>(&numbers, wrong_digits);
    assert!(!wrong.is_empty());
    for slip in wrong.into_iter().chain(passing::<I>(&numbers, swaps)) {
        assert!(either(&slip, sum, 10), "{} {}", slip.right, slip.wrong);
    }
}

#[test]
fn okpo() {
    in_two_passes::<Okpo>(&[""], 7);
    in_two_passes::<Okpo>(&[""], 9);
}

#[test]
fn okato() {
    for length in [2, 5, 8, 11] {
        in_two_passes::<Okato>(&["75", "45", "0", "9"], length);
    }
}
