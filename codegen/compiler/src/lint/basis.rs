//! The basis: what is said to come from a norm or a document names its clauses.

use super::Findings;
use crate::model::{LintScope, Model, Origin};
use crate::text;

/// Tables and kinds name clauses, unless they are confirmed by an implementation or inferred.
pub(super) fn basis(model: &Model, found: &mut Findings) {
    let needs_clauses = |origin| !matches!(origin, Origin::Confirmed | Origin::Inference);
    for table in model.tables() {
        if !table.clauses.is_empty() || !needs_clauses(table.origin) {
            continue;
        }
        let (name, origin) = (&table.name, table.origin.name());
        found.push(
            LintScope::Table(table.id),
            table.span,
            text!(
                "the table `{name}` has the origin `{origin}`, but names no clause",
                "у таблицы `{name}` происхождение `{origin}`, но ни одного пункта она не называет"
            ),
            text!(
                "add `clauses: […]`; a table that no clause demands has the origin `inference`",
                "добавьте `clauses: […]`; у таблицы, которой пункты не требуют, происхождение `inference`"
            ),
        );
    }
    for kind in model.kinds() {
        if !kind.clauses.is_empty() || !needs_clauses(kind.origin) {
            continue;
        }
        let (number, origin) = (kind.number, kind.origin.name());
        found.push(
            LintScope::Model,
            kind.span,
            text!(
                "the kind of information {number} has the origin `{origin}`, but names no clause",
                "у вида сведений {number} происхождение `{origin}`, но ни одного пункта он не называет"
            ),
            text!("add its clauses", "добавьте его пункты"),
        );
    }
}
