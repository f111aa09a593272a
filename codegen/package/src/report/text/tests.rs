use super::super::sample::{report, spotless};
use super::*;

fn style(lang: Lang) -> Style {
    Style {
        lang,
        color: false,
        width: 100,
        samples: 3,
        quiet: None,
    }
}

#[test]
fn what_people_read() {
    insta::assert_snapshot!("russian", text(&report(), style(Lang::Ru)));
    insta::assert_snapshot!("english", text(&report(), style(Lang::En)));
    insta::assert_snapshot!("spotless", text(&spotless(), style(Lang::Ru)));
}

#[test]
fn root_causes_come_first_and_every_group_once() {
    let report = report();
    let text = text(&report, style(Lang::Ru));
    let mut heads = text
        .lines()
        .filter(|line| line.starts_with("ошибка[") || line.starts_with("предупреждение["));
    assert_eq!(heads.clone().count(), report.findings.len());
    assert!(heads.next().unwrap().contains("[V01"));
}

#[test]
fn colours_change_nothing_but_colours() {
    let report = report();
    let plain = text(&report, style(Lang::Ru));
    let mut coloured = style(Lang::Ru);
    coloured.color = true;
    let coloured = text(&report, coloured);
    assert_ne!(coloured, plain);
    let escape = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    assert_eq!(escape.replace_all(&coloured, ""), plain);
}

#[test]
fn quiet_shows_what_fails() {
    let report = report();
    let mut quiet = style(Lang::En);
    quiet.quiet = Some(CheckSeverity::Error);
    let text = text(&report, quiet);
    assert!(!text.contains("warning["));
    assert!(text.contains("error["));
    assert!(!text.contains("Not checked"));
}
