//! Functions of the scenario: which there are, what they take and give.

use super::Resolver;
use super::formula::{constant, make};
use super::literal::noun;
use super::look::AGGREGATES;
use super::rows::slot;
use crate::diagnostic::{Text, code};
use crate::model::scenario::{Atom, Draw, Formula, FormulaKind, Function, Part};
use crate::model::{Algorithm, Classifier, ValueType};
use crate::source::Span;
use crate::source::nearest::nearest;
use crate::source::sql::expr::{Name, SqlExpr, SqlKind};
use crate::text;

/// What an argument must be.
#[derive(Clone, Copy)]
enum Arg {
    Any,
    Of(ValueType),
    Number,
    /// A timestamp or a time.
    Clock,
    /// Of one type with the others like it.
    Same,
}

/// What a function gives.
#[derive(Clone, Copy)]
enum Gives {
    Type(ValueType),
    /// The type of the arguments that are `Same`.
    Same,
    /// The type of the first argument.
    First,
}

const INTEGER: Arg = Arg::Of(ValueType::Integer);
const TEXT: Arg = Arg::Of(ValueType::Text);
const DATE: Arg = Arg::Of(ValueType::Date);

/// Plain functions: word, function, arguments, whether the last argument may come more often, result.
#[rustfmt::skip]
const FUNCTIONS: &[(&str, Function, &[Arg], bool, Gives)] = &[
    ("coalesce", Function::Coalesce, &[Arg::Same, Arg::Same], true, Gives::Same),
    ("concat", Function::Concat, &[Arg::Any], true, Gives::Type(ValueType::Text)),
    ("full_years", Function::FullYears, &[DATE, DATE], false, Gives::Type(ValueType::Integer)),
    ("greatest", Function::Greatest, &[Arg::Same, Arg::Same], true, Gives::Same),
    ("hash", Function::Hash, &[TEXT], false, Gives::Type(ValueType::Text)),
    ("item", Function::Item, &[INTEGER, Arg::Same], true, Gives::Same),
    ("least", Function::Least, &[Arg::Same, Arg::Same], true, Gives::Same),
    ("length", Function::Length, &[TEXT], false, Gives::Type(ValueType::Integer)),
    ("lower", Function::Lower, &[TEXT], false, Gives::Type(ValueType::Text)),
    ("make_date", Function::MakeDate, &[INTEGER, INTEGER, INTEGER], false, Gives::Type(ValueType::Date)),
    ("make_time", Function::MakeTime, &[INTEGER, INTEGER, INTEGER], false, Gives::Type(ValueType::Time)),
    ("moment", Function::Moment, &[DATE, Arg::Of(ValueType::Time)], false, Gives::Type(ValueType::Timestamp)),
    ("nullif", Function::NullIf, &[Arg::Same, Arg::Same], false, Gives::Same),
    ("padded", Function::Padded, &[INTEGER, INTEGER], false, Gives::Type(ValueType::Text)),
    ("plus_months", Function::PlusMonths, &[DATE, INTEGER], false, Gives::Type(ValueType::Date)),
    ("plus_seconds", Function::PlusSeconds, &[Arg::Clock, INTEGER], false, Gives::First),
    ("round", Function::Round, &[Arg::Number, INTEGER], false, Gives::Type(ValueType::Double)),
    ("seconds_between", Function::SecondsBetween, &[Arg::Of(ValueType::Timestamp), Arg::Of(ValueType::Timestamp)], false, Gives::Type(ValueType::Integer)),
    ("share", Function::Share, &[INTEGER, INTEGER, INTEGER], false, Gives::Type(ValueType::Integer)),
    ("substring", Function::Substring, &[TEXT, INTEGER, INTEGER], false, Gives::Type(ValueType::Text)),
    ("upper", Function::Upper, &[TEXT], false, Gives::Type(ValueType::Text)),
    ("uuid", Function::Uuid, &[INTEGER], false, Gives::Type(ValueType::Uuid)),
];

/// Functions with a grammar of their own.
const OTHERS: &[&str] = &[
    "chance",
    "code",
    "code_total",
    "completed",
    "cycle",
    "pick",
    "random",
];

impl<'r> Resolver<'r> {
    pub(super) fn call(&mut self, name: &Name, args: &[SqlExpr], span: Span) -> Option<Formula> {
        let word = name.text.to_lowercase();
        if let Some((_, function, wanted, more, gives)) =
            FUNCTIONS.iter().find(|(known, ..)| *known == word)
        {
            return self.plain(&word, *function, wanted, *more, *gives, args, span);
        }
        if let Some((_, what, valued)) = AGGREGATES.iter().find(|(known, ..)| *known == word) {
            return self.aggregate(&word, *what, *valued, args, span);
        }
        match word.as_str() {
            "cycle" => {
                let (items, ty) = self.alike(args)?;
                let made = self.bare("made")?;
                let all = std::iter::once(made).chain(items).collect();
                Some(make(FormulaKind::Call(Function::Item, all), ty))
            }
            "pick" => {
                let (items, ty) = self.alike(args)?;
                if items.is_empty() {
                    return self.arguments(&word, span);
                }
                Some(self.random(Draw::One, items, ty))
            }
            "random" => {
                let [first, last] = args else {
                    return self.arguments(&word, span);
                };
                let first = self.typed(first, ValueType::Integer)?;
                let last = self.typed(last, ValueType::Integer)?;
                Some(self.random(Draw::Integer, vec![first, last], Some(ValueType::Integer)))
            }
            "chance" => {
                let [percent] = args else {
                    return self.arguments(&word, span);
                };
                let percent = self.typed(percent, ValueType::Integer)?;
                Some(self.random(Draw::Chance, vec![percent], Some(ValueType::Boolean)))
            }
            "completed" => {
                let [algorithm, text] = args else {
                    return self.arguments(&word, span);
                };
                let algorithm = self.algorithm(algorithm)?;
                let text = self.typed(text, ValueType::Text)?;
                let kind = FormulaKind::Call(Function::Completed(algorithm), vec![text]);
                Some(make(kind, Some(ValueType::Text)))
            }
            "code" => {
                let [list, at] = args else {
                    return self.arguments(&word, span);
                };
                let list = self.list(list)?;
                let at = self.typed(at, ValueType::Integer)?;
                let codes = codes(list);
                let all = std::iter::once(at).chain(codes).collect();
                let ty = Some(list.base.value_type());
                Some(make(FormulaKind::Call(Function::Item, all), ty))
            }
            "code_total" => {
                let [list] = args else {
                    return self.arguments(&word, span);
                };
                let total = self.list(list)?.values.len();
                let total = i64::try_from(total).unwrap_or(i64::MAX);
                Some(constant(Atom::Integer(total), ValueType::Integer))
            }
            _ => self.unknown(&word, name.span),
        }
    }

    #[expect(clippy::too_many_arguments)]
    fn plain(
        &mut self,
        word: &str,
        function: Function,
        wanted: &[Arg],
        more: bool,
        gives: Gives,
        args: &[SqlExpr],
        span: Span,
    ) -> Option<Formula> {
        if args.len() < wanted.len() || args.len() > wanted.len() && !more {
            return self.arguments(word, span);
        }
        let mut whole = make(FormulaKind::Constant(Atom::Null), None);
        let mut found = Vec::new();
        for (at, syntax) in args.iter().enumerate() {
            let arg = self.formula(syntax)?;
            let wanted = wanted.get(at).or(wanted.last()).copied();
            match (wanted.unwrap_or(Arg::Any), arg.ty) {
                (Arg::Any, _) | (_, None) => {}
                (Arg::Of(wanted), Some(ty)) if ty != wanted => {
                    return self.misfit(syntax.span, ty, wanted);
                }
                (Arg::Number, Some(ty))
                    if !matches!(ty, ValueType::Integer | ValueType::Double) =>
                {
                    return self.misfit(syntax.span, ty, ValueType::Double);
                }
                (Arg::Clock, Some(ty)) if !matches!(ty, ValueType::Time | ValueType::Timestamp) => {
                    return self.misfit(syntax.span, ty, ValueType::Timestamp);
                }
                (Arg::Same, Some(_)) => whole.ty = self.same(&whole, &arg, syntax.span)?,
                _ => {}
            }
            found.push(arg);
        }
        let ty = match gives {
            Gives::Type(ty) => Some(ty),
            Gives::Same => whole.ty,
            Gives::First => found.first().and_then(|first| first.ty),
        };
        Some(make(FormulaKind::Call(function, found), ty))
    }

    /// Values of one type.
    fn alike(&mut self, args: &[SqlExpr]) -> Option<(Vec<Formula>, Option<ValueType>)> {
        let mut whole = make(FormulaKind::Constant(Atom::Null), None);
        let mut items = Vec::new();
        for syntax in args {
            let item = self.formula(syntax)?;
            whole.ty = self.same(&whole, &item, syntax.span)?;
            items.push(item);
        }
        Some((items, whole.ty))
    }

    fn random(&mut self, draw: Draw, from: Vec<Formula>, ty: Option<ValueType>) -> Formula {
        let site = self.next_site();
        make(FormulaKind::Random { site, draw, from }, ty)
    }

    /// A number of its own for each random call: by path and order within the formula's owner.
    pub(super) fn next_site(&mut self) -> u64 {
        self.sites += 1;
        crate::sample::Random::of_text(&format!("{}#{}", self.site, self.sites))
    }

    fn algorithm(&mut self, syntax: &SqlExpr) -> Option<Algorithm> {
        let word = self.quoted(syntax)?;
        if let Some(algorithm) = Algorithm::from_name(&word) {
            return Some(algorithm);
        }
        let near = nearest(&word, Algorithm::ALL.iter().map(|(name, _)| *name));
        self.fail_near(
            code::SCENARIO_FUNCTION,
            syntax.span,
            text!("there is no algorithm `{word}`", "алгоритма `{word}` нет"),
            near.map(|near| format!("'{near}'")).as_deref(),
        )
    }

    fn list(&mut self, syntax: &SqlExpr) -> Option<&'r Classifier> {
        let word = self.quoted(syntax)?;
        let model = self.model;
        let found = model.classifiers().iter().find(|list| list.name == word);
        if found.is_some_and(|list| !list.values.is_empty()) {
            return found;
        }
        let near = nearest(&word, model.classifiers().iter().map(|l| l.name.as_str()));
        self.fail_near::<()>(
            code::NO_SUCH_CLASSIFIER,
            syntax.span,
            text!(
                "there is no classifier `{word}` with values",
                "справочника `{word}` со значениями нет"
            ),
            near.map(|near| format!("'{near}'")).as_deref(),
        );
        None
    }

    fn quoted(&mut self, syntax: &SqlExpr) -> Option<String> {
        match &syntax.kind {
            SqlKind::Text(text) => Some(text.clone()),
            _ => self.fail(
                code::SCENARIO_FUNCTION,
                syntax.span,
                text!("a name in quotes is expected", "ожидается имя в кавычках"),
                Text::default(),
            ),
        }
    }

    pub(super) fn arguments<T>(&mut self, word: &str, span: Span) -> Option<T> {
        self.fail(
            code::SCENARIO_FUNCTION,
            span,
            text!(
                "`{word}` has other arguments",
                "у `{word}` другие аргументы"
            ),
            usage(word),
        )
    }

    fn unknown(&mut self, word: &str, span: Span) -> Option<Formula> {
        let words = FUNCTIONS.iter().map(|(word, ..)| *word);
        let words = words.chain(AGGREGATES.iter().map(|(word, ..)| *word));
        let words: Vec<&str> = words.chain(OTHERS.iter().copied()).collect();
        self.fail_near(
            code::SCENARIO_FUNCTION,
            span,
            text!(
                "scenarios have no function `{word}`",
                "в сценариях нет функции `{word}`"
            ),
            nearest(word, words),
        )
    }
}

/// The codes of a list as constants.
pub(super) fn codes(list: &Classifier) -> Vec<Formula> {
    let ty = list.base.value_type();
    list.values
        .iter()
        .map(|value| {
            let atom = match ty {
                ValueType::Integer => value.code.parse().map_or(Atom::Null, Atom::Integer),
                _ => Atom::text(value.code.as_str()),
            };
            constant(atom, ty)
        })
        .collect()
}

/// The number of rows that the step has made so far.
pub(super) fn made(depth: usize) -> Formula {
    slot(depth, Part::Local, 1, Some(ValueType::Integer))
}

/// How a function is written.
fn usage(word: &str) -> Text {
    let form = match word {
        "random" => "random(first, last)".to_owned(),
        "chance" => "chance(percent)".to_owned(),
        "completed" => "completed('algorithm', text)".to_owned(),
        "code" => "code('classifier', number)".to_owned(),
        "code_total" => "code_total('classifier')".to_owned(),
        "pick" | "cycle" => format!("{word}(a, b, …)"),
        "count_of" => "count_of(name[, condition])".to_owned(),
        "nth" => "nth(name, number)".to_owned(),
        "find" => "find(name, condition)".to_owned(),
        "any_row" | "last" => format!("{word}(name)"),
        _ if AGGREGATES.iter().any(|(known, ..)| *known == word) => {
            format!("{word}(name, value[, condition])")
        }
        _ => {
            let row = FUNCTIONS.iter().find(|(known, ..)| *known == word);
            let args = row.map_or(&[] as &[Arg], |(_, _, args, ..)| args);
            let args: Vec<&str> = args
                .iter()
                .map(|arg| match arg {
                    Arg::Any => "value",
                    Arg::Of(ty) => noun(*ty).0,
                    Arg::Number => "number",
                    Arg::Clock => "time",
                    Arg::Same => "value",
                })
                .collect();
            let more = row.is_some_and(|(_, _, _, more, _)| *more);
            format!(
                "{word}({}{})",
                args.join(", "),
                if more { ", …" } else { "" }
            )
        }
    };
    text!("it is written `{form}`", "пишется `{form}`")
}
