//! The program as people run it. How `build.rs` behaves stands in the repository's `tests/tests/examples.rs`.

use std::path::Path;
use std::process::{Command, Output};

fn run(arguments: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vendor-build"))
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn a_package_is_written_and_read_and_wrong_values_are_refused() {
    let temp = tempfile::tempdir().unwrap();
    let output = run(&[temp.path()]);
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{shown}");
    let expected = "\
записано: book.csv, строк: 2
записано: loan.csv, строк: 1
записано: reader.csv, строк: 1
прочитано: LIB-1 — Азбука
прочитано: LIB-2 — «Сказки»; том 1
прочитано: LIB-1 — Возвращена (returned)
отказано: ISBN «12345» — должно быть символов: 13, а их 5
отказано: состояние «burnt» — такого кода нет в перечне
отказано: loan.returned_date [LIB-1] required: в такой строке значение обязательно
";
    assert_eq!(shown, expected);

    for (name, header, rows) in [
        ("book", "id;isbn;title;pages", 2),
        ("reader", "id;snils_hash", 1),
        (
            "loan",
            "id;book_id;reader_id;status_code;lent_date;returned_date",
            1,
        ),
    ] {
        let file = temp.path().join(format!("{name}.csv"));
        assert!(
            !std::fs::read_to_string(&file)
                .unwrap()
                .contains("999000001")
        );
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b';')
            .from_path(file)
            .unwrap();
        let found: Vec<_> = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect();
        assert_eq!(found.join(";"), header);
        assert_eq!(reader.records().map(Result::unwrap).count(), rows);
    }

    let again = run(&[temp.path()]);
    assert_eq!(again.status.code(), Some(1), "an earlier package stays");
    assert_eq!(run(&[]).status.code(), Some(2));
}
