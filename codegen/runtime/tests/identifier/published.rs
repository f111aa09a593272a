//! Numbers that sources print, and the verdicts on them.

use vitrina::Invalid;
use vitrina::identifier::{Doubt, Identifier, Inn, Ogrn, Okato, Okpo, Snils};

/// The 21 ИНН on the slides «Организация доступа и требования к ведению баз данных в ГИС
/// «Образование»» of ГБУ ДПО «ЧИРО» (September 2023), in their order, and whether the check digit
/// fits. The first stands there as wrong, but passes: it may be another body's, or the mended one.
/// The next two stand under «ИНН неверный», and are. So a check digit is necessary, no more.
const SLIDES: [(&str, bool); 21] = [
    ("7404024641", true),
    ("7455007076", false),
    ("7440006906", false),
    ("7425006636", true),
    ("7427006864", true),
    ("7455023766", true),
    ("7407005630", true),
    ("7446029673", true),
    ("7436003884", true),
    ("7422023168", true),
    ("7422023136", true),
    ("7422023143", true),
    ("7422023150", true),
    ("7437004457", true),
    ("7437004150", true),
    ("7440006535", true),
    ("7442006361", true),
    ("7443006325", true),
    ("7443007777", true),
    ("7443004737", true),
    ("7424030957", true),
];

#[test]
fn inn_of_the_slides() {
    for (text, fits) in SLIDES {
        let verdict = Inn::parse(text);
        assert_eq!(verdict.is_ok(), fits, "{text}");
        if let Err(reason) = verdict {
            assert!(matches!(reason, Invalid::CheckDigit { expected: Some(_) }));
        }
    }
    let passing = SLIDES.iter().filter(|(_, fits)| *fits).count();
    assert_eq!((passing, SLIDES.len() - passing), (19, 2));
}

/// The example of the Pension Fund's rules and the numbers at whose sums the rules turn.
#[test]
fn snils_at_the_turns_of_the_rules() {
    for (number, check) in [
        ("112233445", "95"),
        ("001273396", "99"), // sum 99
        ("001087704", "00"), // sum 100
        ("001319819", "00"), // sum 101
        ("001237686", "01"), // sum 102
        ("008968901", "99"), // sum 200
        ("006779878", "00"), // sum 201
        ("009697385", "00"), // sum 202
        ("005879986", "01"), // sum 203
    ] {
        let fitting: Vec<String> = (0..100)
            .map(|check| format!("{check:02}"))
            .filter(|check| Snils::check(&format!("{number}{check}")).is_ok())
            .collect();
        assert_eq!(fitting, [check], "{number}");
    }
}

#[test]
fn snils_without_check_digits_are_doubtful() {
    let low = Snils::parse_typed("001-001-998 17").unwrap();
    assert_eq!(low.doubts(), [Doubt::NoCheckDigits]);
    let low = Snils::parse("00000000000").unwrap();
    assert_eq!(low.doubts(), [Doubt::NoCheckDigits, Doubt::ThreeInARow]);
    // 7·1 + 6·1 + 5·1 + … of 111-000-002: 9 + 8 + 7 + 2 = 26.
    let triple = Snils::parse("11100000226").unwrap();
    assert_eq!(triple.doubts(), [Doubt::ThreeInARow]);
    assert_eq!(Snils::parse("11223344595").unwrap().doubts(), []);
}

#[test]
fn inn_ogrn_and_okpo() {
    for text in ["7707083893", "770000000156"] {
        assert_eq!(Inn::check(text), Ok(()), "{text}");
    }
    for text in ["0000000000", "000000000000", "0012345678"] {
        assert_eq!(Inn::check(text), Err(Invalid::InnRegion), "{text}");
    }
    // The second and the fourth have the remainder 10.
    for text in [
        "1027700132195",
        "1027700132240",
        "322770000000013",
        "322770000000080",
    ] {
        assert_eq!(Ogrn::check(text), Ok(()), "{text}");
    }
    // The last one takes the second pass.
    for text in ["00032537", "00040778", "10000062"] {
        assert_eq!(Okpo::check(text), Ok(()), "{text}");
        assert_eq!(Okpo::parse(text).unwrap().doubts(), []);
    }
    let open = Okpo::parse("1234567890").unwrap();
    assert_eq!(open.doubts(), [Doubt::SeveralReadings]);
    assert_eq!(Okpo::parse("1000000001").unwrap().doubts(), []);
}

/// Челябинск: 75 401 000 000. The check that some programs have is inverted and refuses these.
#[test]
fn okato_the_right_way_round() {
    // 7·1 + 5·2 = 17; + 4·3 + 0·4 + 1·5 = 34; six zeros add nothing. Modulo 11: 6 and 1.
    for text in ["756", "754011", "754010001", "754010000001"] {
        let code = Okato::parse(text).unwrap();
        assert!(code.has_check_digit());
        assert_eq!((code.subject(), code.doubts().as_slice()), ("75", &[][..]));
        let (body, check) = text.split_at(text.len() - 1);
        for other in (0..10).filter(|digit| digit.to_string() != check) {
            assert!(Okato::check(&format!("{body}{other}")).is_err());
        }
    }
    let code = Okato::parse("754010000001").unwrap();
    assert_eq!(code.code(), "75401000000");
    assert_eq!(code.human(), "75 401 000 000 1");
    assert_eq!(
        Okato::parse_typed("75 401 000 000").unwrap().as_str(),
        "75401000000"
    );
    let open = Okato::parse("452865800071").unwrap();
    assert_eq!(open.doubts(), [Doubt::SeveralReadings]);
}
