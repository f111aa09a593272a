//! What the program makes, once per process.

use std::sync::LazyLock;

use serde_json::Value;
use tempfile::TempDir;
use vitrina_tests::reference::{Base, Tree, tree};

pub(super) struct Made {
    pub(super) base: Base,
    /// Where the packages lie, in a folder for each case.
    pub(super) place: TempDir,
    /// What the folder of reference packages is to hold.
    pub(super) tree: Tree,
}

pub(super) fn made() -> &'static Made {
    static MADE: LazyLock<Made> = LazyLock::new(|| {
        let base = Base::new().unwrap_or_else(|error| panic!("{error}"));
        let place = tempfile::tempdir().unwrap();
        let tree = tree(&base, place.path()).unwrap_or_else(|error| panic!("{error}"));
        Made { base, place, tree }
    });
    &MADE
}

impl Made {
    /// A JSON file of the tree.
    pub(super) fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&self.tree[name]).unwrap()
    }

    /// `cases.json`.
    pub(super) fn cases(&self) -> Vec<Value> {
        self.json("cases.json")["cases"].as_array().unwrap().clone()
    }
}
