//! The program as people run it: what it writes, what it says, what it leaves.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use vitrina::Record;
use vitrina_model::scalar::SnilsHash;
use vitrina_model::table::{Attendance, Person};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vendor-export"))
        .args(arguments)
        .output()
        .unwrap()
}

fn export(folder: &Path, further: &[&str]) -> Output {
    let mut arguments = vec!["--out", folder.to_str().unwrap()];
    arguments.extend(["--sent", "2025-10-25 12:00:00"]);
    arguments.extend(further);
    run(&arguments)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A file of a package: its columns and rows, as another reader sees them.
fn table(folder: &Path, name: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_path(folder.join(format!("{name}.csv")))
        .unwrap();
    let fields = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    let header = fields(reader.headers().unwrap());
    let rows = reader.records().map(|row| fields(&row.unwrap())).collect();
    (header, rows)
}

/// The tables of a package, by the names of its files; nothing else may stand there but the manifest.
fn tables(folder: &Path) -> BTreeSet<String> {
    let name = |entry: std::io::Result<fs::DirEntry>| {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let table = (name != "manifest.json").then(|| name.strip_suffix(".csv").expect(&name));
        table.map(str::to_owned)
    };
    fs::read_dir(folder).unwrap().filter_map(name).collect()
}

/// The СНИЛС of the sample as digits: `999000NNN` and its check digits.
fn snils(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| !"- ".contains(*c)).collect();
    digits.contains("999000")
}

#[test]
fn the_package_has_every_row_under_the_model_s_header() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("package");
    let output = export(&folder, &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "", "no progress without a terminal");

    let expected = [
        ("academic_year", 2),
        ("address", 2),
        ("address_organisation", 2),
        ("attendance", 2529),
        ("edu_group", 6),
        ("edu_group_student", 24),
        ("education_program", 5),
        ("enrolment", 24),
        ("lesson", 720),
        ("mark", 627),
        ("movement_order", 3),
        ("organisations", 2),
        ("person", 24),
        ("source_system", 1),
        ("student", 24),
        ("study_period", 4),
        ("study_subject", 6),
    ];
    let names: BTreeSet<String> = expected
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(tables(&folder), names);
    let summary = text(&output.stdout);
    for (name, count) in expected {
        let (header, rows) = table(&folder, name);
        let model = vitrina_model::TABLES
            .iter()
            .find(|table| table.name == name)
            .unwrap();
        assert_eq!(header.join(";"), model.header);
        assert_eq!(rows.len(), count, "{name}");
        let line = summary
            .lines()
            .find(|line| line.starts_with(&format!("{name}.csv")));
        assert!(line.unwrap().contains(model.title), "{summary}");
    }
    assert!(summary.contains("4 005"), "{summary}");
}

/// The manifest of a package: what it says of the files is so.
fn manifest(folder: &Path) -> serde_json::Value {
    let text = fs::read_to_string(folder.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    let files = manifest["files"].as_array().unwrap();
    let names: BTreeSet<String> = files
        .iter()
        .map(|file| file["table"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names, tables(folder));
    for file in files {
        let name = file["table"].as_str().unwrap();
        let (_, rows) = table(folder, name);
        assert_eq!(file["rows"], rows.len(), "{name}");
    }
    manifest
}

#[test]
fn the_manifest_says_who_made_what() {
    let temp = tempfile::tempdir().unwrap();
    assert!(export(temp.path(), &[]).status.success());
    let manifest = manifest(temp.path());
    assert_eq!(manifest["model"]["showcase"], "edu_region");
    assert_eq!(manifest["producer"]["name"], "vendor-export");
    assert_eq!(manifest["mode"], "full");
}

#[test]
fn changes_are_rows_of_the_full_package_and_keys_that_are_gone() {
    let temp = tempfile::tempdir().unwrap();
    let (full, changes) = (temp.path().join("full"), temp.path().join("changes"));
    assert!(export(&full, &[]).status.success());
    let since = ["--since", "2025-10-20 00:00:00"];
    let output = export(&changes, &since);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(
        said.contains("изменено") && said.contains("удалено"),
        "{said}"
    );

    let (upsert, delete) = (changes.join("upsert"), changes.join("delete"));
    assert_eq!(manifest(&upsert)["mode"], "upsert");
    assert_eq!(manifest(&delete)["mode"], "delete");
    for name in ["attendance", "mark"] {
        let (header, rows) = table(&upsert, name);
        let (of_all, all) = table(&full, name);
        assert_eq!(header, of_all);
        assert!(!rows.is_empty() && rows.len() < all.len(), "{name}");
        let at = header.iter().position(|it| it == "mark_datetime").unwrap();
        let later: Vec<_> = all
            .iter()
            .filter(|row| row[at].as_str() >= "2025-10-20")
            .collect();
        assert_eq!(rows.iter().collect::<Vec<_>>(), later, "{name}");
    }
    let gone = |name| table(&delete, name);
    let keys = |keys: &[&str]| {
        (
            vec!["id".to_owned()],
            keys.iter().map(|key| vec![(*key).to_owned()]).collect(),
        )
    };
    assert_eq!(gone("attendance"), keys(&["DEMO-9900002", "DEMO-9900003"]));
    assert_eq!(gone("mark"), keys(&["DEMO-9900003"]));

    let bad = temp.path().join("bad");
    let old = ["--bad", "--since", "2025-09-01 00:00:00"];
    assert_eq!(export(&bad, &old).status.code(), Some(1));
    assert!(!bad.exists(), "neither package, nor the folder");
}

#[test]
fn every_reference_has_its_row() {
    let temp = tempfile::tempdir().unwrap();
    assert!(export(temp.path(), &[]).status.success());
    let mut references = 0;
    for name in tables(temp.path()) {
        let model = vitrina_model::TABLES
            .iter()
            .find(|table| table.name == name)
            .unwrap();
        let (_, rows) = table(temp.path(), &name);
        for reference in model.references {
            let used: BTreeSet<Vec<&str>> = rows
                .iter()
                .map(|row| {
                    reference
                        .columns
                        .iter()
                        .map(|&at| row[at].as_str())
                        .collect()
                })
                .filter(|key: &Vec<&str>| !key.contains(&""))
                .collect();
            if used.is_empty() {
                continue;
            }
            let (header, targets) = table(temp.path(), reference.table);
            let places: Vec<usize> = reference
                .target
                .iter()
                .map(|column| header.iter().position(|name| name == column).unwrap())
                .collect();
            let known: BTreeSet<Vec<&str>> = targets
                .iter()
                .map(|row| places.iter().map(|&at| row[at].as_str()).collect())
                .collect();
            assert!(used.is_subset(&known), "{name} -> {}", reference.table);
            references += used.len();
        }
    }
    assert!(references > 1000, "{references}");
}

#[test]
fn numbers_of_persons_leave_as_hashes_only() {
    let temp = tempfile::tempdir().unwrap();
    let output = export(temp.path(), &[]);
    assert!(!snils(&text(&output.stdout)));
    for name in tables(temp.path()) {
        let file = fs::read_to_string(temp.path().join(format!("{name}.csv"))).unwrap();
        assert!(!snils(&file), "{name}");
    }
    let file = fs::File::open(temp.path().join("person.csv")).unwrap();
    let persons: Vec<Person> = Person::read_csv(file)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let hashes: BTreeSet<_> = persons
        .iter()
        .filter_map(|person| person.snils_hash.clone())
        .collect();
    // One child has none; the three ways of writing the number give one kind of hash.
    assert_eq!((persons.len(), hashes.len()), (24, 23));
    let first = SnilsHash::from_raw("999-000-001 15").unwrap();
    assert!(hashes.contains(&first));
}

#[test]
fn codes_and_clocks_are_those_of_the_showcase() {
    let temp = tempfile::tempdir().unwrap();
    export(temp.path(), &[]);
    let file = fs::File::open(temp.path().join("attendance.csv")).unwrap();
    let rows: Vec<Attendance> = Attendance::read_csv(file)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let codes: BTreeSet<&str> = rows.iter().map(|row| row.attendance_code.code()).collect();
    assert_eq!(
        codes,
        BTreeSet::from(["absent", "late", "present", "released"])
    );
    let first = &rows[0];
    assert_eq!(first.id.as_str(), "DEMO-101");
    // 09:00 in Moscow, when the first lesson ends.
    assert_eq!(first.mark_datetime.to_string(), "2025-09-01 09:00:00");
}

#[test]
fn one_bad_row_and_there_is_no_package() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("package");
    let output = export(&folder, &["--bad"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    let findings = text(&output.stderr);
    let expected = [
        "organisations.inn [sch_school 101] value: контрольная цифра неверна, ожидалась 7",
        "person.snils_hash [sch_pupil 3] value: контрольная цифра неверна",
        "lesson.topic_text [DEMO-7] character: содержит перевод строки",
        "attendance.late_minutes [DEMO-101]: не выполнено условие",
        "attendance.attendance_code [sch_journal 102] value: такого кода нет в перечне",
    ];
    for (line, expected) in findings.lines().zip(expected) {
        assert!(line.starts_with(expected), "{line}");
    }
    assert!(
        findings.contains("Ошибок: 5. Пакет не записан"),
        "{findings}"
    );
    assert!(!snils(&findings), "{findings}");
    assert!(!folder.exists(), "not even the folder");
}

#[test]
fn an_earlier_package_stays_unless_a_whole_one_replaces_it() {
    let temp = tempfile::tempdir().unwrap();
    assert!(export(temp.path(), &["--prefix", "OLD"]).status.success());
    let read = || fs::read_to_string(temp.path().join("mark.csv")).unwrap();
    let before = read();

    let output = export(temp.path(), &[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("уже существует"));
    let output = export(temp.path(), &["--overwrite", "--bad"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(read(), before);
    assert_eq!(tables(temp.path()).len(), 17);

    assert!(export(temp.path(), &["--overwrite"]).status.success());
    assert!(read().contains("\"DEMO-") && !read().contains("\"OLD-"));
}

#[test]
fn a_database_of_its_own_is_read() {
    let temp = tempfile::tempdir().unwrap();
    let file = temp.path().join("ris.sqlite");
    let database = rusqlite::Connection::open(&file).unwrap();
    database
        .execute_batch(include_str!("../data/schema.sql"))
        .unwrap();
    database
        .execute_batch(include_str!("../data/seed.sql"))
        .unwrap();
    drop(database);
    let (own, sample) = (temp.path().join("own"), temp.path().join("sample"));
    let output = export(&own, &["--database", file.to_str().unwrap()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(export(&sample, &[]).status.success());
    for name in tables(&sample) {
        let read = |folder: &Path| fs::read(folder.join(format!("{name}.csv"))).unwrap();
        assert_eq!(read(&own), read(&sample), "{name}");
    }

    fs::write(&file, "no database").unwrap();
    let folder = temp.path().join("none");
    let output = export(&folder, &["--database", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3));
    assert!(!folder.exists());
}

#[test]
fn wrong_words_are_told() {
    for (arguments, problem) in [
        (&[] as &[&str], "не указана папка"),
        (&["--out"], "за `--out` нет значения"),
        (
            &["--out", "x", "--sent", "завтра"],
            "`--sent`: не дата и время",
        ),
        (
            &["--out", "x", "--since", "вчера"],
            "`--since`: не дата и время",
        ),
        (&["--out", "x", "--prefix", "школа"], "`--prefix`: "),
        (&["--outt", "x"], "неизвестный ключ `--outt`"),
        (
            &["--out", "x", "--bad", "--database", "y"],
            "относится к образцу",
        ),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(problem), "{arguments:?}");
    }
    let help = run(&["--help"]);
    assert!(help.status.success() && text(&help.stdout).contains("--overwrite"));
}
