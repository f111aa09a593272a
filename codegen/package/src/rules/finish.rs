//! Behind the last row: references followed, searches and sets judged, everything counted.

use std::io;
use std::sync::{Mutex, PoisonError};

use vitrina_codegen::model::TableId;
use vitrina_codegen::quality::{IndicatorOutcome, Ratio, Reason};

use super::context::{Context, Outcome};
use super::flow::{Supply, Waiting, each_partition, follow};
use super::gather::{self, Visitor};
use super::plan::{Plan, Subject as Asked};
use super::search::Searcher;
use super::set::SetJudge;
use super::state::Counts;
use super::{Judged, RuleOutcome, Rules};
use crate::code::RULE;
use crate::store::{Partitions, Store};
use crate::{Cause, Facts, GroupKey, RowId, Sample, Subject, Tally, Unchecked};

impl Outcome {
    pub(super) fn of(plan: &Plan<'_>) -> Outcome {
        Outcome {
            counts: plan.entries.iter().map(|_| Mutex::default()).collect(),
            ratios: plan.indicators.iter().map(|_| Mutex::default()).collect(),
        }
    }
}

impl<'m> Rules<'m> {
    /// Judges what could not be judged row by row: findings go to `tally`, what was not judged to
    /// `unchecked`. `broken_rows` says how many lines of a table could not be told into fields.
    ///
    /// # Errors
    /// The disk refused, or lost, what had to be kept there.
    pub fn finish(
        mut self,
        broken_rows: &dyn Fn(TableId) -> u64,
        tally: &mut Tally<'m>,
        unchecked: &mut Vec<Unchecked<'m>>,
    ) -> io::Result<Judged<'m>> {
        self.follow_references()?;
        self.search()?;
        self.judge_sets()?;
        unchecked.append(&mut self.unchecked);
        if self.options.strictness.rules {
            self.judge_package(broken_rows, tally, unchecked);
        }
        Ok(self.report(broken_rows, tally, unchecked))
    }

    fn threads(&self) -> usize {
        self.options.threads.get()
    }

    /// The partitions of a spool, which is no longer written.
    fn take_spool(&mut self, at: usize) -> io::Result<Option<Partitions>> {
        let spool = self.spools.get_mut(at).and_then(Option::take);
        let partitions = spool.map(|spool| spool.partitions()).transpose()?;
        Ok(partitions.filter(|partitions| !partitions.is_empty()))
    }

    /// Widens the rows that wait for those that they refer to.
    fn follow_references(&mut self) -> io::Result<()> {
        let mut disk: Vec<Option<Partitions>> = Vec::new();
        for (parent, stock) in self.plan.parents.iter().zip(&mut self.stocks) {
            let mut partitions = None;
            if parent.source.is_none() {
                stock.close()?;
                partitions = stock.partitions()?;
            }
            disk.push(partitions);
        }
        for number in 0..self.plan.flows.len() {
            let flow = self.plan.flows.get(number);
            let joins: Vec<(usize, usize)> = flow.map_or_else(Vec::new, |flow| {
                flow.joins
                    .iter()
                    .map(|join| (join.spool, join.parent))
                    .collect()
            });
            for (at, (spool, parent)) in joins.into_iter().enumerate() {
                let Some(waiting) = self.take_spool(spool)? else {
                    continue;
                };
                let map = self.stocks.get(parent).and_then(|stock| stock.map());
                let supply = match (map, disk.get(parent).and_then(Option::as_ref)) {
                    (Some(map), _) => Supply::Memory(map),
                    (None, Some(partitions)) => Supply::Disk(partitions),
                    (None, None) => Supply::Nothing,
                };
                let waiting = Waiting {
                    flow: number,
                    join: at,
                    rows: &waiting,
                    supply,
                };
                follow(
                    self.context(),
                    &self.store,
                    self.part,
                    self.threads(),
                    &waiting,
                )?;
            }
            // Whoever comes from here is whole now.
            let own = self.plan.parents.iter().zip(&mut self.stocks);
            for ((parent, stock), disk) in own.zip(&mut disk) {
                if parent.source == Some(number) {
                    stock.close()?;
                    *disk = stock.partitions()?;
                }
            }
        }
        Ok(())
    }

    fn search(&mut self) -> io::Result<()> {
        for number in 0..self.plan.pipelines.len() {
            let pipeline = self.plan.pipelines.get(number);
            let (spools, subject, distinct) = match pipeline {
                Some(pipeline) => (
                    pipeline.steps.iter().map(|step| step.spool).collect(),
                    Some(pipeline.subject),
                    pipeline.distinct,
                ),
                None => (Vec::new(), None, None),
            };
            for (step, spool) in spools.into_iter().enumerate() {
                let Some(rows) = self.take_spool(spool)? else {
                    continue;
                };
                let (context, store) = (self.context(), &self.store);
                let (floor, part) = (self.floor, self.part);
                each_partition(
                    rows.len(),
                    self.threads(),
                    || Searcher::new(context, store, floor, number, step),
                    |searcher, partition| gather::visit(store, &rows, partition, part, searcher),
                    |searcher| searcher.traveller.finish(),
                )?;
            }
            if let (Some((_, spool)), Some(Asked::Indicator(indicator))) = (distinct, subject)
                && let Some(values) = self.take_spool(spool)?
            {
                count_values(
                    self.context(),
                    &self.store,
                    self.part,
                    self.threads(),
                    &values,
                    indicator,
                )?;
            }
        }
        Ok(())
    }

    fn judge_sets(&mut self) -> io::Result<()> {
        for number in 0..self.plan.sets.len() {
            let spool = self.plan.sets.get(number).map(|set| set.spool);
            let Some(rows) = self.take_spool(spool.unwrap_or(usize::MAX))? else {
                continue;
            };
            let (context, store) = (self.context(), &self.store);
            let (floor, part) = (self.floor, self.part);
            each_partition(
                rows.len(),
                self.threads(),
                || SetJudge::new(context, store, floor, number),
                |judge, partition| gather::visit(store, &rows, partition, part, judge),
                SetJudge::finish,
            )?;
        }
        Ok(())
    }

    /// Turns counts into findings and outcomes.
    fn report(
        self,
        broken_rows: &dyn Fn(TableId) -> u64,
        tally: &mut Tally<'m>,
        unchecked: &mut Vec<Unchecked<'m>>,
    ) -> Judged<'m> {
        let mut rules = Vec::new();
        for (entry, counts) in self.plan.entries.iter().zip(self.outcome.counts) {
            let counts = counts.into_inner().unwrap_or_else(PoisonError::into_inner);
            let code = entry.assertion.code.as_str();
            find(tally, code, &entry.assertion.title, entry.table, &counts);
            let mut unjudged = |cause| {
                unchecked.push(Unchecked {
                    subject: Subject::Rule(code),
                    table: Some(entry.table),
                    columns: Vec::new(),
                    cause,
                });
            };
            if counts.unreadable > 0 {
                unjudged(Cause::UnreadableCells(counts.unreadable));
            }
            if counts.lost > 0 {
                unjudged(Cause::Memory);
            }
            for other in &entry.others {
                let broken = broken_rows(*other);
                if broken > 0 && counts.judged > 0 {
                    unjudged(Cause::BrokenParents(*other, broken));
                }
            }
            rules.push(RuleOutcome {
                code,
                table: entry.table,
                judged: counts.judged,
                broken: counts.broken,
                unreadable: counts.unreadable,
            });
        }
        let mut indicators = Vec::new();
        for (indicator, ratio) in self.plan.indicators.iter().zip(self.outcome.ratios) {
            let [numerator, denominator, lost] =
                ratio.into_inner().unwrap_or_else(PoisonError::into_inner);
            let subject = Subject::Indicator(indicator.code.as_str());
            let refused = unchecked.iter().find(|one| one.subject == subject);
            let value = match refused.map(|one| &one.cause) {
                Some(Cause::NoTable(table)) => Err(Reason::NoTable(*table)),
                Some(_) => continue,
                None if lost > 0 => {
                    unchecked.push(Unchecked {
                        subject,
                        table: Some(indicator.view.table),
                        columns: Vec::new(),
                        cause: Cause::Memory,
                    });
                    continue;
                }
                None => Ok(Ratio {
                    numerator,
                    denominator,
                }),
            };
            indicators.push(IndicatorOutcome { indicator, value });
        }
        unchecked.sort_unstable();
        unchecked.dedup();
        Judged { rules, indicators }
    }
}

/// Adds the findings of an assertion in a table.
fn find<'m>(tally: &mut Tally<'m>, code: &'m str, title: &str, table: TableId, counts: &Counts) {
    if counts.broken == 0 {
        return;
    }
    let key = GroupKey {
        facts: Facts::default().with("title", title),
        ..GroupKey::of_table(RULE, table).with_rule(code)
    };
    for row in &counts.samples {
        tally.add(key.clone(), Sample::of_row(RowId(*row)));
    }
    let unseen = counts.broken - counts.samples.len() as u64;
    tally.add_unseen(key, unseen);
}

/// Counts the different values of an indicator, and those of them with a row that keeps all.
fn count_values(
    context: Context<'_>,
    store: &Store,
    floor: u64,
    threads: usize,
    values: &Partitions,
    indicator: usize,
) -> io::Result<()> {
    each_partition(
        values.len(),
        threads,
        || Some(Values::default()),
        |seen, partition| gather::visit(store, values, partition, floor, seen),
        |seen| {
            context.add_ratio(indicator, seen.kept, seen.all, 0);
            Ok(())
        },
    )
}

/// Different values.
#[derive(Default)]
struct Values {
    all: u64,
    kept: u64,
    is_kept: bool,
}

impl Visitor for Values {
    fn key(&mut self, _: &[u8]) -> io::Result<()> {
        self.all += 1;
        self.is_kept = false;
        Ok(())
    }

    fn member(&mut self, side: u8, _: u64, _: &[u8]) -> io::Result<()> {
        self.is_kept |= side == 1;
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.kept += u64::from(self.is_kept);
        Ok(())
    }
}
