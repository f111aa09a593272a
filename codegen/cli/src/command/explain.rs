//! `vitrina explain CODE`: the page of a finding or a lint, or of a rule or an indicator of the model.

use serde_json::{Value, json};
use vitrina_codegen::diagnostic::json::severity;
use vitrina_codegen::diagnostic::{Code, Lang};
use vitrina_codegen::{lint, text};
use vitrina_package::{self as package, explain as pages};

use super::quality::{self, Found};
use crate::args::{Explain, Shared};
use crate::console::Console;
use crate::exit::{Exit, Failure};

pub(super) fn run(args: &Explain, shared: &Shared, console: &Console) -> Result<Exit, Failure> {
    let asked = args.code.trim();
    if let Some(code) = package::Code::find(asked) {
        return of_package(code, console);
    }
    let of_lint = || lint::find(asked).map(|lint| lint.code);
    match Code::find(asked).or_else(of_lint) {
        Some(code) => finding(code, console),
        None => of_model(asked, shared, console),
    }
}

/// The page of a rule or an indicator.
fn of_model(asked: &str, shared: &Shared, console: &Console) -> Result<Exit, Failure> {
    let found = Found::look(shared)?;
    let model = match &found {
        Found::Model(model) => model,
        Found::Nothing => return Err(unknown(asked, nearest(asked))),
        Found::Broken(folder) => {
            return Err(Failure::usage(
                text!("there is no code `{asked}`", "кода `{asked}` нет"),
                text!(
                    "the model in `{folder}` has errors: its rules are known when `vitrina check` finds none",
                    "в модели `{folder}` есть ошибки: её правила станут известны, когда `vitrina check` их не найдёт"
                ),
            ));
        }
    };
    if let Some(rule) = model.find_rule(asked) {
        let page = || quality::rule_page(model, rule, console.lang);
        return console.table(page, || with_format(quality::rule_json(model, rule)));
    }
    if let Some(indicator) = model.find_indicator(asked) {
        let page = || quality::indicator_page(model, indicator, console.lang);
        return console.table(page, || {
            with_format(quality::indicator_json(model, indicator))
        });
    }
    let near = model.nearest_rule_code(asked);
    Err(unknown(asked, near.or(nearest(asked))))
}

/// The nearest code of a finding, of a model or of a package.
fn nearest(asked: &str) -> Option<&'static str> {
    let of_package = asked
        .starts_with(['V', 'v'])
        .then(|| package::Code::nearest(asked))
        .flatten();
    let of_model = || Code::nearest(asked).map(Code::as_str);
    of_package.map(package::Code::as_str).or_else(of_model)
}

/// The page of a check of packages.
fn of_package(code: package::Code, console: &Console) -> Result<Exit, Failure> {
    let page = |lang| pages::page(code, lang);
    let json = || {
        json!({
            "format": 1,
            "code": code.as_str(),
            "severity": code.severity().name(),
            "title": {
                "en": pages::title(code, Lang::En),
                "ru": pages::title(code, Lang::Ru),
            },
            "page": { "en": page(Lang::En), "ru": page(Lang::Ru) },
        })
    };
    console.table(|| format!("{}\n", page(console.lang).trim_end()), json)
}

/// The number of the document's form in front of its members.
fn with_format(mut document: Value) -> Value {
    document["format"] = 1.into();
    document
}

fn unknown(asked: &str, near: Option<&str>) -> Failure {
    let help = match near {
        Some(code) => text!(
            "the nearest code is `{code}`; `vitrina rules` lists all",
            "ближайший код — `{code}`; все коды показывает `vitrina rules`"
        ),
        None => text!(
            "`vitrina rules` lists all codes",
            "все коды показывает `vitrina rules`"
        ),
    };
    let message = text!("there is no code `{asked}`", "кода `{asked}` нет");
    Failure::usage(message, help)
}

/// The page of a finding.
fn finding(code: Code, console: &Console) -> Result<Exit, Failure> {
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
