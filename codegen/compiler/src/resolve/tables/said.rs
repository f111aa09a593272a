//! What a column says of its type: a base, a scalar type, a classifier or a reference; names looked
//! up, nothing compared yet.

use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::BaseType;
use crate::resolve::Context;
use crate::resolve::names::Names;
use crate::source::Span;
use crate::source::declaration::{ColumnDecl, Word};
use crate::source::sql::types::{self, TypeSyntax};
use crate::text;

/// What a column says of its type, names looked up.
#[derive(Debug, Clone)]
pub(super) enum Said {
    /// Something wrong, which is reported already.
    Broken,
    /// Nothing: DDL alone has the type.
    Nothing,
    Base(BaseType, Span),
    Scalar(usize, Span),
    /// A classifier, and the wider base beside it.
    Classifier(usize, Span, Option<(BaseType, Span)>),
    /// A table, and a column of it when the primary key is not meant.
    Reference(usize, Option<String>, Span),
}

/// Looks up what a column says of its type.
pub(super) fn said<'a>(
    context: &Context<'_, 'a>,
    tables: &Names<'a>,
    column: &ColumnDecl,
    is_ddl: bool,
    report: &mut Report,
) -> Said {
    let name = &column.name.value;
    if let Some(references) = &column.references {
        let other = column
            .classifier
            .as_ref()
            .map(|word| ("classifier", word.span));
        let other = other.or(column.ty.as_ref().map(|fragment| ("type", fragment.span)));
        if let Some((other, span)) = other {
            report.push(said_twice(name, other, span, references.span));
        }
        let (table, key) = match references.value.split_once('.') {
            Some((table, key)) => (table, Some(key.to_owned())),
            None => (references.value.as_str(), None),
        };
        let word = Word::new(table.to_owned(), references.span);
        return match tables.find(&word, report) {
            Some(at) => Said::Reference(at, key, references.span),
            None => Said::Broken,
        };
    }
    let parsed = column
        .ty
        .as_ref()
        .map(|fragment| (types::parse(fragment, report), fragment.span));
    if let Some(word) = &column.classifier {
        let found = context.classifiers.names.find_or(word, report, |finding| {
            match context.scalars.names.get(&word.value) {
                Some(_) => finding.help(text!(
                    "there is a type of that name: write `type:`",
                    "есть тип с таким именем: напишите `type:`"
                )),
                None => finding,
            }
        });
        let width = match parsed {
            Some((Some(TypeSyntax::Base(base)), span)) => Some((base, span)),
            Some((Some(TypeSyntax::Named(scalar)), span)) => {
                report.push(scalar_beside_list(name, &scalar, span, word));
                return Said::Broken;
            }
            Some((None, _)) => return Said::Broken,
            None => None,
        };
        return match found {
            Some(at) => Said::Classifier(at, word.span, width),
            None => Said::Broken,
        };
    }
    match parsed {
        Some((Some(TypeSyntax::Base(base)), span)) => Said::Base(base, span),
        Some((Some(TypeSyntax::Named(word)), _)) => {
            let found = context.scalars.names.find_or(&word, report, |finding| {
                unknown_type(finding, context, &word)
            });
            found.map_or(Said::Broken, |at| Said::Scalar(at, word.span))
        }
        Some((None, _)) => Said::Broken,
        None if column.is_typed => Said::Broken,
        None if is_ddl => Said::Nothing,
        None => {
            report.push(
                Diagnostic::new(
                    code::MISSING_FIELD,
                    text!(
                        "the column `{name}` has no type",
                        "у колонки `{name}` нет типа"
                    ),
                )
                .at(column.name.span)
                .help(text!(
                    "add one of `type`, `references`, `classifier`",
                    "добавьте одно из `type`, `references`, `classifier`"
                )),
            );
            Said::Broken
        }
    }
}

fn unknown_type(finding: Diagnostic, context: &Context<'_, '_>, word: &Word) -> Diagnostic {
    if context.classifiers.names.get(&word.value).is_some() {
        return finding.help(text!(
            "there is a classifier of that name: write `classifier:`",
            "есть справочник с таким именем: напишите `classifier:`"
        ));
    }
    let base_types = [
        "boolean",
        "int32",
        "integer",
        "bigint",
        "float",
        "double",
        "varchar",
        "text",
        "link",
        "uuid",
        "date",
        "time",
        "timestamp",
    ];
    let known = context.scalars.names.nearest(&word.value);
    let near = known.or_else(|| crate::source::nearest::nearest(&word.value, base_types));
    let finding = finding.suggest(near);
    match context.scalars.names.listed() {
        Some(listed) => finding.help(listed),
        None => finding,
    }
}

fn said_twice(name: &str, other: &str, span: Span, references: Span) -> Diagnostic {
    Diagnostic::new(
        code::TYPE_TWICE,
        text!(
            "the column `{name}` has both `references` and `{other}`",
            "у колонки `{name}` есть и `references`, и `{other}`"
        ),
    )
    .at(span)
    .also(references, text!("the reference", "ссылка"))
    .help(text!(
        "remove `{other}`: a reference takes its type from the key of its table",
        "уберите `{other}`: тип ссылки задаёт ключ её таблицы"
    ))
}

fn scalar_beside_list(name: &str, scalar: &Word, span: Span, list: &Word) -> Diagnostic {
    let (scalar, list_name) = (&scalar.value, &list.value);
    Diagnostic::new(
        code::TYPE_TWICE,
        text!(
            "the column `{name}` has both the type `{scalar}` and the classifier `{list_name}`",
            "у колонки `{name}` есть и тип `{scalar}`, и справочник `{list_name}`"
        ),
    )
    .at(span)
    .also(list.span, text!("the classifier", "справочник"))
    .help(text!(
        "beside a classifier only a base type may stand, such as `varchar(20)`",
        "рядом со справочником может стоять только базовый тип, например `varchar(20)`"
    ))
}
