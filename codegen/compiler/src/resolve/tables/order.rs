//! The order in which tables can be loaded, and the cycles that leave none.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use crate::diagnostic::{Diagnostic, Report, code};
use crate::text;

use super::draft::Draft;

/// Every table after those that it refers to; among those that could come next, the first of the
/// model. A reference of a table to itself does not count. Cycles are reported and cut.
pub(super) fn resolve(tables: &[Draft<'_>], report: &mut Report) -> Vec<usize> {
    let mut after: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); tables.len()];
    let mut waits: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); tables.len()];
    for (at, table) in tables.iter().enumerate() {
        for key in &table.foreign_keys {
            if key.table != at {
                after[key.table].insert(at);
                waits[at].insert(key.table);
            }
        }
    }
    let mut ready: BinaryHeap<Reverse<usize>> = (0..tables.len())
        .filter(|at| waits[*at].is_empty())
        .map(Reverse)
        .collect();
    let mut done = vec![false; tables.len()];
    let mut order = Vec::with_capacity(tables.len());
    let mut first_left = 0;
    loop {
        while let Some(Reverse(at)) = ready.pop() {
            if std::mem::replace(&mut done[at], true) {
                continue;
            }
            order.push(at);
            for next in &after[at] {
                waits[*next].remove(&at);
                if waits[*next].is_empty() && !done[*next] {
                    ready.push(Reverse(*next));
                }
            }
        }
        while first_left < tables.len() && done[first_left] {
            first_left += 1;
        }
        if first_left == tables.len() {
            return order;
        }
        let cycle = cycle_from(first_left, &waits);
        report.push(finding(&cycle, tables));
        // Cut it at every table, so that the rest is judged without it.
        ready.extend(cycle.into_iter().map(Reverse));
    }
}

/// Every table left waits for another one left, so following the first of them ends in a ring.
fn cycle_from(start: usize, waits: &[BTreeSet<usize>]) -> Vec<usize> {
    let mut path = vec![start];
    let mut seen = BTreeSet::from([start]);
    let mut at = start;
    while let Some(next) = waits[at].first().copied() {
        if !seen.insert(next) {
            let from = path.iter().position(|step| *step == next).unwrap_or(0);
            path.drain(..from);
            break;
        }
        path.push(next);
        at = next;
    }
    // The same ring is told the same way from wherever it was found.
    if let Some(least) = path
        .iter()
        .enumerate()
        .min_by_key(|(_, at)| **at)
        .map(|(i, _)| i)
    {
        path.rotate_left(least);
    }
    path
}

fn finding(cycle: &[usize], tables: &[Draft<'_>]) -> Diagnostic {
    let names: Vec<&str> = cycle
        .iter()
        .chain(cycle.first())
        .map(|at| tables[*at].name())
        .collect();
    let ring = names.join("` → `");
    let mut finding = Diagnostic::new(
        code::REFERENCE_CYCLE,
        text!(
            "tables refer to each other in a ring: `{ring}`",
            "таблицы ссылаются друг на друга по кругу: `{ring}`"
        ),
    )
    .help(text!(
        "no order of loading exists; take one reference out, or move it to a table of its own",
        "порядка загрузки не существует: уберите одну из ссылок или вынесите её в отдельную таблицу"
    ));
    for (step, at) in cycle.iter().enumerate() {
        let next = cycle[(step + 1) % cycle.len()];
        let key = tables[*at]
            .foreign_keys
            .iter()
            .find(|key| key.table == next);
        let Some(span) = key.map(|key| key.span) else {
            continue;
        };
        let name = tables[next].name();
        let remark = text!("refers to `{name}`", "ссылается на `{name}`");
        finding = if step == 0 {
            finding.labelled(span, remark)
        } else {
            finding.also(span, remark)
        };
    }
    finding
}
