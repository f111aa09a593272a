//! The crate `jsonschema` as a judge of rows.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError};
use serde_json::Value;
use vitrina_tests::reason::{Job, Judged, Refusal};

/// By job and instance: the errors, none for what is accepted. Formats are checked, as ajv does.
pub(crate) fn jsonschema(jobs: &[Job]) -> Result<Judged, String> {
    let judged = jobs.iter().map(|job| {
        let options = jsonschema::options();
        let validator = options
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .build(&job.schema)
            .map_err(|error| format!("{}: {error}", job.schema["$id"]))?;
        let judge = |instance: &Value| {
            let mut refusals = Vec::new();
            for error in validator.iter_errors(instance) {
                collect(&error, &mut refusals);
            }
            refusals
        };
        Ok(job.instances.iter().map(judge).collect())
    });
    judged.collect()
}

/// An error, or those of the branches that it sums up.
fn collect(error: &ValidationError<'_>, refusals: &mut Vec<Refusal>) {
    let property = match error.kind() {
        ValidationErrorKind::AnyOf { context } => {
            for inner in context.iter().flatten() {
                collect(inner, refusals);
            }
            None
        }
        ValidationErrorKind::Required { property } => property.as_str().map(str::to_owned),
        ValidationErrorKind::AdditionalProperties { unexpected } => unexpected.first().cloned(),
        _ => None,
    };
    refusals.push(Refusal {
        instance: error.instance_path().to_string(),
        schema: error.schema_path().to_string(),
        keyword: error.kind().keyword().to_owned(),
        property,
    });
}
