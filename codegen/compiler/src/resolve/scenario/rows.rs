//! What rows look like from inside a step: the levels around it, the rows remembered before it, and
//! which place a name means.

use super::Resolver;
use crate::diagnostic::code;
use crate::model::scenario::{Formula, FormulaKind, ModelList, Part, Pick, Slot, Source, Step};
use crate::model::{ColumnId, TableId, ValueType};
use crate::source::Span;
use crate::source::declaration::Word;
use crate::source::nearest::nearest;
use crate::text;

/// A name with its type; the type of a constant NULL is unknown.
pub(super) type Local = (String, Option<ValueType>);

/// The numbers that every level has before its own names.
pub(super) const NUMBERS: [&str; 3] = ["n", "made", "serial"];

/// What a row holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// There is no row.
    None,
    /// The row is unknown, which is reported already.
    Lost,
    /// Cells of a table; rows that are remembered hold the step's own names behind them.
    Table(TableId, Vec<Local>),
    /// Fields of a list of the model.
    List(ModelList),
}

/// A step around the place that is looked at.
#[derive(Debug)]
pub(super) struct Level {
    pub(super) alias: String,
    pub(super) path: String,
    /// The step; the scenario itself is none.
    pub(super) step: Option<usize>,
    pub(super) row: Shape,
    pub(super) locals: Vec<Local>,
    pub(super) with: Vec<(String, Shape)>,
}

impl Level {
    /// The scenario itself.
    pub(super) fn root() -> Level {
        Level::new(String::new(), String::new(), None, Shape::None)
    }

    pub(super) fn new(alias: String, path: String, step: Option<usize>, row: Shape) -> Level {
        Level {
            alias,
            path,
            step,
            row,
            locals: NUMBERS
                .iter()
                .map(|name| ((*name).to_owned(), Some(ValueType::Integer)))
                .collect(),
            with: Vec::new(),
        }
    }
}

/// A step in work.
#[derive(Debug)]
pub(super) struct Draft {
    /// Absent when something in it was reported.
    pub(super) source: Option<Source>,
    pub(super) path: String,
    pub(super) depth: usize,
    pub(super) with: Vec<Pick>,
    pub(super) lets: Vec<crate::model::scenario::Let>,
    pub(super) condition: Option<Formula>,
    pub(super) nest: Vec<usize>,
    pub(super) clears: Vec<usize>,
    pub(super) feeds: Vec<usize>,
    pub(super) span: Span,
}

impl Draft {
    pub(super) fn finish(self) -> Option<Step> {
        Some(Step {
            source: self.source?,
            path: self.path,
            depth: self.depth,
            with: self.with,
            lets: self.lets,
            condition: self.condition,
            nest: self.nest,
            clears: self.clears,
            feeds: self.feeds,
            span: self.span,
        })
    }
}

/// A step that makes rows, for those that look for them later.
#[derive(Debug)]
pub(super) struct Maker {
    pub(super) alias: String,
    pub(super) step: usize,
    /// The steps around it.
    pub(super) around: Vec<usize>,
    pub(super) table: TableId,
    pub(super) shape: Shape,
}

impl Resolver<'_> {
    /// The table of a name.
    pub(super) fn table(&mut self, word: &Word) -> Option<TableId> {
        let name = &word.value;
        if let Some(table) = self.model.find_table(name) {
            return Some(table.id);
        }
        let tables = self.model.tables().iter().map(|table| table.name.as_str());
        let near = nearest(name, tables);
        self.fail_near(
            code::NO_SUCH_TABLE,
            word.span,
            text!("there is no table `{name}`", "таблицы `{name}` нет"),
            near,
        )
    }

    /// The store of the rows made before under a name, seen from here: those within the innermost
    /// step around that has made any; with a point (`line.group`), those within the step named.
    pub(super) fn store(&mut self, said: &str, span: Span) -> Option<(usize, Shape)> {
        let (named, name) = match said.split_once('.') {
            Some((home, name)) => (Some(home), name),
            None => (None, said),
        };
        if let Some(home) = named
            && !self.levels.iter().any(|level| level.alias == home)
        {
            let levels = self.levels.iter().map(|level| level.alias.as_str());
            let near = nearest(home, levels).map(str::to_owned);
            return self.fail_near(
                code::SCENARIO_NAME,
                span,
                text!(
                    "no step around is called `{home}`",
                    "ни один из охватывающих шагов не называется `{home}`"
                ),
                near.map(|near| format!("{near}.{name}")).as_deref(),
            );
        }
        for level in self.levels.iter().rev() {
            if named.is_some_and(|home| home != level.alias) {
                continue;
            }
            let home = level.step;
            let within = |maker: &&Maker| {
                maker.alias == name && home.is_none_or(|home| maker.around.contains(&home))
            };
            let makers: Vec<&Maker> = self.makers.iter().filter(within).collect();
            let Some(first) = makers.first() else {
                continue;
            };
            let shape = first.shape.clone();
            let other = makers.iter().find(|maker| maker.shape != shape);
            if other.is_some() {
                return self.fail(
                    code::SCENARIO_ROWS,
                    span,
                    text!(
                        "rows of different forms were made under the name `{name}`",
                        "под именем `{name}` созданы строки разного вида"
                    ),
                    text!(
                        "steps that share a name make one table and have the same `let`; give one of them another name with `as`",
                        "у шагов с общим именем одна таблица и одинаковые `let`; дайте одному из них другое имя через `as`"
                    ),
                );
            }
            let feeding: Vec<usize> = makers.iter().map(|maker| maker.step).collect();
            let next = self.stores.len();
            let key = (home, name.to_owned(), feeding.clone());
            let store = *self.stores.entry(key).or_insert(next);
            if store == next {
                if let Some(home) = home.and_then(|home| self.drafts.get_mut(home)) {
                    home.clears.push(store);
                }
                for step in feeding {
                    if let Some(draft) = self.drafts.get_mut(step) {
                        draft.feeds.push(store);
                    }
                }
            }
            return Some((store, shape));
        }
        let near = nearest(name, self.makers.iter().map(|maker| maker.alias.as_str()));
        let near = near.map(str::to_owned);
        self.fail_near(
            code::SCENARIO_ROWS,
            span,
            text!(
                "no step before this one makes rows under the name `{name}`",
                "ни один из предыдущих шагов не создаёт строк под именем `{name}`"
            ),
            near.as_deref(),
        )
    }

    /// The place and type of a bare name: a column of the row being made, a number of the round, a
    /// named value, the innermost first.
    pub(super) fn bare(&self, name: &str) -> Option<Formula> {
        let depth = self.levels.len().checked_sub(1)?;
        if let Some(table) = self.own.and_then(|at| self.model.tables().get(at))
            && let Some(column) = table.find_column(name)
        {
            let ty = column.ty.base.value_type();
            return Some(slot(depth, Part::Row, column.id.index(), Some(ty)));
        }
        for (level, known) in self.levels.iter().enumerate().rev() {
            if NUMBERS.contains(&name) && level != depth {
                return None;
            }
            if let Some(at) = known.locals.iter().rposition(|(local, _)| local == name) {
                let ty = known.locals.get(at)?.1;
                return Some(slot(level, Part::Local, at, ty));
            }
        }
        None
    }

    /// The rows that can be named from here, the innermost first.
    fn rows(&self) -> impl Iterator<Item = (usize, Part, &str, &Shape)> {
        let elements = self.elements.iter().rev().enumerate();
        let elements =
            elements.map(|(at, (alias, shape))| (0, Part::Element(at), alias.as_str(), shape));
        let levels = self.levels.iter().enumerate().rev();
        let levels = levels.flat_map(|(depth, level)| {
            let with = level.with.iter().enumerate().rev();
            let with = with
                .map(move |(at, (alias, shape))| (depth, Part::With(at), alias.as_str(), shape));
            [(depth, Part::Row, level.alias.as_str(), &level.row)]
                .into_iter()
                .chain(with)
        });
        elements.chain(levels)
    }

    /// The place and type of `alias.name`: `Err` says whether at least the alias is known.
    pub(super) fn qualified(&self, alias: &str, name: &str) -> Result<Formula, bool> {
        for (depth, part, row, shape) in self.rows() {
            if row != alias || alias.is_empty() {
                continue;
            }
            if part == Part::Row
                && let Some(level) = self.levels.get(depth)
                && let Some(at) = level.locals.iter().rposition(|(local, _)| local == name)
            {
                let ty = level.locals.get(at).and_then(|(_, ty)| *ty);
                return Ok(slot(depth, Part::Local, at, ty));
            }
            // A row in the making has no cells yet for its own step's values.
            let unmade = part == Part::Row && depth + 1 == self.levels.len() && self.unmade;
            if *shape == Shape::Lost {
                return Ok(lost());
            }
            if let Some((at, ty)) = self.cell(shape, name).filter(|_| !unmade) {
                return Ok(slot(depth, part, at, ty));
            }
            return Err(true);
        }
        Err(false)
    }

    /// The position and type of a name in a row.
    fn cell(&self, shape: &Shape, name: &str) -> Option<(usize, Option<ValueType>)> {
        match shape {
            Shape::None | Shape::Lost => None,
            Shape::List(list) => {
                let at = list.fields().iter().position(|field| *field == name)?;
                Some((at, Some(list.field_type())))
            }
            Shape::Table(table, locals) => {
                let table = self.model.table(*table);
                if let Some(column) = table.find_column(name) {
                    return Some((column.id.index(), Some(column.ty.base.value_type())));
                }
                let at = locals.iter().rposition(|(local, _)| local == name)?;
                Some((table.columns.len() + at, locals.get(at)?.1))
            }
        }
    }

    /// What can be said behind `alias.`, for the nearest name.
    pub(super) fn fields(&self, alias: &str) -> Vec<String> {
        let mut names = Vec::new();
        for (depth, part, row, shape) in self.rows() {
            if row != alias {
                continue;
            }
            if part == Part::Row {
                let locals = self.levels.get(depth).map(|level| &level.locals);
                names.extend(locals.into_iter().flatten().map(|(name, _)| name.clone()));
            }
            match shape {
                Shape::None | Shape::Lost => {}
                Shape::List(list) => names.extend(list.fields().iter().map(|f| (*f).to_owned())),
                Shape::Table(table, locals) => {
                    let columns = &self.model.table(*table).columns;
                    names.extend(columns.iter().map(|column| column.name.clone()));
                    names.extend(locals.iter().map(|(name, _)| name.clone()));
                }
            }
            break;
        }
        names
    }

    /// Every name that can be said bare or before a point.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .levels
            .iter()
            .flat_map(|level| level.locals.iter().map(|(name, _)| name.clone()))
            .collect();
        names.extend(self.rows().map(|(_, _, alias, _)| alias.to_owned()));
        if let Some(table) = self.own.and_then(|at| self.model.tables().get(at)) {
            names.extend(table.columns.iter().map(|column| column.name.clone()));
        }
        names.extend(["scale", "prefix"].map(str::to_owned));
        names.retain(|name| !name.is_empty());
        names
    }

    /// The cell that a reference takes from the nearest row of a table, the row being made left out.
    pub(super) fn nearest_row(&self, table: TableId, column: ColumnId) -> Option<Formula> {
        let own = self.levels.len().checked_sub(1)?;
        let ty = self.model.table(table).column(column).ty.base.value_type();
        self.rows()
            .filter(|(depth, part, _, _)| !(*part == Part::Row && *depth == own))
            .find(|(_, _, _, shape)| matches!(shape, Shape::Table(id, _) if *id == table))
            .map(|(depth, part, _, _)| slot(depth, part, column.index(), Some(ty)))
    }
}

/// What stands in place of something that was reported.
fn lost() -> Formula {
    Formula {
        kind: FormulaKind::Scale,
        ty: None,
    }
}

pub(super) fn slot(level: usize, part: Part, at: usize, ty: Option<ValueType>) -> Formula {
    Formula {
        kind: FormulaKind::Slot(Slot { level, part, at }),
        ty,
    }
}
