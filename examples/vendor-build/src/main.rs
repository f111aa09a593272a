//! A vendor's own model: `build.rs` makes the types of `model/`, this program uses them.
//!
//! ```text
//! vendor-build FOLDER     writes a package there, reads it back and shows what is refused
//! ```

#![forbid(unsafe_code)]

/// Made by `build.rs` of the folder `model`.
mod model {
    include!(concat!(env!("OUT_DIR"), "/vitrina.rs"));
}

use std::error::Error;
use std::fs::File;
use std::path::Path;
use std::process::ExitCode;

use vitrina::{Context, Date, Findings, Lang, PackageWriter, Prefix, Record};

use model::classifier::LoanStatus;
use model::key::{BookId, LoanId, ReaderId};
use model::scalar::{Isbn, SnilsHash};
use model::table::{Book, Loan, Reader};

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("vendor-build ПАПКА: записать образец пакета в папку и прочитать его");
        return ExitCode::from(2);
    };
    match run(Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("vendor-build: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(folder: &Path) -> Result<(), Box<dyn Error>> {
    let prefix = Prefix::new("LIB")?;
    let books = [
        book(&prefix, 1, Some("9785000000007"), "Азбука")?,
        book(&prefix, 2, None, "«Сказки»; том 1")?,
    ];
    let readers = [Reader {
        id: ReaderId::new(&prefix, 7)?,
        // Checked, hashed and forgotten.
        snils_hash: Some(SnilsHash::from_raw("999-000-001 15")?),
    }];
    let loans = [loan(&prefix, 1, &books[0], &readers[0])?];
    // The compiler refuses a key in the wrong place:
    //     book_id: readers[0].id.clone()    expected `BookId`, found `ReaderId`

    write(folder, &books, &readers, &loans)?;
    read(folder)?;
    show_refusals(&loans[0]);
    Ok(())
}

fn book(
    prefix: &Prefix,
    number: i64,
    isbn: Option<&str>,
    title: &str,
) -> Result<Book, vitrina::Invalid> {
    Ok(Book {
        id: BookId::new(prefix, number)?,
        isbn: isbn.map(Isbn::parse).transpose()?,
        title: title.into(),
        pages: Some(64),
    })
}

fn loan(
    prefix: &Prefix,
    number: i64,
    book: &Book,
    reader: &Reader,
) -> Result<Loan, vitrina::Invalid> {
    Ok(Loan {
        id: LoanId::new(prefix, number)?,
        book_id: book.id.clone(),
        reader_id: reader.id.clone(),
        status_code: LoanStatus::Returned,
        lent_date: Date::new(2025, 9, 1)?,
        returned_date: Some("2025-09-15".parse()?),
    })
}

fn write(
    folder: &Path,
    books: &[Book],
    readers: &[Reader],
    loans: &[Loan],
) -> Result<(), Box<dyn Error>> {
    let package = PackageWriter::create(folder)?;
    package.write(books)?;
    package.write(readers)?;
    package.write(loans)?;
    for table in package.finish()?.tables {
        println!("записано: {}.csv, строк: {}", table.table, table.rows);
    }
    Ok(())
}

fn read(folder: &Path) -> Result<(), Box<dyn Error>> {
    for book in Book::read_csv(File::open(folder.join("book.csv"))?)? {
        let book = book?;
        println!("прочитано: {} — {}", book.id, book.title);
    }
    for loan in Loan::read_csv(File::open(folder.join("loan.csv"))?)? {
        let loan = loan?;
        println!(
            "прочитано: {} — {} ({})",
            loan.id,
            loan.status_code.title(),
            loan.status_code.code()
        );
    }
    Ok(())
}

/// What the types and the model refuse, and how they say it.
fn show_refusals(loan: &Loan) {
    if let Err(invalid) = Isbn::parse("12345") {
        println!("отказано: ISBN «12345» — {}", invalid.message(Lang::Ru));
    }
    if let Err(invalid) = "burnt".parse::<LoanStatus>() {
        println!(
            "отказано: состояние «burnt» — {}",
            invalid.message(Lang::Ru)
        );
    }
    let wrong = Loan {
        returned_date: None,
        ..loan.clone()
    };
    let mut findings = Findings::new();
    wrong.validate(&Context::new(Date::today()), &mut findings);
    for finding in &findings {
        println!("отказано: {}", finding.line(Lang::Ru));
    }
}
