//! One run of a peer: its schema to a file of Rust.

use std::path::Path;

use crate::Outcome;

/// `prost-build`, with the pure-Rust protobuf compiler in front.
pub fn prost(input: &Path, output: &Path) -> Outcome {
    let folder = input.parent().ok_or("the input has no folder")?;
    let descriptors = protox::compile([input], [folder])?;
    std::fs::create_dir_all(output)?;
    prost_build::Config::new()
        .out_dir(output)
        .compile_fds(descriptors)?;
    Ok(())
}

/// `typify`, formatted with `prettyplease` as its users do.
pub fn typify(input: &Path, output: &Path) -> Outcome {
    let schema: schemars::schema::RootSchema =
        serde_json::from_str(&std::fs::read_to_string(input)?)?;
    let mut space = typify::TypeSpace::new(&typify::TypeSpaceSettings::default());
    space.add_root_schema(schema)?;
    let file = syn::parse2::<syn::File>(space.to_stream())?;
    std::fs::create_dir_all(output)?;
    std::fs::write(output.join("model.rs"), prettyplease::unparse(&file))?;
    Ok(())
}
