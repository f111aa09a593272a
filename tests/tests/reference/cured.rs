//! What `vitrina fix` makes of the packages whose faults it cures.

use vitrina_package::fix::fix;
use vitrina_package::report::{Limits, of_outcome};
use vitrina_package::validate;
use vitrina_tests::reference::{all, options};

use super::made::made;

#[test]
fn fixable_packages_are_in_order_afterwards() {
    let made = made();
    let out = tempfile::tempdir().unwrap();
    let mut options = options(&made.base);
    options.strictness.rules = false;
    let mut wrong = Vec::new();
    for case in all(&made.base).unwrap() {
        let from = made.place.path().join(&case.name).join(case.package());
        let to = out.path().join(&case.name);
        let model = &made.base.model;
        let mended = fix(model, &from, &to, &options).unwrap_or_else(|error| panic!("{error:?}"));
        let outcome = validate(model, &to, &options, &()).unwrap();
        let limits = Limits {
            findings: 5000,
            shows_values: false,
        };
        let report = of_outcome(model, &outcome, &options, limits);
        let codes: Vec<&str> = report
            .findings
            .iter()
            .map(|one| one.code.as_str())
            .collect();
        let is_clean = codes.is_empty() && !mended.has_lefts();
        // What only the old manifest, the package before, or rules show need not show again.
        let may_hide = is_of_manifest(&case.name) || case.rules || case.code.is_none();
        if case.is_fixable != is_clean && (case.is_fixable || !may_hide) {
            let text = mended.to_text(vitrina_codegen::Lang::En);
            wrong.push(format!("{}: {codes:?}\n{text}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What only the manifest or a package before shows.
fn is_of_manifest(name: &str) -> bool {
    let codes = [
        "V0101", "V0102", "V0109", "V0110", "V0111", "V0112", "V0113", "V0114",
    ];
    codes.iter().any(|code| name.starts_with(code))
}
