//! One file being written: buffered, counted, hashed on the way.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::aside::OutError;

/// What is handed on to the system at once.
const BLOCK: usize = 256 * 1024;

/// A file that did not exist before.
pub(crate) struct OutFile {
    path: PathBuf,
    file: File,
    buffer: Vec<u8>,
    hash: Sha256,
    bytes: u64,
}

/// What a written file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) bytes: u64,
    /// SHA-256, hexadecimal, lower case.
    pub(crate) sha256: String,
}

impl OutFile {
    pub(crate) fn create(path: &Path) -> Result<OutFile, OutError> {
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path)
            .map_err(OutError::at(path))?;
        Ok(OutFile {
            path: path.to_owned(),
            file,
            buffer: Vec::with_capacity(BLOCK + 4096),
            hash: Sha256::new(),
            bytes: 0,
        })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), OutError> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= BLOCK {
            self.hand_on()?;
        }
        Ok(())
    }

    /// Brings the file to the disk and says what it is.
    pub(crate) fn finish(mut self) -> Result<Written, OutError> {
        self.hand_on()?;
        self.file.sync_all().map_err(OutError::at(&self.path))?;
        Ok(Written {
            bytes: self.bytes,
            sha256: hex(&self.hash.finalize()),
        })
    }

    fn hand_on(&mut self) -> Result<(), OutError> {
        self.hash.update(&self.buffer);
        self.bytes += self.buffer.len() as u64;
        let written = self.file.write_all(&self.buffer);
        self.buffer.clear();
        written.map_err(OutError::at(&self.path))
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)])
        .collect()
}
