use super::*;

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
