//! The coverage of small models: what counts as carried, the files' forms, and that texts of the
//! model stay texts on the page.

use serde_json::{Value, json};

use super::Coverage;
use crate::artifacts::Artifacts;
use crate::diagnostic::{Report, code};
use crate::model::{
    CheckSeverity, Clause, ClauseId, ColumnId, Kind, Metric, Mixin, Model, Origin, Rule, fixture,
};
use crate::source::{FileId, Span, Spanned};
use crate::target::Target;

fn span() -> Span {
    Span::new(FileId(0), 0, 0)
}

fn clause(number: &str) -> Clause {
    Clause {
        number: number.into(),
        title: format!("Пункт {number}"),
        span: span(),
    }
}

fn id(clause: u32) -> ClauseId {
    ClauseId {
        regulation: 0,
        clause,
    }
}

/// Clause 0 is carried by tables, 1 by a column alone, 2 by a mixin, 3 by nothing but a rule, 4 by
/// inference.
fn model() -> Model {
    let mut model = fixture::model();
    let regulation = &mut model.regulations[0];
    regulation
        .clauses
        .extend(["7.1", "7.2", "8", "9.1"].map(clause));
    regulation.carried = vec![Spanned::new("7".into(), span())];
    for table in &mut model.tables {
        table.clauses = vec![];
    }
    model.tables[0].clauses = vec![id(0)];
    model.tables[1].columns[1].clauses = vec![id(1)];
    model.tables[1].columns[1].origin = vec![Origin::Norm, Origin::Inference];
    for table in [0, 1] {
        let last = model.tables[table].columns.len() - 1;
        let column = &mut model.tables[table].columns[last];
        column.name = "send_datetime".into();
        column.mixin = Some("service".into());
        column.clauses = vec![id(2)];
    }
    model.mixins = vec![Mixin {
        name: "service".into(),
        title: Some("Служебные".into()),
        span: span(),
    }];
    model.rules = vec![Rule {
        code: "CMP-01".into(),
        title: "Всё заполнено".into(),
        note: None,
        metric: Metric::Completeness,
        severity: CheckSeverity::Error,
        origin: vec![Origin::Order],
        clauses: vec![id(3)],
        assertions: vec![],
        span: span(),
    }];
    model.tables[2].origin = Origin::Inference;
    model.tables[2].clauses = vec![id(4)];
    model.tables[2].kinds = vec![];
    model.kinds.push(Kind {
        number: 2,
        title: "Без таблиц".into(),
        block: "II".into(),
        origin: Origin::Inference,
        clauses: vec![],
        span: span(),
    });
    model.kinds_note = Some("Официальный перечень не найден.".into());
    model
}

fn emit(model: &Model) -> Artifacts {
    let mut out = Artifacts::new();
    Coverage.emit(model, &mut out);
    out
}

fn text(out: &Artifacts, name: &str) -> String {
    let bytes = out.get(&format!("coverage/{name}")).expect("the file");
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn json_of(model: &Model) -> Value {
    serde_json::from_str(&text(&emit(model), "coverage.json")).expect("JSON")
}

#[test]
fn tables_columns_and_mixins_carry_and_rules_do_not() {
    let json = json_of(&model());
    let clauses = json["regulations"][0]["clauses"].as_array().unwrap();
    let carried: Vec<_> = clauses
        .iter()
        .map(|c| c["carried"].as_bool().unwrap())
        .collect();
    assert_eq!(carried, [true, true, true, false, true]);
    let origins: Vec<_> = clauses.iter().map(|c| c["origin"].as_str()).collect();
    let expected = [
        Some("order"),
        Some("norm"),
        Some("inference"),
        None,
        Some("inference"),
    ];
    assert_eq!(origins, expected);
    assert_eq!(clauses[0]["tables"][0]["listed"], json!(true));
    assert_eq!(clauses[1]["tables"][0]["listed"], json!(false));
    assert_eq!(
        clauses[1]["tables"][0]["columns"][0]["origin"],
        json!(["norm", "inference"])
    );
    assert_eq!(clauses[2]["tables"], json!([]));
    assert_eq!(clauses[2]["mixins"][0]["tables"], json!(2));
    assert_eq!(clauses[2]["mixins"][0]["mixin_title"], json!("Служебные"));
    assert_eq!(
        clauses[3]["rules"],
        json!([{ "code": "CMP-01", "title": "Всё заполнено" }])
    );
    assert_eq!(
        json["totals"]["clauses"],
        json!({ "total": 5, "carried": 4, "must_carry": 3, "must_carry_carried": 3, "inferred": 2 })
    );
    let kinds = &json["kinds"];
    assert_eq!(kinds["note"], json!("Официальный перечень не найден."));
    assert_eq!(kinds["list"][0]["tables"].as_array().unwrap().len(), 2);
    assert_eq!(kinds["list"][1]["tables"], json!([]));
    assert_eq!(json["totals"]["kinds"]["carried"], json!(1));
    assert_eq!(json["inferred"]["kinds"], json!([2]));
    assert_eq!(json["inferred"]["tables"][0]["table"], json!("attendance"));
}

#[test]
fn what_no_clause_demands_is_listed_without_keys() {
    let mut model = model();
    model.tables[2].clauses = vec![];
    let json = json_of(&model);
    let undemanded = &json["undemanded"];
    assert_eq!(undemanded["tables"][0]["table"], json!("attendance"));
    assert_eq!(json["totals"]["tables"]["demanded"], json!(2));
    let columns = undemanded["columns"].as_array().unwrap();
    let names = |at: usize| -> Vec<&str> {
        let list = columns[at]["columns"].as_array().unwrap();
        list.iter().map(|c| c["column"].as_str().unwrap()).collect()
    };
    assert_eq!(columns.len(), 2);
    assert!(
        !names(0).contains(&"id") && !names(0).contains(&"send_datetime"),
        "{columns:?}"
    );
    // The column that names a clause itself is not among them.
    let named = model.tables[1].column(ColumnId(1)).name.as_str();
    assert!(!names(1).contains(&named), "{columns:?}");
    assert_eq!(undemanded["mixins"], json!([]));
}

#[test]
fn the_json_fits_its_schema_and_the_schema_refuses_another() {
    for model in [model(), fixture::model()] {
        let out = emit(&model);
        let schema: Value = serde_json::from_str(&text(&out, "coverage.schema.json")).unwrap();
        assert!(jsonschema::meta::is_valid(&schema));
        assert!(
            schema["$comment"]
                .as_str()
                .unwrap()
                .starts_with("@generated by")
        );
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let mut json = json_of(&model);
        let errors: Vec<_> = validator
            .iter_errors(&json)
            .map(|e| e.to_string())
            .collect();
        assert_eq!(errors, [] as [String; 0]);
        json["totals"]["clauses"]["carried"] = json!(-1);
        assert!(!validator.is_valid(&json));
    }
}

#[test]
fn csv_has_a_row_for_a_carrier_and_one_for_none() {
    let mut model = model();
    model.regulations[0].clauses[3].title = "Две\nстроки и \"кавычки\"".into();
    let out = emit(&model);
    let clauses = text(&out, "clauses.csv");
    assert!(
        clauses.starts_with("\"regulation\";\"clause\";"),
        "{clauses}"
    );
    assert!(clauses.contains(
        "\"order-355\";\"8\";\"Две строки и \"\"кавычки\"\"\";\"false\";\"\";\"\";\"\";\"\";\"\";\"\"\n"
    ));
    let fields = clauses.lines().map(|line| line.matches(';').count());
    assert!(
        fields.into_iter().all(|separators| separators == 9),
        "{clauses}"
    );
    assert_eq!(clauses.lines().count(), 6);
    let kinds = text(&out, "kinds.csv");
    assert_eq!(kinds.lines().count(), 4);
    assert!(
        kinds
            .lines()
            .skip(1)
            .all(|line| line.ends_with("\"Официальный перечень не найден.\""))
    );
}

#[test]
fn texts_of_the_model_stay_texts_on_the_page() {
    let mut model = model();
    let evil = "<script>alert('x')</script> & \"кавычки\"";
    model.showcase.title = evil.into();
    model.showcase.note = Some(evil.into());
    model.kinds_note = Some(evil.into());
    model.kinds[0].title = evil.into();
    model.kinds[0].block = evil.into();
    model.regulations[0].title = evil.into();
    model.regulations[0].note = Some(evil.into());
    model.regulations[0].clauses[0].title = evil.into();
    model.tables[0].title = evil.into();
    model.tables[1].columns[1].title = evil.into();
    model.rules[0].title = evil.into();
    let page = text(&emit(&model), "index.html");
    assert!(!page.contains("<script"), "a text became a tag");
    assert!(!page.contains("alert('x')"), "a quote is not escaped");
    assert!(page.contains("&lt;script&gt;"));
    assert!(page.starts_with("<!DOCTYPE html>\n<!-- @generated by"));
    // Nothing is loaded from elsewhere.
    for outside in ["src=", "http:", "https:", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn the_page_says_totals_the_note_and_both_ends_of_links() {
    let page = text(&emit(&model()), "index.html");
    for part in [
        "<b>4 из 5</b>",
        "<b>3 из 3</b>обязательных",
        "Официальный перечень не найден.",
        "(2 таблицы):",
        "носителя нет",
        "CMP-01",
        "от 22.04.2024",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let anchors: Vec<&str> = page
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    for link in page.split("href=\"#").skip(1) {
        let target = link.split('"').next().unwrap();
        assert!(anchors.contains(&target), "{target} leads nowhere");
    }
    let mut unique = anchors.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), anchors.len());
}

#[test]
fn a_clause_that_must_be_carried_and_is_not_is_an_error() {
    let judge = |model: &Model| {
        let mut report = Report::new();
        crate::coverage::check(model, &mut report);
        let said = report
            .sorted()
            .iter()
            .map(|d| (d.code, d.message.en.clone()))
            .collect();
        let said: Vec<_> = said;
        said
    };
    let mut model = model();
    assert_eq!(judge(&model), []);
    model.tables[1].columns[1].clauses = vec![];
    let said = judge(&model);
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].0, code::UNCARRIED_CLAUSE);
    assert!(said[0].1.contains("`7.1`"), "{said:?}");
}
