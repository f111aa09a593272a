//! The pages of the checks: cause, bad example, good example, cure; English and Russian.
//!
//! A page begins with a heading `# V0401: …` and ends with a paragraph that says what to do, which reports
//! show beside each finding.

use vitrina_codegen::Lang;
use vitrina_codegen::diagnostic::Text;

use crate::Code;

/// The page of a code, in Markdown.
pub fn page(code: Code, lang: Lang) -> &'static str {
    let mut pages = PAGES.iter();
    let found = pages.find(|(known, ..)| *known == code.as_str());
    match (found, lang) {
        (Some((_, english, _)), Lang::En) => english,
        (Some((_, _, russian)), Lang::Ru) => russian,
        (None, _) => "",
    }
}

/// What the code is about, in a line: the page's heading.
pub fn title(code: Code, lang: Lang) -> &'static str {
    let heading = page(code, lang).lines().next().unwrap_or_default();
    heading.split_once(": ").map_or("", |(_, title)| title)
}

/// What to do about a finding: the page's last paragraph.
pub fn advice(code: Code) -> Text {
    let of = |lang| {
        let page = page(code, lang).trim_end();
        let last = page.rsplit("\n\n").next().unwrap_or_default();
        last.lines().collect::<Vec<_>>().join(" ")
    };
    Text {
        en: of(Lang::En),
        ru: of(Lang::Ru),
    }
}

/// Declares the pages of these codes.
macro_rules! pages {
    ($($code:ident)*) => {
        &[$((
            stringify!($code),
            include_str!(concat!("../explain/en/", stringify!($code), ".md")),
            include_str!(concat!("../explain/ru/", stringify!($code), ".md")),
        )),*]
    };
}

static PAGES: &[(&str, &str, &str)] = pages! {
    V0101 V0102 V0103 V0104 V0105 V0106 V0107 V0108 V0109 V0110 V0111 V0112 V0113 V0114 V0115 V0116
    V0117 V0118 V0119 V0120 V0121 V0201 V0202 V0203 V0204 V0205 V0206 V0207 V0208 V0209 V0210 V0211 V0212 V0213 V0214 V0215
    V0216 V0301 V0302 V0303 V0304 V0305 V0306 V0307 V0401 V0402 V0403 V0404 V0405 V0406 V0407 V0408
    V0409 V0410 V0412 V0413 V0414 V0415 V0416 V0417 V0501 V0601 V0602 V0701 V0801 V0802 V0803
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::CODES;

    #[test]
    fn every_code_has_both_pages_in_the_one_form() {
        for code in CODES {
            let head = format!("# {}: ", code.as_str());
            for (lang, wrong, right) in [
                (Lang::En, "\nWrong:\n", "\nRight:\n"),
                (Lang::Ru, "\nНеверно:\n", "\nВерно:\n"),
            ] {
                let page = page(code, lang);
                assert!(page.starts_with(&head), "{} has no page", code.as_str());
                let of = |part: &str| page.find(part);
                assert!(of(wrong).is_some() && of(wrong) < of(right), "{page}");
                let advice = advice(code);
                let advice = advice.get(lang);
                assert!(advice.ends_with('.') && !advice.contains("```"), "{page}");
                assert!(!title(code, lang).is_empty() && !title(code, lang).ends_with('.'));
            }
        }
        assert_eq!(PAGES.len(), CODES.len());
    }

    #[test]
    fn russian_pages_are_in_russian() {
        for code in CODES {
            let cyrillic = |text: &str| text.chars().any(|c| ('а'..='я').contains(&c));
            assert!(cyrillic(title(code, Lang::Ru)) && cyrillic(&advice(code).ru));
            assert!(!cyrillic(title(code, Lang::En)), "{}", code.as_str());
        }
    }
}
