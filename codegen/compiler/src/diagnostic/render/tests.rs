use super::*;
use crate::diagnostic::{code, sample};

#[test]
fn looks_like_rustc_in_english() {
    let sources = sample::sources();
    let report = sample::report(&sources);
    insta::assert_snapshot!(text(&report, &sources, Lang::En, false));
}

#[test]
fn looks_like_rustc_in_russian() {
    let sources = sample::sources();
    let report = sample::report(&sources);
    insta::assert_snapshot!(text(&report, &sources, Lang::Ru, false));
}

#[test]
fn color_only_adds_escapes_and_names_cannot_smuggle_any() {
    let sources = sample::sources();
    let report = sample::report(&sources);
    let plain = text(&report, &sources, Lang::En, false);
    let colored = text(&report, &sources, Lang::En, true);
    assert!(!plain.contains('\u{1b}'));
    assert!(colored.contains("\u{1b}[1m\u{1b}[91merror[E0301]"));
    let mut stripped = String::new();
    let mut rest = colored.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        stripped.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    stripped.push_str(rest);
    assert_eq!(stripped, plain);
}

#[test]
fn an_empty_report_says_nothing() {
    assert_eq!(text(&Report::new(), &sample::sources(), Lang::Ru, true), "");
}

#[test]
fn no_span_makes_the_renderer_panic() {
    let sources = sample::sources();
    for file in 0..3 {
        for start in 0..120 {
            for length in [0, 1, 2, 3, 40, 400] {
                let mut report = Report::new();
                let finding = sample::finding_at(code::NAME_FORM, file, start, start + length);
                let other = Span::new(FileId(file), start + 3, start + 5);
                report.push(finding.also(other, crate::text!("there", "там")));
                assert!(text(&report, &sources, Lang::Ru, true).contains("E0603"));
            }
        }
    }
}

#[test]
fn russian_numbers_take_their_forms() {
    let word = |count| noun(Severity::Error, count, Lang::Ru);
    let forms: Vec<_> = [1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 100, 101, 111, 0]
        .map(|count| format!("{count} {}", word(count)))
        .into();
    assert_eq!(
        forms.join(", "),
        "1 ошибка, 2 ошибки, 4 ошибки, 5 ошибок, 11 ошибок, 12 ошибок, 14 ошибок, 21 ошибка, \
         22 ошибки, 25 ошибок, 100 ошибок, 101 ошибка, 111 ошибок, 0 ошибок"
    );
}

/// What lies between two labels, or around one, may be megabytes of somebody else's file.
#[test]
fn labels_far_apart_are_drawn_each_on_its_own() {
    use crate::source::SourceFile;
    let filler = "x".repeat(MAX_SNIPPET);
    let shown = |between: &str| {
        let content = format!("first{between}second\n");
        let file = SourceFile {
            path: "a.xml".into(),
            text: content.clone(),
        };
        let sources = SourceSet::new("", vec![file]);
        let at = |word: &str| {
            let start = content.find(word).unwrap();
            Span::new(FileId(0), start, start + word.len())
        };
        let finding = Diagnostic::new(code::IMPORT_CODE_TWICE, crate::text!("twice", "дважды"))
            .at(at("second"))
            .also(at("first"), crate::text!("taken", "взята"));
        let mut report = Report::new();
        report.push(finding);
        findings(&report, &sources, Lang::En, false)
    };
    insta::assert_snapshot!(shown(&format!("\n{filler}\n")), @r"
    error[E0927]: twice
     --> a.xml:3:1
      |
    3 | second
      | ^^^^^^
      |
     ::: a.xml:1:1
      |
    1 | first
      | ----- taken
    ");
    let one_line = shown(&filler);
    assert!(one_line.contains("a.xml:1:65542"), "{one_line}");
    assert!(one_line.len() < 200, "{one_line}");
}
