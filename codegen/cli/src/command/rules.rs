//! `vitrina rules`: every code of a finding.

use serde_json::{Value, json};
use vitrina_codegen::diagnostic::json::severity;
use vitrina_codegen::diagnostic::render::noun;
use vitrina_codegen::diagnostic::{Code, Lang};
use vitrina_codegen::lint;

use crate::console::{Console, columns};
use crate::exit::{Exit, Failure};

pub(super) fn run(console: &Console) -> Result<Exit, Failure> {
    let text = || {
        let rows = Code::all().iter().map(|row| {
            let title = match console.lang {
                Lang::En => row.title_en,
                Lang::Ru => row.title_ru,
            };
            // Lints are named in `showcase.yaml`, so their names are shown.
            let title = match lint::of(row.code) {
                Some(lint) => format!("{}: {title}", lint.name),
                None => title.to_owned(),
            };
            vec![
                row.code.to_string(),
                noun(row.severity, 1, console.lang).to_owned(),
                title,
            ]
        });
        columns(&rows.collect::<Vec<_>>())
    };
    let json = || {
        let rows = Code::all().iter().map(|row| {
            json!({
                "code": row.code.as_str(),
                "severity": severity(row.severity),
                "lint": lint::of(row.code).map(|lint| lint.name),
                "title": { "en": row.title_en, "ru": row.title_ru },
            })
        });
        json!({ "format": 1, "rules": rows.collect::<Vec<Value>>() })
    };
    console.table(text, json)
}
