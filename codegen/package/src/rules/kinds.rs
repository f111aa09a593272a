//! Statements about the package as a whole: kinds of information without a record, and deletions.

use std::sync::atomic::Ordering;

use vitrina_codegen::model::{AssertionBody, Model, Structure, TableId};

use super::{Rules, TableState};
use crate::code::KIND;
use crate::{Cause, Facts, GroupKey, Sample, Subject, Tally, Unchecked};

impl<'m> Rules<'m> {
    /// Judges the assertions about kinds; a table with lines that could not be read has records.
    pub(super) fn judge_package(
        &self,
        broken_rows: &dyn Fn(TableId) -> u64,
        tally: &mut Tally<'m>,
        unchecked: &mut Vec<Unchecked<'m>>,
    ) {
        for rule in self.model.rules() {
            for assertion in &rule.assertions {
                let AssertionBody::Structure(structure) = &assertion.body else {
                    continue;
                };
                let unjudged = |cause, table| Unchecked {
                    subject: Subject::Rule(&assertion.code),
                    table,
                    columns: Vec::new(),
                    cause,
                };
                match structure {
                    Structure::Kinds if self.tables.are_changes() => {
                        unchecked.push(unjudged(Cause::Changes, None));
                    }
                    Structure::Kinds => {
                        let (mut judged, mut broken) = (0, 0);
                        for kind in self.model.kinds() {
                            match self.has_record(kind.number, broken_rows) {
                                Ok(has) => {
                                    judged += 1;
                                    if !has {
                                        broken += 1;
                                        tally.add(key(&assertion.code), sample(kind.number));
                                    }
                                }
                                Err(table) => {
                                    let cause = Cause::UnreadableTable(table);
                                    let one = unjudged(cause, Some(table));
                                    if !unchecked.contains(&one) {
                                        unchecked.push(one);
                                    }
                                }
                            }
                        }
                        self.marks
                            .0
                            .others(rule.metric, assertion.severity, judged, broken);
                    }
                    // Nothing is deleted by a package of everything; and what changes delete can only be
                    // judged beside all that stays.
                    Structure::Deletions if self.tables.are_changes() => {
                        let cause = match self.options.previous {
                            None => Cause::NoPrevious,
                            Some(_) => Cause::Changes,
                        };
                        unchecked.push(unjudged(cause, None));
                    }
                    _ => {}
                }
            }
        }
    }

    /// Whether a table that carries a kind has a row; or a table of which that cannot be told.
    fn has_record(
        &self,
        number: u32,
        broken_rows: &dyn Fn(TableId) -> u64,
    ) -> Result<bool, TableId> {
        let carriers = || {
            let tables = self.model.tables().iter();
            tables.filter(|table| table.kinds.contains(&number))
        };
        let is_filled = |table: TableId| {
            let filled = self.filled.get(table.index());
            filled.is_some_and(|filled| filled.load(Ordering::Relaxed)) || broken_rows(table) > 0
        };
        if carriers().any(|table| is_filled(table.id)) {
            return Ok(true);
        }
        let is_dark = |id: TableId| self.tables.state(id) == TableState::Unreadable;
        match carriers().find(|table| is_dark(table.id)) {
            Some(table) => Err(table.id),
            None => Ok(false),
        }
    }
}

fn key(code: &str) -> GroupKey<'_> {
    GroupKey {
        code: KIND,
        rule: Some(code),
        table: None,
        file: None,
        columns: Vec::new(),
        facts: Facts::default(),
    }
}

fn sample(number: u32) -> Sample {
    Sample {
        row: None,
        line: None,
        count: 1,
        value: Some(number.to_string()),
    }
}

/// All that is not judged when rules are left away.
pub(super) fn left_away(model: &Model) -> Vec<Unchecked<'_>> {
    let one = |subject, table| Unchecked {
        subject,
        table,
        columns: Vec::new(),
        cause: Cause::Chosen,
    };
    let mut unchecked = Vec::new();
    for assertion in model.rules().iter().flat_map(|rule| &rule.assertions) {
        match &assertion.body {
            AssertionBody::Rows(rows) => {
                unchecked.push(one(Subject::Rule(&assertion.code), Some(rows.view.table)));
            }
            AssertionBody::Structure(Structure::Kinds | Structure::Deletions) => {
                unchecked.push(one(Subject::Rule(&assertion.code), None));
            }
            AssertionBody::Structure(_) => {}
        }
    }
    let indicators = model.indicators().iter();
    unchecked.extend(indicators.map(|indicator| {
        one(
            Subject::Indicator(&indicator.code),
            Some(indicator.view.table),
        )
    }));
    unchecked
}
