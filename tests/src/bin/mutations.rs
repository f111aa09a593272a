//! Mutations from the command line: `mutations COUNT SEED [big|small] [PER-PACKAGE]` prints what was
//! expected by code, and every disagreement.

use std::process::ExitCode;

use vitrina_tests::mutation::{Base, run};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match work(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn work(arguments: &[String]) -> Result<bool, String> {
    let number = |at: usize, usual: u64| match arguments.get(at) {
        None => Ok(usual),
        Some(text) => text
            .parse::<u64>()
            .map_err(|error| format!("{text}: {error}")),
    };
    let (count, seed) = (number(0, 1000)?, number(1, 1)?);
    let is_big = arguments.get(2).is_none_or(|which| which == "big");
    let (base, usual) = match is_big {
        true => (Base::of_scenario(3, 1)?, 60),
        false => (Base::sampled("tests/models/quality", 25, 1)?, 4),
    };
    let most = usize::try_from(number(3, usual)?).unwrap_or(1);
    let outcome = run(&base, count, most, seed, 2)?;
    for (kind, count) in &outcome.kinds {
        println!("{kind} {count}");
    }
    for (code, count) in &outcome.codes {
        println!("{code} {count}");
    }
    println!(
        "{} mutations, {} with claims, {} valid, {} packages wrong",
        outcome.mutations,
        outcome.claimed,
        outcome.valid,
        outcome.wrong.len()
    );
    for wrong in &outcome.wrong {
        println!("\n{wrong}");
    }
    Ok(outcome.wrong.is_empty())
}
