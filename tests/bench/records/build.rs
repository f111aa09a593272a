//! The model of `models/marks` becomes Rust.

fn main() {
    vitrina_codegen::Builder::new("../models/marks").generate_or_exit();
}
