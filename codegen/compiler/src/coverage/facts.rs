//! The facts of coverage, gathered once from the model, in its order.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Clause, ClauseId, Column, Kind, Model, Origin, Regulation, Table};

/// What carries what.
#[derive(Debug)]
pub struct Coverage<'m> {
    /// The norms, in the model's order.
    pub regulations: Vec<RegulationCoverage<'m>>,
    /// The kinds of information, by number.
    pub kinds: Vec<KindCoverage<'m>>,
}

/// A norm with its clauses.
#[derive(Debug)]
pub struct RegulationCoverage<'m> {
    /// The norm.
    pub regulation: &'m Regulation,
    /// Its clauses, in the norm's order.
    pub clauses: Vec<ClauseCoverage<'m>>,
}

/// A clause with what carries it.
#[derive(Debug)]
pub struct ClauseCoverage<'m> {
    /// The clause.
    pub clause: &'m Clause,
    /// Whether its norm's `carried` covers it.
    pub must_carry: bool,
    /// Tables that list it or have columns of their own that do, in the model's order.
    pub tables: Vec<TableCarrier<'m>>,
    /// Columns of mixins that list it, by mixin and column as first met.
    pub mixins: Vec<MixinCarrier<'m>>,
    /// Numbers of the kinds of information that it asks for.
    pub kinds: Vec<u32>,
    /// Codes of the quality rules and indicators that answer to it.
    pub rules: Vec<&'m str>,
}

/// A table that carries a clause.
#[derive(Debug)]
pub struct TableCarrier<'m> {
    /// The table.
    pub table: &'m Table,
    /// Whether the table itself lists the clause.
    pub is_listed: bool,
    /// Its own columns that list the clause.
    pub columns: Vec<&'m Column>,
}

/// A column that a mixin brings, with how many tables have it.
#[derive(Debug)]
pub struct MixinCarrier<'m> {
    /// Name of the mixin.
    pub mixin: &'m str,
    /// The column, of the first table that has it.
    pub column: &'m Column,
    /// How many tables have the mixin.
    pub tables: usize,
}

/// A kind of information with its tables.
#[derive(Debug)]
pub struct KindCoverage<'m> {
    /// The kind.
    pub kind: &'m Kind,
    /// The tables that name it, in the model's order.
    pub tables: Vec<&'m Table>,
}

impl<'m> Coverage<'m> {
    /// Gathers the facts of a model.
    pub fn of(model: &'m Model) -> Self {
        let mut regulations: Vec<RegulationCoverage<'m>> = model
            .regulations()
            .iter()
            .map(|regulation| RegulationCoverage {
                regulation,
                clauses: regulation
                    .clauses
                    .iter()
                    .map(|clause| ClauseCoverage {
                        clause,
                        must_carry: regulation.must_carry(&clause.number),
                        tables: Vec::new(),
                        mixins: Vec::new(),
                        kinds: Vec::new(),
                        rules: Vec::new(),
                    })
                    .collect(),
            })
            .collect();
        let mut at = |id: ClauseId, add: &mut dyn FnMut(&mut ClauseCoverage<'m>)| {
            let clauses = regulations.get_mut(id.regulation as usize);
            if let Some(clause) = clauses.and_then(|r| r.clauses.get_mut(id.clause as usize)) {
                add(clause);
            }
        };
        for table in model.tables() {
            for id in &table.clauses {
                at(*id, &mut |clause| clause.carrier(table).is_listed = true);
            }
            for column in &table.columns {
                for id in &column.clauses {
                    at(*id, &mut |clause| clause.add_column(table, column));
                }
            }
        }
        for kind in model.kinds() {
            for id in &kind.clauses {
                at(*id, &mut |clause| clause.kinds.push(kind.number));
            }
        }
        for rule in model.rules() {
            for id in &rule.clauses {
                at(*id, &mut |clause| clause.rules.push(&rule.code));
            }
        }
        for indicator in model.indicators() {
            for id in &indicator.clauses {
                at(*id, &mut |clause| clause.rules.push(&indicator.code));
            }
        }
        Coverage {
            regulations,
            kinds: kinds(model),
        }
    }

    /// Every clause, in the model's order.
    pub fn clauses(&self) -> impl Iterator<Item = &ClauseCoverage<'m>> {
        self.regulations
            .iter()
            .flat_map(|regulation| &regulation.clauses)
    }
}

fn kinds(model: &Model) -> Vec<KindCoverage<'_>> {
    let mut tables: BTreeMap<u32, Vec<&Table>> = BTreeMap::new();
    for table in model.tables() {
        for kind in table.kinds.iter().collect::<BTreeSet<_>>() {
            tables.entry(*kind).or_default().push(table);
        }
    }
    let kinds = model.kinds().iter();
    kinds
        .map(|kind| KindCoverage {
            kind,
            tables: tables.remove(&kind.number).unwrap_or_default(),
        })
        .collect()
}

impl<'m> ClauseCoverage<'m> {
    /// Whether a table or a column carries it.
    pub fn is_carried(&self) -> bool {
        !self.tables.is_empty() || !self.mixins.is_empty()
    }

    /// The strongest origin among what carries it: of the tables that list it and of the columns.
    pub fn origin(&self) -> Option<Origin> {
        let listed = self.tables.iter().filter(|carrier| carrier.is_listed);
        let of_tables = listed.map(|carrier| carrier.table.origin);
        let own = self.tables.iter().flat_map(|carrier| &carrier.columns);
        let brought = self.mixins.iter().map(|carrier| &carrier.column);
        let of_columns = own.chain(brought).flat_map(|column| &column.origin);
        of_tables.chain(of_columns.copied()).min()
    }

    /// Whether it is carried, but only by what the model inferred.
    pub fn is_inferred(&self) -> bool {
        self.origin() == Some(Origin::Inference)
    }

    fn carrier(&mut self, table: &'m Table) -> &mut TableCarrier<'m> {
        // Tables come one after another, so it can only be the last.
        let is_new = self
            .tables
            .last()
            .is_none_or(|last| last.table.id != table.id);
        if is_new {
            self.tables.push(TableCarrier {
                table,
                is_listed: false,
                columns: Vec::new(),
            });
        }
        let last = self.tables.len() - 1;
        &mut self.tables[last]
    }

    fn add_column(&mut self, table: &'m Table, column: &'m Column) {
        let Some(mixin) = &column.mixin else {
            self.carrier(table).columns.push(column);
            return;
        };
        let mut known = self.mixins.iter_mut();
        let known = known.find(|known| known.mixin == mixin && known.column.name == column.name);
        match known {
            Some(known) => known.tables += 1,
            None => self.mixins.push(MixinCarrier {
                mixin,
                column,
                tables: 1,
            }),
        }
    }
}
