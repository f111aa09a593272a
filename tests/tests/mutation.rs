//! Ten thousand seeded mutations of valid packages: whatever breaks the model is found with its code and
//! place, and nothing else is.

use vitrina_tests::mutation::{Base, Outcome, run};

/// Seed of the first package.
const SEED: u64 = 20_240_101;

/// How many mutations of the big model and of a small one.
const BIG: u64 = 6000;
const SMALL: u64 = 4000;

/// Every sort of change.
const KINDS: [&str; 68] = [
    "field: NUL",
    "field: a boolean in another form",
    "field: a line break",
    "field: a number of a person",
    "field: a quote alone",
    "field: a quote missing",
    "field: another digit",
    "field: another form",
    "field: another value",
    "field: blanks",
    "field: control character",
    "field: emptied",
    "field: lengthened",
    "field: letters of two alphabets",
    "field: not UTF-8",
    "field: null in another form",
    "field: off the list",
    "field: out of range",
    "field: retyped",
    "field: unquoted",
    "file: CR LF",
    "file: UTF-16",
    "file: UTF-16 without a mark",
    "file: a Cyrillic letter in the header",
    "file: a byte order mark",
    "file: a column twice",
    "file: a header of capitals",
    "file: an unknown column",
    "file: another name of a column",
    "file: another order of columns",
    "file: another separator",
    "file: eight bits",
    "file: emptied",
    "file: names in quotes",
    "file: no header",
    "file: no text",
    "manifest: a byte more",
    "manifest: a file not listed",
    "manifest: a file that is not there",
    "manifest: a right one",
    "manifest: a row more",
    "manifest: another hash",
    "manifest: another version",
    "manifest: cut",
    "package: a Cyrillic letter",
    "package: a file of no table beside",
    "package: a part missing",
    "package: a partial file beside",
    "package: a second file",
    "package: in a folder",
    "package: in capitals",
    "package: in two parts",
    "package: missing",
    "package: renamed",
    "row: CR at the end",
    "row: a field added",
    "row: a field left out",
    "row: a line feed at the end",
    "row: an empty line before",
    "row: another key",
    "row: another reference",
    "row: bytes flipped",
    "row: cut",
    "row: doubled",
    "row: removed",
    "row: swapped",
    "row: the header before",
    "row: the key of another",
];

/// Every code that they give.
const CODES: [&str; 58] = [
    "V0101", "V0102", "V0103", "V0104", "V0106", "V0107", "V0108", "V0109", "V0110", "V0111",
    "V0112", "V0113", "V0118", "V0120", "V0121", "V0201", "V0202", "V0203", "V0204", "V0205",
    "V0206", "V0207", "V0208", "V0209", "V0210", "V0211", "V0212", "V0213", "V0214", "V0216",
    "V0301", "V0302", "V0303", "V0304", "V0305", "V0306", "V0307", "V0401", "V0402", "V0403",
    "V0404", "V0406", "V0407", "V0408", "V0409", "V0410", "V0412", "V0413", "V0414", "V0415",
    "V0416", "V0417", "V0501", "V0601", "V0602", "V0701", "V0801", "V0802",
];

#[test]
fn mutations_are_found() {
    let (big, small) = std::thread::scope(|scope| {
        let small = scope.spawn(|| {
            let base = Base::sampled("tests/models/quality", 25, 1).unwrap();
            run(&base, SMALL, 4, SEED, 1).unwrap()
        });
        let base = Base::of_scenario(3, 1).unwrap();
        (run(&base, BIG, 60, SEED, 1).unwrap(), small.join().unwrap())
    });
    check(&big, BIG);
    check(&small, SMALL);
    let both = |of: fn(&Outcome) -> Vec<&String>| {
        let mut all: Vec<String> = of(&big).into_iter().chain(of(&small)).cloned().collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    assert_eq!(both(|one| one.kinds.keys().collect()), KINDS);
    assert_eq!(both(|one| one.codes.keys().collect()), CODES);
}

fn check(outcome: &Outcome, least: u64) {
    let wrong = &outcome.wrong;
    let first = wrong[..wrong.len().min(3)].join("\n\n");
    assert!(wrong.is_empty(), "{} packages:\n{first}", wrong.len());
    assert!(outcome.mutations >= least, "{}", outcome.mutations);
    // Most changes say themselves what must be found; some break nothing.
    assert!(
        outcome.claimed * 2 > outcome.mutations,
        "{}",
        outcome.claimed
    );
    assert!(outcome.valid * 40 > outcome.mutations, "{}", outcome.valid);
}
