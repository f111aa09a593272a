use super::*;
use crate::diagnostic::code;

#[test]
fn every_file_and_folder_of_the_model_is_watched_and_nothing_else() {
    let temp = tempfile::tempdir().unwrap();
    let model = temp.path().join("model");
    fs::create_dir_all(model.join("tables/school")).unwrap();
    fs::create_dir_all(model.join(".git")).unwrap();
    fs::write(temp.path().join("Cargo.toml"), "").unwrap();
    fs::write(model.join("showcase.yaml"), "").unwrap();
    fs::write(model.join("tables/school/b.yaml"), "").unwrap();
    fs::write(model.join(".git/x"), "").unwrap();
    let sources = files::load(&model, &mut Report::new()).unwrap();
    let mut found = cargo::watched(&model, Some(&sources));
    found.sort();
    let inside: Vec<_> = found
        .iter()
        .map(|path| Path::new(path).strip_prefix(temp.path()).unwrap())
        .collect();
    let expected = [
        "model",
        "model/showcase.yaml",
        "model/tables",
        "model/tables/school",
        "model/tables/school/b.yaml",
    ];
    assert_eq!(inside, expected.map(Path::new));
}

#[test]
fn a_file_is_written_only_when_it_differs() {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("deep/vitrina.rs");
    assert!(write_if_changed(&path, b"1").unwrap());
    assert!(!write_if_changed(&path, b"1").unwrap());
    assert!(write_if_changed(&path, b"2").unwrap());
    assert_eq!(fs::read(&path).unwrap(), b"2");
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn a_folder_that_does_not_exist_is_an_error_that_names_it() {
    let temp = tempfile::tempdir().unwrap();
    let error = Builder::new(temp.path().join("nowhere"))
        .out_dir(temp.path())
        .try_generate()
        .unwrap_err();
    assert!(error.rendered().contains("nowhere"), "{error:?}");
    assert!(error.to_string().starts_with("error[E"), "{error}");
}

/// A model of one table, in a folder of its own.
fn model() -> tempfile::TempDir {
    let temp = tempfile::tempdir().unwrap();
    let files = [
        (
            "showcase.yaml",
            "language: 1\nshowcase: edu\ntitle: Образец\nversion: 1.0.0\n\
             groups:\n  - group: school\n    title: Школа\n    tables: [room]\n",
        ),
        (
            "tables/school/room.yaml",
            "table: room\ntitle: Помещения\norigin: inference\nprimary_key: [id]\ncolumns:\n  \
             - name: id\n    type: varchar(100)\n    title: Идентификатор\n",
        ),
    ];
    for (path, text) in files {
        let path = temp.path().join("model").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    temp
}

#[test]
fn a_model_becomes_a_module_once() {
    let temp = model();
    let builder = Builder::new(temp.path().join("model"))
        .out_dir(temp.path().join("out"))
        .file_name("showcase.rs")
        .runtime("renamed");
    let summary = builder.clone().try_generate().unwrap();
    assert!(summary.changed);
    assert_eq!(summary.rust_file, temp.path().join("out/showcase.rs"));
    let text = fs::read_to_string(&summary.rust_file).unwrap();
    let file = syn::parse_file(&text).unwrap();
    assert!(!file.items.is_empty());
    assert!(text.contains("::renamed::") && !text.contains("::vitrina::"));
    assert!(!builder.try_generate().unwrap().changed);
}

#[test]
fn errors_are_rendered_with_paths_that_terminals_find() {
    let temp = model();
    let table = temp.path().join("model/tables/school/room.yaml");
    let text = fs::read_to_string(&table).unwrap();
    fs::write(&table, text.replace("varchar", "varchra")).unwrap();
    let error = Builder::new(temp.path().join("model"))
        .out_dir(temp.path().join("out"))
        .try_generate()
        .unwrap_err();
    assert_eq!(error.codes().len(), 1, "{error:?}");
    let place = format!("{}:7:", table.display());
    assert!(error.rendered().contains(&place), "{error:?}");
    assert!(format!("{error:?}").contains(error.rendered()));
    assert!(error.short()[0].starts_with(&place), "{:?}", error.short());
    assert!(!temp.path().join("out").exists());
}

#[test]
fn further_targets_are_written_with_a_manifest() {
    let temp = model();
    let folder = temp.path().join("further");
    let builder = |target: &str| {
        Builder::new(temp.path().join("model"))
            .out_dir(temp.path().join("out"))
            .also_target(target, &folder)
    };
    let known = target::TARGETS[0];
    let summary = builder(known.id()).try_generate().unwrap();
    assert!(summary.written.iter().all(|path| path.exists()));
    assert!(!summary.written.is_empty());
    assert!(folder.join("MANIFEST.json").exists());
    assert_eq!(
        builder(known.id()).try_generate().unwrap().written,
        [""; 0].map(PathBuf::from)
    );
    let error = builder("cobol").try_generate().unwrap_err();
    assert_eq!(error.codes(), [code::TARGET_UNKNOWN]);
}
