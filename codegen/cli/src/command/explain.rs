//! `vitrina explain CODE`: the page of a code.

use serde_json::json;
use vitrina_codegen::diagnostic::json::severity;
use vitrina_codegen::diagnostic::{Code, Lang};
use vitrina_codegen::text;

use crate::args::Explain;
use crate::console::Console;
use crate::exit::{Exit, Failure};

pub(super) fn run(args: &Explain, console: &Console) -> Result<Exit, Failure> {
    let asked = args.code.trim();
    let Some(code) = Code::find(asked) else {
        let nearest = nearest(asked);
        let help = match nearest {
            Some(code) => text!(
                "the nearest code is `{code}`; `vitrina rules` lists all",
                "ближайший код — `{code}`; все коды показывает `vitrina rules`"
            ),
            None => text!(
                "`vitrina rules` lists all codes",
                "все коды показывает `vitrina rules`"
            ),
        };
        return Err(Failure::usage(
            text!("there is no code `{asked}`", "кода `{asked}` нет"),
            help,
        ));
    };
    let row = code.row();
    let page = match console.lang {
        Lang::En => row.page_en,
        Lang::Ru => row.page_ru,
    };
    let json = || {
        json!({
            "format": 1,
            "code": code.as_str(),
            "severity": severity(row.severity),
            "title": { "en": row.title_en, "ru": row.title_ru },
            "page": { "en": row.page_en, "ru": row.page_ru },
        })
    };
    console.table(|| format!("{}\n", page.trim_end()), json)
}

/// The code that differs least from what was typed; the first of equals.
fn nearest(asked: &str) -> Option<Code> {
    let asked = asked.to_ascii_uppercase();
    Code::all()
        .iter()
        .map(|row| row.code)
        .min_by_key(|code| distance(&asked, code.as_str()))
        .filter(|code| distance(&asked, code.as_str()) <= 3)
}

/// Levenshtein's distance: insertions, deletions and replacements.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, x) in a.chars().enumerate() {
        let mut diagonal = line;
        let mut left = line + 1;
        let mut next = vec![left];
        for (above, y) in row.iter().skip(1).zip(&b) {
            let cost = diagonal + usize::from(x != *y);
            left = cost.min(above + 1).min(left + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_levenshteins() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("E0301", "E0301"), 0);
        assert_eq!(distance("E031", "E0301"), 1);
    }

    #[test]
    fn a_mistyped_code_finds_its_neighbour_and_nonsense_none() {
        assert_eq!(nearest("e9902").map(Code::as_str), Some("E0902"));
        assert_eq!(nearest("nonsense"), None);
    }
}
