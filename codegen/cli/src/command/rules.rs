//! `vitrina rules`: every code of a finding, about models and about packages, then the model's rules of data quality and its
//! indicators, if a model is here or above.

use serde_json::{Value, json};
use vitrina_codegen::diagnostic::json::severity;
use vitrina_codegen::diagnostic::render::noun;
use vitrina_codegen::diagnostic::{Code, Lang};
use vitrina_codegen::{lint, text};
use vitrina_package::code::CODES;
use vitrina_package::explain;

use super::quality::{self, Found};
use crate::args::Shared;
use crate::console::{Console, columns};
use crate::exit::{Exit, Failure};

pub(super) fn run(shared: &Shared, console: &Console) -> Result<Exit, Failure> {
    let found = Found::look(shared)?;
    if let Found::Broken(folder) = &found {
        console.status(&text!(
            "the model in `{folder}` has errors: its rules are not listed, `vitrina check` shows why",
            "в модели `{folder}` есть ошибки: её правила не перечислены, `vitrina check` покажет почему"
        ));
    }
    let model = match &found {
        Found::Model(model) => Some(model.as_ref()),
        Found::Nothing | Found::Broken(_) => None,
    };
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
        let of_packages = CODES.into_iter().map(|code| {
            vec![
                code.as_str().to_owned(),
                quality::weight(code.severity(), console.lang).to_owned(),
                explain::title(code, console.lang).to_owned(),
            ]
        });
        let mut text = columns(&rows.chain(of_packages).collect::<Vec<_>>());
        let own = model.map(|model| quality::rows(model, console.lang));
        if let Some(own) = own.filter(|own| !own.is_empty()) {
            text.push('\n');
            text.push_str(&columns(&own));
        }
        text
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
        let of_packages = CODES.into_iter().map(|code| {
            json!({
                "code": code.as_str(),
                "severity": code.severity().name(),
                "lint": null,
                "title": {
                    "en": explain::title(code, Lang::En),
                    "ru": explain::title(code, Lang::Ru),
                },
            })
        });
        let own = model.map(|model| {
            let rules = model.rules().iter();
            rules
                .map(|rule| quality::rule_json(model, rule))
                .collect::<Vec<Value>>()
        });
        let indicators = model.map(|model| {
            let indicators = model.indicators().iter();
            indicators
                .map(|one| quality::indicator_json(model, one))
                .collect::<Vec<Value>>()
        });
        json!({
            "format": 1,
            "rules": rows.chain(of_packages).collect::<Vec<Value>>(),
            "quality": own,
            "indicators": indicators,
        })
    };
    console.table(text, json)
}
