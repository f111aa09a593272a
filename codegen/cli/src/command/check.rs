//! `vitrina check`: the model, and what each target could not express of it.

use vitrina_codegen::diagnostic::Report;
use vitrina_codegen::diagnostic::render::{plural_en, plural_ru};
use vitrina_codegen::{pipeline, text};

use super::load::{load, targets};
use crate::args::{Check, Shared};
use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::places;
use crate::timings::Timings;

pub(super) fn run(args: &Check, shared: &Shared, console: &Console) -> Result<Exit, Failure> {
    let folder = places::model(shared)?;
    let mut loaded = load(&folder, &Timings::default())?;
    if let Some(model) = &loaded.model {
        pipeline::check(model, &targets(&args.target), &mut loaded.report);
    }
    let parts = [(&loaded.report, &loaded.sources)];
    console.findings(&parts, [])?;
    if let (Some(model), true) = (&loaded.model, is_clean(&loaded.report)) {
        let tables = model.tables().len();
        let title = &model.showcase().title;
        let en = plural_en(tables, ["table", "tables"]);
        let ru = plural_ru(tables, ["таблица", "таблицы", "таблиц"]);
        console.status(&text!(
            "{title}: {tables} {en}, nothing found",
            "{title}: {tables} {ru}, замечаний нет"
        ));
    }
    Ok(console.exit(&parts))
}

fn is_clean(report: &Report) -> bool {
    report.sorted().is_empty()
}
