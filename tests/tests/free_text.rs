//! What the big model's rule of free text finds: e-mail addresses, telephone numbers, СНИЛС and
//! passports as people write them, and nothing in texts that only look like them. The automata of the
//! evaluation in memory and PostgreSQL's regular expressions find the same.

use vitrina_codegen::model::{AssertionBody, Pattern, Structure};

/// Texts with something that free text must not hold.
const FOUND: &[&str] = &[
    "ivanov@mail.ru",
    "почта: Ivan.Ivanov+school@mail.example.com.",
    "иванов@школа.рф, до пятницы",
    "a-b@c-d.e-f.org",
    "телефон мамы +79123456789",
    "8 (912) 345-67-89",
    "+7 912 345 67 89",
    "8-912-345-67-89",
    "8 - 912 - 345 - 67 - 89",
    "тел.:89123456789.",
    "7\u{a0}912\u{a0}345\u{a0}67\u{a0}89",
    "8 (4832) 66-12-34",
    "8(35342)2-34-56",
    "первая строка\n+7(912)3456789\nтретья",
    "№ 5, 5 8 912 345 67 89",
    "112-233-445 95",
    "СНИЛС 11223344595",
    "СНИЛС: 112 233 445 95,",
    "4510 123456",
    "паспорт 45 10 №123456",
    "паспорт 45 10 № 123456 выдан",
    "4510123456",
];

/// Texts that hold nothing of it.
const NOT_FOUND: &[&str] = &[
    "",
    "Параграф 5, упражнения 12–18, страница 104",
    "§ 7.1-7.3 2024-2025 учебный год",
    "01.09.2024 08:30:00",
    "2024-09-01 08:30:00",
    "собака@ дома",
    "@ivanov",
    "цена @ 5.00",
    "a@b",
    "формула x@y.1",
    "+7 912 345 67 8",
    "+7 912 345 67 890",
    "189123456789",
    "9 (912) 345-67-89 5",
    "8_912_345_67_89",
    "112-233-445",
    "112-233-445 950",
    "0112-233-445 95",
    "112--233-445 95",
    "451 123456",
    "4510 1234567",
    "14510 123456",
    "4510   123456",
    "45100 №123456",
    "приказ № 123456 от 01.09.2024",
    "१२३४५६७८९०१",
];

fn patterns() -> Vec<Pattern> {
    let model = vitrina_tests::model::big().unwrap_or_else(|findings| panic!("{findings}"));
    let mut found = Vec::new();
    for assertion in model.rules().iter().flat_map(|rule| &rule.assertions) {
        if let AssertionBody::Structure(Structure::FreeText(patterns)) = &assertion.body {
            found.extend(patterns.iter().cloned());
        }
    }
    assert_eq!(found.len(), 4);
    found
}

#[test]
fn personal_data_are_found_in_free_text() {
    let patterns = patterns();
    for (texts, expected) in [(FOUND, true), (NOT_FOUND, false)] {
        for text in texts {
            let finders = patterns.iter().filter(|pattern| pattern.matches(text));
            let finders: Vec<&str> = finders.map(|pattern| pattern.text.as_str()).collect();
            assert_eq!(!finders.is_empty(), expected, "{text:?}: {finders:?}");
        }
    }
    for pattern in &patterns {
        let automaton = pattern.automaton().unwrap();
        let mut finds = 0;
        for text in FOUND.iter().chain(NOT_FOUND) {
            let found = automaton.matches(text);
            assert_eq!(found, pattern.matches(text), "{} {text:?}", pattern.text);
            finds += usize::from(found);
        }
        assert!(finds >= 4, "{} finds {finds}", pattern.text);
    }
}

#[cfg(feature = "external")]
#[test]
fn postgresql_finds_the_same_in_free_text() {
    use vitrina_tests::postgres::Server;

    let server = Server::shared().unwrap();
    let mut client = server.create_database("free_text").unwrap();
    for pattern in patterns() {
        let regex = pattern.to_search_regex();
        for text in FOUND.iter().chain(NOT_FOUND) {
            let row = client.query_one("SELECT $1::text ~ $2::text", &[text, &regex]);
            let found: bool = row.unwrap().get(0);
            assert_eq!(found, pattern.matches(text), "{regex} {text:?}");
        }
    }
}
