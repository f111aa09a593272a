//! The bytes of one file of a package, out of a folder or a zip, from its start to the length that it had
//! when the package was opened.

use std::fs::{File, Metadata};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Take};
use std::path::PathBuf;
use std::time::SystemTime;

use flate2::bufread::DeflateDecoder;
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::text;

/// Where the bytes of a file lie.
#[derive(Debug, Clone)]
pub(crate) enum Location {
    /// In a file of their own.
    Whole(PathBuf, Stamp),
    /// In a zip.
    Packed(PathBuf, Stamp, Packed),
}

/// An entry of a zip.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Packed {
    /// Offset of the packed bytes.
    pub(crate) start: u64,
    /// Their number.
    pub(crate) length: u64,
    /// CRC-32 of the unpacked bytes.
    pub(crate) crc: u32,
    /// Whether they are deflated; else they are stored.
    pub(crate) is_deflated: bool,
}

/// What tells a file from a later one of the same name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    identity: (u64, u64),
}

impl Stamp {
    pub(crate) fn of(metadata: &Metadata) -> Stamp {
        Stamp {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            identity: identity(metadata),
        }
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

/// Why the bytes of a file are not to be had, or not to be trusted.
#[derive(Debug)]
pub(crate) enum Fault {
    /// It is not what it was when the package was opened.
    Changed,
    /// The zip does not hold what its directory says.
    Archive(Text),
    /// The system refuses.
    Io(io::Error),
}

/// The bytes of one file, in order.
#[derive(Debug)]
pub(crate) struct Stream {
    bytes: Bytes,
    path: PathBuf,
    stamp: Stamp,
    /// The CRC-32 that is due, and that of what was read; not where reading began in the middle.
    crc: Option<(u32, crc32fast::Hasher)>,
    /// Whether more comes than the directory of a zip says is looked at.
    is_packed: bool,
    left: u64,
}

#[derive(Debug)]
enum Bytes {
    File(File),
    Deflated(Box<DeflateDecoder<BufReader<Take<File>>>>),
}

impl Stream {
    /// Opens a file of `bytes` bytes; `offset` of them are passed over.
    pub(crate) fn open(location: &Location, bytes: u64, offset: u64) -> Result<Stream, Fault> {
        let (path, stamp) = match location {
            Location::Whole(path, stamp) | Location::Packed(path, stamp, _) => (path, stamp),
        };
        let file = File::open(path).map_err(missing)?;
        let metadata = file.metadata().map_err(Fault::Io)?;
        if !metadata.is_file() {
            return Err(Fault::Changed);
        }
        let mut stream = Stream {
            crc: None,
            is_packed: false,
            left: bytes,
            path: path.clone(),
            stamp: stamp.clone(),
            bytes: Bytes::File(file),
        };
        let Location::Packed(_, _, packed) = location else {
            stream.seek(0, offset)?;
            return Ok(stream);
        };
        stream.is_packed = true;
        if offset == 0 {
            stream.crc = Some((packed.crc, crc32fast::Hasher::new()));
        }
        if !packed.is_deflated {
            stream.seek(packed.start, offset)?;
            return Ok(stream);
        }
        stream.seek(packed.start, 0)?;
        if let Bytes::File(file) = stream.bytes {
            let file = BufReader::with_capacity(1 << 16, file.take(packed.length));
            stream.bytes = Bytes::Deflated(Box::new(DeflateDecoder::new(file)));
        }
        stream.pass(offset)?;
        Ok(stream)
    }

    /// Goes to an offset of what begins at `start`.
    fn seek(&mut self, start: u64, offset: u64) -> Result<(), Fault> {
        self.left = self.left.saturating_sub(offset);
        let to = start.saturating_add(offset);
        match &mut self.bytes {
            Bytes::File(file) if to > 0 => {
                file.seek(SeekFrom::Start(to)).map_err(Fault::Io)?;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// How many bytes are still to come.
    pub(crate) fn left(&self) -> u64 {
        self.left
    }

    /// Fills the buffer as far as bytes go: fewer are the end, be it before its time.
    pub(crate) fn fill(&mut self, buffer: &mut [u8]) -> Result<usize, Fault> {
        let most = usize::try_from(self.left)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..most).filter(|rest| !rest.is_empty()) {
            let read = match &mut self.bytes {
                Bytes::File(file) => file.read(rest),
                Bytes::Deflated(decoder) => decoder.read(rest),
            };
            match read {
                Ok(0) => {
                    self.left = 0;
                    return match self.is_packed {
                        true => Err(Fault::Archive(text!(
                            "it unpacks to fewer bytes than the archive's directory says",
                            "он распаковывается в меньшее число байт, чем указано в оглавлении архива"
                        ))),
                        false => Ok(filled),
                    };
                }
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.refused(error)),
            }
        }
        if let Some((_, crc)) = &mut self.crc {
            crc.update(buffer.get(..filled).unwrap_or_default());
        }
        self.left -= filled as u64;
        Ok(filled)
    }

    /// Looks, at the end, whether all was right.
    pub(crate) fn finish(mut self) -> Result<(), Fault> {
        let now = match self.is_packed {
            true => std::fs::metadata(&self.path),
            false => std::fs::symlink_metadata(&self.path),
        };
        let still = match &self.bytes {
            Bytes::File(file) => file.metadata(),
            Bytes::Deflated(decoder) => decoder.get_ref().get_ref().get_ref().metadata(),
        };
        let is_same = |found: io::Result<Metadata>| {
            found.is_ok_and(|metadata| Stamp::of(&metadata) == self.stamp)
        };
        if !is_same(now) || !is_same(still) {
            return Err(Fault::Changed);
        }
        if let Bytes::Deflated(decoder) = &mut self.bytes
            && !matches!(decoder.read(&mut [0]), Ok(0))
        {
            return Err(Fault::Archive(text!(
                "it unpacks to more bytes than the archive's directory says",
                "он распаковывается в большее число байт, чем указано в оглавлении архива"
            )));
        }
        match self.crc.map(|(due, crc)| crc.finalize() == due) {
            Some(false) => Err(Fault::Archive(text!(
                "its CRC-32 is wrong: the archive is damaged",
                "неверная контрольная сумма CRC-32: архив повреждён"
            ))),
            _ => Ok(()),
        }
    }

    /// Reads over bytes.
    fn pass(&mut self, mut bytes: u64) -> Result<(), Fault> {
        let mut buffer = vec![0; 1 << 16];
        while bytes > 0 {
            let most = usize::try_from(bytes)
                .unwrap_or(usize::MAX)
                .min(buffer.len());
            let filled = self.fill(buffer.get_mut(..most).unwrap_or_default())?;
            if filled == 0 {
                break;
            }
            bytes -= filled as u64;
        }
        Ok(())
    }

    fn refused(&self, error: io::Error) -> Fault {
        match self.bytes {
            // The decoder's own errors; those of the disk are of other kinds.
            Bytes::Deflated(_)
                if matches!(
                    error.kind(),
                    io::ErrorKind::InvalidInput
                        | io::ErrorKind::InvalidData
                        | io::ErrorKind::UnexpectedEof
                ) =>
            {
                Fault::Archive(text!(
                    "its packed bytes are damaged",
                    "упакованные данные повреждены"
                ))
            }
            _ => Fault::Io(error),
        }
    }
}

/// A file that was there when the package was opened.
fn missing(error: io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::NotFound => Fault::Changed,
        _ => Fault::Io(error),
    }
}
