//! One file mended: read by lines, written in form; or copied, where nothing can be told of it.

use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use super::Error;
use super::decode::Decoder;
use super::fields::Loose;
use super::mend::{Lefts, Mend, Mends};
use super::plan::{MIXED, Plan, TextPlan, line_feed_for_return};
use super::report::FileReport;
use crate::code::{LONG_LINE, SEPARATOR};
use crate::files::aside::OutError;
use crate::files::lines::{LONGEST, Lines};
use crate::files::out::OutFile;
use crate::files::source::Checked;
use crate::inventory::Package;
use crate::read::encoding::Encoding;
use crate::{Code, Facts};

/// Mends one file into `folder`.
pub(super) fn mend(package: &Package, plan: &Plan<'_>, folder: &Path) -> Result<FileReport, Error> {
    let entry_name = package.files.get(plan.file).map_or("", |it| &it.name);
    if plan.dropped {
        return Ok(FileReport {
            name: format!("{}{entry_name}", package.root),
            written_name: String::new(),
            table: None,
            rows: 0,
            bytes: 0,
            sha256: String::new(),
            mends: Mends::default(),
            lefts: plan.lefts.clone(),
        });
    }
    let path = folder.join(inside(&plan.name));
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(OutError::at(parent))?;
    }
    let file = OutFile::create(&path)?;
    let mut work = Work {
        package,
        plan,
        name: entry_name,
        file,
        mends: plan.mends.clone(),
        lefts: plan.lefts.clone(),
        lines: 0,
    };
    match &plan.text {
        None => work.copy()?,
        Some(text) => work.text(text)?,
    }
    let has_header = plan.text.as_ref().is_none_or(|text| text.header.is_some());
    let written = work.file.finish()?;
    Ok(FileReport {
        name: format!("{}{entry_name}", package.root),
        written_name: plan.name.clone(),
        table: plan.table.map(|table| table.name.clone()),
        rows: work.lines.saturating_sub(u64::from(has_header)),
        bytes: written.bytes,
        sha256: written.sha256,
        mends: work.mends,
        lefts: work.lefts,
    })
}

/// The part of a name that stays inside the folder.
fn inside(name: &str) -> PathBuf {
    let path = Path::new(name);
    let plain = |part: &Component<'_>| matches!(part, Component::Normal(_));
    path.components().filter(plain).collect()
}

/// A file on its way.
struct Work<'a> {
    package: &'a Package,
    plan: &'a Plan<'a>,
    name: &'a str,
    file: OutFile,
    mends: Mends,
    lefts: Lefts,
    /// Lines written.
    lines: u64,
}

impl Work<'_> {
    fn read_error(&self) -> impl FnOnce(io::Error) -> Error {
        let name = self.name.to_owned();
        move |error| Error::Read(name, error)
    }

    fn input(&self) -> Result<Checked, Error> {
        Checked::open(self.package, self.plan.file).map_err(self.read_error())
    }

    /// Lines of the file in UTF-8.
    fn lines(&self, text: &TextPlan<'_>) -> Result<Lines<Text>, Error> {
        let decoder = Decoder::new(self.input()?, text.encoding, text.mark);
        Ok(Lines::new(Text {
            decoder,
            lone_returns: text.lone_returns,
        }))
    }

    /// Copies the bytes.
    fn copy(&mut self) -> Result<(), Error> {
        let mut input = self.input()?;
        let mut block = vec![0; 256 * 1024];
        let mut last = b'\n';
        loop {
            let read = input.read(&mut block).map_err(self.read_error())?;
            let Some(bytes) = block.get(..read).filter(|bytes| !bytes.is_empty()) else {
                break;
            };
            self.lines += memchr::memchr_iter(b'\n', bytes).count() as u64;
            last = bytes.last().copied().unwrap_or(last);
            self.file.write(bytes)?;
        }
        self.lines += u64::from(last != b'\n');
        Ok(())
    }

    fn text(&mut self, text: &TextPlan<'_>) -> Result<(), Error> {
        let survey = self.survey(text)?;
        if survey.mixed {
            // What the first bytes seemed to be in, the others are not.
            self.mends = Mends::default();
            self.lefts.add(MIXED, Facts::default(), None);
            return self.copy();
        }
        if survey.separator_fails {
            self.mends = Mends::default();
            self.lefts.add(
                SEPARATOR,
                Facts::default().with("found", char::from(text.rows.separator).to_string()),
                None,
            );
            return self.copy();
        }
        self.rows(text)
    }

    /// Looks at the whole file first, where its first bytes do not tell enough.
    fn survey(&self, text: &TextPlan<'_>) -> Result<Survey, Error> {
        let mut survey = Survey::default();
        if Encoding::EIGHT_BIT.contains(&text.encoding) {
            let mut lines = Lines::new(self.input()?);
            let (mut utf_8, mut other) = (0_u64, 0_u64);
            while let Some(line) = lines.next().map_err(self.read_error())? {
                if !line.bytes.is_ascii() {
                    match std::str::from_utf8(line.bytes) {
                        Ok(_) => utf_8 += 1,
                        Err(_) => other += 1,
                    }
                }
            }
            // By chance a line in one of these is UTF-8 as well, but seldom.
            survey.mixed = utf_8 * 100 > other;
        }
        if text.rows.separator != b';' {
            let mut fields = Vec::new();
            let mut lines = self.lines(text)?;
            let mut first = text.header.is_some();
            while let Some(line) = lines.next().map_err(self.read_error())? {
                let bytes = without_returns(line.bytes).0;
                let told = line.whole && text.rows.tell(bytes, &mut fields).is_ok();
                survey.separator_fails |= !first && !is_empty(bytes, text.rows.separator) && !told;
                first = false;
            }
        }
        Ok(survey)
    }

    fn rows(&mut self, text: &TextPlan<'_>) -> Result<(), Error> {
        let mut lines = self.lines(text)?;
        let mut fields = Vec::new();
        let mut out = Vec::new();
        let mut at = 0_u64;
        let mut in_long = false;
        let mut ended = false;
        while let Some(line) = lines.next().map_err(self.read_error())? {
            if !line.whole {
                if !in_long {
                    at += 1;
                    let facts = Facts::default().with("expected", LONGEST.to_string());
                    self.lefts.add(LONG_LINE, facts, Some(at));
                    self.begin_line()?;
                }
                in_long = !line.ended;
                ended = line.ended;
                self.file.write(line.bytes)?;
                continue;
            }
            at += 1;
            ended = line.ended;
            let (bytes, returns) = without_returns(line.bytes);
            let other_end = returns || (text.lone_returns && line.ended);
            self.mends.add(Mend::LineEnds, u64::from(other_end));
            match self.line(text, at, bytes, &mut fields, &mut out) {
                Done::Written => {
                    self.begin_line()?;
                    self.file.write(&out)?;
                }
                Done::Removed(mend) => self.mends.add(mend, 1),
                Done::Left(code) => {
                    self.lefts.add(code, Facts::default(), Some(at));
                    self.begin_line()?;
                    self.file.write(bytes)?;
                }
            }
        }
        self.mends.add(Mend::FinalLineFeed, u64::from(ended));
        Ok(())
    }

    /// Mends one line into `out`.
    fn line(
        &mut self,
        text: &TextPlan<'_>,
        at: u64,
        bytes: &[u8],
        fields: &mut Vec<Loose>,
        out: &mut Vec<u8>,
    ) -> Done {
        out.clear();
        if let Some((found, written)) = &text.header {
            let again =
                found.eq_ignore_ascii_case(bytes) || written.as_bytes().eq_ignore_ascii_case(bytes);
            if at == 1 {
                out.extend_from_slice(written.as_bytes());
                return Done::Written;
            }
            if again {
                return Done::Removed(Mend::HeaderRepeated);
            }
        }
        if is_empty(bytes, text.rows.separator) {
            return Done::Removed(Mend::EmptyLines);
        }
        match text.rows.mend(bytes, fields, out, &mut self.mends) {
            Ok(()) => Done::Written,
            Err(code) => Done::Left(code),
        }
    }

    /// Ends the line before.
    fn begin_line(&mut self) -> Result<(), Error> {
        if self.lines > 0 {
            self.file.write(b"\n")?;
        }
        self.lines += 1;
        Ok(())
    }
}

/// What becomes of a line.
enum Done {
    Written,
    Removed(Mend),
    Left(Code),
}

/// What only the whole file tells.
#[derive(Default)]
struct Survey {
    /// Some lines are in UTF-8 and some in the encoding that the first bytes are in.
    mixed: bool,
    /// Not every row has the right number of fields.
    separator_fails: bool,
}

/// A line without carriage returns at its end, and whether there were any.
fn without_returns(line: &[u8]) -> (&[u8], bool) {
    let returns = line.iter().rev().take_while(|byte| **byte == b'\r').count();
    let bare = line.get(..line.len() - returns).unwrap_or_default();
    (bare, returns > 0)
}

/// Whether nothing stands in a line, not even a separator.
fn is_empty(line: &[u8], separator: u8) -> bool {
    line.iter()
        .all(|byte| matches!(byte, b' ' | b'\t') && *byte != separator)
}

/// A file in UTF-8, old line ends made new ones.
struct Text {
    decoder: Decoder<Checked>,
    lone_returns: bool,
}

impl Read for Text {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(room)?;
        if self.lone_returns {
            for byte in room.iter_mut().take(read) {
                *byte = line_feed_for_return(*byte);
            }
        }
        Ok(read)
    }
}
