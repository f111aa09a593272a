//! What is to be done with each file of a package, before any is read as a whole.

use std::io::Read as _;

use vitrina::package::Manifest;
use vitrina_codegen::model::{Column, Model, Table};

use super::mend::{Lefts, Mend, Mends};
use super::row::RowMender;
use crate::diagnose::{self, CERTAIN, HEAD, Layout};
use crate::files::source::Checked;
use crate::inventory::{Entry, Package};
use crate::read::encoding::Encoding;
use crate::{Code, Facts, code};

/// What is to be done with a file.
pub(super) struct Plan<'m> {
    /// Its position in the package.
    pub(super) file: usize,
    /// The table, if it belongs to one.
    pub(super) table: Option<&'m Table>,
    /// The name it gets.
    pub(super) name: String,
    /// Whether it is not taken over, because another file gets its name.
    pub(super) dropped: bool,
    pub(super) mends: Mends,
    pub(super) lefts: Lefts,
    /// How its lines are read; none when the bytes are copied as they are.
    pub(super) text: Option<TextPlan<'m>>,
}

/// How the lines of a file are mended.
pub(super) struct TextPlan<'m> {
    pub(super) encoding: Encoding,
    /// Bytes of the byte order mark.
    pub(super) mark: usize,
    /// Whether a carriage return alone ends a line.
    pub(super) lone_returns: bool,
    /// The first line as it stands, and as it is written; none when the file has no header.
    pub(super) header: Option<(Vec<u8>, String)>,
    pub(super) rows: RowMender<'m>,
}

/// Plans for all files, in the package's order.
pub(super) fn all<'m>(model: &'m Model, package: &Package) -> Vec<Plan<'m>> {
    let files = package.files.iter().enumerate();
    let mut plans: Vec<Plan<'_>> = files
        .map(|(file, entry)| match entry.table {
            Some(table) => of_table(model, package, file, entry, model.table(table)),
            None => as_it_is(package, file, entry),
        })
        .collect();
    // A name that a table's file or the manifest gets is taken, on systems without case as well.
    let taken: Vec<String> = plans
        .iter()
        .filter(|plan| plan.table.is_some())
        .map(|plan| plan.name.to_lowercase())
        .chain([Manifest::FILE.to_owned()])
        .collect();
    for plan in &mut plans {
        let name = plan.name.to_lowercase();
        plan.dropped = plan.table.is_none() && taken.contains(&name);
    }
    plans
}

/// A file that belongs to no table, or to one that has its file already.
fn as_it_is<'m>(package: &Package, file: usize, entry: &Entry) -> Plan<'m> {
    let mut lefts = Lefts::default();
    let about = package
        .findings
        .groups()
        .filter(|(key, _)| key.file == Some(file));
    for (key, _) in about {
        lefts.add(key.code, key.facts.clone(), None);
    }
    Plan {
        file,
        table: None,
        name: entry.name.trim_start_matches("../").to_owned(),
        dropped: false,
        mends: Mends::default(),
        lefts,
        text: None,
    }
}

fn of_table<'m>(
    model: &'m Model,
    package: &Package,
    file: usize,
    entry: &Entry,
    table: &'m Table,
) -> Plan<'m> {
    let own = entry.name.rsplit('/').next().unwrap_or_default();
    let mut mends = Mends::default();
    let moved = !package.root.is_empty() || own.len() < entry.name.len();
    mends.add(Mend::Folder, u64::from(moved));
    let name = proper_name(table, own, entry.part);
    mends.add(Mend::FileName, u64::from(name != own));
    let mut plan = Plan {
        file,
        table: Some(table),
        name,
        dropped: false,
        mends,
        lefts: Lefts::default(),
        text: None,
    };
    let Some(head) = head(package, file) else {
        let facts = Facts::default().with("file", own);
        plan.lefts.add(code::READ_FAILED, facts, None);
        return plan;
    };
    let lone_returns = head.contains(&b'\r') && !head.contains(&b'\n');
    let diagnosis = match lone_returns {
        false => diagnose::file(model, package, table.id, file),
        true => {
            let is_whole = head.len() as u64 >= package.bytes(file);
            let lines: Vec<u8> = head.into_iter().map(line_feed_for_return).collect();
            diagnose::judge(
                model,
                table,
                package.mode,
                (&lines, &[]),
                is_whole,
                file,
                own,
            )
        }
    };
    let layout = diagnosis.layout.as_ref();
    let doubtful = layout.is_some_and(|layout| layout.confidence < CERTAIN);
    let header_is_told = diagnosis.layout.as_ref().is_some_and(is_whole_header);
    for (key, _) in diagnosis.findings.groups() {
        let cured = match key.code {
            code::UTF_16 => Some(Mend::Encoding),
            code::WINDOWS_1251 if !doubtful => Some(Mend::Encoding),
            code::BYTE_ORDER_MARK => Some(Mend::ByteOrderMark),
            code::SEPARATOR => Some(Mend::Separator),
            code::HEADER_CASE => Some(Mend::HeaderCase),
            code::HEADER_ORDER if header_is_told => Some(Mend::HeaderOrder),
            code::HEADER_QUOTED => Some(Mend::HeaderQuotes),
            code::HEADER_LOOK_ALIKE => Some(Mend::HeaderLetters),
            code::HEADER if header_is_told => Some(Mend::HeaderNames),
            _ => None,
        };
        match cured {
            Some(mend) => plan.mends.add(mend, 1),
            None => plan.lefts.add(key.code, key.facts.clone(), Some(1)),
        }
    }
    let Some(layout) = diagnosis.layout.filter(|_| !doubtful) else {
        // It is copied byte for byte: nothing but its name and place was mended.
        plan.mends = Mends::default();
        plan.mends.add(Mend::Folder, u64::from(moved));
        plan.mends.add(Mend::FileName, u64::from(plan.name != own));
        return plan;
    };
    plan.text = Some(text_plan(package, table, layout, lone_returns));
    plan
}

/// Whether the header names every column, and nothing else.
fn is_whole_header(layout: &Layout) -> bool {
    layout.absent.is_empty() && layout.columns.iter().all(Option::is_some)
}

/// How the lines of a file in this layout are mended.
fn text_plan<'m>(
    package: &Package,
    table: &'m Table,
    layout: Layout,
    lone_returns: bool,
) -> TextPlan<'m> {
    let columns: Vec<Option<&Column>> = layout
        .columns
        .iter()
        .map(|id| id.map(|id| table.column(id)))
        .collect();
    let mut order: Vec<usize> = (0..columns.len()).collect();
    // A header that lacks columns, or has others, says what it says: nothing is moved then.
    if is_whole_header(&layout) {
        order.sort_by_key(|at| layout.columns.get(*at).copied().flatten());
        // Keys of a package that deletes stand in the key's own order.
        if package.mode == crate::inventory::Mode::Delete {
            let place = |at: &usize| {
                let id = layout.columns.get(*at).copied().flatten();
                table.primary_key.iter().position(|key| Some(*key) == id)
            };
            order.sort_by_key(place);
        }
    }
    let has_header = !layout.header.is_empty();
    let words = String::from_utf8_lossy(&layout.header).into_owned();
    let separator = char::from(layout.separator);
    let names: Vec<&str> = words.split(separator).collect();
    let written: Vec<String> = order
        .iter()
        .map(|at| match columns.get(*at).copied().flatten() {
            Some(column) => column.name.to_lowercase(),
            None => names.get(*at).copied().unwrap_or_default().to_owned(),
        })
        .collect();
    TextPlan {
        encoding: layout.encoding,
        mark: usize::try_from(layout.mark).unwrap_or_default(),
        lone_returns,
        header: has_header.then(|| (layout.header, written.join(";"))),
        rows: RowMender {
            separator: layout.separator,
            columns,
            order,
            profile: package.profile,
        },
    }
}

/// The first bytes of a file, if they can be read.
fn head(package: &Package, file: usize) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    let input = Checked::open(package, file).ok()?;
    input.take(HEAD as u64).read_to_end(&mut head).ok()?;
    Some(head)
}

/// The name that a file of the table should have; `rdm_` before it stays.
fn proper_name(table: &Table, own: &str, part: Option<u32>) -> String {
    let name = &table.name;
    let lower = own.to_lowercase();
    let prefix = match lower.starts_with("rdm_") && !name.starts_with("rdm_") {
        true => "rdm_",
        false => "",
    };
    match part {
        Some(part) => format!("{prefix}{name}.{part:04}.csv"),
        None => format!("{prefix}{name}.csv"),
    }
}

/// Old line ends made new ones.
pub(super) fn line_feed_for_return(byte: u8) -> u8 {
    match byte {
        b'\r' => b'\n',
        other => other,
    }
}

/// The code of a file whose encoding is not the same in all of it.
pub(super) const MIXED: Code = code::NOT_UTF_8;
