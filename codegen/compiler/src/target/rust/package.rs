//! `Cargo.toml` and `README.md` of the generated crate.

use super::plan::Plan;
use crate::model::Model;

/// The name of the crate: as set, else `<mnemonic>-model`.
fn crate_name(model: &Model) -> String {
    let showcase = model.showcase();
    match &showcase.targets.rust_crate {
        Some(name) => name.clone(),
        None => format!(
            "{}-model",
            showcase.mnemonic.to_lowercase().replace('_', "-")
        ),
    }
}

/// The crate's name in Rust.
pub(super) fn library(model: &Model) -> String {
    crate_name(model).replace('-', "_")
}

/// A string of TOML.
fn toml(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `Cargo.toml`.
pub(super) fn manifest(model: &Model, plan: &Plan) -> String {
    let showcase = model.showcase();
    let workspace = showcase.targets.rust_workspace;
    let common = match workspace {
        true => "edition.workspace = true\nlicense.workspace = true\n",
        false => "edition = \"2024\"\nrust-version = \"1.89\"\n",
    };
    // Only hashed types need the hash; the runtime has it on by default outside a workspace.
    let runtime = match (workspace, plan.hashes) {
        (true, true) => "vitrina = { workspace = true, features = [\"hash\"] }",
        (true, false) => "vitrina.workspace = true",
        (false, true) => {
            "vitrina = { version = \"0.1\", default-features = false, features = [\"hash\"] }"
        }
        (false, false) => "vitrina = { version = \"0.1\", default-features = false }",
    };
    let lints = if workspace {
        "\n[lints]\nworkspace = true\n"
    } else {
        ""
    };
    format!(
        "# {header}\n\
         [package]\n\
         name = {name}\n\
         description = {title}\n\
         version = \"{version}\"\n\
         {common}\n\
         [features]\n\
         # JSON of scalars and records through `serde`.\n\
         serde = [\"vitrina/serde\"]\n\
         # Conversions from and to dates and times of `chrono`.\n\
         chrono = [\"vitrina/chrono\"]\n\
         # Conversions from and to `uuid::Uuid`.\n\
         uuid = [\"vitrina/uuid\"]\n\n\
         [dependencies]\n\
         {runtime}\n\
         {lints}",
        header = plan.header,
        name = toml(&crate_name(model)),
        title = toml(&showcase.title),
        version = showcase.version,
    )
}

/// `README.md`.
pub(super) fn readme(model: &Model, plan: &Plan) -> String {
    let showcase = model.showcase();
    let name = crate_name(model);
    let example = plan.example.as_ref().map_or_else(String::new, |program| {
        format!("```rust,no_run\n{program}```\n\n")
    });
    format!(
        "<!-- {header} -->\n\n\
         # {name}\n\n\
         {title}, версия модели {version}: типы Rust для строк всех таблиц ({tables}), их ключей,\n\
         скалярных типов и справочников. Крейт создан из модели; правьте модель, а не его.\n\n\
         ## Готовый крейт\n\n\
         ```toml\n\
         [dependencies]\n\
         {name} = \"{version}\"\n\
         vitrina = \"0.1\"\n\
         ```\n\n\
         {example}\
         Строки таблиц — обычные структуры с открытыми полями; целиком путь от базы поставщика до пакета\n\
         показывает программа `examples/vendor-export` репозитория Vitrina.\n\n\
         Возможности: `serde` — JSON, `chrono` и `uuid` — преобразования в типы этих крейтов.\n\n\
         ## Свой модуль из build.rs\n\n\
         Тот же код создаётся при сборке из папки модели и включается в любой модуль:\n\n\
         ```toml\n\
         [dependencies]\n\
         vitrina = \"0.1\"\n\n\
         [build-dependencies]\n\
         vitrina-codegen = \"0.1\"\n\
         ```\n\n\
         ```rust\n\
         // build.rs\n\
         fn main() {{\n    \
             vitrina_codegen::Builder::new(\"model\").generate_or_exit();\n\
         }}\n\
         ```\n\n\
         ```rust\n\
         // src/lib.rs\n\
         mod model {{\n    \
             include!(concat!(env!(\"OUT_DIR\"), \"/vitrina.rs\"));\n\
         }}\n\
         ```\n",
        header = plan.header,
        title = super::docs::escape(&showcase.title),
        version = showcase.version,
        tables = plan.tables.len(),
    )
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;
    use crate::model::fixture;

    #[test]
    fn a_member_of_a_workspace_names_nothing_twice() {
        let mut model = fixture::model();
        model.showcase.targets.rust_workspace = true;
        model.showcase.targets.rust_crate = Some("own-name".into());
        let manifest = manifest(&model, &Plan::new(&model, &quote!(::vitrina)));
        for line in [
            "name = \"own-name\"",
            "version = \"1.0.0\"",
            "edition.workspace = true",
            "license.workspace = true",
            "vitrina = { workspace = true, features = [\"hash\"] }",
            "[lints]\nworkspace = true",
        ] {
            assert!(manifest.contains(line), "{line}: {manifest}");
        }
        model.scalars[3].hash_of = None;
        let manifest = super::manifest(&model, &Plan::new(&model, &quote!(::vitrina)));
        assert!(
            manifest.contains("\nvitrina.workspace = true\n"),
            "{manifest}"
        );
    }

    #[test]
    fn titles_are_strings_of_toml() {
        assert_eq!(toml("«а» \"б\" \\ \n"), "\"«а» \\\"б\\\" \\\\  \"");
    }
}
