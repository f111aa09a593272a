//! A disk that is full: exit code 3, and nothing that looks like a result.

use std::fs;
use std::os::unix::fs::FileTypeExt as _;

use super::command::{Place, watch};

#[test]
fn full_outputs_are_said_and_devices_stay_devices() {
    let place = Place::new(200);
    let full = || {
        fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap()
    };
    let args = ["validate", "region", "--at", "2025-02-14", "--no-rules"];
    let mut child = place.command(&args);
    let run = watch(child.stdout(full()).spawn().unwrap());
    assert_eq!(run.code, Some(3), "{}", run.err);
    for option in ["--output", "--json", "--html", "--sarif", "--csv"] {
        let run = place.run(&[&args[..], &[option, "/dev/full"]].concat());
        assert_eq!(run.code, Some(3), "{option}: {}", run.err);
        assert!(run.err.contains("/dev/full"), "{}", run.err);
        let device = fs::metadata("/dev/full").unwrap().file_type();
        assert!(device.is_char_device(), "{option} took the device's place");
    }
}

#[test]
fn a_report_that_does_not_fit_is_not_there() {
    let place = Place::new(200);
    let args = [
        "validate",
        "region",
        "--at",
        "2025-02-14",
        "--no-rules",
        "--json",
        "r.json",
    ];
    let run = watch(place.limited(2, &args).spawn().unwrap());
    assert_eq!(run.code, Some(3), "{}", run.err);
    assert_eq!(place.names("."), ["model", "region"]);
}

#[test]
fn packages_that_do_not_fit_are_not_there() {
    let place = Place::new(400);
    for args in [
        &["fix", "region", "--out", "made"][..],
        &["sample", "--rows", "400", "--out", "made"],
        &["delta", "region", "region", "--out", "made"],
    ] {
        let blocks = if args[0] == "delta" { 0 } else { 20 };
        let run = watch(place.limited(blocks, args).spawn().unwrap());
        assert_eq!(run.code, Some(3), "{args:?}: {}", run.err);
        assert_eq!(place.names("."), ["model", "region"], "{args:?}");
    }
}

#[test]
fn no_room_for_what_outgrows_the_memory_is_said_and_nothing_stays() {
    let place = Place::new(3000);
    fs::create_dir(place.path("spilled")).unwrap();
    let args = [
        "validate",
        "region",
        "--at",
        "2025-02-14",
        "--memory",
        "1KiB",
        "--temporary",
        "spilled",
        "--output",
        "r.txt",
    ];
    let run = watch(place.limited(4, &args).spawn().unwrap());
    assert_eq!(run.code, Some(3), "{}\n{}", run.out, run.err);
    assert_eq!(place.names("spilled"), [""; 0]);
    assert!(!place.path("r.txt").exists());
    // With room, so little memory is enough.
    let run = place.run(&args);
    assert!(matches!(run.code, Some(0 | 1)), "{}", run.err);
    assert_eq!(place.names("spilled"), [""; 0]);
}
