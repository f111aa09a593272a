//! Findings that need odd bytes, links or sizes: files are made on disk, then read from there.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use vitrina_codegen::diagnostic::{Lang, Report};
use vitrina_codegen::pipeline::check;
use vitrina_codegen::resolve::resolve;
use vitrina_codegen::source::{SourceFile, SourceSet, files};
use vitrina_codegen::target::TARGETS;

#[path = "support/render.rs"]
mod common;

const SHOWCASE: &str = "language: 1\nshowcase: demo\ntitle: Демо\nversion: 1.0.0\ngroups: []\n";

/// What the compiler says of a folder with a head and one more file.
fn findings(path: &str, bytes: &[u8]) -> String {
    let dir = folder();
    write(dir.path(), path, bytes);
    read(dir.path())
}

fn folder() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), "showcase.yaml", SHOWCASE.as_bytes());
    dir
}

fn write(dir: &Path, path: &str, bytes: &[u8]) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

fn read(dir: &Path) -> String {
    let mut report = Report::new();
    let sources = files::load(dir, &mut report).expect("a folder that can be read");
    if let Some(model) = resolve(&sources, &mut report) {
        check(&model, TARGETS, &mut report);
    }
    common::render(&report, &sources, Lang::En)
}

#[test]
fn e0102_windows_1251() {
    let text = findings("kinds.yaml", b"note: \xcf\xf0\xe8\nkinds: []\n");
    assert_eq!(
        text,
        "kinds.yaml:1:7-8: error E0102: the file is not UTF-8 from here on\n    \
         help: save it as UTF-8 (an editor may have used Windows-1251)\n"
    );
}

#[test]
fn e0103_byte_order_mark() {
    let text = findings("kinds.yaml", b"\xef\xbb\xbfkinds: []\n");
    assert_eq!(
        text,
        "kinds.yaml:1:1: error E0103: the file begins with a byte order mark\n    \
         help: save it as UTF-8 without BOM\n"
    );
}

#[test]
fn line_ends_of_windows_are_taken() {
    assert_eq!(findings("kinds.yaml", b"kinds: []\r\nnote: x\r\n"), "");
    let text = findings("kinds.yaml", b"kinds: []\r\nnot: x\r\n");
    assert!(text.starts_with("kinds.yaml:2:1-4: error E0111"), "{text}");
}

#[cfg(unix)]
#[test]
fn e0104_unreadable_files() {
    let dir = folder();
    std::os::unix::fs::symlink(dir.path().join("nowhere"), dir.path().join("types.yaml"))
        .expect("a link");
    let _socket =
        std::os::unix::net::UnixListener::bind(dir.path().join("kinds.yaml")).expect("a socket");
    let text = read(dir.path());
    assert!(
        text.contains("types.yaml:1:1: error E0104: the file cannot be read"),
        "{text}"
    );
    assert!(
        text.contains("kinds.yaml:1:1: error E0104: this is not an ordinary file"),
        "{text}"
    );
}

#[cfg(unix)]
#[test]
fn e0105_links_out_of_the_folder() {
    let outside = tempfile::tempdir().expect("a folder");
    write(outside.path(), "kinds.yaml", b"kinds: []\n");
    let dir = folder();
    let link = |from: &Path, to: &str| {
        std::os::unix::fs::symlink(from, dir.path().join(to)).expect("a link")
    };
    link(&outside.path().join("kinds.yaml"), "kinds.yaml");
    link(dir.path(), "tables");
    // A link inside the folder is a file like any other.
    write(
        dir.path(),
        "regulations/a.yaml",
        b"regulation: a\ntitle: A\nclauses: []\n",
    );
    link(&dir.path().join("regulations/a.yaml"), "mixins.yaml");
    let text = read(dir.path());
    assert!(
        text.contains(
            "kinds.yaml:1:1: error E0105: the symbolic link leads out of the model's folder"
        ),
        "{text}"
    );
    assert!(
        text.contains("tables:1:1: error E0105: the symbolic link leads to a folder"),
        "{text}"
    );
    assert!(text.contains("mixins.yaml:1:1-11: error E0113"), "{text}");
}

#[test]
fn e0109_nesting_neither_crashes_nor_hangs() {
    let flow = "[".repeat(100_000);
    let block = "- ".repeat(100_000);
    let maps: String = (0..3_000)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    for text in [&flow, &block, &maps] {
        let said = findings("types.yaml", text.as_bytes());
        assert!(said.starts_with("types.yaml:"), "{said}");
        assert!(
            said.contains("error E0109: lists and mappings nest too deep"),
            "{said}"
        );
    }
}

#[test]
fn e0123_huge_files() {
    let text = findings("types.yaml", &vec![b'#'; 17 * 1024 * 1024]);
    assert!(
        text.starts_with("types.yaml:1:1: error E0123: the file is too large: 17 MiB"),
        "{text}"
    );
}

#[test]
fn e0607_more_columns_than_a_table_takes() {
    let mut table =
        "table: wide\ntitle: Широкая\norigin: inference\nprimary_key: [id]\ncolumns:\n".to_owned();
    table += "  - { name: id, type: int32, title: Идентификатор }\n";
    for number in 2..=1601 {
        table += &format!("  - {{ name: c{number}, type: int32, title: Число {number} }}\n");
    }
    let dir = folder();
    let head = SHOWCASE.replace("[]", "[{ group: main, title: Основная }]");
    write(dir.path(), "showcase.yaml", head.as_bytes());
    write(dir.path(), "tables/main/wide.yaml", table.as_bytes());
    assert_eq!(
        read(dir.path()),
        "tables/main/wide.yaml:1:8-12: error E0607: `wide` has 1601 columns, PostgreSQL takes 1600\n    \
         help: split the table into two with a common key\n"
    );
}

#[test]
fn foreign_files_need_not_be_texts() {
    let text = findings("plan.png", b"\x89PNG\xff\xfe");
    assert!(
        text.starts_with("plan.png:1:1: warning W0101: no one refers to this file"),
        "{text}"
    );
    assert_eq!(findings(".git/config", b"\xff"), "");
    assert_eq!(findings("README.md", "# Модель".as_bytes()), "");
}

#[test]
fn folders_that_cannot_be_read() {
    let dir = folder();
    let mut report = Report::new();
    let error = files::load(&dir.path().join("no"), &mut report).expect_err("no folder");
    assert!(matches!(error.kind(), files::LoadErrorKind::NotFound));
    assert!(error.to_string().contains("there is no folder"));
    let error = files::load(&dir.path().join("showcase.yaml"), &mut report).expect_err("a file");
    assert!(matches!(error.kind(), files::LoadErrorKind::NotAFolder));
    assert!(error.help().ru.contains("--model"));
}

#[test]
fn every_folder_and_file_is_watched() {
    let dir = folder();
    write(dir.path(), "tables/a/b.yaml", b"x: 1\n");
    let sources = files::load(dir.path(), &mut Report::new()).expect("a folder");
    let watched: Vec<String> = sources
        .watched()
        .iter()
        .map(|path| {
            path.strip_prefix(dir.path())
                .expect("inside")
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert_eq!(
        watched,
        ["", "tables", "tables/a", "showcase.yaml", "tables/a/b.yaml"]
    );
}

/// Whatever stands in a file, the compiler answers with findings.
#[test]
fn cut_and_garbled_files_never_panic() {
    let table = "table: a\ntitle: 'А''я'\norigin: order\nprimary_key: [id]\ncolumns:\n  - name: id\n    \
                 type: varchar(5)\n    title: |\n      Имя\n    check: length(id) > 1\n    example: ['1', \"\\x41\"]\n";
    let signs = [
        "", "'", "\"", "[", "{", "}", ":", "- ", "\t", "|", "&a ", "*a ", "!!int ", "~", "\u{0}",
        "ё", "\n", "%", "0x",
    ];
    for at in (0..table.len()).filter(|at| table.is_char_boundary(*at)) {
        for sign in signs {
            let text = format!(
                "{}{sign}{}",
                &table[..at],
                if sign.is_empty() { "" } else { &table[at..] }
            );
            let file = |path: &str, text: &str| SourceFile {
                path: path.into(),
                text: text.into(),
            };
            let set = SourceSet::new(
                "",
                vec![
                    file("showcase.yaml", SHOWCASE),
                    file("tables/a.yaml", &text),
                ],
            );
            let mut report = Report::new();
            let model = resolve(&set, &mut report);
            assert_eq!(model.is_none(), report.has_errors(), "{text}");
            common::render(&report, &set, Lang::Ru);
        }
    }
}
