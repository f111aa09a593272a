//! Generates Rust for the models that the tests include.

fn main() {
    vitrina_codegen::Builder::new("models/expressions")
        .file_name("expressions.rs")
        .generate_or_exit();
}
