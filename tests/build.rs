//! Generates Rust for the models that the tests include.

fn main() {
    for model in ["expressions", "names"] {
        vitrina_codegen::Builder::new(format!("models/{model}"))
            .file_name(format!("{model}.rs"))
            .generate_or_exit();
    }
}
