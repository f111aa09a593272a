//! What must be found of a changed package: told by what was changed, by its lines, by its keys, by the
//! model's rules over the rows that are left.

use std::collections::{BTreeMap, BTreeSet};

use vitrina_codegen::model::{AssertionBody, ColumnId, Table, TableId};
use vitrina_codegen::quality::{Rows, judge as judge_rules};
use vitrina_codegen::sample::Cells;

use super::changed::{Changed, Layout, TableFile};
use super::finding::{Findings, Kind, Place};
use super::{keys, lines};

/// Codes that belong to the file, not to a row's column.
const OF_FILES: [&str; 4] = ["V0209", "V0210", "V0211", "V0212"];

/// Every finding that a changed package must give.
pub fn truth(changed: &Changed<'_>) -> Findings {
    let base = changed.base;
    let model = &base.model;
    let mut truth = changed.said.clone();
    // By table: rows with the position of their lines.
    let mut read: BTreeMap<TableId, (Vec<Cells>, Vec<usize>)> = BTreeMap::new();
    let mut unreadable = BTreeSet::new();
    for file in changed.tables.iter().filter(|file| file.is_there) {
        let table = base.table(file.at);
        if !file.is_readable() {
            unreadable.insert(table.id);
            continue;
        }
        let judged = match file.is_touched {
            true => of_lines(changed, file, &mut truth),
            false => {
                let cells = base.tables[file.at].cells.clone();
                let places = (0..cells.len()).collect();
                (cells, places, false)
            }
        };
        if judged.2 {
            unreadable.insert(table.id);
        }
        read.insert(table.id, (judged.0, judged.1));
    }
    let place = |table: TableId, row: usize| {
        let file = changed
            .tables
            .iter()
            .find(|file| base.table(file.at).id == table);
        let at = read.get(&table).and_then(|(_, places)| places.get(row));
        match (file, at) {
            (Some(file), Some(at)) => file.place(*at),
            _ => Place {
                file: None,
                line: None,
            },
        }
    };
    let rows: keys::Rows<'_> = read
        .iter()
        .map(|(table, (cells, _))| (*table, cells.iter().collect()))
        .collect();
    for (code, table, columns, row, count) in keys::judge(model, &rows) {
        let kind = kind(model.table(table), code, None, &columns);
        truth.add(kind, place(table, row), count);
    }
    let mut all = Rows::new(model);
    for (table, (cells, _)) in &read {
        let open = all.open(model.table(*table));
        for row in cells {
            open.push(row.iter().map(Option::as_deref));
        }
    }
    let judgement = judge_rules(model, &all, base.moment);
    let of_rows: BTreeSet<&str> = (model.rules().iter())
        .flat_map(|rule| &rule.assertions)
        .filter(|assertion| matches!(assertion.body, AssertionBody::Rows(_)))
        .map(|assertion| assertion.code.as_str())
        .collect();
    for finding in &judgement.findings {
        match (finding.table, finding.row) {
            (Some(table), Some(row)) if of_rows.contains(finding.code) => {
                let kind = kind(model.table(table), "V0801", Some(finding.code), &[]);
                truth.add(kind, place(table, row), 1);
            }
            (None, None) => {
                let number: u32 = finding.key.parse().unwrap_or_default();
                // A table with lines that nobody can read has records.
                let mut carriers = unreadable.iter().map(|id| model.table(*id));
                if !carriers.any(|table| table.kinds.contains(&number)) {
                    let kind = Kind {
                        code: "V0802".into(),
                        rule: Some(finding.code.into()),
                        table: None,
                        columns: Vec::new(),
                    };
                    let nowhere = Place {
                        file: None,
                        line: None,
                    };
                    truth.add(kind, nowhere, 1);
                }
            }
            _ => {}
        }
    }
    missing(changed, &mut truth);
    truth
}

/// What the lines of a file break, and its rows; whether some lines are none.
pub(super) fn of_lines(
    changed: &Changed<'_>,
    file: &TableFile,
    truth: &mut Findings,
) -> (Vec<Cells>, Vec<usize>, bool) {
    let base = changed.base;
    let table = base.table(file.at);
    // Lines end within the bytes where a change put a line feed.
    let body = file.body();
    let mut raw: Vec<Vec<u8>> = match file.lines.is_empty() {
        true => Vec::new(),
        false => body
            .split(|byte| *byte == b'\n')
            .map(<[u8]>::to_vec)
            .collect(),
    };
    let has_feed = body.last() == Some(&b'\n');
    if has_feed {
        raw.pop();
    }
    let judged = lines::judge(&base.model, table, &raw, has_feed, base.moment.today);
    for (code, rule, column, at) in judged.found {
        let columns = if OF_FILES.contains(&code) {
            None
        } else {
            column
        };
        let kind = Kind {
            code: code.to_owned(),
            rule,
            table: Some(table.name.clone()),
            columns: columns.into_iter().collect(),
        };
        truth.add(kind, file.place(at), 1);
    }
    if file.layout == Layout::Returns {
        let kind = kind(table, "V0210", None, &[]);
        let mut places: Vec<Place> = (0..raw.len()).map(|at| file.place(at)).collect();
        places.extend(file.names.iter().map(|(name, _)| Place {
            file: Some(name.clone()),
            line: Some(1),
        }));
        for place in places {
            truth.add(kind.clone(), place, 1);
        }
    }
    if raw.is_empty() {
        let kind = kind(table, "V0105", None, &[]);
        let place = Place {
            file: file.names.first().map(|(name, _)| name.clone()),
            line: None,
        };
        truth.add(kind, place, 1);
    }
    let (places, cells) = judged.rows.into_iter().unzip();
    (cells, places, judged.has_broken)
}

/// Tables without a file, where no manifest says which should be there.
fn missing(changed: &Changed<'_>, truth: &mut Findings) {
    use super::ManifestChange;
    if !matches!(changed.manifest, None | Some(ManifestChange::Cut)) {
        return;
    }
    let there = changed.tables.iter().filter(|file| file.is_there).count();
    let missing = changed.base.model.tables().len() - there;
    if missing > 0 {
        let kind = Kind {
            code: "V0101".into(),
            rule: None,
            table: None,
            columns: Vec::new(),
        };
        let nowhere = Place {
            file: None,
            line: None,
        };
        truth.add(kind, nowhere, missing as u64);
    }
}

fn kind(table: &Table, code: &str, rule: Option<&str>, columns: &[ColumnId]) -> Kind {
    Kind {
        code: code.to_owned(),
        rule: rule.map(str::to_owned),
        table: Some(table.name.clone()),
        columns: (columns.iter())
            .map(|id| table.column(*id).name.clone())
            .collect(),
    }
}
