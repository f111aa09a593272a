use super::{resolve, resolve_sought};
use crate::diagnostic::Report;
use crate::model::{Pattern, PatternNode};
use crate::source::{FileId, Fragment, Span};

fn run(written: &str) -> Result<String, Vec<(String, String)>> {
    read(written, resolve).map(|pattern| picture(&pattern.node))
}

/// The pattern, or codes and marked places of what is wrong.
fn read(
    written: &str,
    resolve: fn(&Fragment, &mut Report) -> Option<Pattern>,
) -> Result<Pattern, Vec<(String, String)>> {
    let file = format!("# шаблоны\npattern: '{written}'\n");
    let start = file.len() - written.len() - 3;
    let span = Span::new(FileId(0), start, start + written.len() + 2);
    let fragment = Fragment::new(written.to_owned(), span, &file);
    let mut report = Report::new();
    let pattern = resolve(&fragment, &mut report);
    let found: Vec<_> = report
        .sorted()
        .into_iter()
        .map(|d| {
            let span = d.primary.as_ref().expect("a place").span;
            let at = file.get(span.start as usize..span.end as usize);
            (d.code.to_string(), at.unwrap_or("<outside>").to_owned())
        })
        .collect();
    match pattern {
        Some(pattern) if found.is_empty() => {
            assert_eq!(pattern.text, written);
            Ok(pattern)
        }
        None if !found.is_empty() => Err(found),
        other => panic!("{written}: {other:?} {found:?}"),
    }
}

fn picture(node: &PatternNode) -> String {
    match node {
        PatternNode::Empty => "ε".into(),
        PatternNode::Class(ranges) => match ranges.as_slice() {
            [(a, b)] if a == b => a.escape_debug().to_string(),
            ranges => {
                let shown: Vec<String> = ranges
                    .iter()
                    .map(|(a, b)| match a == b {
                        true => a.escape_debug().to_string(),
                        false => format!("{}-{}", a.escape_debug(), b.escape_debug()),
                    })
                    .collect();
                format!("[{}]", shown.join(" "))
            }
        },
        PatternNode::Sequence(parts) => {
            let parts: Vec<String> = parts.iter().map(picture).collect();
            format!("({})", parts.join(" "))
        }
        PatternNode::Alternatives(parts) => {
            let parts: Vec<String> = parts.iter().map(picture).collect();
            format!("<{}>", parts.join("|"))
        }
        PatternNode::Repeat { node, min, max } => match max {
            Some(max) => format!("{}{{{min},{max}}}", picture(node)),
            None => format!("{}{{{min},}}", picture(node)),
        },
    }
}

#[test]
fn patterns_that_resolve() {
    for (written, expected) in [
        (r"^\d{11}$", "[0-9]{11,11}"),
        (r"^[0-9a-f]{128}$", "[0-9 a-f]{128,128}"),
        (r"^\d{8}(\d{2})?$", "([0-9]{8,8} [0-9]{2,2}{0,1})"),
        (r"^(а|б|а)$", "<а|б>"),
        (r"^(a|b)c$", "(<a|b> c)"),
        (r"^a$|^bc$", "<a|(b c)>"),
        (r"^(?:ab)+$", "(a b){1,}"),
        (r"^a(bc)d$", "(a b c d)"),
        (r"^[c-eabd]$", "[a-e]"),
        (r"^[А-Яа-яЁё]+$", "[Ё А-я ё]{1,}"),
        (r"^[\w-]$", "[- 0-9 A-Z _ a-z]"),
        (r"^\s$", r"[\t-\r  ]"),
        (
            r"^[^@\s]+$",
            r"[\0-\u{8} \u{e}-\u{1f} !-? A-\u{10ffff}]{1,}",
        ),
        (r"^[^\u0000-\uD7FF]$", r"[\u{e000}-\u{10ffff}]"),
        (r"^.$", r"[\0-\t \u{b}-\u{10ffff}]"),
        (r"^\.\-\/\\$", r"(. - / \\)"),
        (r"^[ \-.,\\/]$", r"[  ,-/ \\]"),
        (r"^\u0410\x41$", "(А A)"),
        (r"^(a|)$", "<a|ε>"),
        (r"^Л035-\d{5}$", "(Л 0 3 5 - [0-9]{5,5})"),
        (r"^a{1}$", "a"),
        (r"^(a*)*$", "a{0,}{0,}"),
        (r"^(XC|XL|L?X{0,3})$", "<(X C)|(X L)|(L{0,1} X{0,3})>"),
    ] {
        assert_eq!(run(written), Ok(expected.to_owned()), "{written}");
    }
}

#[test]
fn patterns_that_are_refused() {
    for (written, code, at) in [
        (r"^a", "E0326", "^a"),
        (r"a$", "E0326", "a$"),
        (r"\d+", "E0326", r"\d+"),
        (r"^a|b$", "E0326", "^a|b$"),
        (r"(^a$)", "E0326", "(^a$)"),
        (r"^a^b$", "E0326", "^"),
        (r"^(a$|b)$", "E0326", "$"),
        (r"^(a$", "E0325", "("),
        (r"^a)$", "E0325", ")"),
        (r"^[a$", "E0325", "["),
        (r"^[z-a]$", "E0325", "z-a"),
        (r"^a{2,1}$", "E0325", "{2,1}"),
        (r"^a{$", "E0325", "$"),
        (r"^*$", "E0326", "^*$"),
        (r"^\y$", "E0325", r"\y"),
        (r"^(?=a)b$", "E0327", "(?="),
        (r"^(?<!a)b$", "E0327", "(?<!"),
        (r"^(a)\1$", "E0327", r"\1"),
        (r"^a+?$", "E0327", "+?"),
        (r"^(?i)a$", "E0327", "(?i)"),
        (r"^(?i:a)$", "E0327", "i"),
        (r"^(?P<n>a)$", "E0327", "n"),
        (r"^\p{L}$", "E0327", r"\p{L}"),
        (r"^[\p{L}]$", "E0327", r"\p{L}"),
        (r"^[[:alpha:]]$", "E0327", "[:alpha:]"),
        (r"^[a-z&&[^b]]$", "E0327", "a-z&&[^b]"),
        (r"^[[a]b]$", "E0327", "[a]"),
        (r"^a\b$", "E0327", r"\b"),
        (r"^a\z$", "E0327", r"\z"),
        (r"^\x{41}$", "E0327", r"\x{41}"),
        (r"^\n$", "E0327", r"\n"),
        (r"^a{2}{3}$", "E0327", "{3}"),
        (r"^a{256}$", "E0328", "{256}"),
        (r"^((a{100}){100}){100}$", "E0328", "^((a{100}){100}){100}$"),
        (r"^$", "E0329", "^$"),
        (r"^(|)$", "E0329", "^(|)$"),
        (r"^a{0}$", "E0329", "{0}"),
        (r"^[^\s\S]$", "E0329", r"[^\s\S]"),
    ] {
        assert_eq!(
            run(written),
            Err(vec![(code.to_owned(), at.to_owned())]),
            "{written}"
        );
    }
    assert_eq!(
        run(r"^(?=a)\p{L}$").map_err(|found| found.len()),
        Err(1),
        "a pattern that does not parse is one mistake"
    );
    assert_eq!(run(r"^\p{L}a+?\b$").map_err(|found| found.len()), Err(3));
}

#[test]
fn what_is_too_large_is_an_error_and_no_crash() {
    let code = |written: &str| run(written).unwrap_err().remove(0).0;
    assert_eq!(code(&"(".repeat(100_000)), "E0328");
    let nested = format!("^{}a{}$", "(".repeat(1000), ")".repeat(1000));
    assert_eq!(code(&nested), "E0328");
    assert_eq!(code(&format!("^{}$", "a?".repeat(50_000))), "E0328");
    assert!(run(&format!("^{}$", "a?".repeat(200))).is_ok());
    // Small as a text and as a tree, but two to the power of thirty as an automaton.
    assert_eq!(code("^.*a.{30}$"), "E0328");
}

#[test]
fn sought_patterns_have_anything_where_no_end_holds() {
    const ANYTHING: &str = r"[\0-\u{10ffff}]{0,}";
    for (written, expected) in [
        (r"^ab$", "(a b)".to_owned()),
        (r"ab", format!("({ANYTHING} a b {ANYTHING})")),
        (r"^ab", format!("(a b {ANYTHING})")),
        (r"ab$", format!("({ANYTHING} a b)")),
        (r"a", format!("({ANYTHING} a {ANYTHING})")),
        (
            r"a|^b",
            format!("<({ANYTHING} a {ANYTHING})|(b {ANYTHING})>"),
        ),
        (
            r"(^|[^0-9])7(?:$|x)",
            format!(r"(<ε|({ANYTHING} [\0-/ :-\u{{10ffff}}])> 7 <ε|(x {ANYTHING})>)"),
        ),
        (
            r"(^a|b)",
            format!("<(a {ANYTHING})|({ANYTHING} b {ANYTHING})>"),
        ),
        (r"(a|b)+", format!("({ANYTHING} <a|b>{{1,}} {ANYTHING})")),
    ] {
        let found = read(written, resolve_sought);
        assert_eq!(
            found.map(|pattern| picture(&pattern.node)),
            Ok(expected),
            "{written}"
        );
    }
}

#[test]
fn sought_patterns_are_found_where_other_engines_find_them() {
    let texts = [
        "", "7", "77", "a7", "7a", "a7a", "a77a", "7 7", "\n7\n", "аb", "ab", "cabc", "b", "a\n",
        "b7x", "😀7", "7😀", "x7b", "abab",
    ];
    for written in [
        r"^ab$",
        r"ab",
        r"^a",
        r"[ab]$",
        r"a|^b|7$",
        r"(^|[^0-9])7($|[^0-9])",
        r"((^|b)7|a(b|$))",
        r"(?:^|(?:a|^)b)7?(x|$)",
        r"(a|b)+7",
        r"^(a|b)*$|77",
        r".7",
    ] {
        let pattern = read(written, resolve_sought).unwrap();
        let wanted = regex::Regex::new(written).unwrap();
        let printed = regex::Regex::new(&pattern.to_search_regex()).unwrap();
        let automaton = pattern.automaton().unwrap();
        for text in texts {
            let found = wanted.is_match(text);
            assert_eq!(pattern.matches(text), found, "{written} {text:?}");
            assert_eq!(automaton.matches(text), found, "{written} {text:?}");
            assert_eq!(printed.is_match(text), found, "{printed} {text:?}");
        }
    }
}

#[test]
fn sought_patterns_that_are_refused() {
    for (written, code, at) in [
        (r"a^b", "E0326", "^"),
        (r"(a|^)+b", "E0326", "^"),
        (r"a$b", "E0326", "$"),
        (r"\ba", "E0327", r"\b"),
        (r"(?i)a", "E0327", "(?i)"),
        (r"(?P<n>^a)", "E0327", "n"),
        (r"a+?", "E0327", "+?"),
        (r"^$", "E0329", "^$"),
        (r"a.{20}b", "E0328", r"a.{20}b"),
    ] {
        let found = read(written, resolve_sought).map(|pattern| pattern.text);
        assert_eq!(
            found,
            Err(vec![(code.to_owned(), at.to_owned())]),
            "{written}"
        );
    }
}
