//! The vendor's database: a file, or the sample in memory.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

/// Opens a database to read.
pub(crate) fn open(file: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(file, flags)?;
    // One state of the data for all tables, however long the export takes.
    database.execute_batch("BEGIN")?;
    Ok(database)
}

/// The sample: two schools that nobody goes to, with `bad` also some rows that are wrong.
pub(crate) fn sample(bad: bool) -> rusqlite::Result<Connection> {
    let database = Connection::open_in_memory()?;
    database.execute_batch(include_str!("../data/schema.sql"))?;
    database.execute_batch(include_str!("../data/seed.sql"))?;
    if bad {
        database.execute_batch(include_str!("../data/bad.sql"))?;
    }
    Ok(database)
}
