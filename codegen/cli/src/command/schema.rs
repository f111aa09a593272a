//! `vitrina schema`: JSON Schema of the model's YAML.

use vitrina_codegen::text;

use crate::args::Schema;
use crate::console::Console;
use crate::exit::{Exit, Failure};

pub(super) fn run(args: &Schema, console: &Console) -> Result<Exit, Failure> {
    let _ = (args, console);
    Err(Failure::io(text!("no schema", "нет схемы")))
}
