//! Faults that show only when rows are compared: conditions, keys, references, rules.

use vitrina_package::code::{KIND, ORPHAN, PRIMARY_KEY, ROW_CHECK, RULE, UNIQUE_KEY};

use super::super::base::Base;
use super::{Case, few};

pub(super) fn cases(base: &Base) -> Result<Vec<Case>, String> {
    let few = few(base)?;
    let judged = |case: Case| Case {
        rules: true,
        ..case
    };
    let backwards = few.clone().field("student", 2, "start_date", "2024-09-01");
    let again = few.clone().text("organisations", |text| {
        let last = text.rsplit('\n').next().unwrap_or_default();
        format!("{text}\n{last}")
    });
    let prefix = few.clone().field("source_system", 3, "id_prefix", "DEMO");
    let orphan = few.clone().field("student", 2, "person_id", "DEMO-999999");
    // The pupil's sex is demanded by a rule, not by the table of persons.
    let no_sex = few.clone().field("person", 2, "sex_code", "");
    Ok(vec![
        Case::fault(ROW_CHECK, backwards),
        Case::fault(PRIMARY_KEY, again),
        Case::fault(UNIQUE_KEY, prefix),
        Case::fault(ORPHAN, orphan),
        judged(Case::fault(RULE, no_sex)),
        // What the law asks for and four tables do not hold.
        judged(Case::fault(KIND, few)),
    ])
}
