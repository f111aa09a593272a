//! Findings on their way: counted in full, grouped, a few samples kept.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use vitrina_codegen::model::{ColumnId, TableId};

use crate::{Code, Facts, RowId};

/// What findings have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupKey<'m> {
    /// The check.
    pub code: Code,
    /// The model's own name of it: the code of a row check or of an assertion.
    pub rule: Option<&'m str>,
    /// The table.
    pub table: Option<TableId>,
    /// The file, by position in the package, where a file as such is at fault.
    pub file: Option<usize>,
    /// The columns: one, those of a key, or none.
    pub columns: Vec<ColumnId>,
    /// What the message says beside that.
    pub facts: Facts,
}

impl<'m> GroupKey<'m> {
    /// Findings of a check on a table.
    pub fn of_table(code: Code, table: TableId) -> GroupKey<'m> {
        GroupKey {
            code,
            rule: None,
            table: Some(table),
            file: None,
            columns: Vec::new(),
            facts: Facts::default(),
        }
    }

    /// Findings of a check on a column.
    pub fn of_column(code: Code, table: TableId, column: ColumnId) -> GroupKey<'m> {
        GroupKey {
            columns: vec![column],
            ..GroupKey::of_table(code, table)
        }
    }

    /// Findings of one of the model's own checks.
    #[must_use]
    pub fn with_rule(mut self, rule: &'m str) -> GroupKey<'m> {
        self.rule = Some(rule);
        self
    }
}

/// Findings of one kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    /// How many there are.
    pub count: u64,
    /// How many different causes they have, where several findings may have one: values of a missing
    /// parent, sets of equal keys.
    pub distinct: Option<u64>,
    /// The first of them: by how many findings each stands for, then by row.
    pub samples: Vec<Sample>,
}

/// One finding that is shown. Those that stand for most come first, then they go by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The row; none where a file or the package is at fault.
    pub row: Option<RowId>,
    /// Line of the file, from 1, where there is no row: a fault of the header.
    pub line: Option<u64>,
    /// How many findings it stands for: those of one missing parent, one for most.
    pub count: u64,
    /// What is at fault in words of the file, where a row's own field does not show it: the name of a
    /// file, the key of a missing parent. Personal values are masked by whoever prints it.
    pub value: Option<String>,
}

impl Sample {
    /// A row.
    pub fn of_row(row: RowId) -> Sample {
        Sample {
            row: Some(row),
            line: None,
            count: 1,
            value: None,
        }
    }
}

impl Ord for Sample {
    fn cmp(&self, other: &Sample) -> Ordering {
        let place = |sample: &Sample| (sample.row, sample.line);
        (other.count.cmp(&self.count))
            .then_with(|| place(self).cmp(&place(other)))
            .then_with(|| self.value.cmp(&other.value))
    }
}

impl PartialOrd for Sample {
    fn partial_cmp(&self, other: &Sample) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Findings, grouped. Tallies of several threads are merged; the outcome does not depend on their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally<'m> {
    limit: usize,
    groups: BTreeMap<GroupKey<'m>, Group>,
}

impl<'m> Tally<'m> {
    /// Keeps at most `samples` of each group.
    pub fn new(samples: usize) -> Tally<'m> {
        Tally {
            limit: samples,
            groups: BTreeMap::new(),
        }
    }

    /// Adds a finding.
    pub fn add(&mut self, key: GroupKey<'m>, sample: Sample) {
        let group = self.groups.entry(key).or_default();
        group.count += sample.count;
        keep(&mut group.samples, sample, self.limit);
    }

    /// Says how many different causes a group's findings have.
    pub fn set_distinct(&mut self, key: GroupKey<'m>, distinct: u64) {
        self.groups.entry(key).or_default().distinct = Some(distinct);
    }

    /// Adds findings beyond those that are shown.
    pub fn add_unseen(&mut self, key: GroupKey<'m>, count: u64) {
        self.groups.entry(key).or_default().count += count;
    }

    /// Takes the findings of another tally.
    pub fn merge(&mut self, other: Tally<'m>) {
        for (key, from) in other.groups {
            let group = self.groups.entry(key).or_default();
            group.count += from.count;
            group.distinct = match (group.distinct, from.distinct) {
                (Some(left), Some(right)) => Some(left + right),
                (one, other) => one.or(other),
            };
            for sample in from.samples {
                keep(&mut group.samples, sample, self.limit);
            }
        }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The groups in the order of their keys.
    pub fn groups(&self) -> impl Iterator<Item = (&GroupKey<'m>, &Group)> {
        self.groups.iter()
    }

    /// The groups, to keep.
    pub fn into_groups(self) -> impl Iterator<Item = (GroupKey<'m>, Group)> {
        self.groups.into_iter()
    }
}

/// Keeps the smallest samples, in order.
fn keep(samples: &mut Vec<Sample>, sample: Sample, limit: usize) {
    if samples.len() >= limit && samples.last().is_none_or(|last| *last <= sample) {
        return;
    }
    let at = samples.partition_point(|known| *known <= sample);
    samples.insert(at, sample);
    samples.truncate(limit);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_merging_does_not_matter() {
        let key = || GroupKey {
            code: crate::code::FIELD_COUNT,
            rule: None,
            table: None,
            file: None,
            columns: Vec::new(),
            facts: Facts::default(),
        };
        let tally = |rows: &[u64]| {
            let mut tally = Tally::new(2);
            for row in rows {
                tally.add(key(), Sample::of_row(RowId(*row)));
            }
            tally
        };
        let mut one = tally(&[7, 3]);
        one.merge(tally(&[5, 1]));
        let mut other = tally(&[1, 5]);
        other.merge(tally(&[3, 7]));
        assert_eq!(one, other);
        let (_, group) = one.groups().next().unwrap();
        assert_eq!(group.count, 4);
        let rows: Vec<u64> = group
            .samples
            .iter()
            .filter_map(|one| Some(one.row?.0))
            .collect();
        assert_eq!(rows, [1, 3]);
    }
}
