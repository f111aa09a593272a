//! A file of the temporary folder: written behind its end, read anywhere, by many threads at once.

use std::fs::{File, OpenOptions};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::error::SpillError;
use super::folder::Folder;
use super::hash::checksum;

#[derive(Debug)]
pub(super) struct SpillFile {
    file: File,
    end: AtomicU64,
    /// Kept until the file is closed.
    folder: Arc<Folder>,
}

/// Bytes of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    offset: u64,
    len: usize,
    checksum: u64,
}

impl Extent {
    /// How many bytes it is.
    pub(super) fn len(&self) -> usize {
        self.len
    }
}

impl SpillFile {
    pub(super) fn create(folder: Arc<Folder>) -> io::Result<SpillFile> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let path = folder
            .path()
            .join(NUMBER.fetch_add(1, Ordering::Relaxed).to_string());
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .open(&path)
            .map_err(|cause| SpillError::wrap(folder.path(), cause))?;
        // Without a name it goes with the process, even a killed one.
        #[cfg(unix)]
        let _ = std::fs::remove_file(&path);
        Ok(SpillFile {
            file,
            end: AtomicU64::new(0),
            folder,
        })
    }

    /// Writes bytes behind the end.
    pub(super) fn append(&self, bytes: &[u8]) -> io::Result<Extent> {
        let offset = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        write_at(&self.file, bytes, offset)
            .map_err(|cause| SpillError::wrap(self.folder.path(), cause))?;
        Ok(Extent {
            offset,
            len: bytes.len(),
            checksum: checksum(bytes),
        })
    }

    /// Writes several pieces behind the end by one request.
    pub(super) fn append_all<'b>(
        &self,
        pieces: impl Iterator<Item = &'b [u8]>,
    ) -> io::Result<Vec<Extent>> {
        let mut bytes = Vec::new();
        let mut extents = Vec::new();
        for piece in pieces {
            extents.push(Extent {
                offset: bytes.len() as u64,
                len: piece.len(),
                checksum: checksum(piece),
            });
            bytes.extend_from_slice(piece);
        }
        let start = self.append(&bytes)?.offset;
        for extent in &mut extents {
            extent.offset += start;
        }
        Ok(extents)
    }

    /// Reads what was written.
    pub(super) fn read(&self, extent: Extent, bytes: &mut Vec<u8>) -> io::Result<()> {
        bytes.resize(extent.len, 0);
        read_at(&self.file, bytes, extent.offset)
            .and_then(|()| match checksum(bytes) == extent.checksum {
                true => Ok(()),
                false => Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "it is no longer what was written",
                )),
            })
            .map_err(|cause| SpillError::wrap(self.folder.path(), cause))
    }
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, offset)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn write_at(file: &File, mut bytes: &[u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_write(file, bytes, offset) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => {
                bytes = bytes.get(written..).unwrap_or_default();
                offset += written as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, offset) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => {
                bytes = bytes.get_mut(read..).unwrap_or_default();
                offset += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
