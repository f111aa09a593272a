//! Tables in work: columns in their order, each with what it says of its type.

use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{BaseType, Domain};
use crate::resolve::Context;
use crate::resolve::names::{Names, Sort};
use crate::source::Span;
use crate::source::declaration::{ColumnDecl, MixinDecl, TableDecl, Word};
use crate::source::sql::ddl::{ColumnSyntax, TableSyntax};
use crate::text;

use super::ddl;
use super::said::{Said, said};

pub(super) const COLUMN: Sort = Sort {
    unknown: code::NO_SUCH_COLUMN,
    en: "column",
    ru: "колонка",
    ru_of: "колонки",
};

const MIXIN: Sort = Sort {
    unknown: code::NO_SUCH_MIXIN,
    en: "mixin",
    ru: "набор колонок",
    ru_of: "набора колонок",
};

/// A table in work.
pub(super) struct Draft<'a> {
    pub(super) decl: &'a TableDecl,
    pub(super) group: Option<usize>,
    pub(super) ddl: Option<&'a TableSyntax>,
    pub(super) columns: Vec<Column<'a>>,
    pub(super) names: Names<'a>,
    /// Empty when it is broken, which is reported already.
    pub(super) primary_key: Vec<usize>,
    pub(super) unique: Vec<(Vec<usize>, Span)>,
    pub(super) foreign_keys: Vec<ForeignKey>,
    pub(super) distributed_by: Vec<usize>,
}

/// A column in work.
pub(super) struct Column<'a> {
    pub(super) name: &'a Word,
    /// What YAML says; absent when DDL has a column that YAML lacks.
    pub(super) decl: Option<&'a ColumnDecl>,
    pub(super) ddl: Option<&'a ColumnSyntax>,
    pub(super) mixin: Option<&'a str>,
    pub(super) said: Said,
    /// Absent when it is broken, which is reported already.
    pub(super) base: Option<BaseType>,
    pub(super) domain: Domain,
}

/// A reference in work.
pub(super) struct ForeignKey {
    pub(super) columns: Vec<usize>,
    pub(super) table: usize,
    pub(super) target: Vec<usize>,
    pub(super) span: Span,
    /// Whether the column takes its type from the target.
    pub(super) gives_type: bool,
}

impl<'a> Draft<'a> {
    pub(super) fn name(&self) -> &'a str {
        &self.decl.name.value
    }

    pub(super) fn column_names(&self) -> Vec<&'a str> {
        self.columns
            .iter()
            .map(|column| column.name.value.as_str())
            .collect()
    }
}

impl Column<'_> {
    /// Whether every row has a value.
    pub(super) fn is_required(&self) -> bool {
        match (self.ddl, self.decl) {
            (Some(ddl), _) => ddl.required,
            (None, Some(decl)) => {
                decl.required_when.is_none() && !decl.optional.as_ref().is_some_and(|o| o.value)
            }
            (None, None) => true,
        }
    }
}

/// Mixins with what their columns say.
struct Mixins<'a> {
    names: Names<'a>,
    said: Vec<(&'a MixinDecl, Vec<Said>)>,
}

/// Drafts every table.
pub(super) fn all<'a>(
    context: &Context<'_, 'a>,
    names: &Names<'a>,
    declared: &[(&'a TableDecl, Option<usize>)],
    report: &mut Report,
) -> Vec<Draft<'a>> {
    let found = context.found;
    let words = found.mixins.iter().map(|mixin| &mixin.name);
    let mut mixins = Mixins {
        names: Names::collect(MIXIN, !found.lost.mixins, words, report),
        said: Vec::new(),
    };
    for mixin in &found.mixins {
        let said = mixin.columns.iter().map(|column| {
            check_title(column, report);
            said(context, names, column, false, report)
        });
        mixins.said.push((mixin, said.collect()));
    }
    let statements = ddl::statements(found, names, report);
    let mut drafts = Vec::with_capacity(declared.len());
    for (at, (decl, group)) in declared.iter().enumerate() {
        let statement = statements.get(&at).copied();
        let columns = match (decl.ddl, statement) {
            (Some(_), Some(statement)) => {
                let described = described(context, names, &mixins, decl, true, report);
                ddl::join(statement, decl, described, report)
            }
            (Some(structure), None) => {
                if !found.lost.ddl {
                    report.push(ddl::no_statement(decl, structure, found));
                }
                described(context, names, &mixins, decl, true, report)
            }
            (None, Some(statement)) => {
                report.push(ddl::two_structures(decl, statement));
                described(context, names, &mixins, decl, false, report)
            }
            (None, None) => described(context, names, &mixins, decl, false, report),
        };
        check_table(decl, statement, report);
        let mut own = Names::new(COLUMN, !decl.columns_lost && !columns.is_empty());
        for (at, column) in columns.iter().enumerate() {
            own.add(column.name, at, report);
        }
        drafts.push(Draft {
            decl,
            group: *group,
            ddl: statement.filter(|_| decl.ddl.is_some()),
            columns,
            names: own,
            primary_key: Vec::new(),
            unique: Vec::new(),
            foreign_keys: Vec::new(),
            distributed_by: Vec::new(),
        });
    }
    drafts
}

/// The columns that YAML describes: the table's own, then those of its mixins, each name once.
fn described<'a>(
    context: &Context<'_, 'a>,
    tables: &Names<'a>,
    mixins: &Mixins<'a>,
    decl: &'a TableDecl,
    is_ddl: bool,
    report: &mut Report,
) -> Vec<Column<'a>> {
    let mut columns = Vec::with_capacity(decl.columns.len());
    let mut names = Names::new(COLUMN, true);
    for column in &decl.columns {
        if !is_ddl {
            check_title(column, report);
        }
        let said = said(context, tables, column, is_ddl, report);
        if names.add(&column.name, columns.len(), report) {
            columns.push(new(column, None, said));
        }
    }
    for word in &decl.mixins {
        let Some(at) = mixins.names.find(word, report) else {
            continue;
        };
        let (mixin, said) = &mixins.said[at];
        for (column, said) in mixin.columns.iter().zip(said) {
            if let Some(first) = names.place(&column.name.value) {
                report.push(brought_twice(word, &column.name, first));
            } else if names.add(&column.name, columns.len(), report) {
                columns.push(new(column, Some(&mixin.name.value), said.clone()));
            }
        }
    }
    columns
}

fn new<'a>(decl: &'a ColumnDecl, mixin: Option<&'a str>, said: Said) -> Column<'a> {
    Column {
        name: &decl.name,
        decl: Some(decl),
        ddl: None,
        mixin,
        said,
        base: None,
        domain: Domain::Plain,
    }
}

fn brought_twice(mixin: &Word, column: &Word, first: Span) -> Diagnostic {
    let (mixin_name, name) = (&mixin.value, &column.value);
    Diagnostic::new(
        code::DUPLICATE_NAME,
        text!(
            "the mixin `{mixin_name}` brings a second column `{name}`",
            "набор `{mixin_name}` приносит вторую колонку `{name}`"
        ),
    )
    .at(mixin.span)
    .also(first, text!("first here", "впервые здесь"))
    .also(column.span, text!("brought from here", "приходит отсюда"))
    .help(text!(
        "rename or remove one of the two",
        "переименуйте или удалите одну из двух"
    ))
}

fn check_title(column: &ColumnDecl, report: &mut Report) {
    if column.is_titled {
        return;
    }
    let name = &column.name.value;
    report.push(
        Diagnostic::new(
            code::MISSING_FIELD,
            text!(
                "the column `{name}` has no title",
                "у колонки `{name}` нет названия (`title`)"
            ),
        )
        .at(column.name.span)
        .help(text!(
            "add `title: …`, Russian",
            "добавьте `title: …` по-русски"
        )),
    );
}

/// What a table must say itself when DDL does not say it.
fn check_table(decl: &TableDecl, statement: Option<&TableSyntax>, report: &mut Report) {
    let name = &decl.name.value;
    let commented = statement.is_some_and(|statement| statement.comment.is_some());
    if !decl.is_titled && !(decl.ddl.is_some() && (commented || statement.is_none())) {
        report.push(
            Diagnostic::new(
                code::MISSING_FIELD,
                text!(
                    "the table `{name}` has no title",
                    "у таблицы `{name}` нет названия (`title`)"
                ),
            )
            .at(decl.name.span)
            .help(text!(
                "add `title: …`, Russian",
                "добавьте `title: …` по-русски"
            )),
        );
    }
    let has_column = !decl.columns.is_empty() || !decl.mixins.is_empty() || decl.columns_lost;
    if let (None, false, Some(key)) = (decl.ddl, has_column, decl.columns_key) {
        report.push(
            Diagnostic::new(
                code::NO_COLUMNS,
                text!(
                    "the table `{name}` has no column",
                    "в таблице `{name}` нет ни одной колонки"
                ),
            )
            .at(key),
        );
    }
}
