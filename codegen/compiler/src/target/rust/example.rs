//! The program in the crate's documentation and README: short, whole, of the model's own names. The
//! documentation's copy is compiled as a test of the generated crate.

use std::fmt::Write;

use super::names;
use super::plan::types::{KeyKind, ScalarKind};
use super::plan::{ClassifierPlan, KeyPlan, ScalarPlan, TablePlan};
use crate::model::Model;

/// The parts of a plan that the program names.
pub(super) struct Parts<'p> {
    /// The crate, as Rust writes it.
    pub(super) library: String,
    pub(super) scalars: &'p [ScalarPlan],
    pub(super) keys: &'p [KeyPlan],
    pub(super) classifiers: &'p [ClassifierPlan],
    pub(super) tables: &'p [TablePlan],
}

/// The program; none for a model without tables. Types are named through their modules, because a
/// table may be called `Context`.
pub(super) fn program(model: &Model, parts: &Parts<'_>) -> Option<String> {
    let table = parts.tables.first()?;
    let (library, file) = (&parts.library, &table.name);
    let row = format!("table::{}", names::bare(&table.ident));
    let values: Vec<(&str, &str, String)> = [
        key(model, parts),
        scalar(model, parts),
        hash(model, parts),
        code(parts),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut modules = vec!["table"];
    modules.extend(values.iter().map(|(module, ..)| *module));
    modules.sort_unstable();
    modules.dedup();
    let modules = match modules.as_slice() {
        [one] => (*one).to_owned(),
        many => format!("{{{}}}", many.join(", ")),
    };
    let prefix = if values.iter().any(|(module, ..)| *module == "key") {
        "Prefix, "
    } else {
        ""
    };
    let mut shown = String::new();
    for (_, says, expression) in &values {
        let _ = writeln!(
            shown,
            "    // {says}\n    println!(\"{{:?}}\", {expression}?);"
        );
    }
    Some(format!(
        r#"use std::error::Error;
use std::fs::File;

use {library}::{modules};
use vitrina::{{Context, Findings, Lang, PackageWriter, {prefix}Record, Timestamp}};

/// Проверяет строки и пишет пакет: его файлы появятся все вместе или не появится ни один.
fn export(rows: &[{row}], folder: &str) -> Result<u64, Box<dyn Error>> {{
    // «Сегодня» для правил — по часам региона; в Москве они на 3 часа впереди UTC.
    let context = Context::new(Timestamp::now(3).date());
    let mut findings = Findings::new();
    let package = PackageWriter::create(folder)?;
    let mut file = package.table::<{row}>()?;
    for row in rows {{
        file.write_valid(row, &context, &mut findings)?;
    }}
    file.close()?;
    for finding in &findings {{
        // Таблица, столбец, ключ строки и причина; персональных данных здесь нет.
        eprintln!("{{}}", finding.line(Lang::Ru));
    }}
    if findings.has_errors() {{
        return Err("в строках ошибки, пакет не записан".into());
    }}
    Ok(package.finish()?.rows())
}}

fn main() -> Result<(), Box<dyn Error>> {{
{shown}    // Строки приходят из базы поставщика; здесь — из файла прежнего пакета.
    let file = File::open("{file}.csv")?;
    let rows: Vec<_> = {row}::read_csv(file)?.collect::<Result<_, _>>()?;
    println!("записано строк: {{}}", export(&rows, "package")?);
    Ok(())
}}
"#
    ))
}

/// A module, what is shown, and the expression, which may fail.
type Shown = Option<(&'static str, &'static str, String)>;

/// The key of the first table that has a key of text with an example: `ESH-123`.
fn key(model: &Model, parts: &Parts<'_>) -> Shown {
    model
        .tables()
        .iter()
        .zip(parts.tables)
        .find_map(|(table, plan)| {
            let [column] = table.primary_key.as_slice() else {
                return None;
            };
            let form = model.form_of(&table.column(*column).ty)?;
            let ident = format!("{}Id", names::bare(&plan.ident));
            let is_text = |key: &&KeyPlan| matches!(key.kind, KeyKind::Text { .. });
            let key = parts
                .keys
                .iter()
                .filter(is_text)
                .find(|key| key.ident == ident)?;
            let (prefix, id) = form.examples.first()?.split_once('-')?;
            let capital = prefix.bytes().next()?.is_ascii_uppercase();
            let fits =
                |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
            if !capital || !prefix.bytes().all(fits) || prefix.len() > 20 || id.is_empty() {
                return None;
            }
            let is_number = id
                .parse::<u32>()
                .is_ok_and(|number| number.to_string() == id);
            let id = if is_number {
                id.into()
            } else {
                format!("{id:?}")
            };
            Some((
                "key",
                "Ключ строки: префикс поставщика и номер из его базы.",
                format!("key::{}::new(&Prefix::new({prefix:?})?, {id})", key.ident),
            ))
        })
}

/// A type with a check digit that is nobody's identifier.
fn scalar(model: &Model, parts: &Parts<'_>) -> Shown {
    let mut scalars = model.scalars().iter().zip(parts.scalars);
    scalars.find_map(|(scalar, plan)| {
        let is_text = matches!(plan.kind, ScalarKind::Text { hash_of: None, .. });
        if !is_text || scalar.algorithm.is_none() || scalar.personal.is_some() {
            return None;
        }
        let example = scalar.examples.first()?;
        Some((
            "scalar",
            "Значение с проверкой формы и контрольных цифр.",
            format!("scalar::{}::parse({example:?})", names::bare(&plan.ident)),
        ))
    })
}

/// A type that hashes what must not leave the vendor.
fn hash(model: &Model, parts: &Parts<'_>) -> Shown {
    let mut scalars = model.scalars().iter().zip(parts.scalars);
    scalars.find_map(|(scalar, plan)| {
        if !plan.hashes() {
            return None;
        }
        let example = model.scalar(scalar.hash_of?.of).examples.first()?;
        Some((
            "scalar",
            "Персональный идентификатор: проверяется, хэшируется и больше нигде не хранится.",
            format!(
                "scalar::{}::from_raw({example:?})",
                names::bare(&plan.ident)
            ),
        ))
    })
}

/// A code of a closed list.
fn code(parts: &Parts<'_>) -> Shown {
    let list = parts.classifiers.iter().find(|list| !list.numeric)?;
    let code = &list.values.first()?.code;
    let ident = names::bare(&list.ident);
    Some((
        "classifier",
        "Код справочника.",
        format!("{code:?}.parse::<classifier::{ident}>()"),
    ))
}
