//! Norms, their clauses, and the register of kinds of information (виды сведений).

use crate::source::{Span, Spanned};

/// A clause of this model, by the positions of its regulation and itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseId {
    pub(crate) regulation: u32,
    pub(crate) clause: u32,
}

/// A norm: an order, a law, a protocol.
#[derive(Debug)]
#[non_exhaustive]
pub struct Regulation {
    /// Short name: `order-355`.
    pub name: String,
    /// Title, Russian.
    pub title: String,
    /// Number as printed: `355`.
    pub number: Option<String>,
    /// Date of the norm, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Remark, Russian.
    pub note: Option<String>,
    /// Points whose clauses must each be carried by a table or a column: `7` means `7` and `7.…`.
    /// Each has at least one clause.
    pub carried: Vec<Spanned<String>>,
    /// The clauses, in the order of the norm.
    pub clauses: Vec<Clause>,
    /// Place of the name.
    pub span: Span,
}

impl Regulation {
    /// Whether a clause of this number must have a table or a column that carries it.
    pub fn must_carry(&self, number: &str) -> bool {
        let mut points = self.carried.iter();
        points.any(|point| is_within(number, &point.value))
    }
}

/// Whether the clause `number` is the point or stands below it: `7.2.a` is within `7`, `71` is not.
pub(crate) fn is_within(number: &str, point: &str) -> bool {
    let rest = number.strip_prefix(point);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A clause of a norm.
#[derive(Debug)]
#[non_exhaustive]
pub struct Clause {
    /// Number: `7.2.b.3`; letters stand for the Russian а б в г д.
    pub number: String,
    /// What it demands, Russian, in our words.
    pub title: String,
    /// Place of the number.
    pub span: Span,
}

/// A kind of information.
#[derive(Debug)]
#[non_exhaustive]
pub struct Kind {
    /// Number in the register.
    pub number: u32,
    /// Title, Russian.
    pub title: String,
    /// Block of the register, Russian.
    pub block: String,
    /// Where the kind comes from.
    pub origin: super::Origin,
    /// Clauses that demand it.
    pub clauses: Vec<ClauseId>,
    /// Place of the number.
    pub span: Span,
}
