//! Scalar types of rules: a value has one verdict by the model's types, by the generated Rust types and
//! by the constraint that the target `ddl` writes for a column of the type.

use vitrina::record::form::Form;
use vitrina_codegen::diagnostic::{Format, Lang, Report};
use vitrina_codegen::model::{Model, eval};
use vitrina_codegen::pipeline::compile;
use vitrina_codegen::source::{SourceFile, SourceSet};
use vitrina_model::scalar;
use vitrina_tests::rules::fixture::{Body, Case};

use crate::{none, subject};

/// A value, and whether it is one of its type.
struct ValueCase {
    case: &'static Case,
    ty: &'static str,
    text: &'static str,
    good: bool,
}

fn cases() -> Vec<ValueCase> {
    let mut cases = Vec::new();
    for fixture in &subject().fixtures.assertions {
        for (good, kind) in [(true, &fixture.keeps), (false, &fixture.breaks)] {
            for case in kind {
                let Body::Values(values) = &case.body else {
                    continue;
                };
                for (ty, texts) in values {
                    cases.extend(texts.iter().map(|text| ValueCase {
                        case,
                        ty,
                        text,
                        good,
                    }));
                }
            }
        }
    }
    cases
}

/// The types of the big model in a model of one table, which has a column of each.
fn small() -> Model {
    let mut table = String::from(
        "table: value\ntitle: Значения\norigin: inference\nprimary_key: [id]\ncolumns:\n  \
         - { name: id, type: int32, title: Номер }\n",
    );
    for scalar in subject().model.scalars() {
        let name = &scalar.name;
        let column =
            format!("  - {{ name: {name}, type: {name}, title: {name}, optional: true }}\n");
        table.push_str(&column);
    }
    let showcase = "language: 1\nshowcase: rule_types\ntitle: Типы\nversion: 1.0.0\n\
         groups:\n  - { group: main, title: Таблицы, tables: [value] }\n";
    let types = vitrina_tests::model::path("model/types.yaml");
    let file = |path: &str, text: String| SourceFile {
        path: path.into(),
        text,
    };
    let sources = SourceSet::new(
        "small",
        vec![
            file("showcase.yaml", showcase.into()),
            file("types.yaml", std::fs::read_to_string(types).unwrap()),
            file("tables/main/value.yaml", table),
        ],
    );
    let mut report = Report::new();
    compile(&sources, &mut report).unwrap_or_else(|| {
        let findings = Format::Text.render(&[(&report, &sources)], Lang::En, false);
        panic!("{findings}")
    })
}

#[test]
fn the_model_tells_values_apart() {
    let small = small();
    let table = small.find_table("value").unwrap();
    let mut wrong = Vec::new();
    for it in cases() {
        let column = table.find_column(it.ty).unwrap();
        let broken = eval::cell(&small, &column.ty, it.text);
        if broken.is_empty() != it.good {
            wrong.push(format!(
                "{}: {} {:?}: {broken:?}",
                it.case.place, it.ty, it.text
            ));
        }
    }
    none(&wrong);
}

/// The form of a generated type, by the name of the scalar type.
fn form(name: &str) -> Option<&'static Form> {
    Some(match name {
        "inn" => scalar::Inn::FORM,
        "inn_legal" => scalar::InnLegal::FORM,
        "ogrn" => scalar::Ogrn::FORM,
        "ogrn_legal" => scalar::OgrnLegal::FORM,
        "kpp" => scalar::Kpp::FORM,
        "okpo" => scalar::Okpo::FORM,
        "okato_code" => scalar::OkatoCode::FORM,
        "oktmo_code" => scalar::OktmoCode::FORM,
        "snils" => scalar::Snils::FORM,
        "passport_series" => scalar::PassportSeries::FORM,
        "passport_number" => scalar::PassportNumber::FORM,
        "birth_certificate_series" => scalar::BirthCertificateSeries::FORM,
        "birth_certificate_number" => scalar::BirthCertificateNumber::FORM,
        "extra_certificate_number" => scalar::ExtraCertificateNumber::FORM,
        _ => return None,
    })
}

#[test]
fn generated_types_tell_values_apart() {
    let mut wrong = Vec::new();
    for it in cases() {
        let verdict = form(it.ty).map(|form| form.check(it.text));
        if verdict.as_ref().map(Result::is_ok) != Some(it.good) {
            wrong.push(format!(
                "{}: {} {:?}: {verdict:?}",
                it.case.place, it.ty, it.text
            ));
        }
    }
    none(&wrong);
}

#[cfg(feature = "external")]
#[test]
fn postgresql_tells_values_apart() {
    use vitrina_tests::postgres::Server;
    use vitrina_tests::rules::constraint::{Constrained, Standing};
    use vitrina_tests::rules::fixture::Package;

    let small = small();
    let table = small.find_table("value").unwrap();
    let server = Server::shared().unwrap();
    let mut database = Constrained::new(&small, &server, "rule_types").unwrap();
    let standing = Standing {
        required: true,
        references: true,
        conditions: &|_, _| true,
    };
    let mut wrong = Vec::new();
    for it in cases() {
        let column = table.find_column(it.ty).unwrap();
        let mut row = vec![None; table.columns.len()];
        row[0] = Some("1".to_owned());
        row[column.id.index()] = Some(it.text.to_owned());
        let mut package = Package::default();
        package.rows.insert(table.id, vec![row]);
        let refusals = database.refusals(&package, standing).unwrap();
        let own = format!("value_{}_", it.ty);
        // A text too long is refused by the column's base type.
        let by_type = |by: &str| by.starts_with(&own) || by == "22001";
        let fine = match it.good {
            true => refusals.is_empty(),
            false => refusals.len() == 1 && refusals.iter().all(|it| by_type(&it.by)),
        };
        if !fine {
            wrong.push(format!(
                "{}: {} {:?}: {refusals:?}",
                it.case.place, it.ty, it.text
            ));
        }
    }
    none(&wrong);
}
