//! The reader's errors in the words of the model language, both languages, with a cure.

use super::MAX_DEPTH;
use crate::diagnostic::{Diagnostic, Text, code};
use crate::source::{FileId, Span};
use crate::text;

/// A byte range for the reader's errors, which count lines and characters.
fn place(file: FileId, text: &str, location: Option<serde_yaml::Location>) -> Span {
    let Some(location) = location else {
        return Span::new(file, 0, 0);
    };
    let line = usize::try_from(location.line().saturating_sub(1)).unwrap_or(0);
    let column = usize::try_from(location.column().saturating_sub(1)).unwrap_or(0);
    let mut start = 0;
    for piece in text.split_inclusive('\n').take(line) {
        start += piece.len();
    }
    let rest = text.get(start..).unwrap_or("");
    let rest = rest.lines().next().unwrap_or("");
    let mut letters = rest
        .char_indices()
        .skip(column)
        .map(|(at, letter)| (at, letter.len_utf8()));
    let (at, len) = letters.next().unwrap_or((rest.len(), 0));
    Span::new(file, start + at, start + at + len)
}

/// The finding about a file that is no YAML, or not of this dialect.
pub(super) fn explain(file: FileId, text: &str, error: &serde_yaml::Error) -> Diagnostic {
    use serde_yaml::budget::BudgetBreach;
    let message = error.without_snippet().to_string();
    let message = match message.rfind(" at line ") {
        Some(at) => &message[..at],
        None => &message,
    };
    let span = place(file, text, error.location());
    let budget = match error.without_snippet() {
        serde_yaml::Error::Budget { breach, .. } => Some(breach),
        _ => None,
    };
    let references = matches!(
        budget,
        Some(BudgetBreach::Anchors { .. } | BudgetBreach::Aliases { .. })
    ) || matches!(
        error.without_snippet(),
        serde_yaml::Error::UnknownAnchor { .. }
    );
    if references {
        return Diagnostic::new(
            code::YAML_REFERENCE,
            text!("anchors and aliases are not part of the model language",
                  "якоря и ссылки YAML не входят в язык модели"),
        )
        .at(span)
        .help(text!(
            "write the value out; a text that begins with `&` or `*` needs quotes",
            "выпишите значение полностью; текст, который начинается с `&` или `*`, возьмите в кавычки"
        ));
    }
    if message.starts_with("unsupported tag") {
        return Diagnostic::new(
            code::YAML_REFERENCE,
            text!(
                "tags are not part of the model language",
                "теги YAML не входят в язык модели"
            ),
        )
        .at(span)
        .help(text!(
            "remove the tag; a text that begins with `!` needs quotes",
            "уберите тег; текст, который начинается с `!`, возьмите в кавычки"
        ));
    }
    if matches!(budget, Some(BudgetBreach::Documents { .. }))
        || matches!(
            error.without_snippet(),
            serde_yaml::Error::MultipleDocuments { .. }
        )
    {
        return Diagnostic::new(
            code::SEVERAL_DOCUMENTS,
            text!(
                "the file holds more than one document",
                "в файле больше одного документа"
            ),
        )
        .at(span)
        .help(text!(
            "keep one document per file; remove the line `---`",
            "оставьте один документ в файле; уберите строку `---`"
        ));
    }
    if budget.is_some() || message.contains("recursion limit") || message.contains("nesting") {
        return Diagnostic::new(
            code::TOO_DEEP,
            text!(
                "lists and mappings nest too deep",
                "слишком глубокая вложенность"
            ),
        )
        .at(span)
        .help(text!(
            "at most {MAX_DEPTH} levels are read; the language needs six",
            "читается не больше {MAX_DEPTH} уровней; языку хватает шести"
        ));
    }
    let (ru, help) = in_russian(message);
    let mut diagnostic = Diagnostic::new(
        code::INVALID_YAML,
        Text {
            en: format!("this is not YAML: {message}"),
            ru: format!("это не YAML: {ru}"),
        },
    )
    .at(span);
    diagnostic.help = help;
    diagnostic
}

/// The reader's frequent messages in Russian, with a cure where one is likely.
fn in_russian(message: &str) -> (&str, Option<Text>) {
    let quote = || {
        Some(text!(
            "put a text that holds `: ` or ` #`, or begins with a sign, into quotes",
            "возьмите в кавычки текст, в котором есть `: ` или ` #` или который начинается со знака"
        ))
    };
    let spaces = || {
        Some(text!(
            "indent with spaces, two for each level",
            "делайте отступы пробелами, по два на уровень"
        ))
    };
    if message.contains("mapping values are not allowed") || message.contains("':' indicator") {
        ("двоеточие здесь не к месту", quote())
    } else if message.contains("tab") {
        ("табуляция здесь запрещена", spaces())
    } else if message.contains("unclosed quote") {
        (
            "кавычка не закрыта",
            Some(text!("close the quote", "закройте кавычку")),
        )
    } else if message.contains("expected key") || message.contains("'-' indicator") {
        ("строка не на своём отступе", spaces())
    } else if message.contains("unexpected character") {
        ("недопустимый знак", quote())
    } else if message.contains("flow") || message.contains(',') {
        (
            "скобка не закрыта или пропущена запятая",
            Some(text!("close the bracket", "закройте скобку")),
        )
    } else {
        (message, quote())
    }
}
