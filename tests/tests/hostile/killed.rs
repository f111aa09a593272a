//! Killed at moments spread over the whole run: what stands under its own name is whole.

use std::fs;
use std::time::Instant;

use vitrina_tests::reference::{Tree, read};

use super::command::{Place, watch};

/// How often each command is killed.
const TIMES: u32 = 40;

/// Runs a command to its end once, then again and again, killed ever later; looks at what it left.
fn kill(place: &Place, args: &[&str], mut look: impl FnMut(u32)) {
    // The first run of a program is slower than the others.
    watch(place.command(&["--version"]).spawn().unwrap());
    let start = Instant::now();
    let whole = watch(place.command(args).spawn().unwrap());
    let took = start.elapsed();
    assert!(matches!(whole.code, Some(0 | 1)), "{}", whole.err);
    look(0);
    let mut killed = 0;
    for time in 1..=TIMES {
        let mut child = place.command(args).spawn().unwrap();
        std::thread::sleep(took * time / TIMES);
        // SIGKILL: nothing is tidied up.
        child.kill().unwrap();
        killed += u32::from(watch(child).code.is_none());
        look(time);
    }
    // Some end before they are killed: runs do not take the same time.
    assert!(killed > TIMES / 4, "killed {killed} times only");
}

#[test]
fn reports_are_whole_or_not_there() {
    let place = Place::new(1500);
    let args = [
        "validate",
        "region",
        "--at",
        "2025-02-14",
        "--json",
        "out/r.json",
        "--html",
        "out/r.html",
        "--csv",
        "out/r.csv",
        "--output",
        "out/r.txt",
    ];
    let mut whole = Tree::new();
    kill(&place, &args, |time| {
        let out = place.path("out");
        let found = read(&out).unwrap_or_default();
        let named = found.iter().filter(|(name, _)| !name.starts_with('.'));
        if time == 0 {
            whole = named
                .map(|(name, bytes)| (name.clone(), bytes.clone()))
                .collect();
            assert_eq!(whole.len(), 4);
        } else {
            for (name, bytes) in named {
                assert!(whole.get(name) == Some(bytes), "{name} is cut");
            }
        }
        let _ = fs::remove_dir_all(out);
    });
}

#[test]
fn a_mended_package_is_whole_or_not_there() {
    let place = Place::new(1500);
    let student = place.path("region/student.csv");
    let text = fs::read_to_string(&student).unwrap();
    fs::write(&student, text.replace('\n', "\r\n")).unwrap();
    let mut whole = Tree::new();
    kill(&place, &["fix", "region", "--out", "fixed"], |time| {
        let out = place.path("fixed");
        match read(&out) {
            Ok(found) if time == 0 => whole = found,
            Ok(found) => assert!(found == whole, "a part of a package"),
            Err(_) => assert!(time > 0),
        }
        let _ = fs::remove_dir_all(out);
    });
    assert_eq!(whole.len(), 4);
    // The next run removes what those before it left.
    assert_eq!(
        place.run(&["fix", "region", "--out", "fixed"]).code,
        Some(0)
    );
    let left: Vec<String> = place
        .names(".")
        .into_iter()
        .filter(|name| name.contains("fixed"))
        .collect();
    assert_eq!(left, ["fixed"]);
}

#[test]
fn a_written_package_has_its_manifest_last() {
    let place = Place::new(10);
    let mut whole = Tree::new();
    let mut unfinished = 0;
    kill(
        &place,
        &["sample", "--rows", "1500", "--out", "made"],
        |time| {
            let out = place.path("made");
            let found = read(&out).unwrap_or_default();
            if time == 0 {
                whole = found;
                assert_eq!(whole.len(), 4);
            } else {
                let named = found.iter().filter(|(name, _)| !name.starts_with('.'));
                let named: Tree = named
                    .map(|(name, bytes)| (name.clone(), bytes.clone()))
                    .collect();
                for (name, bytes) in &named {
                    assert!(whole.get(name) == Some(bytes), "{name} is cut");
                }
                assert!(!named.contains_key("manifest.json") || named == whole);
                if found.keys().any(|name| name.ends_with(".partial")) {
                    let run = place.validate("made", &[]);
                    assert_eq!(run.code, Some(1));
                    assert!(
                        run.codes().iter().any(|code| code == "V0118"),
                        "{:?}",
                        run.codes()
                    );
                    unfinished += 1;
                }
            }
            let _ = fs::remove_dir_all(out);
        },
    );
    assert!(unfinished > 0, "never killed while it wrote");
}
