//! `vitrina schema`: JSON Schema of the model's YAML, or of the report of a package.

use serde_json::{Value, json};
use vitrina_codegen::source::schema::language_schema;
use vitrina_codegen::text;

use crate::args::Schema;
use crate::console::Console;
use crate::exit::{Exit, Failure};

pub(super) fn run(args: &Schema, console: &Console) -> Result<Exit, Failure> {
    if args.report {
        console.data(vitrina_package::report::json::SCHEMA)?;
        return Ok(Exit::Fine);
    }
    let mut schema = language_schema();
    if let Some(kind) = &args.file {
        // The definitions stay; the root alone becomes that of one kind.
        let kinds = kinds(&schema);
        if !kinds.contains(kind) {
            let known = kinds.join("`, `");
            return Err(Failure::usage(
                text!(
                    "there is no kind of file `{kind}`",
                    "нет вида файлов `{kind}`"
                ),
                text!("the kinds are `{known}`", "есть виды `{known}`"),
            ));
        }
        if let Some(root) = schema.as_object_mut() {
            root.shift_remove("oneOf");
            root.insert("$ref".into(), json!(format!("#/$defs/{kind}")));
        }
    }
    console.data(&format!("{schema:#}\n"))?;
    Ok(Exit::Fine)
}

/// The kinds of files that the schema's root chooses from.
fn kinds(schema: &Value) -> Vec<String> {
    let choices = schema.get("oneOf").and_then(Value::as_array);
    choices
        .into_iter()
        .flatten()
        .filter_map(|choice| choice.get("$ref")?.as_str()?.rsplit('/').next())
        .map(str::to_owned)
        .collect()
}
