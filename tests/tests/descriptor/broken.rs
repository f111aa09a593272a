//! Copies of the descriptors, each broken in one way that its schema must refuse.

use serde_json::{Value, json};

type Change = fn(&mut Value);

/// Broken copies of `descriptor.json`, with what was done.
pub(crate) fn json(good: &Value) -> Vec<(&'static str, Value)> {
    let changes: [(&str, Change); 20] = [
        ("no statement", |d| remove(d, "statement")),
        ("no tables", |d| remove(d, "tables")),
        ("official", |d| d["official"] = json!(true)),
        ("another version", |d| {
            d["descriptor_version"] = json!("2.0")
        }),
        ("a key that no one knows", |d| d["owner"] = json!("x")),
        ("a version that is none", |d| {
            d["showcase"]["version"] = json!("1")
        }),
        ("a GUID that is none", |d| {
            d["tables"][0]["guid"] = json!("0c052d9b")
        }),
        ("a source that is none", |d| {
            d["tables"][0]["guid_source"] = json!("guessed")
        }),
        ("a name as a number", |d| {
            d["tables"][0]["tech_name"] = json!(1)
        }),
        ("no name", |d| remove(&mut d["tables"][0], "name")),
        ("an ordinal of zero", |d| {
            d["tables"][0]["ordinal"] = json!(0)
        }),
        ("no attributes", |d| {
            d["tables"][0]["attributes"] = json!([])
        }),
        ("a type that Prostore lacks", |d| {
            attribute(d)["type"] = json!("NUMERIC")
        }),
        ("a length as text", |d| {
            attribute(d)["length"] = json!("100")
        }),
        ("a truth value as text", |d| {
            attribute(d)["nullable"] = json!("false")
        }),
        ("no key for what lacks", |d| {
            remove(attribute(d), "classifier")
        }),
        ("a day that is none", |d| {
            d["classifiers"][0]["start_date"] = json!("2024-02-30")
        }),
        ("no key for a period that is unknown", |d| {
            remove(&mut d["classifiers"][0]["values"][0], "end_date")
        }),
        ("a binding to revision zero", |d| {
            d["classifiers"][0]["esnsi"] = json!({
                "code": "A", "uid": "abc", "revision": 0, "key_attribute": null,
            })
        }),
        ("a classifier without codes' titles", |d| {
            remove(&mut d["classifiers"][0]["values"][0], "title")
        }),
    ];
    changes
        .into_iter()
        .map(|(title, change)| {
            let mut copy = good.clone();
            change(&mut copy);
            assert_ne!(&copy, good, "{title}");
            (title, copy)
        })
        .collect()
}

fn remove(value: &mut Value, key: &str) {
    value.as_object_mut().unwrap().shift_remove(key);
}

fn attribute(descriptor: &mut Value) -> &mut Value {
    &mut descriptor["tables"][0]["attributes"][0]
}

/// Broken copies of `descriptor.xml`, with what was done: the first place of a text is replaced.
#[cfg(feature = "external")]
pub(crate) fn xml(good: &str) -> Vec<(&'static str, String)> {
    let changes = [
        ("not closed", "</showcase>", ""),
        (
            "another namespace",
            "urn:vitrina:nsud-descriptor:1",
            "urn:vitrina:nsud-descriptor:2",
        ),
        ("official", "official=\"false\"", "official=\"true\""),
        ("no mnemonic", " mnemonic=\"edu_region\"", ""),
        ("another language", "language=\"ru\"", "language=\"de\""),
        ("one statement twice", "language=\"ru\"", "language=\"en\""),
        ("a GUID that is none", "guid=\"0", "guid=\"x"),
        (
            "a source that is none",
            "guid_source=\"derived\"",
            "guid_source=\"guessed\"",
        ),
        (
            "two tables of one name",
            "<table tech_name=\"address\"",
            "<table tech_name=\"organisations\"",
        ),
        ("two tables at one place", "ordinal=\"2\"", "ordinal=\"1\""),
        (
            "a type that Prostore lacks",
            "type=\"VARCHAR\"",
            "type=\"NUMERIC\"",
        ),
        (
            "a truth value that is none",
            "nullable=\"false\"",
            "nullable=\"maybe\"",
        ),
        (
            "an attribute that no one knows",
            "nullable=\"false\"",
            "nullable=\"false\" secret=\"true\"",
        ),
        (
            "an element that no one knows",
            "<kind number=\"1\"/>",
            "<sort number=\"1\"/>",
        ),
        (
            "a kind that is no number",
            "<kind number=\"1\"/>",
            "<kind number=\"one\"/>",
        ),
        (
            "a reference to no table",
            "table=\"organisations\"",
            "table=\"nothing\"",
        ),
        (
            "a reference to another attribute",
            "attribute=\"id\"",
            "attribute=\"idx\"",
        ),
        (
            "a day that is none",
            "open=\"false\"",
            "start_date=\"2024-02-30\" open=\"false\"",
        ),
        (
            "a classifier that is not there",
            "classifier=\"okopf\"",
            "classifier=\"nothing\"",
        ),
        (
            "a multiplicity that is none",
            "source_multiplicity=\"",
            "source_multiplicity=\"x",
        ),
        ("no code", "<value code=\"", "<value kode=\""),
    ];
    changes
        .into_iter()
        .map(|(title, from, to)| {
            assert!(good.contains(from), "{title}: `{from}` does not occur");
            (title, good.replacen(from, to, 1))
        })
        .collect()
}
