//! Steps, one inside the other.

use super::Resolver;
use super::rows::{Draft, Level, Maker, Shape};
use crate::diagnostic::{Text, code};
use crate::model::scenario::{Atom, Let, ModelList, Source};
use crate::model::{TableId, ValueType};
use crate::source::declaration::{NamedSql, StepDecl, Word};
use crate::source::nearest::nearest;
use crate::source::{Fragment, Span};
use crate::text;

/// What a step does, and the fields that belong to it beside those of all.
const KINDS: [(&str, &[&str]); 5] = [
    (
        "make",
        &["as", "count", "with", "let", "when", "set", "nest"],
    ),
    (
        "each",
        &["as", "skip", "take", "with", "let", "when", "nest"],
    ),
    ("over", &["as", "with", "let", "when", "nest"]),
    ("repeat", &["as", "with", "let", "when", "nest"]),
    ("use", &["as", "with", "let", "when"]),
];

impl<'r> Resolver<'r> {
    /// The steps of a nest; `path` is that of the step around.
    pub(super) fn steps(&mut self, nest: &'r [StepDecl], path: &str) -> Vec<usize> {
        let mut found = Vec::new();
        for decl in nest {
            let kinds: Vec<&(&str, &[&str])> = KINDS
                .iter()
                .filter(|(kind, _)| decl.key(kind).is_some())
                .collect();
            let [(kind, allowed)] = kinds.as_slice() else {
                self.not_one(decl, kinds.len());
                continue;
            };
            self.fields_of(decl, kind, allowed);
            if *kind == "use" && decl.fields.len() == 1 {
                found.extend(self.part(decl.part.as_ref(), path));
                continue;
            }
            found.extend(self.step(decl, kind, path));
        }
        found
    }

    fn not_one(&mut self, decl: &StepDecl, count: usize) {
        let known: Vec<String> = KINDS.iter().map(|(kind, _)| format!("`{kind}`")).collect();
        let known = known.join(", ");
        let message = match count {
            0 => text!("the step does nothing", "шаг ничего не делает"),
            _ => text!(
                "the step does several things at once",
                "шаг делает сразу несколько дел"
            ),
        };
        self.fail::<()>(
            code::SCENARIO_STEP,
            decl.span,
            message,
            text!("write one of {known}", "напишите одно из: {known}"),
        );
    }

    /// Reports every field that does not belong to such a step.
    fn fields_of(&mut self, decl: &StepDecl, kind: &str, allowed: &[&str]) {
        for (field, span) in &decl.fields {
            if *field == kind || allowed.contains(field) {
                continue;
            }
            let known: Vec<String> = allowed.iter().map(|word| format!("`{word}`")).collect();
            let known = known.join(", ");
            self.fail::<()>(
                code::SCENARIO_FIELD,
                *span,
                text!(
                    "a step `{kind}` has no `{field}`",
                    "у шага `{kind}` нет `{field}`"
                ),
                text!("it may have {known}", "у него могут быть: {known}"),
            );
        }
    }

    /// The steps of a part, in place of the step that uses it.
    fn part(&mut self, word: Option<&Word>, path: &str) -> Vec<usize> {
        let Some(word) = word else {
            return Vec::new();
        };
        let name = word.value.as_str();
        let Some((&name, &part)) = self.parts.get_key_value(name) else {
            if !self.parts_lost {
                let near = nearest(name, self.parts.keys().copied());
                self.fail_near::<()>(
                    code::SCENARIO_PART,
                    word.span,
                    text!("there is no part `{name}`", "части `{name}` нет"),
                    near,
                );
            }
            return Vec::new();
        };
        self.used.insert(name);
        if self.using.contains(&name) {
            self.fail::<()>(
                code::SCENARIO_PART_RING,
                word.span,
                text!(
                    "the part `{name}` uses itself",
                    "часть `{name}` использует саму себя"
                ),
                text!(
                    "steps are put in place of `use`, so this would never end",
                    "шаги подставляются на место `use`, и это никогда бы не кончилось"
                ),
            );
            return Vec::new();
        }
        self.using.push(name);
        let found = self.steps(&part.nest, path);
        self.using.pop();
        found
    }

    fn step(&mut self, decl: &'r StepDecl, kind: &str, path: &str) -> Option<usize> {
        // Before the step's own names are there.
        self.at_site(&format!("{kind} {}", decl.fields.len()));
        let mut table: Option<TableId> = None;
        let mut source = None;
        let (name, row) = match kind {
            "make" => {
                let id = self.table(decl.make.as_ref()?)?;
                table = Some(id);
                let name = self.model.table(id).name.clone();
                (name, Shape::Table(id, Vec::new()))
            }
            "each" => {
                let word = decl.each.as_ref()?;
                let (store, shape) = self.store(&word.value, word.span)?;
                let skip = self.whole(decl.skip.as_ref());
                let take = self.whole(decl.take.as_ref());
                source = Some(Source::Each {
                    store,
                    skip: skip?,
                    take: take?,
                });
                (super::look::row_name(&word.value), shape)
            }
            "over" => {
                let word = decl.over.as_ref()?;
                let (_, list) = ModelList::ALL
                    .iter()
                    .find(|(name, _)| *name == word.value)?;
                source = Some(Source::Over(*list));
                (word.value.clone(), Shape::List(*list))
            }
            "repeat" => {
                let count = self.whole(decl.repeat.as_ref())??;
                source = Some(Source::Repeat(count));
                ("repeat".to_owned(), Shape::None)
            }
            _ => {
                let word = decl.part.as_ref()?;
                let one = super::formula::constant(Atom::Integer(1), ValueType::Integer);
                source = Some(Source::Repeat(one));
                (word.value.clone(), Shape::None)
            }
        };
        let count = self.whole(decl.count.as_ref());
        let alias = decl
            .alias
            .as_ref()
            .map_or(name, |alias| alias.value.clone());
        let path = self.path(path, &alias);
        let at = self.drafts.len();
        let depth = self.levels.len();
        self.drafts.push(Draft {
            source: None,
            path: path.clone(),
            depth,
            with: Vec::new(),
            lets: Vec::new(),
            condition: None,
            nest: Vec::new(),
            clears: Vec::new(),
            feeds: Vec::new(),
            span: decl.span,
        });
        let level = Level::new(alias.clone(), path.clone(), Some(at), row);
        self.levels.push(level);
        self.unmade = table.is_some();
        let around = self.around(decl, at);
        self.unmade = false;
        let cells = table.map(|table| self.cells(table, decl));
        if let Some(table) = table {
            self.remember(alias, at, table);
            if let (Some(Some(cells)), Some(count), Some(())) = (cells, count, around) {
                source = Some(Source::Make {
                    table,
                    count,
                    cells,
                });
            }
        } else if around.is_none() {
            source = None;
        }
        let nest = match kind {
            "use" => self.part(decl.part.as_ref(), &path),
            _ => self.steps(&decl.nest, &path),
        };
        self.levels.pop();
        if let Some(draft) = self.drafts.get_mut(at) {
            draft.source = source;
            draft.nest = nest;
        }
        Some(at)
    }

    /// Picks, values and condition of a step, whose level is the last one.
    fn around(&mut self, decl: &'r StepDecl, at: usize) -> Option<()> {
        let mut fine = Some(());
        for NamedSql { name, sql } in &decl.with {
            self.at_site(&format!("with {}", name.value));
            match self.pick(sql) {
                Some((pick, shape)) => {
                    if let Some(level) = self.levels.last_mut() {
                        level.with.push((name.value.clone(), shape));
                    }
                    if let Some(draft) = self.drafts.get_mut(at) {
                        draft.with.push(pick);
                    }
                }
                None => {
                    fine = None;
                    if let Some(level) = self.levels.last_mut() {
                        level.with.push((name.value.clone(), Shape::Lost));
                    }
                }
            }
        }
        for NamedSql { name, sql } in &decl.lets {
            self.at_site(&format!("let {}", name.value));
            let formula = self.fragment(sql);
            // Known all the same, so that what names it says nothing more.
            let ty = formula.as_ref().and_then(|formula| formula.ty);
            if let Some(level) = self.levels.last_mut() {
                level.locals.push((name.value.clone(), ty));
            }
            match (formula, self.drafts.get_mut(at)) {
                (Some(formula), Some(draft)) => draft.lets.push(Let {
                    name: name.value.clone(),
                    formula,
                }),
                _ => fine = None,
            }
        }
        if let Some(sql) = &decl.condition {
            self.at_site("when");
            match (
                self.fragment_of(sql, ValueType::Boolean),
                self.drafts.get_mut(at),
            ) {
                (Some(formula), Some(draft)) => draft.condition = Some(formula),
                _ => fine = None,
            }
        }
        fine
    }

    /// A whole number, if one is written; the outer `None` when it is wrong.
    fn whole(&mut self, sql: Option<&Fragment>) -> Option<Option<crate::model::scenario::Formula>> {
        match sql {
            None => Some(None),
            Some(sql) => self.fragment_of(sql, ValueType::Integer).map(Some),
        }
    }

    fn remember(&mut self, alias: String, step: usize, table: TableId) {
        let around = self.levels.iter().filter_map(|level| level.step);
        let around = around.filter(|around| *around != step).collect();
        let locals = self
            .levels
            .last()
            .map(|level| level.locals.clone())
            .unwrap_or_default();
        self.makers.push(Maker {
            alias,
            step,
            around,
            table,
            shape: Shape::Table(table, locals),
        });
    }

    /// A path of its own for a step: the same for the same scenario, whatever stands beside.
    fn path(&mut self, around: &str, alias: &str) -> String {
        let plain = match around {
            "" => alias.to_owned(),
            around => format!("{around}/{alias}"),
        };
        let count = self.paths.entry(plain.clone()).or_insert(0);
        *count += 1;
        match *count {
            1 => plain,
            count => format!("{plain}#{count}"),
        }
    }

    /// A name that a step sets and the table does not have.
    pub(super) fn no_column(&mut self, table: TableId, name: &Word, span: Span) {
        let table = self.model.table(table);
        let (unknown, of) = (&name.value, &table.name);
        let columns = table.columns.iter().map(|column| column.name.as_str());
        let near = nearest(unknown, columns);
        let message: Text = text!(
            "table `{of}` has no column `{unknown}`",
            "в таблице `{of}` нет колонки `{unknown}`"
        );
        self.fail_near::<()>(code::NO_SUCH_COLUMN, span, message, near);
    }
}
