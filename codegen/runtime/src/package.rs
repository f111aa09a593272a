//! A package: a folder with the CSV files of tables, complete or not there at all, and a manifest.
//!
//! Files grow under hidden names in the same folder and get their own by [`PackageWriter::finish`], the
//! manifest last: a package without one was interrupted. A writer that is dropped before removes what it
//! wrote, and the folder if it made it. What a killed process leaves is hidden, and the next run that
//! may [overwrite](PackageOptions::overwrite) removes it.
//!
//! ```no_run
//! use vitrina::package::{Mode, PackageOptions, UPLOAD_LIMIT};
//! use vitrina::{Context, Date, Findings, Record};
//!
//! # fn export<R: Record + Sync>(rows: &[R], gone: &[R::Key]) -> Result<(), vitrina::package::Error> {
//! let options = PackageOptions::new().producer("РИС «Пример»", "3.1");
//! let package = options.clone().split(UPLOAD_LIMIT).create("full")?;
//! let mut table = package.table::<R>()?;
//! let mut findings = Findings::new();
//! for row in rows {
//!     table.write_valid(row, &Context::new(Date::today()), &mut findings)?; // judged on the way
//! }
//! table.close()?;
//! package.finish()?;
//!
//! // What has changed since, and what is gone: folders of their own.
//! let package = options.clone().mode(Mode::Upsert).create("upsert")?;
//! package.write_parallel(rows, 4)?; // four threads, the same bytes as by one
//! package.finish()?;
//! let package = options.mode(Mode::Delete).create("delete")?;
//! package.delete_keys::<R>(gone)?;
//! package.finish()?;
//! # Ok(())
//! # }
//! ```
//!
//! Keys name the rows that were sent, so they carry the supplier's [`Prefix`](crate::Prefix) as those
//! did. Key types of generated code are made with it:
//!
//! ```
//! use vitrina::Prefix;
//! # struct StudentId;
//! # impl StudentId { fn new(prefix: &Prefix, id: i64) -> Result<String, vitrina::Invalid> { Ok(prefix.join(id)) } }
//! let prefix = Prefix::new("ESH")?;
//! let gone = StudentId::new(&prefix, 17)?; // ESH-17, as in the row
//! # assert_eq!(gone, "ESH-17");
//! # Ok::<(), vitrina::Invalid>(())
//! ```
//!
//! Tables may be written at the same time, each by a thread:
//!
//! ```no_run
//! # use vitrina::{PackageWriter, Record};
//! # fn export<A: Record + Sync, B: Record + Sync>(marks: &[A], lessons: &[B]) -> Result<(), vitrina::package::Error> {
//! let package = PackageWriter::create("full")?;
//! std::thread::scope(|scope| {
//!     let other = scope.spawn(|| package.write(lessons));
//!     package.write(marks)?;
//!     other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
//! })?;
//! package.finish()?;
//! # Ok(())
//! # }
//! ```
//!
//! A single file goes wherever bytes go, by [`csv::Writer`](crate::csv::Writer) without any package: to
//! memory, to a file, to a connection:
//!
//! ```
//! use vitrina::{Record, csv};
//!
//! fn text<R: Record>(rows: &[R]) -> Result<Vec<u8>, csv::Error> {
//!     let mut writer = csv::Writer::new(Vec::new())?; // or a `File`: rows are buffered anyway
//!     for row in rows {
//!         writer.write(row)?;
//!     }
//!     writer.finish()
//! }
//! ```

mod digest;
mod error;
mod folder;
mod keys;
mod manifest;
mod options;
mod parallel;
mod partial;
mod publish;
mod stream;
mod summary;
mod table;
mod writer;

pub use error::{Error, ErrorKind};
pub use folder::{Finished, PackageFolder};
pub use keys::KeyWriter;
pub use manifest::{Manifest, ManifestFile};
pub use options::{Mode, PackageOptions, Producer, UPLOAD_LIMIT};
pub use stream::TableStream;
pub use summary::{FileSummary, Summary, TableSummary};
pub use table::TableWriter;
pub use writer::PackageWriter;
