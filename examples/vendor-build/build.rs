//! The model of `model/` becomes Rust; cargo runs this again when a file of the model changes.

fn main() {
    vitrina_codegen::Builder::new("model").generate_or_exit();
}
