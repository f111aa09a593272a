//! Writes the reference packages: `cargo run -p vitrina-tests --bin reference-packages`.

use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use vitrina_tests::model::path;
use vitrina_tests::reference::{self, Base, FOLDER};

fn main() -> ExitCode {
    match work() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn work() -> Result<(), String> {
    let base = Base::new()?;
    let place = tempfile::tempdir().map_err(|error| error.to_string())?;
    let tree = reference::tree(&base, place.path())?;
    let folder = path(FOLDER);
    clear(&folder)
        .and_then(|()| reference::write(&folder, &tree))
        .map_err(|error| format!("{}: {error}", folder.display()))?;
    println!("{}: {} files", folder.display(), tree.len());
    Ok(())
}

/// Removes the cases; what is written by hand stands beside them.
fn clear(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}
