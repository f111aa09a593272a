//! What is generated grows in step with the model: the same for every further table. A file that
//! repeated the whole model for each of its tables would show here, without a clock.

use std::collections::BTreeMap;

use vitrina_codegen::diagnostic::Report;
use vitrina_codegen::pipeline;
use vitrina_codegen::source::{SourceFile, SourceSet};
use vitrina_codegen::target::TARGETS;
use vitrina_tests::synthetic;

/// Files and bytes of each target's folder for a synthetic model.
fn measure(tables: usize) -> BTreeMap<String, (usize, usize)> {
    let files = synthetic::model(tables).into_iter();
    let files = files.map(|(path, text)| SourceFile { path, text });
    let sources = SourceSet::new("model", files.collect());
    let mut report = Report::new();
    let model = pipeline::compile(&sources, &mut report).unwrap();
    let artifacts = pipeline::generate(&model, TARGETS, &mut report).unwrap();
    let mut sizes: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (path, content) in artifacts.iter() {
        let (folder, _) = path.split_once('/').unwrap();
        let size = sizes.entry(folder.to_owned()).or_default();
        size.0 += 1;
        size.1 += content.len();
    }
    sizes
}

#[test]
fn every_table_costs_the_same() {
    // Whole code lists and equally long numbers in all three.
    let [small, middle, large] = [20, 40, 60].map(measure);
    assert_eq!(small.len(), TARGETS.len());
    for (target, (files, bytes)) in &small {
        let (files_2, bytes_2) = middle[target];
        let (files_3, bytes_3) = large[target];
        assert_eq!(files_2 - files, files_3 - files_2, "files of {target}");
        let (first, second) = (bytes_2 - bytes, bytes_3 - bytes_2);
        assert!(first > 0, "{target} says nothing of the tables");
        assert!(
            second.abs_diff(first) * 50 < first,
            "20 tables of {target}: {first} bytes, the next 20: {second} bytes"
        );
    }
}
