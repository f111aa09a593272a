//! A small complete model, resolved: what comes out is written down in `tests/ir/expected.txt`, in a
//! form that people read. `UPDATE_EXPECT=1` rewrites it.

use std::fmt::Write;
use std::path::Path;

use vitrina_codegen::diagnostic::Report;
use vitrina_codegen::model::rule::text;
use vitrina_codegen::model::{Column, Domain, Model, Requirement, Table, Validity};
use vitrina_codegen::resolve::resolve;
use vitrina_codegen::source::files;

fn model() -> Model {
    let mut report = Report::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ir/model");
    let sources = files::load(&folder, &mut report).expect("the model's folder");
    let model = resolve(&sources, &mut report);
    let findings: Vec<_> = report
        .sorted()
        .iter()
        .map(|d| (d.code, d.message.en.clone()))
        .collect();
    assert_eq!(findings, []);
    model.expect("a model without findings")
}

fn dump(model: &Model) -> String {
    let mut out = String::new();
    let head = model.showcase();
    let (null, boolean) = (head.csv.null, head.csv.boolean);
    line(
        &mut out,
        &format!(
            "showcase {} {} {:?} {null:?} {boolean:?}",
            head.mnemonic, head.version, head.title
        ),
    );
    for group in &head.groups {
        line(
            &mut out,
            &format!("  group {} {:?}", group.name, group.title),
        );
    }
    let targets = &head.targets;
    let stores: Vec<&str> = targets
        .datasource_type
        .iter()
        .map(|store| store.value.as_str())
        .collect();
    line(
        &mut out,
        &format!(
            "  rust {:?} {} prostore {:?}",
            targets.rust_crate, targets.rust_workspace, stores
        ),
    );
    for (path, guid) in &targets.guids {
        line(&mut out, &format!("  guid {path} {}", guid.value));
    }
    for template in &targets.templates {
        line(
            &mut out,
            &format!(
                "  template {} -> {}: {:?}",
                template.path, template.output.value, template.text
            ),
        );
    }
    for regulation in model.regulations() {
        let clauses: Vec<&str> = regulation
            .clauses
            .iter()
            .map(|clause| clause.number.as_str())
            .collect();
        line(
            &mut out,
            &format!(
                "regulation {} {:?} {:?} {clauses:?}",
                regulation.name, regulation.number, regulation.date
            ),
        );
    }
    for kind in model.kinds() {
        line(
            &mut out,
            &format!(
                "kind {} {:?} {} {}",
                kind.number,
                kind.title,
                kind.origin.name(),
                clauses(model, &kind.clauses)
            ),
        );
    }
    for scalar in model.scalars() {
        let hash = scalar
            .hash_of
            .map(|hash| model.scalar(hash.of).name.as_str());
        let pattern = scalar.pattern.as_ref().map(|pattern| pattern.text.as_str());
        line(
            &mut out,
            &format!(
                "type {} {} {pattern:?} {:?} {hash:?} {:?} {:?}",
                scalar.name, scalar.base, scalar.algorithm, scalar.personal, scalar.examples
            ),
        );
    }
    for list in model.classifiers() {
        let form = list.form.map(|id| model.scalar(id).name.as_str());
        line(
            &mut out,
            &format!(
                "classifier {} {} by {:?} open={} {form:?} {:?}",
                list.name,
                list.base,
                list.authority,
                list.open,
                list.esnsi
                    .as_ref()
                    .map(|e| (&e.code, &e.uid, e.revision, &e.key_attribute))
            ),
        );
        if let Some(source) = &list.source {
            line(
                &mut out,
                &format!("  from {source:?}{}", period(&list.validity)),
            );
        }
        for value in &list.values {
            line(
                &mut out,
                &format!(
                    "  {} {:?} {:?} {:?}{}",
                    value.code,
                    value.title,
                    value.name,
                    value.parent,
                    period(&value.validity)
                ),
            );
        }
    }
    for item in model.tables() {
        table(model, item, &mut out);
    }
    let order: Vec<&str> = model
        .load_order()
        .map(|table| table.name.as_str())
        .collect();
    line(&mut out, &format!("load order {order:?}"));
    rules(model, &mut out);
    out
}

fn rules(model: &Model, out: &mut String) {
    for rule in model.rules() {
        line(
            out,
            &format!(
                "rule {} {:?} {} {} {:?} {} {:?}",
                rule.code,
                rule.title,
                rule.metric.name(),
                rule.severity.name(),
                rule.origin,
                clauses(model, &rule.clauses),
                rule.note
            ),
        );
        for said in text::statements(model, rule) {
            let severity = said.severity.name();
            line(out, &format!("  {} {:?} {severity}", said.code, said.title));
            line(out, &format!("    {}", said.text.en));
            line(out, &format!("    {}", said.text.ru));
        }
    }
    for indicator in model.indicators() {
        line(
            out,
            &format!(
                "indicator {} {:?} {:?} {}",
                indicator.code,
                indicator.title,
                indicator.origin,
                clauses(model, &indicator.clauses)
            ),
        );
        let (counted, keeps) = text::indicator(model, indicator);
        for said in std::iter::once(&counted).chain(&keeps) {
            line(out, &format!("    {}", said.en));
            line(out, &format!("    {}", said.ru));
        }
    }
}

fn period(validity: &Validity) -> String {
    match (&validity.start_date, &validity.end_date) {
        (None, None) => String::new(),
        ends => format!(" in force {ends:?}"),
    }
}

fn line(out: &mut String, text: &str) {
    writeln!(out, "{text}").expect("a string");
}

fn clauses(model: &Model, ids: &[vitrina_codegen::model::ClauseId]) -> String {
    let names = ids.iter().map(|id| {
        format!(
            "{}:{}",
            model.regulation_of(*id).name,
            model.clause(*id).number
        )
    });
    format!("[{}]", names.collect::<Vec<_>>().join(", "))
}

fn table(model: &Model, table: &Table, out: &mut String) {
    let since = table.since.as_ref().map(ToString::to_string);
    line(
        out,
        &format!(
            "table {} {:?} group {:?} {} {} kinds {:?} since {since:?}",
            table.name,
            table.title,
            table.group,
            table.origin.name(),
            clauses(model, &table.clauses),
            table.kinds
        ),
    );
    for (at, column) in table.columns.iter().enumerate() {
        assert_eq!(column.id.index(), at);
        self::column(model, table, column, out);
    }
    let names = |ids: &[vitrina_codegen::model::ColumnId]| {
        ids.iter()
            .map(|id| table.column(*id).name.clone())
            .collect::<Vec<_>>()
            .join(", ")
    };
    line(
        out,
        &format!(
            "  primary key ({}) distributed by ({})",
            names(&table.primary_key),
            names(&table.distributed_by)
        ),
    );
    for key in &table.unique {
        line(out, &format!("  unique ({})", names(&key.columns)));
    }
    for key in &table.foreign_keys {
        let target = model.table(key.table);
        let columns: Vec<&str> = key
            .target
            .iter()
            .map(|id| target.column(*id).name.as_str())
            .collect();
        line(
            out,
            &format!(
                "  ({}) references {} ({})",
                names(&key.columns),
                target.name,
                columns.join(", ")
            ),
        );
    }
    for check in &table.checks {
        let column = check.column.map(|id| table.column(id).name.as_str());
        line(
            out,
            &format!(
                "  check {} {:?} {:?} of {column:?}",
                check.code, check.title, check.severity
            ),
        );
    }
}

fn column(model: &Model, table: &Table, column: &Column, out: &mut String) {
    let domain = match column.ty.domain {
        Domain::Plain => "plain".to_owned(),
        Domain::Scalar(id) => format!("type {}", model.scalar(id).name),
        Domain::Classifier(id) => format!("classifier {}", model.classifier(id).name),
        Domain::Key { table, scalar } => format!(
            "key of {} {:?}",
            model.table(table).name,
            scalar.map(|id| model.scalar(id).name.as_str())
        ),
    };
    let requirement = match column.requirement {
        Requirement::Always => "required",
        Requirement::When(_) => "required when",
        Requirement::Optional => "optional",
    };
    let origin: Vec<&str> = column.origin.iter().map(|origin| origin.name()).collect();
    let mut text = format!(
        "  {} {:?} {} {domain} {requirement} {origin:?}",
        column.name, column.title, column.ty.base
    );
    if !column.clauses.is_empty() {
        write!(text, " {}", clauses(model, &column.clauses)).expect("a string");
    }
    for (name, value) in [
        ("mixin", column.mixin.clone()),
        (
            "personal",
            model
                .personal_of(column)
                .map(|class| class.name().to_owned()),
        ),
    ] {
        if let Some(value) = value {
            write!(text, " {name} {value}").expect("a string");
        }
    }
    if !column.examples.is_empty() {
        write!(text, " examples {:?}", column.examples).expect("a string");
    }
    if let Some(farewell) = &column.deprecated {
        write!(
            text,
            " deprecated {} {:?} {:?}",
            farewell.since, farewell.reason, farewell.replaced_by
        )
        .expect("a string");
    }
    assert!(table.find_column(&column.name).is_some());
    line(out, &text);
}

#[test]
fn a_small_complete_model() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ir/expected.txt");
    let found = dump(&model());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &found).expect("the expected text is written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, expected);
}
