//! Rows changed: cut, doubled, swapped, removed, keys and references broken, bytes flipped.

use vitrina_codegen::model::{ColumnId, Table};

use super::base::Base;
use super::changed::TableFile;
use super::claim::{Claim, Mutation};
use super::shape::{fields, meaning, quoted, with_field};
use crate::random::Random;

/// Changes the rows of a file; none if the change drawn does not fit.
pub(super) fn change(base: &Base, file: &mut TableFile, random: &mut Random) -> Option<Mutation> {
    let mut rows = Rows {
        base,
        table: base.table(file.at),
        name: file.names.first()?.0.clone(),
        row: random.below(file.lines.len() as u64) as usize,
        file,
    };
    match random.below(14) {
        0 => rows.cut(random),
        1 => rows.field_left_out(random),
        2 => rows.field_added(),
        3 => rows.doubled(random),
        4 => rows.swapped(random),
        5 => rows.removed(),
        6 => rows.empty_line(),
        7 => rows.header_repeated(),
        8 => rows.returned(),
        9 => rows.last_feed(),
        10 => rows.other_key(),
        11 => rows.same_key(random),
        12 => rows.other_reference(random),
        _ => rows.flipped(random),
    }
}

struct Rows<'c> {
    base: &'c Base,
    table: &'c Table,
    file: &'c mut TableFile,
    name: String,
    /// The row that is changed.
    row: usize,
}

impl Rows<'_> {
    fn line(&self) -> u64 {
        self.row as u64 + 2
    }

    fn is_last(&self) -> bool {
        self.row + 1 == self.file.lines.len()
    }

    fn title(&self, what: &str) -> String {
        format!("{}:{} {what}", self.name, self.line())
    }

    fn text(&self) -> &str {
        &self.base.tables[self.file.at].lines[self.row]
    }

    fn claim(&self, code: &'static str) -> Claim {
        Claim::of_line(code, &self.name, self.line())
    }

    fn put(&mut self, line: impl Into<Vec<u8>>) {
        self.file.lines[self.row] = line.into();
    }

    fn cut(&mut self, random: &mut Random) -> Option<Mutation> {
        let length = self.file.lines[self.row].len() as u64;
        let at = 1 + random.below(length - 1) as usize;
        self.file.lines[self.row].truncate(at);
        let title = self.title(&format!("cut behind {at} bytes"));
        // Behind the last but one separator, the last field may be a bare null.
        let claim = Claim::of_any(&self.name, self.line());
        Some(Mutation::open("cut", title).with(claim))
    }

    fn field_left_out(&mut self, random: &mut Random) -> Option<Mutation> {
        let mut fields = fields(self.text());
        (fields.len() > 1).then_some(())?;
        fields.remove(random.below(fields.len() as u64) as usize);
        let line = fields.join(";");
        self.put(line);
        let code = if self.is_last() { "V0212" } else { "V0301" };
        Some(
            Mutation::open("a field left out", self.title("a field left out"))
                .with(self.claim(code)),
        )
    }

    fn field_added(&mut self) -> Option<Mutation> {
        let line = format!("{};\"x\"", self.text());
        self.put(line);
        Some(Mutation::open("a field added", self.title("a field added")).with(self.claim("V0301")))
    }

    fn doubled(&mut self, random: &mut Random) -> Option<Mutation> {
        let to = random.below(self.file.lines.len() as u64 + 1) as usize;
        let line = self.file.lines[self.row].clone();
        self.file.lines.insert(to, line);
        let from = if to <= self.row {
            self.row + 1
        } else {
            self.row
        };
        let mutation = Mutation::open(
            "doubled",
            self.title(&format!("doubled at line {}", to + 2)),
        );
        let claim = |row: usize| Claim::of_line("V0601", &self.name, row as u64 + 2);
        Some(mutation.with(claim(from)).with(claim(to)))
    }

    fn swapped(&mut self, random: &mut Random) -> Option<Mutation> {
        let other = random.below(self.file.lines.len() as u64) as usize;
        self.file.lines.swap(self.row, other);
        Some(Mutation::valid(
            "swapped",
            self.title(&format!("swapped with line {}", other + 2)),
        ))
    }

    fn removed(&mut self) -> Option<Mutation> {
        (self.file.lines.len() > 1).then_some(())?;
        self.file.lines.remove(self.row);
        Some(Mutation::open("removed", self.title("removed")))
    }

    fn empty_line(&mut self) -> Option<Mutation> {
        self.file.lines.insert(self.row, Vec::new());
        Some(
            Mutation::open("an empty line before", self.title("an empty line before"))
                .with(self.claim("V0307")),
        )
    }

    fn header_repeated(&mut self) -> Option<Mutation> {
        let header = self.base.tables[self.file.at].header.clone();
        self.file.lines.insert(self.row, header.into_bytes());
        Some(
            Mutation::open("the header before", self.title("the header before"))
                .with(self.claim("V0209")),
        )
    }

    fn returned(&mut self) -> Option<Mutation> {
        self.file.lines[self.row].push(b'\r');
        Some(Mutation::open("CR at the end", self.title("CR at the end")).with(self.claim("V0210")))
    }

    fn last_feed(&mut self) -> Option<Mutation> {
        self.file.ends_with_feed = true;
        Some(Mutation::valid(
            "a line feed at the end",
            format!("{} a line feed at the end", self.name),
        ))
    }

    fn key_column(&self) -> ColumnId {
        self.table.primary_key[self.row % self.table.primary_key.len()]
    }

    fn with_other(&self, column: ColumnId) -> Option<String> {
        let field = *fields(self.text()).get(column.index())?;
        let text = meaning(field);
        let other = match text.parse::<i64>() {
            Ok(number) => number.checked_add(77_777)?.to_string(),
            Err(_) => {
                let last = text.chars().last()?;
                let end = if last == '7' { '8' } else { '7' };
                format!("{}{end}", &text[..text.len() - last.len_utf8()])
            }
        };
        Some(quoted(&other))
    }

    fn other_key(&mut self) -> Option<Mutation> {
        let column = self.key_column();
        let field = self.with_other(column)?;
        let line = with_field(self.text(), column.index(), &field);
        self.put(line);
        Some(Mutation::open("another key", self.title("another key")))
    }

    /// The key of another row.
    fn same_key(&mut self, random: &mut Random) -> Option<Mutation> {
        let other = random.below(self.file.lines.len() as u64) as usize;
        (other != self.row).then_some(())?;
        let from = self.base.tables[self.file.at].lines[other].clone();
        let mut line = self.text().to_owned();
        for column in &self.table.primary_key {
            line = with_field(&line, column.index(), fields(&from).get(column.index())?);
        }
        self.put(line);
        let title = self.title(&format!("the key of line {}", other + 2));
        let claim = Claim::of_line("V0601", &self.name, other as u64 + 2);
        Some(
            Mutation::open("the key of another", title)
                .with(self.claim("V0601"))
                .with(claim),
        )
    }

    fn other_reference(&mut self, random: &mut Random) -> Option<Mutation> {
        (!self.table.foreign_keys.is_empty()).then_some(())?;
        let foreign = random.one_of(&self.table.foreign_keys);
        let column = *foreign.columns.last()?;
        let field = self.with_other(column)?;
        (field != "\"\"").then_some(())?;
        let line = with_field(self.text(), column.index(), &field);
        self.put(line);
        Some(Mutation::open(
            "another reference",
            self.title("another reference"),
        ))
    }

    fn flipped(&mut self, random: &mut Random) -> Option<Mutation> {
        let mut body = self.file.body();
        let mut places = Vec::new();
        for _ in 0..=random.below(3) {
            let at = random.below(body.len() as u64) as usize;
            body[at] = match random.below(4) {
                0 => body[at] ^ (1 << random.below(8)),
                1 => *random.one_of(b"\"\";\n\r 0\0"),
                _ => random.below(256) as u8,
            };
            places.push(at);
        }
        self.file.lines = body
            .split(|byte| *byte == b'\n')
            .map(<[u8]>::to_vec)
            .collect();
        if self.file.lines.last().is_some_and(Vec::is_empty) {
            self.file.lines.pop();
            self.file.ends_with_feed = true;
        }
        Some(Mutation::open(
            "bytes flipped",
            format!("{} bytes {places:?} behind the header", self.name),
        ))
    }
}
