//! How a package is checked.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use vitrina_codegen::quality::Moment;

/// How a package is checked.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The moment that rules call now.
    pub moment: Moment,
    /// Bytes for what grows with the data.
    pub memory: u64,
    /// Threads that scan and judge.
    pub threads: NonZeroUsize,
    /// Where a folder for what outgrows the memory is made, and removed at the end; the system's place
    /// for temporary files if none.
    pub temporary: Option<PathBuf>,
    /// How many samples of a group of findings are kept.
    pub samples: usize,
    /// The package before this one, to see what would be deleted.
    pub previous: Option<PathBuf>,
    /// The largest share of the previous package's rows of a table that may be gone, from 0 to 1.
    pub deletion_threshold: f64,
    /// Which checks are left away.
    pub strictness: Strictness,
    /// The most bytes to which the files of a zip may unpack together.
    pub unpacked: u64,
}

/// Which checks are left away, each then reported as not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Strictness {
    /// Keys of a table's rows, each once.
    pub keys: bool,
    /// References across files.
    pub references: bool,
    /// Rules across rows and tables.
    pub rules: bool,
}

impl Options {
    /// Everything, judged at `moment`, within a gibibyte, on as many threads as there are cores; a zip may
    /// hold a tebibyte.
    pub fn new(moment: Moment) -> Options {
        Options {
            moment,
            memory: 1 << 30,
            threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            temporary: None,
            samples: 10,
            previous: None,
            deletion_threshold: 0.2,
            strictness: Strictness {
                keys: true,
                references: true,
                rules: true,
            },
            unpacked: 1 << 40,
        }
    }
}
