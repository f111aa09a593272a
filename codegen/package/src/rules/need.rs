//! What must be reached along references, and in which order: flows and the parents that they join.
//!
//! A path `a.b.c` from a table is the path `b.c` from the table that `a` refers to, so each table's rows
//! are widened once, with all that anybody asks of them, and whoever refers to them takes it over with one
//! join for each of his own references. Where tables refer to each other in a circle, rows are widened in
//! stages by the length of the paths.

use std::collections::{BTreeMap, BTreeSet};

use vitrina_codegen::model::{ColumnId, Model, TableId, View, ViewColumn};

/// A path from a table: references, and a column at the end.
pub(super) type Path = Vec<ColumnId>;

/// The columns that something reads of a table's rows and of what lies behind them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reads {
    pub(super) own: BTreeSet<ColumnId>,
    /// Of at least one reference each.
    pub(super) paths: BTreeSet<Path>,
}

impl Reads {
    /// Adds a column of a view over the table; those of other rows and the moment are none of it.
    pub(super) fn add(&mut self, model: &Model, view: &View, column: ColumnId) {
        match view.extra_of(column) {
            None => {
                self.own.insert(column);
            }
            Some(ViewColumn::Path(path)) => self.add_path(model, view.table, path),
            Some(ViewColumn::Previous(id)) => self.add(model, view, *id),
            Some(ViewColumn::Outer(_) | ViewColumn::Now) => {}
        }
    }

    /// Adds columns of a view.
    pub(super) fn add_all(
        &mut self,
        model: &Model,
        view: &View,
        columns: impl IntoIterator<Item = ColumnId>,
    ) {
        for column in columns {
            self.add(model, view, column);
        }
    }

    fn add_path(&mut self, model: &Model, table: TableId, path: &[ColumnId]) {
        let Some((last, references)) = path.split_last() else {
            return;
        };
        let mut at = table;
        for reference in references {
            match target(model, at, *reference) {
                Some((next, _)) => at = next,
                None => return,
            }
        }
        match path.first() {
            Some(first) if !references.is_empty() => {
                self.own.insert(*first);
                self.paths.insert(path.to_vec());
            }
            _ => {
                self.own.insert(*last);
            }
        }
    }

    fn merge(&mut self, other: &Reads) {
        self.own.extend(other.own.iter().copied());
        self.paths.extend(other.paths.iter().cloned());
    }

    fn longest(&self) -> usize {
        self.paths.iter().map(Vec::len).max().unwrap_or_default()
    }

    /// The paths by their first reference, without it.
    pub(super) fn by_reference(&self) -> BTreeMap<ColumnId, BTreeSet<Path>> {
        let mut found: BTreeMap<ColumnId, BTreeSet<Path>> = BTreeMap::new();
        for path in &self.paths {
            if let Some((first, rest)) = path.split_first() {
                found.entry(*first).or_default().insert(rest.to_vec());
            }
        }
        found
    }
}

/// The table that a column alone refers to, and the column there.
pub(super) fn target(
    model: &Model,
    table: TableId,
    column: ColumnId,
) -> Option<(TableId, ColumnId)> {
    let reference = model.table(table).reference_of(column)?;
    Some((reference.table, *reference.target.first()?))
}

/// A table's rows, widened; the number is the stage, 0 for tables in no circle.
pub(super) type FlowName = (TableId, usize);

/// Rows that are referred to: table, column of the key, and whether they are widened themselves.
pub(super) type ParentName = (TableId, ColumnId, Option<FlowName>);

/// All flows and parents.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// Tables in a circle of references that are followed.
    circular: BTreeSet<TableId>,
    pub(super) flows: BTreeMap<FlowName, Reads>,
    /// With the columns and paths taken over from each.
    pub(super) parents: BTreeMap<ParentName, BTreeSet<Path>>,
    /// The parent of each flow's reference.
    pub(super) joins: BTreeMap<(FlowName, ColumnId), ParentName>,
}

impl Needs {
    /// What these wishes come to.
    pub(super) fn of(model: &Model, wishes: &[(TableId, &Reads)]) -> Needs {
        let mut needs = Needs {
            circular: circular(model, wishes),
            ..Needs::default()
        };
        for (table, reads) in wishes {
            if let Some(name) = needs.flow_of(*table, reads) {
                needs.flows.entry(name).or_default().merge(reads);
            }
        }
        while needs.deepen(model) {}
        needs.find_parents(model);
        needs
    }

    /// The flow that has what is read; none where the table's own columns do.
    pub(super) fn flow_of(&self, table: TableId, reads: &Reads) -> Option<FlowName> {
        if reads.paths.is_empty() {
            return None;
        }
        let stage = match self.circular.contains(&table) {
            true => reads.longest(),
            false => 0,
        };
        Some((table, stage))
    }

    /// Asks the tables referred to for what flows need of them; false when they have it.
    fn deepen(&mut self, model: &Model) -> bool {
        let mut wishes: Vec<(FlowName, Reads)> = Vec::new();
        for ((table, _), reads) in &self.flows {
            for (reference, rests) in reads.by_reference() {
                let Some((parent, key)) = target(model, *table, reference) else {
                    continue;
                };
                let wish = wish(key, &rests);
                if let Some(name) = self.flow_of(parent, &wish) {
                    wishes.push((name, wish));
                }
            }
        }
        let mut changed = false;
        for (name, wish) in wishes {
            let known = self.flows.entry(name).or_default();
            let before = known.clone();
            known.merge(&wish);
            changed |= *known != before;
        }
        changed
    }

    fn find_parents(&mut self, model: &Model) {
        let mut asked = Vec::new();
        for (name, reads) in &self.flows {
            for (reference, rests) in reads.by_reference() {
                if let Some((parent, key)) = target(model, name.0, reference) {
                    let source = self.flow_of(parent, &wish(key, &rests));
                    asked.push((*name, reference, (parent, key, source), rests));
                }
            }
        }
        let widened: BTreeSet<(TableId, ColumnId)> = asked
            .iter()
            .filter(|(.., (_, _, source), _)| source.is_some())
            .map(|(.., (table, key, _), _)| (*table, *key))
            .collect();
        for (name, reference, mut parent, rests) in asked {
            // One parent serves those who want its own columns, too. In a circle it might need them first.
            let (table, key, source) = parent;
            if source.is_none()
                && !self.circular.contains(&table)
                && widened.contains(&(table, key))
            {
                parent = (table, key, Some((table, 0)));
                let flow = self.flows.entry((table, 0)).or_default();
                flow.merge(&wish(key, &rests));
            }
            self.joins.insert((name, reference), parent);
            self.parents.entry(parent).or_default().extend(rests);
        }
    }

    /// The flows, each behind those that it needs.
    pub(super) fn order(&self) -> Vec<FlowName> {
        let mut order = Vec::new();
        let mut seen = BTreeSet::new();
        for name in self.flows.keys() {
            self.visit(*name, &mut seen, &mut order);
        }
        order
    }

    fn visit(&self, name: FlowName, seen: &mut BTreeSet<FlowName>, order: &mut Vec<FlowName>) {
        if !seen.insert(name) {
            return;
        }
        for ((_, _), (_, _, source)) in self.joins.iter().filter(|((flow, _), _)| *flow == name) {
            if let Some(source) = source {
                self.visit(*source, seen, order);
            }
        }
        order.push(name);
    }
}

/// What one reference's rests come to for the table referred to.
fn wish(key: ColumnId, rests: &BTreeSet<Path>) -> Reads {
    let mut wish = Reads::default();
    wish.own.insert(key);
    for rest in rests {
        match rest.as_slice() {
            [column] => {
                wish.own.insert(*column);
            }
            [first, ..] => {
                wish.own.insert(*first);
                wish.paths.insert(rest.clone());
            }
            [] => {}
        }
    }
    wish
}

/// Tables from which the references that are followed lead back.
fn circular(model: &Model, wishes: &[(TableId, &Reads)]) -> BTreeSet<TableId> {
    let mut edges: BTreeMap<TableId, BTreeSet<TableId>> = BTreeMap::new();
    for (table, reads) in wishes {
        for path in &reads.paths {
            let mut at = *table;
            for reference in path.iter().take(path.len().saturating_sub(1)) {
                let Some((next, _)) = target(model, at, *reference) else {
                    break;
                };
                edges.entry(at).or_default().insert(next);
                at = next;
            }
        }
    }
    let leads_back = |start: &TableId| {
        let mut seen = BTreeSet::new();
        let mut open: Vec<TableId> = vec![*start];
        while let Some(at) = open.pop() {
            for next in edges.get(&at).into_iter().flatten() {
                if next == start {
                    return true;
                }
                if seen.insert(*next) {
                    open.push(*next);
                }
            }
        }
        false
    };
    edges.keys().copied().filter(leads_back).collect()
}
