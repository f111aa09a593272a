//! `vitrina targets`: what can be generated.

use serde_json::{Value, json};
use vitrina_codegen::target::TARGETS;

use crate::console::{Console, columns};
use crate::exit::{Exit, Failure};

pub(super) fn run(console: &Console) -> Result<Exit, Failure> {
    let text = || {
        let rows = TARGETS.iter().map(|target| {
            vec![
                target.id().to_owned(),
                format!("{}/", target.folder()),
                target.about().get(console.lang).to_owned(),
            ]
        });
        columns(&rows.collect::<Vec<_>>())
    };
    let json = || {
        let rows = TARGETS.iter().map(|target| {
            let about = target.about();
            json!({
                "id": target.id(),
                "folder": target.folder(),
                "about": { "en": about.en, "ru": about.ru },
            })
        });
        json!({ "format": 1, "targets": rows.collect::<Vec<Value>>() })
    };
    console.table(text, json)
}
