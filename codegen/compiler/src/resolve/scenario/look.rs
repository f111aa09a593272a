//! What looks back at rows made before: aggregates over them, and picks of one.

use super::Resolver;
use super::formula::make;
use super::rows::Shape;
use crate::diagnostic::{Text, code};
use crate::model::ValueType;
use crate::model::scenario::{Aggregate, Choice, Formula, FormulaKind, Pick};
use crate::source::nearest::nearest;
use crate::source::sql::expr::{SqlExpr, SqlKind, parse};
use crate::source::{Fragment, Span, Spanned};
use crate::text;

/// Functions of rows made before, and whether they want a value.
pub(super) const AGGREGATES: &[(&str, Aggregate, bool)] = &[
    ("average_of", Aggregate::Average, true),
    ("count_of", Aggregate::Count, false),
    ("first_of", Aggregate::First, true),
    ("last_of", Aggregate::Last, true),
    ("max_of", Aggregate::Max, true),
    ("min_of", Aggregate::Min, true),
    ("sum_of", Aggregate::Sum, true),
];

/// What picks a row.
const PICKS: &[&str] = &["any_row", "find", "last", "nth"];

impl Resolver<'_> {
    pub(super) fn aggregate(
        &mut self,
        word: &str,
        what: Aggregate,
        valued: bool,
        args: &[SqlExpr],
        span: Span,
    ) -> Option<Formula> {
        let (name, rest) = match args {
            [name, rest @ ..] => (name, rest),
            [] => return self.arguments(word, span),
        };
        let (value, condition) = match (valued, rest) {
            (true, [value]) => (Some(value), None),
            (true, [value, condition]) => (Some(value), Some(condition)),
            (false, []) => (None, None),
            (false, [condition]) => (None, Some(condition)),
            _ => return self.arguments(word, span),
        };
        let said = self.alias(name)?;
        let (store, shape) = self.store(&said.value, said.span)?;
        let alias = row_name(&said.value);
        self.elements.push((alias, shape));
        let value = value.map(|value| (value.span, self.formula(value)));
        let condition = condition.map(|condition| self.typed(condition, ValueType::Boolean));
        self.elements.pop();
        let value = match value {
            Some((at, value)) => {
                let value = value?;
                let numbers = matches!(what, Aggregate::Sum | Aggregate::Average);
                let number = matches!(
                    value.ty,
                    None | Some(ValueType::Integer | ValueType::Double)
                );
                if numbers && !number {
                    return self.misfit(at, value.ty?, ValueType::Double);
                }
                Some(Box::new(value))
            }
            None => None,
        };
        let condition = match condition {
            Some(condition) => Some(Box::new(condition?)),
            None => None,
        };
        let ty = match what {
            Aggregate::Count => Some(ValueType::Integer),
            Aggregate::Average => Some(ValueType::Double),
            _ => value.as_ref().and_then(|value| value.ty),
        };
        let kind = FormulaKind::Aggregate {
            what,
            store,
            value,
            condition,
        };
        Some(make(kind, ty))
    }

    /// A picked row: `nth(room, n)`.
    pub(super) fn pick(&mut self, sql: &Fragment) -> Option<(Pick, Shape)> {
        let syntax = parse(sql, self.report)?;
        let span = syntax.span;
        let (word, args) = match &syntax.kind {
            SqlKind::Call { name, args } => (name.text.to_lowercase(), args.as_slice()),
            _ => (String::new(), [].as_slice()),
        };
        if !PICKS.contains(&word.as_str()) {
            let near = nearest(&word, PICKS.iter().copied());
            let known = PICKS.join("`, `");
            return self.fail(
                code::SCENARIO_FUNCTION,
                span,
                text!("this picks no row", "здесь не выбирается строка"),
                match near {
                    Some(near) => text!("did you mean `{near}`?", "может быть, `{near}`?"),
                    None => text!("a row is picked by `{known}`", "строку выбирают `{known}`"),
                },
            );
        }
        let [name, rest @ ..] = args else {
            return self.arguments(&word, span);
        };
        let said = self.alias(name)?;
        let (store, shape) = self.store(&said.value, said.span)?;
        let alias = row_name(&said.value);
        let choice = match (word.as_str(), rest) {
            ("nth", [at]) => Choice::Nth(self.typed(at, ValueType::Integer)?),
            ("last", []) => Choice::Last,
            ("any_row", []) => Choice::Any(self.next_site()),
            ("find", [condition]) => {
                self.elements.push((alias, shape.clone()));
                let condition = self.typed(condition, ValueType::Boolean);
                self.elements.pop();
                Choice::Find(condition?)
            }
            _ => return self.arguments(&word, span),
        };
        Some((Pick { store, choice }, shape))
    }

    /// The name of rows made before.
    fn alias(&mut self, syntax: &SqlExpr) -> Option<Spanned<String>> {
        match &syntax.kind {
            SqlKind::Column { qualifiers, name } if qualifiers.len() < 2 => {
                let mut said = name.text.clone();
                if let Some(home) = qualifiers.first() {
                    said = format!("{}.{said}", home.text);
                }
                Some(Spanned::new(said, syntax.span))
            }
            _ => self.fail(
                code::SCENARIO_FUNCTION,
                syntax.span,
                text!(
                    "the name of rows made before is expected",
                    "ожидается имя строк, созданных раньше"
                ),
                Text::default(),
            ),
        }
    }
}

/// What a row of `home.name` is called.
pub(super) fn row_name(said: &str) -> String {
    said.rsplit('.').next().unwrap_or(said).to_owned()
}
