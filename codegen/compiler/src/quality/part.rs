//! Parts of an assertion's outcome, as the judges give them, gathered into a judgement.

use super::context::Context;
use super::metrics::Marks;
use super::outcome::{AssertionOutcome, Fault, Finding, Judgement, Reason, TableOutcome, Unjudged};
use super::{IndicatorOutcome, key_text};
use crate::model::{Assertion, Rule, Table, TableId};

/// What one judge has to say of one table.
pub(super) enum Part {
    /// Rows were judged.
    Rows {
        table: TableId,
        /// The rows judged, ascending.
        judged: Vec<u32>,
        /// Rows that could not be judged for an unreadable cell.
        unreadable: u64,
        /// What is broken, by row.
        faults: Vec<(u32, Fault)>,
    },
    /// Records that are no rows were judged.
    Records {
        table: Option<TableId>,
        judged: u64,
        /// Texts of the keys of those that break the assertion.
        broken: Vec<String>,
    },
    /// Nothing was judged.
    Unjudged(Unjudged),
}

impl Part {
    /// A table that could not be judged.
    pub(super) fn unjudged(table: &Table, reason: Reason) -> Part {
        Part::Unjudged(Unjudged {
            table: Some(table.id),
            reason,
        })
    }
}

/// A judgement on its way.
pub(super) struct Gathering<'c, 'a, 'm> {
    context: &'c Context<'a>,
    marks: Marks,
    findings: Vec<Finding<'m>>,
    assertions: Vec<AssertionOutcome<'m>>,
}

impl<'c, 'a, 'm> Gathering<'c, 'a, 'm> {
    pub(super) fn new(context: &'c Context<'a>) -> Self {
        Gathering {
            context,
            marks: Marks::new(context.model),
            findings: Vec::new(),
            assertions: Vec::new(),
        }
    }

    /// Adds what was said of an assertion; one of the same code that went before goes on.
    pub(super) fn add(&mut self, rule: &'m Rule, assertion: &'m Assertion, parts: Vec<Part>) {
        let mut outcome = match self.assertions.pop_if(|last| last.code == assertion.code) {
            Some(outcome) => outcome,
            None => AssertionOutcome {
                code: &assertion.code,
                rule,
                severity: assertion.severity,
                tables: Vec::new(),
                unjudged: Vec::new(),
            },
        };
        for part in parts {
            match part {
                Part::Rows {
                    table,
                    judged,
                    unreadable,
                    faults,
                } => {
                    let broken = self.add_rows(rule, assertion, table, &judged, faults);
                    outcome.tables.push(TableOutcome {
                        table: Some(table),
                        judged: judged.len() as u64,
                        broken,
                        unreadable,
                    });
                }
                Part::Records {
                    table,
                    judged,
                    broken,
                } => {
                    let count = broken.len() as u64;
                    self.marks
                        .others(rule.metric, assertion.severity, judged, count);
                    outcome.tables.push(TableOutcome {
                        table,
                        judged,
                        broken: count,
                        unreadable: 0,
                    });
                    self.findings.extend(broken.into_iter().map(|key| Finding {
                        code: &assertion.code,
                        severity: assertion.severity,
                        table,
                        row: None,
                        key,
                        fault: Fault::Record,
                    }));
                }
                Part::Unjudged(unjudged) => {
                    if !outcome.unjudged.contains(&unjudged) {
                        outcome.unjudged.push(unjudged);
                    }
                }
            }
        }
        self.assertions.push(outcome);
    }

    /// Marks rows and turns their faults into findings; how many rows are broken.
    fn add_rows(
        &mut self,
        rule: &Rule,
        assertion: &'m Assertion,
        table: TableId,
        judged: &[u32],
        faults: Vec<(u32, Fault)>,
    ) -> u64 {
        for row in judged {
            self.marks.judged(table, *row, rule.metric);
        }
        let rows = self.context.rows.table(table);
        let model = self.context.model;
        let described = model.table(table);
        let mut broken = 0;
        let mut last = None;
        for (row, fault) in faults {
            if last != Some(row) {
                last = Some(row);
                broken += 1;
                self.marks
                    .broken(table, row, rule.metric, assertion.severity);
            }
            self.findings.push(Finding {
                code: &assertion.code,
                severity: assertion.severity,
                table: Some(table),
                row: Some(row as usize),
                key: key_text(model, described, |at| {
                    rows?.value(row, *described.primary_key.get(at)?)
                }),
                fault,
            });
        }
        broken
    }

    /// All that was gathered.
    pub(super) fn finish(self, indicators: Vec<IndicatorOutcome<'m>>) -> Judgement<'m> {
        let holds = |id| self.context.rows.table(id).is_some();
        Judgement {
            metrics: self.marks.metrics(self.context.model, holds),
            findings: self.findings,
            assertions: self.assertions,
            indicators,
        }
    }
}
