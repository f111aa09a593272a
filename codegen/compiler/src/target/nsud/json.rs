//! The descriptor as JSON. Every key is always there, null where there is nothing to say, so that
//! readers and templates need not ask twice.

use serde_json::{Value, json};

use super::descriptor::{
    AttributeFacts, ClassifierFacts, ClauseFacts, Descriptor, STATEMENT_EN, STATEMENT_RU,
    TableFacts, VERSION,
};

/// The descriptor as a JSON value; `generated` is the line that says where the file comes from.
pub(super) fn json(descriptor: &Descriptor, generated: &str) -> Value {
    let showcase = &descriptor.showcase;
    json!({
        "$schema": "./descriptor.schema.json",
        "generated": generated,
        "descriptor_version": VERSION,
        "official": false,
        "statement": { "ru": STATEMENT_RU, "en": STATEMENT_EN },
        "showcase": {
            "mnemonic": showcase.mnemonic,
            "title": showcase.title,
            "note": showcase.note,
            "kinds_note": showcase.kinds_note,
            "version": showcase.version,
            "guid": showcase.guid.value.to_string(),
            "guid_source": showcase.guid.source(),
        },
        "tables": descriptor.tables.iter().map(table).collect::<Vec<_>>(),
        "classifiers": descriptor.classifiers.iter().map(classifier).collect::<Vec<_>>(),
    })
}

fn table(table: &TableFacts) -> Value {
    json!({
        "tech_name": table.tech_name,
        "name": table.name,
        "note": table.note,
        "group": table.group,
        "guid": table.guid.value.to_string(),
        "guid_source": table.guid.source(),
        "ordinal": table.ordinal,
        "kinds": table.kinds,
        "clauses": clauses(&table.clauses),
        "attributes": table.attributes.iter().map(attribute).collect::<Vec<_>>(),
        "unique_keys": table.unique_keys,
    })
}

fn attribute(attribute: &AttributeFacts) -> Value {
    let references = attribute.references.iter().map(|reference| {
        json!({
            "key": reference.key,
            "table": reference.table,
            "attribute": reference.attribute,
            "attribute_guid": reference.attribute_guid.value.to_string(),
            "source_multiplicity": reference.source_multiplicity,
            "target_multiplicity": reference.target_multiplicity,
        })
    });
    json!({
        "tech_name": attribute.tech_name,
        "name": attribute.name,
        "note": attribute.note,
        "guid": attribute.guid.value.to_string(),
        "guid_source": attribute.guid.source(),
        "ordinal": attribute.ordinal,
        "type": attribute.prostore_type,
        "length": attribute.length,
        "precision": attribute.precision,
        "nullable": attribute.nullable,
        "primary_key_order": attribute.primary_key_order,
        "distribution_order": attribute.distribution_order,
        "unique": attribute.unique,
        "index": attribute.index,
        "references": references.collect::<Vec<_>>(),
        "classifier": attribute.classifier,
        "personal": attribute.personal,
        "clauses": clauses(&attribute.clauses),
    })
}

fn clauses(clauses: &[ClauseFacts]) -> Value {
    clauses
        .iter()
        .map(|clause| json!({ "regulation": clause.regulation, "clause": clause.clause }))
        .collect()
}

fn classifier(list: &ClassifierFacts) -> Value {
    let esnsi = list.esnsi.as_ref().map(|binding| {
        json!({
            "code": binding.code,
            "uid": binding.uid,
            "revision": binding.revision,
            "key_attribute": binding.key_attribute,
        })
    });
    let values = list.values.iter().map(|value| {
        json!({
            "code": value.code,
            "title": value.title,
            "parent": value.parent,
            "start_date": value.validity.start_date,
            "end_date": value.validity.end_date,
        })
    });
    json!({
        "name": list.name,
        "title": list.title,
        "authority": list.authority,
        "source": list.source,
        "start_date": list.validity.start_date,
        "end_date": list.validity.end_date,
        "esnsi": esnsi,
        "type": list.prostore_type,
        "open": list.open,
        "values": values.collect::<Vec<_>>(),
    })
}
