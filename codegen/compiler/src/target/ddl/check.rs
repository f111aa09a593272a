//! Names and sizes that PostgreSQL or Prostore refuses, found before anything is written.
//!
//! One finding per name: the first rule that it breaks, in the order form, system column, reserved,
//! length, letter case; then names that become one after lower-casing.

use std::collections::BTreeMap;

use super::postgresql;
use super::prostore::{self, Profile};
use crate::diagnostic::{Code, Diagnostic, Report, Text, code};
use crate::model::{
    BaseType, Column, Domain, ExprKind, Literal, Model, Requirement, Table, ValueType,
};
use crate::source::{Span, Spanned};
use crate::text;

/// Reports everything that the emitted DDL could not say.
pub(super) fn check(model: &Model, report: &mut Report) {
    mnemonic(model, report);
    stores(model, report);
    for table in model.tables() {
        table_name(model, table, report);
        table_size(table, report);
        for column in &table.columns {
            column_name(table, column, report);
            column_size(column, report);
        }
        texts(model, table, report);
        let columns = table.columns.iter().map(|c| (c.name.as_str(), c.span));
        collisions(columns, report);
    }
    collisions(
        model.tables().iter().map(|t| (t.name.as_str(), t.span)),
        report,
    );
}

/// The mnemonic: a database of Prostore, a schema of PostgreSQL.
fn mnemonic(model: &Model, report: &mut Report) {
    let name = model.showcase().mnemonic.as_str();
    let found = if !prostore::has_form(name) {
        Some(form(name))
    } else if name.eq_ignore_ascii_case(prostore::INFORMATION_SCHEMA)
        || name.to_ascii_lowercase().starts_with("pg_")
    {
        Some(Diagnostic::new(
            code::NAME_RESERVED,
            text!(
                "the databases keep the schema name `{name}` for themselves",
                "имя схемы `{name}` базы данных оставляют за собой"
            ),
        ))
    } else if let Some(reserved) = reserved(name, true) {
        Some(reserved)
    } else if name.len() >= prostore::MAX_DATABASE_AND_TABLE {
        let max = prostore::MAX_DATABASE_AND_TABLE - 1;
        Some(too_long(name, max, "Prostore"))
    } else {
        letter_case(name)
    };
    if let Some(mut finding) = found {
        finding.help.get_or_insert(text!(
            "this is the showcase's mnemonic: choose one like `edu_region`",
            "это мнемоника витрины: выберите имя вида `edu_region`"
        ));
        report.push(finding.at(model.showcase().span));
    }
}

/// The physical stores that the showcase names: words, since 5.5 takes them without quotes.
fn stores(model: &Model, report: &mut Report) {
    for Spanned { value: store, span } in &model.showcase().targets.datasource_type {
        if !prostore::has_form(store) || prostore::is_reserved(Profile::V5_5, store) {
            report.push(form(store).at(*span).help(text!(
                "`targets.prostore.datasource_type` in `showcase.yaml` lists stores such as `ADP`, `ADB`, `ADQM`, `ADG`",
                "`targets.prostore.datasource_type` в `showcase.yaml` перечисляет хранилища, такие как `ADP`, `ADB`, `ADQM`, `ADG`"
            )));
        }
    }
}

fn table_name(model: &Model, table: &Table, report: &mut Report) {
    let name = table.name.as_str();
    let mnemonic = &model.showcase().mnemonic;
    let sum = name.len() + mnemonic.len();
    let max = prostore::MAX_DATABASE_AND_TABLE;
    let found = if !prostore::has_form(name) {
        Some(form(name))
    } else if let Some(finding) = reserved(name, false) {
        let prefix = mnemonic.split('_').next().unwrap_or(mnemonic);
        let cure = format!("{prefix}_{name}");
        Some(cured(finding, cure, |cure| {
            model.tables().iter().any(|other| other.name == cure)
        }))
    } else if name.len() > prostore::MAX_TABLE {
        Some(too_long(name, prostore::MAX_TABLE, "Prostore"))
    } else if sum > max && mnemonic.len() < max {
        Some(
            Diagnostic::new(
                code::NAME_TOO_LONG,
                text!(
                    "`{mnemonic}` and `{name}` have {sum} bytes together, Prostore has room for {max}",
                    "`{mnemonic}` и `{name}` занимают вместе {sum} байт, в Prostore помещается {max}"
                ),
            )
            .help(shorten(sum - max)),
        )
    } else {
        letter_case(name)
    };
    push(found, table.span, report);
}

fn column_name(table: &Table, column: &Column, report: &mut Report) {
    let name = column.name.as_str();
    let taken = |cure: &str| table.find_column(cure).is_some();
    let lower = name.to_ascii_lowercase();
    let found = if !prostore::has_form(name) {
        Some(form(name))
    } else if let Some(owner) = system_column_of(&lower) {
        let finding = Diagnostic::new(
            code::SYSTEM_COLUMN,
            text!(
                "{owner} has a system column `{name}` in every table",
                "в {owner} у каждой таблицы есть системный столбец `{name}`"
            ),
        );
        Some(cured(finding, more_exact(column), taken))
    } else if let Some(finding) = reserved(name, true) {
        Some(cured(finding, more_exact(column), taken))
    } else if name.len() > postgresql::MAX_NAME {
        Some(too_long(name, postgresql::MAX_NAME, "PostgreSQL"))
    } else {
        letter_case(name)
    };
    push(found, column.span, report);
}

fn push(found: Option<Diagnostic>, span: Span, report: &mut Report) {
    if let Some(finding) = found {
        report.push(finding.at(span));
    }
}

fn system_column_of(lower: &str) -> Option<&'static str> {
    if prostore::is_system_column(lower) {
        Some("Prostore")
    } else if postgresql::SYSTEM_COLUMNS.contains(&lower) {
        Some("PostgreSQL")
    } else {
        None
    }
}

/// Which database reserves a name. `physical` names are written as they are into the tables that
/// Prostore makes in PostgreSQL, without quotes.
fn reserved(name: &str, physical: bool) -> Option<Diagnostic> {
    let finding = |message| Some(Diagnostic::new(code::NAME_RESERVED, message));
    if prostore::is_reserved(Profile::V5_5, name) {
        return finding(text!(
            "`{name}` is a reserved word of Prostore",
            "`{name}` — зарезервированное слово Prostore"
        ));
    }
    if prostore::is_reserved(Profile::V7, name) {
        let title = Profile::V7.title();
        return finding(text!(
            "`{name}` is a reserved word of {title}",
            "`{name}` — зарезервированное слово {title}"
        ));
    }
    if physical && postgresql::is_reserved(name) {
        return finding(text!(
            "`{name}` is a reserved word of PostgreSQL, where Prostore creates tables without quotes",
            "`{name}` — зарезервированное слово PostgreSQL, а Prostore создаёт там таблицы без кавычек"
        ));
    }
    None
}

/// A name that says more: `order` becomes `order_code`, `order_date`, `order_number` …
fn more_exact(column: &Column) -> String {
    let name = &column.name;
    let suffix = match (column.ty.domain, column.ty.base.value_type()) {
        (Domain::Classifier(_), _) => "code",
        (Domain::Key { .. }, _) | (_, ValueType::Uuid) => "id",
        (_, ValueType::Date) => "date",
        (_, ValueType::Time) => "time",
        (_, ValueType::Timestamp) => "datetime",
        (_, ValueType::Integer) => "number",
        (_, ValueType::Text) => "text",
        (_, ValueType::Double) => "value",
        (_, ValueType::Boolean) => "flag",
    };
    match name.eq_ignore_ascii_case(suffix) {
        true => format!("{name}_value"),
        false => format!("{name}_{suffix}"),
    }
}

/// Proposes `cure` unless the name is taken or no better.
fn cured(finding: Diagnostic, cure: String, taken: impl Fn(&str) -> bool) -> Diagnostic {
    if taken(&cure) || reserved(&cure, true).is_some() {
        return finding.help(text!(
            "choose another name; quotes do not help",
            "выберите другое имя; кавычки не помогут"
        ));
    }
    let help = text!(
        "the name must be another one; quotes do not help",
        "нужно другое имя; кавычки не помогут"
    );
    finding.help(help).suggest(Some(cure))
}

fn form(name: &str) -> Diagnostic {
    Diagnostic::new(
        code::NAME_FORM,
        text!(
            "Prostore takes no name of the form `{name}`",
            "Prostore не принимает имя вида `{name}`"
        ),
    )
    .help(text!(
        "begin with a Latin letter and go on with Latin letters, digits and `_`",
        "начните с латинской буквы, далее латинские буквы, цифры и `_`"
    ))
}

fn too_long(name: &str, max: usize, owner: &str) -> Diagnostic {
    let length = name.len();
    Diagnostic::new(
        code::NAME_TOO_LONG,
        text!(
            "`{name}` has {length} bytes, {owner} has room for {max}",
            "`{name}` занимает {length} байт, в {owner} помещается {max}"
        ),
    )
    .help(shorten(length.saturating_sub(max)))
}

fn shorten(bytes: usize) -> Text {
    let ending = if bytes == 1 { "" } else { "s" };
    text!(
        "make it shorter by {bytes} byte{ending} at least",
        "сократите имя хотя бы на {bytes} байт"
    )
}

fn letter_case(name: &str) -> Option<Diagnostic> {
    let lower = name.to_ascii_lowercase();
    (lower != name).then(|| {
        Diagnostic::new(
            code::NAME_CASE,
            text!(
                "Prostore folds `{name}` to `{lower}`",
                "Prostore приводит `{name}` к `{lower}`"
            ),
        )
        .help(text!(
            "write the name in lower case",
            "пишите имя строчными буквами"
        ))
        .suggest(Some(lower))
    })
}

/// Names that differ by letter case alone.
fn collisions<'a>(names: impl Iterator<Item = (&'a str, Span)>, report: &mut Report) {
    let mut first: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for (name, span) in names {
        let lower = name.to_lowercase();
        if let Some((other, place)) = first.get(&lower) {
            let finding = Diagnostic::new(
                code::NAME_COLLISION,
                text!(
                    "`{name}` and `{other}` are one name in Prostore, which folds letter case",
                    "`{name}` и `{other}` в Prostore одно имя: регистр букв не различается"
                ),
            );
            report.push(
                finding
                    .at(span)
                    .also(*place, text!("the first one is here", "первое стоит здесь")),
            );
        } else {
            first.insert(lower, (name, span));
        }
    }
}

fn table_size(table: &Table, report: &mut Report) {
    let count = table.columns.len();
    let max = postgresql::MAX_COLUMNS;
    if count > max {
        let name = &table.name;
        let finding = Diagnostic::new(
            code::SIZE_LIMIT,
            text!(
                "`{name}` has {count} columns, PostgreSQL takes {max}",
                "в `{name}` столбцов {count}, PostgreSQL принимает {max}"
            ),
        );
        report.push(finding.at(table.span).help(text!(
            "split the table into two with a common key",
            "разделите таблицу на две с общим ключом"
        )));
    }
}

fn column_size(column: &Column, report: &mut Report) {
    let (BaseType::Char(n) | BaseType::Varchar(Some(n))) = column.ty.base else {
        return;
    };
    let max = postgresql::MAX_CHARS;
    if n == 0 || n > max {
        let ty = column.ty.base;
        let finding = Diagnostic::new(
            code::SIZE_LIMIT,
            text!(
                "`{ty}` has a size that the databases refuse: 1 to {max} are possible",
                "базы данных не принимают размер `{ty}`: возможен от 1 до {max}"
            ),
        );
        report.push(finding.at(column.span).help(text!(
            "choose a size that fits, or `varchar` without one",
            "выберите подходящий размер или `varchar` без размера"
        )));
    }
}

/// U+0000, which no text of PostgreSQL holds, in what becomes SQL.
fn texts(model: &Model, table: &Table, report: &mut Report) {
    let mut say = |span| report.push(nul(span));
    if table.title.contains('\0') {
        say(table.span);
    }
    for column in &table.columns {
        let list = model.closed_list_of(&column.ty);
        if column.title.contains('\0') {
            say(column.span);
        }
        for value in list.into_iter().flat_map(|list| &list.values) {
            if value.code.contains('\0') {
                say(value.span);
            }
        }
    }
    let required = table.columns.iter().filter_map(|c| match &c.requirement {
        Requirement::When(condition) => Some(condition),
        Requirement::Always | Requirement::Optional => None,
    });
    let checks = table.checks.iter().map(|check| &check.expr);
    for expr in required.chain(checks) {
        expr.visit(&mut |part| {
            let has = match &part.kind {
                ExprKind::Literal(Literal::Text(text)) | ExprKind::Like(_, text) => {
                    text.contains('\0')
                }
                ExprKind::In(_, list) => list
                    .iter()
                    .any(|literal| matches!(literal, Literal::Text(text) if text.contains('\0'))),
                _ => false,
            };
            if has {
                say(part.span);
            }
        });
    }
}

fn nul(span: Span) -> Diagnostic {
    let code: Code = code::TEXT_CHARACTER;
    Diagnostic::new(
        code,
        text!(
            "the text holds the character U+0000, which PostgreSQL refuses",
            "в тексте есть символ U+0000, который PostgreSQL не принимает"
        ),
    )
    .at(span)
    .help(text!("take it out", "уберите его"))
}

#[cfg(test)]
mod tests;
