use super::super::sample::{limited, report, spotless};
use super::*;
use crate::report::{Baseline, Limits, json};

#[test]
fn the_template_fits_every_report() {
    let mut compared = report();
    compared.findings[0].fingerprint = "0123456789abcdef".to_owned();
    Baseline::read(&json::document(&report()))
        .unwrap()
        .compare(&mut compared);
    for report in [report(), spotless(), compared] {
        for lang in [Lang::Ru, Lang::En] {
            let page = render(&page::value(&report, lang)).unwrap();
            assert!(page.ends_with("</html>\n"));
            assert_eq!(
                page.matches("<details class=\"finding").count(),
                report.findings.len()
            );
            assert_eq!(page, document(&report, lang));
        }
    }
}

#[test]
fn nothing_of_the_package_becomes_markup() {
    let page = document(&report(), Lang::Ru);
    assert!(page.contains("&lt;script&gt;alert(1)"));
    assert!(!page.contains("<script>alert"));
    assert_eq!(page.matches("<script>").count(), 1);
    // No attribute runs anything, or the policy would refuse it.
    assert!(!page.contains(" onclick") && !page.contains(" onsubmit"));
}

#[test]
fn the_page_loads_nothing_and_knows_its_script() {
    let page = document(&report(), Lang::Ru);
    for foreign in ["http://", "https://", "src=", "@import", "url("] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    let hash = base64(&Sha256::digest(SCRIPT));
    assert!(page.contains(&format!("script-src 'sha256-{hash}'")));
    let (_, rest) = page.split_once("<script>").unwrap();
    let (script, _) = rest.split_once("</script>").unwrap();
    assert_eq!(script, SCRIPT);
}

#[test]
fn links_lead_somewhere_and_names_are_unique() {
    let page = document(&report(), Lang::Ru);
    let id = regex::Regex::new(" id=\"([^\"]+)\"").unwrap();
    let mut ids: Vec<&str> = id
        .captures_iter(&page)
        .map(|found| found.get(1).unwrap().as_str())
        .collect();
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count);
    let link = regex::Regex::new("href=\"#([^\"]+)\"").unwrap();
    for found in link.captures_iter(&page) {
        let name = found.get(1).unwrap().as_str();
        assert!(ids.binary_search(&name).is_ok(), "{name}");
    }
}

#[test]
fn the_size_is_bounded_by_the_limit() {
    let whole = document(&report(), Lang::Ru).len();
    let few = limited(Limits {
        findings: 3,
        shows_values: false,
    });
    assert!(document(&few, Lang::Ru).len() < whole * 2 / 3);
}

#[test]
fn backquotes_become_code_and_odd_ones_stay() {
    assert_eq!(marked("a `b<` c"), "a <code>b&lt;</code> c");
    assert_eq!(marked("a ` b"), "a ` b");
    assert_eq!(marked("`a` ` &"), "<code>a</code> ` &amp;");
}

#[test]
fn base64_is_that_of_the_standard() {
    for (plain, coded) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foobar", "Zm9vYmFy"),
    ] {
        assert_eq!(base64(plain.as_bytes()), coded);
    }
}
