//! Coverage: which tables and columns carry what the norms demand.
//!
//! A clause is carried by a table that lists it among its `clauses`, and by a column that does so
//! itself. A table alone counts: clauses such as «расписание занятий» ask for a whole record, of
//! which no single column is the answer; a column names a clause where the clause asks for that very
//! item. Quality rules answer to clauses too, but carry no data, so they do not count.
//!
//! [`check`] refuses a model that leaves clauses without a carrier which its regulations say must
//! have one (`carried`); the target `coverage` shows the whole picture.

mod facts;

pub use facts::{
    ClauseCoverage, Coverage, KindCoverage, MixinCarrier, RegulationCoverage, TableCarrier,
};

use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::Model;
use crate::text;

/// Reports every clause that must be carried and is not.
pub fn check(model: &Model, report: &mut Report) {
    let coverage = Coverage::of(model);
    for regulation in &coverage.regulations {
        for clause in &regulation.clauses {
            if !clause.must_carry || clause.is_carried() {
                continue;
            }
            let number = &clause.clause.number;
            let points = regulation.regulation.carried.iter();
            let mut points =
                points.filter(|point| crate::model::regulation::is_within(number, &point.value));
            let mut finding = Diagnostic::new(
                code::UNCARRIED_CLAUSE,
                text!(
                    "no table or column carries the clause `{number}`",
                    "пункт `{number}` не несёт ни одна таблица или колонка"
                ),
            )
            .at(clause.clause.span)
            .help(text!(
                "add it to `clauses` of the tables or columns that hold what it demands",
                "добавьте его в `clauses` таблиц или колонок, в которых лежит то, чего он требует"
            ));
            if let Some(point) = points.next() {
                finding = finding.also(point.span, text!("demanded here", "требуется здесь"));
            }
            report.push(finding);
        }
    }
}
