//! Files of tables as chunks for worker threads.
//!
//! ```text
//! stream (folder, zip) ─► blocks cut at line feeds, lines counted ─► hashed in turn ─► made UTF-8 ─► chunk
//!                         └───────── one thread at a time ───────┘   └────── the thread that took it ─────┘
//! ```
//!
//! A thread pulls its next chunk: it reads and cuts under a lock, a small part of the work, and does the
//! rest outside. Buffers go back when chunks are dropped.

mod block;
mod cut;
pub mod encoding;
mod hash;
mod places;
pub(crate) mod stream;

use std::sync::{Mutex, PoisonError};

use vitrina_codegen::model::TableId;

use crate::diagnose::Layout;
use crate::inventory::Package;
use crate::{Chunk, Facts, GroupKey, RowId, Sample, Tally, code};
pub use block::Block;
use block::Pool;
use cut::{Cutter, Piece};
use encoding::Encoding;
use hash::Hashes;
pub use places::{Place, Places};
use stream::{Fault, Stream};

/// The longest line that is looked at, in bytes: 16 MiB.
pub const LONGEST_LINE: usize = 16 << 20;

/// How files are read.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions {
    /// Bytes of a block; never more than the longest line has.
    pub block: usize,
    /// Whether files that no manifest lists are hashed too.
    pub hash_all: bool,
    /// How many samples of a group of findings are kept.
    pub samples: usize,
}

impl Default for ReadOptions {
    /// Blocks that stay in a core's own cache; what a manifest lists is hashed.
    fn default() -> ReadOptions {
        ReadOptions {
            block: 256 * 1024,
            hash_all: false,
            samples: 10,
        }
    }
}

/// What was seen of a file while it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRead {
    /// Position among the files of the package.
    pub file: usize,
    /// Bytes of the file that were read.
    pub bytes: u64,
    /// Lines behind the header.
    pub rows: u64,
    /// Rows whose lines are too long to be looked at: no chunk holds them.
    pub skipped: u64,
    /// SHA-256 in lower-case hexadecimal digits; none if nobody needs it, or the file was not read whole.
    pub sha256: Option<String>,
    /// Whether it was read to its end.
    pub is_whole: bool,
}

/// What was seen of the files of a table.
#[derive(Debug)]
pub struct TableRead {
    /// The table.
    pub table: TableId,
    /// Its files, in order.
    pub files: Vec<FileRead>,
    /// Where rows lie.
    pub places: Places,
    /// Files that changed, that could not be read to the end, lines too long.
    pub findings: Tally<'static>,
}

impl TableRead {
    /// Rows of all files, those skipped included.
    pub fn rows(&self) -> u64 {
        self.files.iter().map(|file| file.rows).sum()
    }
}

/// The chunks of a table, for several threads at once.
#[derive(Debug)]
pub struct ChunkSource<'p> {
    table: TableId,
    files: Vec<(usize, Layout)>,
    state: Mutex<State<'p>>,
    hashes: Hashes,
}

#[derive(Debug)]
struct State<'p> {
    package: &'p Package,
    options: ReadOptions,
    pool: std::sync::Arc<Pool>,
    /// Position in `files` of the one that is read, or that comes next.
    at: usize,
    cutter: Option<Cutter>,
    row: u64,
    read: TableRead,
}

/// The chunks of a table's files, each with its layout, in the order of the files.
pub fn chunks<'p>(
    package: &'p Package,
    table: TableId,
    files: Vec<(usize, Layout)>,
    options: ReadOptions,
) -> ChunkSource<'p> {
    let is_hashed = files.iter().map(|(file, _)| {
        let listed = package.listed(*file).is_some();
        listed || options.hash_all
    });
    ChunkSource {
        table,
        hashes: Hashes::new(is_hashed),
        files,
        state: Mutex::new(State {
            package,
            options,
            pool: Pool::new(options.block.clamp(2, LONGEST_LINE)),
            at: 0,
            cutter: None,
            row: 0,
            read: TableRead {
                table,
                files: Vec::new(),
                places: Places::default(),
                findings: Tally::new(options.samples),
            },
        }),
    }
}

impl ChunkSource<'_> {
    /// The next chunk; none when all files are read. What prevents reading is a finding, and the rest of
    /// that file is left out.
    pub fn next(&self) -> Option<Chunk> {
        let (slot, piece) = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.next(&self.files, &self.hashes)?
        };
        self.hashes.add_in_turn(&piece.turn, slot, piece.fresh());
        let (file, layout) = self.files.get(slot)?;
        let bytes = match layout.encoding {
            Encoding::Utf8 => piece.block,
            other => Block::from(other.to_utf8(&piece.block)),
        };
        Some(Chunk {
            table: self.table,
            file: *file,
            bytes,
            offset: piece.offset,
            first_row: RowId(piece.row),
            is_last: piece.is_last,
        })
    }

    /// How a file of the table is laid out.
    pub fn layout(&self, file: usize) -> Option<&Layout> {
        let found = self.files.iter().find(|(one, _)| *one == file);
        found.map(|(_, layout)| layout)
    }

    /// What was seen, when every thread is done.
    pub fn finish(self) -> TableRead {
        let state = self.state.into_inner();
        let mut read = state.unwrap_or_else(PoisonError::into_inner).read;
        for (file, sha256) in read.files.iter_mut().zip(self.hashes.finish()) {
            file.sha256 = sha256.filter(|_| file.is_whole);
        }
        read
    }
}

impl State<'_> {
    fn next(&mut self, files: &[(usize, Layout)], hashes: &Hashes) -> Option<(usize, Piece)> {
        loop {
            let slot = self.at;
            let (file, layout) = files.get(slot)?;
            if self.cutter.is_none() && !self.open(*file, layout) {
                continue;
            }
            let Some(cutter) = &mut self.cutter else {
                continue;
            };
            match cutter.next(&self.pool, &mut self.row, hashes, slot) {
                Ok(Some(cut::Found::Piece(piece))) => {
                    self.read.places.add(piece.row, piece.offset);
                    return Some((slot, piece));
                }
                Ok(Some(cut::Found::LongLine { row, offset })) => {
                    self.read.places.add(row, offset);
                    self.say_long(*file, RowId(row));
                }
                Ok(None) => self.close(*file, Ok(())),
                Err(fault) => self.close(*file, Err(fault)),
            }
        }
    }

    /// Begins a file; false if it cannot be read at all, which is said.
    fn open(&mut self, file: usize, layout: &Layout) -> bool {
        self.read.files.push(FileRead {
            file,
            bytes: 0,
            rows: 0,
            skipped: 0,
            sha256: None,
            is_whole: false,
        });
        self.read
            .places
            .begin(file, self.row, layout.header_lines(), layout.encoding);
        match self.package.stream(file, 0) {
            Ok(stream) => {
                self.cutter = Some(Cutter::new(stream, layout, self.options.block));
                true
            }
            Err(fault) => {
                self.close(file, Err(fault));
                false
            }
        }
    }

    /// Ends a file, well or not.
    fn close(&mut self, file: usize, mut end: Result<(), Fault>) {
        self.at += 1;
        let rows = self.row - self.read.places.first_row();
        let cutter = self.cutter.take();
        if let Some(read) = self.read.files.last_mut() {
            read.rows = rows;
            if let Some(cutter) = cutter {
                read.bytes = cutter.bytes_read();
                if end.is_ok() {
                    let is_short = read.bytes < self.package.bytes(file);
                    end = cutter.into_stream().finish();
                    if is_short && end.is_ok() {
                        end = Err(Fault::Changed);
                    }
                    // A file that grew was read whole as it was.
                    read.is_whole = !is_short;
                }
            }
        }
        self.read.places.end(self.row);
        if let Err(fault) = end {
            if let Some(read) = self.read.files.last_mut()
                && !matches!(fault, Fault::Changed)
            {
                read.is_whole = false;
            }
            self.package.say_fault(file, fault, &mut self.read.findings);
        }
    }

    fn say_long(&mut self, file: usize, row: RowId) {
        if let Some(read) = self.read.files.last_mut() {
            read.skipped += 1;
        }
        let key = GroupKey {
            file: Some(file),
            facts: Facts::default().with("expected", LONGEST_LINE.to_string()),
            ..GroupKey::of_table(code::LONG_LINE, self.read.table)
        };
        self.read.findings.add(key, Sample::of_row(row));
    }
}

/// A stream of a file of the package, from an offset on.
impl Package {
    pub(crate) fn stream(&self, file: usize, offset: u64) -> Result<Stream, Fault> {
        let Some(entry) = self.files.get(file) else {
            return Err(Fault::Changed);
        };
        Stream::open(&entry.location, entry.bytes, offset)
    }
}

#[cfg(test)]
mod tests;
