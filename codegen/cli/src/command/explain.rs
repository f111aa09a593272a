//! `vitrina explain CODE`: the page of a code, or of a lint by its name.

use serde_json::json;
use vitrina_codegen::diagnostic::json::severity;
use vitrina_codegen::diagnostic::{Code, Lang};
use vitrina_codegen::{lint, text};

use crate::args::Explain;
use crate::console::Console;
use crate::exit::{Exit, Failure};

pub(super) fn run(args: &Explain, console: &Console) -> Result<Exit, Failure> {
    let asked = args.code.trim();
    let of_lint = || lint::find(asked).map(|lint| lint.code);
    let Some(code) = Code::find(asked).or_else(of_lint) else {
        let help = match Code::nearest(asked) {
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
