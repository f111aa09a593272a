//! Formulas: names and types of expressions of the scenario.

use super::Resolver;
use super::literal::noun;
use crate::diagnostic::{Text, code};
use crate::model::scenario::{Atom, Formula, FormulaKind, Function};
use crate::model::{Arith, Comparison, ValueType};
use crate::source::nearest::nearest;
use crate::source::sql::expr::{Is, Name, Operator, SqlExpr, SqlKind, parse};
use crate::source::{Fragment, Span};
use crate::text;

impl Resolver<'_> {
    /// Reads and resolves a formula.
    pub(super) fn fragment(&mut self, fragment: &Fragment) -> Option<Formula> {
        let syntax = parse(fragment, self.report)?;
        self.formula(&syntax)
    }

    /// A formula of one type, or NULL.
    pub(super) fn fragment_of(&mut self, fragment: &Fragment, ty: ValueType) -> Option<Formula> {
        let syntax = parse(fragment, self.report)?;
        self.typed(&syntax, ty)
    }

    /// A formula of one type, or NULL.
    pub(super) fn typed(&mut self, syntax: &SqlExpr, ty: ValueType) -> Option<Formula> {
        let formula = self.formula(syntax)?;
        match formula.ty {
            Some(found) if found != ty => self.misfit(syntax.span, found, ty),
            _ => Some(formula),
        }
    }

    pub(super) fn misfit<T>(
        &mut self,
        span: Span,
        found: ValueType,
        wanted: ValueType,
    ) -> Option<T> {
        let (found, wanted) = (noun(found), noun(wanted));
        self.fail(
            code::SCENARIO_TYPE,
            span,
            Text {
                en: format!("{} is expected, this is {}", wanted.0, found.0),
                ru: format!("ожидается {}, а это {}", wanted.1, found.1),
            },
            Text::default(),
        )
    }

    pub(super) fn formula(&mut self, syntax: &SqlExpr) -> Option<Formula> {
        let span = syntax.span;
        match &syntax.kind {
            SqlKind::Column { qualifiers, name } => match qualifiers.as_slice() {
                [] => self.word(name),
                [alias] => self.dotted(alias, name),
                [_, step, ..] => self.fail(
                    code::SCENARIO_NAME,
                    step.span,
                    text!(
                        "a name has one point at most: `step.column`",
                        "в имени не больше одной точки: `шаг.колонка`"
                    ),
                    text!(
                        "keep what you need of a row further away in its `let`",
                        "нужное от более далёкой строки сохраните в её `let`"
                    ),
                ),
            },
            SqlKind::Extract { part, from } => self.extract(part, from),
            SqlKind::Cast { expr, to } => {
                let ty = to.value_type();
                let inner = self.typed(expr, ValueType::Timestamp)?;
                let function = match ty {
                    ValueType::Date => Function::DateOf,
                    _ => Function::TimeOf,
                };
                Some(make(FormulaKind::Call(function, vec![inner]), Some(ty)))
            }
            SqlKind::Number(digits) => self.number(digits, span),
            SqlKind::Negate(inner) => {
                let inner = self.formula(inner)?;
                self.numeric(&inner, span)?;
                let ty = inner.ty;
                Some(make(FormulaKind::Negate(Box::new(inner)), ty))
            }
            SqlKind::Text(text) => Some(constant(Atom::text(text.as_str()), ValueType::Text)),
            SqlKind::Boolean(truth) => Some(constant(Atom::Boolean(*truth), ValueType::Boolean)),
            SqlKind::Null => Some(make(FormulaKind::Constant(Atom::Null), None)),
            SqlKind::Typed(base, text) => self.temporal(*base, text, span),
            SqlKind::CurrentDate => Some(make(FormulaKind::Today, Some(ValueType::Date))),
            SqlKind::Not(inner) => {
                let inner = self.typed(inner, ValueType::Boolean)?;
                Some(boolean(FormulaKind::Not(Box::new(inner))))
            }
            SqlKind::Is {
                expr,
                what,
                negated,
            } => self.is(expr, *what, *negated),
            SqlKind::Binary(operator, left, right) => self.binary(*operator, left, right, span),
            SqlKind::In {
                expr,
                list,
                negated,
            } => {
                let inner = self.formula(expr)?;
                let mut items = Vec::new();
                for item in list {
                    let found = self.formula(item)?;
                    self.same(&inner, &found, item.span)?;
                    items.push(found);
                }
                Some(not(FormulaKind::In(Box::new(inner), items), *negated))
            }
            SqlKind::Between {
                expr,
                low,
                high,
                negated,
            } => {
                let inner = self.formula(expr)?;
                let (low_at, high_at) = (low.span, high.span);
                let (low, high) = (self.formula(low)?, self.formula(high)?);
                self.same(&inner, &low, low_at)?;
                self.same(&inner, &high, high_at)?;
                let least = compare(Comparison::Ge, inner.clone(), low);
                let most = compare(Comparison::Le, inner, high);
                Some(not(
                    FormulaKind::And(Box::new(least), Box::new(most)),
                    *negated,
                ))
            }
            SqlKind::Like {
                expr,
                pattern,
                negated,
            } => {
                let inner = self.typed(expr, ValueType::Text)?;
                let SqlKind::Text(pattern) = &pattern.kind else {
                    return self.fail(
                        code::LIKE_PATTERN,
                        pattern.span,
                        text!("the pattern is no constant", "образец — не константа"),
                        text!("write it in quotes", "запишите его в кавычках"),
                    );
                };
                Some(not(
                    FormulaKind::Like(Box::new(inner), pattern.clone()),
                    *negated,
                ))
            }
            SqlKind::Case {
                operand,
                branches,
                otherwise,
            } => self.case(operand.as_deref(), branches, otherwise.as_deref()),
            SqlKind::Call { name, args } => self.call(name, args, span),
        }
    }

    fn word(&mut self, name: &Name) -> Option<Formula> {
        match name.text.as_str() {
            "scale" => return Some(make(FormulaKind::Scale, Some(ValueType::Integer))),
            "prefix" => return Some(make(FormulaKind::Prefix, Some(ValueType::Text))),
            _ => {}
        }
        if let Some(found) = self.bare(&name.text) {
            return Some(found);
        }
        let unknown = &name.text;
        let names = self.names();
        self.fail_near(
            code::SCENARIO_NAME,
            name.span,
            text!(
                "nothing here is called `{unknown}`",
                "здесь ничто не называется `{unknown}`"
            ),
            nearest(unknown, names.iter().map(String::as_str)),
        )
    }

    fn dotted(&mut self, alias: &Name, name: &Name) -> Option<Formula> {
        let known = match self.qualified(&alias.text, &name.text) {
            Ok(found) => return Some(found),
            Err(known) => known,
        };
        let (row, unknown) = (&alias.text, &name.text);
        if known {
            let fields = self.fields(row);
            return self.fail_near(
                code::SCENARIO_NAME,
                name.span,
                text!(
                    "rows called `{row}` have no `{unknown}` here",
                    "у строк `{row}` здесь нет `{unknown}`"
                ),
                nearest(unknown, fields.iter().map(String::as_str)),
            );
        }
        let names = self.names();
        self.fail_near(
            code::SCENARIO_NAME,
            alias.span,
            text!(
                "no step around is called `{row}`",
                "ни один из охватывающих шагов не называется `{row}`"
            ),
            nearest(row, names.iter().map(String::as_str)),
        )
    }

    fn is(&mut self, inner: &SqlExpr, what: Is, negated: bool) -> Option<Formula> {
        if what == Is::Null {
            let inner = self.formula(inner)?;
            return Some(not(FormulaKind::IsNull(Box::new(inner)), negated));
        }
        let inner = self.typed(inner, ValueType::Boolean)?;
        let truth = constant(Atom::Boolean(what == Is::True), ValueType::Boolean);
        let equal = compare(Comparison::Eq, inner, truth);
        let known = constant(Atom::Boolean(false), ValueType::Boolean);
        let kind = FormulaKind::Case(
            vec![(equal, constant(Atom::Boolean(true), ValueType::Boolean))],
            Some(Box::new(known)),
        );
        Some(not(kind, negated))
    }

    fn binary(
        &mut self,
        operator: Operator,
        left: &SqlExpr,
        right: &SqlExpr,
        span: Span,
    ) -> Option<Formula> {
        match operator {
            Operator::And | Operator::Or => {
                let left = self.typed(left, ValueType::Boolean);
                let right = self.typed(right, ValueType::Boolean);
                let (left, right) = (Box::new(left?), Box::new(right?));
                Some(boolean(match operator {
                    Operator::And => FormulaKind::And(left, right),
                    _ => FormulaKind::Or(left, right),
                }))
            }
            Operator::Compare(comparison) => {
                let at = right.span;
                let (left, right) = (self.formula(left), self.formula(right));
                let (left, right) = (left?, right?);
                self.same(&left, &right, at)?;
                Some(compare(comparison, left, right))
            }
            // As everywhere, a null part makes the whole null; `concat` leaves nulls out.
            Operator::Concat => {
                let left = self.typed(left, ValueType::Text);
                let right = self.typed(right, ValueType::Text);
                let parts = vec![left?, right?];
                let present = |part: &Formula| {
                    let missing = boolean(FormulaKind::IsNull(Box::new(part.clone())));
                    Box::new(boolean(FormulaKind::Not(Box::new(missing))))
                };
                let both = boolean(FormulaKind::And(present(&parts[0]), present(&parts[1])));
                let text = Some(ValueType::Text);
                let joined = make(FormulaKind::Call(Function::Concat, parts), text);
                Some(make(FormulaKind::Case(vec![(both, joined)], None), text))
            }
            Operator::Arith(operator) => {
                let (left, right) = (self.formula(left), self.formula(right));
                let (left, right) = (left?, right?);
                let ty = self.arith_type(operator, left.ty, right.ty, span)?;
                let kind = FormulaKind::Arith(operator, Box::new(left), Box::new(right));
                Some(make(kind, ty))
            }
        }
    }

    fn arith_type(
        &mut self,
        operator: Arith,
        left: Option<ValueType>,
        right: Option<ValueType>,
        span: Span,
    ) -> Option<Option<ValueType>> {
        use ValueType::{Date, Double, Integer};
        let (Some(left), Some(right)) = (left, right) else {
            return Some(left.or(right));
        };
        let ty = match (operator, left, right) {
            (Arith::Sub, Date, Date) => Integer,
            (Arith::Add | Arith::Sub, Date, Integer) | (Arith::Add, Integer, Date) => Date,
            (_, Integer, Integer) => Integer,
            (
                Arith::Add | Arith::Sub | Arith::Mul | Arith::Div,
                Integer | Double,
                Integer | Double,
            ) => Double,
            _ => {
                let (left, right) = (noun(left), noun(right));
                return self.fail(
                    code::SCENARIO_TYPE,
                    span,
                    Text {
                        en: format!("{} and {} have no such arithmetic", left.0, right.0),
                        ru: format!("{} и {} так не вычисляются", left.1, right.1),
                    },
                    text!(
                        "`concat` joins texts, `moment`, `plus_months` and `plus_seconds` work on times",
                        "тексты склеивает `concat`, со временем работают `moment`, `plus_months` и `plus_seconds`"
                    ),
                );
            }
        };
        Some(Some(ty))
    }

    fn numeric(&mut self, formula: &Formula, span: Span) -> Option<()> {
        match formula.ty {
            None | Some(ValueType::Integer | ValueType::Double) => Some(()),
            Some(other) => self.misfit(span, other, ValueType::Double),
        }
    }

    /// Whether two values can stand beside each other; the type of both.
    pub(super) fn same(
        &mut self,
        left: &Formula,
        right: &Formula,
        span: Span,
    ) -> Option<Option<ValueType>> {
        use ValueType::{Double, Integer};
        match (left.ty, right.ty) {
            (None, ty) | (ty, None) => Some(ty),
            (Some(left), Some(right)) if left == right => Some(Some(left)),
            (Some(Integer | Double), Some(Integer | Double)) => Some(Some(Double)),
            (Some(left), Some(right)) => self.misfit(span, right, left),
        }
    }

    fn case(
        &mut self,
        operand: Option<&SqlExpr>,
        branches: &[(SqlExpr, SqlExpr)],
        otherwise: Option<&SqlExpr>,
    ) -> Option<Formula> {
        let operand = match operand {
            Some(operand) => Some(self.formula(operand)?),
            None => None,
        };
        let mut found = Vec::new();
        let mut whole = make(FormulaKind::Constant(Atom::Null), None);
        for (condition, value) in branches {
            let condition = match &operand {
                None => self.typed(condition, ValueType::Boolean)?,
                Some(operand) => {
                    let at = condition.span;
                    let condition = self.formula(condition)?;
                    self.same(operand, &condition, at)?;
                    compare(Comparison::Eq, operand.clone(), condition)
                }
            };
            let at = value.span;
            let value = self.formula(value)?;
            whole.ty = self.same(&whole, &value, at)?;
            found.push((condition, value));
        }
        let otherwise = match otherwise {
            Some(syntax) => {
                let value = self.formula(syntax)?;
                whole.ty = self.same(&whole, &value, syntax.span)?;
                Some(Box::new(value))
            }
            None => None,
        };
        Some(make(FormulaKind::Case(found, otherwise), whole.ty))
    }
}

pub(super) fn make(kind: FormulaKind, ty: Option<ValueType>) -> Formula {
    Formula { kind, ty }
}

fn boolean(kind: FormulaKind) -> Formula {
    make(kind, Some(ValueType::Boolean))
}

pub(super) fn constant(atom: Atom, ty: ValueType) -> Formula {
    make(FormulaKind::Constant(atom), Some(ty))
}

fn not(kind: FormulaKind, negated: bool) -> Formula {
    match negated {
        true => boolean(FormulaKind::Not(Box::new(boolean(kind)))),
        false => boolean(kind),
    }
}

fn compare(comparison: Comparison, left: Formula, right: Formula) -> Formula {
    boolean(FormulaKind::Compare(
        comparison,
        Box::new(left),
        Box::new(right),
    ))
}
