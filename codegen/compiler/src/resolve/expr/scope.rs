//! Where the names of an expression are looked up: in one table for checks of rows, in a view for
//! rules.

use crate::diagnostic::{Diagnostic, code};
use crate::model::{BaseType, ColumnId, ValueType};
use crate::source::Span;
use crate::source::nearest::nearest;
use crate::source::sql::expr::Name;
use crate::text;

/// What an expression may name: the columns of one table.
#[derive(Debug, Clone)]
pub struct Scope<'a> {
    /// The table; its name may qualify a column.
    pub table: &'a str,
    /// Its columns; the position is the [`ColumnId`].
    pub columns: Vec<ScopeColumn<'a>>,
}

/// A column that an expression may name.
#[derive(Debug, Clone)]
pub struct ScopeColumn<'a> {
    /// Physical name.
    pub name: &'a str,
    /// Type.
    pub base: BaseType,
    /// The codes, when the values come from a closed list.
    pub codes: Option<Vec<&'a str>>,
}

/// What a name leads to: a column and its type, or why it leads nowhere. `None` when that is
/// reported already.
pub(in crate::resolve) type Found = Result<(ColumnId, ValueType), Option<Box<Diagnostic>>>;

/// Where the names of an expression are looked up.
pub(in crate::resolve) trait Lookup {
    /// The table whose row is meant, for messages.
    fn table(&self) -> &str;

    /// What `qualifier.qualifier.name` means; `span` is the place of the whole.
    fn find(&self, qualifiers: &[Name], name: &Name, span: Span) -> Found;

    /// What more is known of a column that was found.
    fn column(&self, id: ColumnId) -> Option<&ScopeColumn<'_>>;

    /// The moment at which rows are judged; `None` where only the day counts.
    fn now(&self) -> Option<ColumnId> {
        None
    }

    /// Whether a condition may depend on the clock alone: rules begin and end on days.
    fn judges_by_moment(&self) -> bool {
        false
    }
}

impl Lookup for Scope<'_> {
    fn table(&self) -> &str {
        self.table
    }

    fn find(&self, qualifiers: &[Name], name: &Name, span: Span) -> Found {
        let table = self.table;
        let finding = |finding: Diagnostic| Err(Some(Box::new(finding)));
        match qualifiers {
            [] => {}
            [qualifier] if named(qualifier, table) => {}
            [qualifier] => {
                let other = &qualifier.text;
                return finding(Diagnostic::new(
                    code::OTHER_TABLE,
                    text!(
                        "`{other}` is another table; a condition sees one row of `{table}`",
                        "`{other}` — другая таблица, а условие видит одну строку таблицы `{table}`"
                    ),
                ).at(span).help(text!(
                    "check the other table there, or write the rule as one that spans tables",
                    "проверьте другую таблицу у неё самой или запишите правило, связывающее таблицы"
                )));
            }
            _ => {
                return finding(
                    Diagnostic::new(
                        code::EXPR_UNSUPPORTED,
                        text!(
                            "a column is named `column` or `table.column`",
                            "колонка называется `колонка` или `таблица.колонка`"
                        ),
                    )
                    .at(span)
                    .help(text!("leave the schema out", "уберите имя схемы")),
                );
            }
        }
        match position(&self.columns, name) {
            Some((id, column)) => Ok((id, column.base.value_type())),
            None => {
                let near = nearest(&name.text, self.columns.iter().map(|column| column.name));
                finding(unknown_column(table, name, near))
            }
        }
    }

    fn column(&self, id: ColumnId) -> Option<&ScopeColumn<'_>> {
        self.columns.get(id.index())
    }
}

/// The column that a name means: of exactly this name, else of this name in another case.
pub(in crate::resolve) fn position<'c, 'a>(
    columns: &'c [ScopeColumn<'a>],
    name: &Name,
) -> Option<(ColumnId, &'c ScopeColumn<'a>)> {
    let exact = columns.iter().position(|column| column.name == name.text);
    let at = exact.or_else(|| columns.iter().position(|column| named(name, column.name)))?;
    Some((ColumnId(u32::try_from(at).ok()?), columns.get(at)?))
}

/// The finding about a name that no column has.
pub(in crate::resolve) fn unknown_column(
    table: &str,
    name: &Name,
    near: Option<&str>,
) -> Diagnostic {
    let unknown = &name.text;
    let diagnostic = Diagnostic::new(
        code::UNKNOWN_COLUMN,
        text!(
            "table `{table}` has no column `{unknown}`",
            "в таблице `{table}` нет колонки `{unknown}`"
        ),
    )
    .at(name.span)
    .suggest(near);
    match near {
        Some(_) => diagnostic,
        None => diagnostic.help(text!(
            "a text stands in single quotes: `'{unknown}'`",
            "текст пишется в одинарных кавычках: `'{unknown}'`"
        )),
    }
}

/// Whether a name as written means `known`: quoted by letter and case, else by letter.
pub(in crate::resolve) fn named(name: &Name, known: &str) -> bool {
    name.text == known || (!name.quoted && name.text.to_lowercase() == known.to_lowercase())
}
