//! Ten thousand seeded mutations of valid packages: whatever breaks the model is found with its code and
//! place, and nothing else is.

use vitrina_tests::mutation::{Base, Outcome, run};

/// Seed of the first package.
const SEED: u64 = 20_240_101;

fn check(outcome: &Outcome, least: u64) {
    assert!(
        outcome.wrong.is_empty(),
        "{} packages:\n{}",
        outcome.wrong.len(),
        outcome.wrong[..outcome.wrong.len().min(3)].join("\n\n")
    );
    assert!(outcome.mutations >= least, "{}", outcome.mutations);
    assert!(
        outcome.claimed * 2 > outcome.mutations,
        "{}",
        outcome.claimed
    );
    assert!(outcome.valid * 40 > outcome.mutations, "{}", outcome.valid);
}

#[test]
fn mutations_of_the_big_model_are_found() {
    let base = Base::of_scenario(3, 1).unwrap();
    check(&run(&base, 6000, 60, SEED, 2).unwrap(), 6000);
}

#[test]
fn mutations_of_small_models_are_found() {
    let base = Base::sampled("tests/models/quality", 25, 1).unwrap();
    check(&run(&base, 4000, 4, SEED, 2).unwrap(), 4000);
}
