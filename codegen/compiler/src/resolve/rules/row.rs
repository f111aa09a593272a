//! The row that expressions of a rule speak about: names to columns of its view.
//!
//! The table's own columns come first; each further thing that an expression names (a path, a
//! column of the judged row, the row before, the moment) becomes one more column, once.

use std::cell::RefCell;

use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{ColumnId, TableId, ValueType, View, ViewColumn};
use crate::resolve::expr::{Found, Lookup, ScopeColumn, named, position, unknown_column};
use crate::resolve::tables::{Resolved, Step, TableFacts};
use crate::source::nearest::nearest;
use crate::source::sql::expr::Name;
use crate::source::{Fragment, Span};
use crate::text;

use super::finding;

/// A row in work.
pub(super) struct Row<'r, 'a> {
    tables: &'r Resolved<'a>,
    table: usize,
    /// The judged row, for a row that is searched.
    outer: Option<&'r Row<'r, 'a>>,
    extra: RefCell<Vec<ViewColumn>>,
}

/// The names of a row, for an expression.
pub(super) struct Names<'n, 'r, 'a> {
    row: &'n Row<'r, 'a>,
    /// Whether the row before may be named.
    previous: bool,
}

impl<'r, 'a> Row<'r, 'a> {
    /// A row that is judged.
    pub(super) fn judged(tables: &'r Resolved<'a>, table: usize) -> Self {
        Row {
            tables,
            table,
            outer: None,
            extra: RefCell::default(),
        }
    }

    /// A row that is searched from a judged one.
    pub(super) fn searched(outer: &'r Row<'r, 'a>, table: usize) -> Self {
        Row {
            tables: outer.tables,
            table,
            outer: Some(outer),
            extra: RefCell::default(),
        }
    }

    /// All tables.
    pub(super) fn tables(&self) -> &'r Resolved<'a> {
        self.tables
    }

    /// The names of the row.
    pub(super) fn names(&self) -> Names<'_, 'r, 'a> {
        Names {
            row: self,
            previous: false,
        }
    }

    /// The names of the row and of the one before it.
    pub(super) fn names_with_previous(&self) -> Names<'_, 'r, 'a> {
        Names {
            row: self,
            previous: true,
        }
    }

    /// The view that has grown until now.
    pub(super) fn view(&self) -> View {
        View {
            table: TableId(number(self.table)),
            own: number(self.facts().columns.len()),
            extra: self.extra.borrow().clone(),
        }
    }

    /// What more is known of a column of the view.
    pub(super) fn column(&self, id: ColumnId) -> Option<&'r ScopeColumn<'a>> {
        let own = &self.facts().columns;
        let Some(at) = id.index().checked_sub(own.len()) else {
            return own.get(id.index());
        };
        let extra = self.extra.borrow().get(at).cloned();
        match extra? {
            ViewColumn::Path(path) => self.end_of(&path),
            ViewColumn::Outer(id) => self.outer?.column(id),
            ViewColumn::Previous(id) => self.column(id),
            ViewColumn::Now => None,
        }
    }

    /// The column that a path of YAML means: `column` or `reference.column`, letter by letter.
    pub(super) fn path(
        &self,
        fragment: &Fragment,
        report: &mut Report,
    ) -> Option<(ColumnId, ValueType)> {
        let names = split(fragment);
        let first = names.first().filter(|_| names.len() > 1);
        let found = match first.map(|name| (name.text.as_str(), name.span)) {
            Some(("this", span)) => Err(Some(Box::new(finding(
                code::RULE_THIS,
                span,
                text!(
                    "`this` stands where a column of the row itself is named",
                    "`this` стоит там, где называют колонку самой строки"
                ),
                text!(
                    "`this` is the judged row within `where` and the measures of a search",
                    "`this` — проверяемая строка внутри `where` и мер поиска"
                ),
            )))),
            Some(("previous", span)) => Err(Some(Box::new(no_previous(span)))),
            _ => self.walk(&names),
        };
        match found {
            Ok(found) => Some(found),
            Err(finding) => {
                if let Some(mut finding) = finding {
                    finding.suggestion = finding.suggestion.filter(|_| fragment.is_exact());
                    if finding.code == code::UNKNOWN_COLUMN {
                        // A path holds no texts, whose quotes may have been forgotten.
                        finding.help = None;
                    }
                    report.push(*finding);
                }
                None
            }
        }
    }

    /// Follows names from the row: references first, a column last.
    fn walk(&self, names: &[Name]) -> Found {
        let mut names = names;
        // The table's own name may stand in front.
        if let [first, rest @ ..] = names
            && !rest.is_empty()
            && named(first, self.facts().name)
            && position(&self.facts().columns, first).is_none()
        {
            names = rest;
        }
        let Some((last, steps)) = names.split_last() else {
            return Err(None);
        };
        let mut facts = self.facts();
        let mut path = Vec::with_capacity(names.len());
        for step in steps {
            let id = self.find(facts, step, path.is_empty())?;
            let to = facts.steps.get(id.index()).copied();
            let next = match to.unwrap_or(Step::Broken) {
                Step::To(table) => self.tables.facts.get(table),
                Step::Broken => None,
                Step::Composite => return Err(Some(Box::new(composite(facts, step)))),
                Step::Nowhere => return Err(Some(Box::new(no_reference(facts, step)))),
            };
            path.push(id);
            facts = next.ok_or(None)?;
        }
        let id = self.find(facts, last, path.is_empty())?;
        if facts.broken.get(id.index()).copied().unwrap_or(true) {
            return Err(None);
        }
        let column = facts.columns.get(id.index()).ok_or(None)?;
        let ty = column.base.value_type();
        if path.is_empty() {
            return Ok((id, ty));
        }
        path.push(id);
        Ok((self.intern(ViewColumn::Path(path)), ty))
    }

    /// The column of a table that a name means.
    fn find(
        &self,
        facts: &TableFacts<'_>,
        name: &Name,
        is_first: bool,
    ) -> Result<ColumnId, Option<Box<Diagnostic>>> {
        if let Some((id, _)) = position(&facts.columns, name) {
            return Ok(id);
        }
        if !facts.is_complete {
            return Err(None);
        }
        // A table named in place of the reference to it.
        let other = self.tables.names.get(&name.text).map(Step::To);
        let mut referring = facts.steps.iter().zip(&facts.columns);
        let meant = referring
            .find(|(step, _)| is_first && Some(**step) == other)
            .map(|(_, column)| column.name);
        let near = || nearest(&name.text, facts.columns.iter().map(|column| column.name));
        let finding = unknown_column(facts.name, name, meant.or_else(near));
        Err(Some(Box::new(finding)))
    }

    /// The number of a further column of the view.
    fn intern(&self, column: ViewColumn) -> ColumnId {
        let mut extra = self.extra.borrow_mut();
        let known = extra.iter().position(|known| *known == column);
        let at = known.unwrap_or_else(|| {
            extra.push(column);
            extra.len() - 1
        });
        ColumnId(number(self.facts().columns.len() + at))
    }

    fn end_of(&self, path: &[ColumnId]) -> Option<&'r ScopeColumn<'a>> {
        let (last, steps) = path.split_last()?;
        let mut facts = self.facts();
        for step in steps {
            let Step::To(table) = facts.steps.get(step.index())? else {
                return None;
            };
            facts = self.tables.facts.get(*table)?;
        }
        facts.columns.get(last.index())
    }

    fn facts(&self) -> &'r TableFacts<'a> {
        &self.tables.facts[self.table]
    }
}

impl Lookup for Names<'_, '_, '_> {
    fn table(&self) -> &str {
        self.row.facts().name
    }

    fn find(&self, qualifiers: &[Name], name: &Name, _: Span) -> Found {
        let mut names = qualifiers.to_vec();
        names.push(name.clone());
        let word = |name: &Name, word: &str| !name.quoted && name.text.eq_ignore_ascii_case(word);
        match names.as_slice() {
            [this, rest @ ..] if !rest.is_empty() && word(this, "this") => {
                let Some(outer) = self.row.outer else {
                    return Err(Some(Box::new(finding(
                        code::RULE_THIS,
                        this.span,
                        text!("`this` stands outside a search", "`this` стоит вне поиска"),
                        text!(
                            "the judged row's columns are named as they are here",
                            "колонки проверяемой строки здесь называются просто по имени"
                        ),
                    ))));
                };
                let (id, ty) = outer.walk(rest)?;
                Ok((self.row.intern(ViewColumn::Outer(id)), ty))
            }
            [previous, rest @ ..] if !rest.is_empty() && word(previous, "previous") => {
                if !self.previous {
                    return Err(Some(Box::new(no_previous(previous.span))));
                }
                let (id, ty) = self.row.walk(rest)?;
                Ok((self.row.intern(ViewColumn::Previous(id)), ty))
            }
            names => self.row.walk(names),
        }
    }

    fn column(&self, id: ColumnId) -> Option<&ScopeColumn<'_>> {
        self.row.column(id)
    }

    fn now(&self) -> Option<ColumnId> {
        Some(self.row.intern(ViewColumn::Now))
    }

    fn judges_by_moment(&self) -> bool {
        true
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The steps of a path, each with its place.
fn split(fragment: &Fragment) -> Vec<Name> {
    let mut start = 0;
    let names = fragment.text.split('.').map(|step| {
        let at = start;
        start += step.len() + 1;
        Name {
            text: step.to_owned(),
            quoted: true,
            span: fragment.locate(at, at + step.len()),
        }
    });
    names.collect()
}

fn no_previous(span: Span) -> Diagnostic {
    finding(
        code::RULE_PREVIOUS,
        span,
        text!(
            "`previous` stands outside `next` of a sequence",
            "`previous` стоит вне `next` последовательности"
        ),
        text!(
            "only `next` sees the row before",
            "предыдущую строку видит только `next`"
        ),
    )
}

fn no_reference(facts: &TableFacts<'_>, step: &Name) -> Diagnostic {
    let (table, name) = (facts.name, &step.text);
    finding(
        code::PATH_STEP,
        step.span,
        text!(
            "`{name}` of `{table}` is no reference, the path cannot go on behind it",
            "`{name}` таблицы `{table}` — не ссылка, путь за неё не идёт"
        ),
        text!(
            "every name of a path but the last is a column that refers to a table",
            "все имена пути, кроме последнего, — колонки, которые ссылаются на таблицу"
        ),
    )
}

fn composite(facts: &TableFacts<'_>, step: &Name) -> Diagnostic {
    let (table, name) = (facts.name, &step.text);
    finding(
        code::PATH_COMPOSITE,
        step.span,
        text!(
            "`{name}` of `{table}` refers only together with other columns",
            "`{name}` таблицы `{table}` ссылается только вместе с другими колонками"
        ),
        text!(
            "look for the row with a search: `exists: {{ in: …, on: {{ … }} }}`",
            "ищите строку поиском: `exists: {{ in: …, on: {{ … }} }}`"
        ),
    )
}
