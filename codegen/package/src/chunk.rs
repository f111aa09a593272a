//! A piece of a file, cut at line feeds.

use vitrina_codegen::model::TableId;

use crate::read::Block;

/// A row of a table: lines behind the header, counted from 0 through all files of the table in order. A
/// line is a row, be it broken or empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u64);

/// Whole lines of one file of a table, the header left out.
#[derive(Debug)]
pub struct Chunk {
    /// The table.
    pub table: TableId,
    /// Position of the file among those of the package.
    pub file: usize,
    /// The lines, each but the file's last ending with a line feed. UTF-8 as far as the file is: other
    /// encodings were made UTF-8 on the way. The buffer is used again when it is dropped.
    pub bytes: Block,
    /// Offset in the file of the first byte, in the file's own encoding.
    pub offset: u64,
    /// The row on the first line.
    pub first_row: RowId,
    /// Whether the file ends here; never set for a file that ended before its time.
    pub is_last: bool,
}
