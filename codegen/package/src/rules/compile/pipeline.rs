//! Searches to pipelines: what is asked one after another, and what a row carries from one to the next.

use vitrina_codegen::model::{
    ColumnId, Comparison, Expr, ExprKind, Measure, Search, Shape, ValueType, View, ViewColumn,
};

use super::{Compiler, Taker, Task};
use crate::rules::expr::{Place, conjuncts, read_by};
use crate::rules::looks;
use crate::rules::need::Reads;
use crate::rules::plan::{Gauge, Pipeline, Question, Step, Subject, Target};
use crate::store::Form;

/// A pipeline, for those who enter it.
pub(in crate::rules) struct Carried<'m> {
    pub(in crate::rules) pipeline: usize,
    /// The columns of the judged row's view that it carries.
    pub(in crate::rules) columns: Vec<ColumnId>,
    /// The key of the first step.
    pub(in crate::rules) key: Vec<KeyPart<'m>>,
}

/// The judged side of an equality.
#[derive(Clone, Copy)]
pub(in crate::rules) struct KeyPart<'m> {
    pub(in crate::rules) expr: &'m Expr,
    /// The searched view, where the expression speaks of the judged row as a search does; else it is over
    /// the judged row's view.
    pub(in crate::rules) over: Option<&'m View>,
    pub(in crate::rules) form: Form,
}

/// The conditions of a search, by what they are good for.
struct Conditions<'m> {
    /// Equalities of something of the searched row and something of the judged one: as good as a key.
    equal: Vec<(&'m Expr, &'m Expr, Form)>,
    bound: Vec<&'m Expr>,
    local: Vec<&'m Expr>,
}

impl<'m> Conditions<'m> {
    fn of(search: &'m Search) -> Conditions<'m> {
        let (all, local) = looks::conditions(search);
        let mut equal = Vec::new();
        let mut bound = Vec::new();
        for condition in all {
            match equality(&search.view, condition) {
                Some(sides) => equal.push(sides),
                None => bound.push(condition),
            }
        }
        Conditions {
            equal,
            bound,
            local,
        }
    }
}

/// The sides of an equality, the searched row's first, if each speaks of one row alone.
fn equality<'m>(view: &View, condition: &'m Expr) -> Option<(&'m Expr, &'m Expr, Form)> {
    let ExprKind::Compare(Comparison::Eq, left, right) = &condition.kind else {
        return None;
    };
    let is_judged = |expr: &Expr| {
        let columns = expr.columns();
        let is_other = |id: &ColumnId| {
            matches!(
                view.extra_of(*id),
                Some(ViewColumn::Outer(_) | ViewColumn::Now)
            )
        };
        looks::is_outer(view, &columns) && columns.iter().all(is_other)
    };
    let is_searched = |expr: &Expr| !looks::is_outer(view, &expr.columns());
    let (searched, judged): (&Expr, &Expr) = match (is_judged(left), is_judged(right)) {
        (true, false) if is_searched(right) => (right, left),
        (false, true) if is_searched(left) => (left, right),
        _ => return None,
    };
    let is_double = |expr: &Expr| expr.ty == ValueType::Double;
    let form = match is_double(searched) != is_double(judged) {
        true => Form::Double,
        false => Form::Own,
    };
    Some((searched, judged, form))
}

/// The searched side of a step.
pub(in crate::rules) struct Searching<'m> {
    pub(in crate::rules) spool: usize,
    pub(in crate::rules) local: Vec<&'m Expr>,
    pub(in crate::rules) key: Vec<(ColumnId, Form)>,
    pub(in crate::rules) computed: Vec<(&'m Expr, Form)>,
    /// The columns that conditions on both rows and the measure read.
    pub(in crate::rules) columns: Vec<ColumnId>,
    pub(in crate::rules) once: bool,
}

/// One search with what is asked of it.
struct Asked<'m> {
    /// Position of its shape.
    shape: usize,
    search: &'m Search,
    within: Option<(&'m Measure, Option<&'m Expr>, Option<&'m Expr>)>,
}

impl<'m> Compiler<'m, '_> {
    /// Compiles the searches of shapes that must all be kept; shapes of a row alone are not among them.
    pub(super) fn pipeline(
        &mut self,
        subject: Subject,
        view: &'m View,
        shapes: &[&'m Shape],
        distinct: Option<ColumnId>,
    ) -> Carried<'m> {
        let asked = asked(shapes);
        let columns = carried(view, &asked, distinct);
        let number = self.plan.pipelines.len();
        let first = begin(shapes, &asked, 0);
        let mut steps = Vec::new();
        for (at, one) in asked.iter().enumerate() {
            let step = self.step(view, &columns, shapes, &asked, at, one);
            steps.push(step);
        }
        let distinct = distinct.map(|column| {
            let at = columns.iter().position(|known| *known == column);
            (at.unwrap_or(usize::MAX), self.plan.spool())
        });
        self.plan.pipelines.push(Pipeline {
            subject,
            steps,
            first,
            width: columns.len(),
            distinct,
        });
        let key = match (first, asked.first()) {
            (Target::Step(at), _) => asked.get(at).map(|one| self.key(view, one.search)),
            _ => None,
        };
        Carried {
            pipeline: number,
            columns,
            key: key.unwrap_or_default(),
        }
    }

    /// Compiles a step, and has the searched rows taken.
    fn step(
        &mut self,
        view: &'m View,
        carried: &[ColumnId],
        shapes: &[&'m Shape],
        asked: &[Asked<'m>],
        at: usize,
        one: &Asked<'m>,
    ) -> Step {
        let search = one.search;
        let Conditions {
            equal,
            bound,
            local,
        } = Conditions::of(search);
        let measured = one
            .within
            .map_or_else(Vec::new, |(measure, ..)| looks::measured(measure));
        let mut columns = read_by(bound.iter().copied());
        columns.extend(&measured);
        columns.sort_unstable();
        columns.dedup();
        columns.retain(|column| {
            !matches!(
                search.view.extra_of(*column),
                Some(ViewColumn::Outer(_) | ViewColumn::Now)
            )
        });
        let judged = |column: ColumnId, behind: usize| match view.extra_of(column) {
            Some(ViewColumn::Now) => Some(Place::Now),
            _ => {
                let at = carried.iter().position(|known| *known == column)?;
                Some(Place::Cell(at + behind))
            }
        };
        let pair = |column: ColumnId| match search.view.extra_of(column) {
            Some(ViewColumn::Outer(id)) => judged(*id, columns.len()),
            Some(ViewColumn::Now) => Some(Place::Now),
            _ => {
                let at = columns.iter().position(|known| *known == column)?;
                Some(Place::Cell(at))
            }
        };
        let now = self.now;
        let outer = |column: ColumnId| match search.view.extra_of(column) {
            Some(ViewColumn::Outer(id)) => judged(*id, 0),
            Some(ViewColumn::Now) => Some(Place::Now),
            _ => None,
        };
        let alone = |expr: &Expr| now.compile(expr, &|column| judged(column, 0));
        let both = |expr: &Expr| now.compile(expr, &pair);
        let question = match one.within {
            None => Question::Found,
            Some((measure, at_least, at_most)) => Question::Within {
                measure: match measure {
                    Measure::Count => Gauge::Count,
                    Measure::Distinct(column) => Gauge::Distinct(match pair(*column) {
                        Some(Place::Cell(at)) => at,
                        _ => usize::MAX,
                    }),
                    Measure::Sum(expr) if expr.ty == ValueType::Double => {
                        Gauge::Doubles(both(expr))
                    }
                    Measure::Sum(expr) => Gauge::Integers(both(expr)),
                    Measure::Average { value, weight } => {
                        Gauge::Mean(both(value), weight.as_ref().map(both))
                    }
                },
                at_least: at_least.map(alone),
                at_most: at_most.map(alone),
            },
        };
        let (yes, no) = targets(shapes, asked, at);
        let keys = self.key(view, search);
        let spool = self.plan.spool();
        let step = Step {
            spool,
            key: keys
                .iter()
                .map(|part| match part.over {
                    // Columns of the searched row are none of it.
                    Some(_) => (now.compile(part.expr, &outer), part.form),
                    None => (alone(part.expr), part.form),
                })
                .collect(),
            width: columns.len(),
            is_by_key_alone: bound.is_empty() && !looks::is_outer(&search.view, &measured),
            bound: bound.iter().map(|expr| both(expr)).collect(),
            question,
            yes,
            no,
        };
        let mut reads = Reads::default();
        let model = self.model;
        reads.add_all(
            model,
            &search.view,
            search.on.iter().map(|(column, _)| *column),
        );
        reads.add_all(model, &search.view, read_by(local.iter().copied()));
        let computed = equal.iter().map(|(searched, ..)| *searched);
        reads.add_all(model, &search.view, read_by(computed));
        reads.add_all(model, &search.view, columns.iter().copied());
        let forms = keys.iter().map(|part| part.form);
        let key = search.on.iter().map(|(column, _)| *column).zip(forms);
        let mut parts = Vec::new();
        for condition in &local {
            conjuncts(condition, &mut parts);
        }
        parts.retain(|part| {
            let mut columns = part.columns().into_iter();
            columns.all(|id| matches!(search.view.extra_of(id), None | Some(ViewColumn::Now)))
        });
        self.takers.push(Taker {
            view: &search.view,
            reads,
            early: parts,
            task: Task::Searched(Searching {
                spool,
                local,
                key: key.collect(),
                computed: equal
                    .iter()
                    .map(|(searched, _, form)| (*searched, *form))
                    .collect(),
                columns,
                once: one.within.is_none(),
            }),
        });
        step
    }

    /// The judged side of a search's equalities, and how each is compared.
    fn key(&self, view: &View, search: &'m Search) -> Vec<KeyPart<'m>> {
        let form = |column: ColumnId, expr: &Expr| {
            let found = search.view.base_of(self.model, column, Some(view));
            let is_double = |ty: ValueType| ty == ValueType::Double;
            match found.map(|base| base.value_type()) {
                Some(ty) if is_double(ty) != is_double(expr.ty) => Form::Double,
                _ => Form::Own,
            }
        };
        let on = search.on.iter().map(|(column, expr)| KeyPart {
            expr,
            over: None,
            form: form(*column, expr),
        });
        let equal = Conditions::of(search).equal;
        let equal = equal.into_iter().map(|(_, judged, form)| KeyPart {
            expr: judged,
            over: Some(&search.view),
            form,
        });
        on.chain(equal).collect()
    }
}

/// The searches of shapes, one behind the other.
fn asked<'m>(shapes: &[&'m Shape]) -> Vec<Asked<'m>> {
    let mut asked = Vec::new();
    for (shape, one) in shapes.iter().enumerate() {
        match one {
            Shape::Exists(searches) | Shape::NotExists(searches) => {
                asked.extend(searches.iter().map(|search| Asked {
                    shape,
                    search,
                    within: None,
                }));
            }
            Shape::Within {
                search,
                measure,
                at_least,
                at_most,
            } => asked.push(Asked {
                shape,
                search,
                within: Some((measure, at_least.as_ref(), at_most.as_ref())),
            }),
            _ => {}
        }
    }
    asked
}

/// Where a row goes that has kept all shapes before this one.
fn begin(shapes: &[&Shape], asked: &[Asked<'_>], shape: usize) -> Target {
    match shapes.get(shape) {
        None => Target::Kept,
        Some(Shape::Exists(searches)) if searches.is_empty() => Target::Broken,
        Some(_) => match asked.iter().position(|one| one.shape == shape) {
            Some(at) => Target::Step(at),
            None => begin(shapes, asked, shape + 1),
        },
    }
}

/// Where a row goes from a step.
fn targets(shapes: &[&Shape], asked: &[Asked<'_>], at: usize) -> (Target, Target) {
    let Some(one) = asked.get(at) else {
        return (Target::Kept, Target::Broken);
    };
    let next_shape = begin(shapes, asked, one.shape + 1);
    let next_search = match asked.get(at + 1) {
        Some(next) if next.shape == one.shape => Some(Target::Step(at + 1)),
        _ => None,
    };
    match shapes.get(one.shape) {
        Some(Shape::NotExists(_)) => (Target::Broken, next_search.unwrap_or(next_shape)),
        Some(Shape::Exists(_)) => (next_shape, next_search.unwrap_or(Target::Broken)),
        _ => (next_shape, Target::Broken),
    }
}

/// The columns of the judged row's view that are needed behind the first key, ascending.
fn carried(view: &View, asked: &[Asked<'_>], distinct: Option<ColumnId>) -> Vec<ColumnId> {
    let mut columns: Vec<ColumnId> = distinct.into_iter().collect();
    for (at, one) in asked.iter().enumerate() {
        let Conditions { bound, equal, .. } = Conditions::of(one.search);
        let mut read = read_by(bound);
        if at > 0 {
            read.extend(read_by(equal.into_iter().map(|(_, judged, _)| judged)));
        }
        if let Some((measure, at_least, at_most)) = one.within {
            read.extend(looks::measured(measure));
            columns.extend(read_by(at_least.into_iter().chain(at_most)));
        }
        let outer = read
            .iter()
            .filter_map(|id| match one.search.view.extra_of(*id) {
                Some(ViewColumn::Outer(id)) => Some(*id),
                _ => None,
            });
        columns.extend(outer);
        if at > 0 {
            columns.extend(read_by(one.search.on.iter().map(|(_, expr)| expr)));
        }
    }
    columns.sort_unstable();
    columns.dedup();
    columns.retain(|column| !matches!(view.extra_of(*column), Some(ViewColumn::Now)));
    columns
}
