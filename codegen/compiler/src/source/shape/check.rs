//! Holds a file against the shape of the language and reports everything that does not fit.

use super::scalar::{Taken, is_canonical_number, is_date, is_name, is_uuid, taken_for};
use super::{Object, Value};
use crate::diagnostic::{Diagnostic, Report, Text, code};
use crate::source::nearest::nearest;
use crate::source::yaml::{Node, NodeKind};
use crate::source::{Span, Spanned};
use crate::text;

/// Checks a whole value; `field` names it in messages.
pub(crate) fn value(node: &Node, value: &Value, field: &str, report: &mut Report) {
    if matches!(node.kind, NodeKind::Null) {
        return no_value(node, value, field, report);
    }
    match (value, &node.kind) {
        (
            Value::List(item) | Value::OneOrMany(item) | Value::ListOrObject(item, _),
            NodeKind::List(items),
        ) => {
            for entry in items {
                self::value(entry, item, field, report);
            }
        }
        (Value::OneOrMany(item), _) => self::value(node, item, field, report),
        (
            Value::Object(shape) | Value::ShortOrObject(_, shape) | Value::ListOrObject(_, shape),
            NodeKind::Map(entries),
        ) => {
            object(entries, node.span, shape, report);
        }
        (Value::Table(item), NodeKind::Map(entries)) => {
            for (key, entry) in entries {
                self::value(entry, item, &key.value, report);
            }
        }
        (Value::ShortOrObject(short, _), NodeKind::Scalar { .. }) => {
            self::value(node, short, field, report);
        }
        (Value::List(_) | Value::Object(_) | Value::ListOrObject(..) | Value::Table(_), _)
        | (_, NodeKind::List(_) | NodeKind::Map(_)) => wrong_shape(node, value, field, report),
        (_, NodeKind::Scalar { text, plain }) => {
            scalar(text, *plain, node.span, value, field, report)
        }
        (_, NodeKind::Null) => {}
    }
}

/// Checks the fields of a mapping.
pub(crate) fn object(
    entries: &[(Spanned<String>, Node)],
    span: Span,
    shape: &Object,
    report: &mut Report,
) {
    for (key, entry) in entries {
        match shape.fields.iter().find(|field| field.name == key.value) {
            Some(field) => value(entry, &field.value, field.name, report),
            None => unknown_field(key, shape, report),
        }
    }
    for field in shape.fields.iter().filter(|field| field.required) {
        // A misspelt field is reported once, as unknown.
        let is_there = entries.iter().any(|(key, _)| key.value == field.name);
        if !is_there
            && !entries
                .iter()
                .any(|(key, _)| shape.meant(&key.value) == Some(field.name))
        {
            let (name, of) = (field.name, shape.name);
            let about = Text {
                en: format!("`{name}`: {}", lower(field.about.en)),
                ru: format!("`{name}`: {}", lower(field.about.ru)),
            };
            report.push(
                Diagnostic::new(
                    code::MISSING_FIELD,
                    text!(
                        "the field `{name}` of `{of}` is missing",
                        "в `{of}` нет поля `{name}`"
                    ),
                )
                .at(span)
                .help(about),
            );
        }
    }
}

/// A description as a part of a sentence: no capital, no full stop.
fn lower(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

fn unknown_field(key: &Spanned<String>, shape: &Object, report: &mut Report) {
    let (name, of) = (&key.value, shape.name);
    let known: Vec<String> = shape
        .fields
        .iter()
        .map(|field| format!("`{}`", field.name))
        .collect();
    let known = known.join(", ");
    report.push(
        Diagnostic::new(
            code::UNKNOWN_FIELD,
            text!("`{of}` has no field `{name}`", "у `{of}` нет поля `{name}`"),
        )
        .at(key.span)
        .help(text!("known fields: {known}", "известные поля: {known}"))
        .suggest(shape.meant(name)),
    );
}

fn no_value(node: &Node, value: &Value, field: &str, report: &mut Report) {
    let expected = value.expected();
    report.push(
        Diagnostic::new(
            code::EMPTY_VALUE,
            text!("`{field}` has no value", "у `{field}` нет значения"),
        )
        .at(node.span)
        .help(Text {
            en: format!("write {}, or remove the field", expected.en),
            ru: format!("впишите значение ({}) или уберите поле", expected.ru),
        }),
    );
}

fn wrong_shape(node: &Node, value: &Value, field: &str, report: &mut Report) {
    let found = match node.kind {
        NodeKind::List(_) => text!("a list", "список"),
        NodeKind::Map(_) => text!("a mapping", "набор полей"),
        _ => text!("a single value", "одно значение"),
    };
    let expected = value.expected();
    report.push(
        Diagnostic::new(
            code::WRONG_SHAPE,
            Text {
                en: format!(
                    "`{field}` must be {}, but {} stands here",
                    expected.en, found.en
                ),
                ru: format!("`{field}`: ожидается {}, а здесь {}", expected.ru, found.ru),
            },
        )
        .at(node.span),
    );
}

fn scalar(text: &str, plain: bool, span: Span, value: &Value, field: &str, report: &mut Report) {
    if text.trim().is_empty() {
        report.push(
            Diagnostic::new(
                code::EMPTY_VALUE,
                text!("`{field}` is empty", "`{field}` пусто"),
            )
            .at(span)
            .help(text!(
                "write a text, or remove the field",
                "впишите текст или уберите поле"
            )),
        );
        return;
    }
    let taken = if plain { taken_for(text) } else { None };
    match value {
        Value::Name | Value::Reference => {
            if taken.is_some() {
                unquoted(text, span, field, taken, report);
            } else if !is_name(text, matches!(value, Value::Reference)) {
                report.push(
                    Diagnostic::new(
                        code::NAME_SHAPE,
                        text!("`{text}` cannot be a name", "`{text}` не может быть именем"),
                    )
                    .at(span)
                    .help(text!(
                        "names have no blanks, quotes, slashes and signs of punctuation",
                        "в именах нет пробелов, кавычек, косых черт и знаков препинания"
                    )),
                );
            }
        }
        Value::Code | Value::Version if taken.is_some() => {
            unquoted(text, span, field, taken, report)
        }
        Value::Version => version(text, span, report),
        Value::Literal => {
            let odd = match taken {
                Some(Taken::Boolean) => !matches!(text, "true" | "false"),
                Some(Taken::Number) => !is_canonical_number(text),
                None => false,
            };
            if odd {
                unquoted(text, span, field, taken, report);
            }
        }
        Value::Boolean => boolean(text, plain, span, field, report),
        Value::Number => number(text, plain, span, field, report),
        Value::Word(words) => word(text, span, field, &words(), report),
        Value::Date if !is_date(text) => form(
            text,
            span,
            text!(
                "a day of the calendar, `YYYY-MM-DD`",
                "день календаря, `ГГГГ-ММ-ДД`"
            ),
            report,
        ),
        Value::Uuid if !is_uuid(text) => {
            let sample = "123e4567-e89b-12d3-a456-426614174000";
            let expected = text!("a UUID such as `{sample}`", "UUID, например `{sample}`");
            form(text, span, expected, report);
        }
        _ => {}
    }
}

/// Reports a text that YAML takes for something else.
pub(crate) fn unquoted(
    text: &str,
    span: Span,
    field: &str,
    taken: Option<Taken>,
    report: &mut Report,
) {
    let message = match taken {
        Some(Taken::Boolean) => text!(
            "`{field}` is a text, but `{text}` without quotes is a truth value in YAML",
            "`{field}` — текст, а `{text}` без кавычек в YAML — логическое значение"
        ),
        _ => text!(
            "`{field}` is a text, but `{text}` without quotes is a number in YAML",
            "`{field}` — текст, а `{text}` без кавычек в YAML — число"
        ),
    };
    report.push(
        Diagnostic::new(code::UNQUOTED_TEXT, message)
            .at(span)
            .help(text!("put it into quotes", "возьмите его в кавычки"))
            .suggest(Some(format!("'{text}'"))),
    );
}

fn version(text: &str, span: Span, report: &mut Report) {
    let Err(error) = semver::Version::parse(text) else {
        return;
    };
    let parts: Vec<&str> = text.trim_start_matches(['v', 'V']).split('.').collect();
    let are_numbers = parts.iter().all(|part| part.parse::<u64>().is_ok());
    let suggestion = (are_numbers && parts.len() < 3).then(|| {
        let mut parts = parts.clone();
        parts.resize(3, "0");
        parts.join(".")
    });
    report.push(
        Diagnostic::new(
            code::NOT_A_VERSION,
            text!(
                "`{text}` is not a semantic version: {error}",
                "`{text}` — не семантическая версия"
            ),
        )
        .at(span)
        .help(text!(
            "three numbers: major.minor.patch, such as `1.0.0`",
            "три числа: старшее.младшее.исправление, например `1.0.0`"
        ))
        .suggest(suggestion),
    );
}

fn boolean(text: &str, plain: bool, span: Span, field: &str, report: &mut Report) {
    if plain && matches!(text, "true" | "false") {
        return;
    }
    let lower = text.to_lowercase();
    let meant = match lower.as_str() {
        "true" | "yes" | "on" | "y" | "1" | "да" => Some("true"),
        "false" | "no" | "off" | "n" | "0" | "нет" => Some("false"),
        _ => None,
    };
    report.push(
        Diagnostic::new(
            code::NOT_A_BOOLEAN,
            text!(
                "`{field}` must be `true` or `false`, not `{text}`",
                "`{field}` — это `true` или `false`, а не `{text}`"
            ),
        )
        .at(span)
        .help(text!(
            "truth values are `true` and `false`, in lower case and without quotes",
            "логические значения пишутся `true` и `false`, строчными и без кавычек"
        ))
        .suggest(meant),
    );
}

fn number(text: &str, plain: bool, span: Span, field: &str, report: &mut Report) {
    let is_decimal =
        text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain && is_decimal && text.parse::<u32>().is_ok() {
        return;
    }
    let meant = text.trim().parse::<u32>().ok().map(|n| n.to_string());
    report.push(
        Diagnostic::new(
            code::NOT_A_NUMBER,
            text!(
                "`{field}` must be a whole number, not `{text}`",
                "`{field}` — целое число, а не `{text}`"
            ),
        )
        .at(span)
        .help(text!(
            "decimal digits without quotes, sign, blanks and leading zeros",
            "десятичные цифры без кавычек, знака, пробелов и ведущих нулей"
        ))
        .suggest(meant),
    );
}

fn word(text: &str, span: Span, field: &str, words: &[&str], report: &mut Report) {
    if words.contains(&text) {
        return;
    }
    let known = words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ");
    report.push(
        Diagnostic::new(
            code::UNKNOWN_WORD,
            text!(
                "`{field}` cannot be `{text}`",
                "`{field}` не может быть `{text}`"
            ),
        )
        .at(span)
        .help(text!("one of: {known}", "одно из: {known}"))
        .suggest(nearest(text, words.iter().copied())),
    );
}

fn form(text: &str, span: Span, expected: Text, report: &mut Report) {
    report.push(
        Diagnostic::new(
            code::WRONG_FORM,
            text!("`{text}` has a wrong form", "`{text}` имеет неверную форму"),
        )
        .at(span)
        .help(Text {
            en: format!("expected: {}", expected.en),
            ru: format!("ожидается: {}", expected.ru),
        }),
    );
}
