//! The schemas of the fixture: their form, and what they accept and refuse.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;
use crate::model::{EsnsiBinding, fixture};

fn emitted() -> Artifacts {
    let mut out = Artifacts::new();
    JsonSchema.emit(&fixture::model(), &mut out);
    out
}

fn schema(name: &str) -> Value {
    let out = emitted();
    let path = format!("json-schema/{name}.schema.json");
    serde_json::from_slice(out.get(&path).unwrap()).unwrap()
}

fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .build(schema)
        .unwrap()
}

/// A row of `attendance` that fits, with `changes` on top; a change to null removes nothing.
fn attendance(changes: Value) -> Value {
    let mut row = json!({
        "id": "ESH-1",
        "person_id": "ESH-2",
        "organisation_id": "ESH-3",
        "attendance_code": "late",
        "late_minutes": 5,
        "start_time": "08:30:00",
        "create_datetime": "2024-09-01 08:30:00",
    });
    for (key, value) in changes.as_object().unwrap() {
        row[key] = value.clone();
    }
    row
}

#[test]
fn every_file_is_a_schema_of_the_draft() {
    let out = emitted();
    let names: Vec<_> = out.iter().map(|(path, _)| path.to_owned()).collect();
    assert_eq!(
        names,
        [
            "json-schema/attendance.schema.json",
            "json-schema/bundle.schema.json",
            "json-schema/organisations.schema.json",
            "json-schema/person.schema.json",
        ]
    );
    let mut ids = BTreeSet::new();
    for (path, bytes) in out.iter() {
        let text = std::str::from_utf8(bytes).unwrap();
        assert!(text.ends_with("}\n") && !text.contains("\\u04"), "{path}");
        let schema: Value = serde_json::from_str(text).unwrap();
        assert!(jsonschema::meta::is_valid(&schema), "{path}");
        assert!(ids.insert(schema["$id"].to_string()), "{path}");
    }
}

/// Where a list comes from and when it is in force are remarks: the verdict does not change.
#[test]
fn sources_periods_and_bindings_are_annotations() {
    let mut model = fixture::model();
    let place = (model.classifiers.iter())
        .position(|list| list.name == "address_use")
        .unwrap();
    let list = &mut model.classifiers[place];
    list.source = Some("выгрузка реестра".into());
    list.validity.start_date = Some("2015-07-01".into());
    list.values[1].validity.end_date = Some("2020-12-31".into());
    list.esnsi = Some(EsnsiBinding {
        code: "ADDRESS_USE".into(),
        uid: "0b8f3c1e-2d4a-4f6b-8c9d-1e2f3a4b5c6d".into(),
        revision: 4,
        key_attribute: Some("key".into()),
    });
    let mut out = Artifacts::new();
    JsonSchema.emit(&model, &mut out);
    let bytes = out.get("json-schema/attendance.schema.json").unwrap();
    let made: Value = serde_json::from_slice(bytes).unwrap();
    let definition = &made["$defs"]["classifier.address_use"];
    assert_eq!(
        definition["x-classifier"],
        json!({
            "name": "address_use",
            "authority": "own",
            "open": false,
            "source": "выгрузка реестра",
            "start_date": "2015-07-01",
            "esnsi": {
                "code": "ADDRESS_USE",
                "uid": "0b8f3c1e-2d4a-4f6b-8c9d-1e2f3a4b5c6d",
                "revision": 4,
                "key_attribute": "key",
            },
            "periods": { "2": { "end_date": "2020-12-31" } },
        })
    );
    let mut without = schema("attendance")["$defs"]["classifier.address_use"].clone();
    let mut with = definition.clone();
    for one in [&mut without, &mut with] {
        one.as_object_mut().unwrap().shift_remove("x-classifier");
    }
    assert_eq!(with, without);
    assert!(validator(&made).is_valid(&attendance(json!({ "place_code": 2 }))));
}

#[test]
fn a_table_reads_like_this() {
    let schema = schema("attendance");
    insta::assert_snapshot!(format!("{:#}", schema["properties"]["attendance_code"]), @r##"
    {
      "title": "Статус",
      "$ref": "#/$defs/classifier.attendance_status",
      "x-physical-type": "varchar(8)",
      "x-origin": [
        "inference"
      ]
    }
    "##);
    insta::assert_snapshot!(format!("{:#}", schema["properties"]["place_code"]), @r##"
    {
      "title": "Место",
      "anyOf": [
        {
          "$ref": "#/$defs/classifier.address_use"
        },
        {
          "type": "null"
        }
      ],
      "x-physical-type": "int32",
      "x-origin": [
        "inference"
      ]
    }
    "##);
    insta::assert_snapshot!(format!("{:#}", schema["properties"]["late_minutes"]), @r#"
    {
      "title": "Опоздание, мин",
      "type": [
        "integer",
        "null"
      ],
      "minimum": -2147483648,
      "maximum": 2147483647,
      "x-physical-type": "int32",
      "x-origin": [
        "inference"
      ]
    }
    "#);
    insta::assert_snapshot!(format!("{:#}", schema["$defs"]["classifier.address_use"]), @r#"
    {
      "title": "Использование адреса",
      "type": "integer",
      "enum": [
        1,
        2,
        11
      ],
      "enumDescriptions": [
        "Домашний",
        "Рабочий",
        "Прочий"
      ],
      "x-enum-titles": {
        "1": "Домашний",
        "2": "Рабочий",
        "11": "Прочий"
      },
      "x-classifier": {
        "name": "address_use",
        "authority": "own",
        "open": false
      }
    }
    "#);
    insta::assert_snapshot!(format!("{:#}", schema["allOf"]), @r#"
    [
      {
        "x-check": "attendance.late_minutes",
        "title": "Опоздание, мин",
        "not": {
          "anyOf": [
            {
              "required": [
                "late_minutes"
              ],
              "properties": {
                "late_minutes": {
                  "type": "number",
                  "exclusiveMaximum": 1
                }
              }
            },
            {
              "required": [
                "late_minutes"
              ],
              "properties": {
                "late_minutes": {
                  "type": "number",
                  "exclusiveMinimum": 240
                }
              }
            }
          ]
        }
      },
      {
        "x-check": "attendance.late",
        "title": "Опоздание указано только у опоздавших",
        "not": {
          "allOf": [
            {
              "required": [
                "late_minutes"
              ],
              "properties": {
                "late_minutes": {
                  "not": {
                    "type": "null"
                  }
                }
              }
            },
            {
              "required": [
                "attendance_code"
              ],
              "properties": {
                "attendance_code": {
                  "type": "string",
                  "not": {
                    "enum": [
                      "late"
                    ]
                  }
                }
              }
            }
          ]
        }
      }
    ]
    "#);
    insta::assert_snapshot!(format!("{:#}", schema["x-checks"]), @r#"
    [
      {
        "kind": "check",
        "code": "attendance.late_minutes",
        "title": "Опоздание, мин",
        "severity": "error",
        "expression": "late_minutes >= 1 AND late_minutes <= 240",
        "expressed": true
      },
      {
        "kind": "check",
        "code": "attendance.late",
        "title": "Опоздание указано только у опоздавших",
        "severity": "error",
        "expression": "late_minutes IS NULL OR attendance_code IN ('late')",
        "expressed": true
      }
    ]
    "#);
    insta::assert_snapshot!(schema["required"].to_string(), @r#"["id","person_id","organisation_id","attendance_code","start_time","create_datetime"]"#);
    insta::assert_snapshot!(schema["x-references"].to_string(), @r#"[{"columns":["person_id"],"table":"person","target":["id"]},{"columns":["organisation_id"],"table":"organisations","target":["id"]}]"#);
}

#[test]
fn scalar_types_and_conditions_read_like_this() {
    let person = schema("person");
    insta::assert_snapshot!(format!("{:#}", person["properties"]["snils_hash"]), @r##"
    {
      "title": "СНИЛС, хэш",
      "anyOf": [
        {
          "$ref": "#/$defs/type.snils_hash"
        },
        {
          "type": "null"
        }
      ],
      "x-physical-type": "char(128)",
      "x-personal": "identifier",
      "x-origin": [
        "inference"
      ]
    }
    "##);
    insta::assert_snapshot!(format!("{:#}", person["allOf"]), @r#"
    [
      {
        "x-required-when": "snils_hash",
        "if": {
          "required": [
            "birth_date"
          ],
          "properties": {
            "birth_date": {
              "type": "string",
              "pattern": "^(?:[0-1]|200|2010-00|2010-01-00)"
            }
          }
        },
        "then": {
          "required": [
            "snils_hash"
          ],
          "properties": {
            "snils_hash": {
              "type": "string"
            }
          }
        }
      }
    ]
    "#);
    let organisations = schema("organisations");
    insta::assert_snapshot!(format!("{:#}", organisations["$defs"]["type.inn"]), @r#"
    {
      "title": "ИНН",
      "type": "string",
      "minLength": 1,
      "maxLength": 12,
      "pattern": "^[0-9]{10,12}$",
      "examples": [
        "7707083893"
      ],
      "x-check-digit": "inn"
    }
    "#);
    insta::assert_snapshot!(format!("{:#}", organisations["$defs"]["classifier.oktmo"]), @r##"
    {
      "title": "ОКТМО",
      "$ref": "#/$defs/type.oktmo",
      "x-classifier": {
        "name": "oktmo",
        "authority": "own",
        "open": true
      }
    }
    "##);
}

#[test]
fn rows_are_judged() {
    let validator = validator(&schema("attendance"));
    let good = [
        json!({}),
        json!({ "late_minutes": null, "attendance_code": "absent" }),
        json!({ "place_code": 11 }),
        json!({ "place_code": null }),
        json!({ "type": "любой текст 😀" }),
    ];
    for changes in good {
        let row = attendance(changes);
        assert!(validator.is_valid(&row), "{row}");
    }
    // Where each mistake is found: the keyword that speaks.
    let bad = [
        (json!({ "id": "esh-1" }), "pattern"),
        (json!({ "id": null }), "type"),
        (json!({ "unknown": 1 }), "additionalProperties"),
        (json!({ "attendance_code": "ill" }), "enum"),
        (json!({ "attendance_code": "absent" }), "not"),
        (json!({ "late_minutes": 241 }), "not"),
        (json!({ "late_minutes": 2_147_483_648_u32 }), "maximum"),
        (json!({ "late_minutes": "5" }), "type"),
        (json!({ "place_code": 3 }), "anyOf"),
        (json!({ "start_time": "24:00:00" }), "pattern"),
        (json!({ "start_time": "08:30:00.5" }), "pattern"),
        (
            json!({ "create_datetime": "2024-02-30 08:30:00" }),
            "pattern",
        ),
        (json!({ "type": "two\nlines" }), "pattern"),
        (json!({ "type": "two\u{2028}lines" }), "pattern"),
        (json!({ "type": "" }), "minLength"),
    ];
    for (changes, keyword) in bad {
        let row = attendance(changes);
        let found: BTreeSet<String> = validator
            .iter_errors(&row)
            .map(|error| {
                let path = error.schema_path().to_string();
                path.rsplit('/').next().unwrap_or_default().to_owned()
            })
            .collect();
        assert!(found.contains(keyword), "{row} {found:?}");
    }
    let mut row = attendance(json!({}));
    row.as_object_mut().unwrap().remove("organisation_id");
    assert!(!validator.is_valid(&row));
}

#[test]
fn an_empty_text_is_a_value_where_the_profile_tells_it_from_none() {
    let mut model = fixture::model();
    let empty = attendance(json!({ "type": "" }));
    let accepts =
        |model: &Model| validator(&table_schema(model, &model.tables[2])).is_valid(&empty);
    assert!(!accepts(&model));
    model.showcase.csv.null = crate::model::NullForm::Bare;
    assert!(accepts(&model));
}

#[test]
fn a_column_is_required_when_its_condition_is_true() {
    let validator = validator(&schema("person"));
    let hash = "0".repeat(128);
    let person = |birth: &str, hash: Value| json!({ "id": "ESH-1", "birth_date": birth, "snils_hash": hash });
    assert!(validator.is_valid(&person("2009-12-31", json!(hash))));
    assert!(!validator.is_valid(&person("2009-12-31", Value::Null)));
    assert!(!validator.is_valid(&json!({ "id": "ESH-1", "birth_date": "2009-12-31" })));
    assert!(validator.is_valid(&person("2010-01-01", Value::Null)));
    assert!(validator.is_valid(&json!({ "id": "ESH-1", "birth_date": "2010-01-01" })));
}

#[test]
fn a_package_is_judged_like_its_rows() {
    let bundle = validator(&schema("bundle"));
    assert!(bundle.is_valid(&json!({})));
    assert!(bundle.is_valid(&json!({ "attendance": [attendance(json!({}))], "person": [] })));
    let wrong = attendance(json!({ "late_minutes": 0 }));
    assert!(!bundle.is_valid(&json!({ "attendance": [wrong] })));
    assert!(!bundle.is_valid(&json!({ "lesson": [] })));
    let order = &schema("bundle")["x-load-order"];
    assert_eq!(*order, json!(["organisations", "person", "attendance"]));
}

#[test]
fn dates_are_those_of_the_calendar() {
    let keywords = Value::Object(form::plain(crate::model::BaseType::Date, false));
    let date = validator(&keywords);
    for year in [0, 1, 1600, 1900, 1999, 2000, 2023, 2024, 2100, 9999] {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        for month in 0..=13 {
            let days = match month {
                1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
                4 | 6 | 9 | 11 => 30,
                2 if leap => 29,
                2 => 28,
                _ => 0,
            };
            for day in 0..=32 {
                let text = format!("{year:04}-{month:02}-{day:02}");
                let exists = year > 0 && (1..=days).contains(&day);
                assert_eq!(date.is_valid(&json!(text)), exists, "{text}");
            }
        }
    }
    for text in ["2024-9-01", "2024-09-01 ", "02024-09-01", "2024-09-01\n"] {
        assert!(!date.is_valid(&json!(text)), "{text:?}");
    }
}

#[test]
fn a_table_cannot_take_the_name_of_the_bundle() {
    let mut model = fixture::model();
    model.tables[1].name = "Bundle".into();
    let mut report = Report::new();
    JsonSchema.check(&model, &mut report);
    let codes: Vec<_> = report.sorted().iter().map(|found| found.code).collect();
    assert_eq!(codes, [code::NAME_COLLISION]);
}
