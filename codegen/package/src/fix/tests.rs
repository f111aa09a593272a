//! Each kind of mending, what is left, and that nothing else is touched.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use tempfile::TempDir;
use vitrina_codegen::model::Model;
use vitrina_codegen::model::eval::Day;
use vitrina_codegen::quality::Moment;

use super::{Error, Report, fix};
use crate::notes::{self, NOTE_HEADER, THING_HEADER};
use crate::read::encoding::Encoding;
use crate::{Options, OutError};

type Files = BTreeMap<String, Vec<u8>>;

fn options() -> Options {
    Options::new(Moment {
        today: Day(20_000),
        now: 0,
    })
}

fn tree(folder: &Path) -> Files {
    let mut found = Files::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            for (inside, bytes) in tree(&path) {
                found.insert(format!("{name}/{inside}"), bytes);
            }
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

struct Fixed {
    place: TempDir,
    report: Report,
    files: Files,
}

impl Fixed {
    fn new(model: &Model, files: &[(&str, &[u8])]) -> Fixed {
        let place = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = place.path().join("in").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        fs::create_dir_all(place.path().join("in")).unwrap();
        let out = place.path().join("out");
        let report = fix(model, &place.path().join("in"), &out, &options()).unwrap();
        let fixed = Fixed {
            files: tree(&out),
            place,
            report,
        };
        fixed.again(model);
        fixed
    }

    /// What is mended needs no mending.
    fn again(&self, model: &Model) {
        let (out, twice) = (
            self.place.path().join("out"),
            self.place.path().join("twice"),
        );
        let report = fix(model, &out, &twice, &options()).unwrap();
        assert_eq!(tree(&twice), self.files);
        assert!(
            report.is_unchanged(),
            "{}",
            report.to_text(vitrina_codegen::Lang::En)
        );
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.files[name].clone()).unwrap()
    }

    /// Kinds with their counts, of all files.
    fn mended(&self) -> Vec<(&'static str, u64)> {
        let files = self.report.files.iter();
        files
            .flat_map(|file| file.mends.iter().map(|(mend, count)| (mend.name(), count)))
            .collect()
    }

    /// Codes with their counts and lines, of all files and the package.
    fn left(&self) -> Vec<(&'static str, u64, Vec<u64>)> {
        let files = self.report.files.iter().map(|file| &file.lefts);
        files
            .chain([&self.report.lefts])
            .flat_map(|lefts| lefts.iter())
            .map(|(code, _, count, lines)| (code.as_str(), count, lines.to_vec()))
            .collect()
    }
}

/// One file `note.csv`, mended by the model of notes.
fn note(bytes: impl AsRef<[u8]>) -> Fixed {
    Fixed::new(&notes::model(), &[("note.csv", bytes.as_ref())])
}

const CLEAN: &str =
    "owner;text;number;done\n\"Анна\";\"a\"\"b;c\";\"1\";\"true\"\n\"b\";\"\";\"2\";\"\"";

#[test]
fn a_clean_package_is_copied_byte_for_byte() {
    let model = notes::model();
    let fixed = Fixed::new(
        &model,
        &[
            ("note.0001.csv", CLEAN.as_bytes()),
            ("note.0002.csv", NOTE_HEADER.as_bytes()),
            ("rdm_thing.csv", b"id;day\n\"x\";\"2024-01-01\""),
        ],
    );
    assert!(fixed.report.is_unchanged() && !fixed.report.has_lefts());
    let mut files = tree(&fixed.place.path().join("in"));
    let manifest = fixed.text("manifest.json");
    assert!(
        manifest.contains("\"name\": \"rdm_thing.csv\""),
        "{manifest}"
    );
    files.insert("manifest.json".to_owned(), manifest.into_bytes());
    assert_eq!(fixed.files, files);
}

#[test]
fn everything_that_can_be_mended_at_once() {
    let text = "\u{feff}DONE,\"оwner\",number,Text\r\n\
                True, \"Анна\" ,1,\"a\"\"b;c\"\r\n\
                \r\n\
                DONE,\"оwner\",number,Text\r\n\
                ,\"b\",\" 2\",\r\n";
    let fixed = note(text);
    assert_eq!(fixed.text("note.csv"), CLEAN);
    assert_eq!(
        fixed.mended(),
        [
            ("byte_order_mark", 1),
            ("separator", 1),
            ("header_case", 1),
            ("header_order", 1),
            ("header_quotes", 1),
            ("header_letters", 1),
            ("header_repeated", 1),
            ("line_ends", 5),
            ("empty_lines", 1),
            ("final_line_feed", 1),
            ("quotes", 2),
            ("null_form", 2),
            ("blanks", 2),
            ("booleans", 1),
        ]
    );
    assert!(fixed.left().is_empty(), "{:?}", fixed.left());
    let manifest: serde_json::Value = serde_json::from_str(&fixed.text("manifest.json")).unwrap();
    assert_eq!(manifest["mode"], "full");
    assert_eq!(manifest["files"][0]["rows"], 2);
    assert_eq!(manifest["files"][0]["bytes"], CLEAN.len());
}

#[test]
fn encodings_that_are_certain() {
    let text = CLEAN.replace(
        "a\"\"b;c",
        "Контрольная работа по теме квадратных уравнений",
    );
    for encoding in Encoding::EIGHT_BIT {
        let upper = encoding.upper_half().unwrap();
        let byte = |char: char| match char.is_ascii() {
            true => char as u8,
            false => 0x80 + upper.iter().position(|one| *one == char).unwrap() as u8,
        };
        let fixed = note(text.chars().map(byte).collect::<Vec<u8>>());
        assert_eq!(fixed.text("note.csv"), text);
        assert_eq!(fixed.mended(), [("encoding", 1)], "{encoding:?}");
    }
    // Without a mark it is told by the zeros of the first lines.
    let text = text.replace(
        "done\n",
        &format!("done\n{}", "\"x\";\"\";\"3\";\"\"\n".repeat(5)),
    );
    for (mark, to_bytes) in [
        ("\u{feff}", u16::to_be_bytes as fn(u16) -> [u8; 2]),
        ("", u16::to_le_bytes),
    ] {
        let marked = format!("{mark}{text}\r\n");
        let bytes: Vec<u8> = marked.encode_utf16().flat_map(to_bytes).collect();
        let fixed = note(bytes);
        assert_eq!(fixed.text("note.csv"), text);
        assert_eq!(fixed.mended()[0], ("encoding", 1));
    }
}

#[test]
fn encodings_that_are_not_are_left() {
    // A few letters that are seldom in every encoding tell too little.
    let mut doubtful = 0;
    for letters in [
        [0xe0, 0xc1],
        [0xdd, 0xfd],
        [0xd4, 0xf4],
        [0xc6, 0xdc],
        [0xff, 0xd1],
    ] {
        let mut text = b"owner;text;number;done\r\n".to_vec();
        text.extend_from_slice(&letters.repeat(3));
        text.extend_from_slice(b";b;1;");
        let fixed = note(&text);
        if fixed
            .left()
            .first()
            .is_some_and(|(code, ..)| *code == "V0202")
        {
            doubtful += 1;
            assert_eq!(fixed.files["note.csv"], text);
            assert!(fixed.mended().is_empty());
        }
    }
    assert!(doubtful > 0, "every guess was certain");
    // Windows-1251 first, UTF-8 behind: one of them would be spoilt.
    let mut mixed = b"owner;text;number;done\n".to_vec();
    for _ in 0..20_000 {
        mixed.extend_from_slice(b"\"\xc0\xed\xed\xe0 \xef\xe8\xf8\xe5\xf2\";\"\";\"1\";\"\"\n");
    }
    mixed.extend("\"Анна\";\"\";\"2\";\"\"\n".repeat(300).bytes());
    let fixed = note(&mixed);
    assert_eq!(fixed.files["note.csv"], mixed);
    assert_eq!(fixed.left()[0].0, "V0306");
}

#[test]
fn lines_that_cannot_be_told_are_left_as_they_are() {
    let text = "owner;text;number;done\r\n\
                \"a\";\"open;\"1\";\"\"\r\n\
                \"a\";\"1\"\r\n\
                a;ё;1;maybe\r\n\
                \"a\";\"o\"pen\";\"1\";\"\"";
    let mut bytes = text.as_bytes().to_vec();
    bytes.extend_from_slice(b"\n\"\xff\";\"\";\"1\";\"\"");
    let fixed = note(&bytes);
    let mut expected = text
        .replace('\r', "")
        .replace("a;ё;1;maybe", "\"a\";\"ё\";\"1\";\"maybe\"");
    expected.push('\n');
    let mut expected = expected.into_bytes();
    expected.extend_from_slice(b"\"\xff\";\"\";\"1\";\"\"");
    assert_eq!(fixed.files["note.csv"], expected);
    assert_eq!(fixed.mended(), [("line_ends", 4), ("quotes", 4)]);
    let mut codes: Vec<_> = fixed.left();
    codes.sort();
    assert_eq!(
        codes,
        [
            ("V0301", 1, vec![3]),
            ("V0304", 2, vec![2, 5]),
            ("V0306", 1, vec![6]),
        ]
    );
}

#[test]
fn a_separator_that_does_not_fit_every_row_is_left() {
    let text = "owner,text,number,done\na,b,1,\na,b,c,1,\n";
    let fixed = note(text);
    assert_eq!(fixed.text("note.csv"), text);
    assert!(fixed.mended().is_empty());
    assert_eq!(fixed.left()[0].0, "V0204");
    let tabs = note("owner\ttext\tnumber\tdone\n\t\t\t\nb\t \t\"2\"\t\n");
    assert_eq!(
        tabs.text("note.csv"),
        "owner;text;number;done\n\"\";\"\";\"\";\"\"\n\"b\";\"\";\"2\";\"\""
    );
}

#[test]
fn a_header_without_some_column_moves_nothing() {
    let fixed = note("TEXT;owner;number\nb;a;1");
    assert_eq!(
        fixed.text("note.csv"),
        "text;owner;number\n\"b\";\"a\";\"1\""
    );
    assert_eq!(fixed.left()[0].0, "V0207");
    let none = note("\"a\";\"b\";\"1\";\"\"\n\"a\";\"b\";\"2\";\"\"");
    assert_eq!(
        none.text("note.csv"),
        "\"a\";\"b\";\"1\";\"\"\n\"a\";\"b\";\"2\";\"\""
    );
    assert_eq!(none.left()[0].0, "V0205");
}

#[test]
fn lines_of_old_macintoshes() {
    let fixed = note(CLEAN.replace('\n', "\r"));
    assert_eq!(fixed.text("note.csv"), CLEAN);
    assert_eq!(fixed.mended(), [("line_ends", 2)]);
}

#[test]
fn files_get_their_names_and_places() {
    let model = notes::model();
    let fixed = Fixed::new(
        &model,
        &[
            ("export/Note.0001.CSV", CLEAN.as_bytes()),
            ("export/RDM_Thing.csv", THING_HEADER.as_bytes()),
            ("export/read.me", b"x\r\n"),
        ],
    );
    let names: Vec<&str> = fixed.files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["manifest.json", "note.0001.csv", "rdm_thing.csv", "read.me"]
    );
    assert_eq!(fixed.text("read.me"), "x\r\n");
    assert_eq!(
        fixed.mended(),
        [
            ("folder", 1),
            ("file_name", 1),
            ("folder", 1),
            ("file_name", 1)
        ]
    );
    assert_eq!(fixed.left(), [("V0103", 1, vec![])]);
}

#[test]
fn the_profile_of_bare_nulls() {
    let model = notes::with_null("bare");
    let fixed = Fixed::new(&model, &[("thing.csv", b"id;day\nx;\"\"\n\"y\";")]);
    assert_eq!(fixed.text("thing.csv"), "id;day\n\"x\";\n\"y\";");
    assert_eq!(fixed.mended(), [("quotes", 1), ("null_form", 1)]);
}

#[test]
fn packages_that_delete_have_keys_alone() {
    let manifest = r#"{"format":"vitrina-package/1","model":{"showcase":"tests","version":"0.9.0"},
        "producer":{"name":"РИС","version":"2"},"mode":"delete",
        "profile":{"null":"quoted","boolean":"lower"},"files":[]}"#;
    let fixed = Fixed::new(
        &notes::model(),
        &[
            ("note.csv", b"number;OWNER\n1;a"),
            ("manifest.json", manifest.as_bytes()),
        ],
    );
    assert_eq!(fixed.text("note.csv"), "owner;number\n\"a\";\"1\"");
    let manifest = fixed.text("manifest.json");
    for kept in [
        "\"mode\": \"delete\"",
        "\"name\": \"РИС\"",
        "\"version\": \"0.9.0\"",
    ] {
        assert!(manifest.contains(kept), "{manifest}");
    }
}

#[test]
fn never_over_the_input() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("in");
    fs::create_dir(&path).unwrap();
    fs::write(path.join("note.csv"), "x").unwrap();
    for out in ["in", "in/out"] {
        let failed = fix(&notes::model(), &path, &place.path().join(out), &options());
        assert!(
            matches!(failed, Err(Error::Out(OutError::Inside { .. }))),
            "{failed:?}"
        );
    }
    assert_eq!(tree(&path).len(), 1);
    let missing = fix(
        &notes::model(),
        &place.path().join("no"),
        &place.path().join("out"),
        &options(),
    );
    assert!(matches!(missing, Err(Error::Open(_))));
    assert!(!place.path().join("out").exists());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Whatever the bytes: no panic, and a second run changes nothing.
    #[test]
    fn mending_is_done_once(
        lines in proptest::collection::vec("[ab\" ;,\r\t\u{e9}1]{0,12}", 0..8),
        head in 0..4_usize,
        tail in proptest::collection::vec(any::<u8>(), 0..6),
    ) {
        let heads = [NOTE_HEADER, "Owner,text,number,done", "text;owner;number;done", "owner;x"];
        let mut bytes = format!("{}\n{}", heads[head], lines.join("\n")).into_bytes();
        bytes.extend(tail);
        note(&bytes);
    }
}
