//! Column types: SQL's words to [`BaseType`]; any other single word is the name of a scalar type.
//!
//! The types are those that Prostore has on every engine. What it lacks (exact decimals, JSON,
//! arrays, time zones) is refused with the type to use instead; `int` is refused because it has 64
//! bits in Prostore 5.5 and 32 elsewhere.

use std::ops::Range;

use sqlparser::ast::{CharacterLength, DataType, ExactNumberInfo, ObjectNamePart, TimezoneInfo};
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::Token;

use super::Lexed;
use crate::diagnostic::{Code, Diagnostic, Report, Text, code};
use crate::model::BaseType;
use crate::source::{Fragment, Spanned};
use crate::text;

/// A column's type as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeSyntax {
    /// A base type.
    Base(BaseType),
    /// A word that is no base type: the name of a scalar type, as written.
    Named(Spanned<String>),
}

/// The longest text: PostgreSQL's limit of `varchar(n)`.
const MAX_LENGTH: u64 = 10_485_760;

/// The base types as people write them, for help and for the nearest word.
pub(crate) const WORDS: [&str; 13] = [
    "boolean",
    "int32",
    "bigint",
    "float",
    "double",
    "char",
    "varchar",
    "text",
    "link",
    "uuid",
    "date",
    "time",
    "timestamp",
];

/// Reads a type from a fragment of YAML; the whole fragment must be one type.
pub fn parse(fragment: &Fragment, report: &mut Report) -> Option<TypeSyntax> {
    let lexed = Lexed::new(&fragment.text);
    if lexed.tokens.is_empty() || lexed.error.is_some() {
        let at = lexed.error.map_or(0..lexed.len, |(_, at)| at..lexed.len);
        report.push(unreadable(fragment, at));
        return None;
    }
    let mut parser = lexed.parser(0..lexed.tokens.len());
    let read = match read(&mut parser) {
        Ok(read) => read,
        Err(error) => {
            let at = match lexed.failed_at(&error) {
                Some(token) => lexed.bytes(token),
                None => lexed.bytes_of(0..lexed.tokens.len()),
            };
            report.push(unreadable(fragment, at));
            return None;
        }
    };
    if parser.index() < lexed.tokens.len() {
        let at = lexed.bytes_of(parser.index()..lexed.tokens.len());
        report.push(unreadable(fragment, at));
        return None;
    }
    let bytes = lexed.bytes_of(0..lexed.tokens.len());
    let span = fragment.locate(bytes.start, bytes.end);
    match read {
        TypeRead::Base(base) => Some(TypeSyntax::Base(base)),
        TypeRead::Named(name) => Some(TypeSyntax::Named(Spanned::new(name, span))),
        TypeRead::Refused(refusal) => {
            report.push(refusal.diagnostic(fragment, bytes));
            None
        }
    }
}

/// What a parser found where a type stands.
pub(super) enum TypeRead {
    Base(BaseType),
    Named(String),
    Refused(Refusal),
}

/// A type that SQL knows and the showcase does not.
pub(super) struct Refusal {
    code: Code,
    message: Text,
    help: Text,
}

impl Refusal {
    pub(super) fn diagnostic(self, fragment: &Fragment, bytes: Range<usize>) -> Diagnostic {
        Diagnostic::new(self.code, self.message)
            .at(fragment.locate(bytes.start, bytes.end))
            .help(self.help)
    }
}

/// Reads a type and leaves the parser behind it.
pub(super) fn read(parser: &mut Parser<'static>) -> Result<TypeRead, ParserError> {
    let quoted =
        matches!(&parser.peek_token_ref().token, Token::Word(word) if word.quote_style.is_some());
    let data_type = parser.parse_data_type()?;
    if let (DataType::Custom(name, _), true) = (&data_type, quoted) {
        return Ok(match name.0.as_slice() {
            [ObjectNamePart::Identifier(name)] => TypeRead::Named(name.value.clone()),
            _ => TypeRead::Refused(unsupported(&data_type)),
        });
    }
    Ok(match lower(&data_type) {
        Ok(read) => read,
        Err(refusal) => TypeRead::Refused(refusal),
    })
}

fn lower(data_type: &DataType) -> Result<TypeRead, Refusal> {
    use TimezoneInfo::{None as NoZone, WithoutTimeZone};
    let base = match data_type {
        DataType::Boolean | DataType::Bool => BaseType::Boolean,
        DataType::Int32 | DataType::Integer(None) | DataType::Int4(None) => BaseType::Int32,
        DataType::BigInt(None) | DataType::Int8(None) | DataType::Int64 => BaseType::BigInt,
        DataType::Float(ExactNumberInfo::None) | DataType::Float4 | DataType::Real => {
            BaseType::Float
        }
        DataType::Double(ExactNumberInfo::None) | DataType::DoublePrecision | DataType::Float8 => {
            BaseType::Double
        }
        DataType::Char(None) | DataType::Character(None) => {
            return Err(bounds(
                text!("`char` has no length", "у `char` нет длины"),
                text!(
                    "write `char(n)` for texts of exactly n characters, `varchar(n)` for shorter ones too",
                    "напишите `char(n)` для текстов ровно из n знаков или `varchar(n)`, если бывают короче"
                ),
            ));
        }
        DataType::Char(Some(n)) | DataType::Character(Some(n)) => BaseType::Char(length(n)?),
        DataType::Varchar(n) | DataType::CharacterVarying(n) | DataType::CharVarying(n) => {
            BaseType::Varchar(n.as_ref().map(length).transpose()?)
        }
        DataType::Text | DataType::String(None) => BaseType::Varchar(None),
        DataType::Uuid => BaseType::Uuid,
        DataType::Date => BaseType::Date,
        DataType::Time(p, NoZone | WithoutTimeZone) => BaseType::Time(precision(*p)?),
        DataType::Timestamp(p, NoZone | WithoutTimeZone) => BaseType::Timestamp(precision(*p)?),
        DataType::Custom(name, modifiers) => match (name.0.as_slice(), modifiers.is_empty()) {
            ([ObjectNamePart::Identifier(name)], true) => {
                match name.value.to_lowercase().as_str() {
                    "link" => BaseType::Link,
                    "long" => BaseType::BigInt,
                    "money" | "number" | "serial" | "bigserial" | "smallserial" | "serial4"
                    | "serial8" | "xml" => return Err(unsupported(data_type)),
                    _ => return Ok(TypeRead::Named(name.value.clone())),
                }
            }
            _ => return Err(unsupported(data_type)),
        },
        _ => return Err(unsupported(data_type)),
    };
    Ok(TypeRead::Base(base))
}

fn length(length: &CharacterLength) -> Result<u32, Refusal> {
    match length {
        CharacterLength::IntegerLength { length, unit: None } if *length == 0 => Err(bounds(
            text!(
                "a text of no characters holds nothing",
                "текст из нуля знаков ничего не вмещает"
            ),
            text!(
                "write a length from 1 to {MAX_LENGTH}",
                "напишите длину от 1 до {MAX_LENGTH}"
            ),
        )),
        CharacterLength::IntegerLength { length, unit: None } if *length <= MAX_LENGTH => {
            Ok(u32::try_from(*length).unwrap_or(u32::MAX))
        }
        CharacterLength::IntegerLength { length, unit: None } => Err(bounds(
            text!(
                "a text of {length} characters is longer than databases take",
                "текст из {length} знаков длиннее, чем принимают базы данных"
            ),
            text!(
                "write a length from 1 to {MAX_LENGTH}, or `varchar` without a length",
                "напишите длину от 1 до {MAX_LENGTH} или `varchar` без длины"
            ),
        )),
        CharacterLength::IntegerLength { .. } | CharacterLength::Max => Err(Refusal {
            code: code::TYPE_UNSUPPORTED,
            message: text!(
                "a length is a plain number of characters",
                "длина — это просто число знаков"
            ),
            help: text!(
                "write `varchar(n)`, or `varchar` for texts of any length",
                "напишите `varchar(n)` или `varchar` для текстов любой длины"
            ),
        }),
    }
}

/// Without a precision: 0, as the CSV rule of the showcase has it (`YYYY-MM-DD hh:mm:ss`).
fn precision(precision: Option<u64>) -> Result<u8, Refusal> {
    match precision {
        None => Ok(0),
        Some(p) => match u8::try_from(p) {
            Ok(p @ 0..=6) => Ok(p),
            _ => Err(bounds(
                text!(
                    "a precision of {p} is finer than microseconds",
                    "точность {p} мельче микросекунд"
                ),
                text!(
                    "write a precision from 0 to 6",
                    "напишите точность от 0 до 6"
                ),
            )),
        },
    }
}

fn bounds(message: Text, help: Text) -> Refusal {
    Refusal {
        code: code::TYPE_BOUNDS,
        message,
        help,
    }
}

fn unsupported(data_type: &DataType) -> Refusal {
    let written = data_type.to_string().to_lowercase();
    Refusal {
        code: code::TYPE_UNSUPPORTED,
        message: text!(
            "`{written}` is not a type of the showcase",
            "`{written}` не входит в типы витрины"
        ),
        help: cure(data_type),
    }
}

fn cure(data_type: &DataType) -> Text {
    let custom = match data_type {
        DataType::Custom(name, _) => name.to_string().to_lowercase(),
        _ => String::new(),
    };
    match (data_type, custom.as_str()) {
        (
            DataType::Decimal(_)
            | DataType::Numeric(_)
            | DataType::Dec(_)
            | DataType::BigDecimal(_)
            | DataType::BigNumeric(_),
            _,
        )
        | (_, "money" | "number") => text!(
            "Prostore has no exact decimal: use `bigint` in the smallest unit (kopecks), `double` or `varchar(n)`",
            "в Prostore нет точных десятичных чисел: возьмите `bigint` в наименьших единицах (копейках), `double` или `varchar(n)`"
        ),
        (DataType::Int(_), _) => text!(
            "`int` has 64 bits in Prostore 5.5 and 32 elsewhere: write `int32` or `bigint`",
            "`int` в Prostore 5.5 занимает 64 бита, а в других местах 32: напишите `int32` или `bigint`"
        ),
        (
            DataType::SmallInt(_)
            | DataType::TinyInt(_)
            | DataType::MediumInt(_)
            | DataType::Int2(_)
            | DataType::Int16,
            _,
        ) => text!(
            "Prostore has no smaller integers: write `int32`",
            "в Prostore нет целых меньшего размера: напишите `int32`"
        ),
        (DataType::Integer(_) | DataType::Int4(_) | DataType::BigInt(_) | DataType::Int8(_), _) => {
            text!(
                "integers take no length: write `int32` or `bigint`",
                "у целых нет длины: напишите `int32` или `bigint`"
            )
        }
        (DataType::Float(_) | DataType::Double(_), _) => text!(
            "fractions take no precision: write `float` (32 bits) or `double` (64 bits)",
            "у дробных нет точности: напишите `float` (32 бита) или `double` (64 бита)"
        ),
        (DataType::String(_) | DataType::Nvarchar(_) | DataType::Clob(_), _) => text!(
            "write `varchar(n)`, or `varchar` for texts of any length",
            "напишите `varchar(n)` или `varchar` для текстов любой длины"
        ),
        (DataType::Time(..) | DataType::Timestamp(..), _) => text!(
            "the showcase keeps local times without a zone: write `time` or `timestamp`",
            "витрина хранит местное время без часового пояса: напишите `time` или `timestamp`"
        ),
        (DataType::Datetime(_) | DataType::TimestampNtz(_), _) => {
            text!("write `timestamp`", "напишите `timestamp`")
        }
        (DataType::JSON | DataType::JSONB | DataType::Array(_), _) | (_, "xml") => text!(
            "a column holds one plain value: give lists and structures a table of their own",
            "в колонке одно простое значение: вынесите списки и структуры в отдельную таблицу"
        ),
        (DataType::Enum(..) | DataType::Set(_), _) => text!(
            "declare a classifier and refer to it",
            "объявите классификатор и сошлитесь на него"
        ),
        (_, "serial" | "bigserial" | "smallserial" | "serial4" | "serial8") => text!(
            "the supplier makes the keys: write `bigint` or `varchar(n)`",
            "ключи создаёт поставщик: напишите `bigint` или `varchar(n)`"
        ),
        _ => types_help(),
    }
}

/// Which types there are.
pub(super) fn types_help() -> Text {
    text!(
        "the types are boolean, int32, bigint, float, double, char(n), varchar(n), link, uuid, date, time(p), timestamp(p)",
        "есть типы boolean, int32, bigint, float, double, char(n), varchar(n), link, uuid, date, time(p), timestamp(p)"
    )
}

fn unreadable(fragment: &Fragment, at: Range<usize>) -> Diagnostic {
    let found = fragment.text.get(at.clone()).unwrap_or("").trim();
    let message = if found.is_empty() {
        text!("there is no type here", "здесь нет типа")
    } else {
        text!(
            "`{found}` cannot stand in a type",
            "`{found}` не может стоять в типе"
        )
    };
    Diagnostic::new(code::TYPE_SYNTAX, message)
        .at(fragment.locate(at.start, at.end))
        .help(types_help())
}

#[cfg(test)]
mod tests;
