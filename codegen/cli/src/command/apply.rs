//! `vitrina apply`: a package made of an earlier one and a delta.

use serde_json::json;
use vitrina_codegen::diagnostic::Format;
use vitrina_codegen::diagnostic::render::{plural_en, plural_ru};
use vitrina_codegen::text;
use vitrina_package::delta::apply;

use super::change::{open_model, options, place};
use super::delta::failed;
use crate::args::{Apply, Shared};
use crate::console::Console;
use crate::exit::{Exit, Failure};

pub(super) fn run(args: &Apply, shared: &Shared, console: &Console) -> Result<Exit, Failure> {
    let out = place(shared)?;
    let Some(model) = open_model(shared, console)? else {
        return Ok(Exit::Findings);
    };
    let options = options(&args.resources);
    let applied = match apply(&model, &args.old, &args.delta, &out, &options) {
        Ok(applied) => applied,
        Err(error) => return failed(&error, console),
    };
    let (rows, files, bytes) = (applied.rows, applied.files, applied.bytes);
    if console.format == Format::Json {
        let document = json!({ "files": files, "rows": rows, "bytes": bytes });
        console.data(&format!("{document:#}\n"))?;
        return Ok(Exit::Fine);
    }
    let many = |count: u64| usize::try_from(count % 1_000_000).unwrap_or(0);
    let en = plural_en(many(rows), ["row", "rows"]);
    let ru = plural_ru(many(rows), ["строка", "строки", "строк"]);
    let files_en = plural_en(many(files), ["file", "files"]);
    let files_ru = plural_ru(many(files), ["файле", "файлах", "файлах"]);
    let out = out.display();
    console.status(&text!(
        "{out}: {rows} {en} in {files} {files_en}, as the delta has them",
        "{out}: {rows} {ru} в {files} {files_ru}, как записано в дельте"
    ));
    Ok(Exit::Fine)
}
