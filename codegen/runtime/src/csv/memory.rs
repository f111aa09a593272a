//! Rows to memory, past the caches: a file larger than these is written to memory once, and not first
//! read from it, as stores that stop in a cache do.

use std::io::{self, Write};

use super::error::Error;
use super::profile::Profile;
use super::writer::Writer;
use crate::record::Record;
use crate::simd::{self, Stream};

/// What is no longer than this may well be read again before it leaves the caches.
const SMALL: usize = 1024 * 1024;

/// Bytes handed on at once: they stay in the nearest cache, and are stored while the next rows are made.
const BLOCK: usize = 32 * 1024;

/// Appends a whole CSV file of one table to `out`, header first, and gives back how many rows it has.
///
/// As [`Writer`] over a `Vec`, but a large file goes to memory past the caches. Reserve memory for the file beforehand where its size is known.
///
/// ```
/// use vitrina::{Record, csv};
///
/// fn file<R: Record>(rows: &[R]) -> Result<Vec<u8>, csv::Error> {
///     let mut file = Vec::with_capacity(rows.len() * 256);
///     csv::append(rows, R::TABLE.showcase.profile, &mut file)?;
///     Ok(file)
/// }
/// ```
///
/// # Errors
/// A value that the column or the format cannot hold; `out` has what it had before then.
pub fn append<'a, R, I>(rows: I, profile: Profile, out: &mut Vec<u8>) -> Result<u64, Error>
where
    R: Record + 'a,
    I: IntoIterator<Item = &'a R>,
{
    let start = out.len();
    let written = simd::stream(out, |stream| write(rows, profile, Memory { start, stream }));
    if written.is_err() {
        out.truncate(start);
    }
    written
}

fn write<'a, R, I>(rows: I, profile: Profile, memory: Memory<'_, '_>) -> Result<u64, Error>
where
    R: Record + 'a,
    I: IntoIterator<Item = &'a R>,
{
    let mut writer = Writer::with_block(memory, profile, BLOCK);
    for row in rows {
        writer.write(row)?;
    }
    let written = writer.rows();
    writer.finish()?;
    Ok(written)
}

/// A file that grows in memory.
struct Memory<'s, 'v> {
    /// Where it begins.
    start: usize,
    stream: &'s mut Stream<'v>,
}

impl Write for Memory<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.stream.out.len() - self.start < SMALL {
            self.stream.out.extend_from_slice(bytes);
        } else {
            self.stream.append(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
