//! The model's rules of data quality and its indicators, for the verbs that show them. These verbs
//! do without a model; one that is broken has no rules to show, and says so.

use serde_json::{Value, json};
use vitrina_codegen::diagnostic::render::noun;
use vitrina_codegen::diagnostic::{Lang, Severity, Text};
use vitrina_codegen::model::rule::text;
use vitrina_codegen::model::{CheckSeverity, ClauseId, Indicator, Model, Origin, Rule};

use super::load::load;
use crate::args::Shared;
use crate::exit::Failure;
use crate::places;
use crate::timings::Timings;

/// What there is of a model.
pub(super) enum Found {
    /// None, here or above.
    Nothing,
    /// One with errors, in this folder.
    Broken(String),
    /// A whole one.
    Model(Box<Model>),
}

impl Found {
    /// Looks for the model; a folder that was named must be readable.
    pub(super) fn look(shared: &Shared) -> Result<Self, Failure> {
        let Some(folder) = places::find_model(shared) else {
            return Ok(Found::Nothing);
        };
        let loaded = load(&folder, &Timings::default())?;
        Ok(match loaded.model {
            Some(model) => Found::Model(Box::new(model)),
            None => Found::Broken(folder.display().to_string()),
        })
    }
}

/// Rows of the table of rules: code, metric, weight, title.
pub(super) fn rows(model: &Model, lang: Lang) -> Vec<Vec<String>> {
    let rules = model.rules().iter().map(|rule| {
        vec![
            rule.code.clone(),
            metric(rule, lang).to_owned(),
            weight(rule.severity, lang).to_owned(),
            rule.title.clone(),
        ]
    });
    let indicator = match lang {
        Lang::En => "indicator",
        Lang::Ru => "показатель",
    };
    let indicators = model.indicators().iter().map(|one| {
        vec![
            one.code.clone(),
            indicator.to_owned(),
            String::new(),
            one.title.clone(),
        ]
    });
    rules.chain(indicators).collect()
}

fn metric(rule: &Rule, lang: Lang) -> &'static str {
    match lang {
        Lang::En => rule.metric.name(),
        Lang::Ru => rule.metric.title(),
    }
}

/// The word of a weight.
pub(super) fn weight(severity: CheckSeverity, lang: Lang) -> &'static str {
    let severity = match severity {
        CheckSeverity::Error => Severity::Error,
        CheckSeverity::Warning => Severity::Warning,
    };
    noun(severity, 1, lang)
}

/// The page of a rule.
pub(super) fn rule_page(model: &Model, rule: &Rule, lang: Lang) -> String {
    let (metric_word, weight_word) = match lang {
        Lang::En => ("metric", "severity"),
        Lang::Ru => ("показатель качества", "тяжесть нарушения"),
    };
    let facts = [
        (metric_word, metric(rule, lang).to_owned()),
        (weight_word, weight(rule.severity, lang).to_owned()),
    ];
    let marks = (&rule.origin[..], &rule.clauses[..]);
    let mut page = head(model, &rule.code, &rule.title, &facts, marks, lang);
    note(rule.note.as_deref(), &mut page);
    for statement in text::statements(model, rule) {
        let text = statement.text.get(lang);
        let weight = weight(statement.severity, lang);
        let title = match statement.title == rule.title {
            true => String::new(),
            false => format!(" {}.", statement.title),
        };
        page += &format!("\n{} ({weight}).{title}\n  {text}\n", statement.code);
    }
    page
}

/// The page of an indicator.
pub(super) fn indicator_page(model: &Model, indicator: &Indicator, lang: Lang) -> String {
    let marks = (&indicator.origin[..], &indicator.clauses[..]);
    let mut page = head(model, &indicator.code, &indicator.title, &[], marks, lang);
    note(indicator.note.as_deref(), &mut page);
    let (counted, keeps) = text::indicator(model, indicator);
    let (of, those) = match lang {
        Lang::En => ("Counted", "In the numerator, if all of it holds"),
        Lang::Ru => ("Считаются", "В числителе, если выполняется всё"),
    };
    page += &format!("\n{of}: {}\n{those}:\n", counted.get(lang));
    for keep in keeps {
        page += &format!("- {}\n", keep.get(lang));
    }
    page
}

/// The title and what is said of a rule as a whole.
fn head(
    model: &Model,
    code: &str,
    title: &str,
    facts: &[(&str, String)],
    (origin, clauses): (&[Origin], &[ClauseId]),
    lang: Lang,
) -> String {
    let mut page = format!("# {code}: {title}\n\n");
    for (name, value) in facts {
        page += &format!("- {name}: {value}\n");
    }
    let (origin_word, clauses_word) = match lang {
        Lang::En => ("origin", "clauses"),
        Lang::Ru => ("происхождение", "пункты"),
    };
    let mark = |mark: &Origin| match lang {
        Lang::En => mark.name(),
        Lang::Ru => mark.title(),
    };
    let origin: Vec<&str> = origin.iter().map(mark).collect();
    page += &format!("- {origin_word}: {}\n", origin.join(", "));
    if !clauses.is_empty() {
        let clauses: Vec<String> = clauses.iter().map(|id| clause(model, *id)).collect();
        page += &format!("- {clauses_word}: {}\n", clauses.join(", "));
    }
    page
}

fn note(note: Option<&str>, page: &mut String) {
    if let Some(note) = note {
        *page += &format!("\n{}\n", note.trim_end());
    }
}

fn clause(model: &Model, id: ClauseId) -> String {
    let regulation = &model.regulation_of(id).name;
    format!("{regulation}:{}", model.clause(id).number)
}

/// A rule as JSON.
pub(super) fn rule_json(model: &Model, rule: &Rule) -> Value {
    let statements = text::statements(model, rule).into_iter().map(|statement| {
        let tables = statement.tables.iter();
        let tables: Vec<&str> = tables.map(|id| model.table(*id).name.as_str()).collect();
        json!({
            "code": statement.code,
            "severity": statement.severity.name(),
            "title": { "ru": statement.title },
            "tables": tables,
            "text": both(&statement.text),
        })
    });
    json!({
        "code": rule.code,
        "metric": rule.metric.name(),
        "severity": rule.severity.name(),
        "title": { "ru": rule.title },
        "note": rule.note,
        "origin": rule.origin.iter().map(|mark| mark.name()).collect::<Vec<_>>(),
        "clauses": rule.clauses.iter().map(|id| clause(model, *id)).collect::<Vec<_>>(),
        "statements": statements.collect::<Vec<_>>(),
    })
}

/// An indicator as JSON.
pub(super) fn indicator_json(model: &Model, indicator: &Indicator) -> Value {
    let (counted, keeps) = text::indicator(model, indicator);
    let (origin, clauses) = (indicator.origin.iter(), indicator.clauses.iter());
    json!({
        "code": indicator.code,
        "title": { "ru": indicator.title },
        "note": indicator.note,
        "origin": origin.map(|mark| mark.name()).collect::<Vec<_>>(),
        "clauses": clauses.map(|id| clause(model, *id)).collect::<Vec<_>>(),
        "counted": both(&counted),
        "keeps": keeps.iter().map(both).collect::<Vec<_>>(),
    })
}

fn both(text: &Text) -> Value {
    json!({ "en": text.en, "ru": text.ru })
}
