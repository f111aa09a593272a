//! Files that are too much: one line of gigabytes, a header of a gigabyte, a file that grows.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::command::Place;

const MEBIBYTE: usize = 1 << 20;
/// The most memory for any of these.
const MEMORY: u64 = 300 << 20;
const TIME: Duration = Duration::from_secs(100);

/// One huge file at a time: disks of tests are small.
static DISK: Mutex<()> = Mutex::new(());

/// Writes a start and then a piece so many times.
fn write(path: &Path, start: &[u8], piece: &[u8], times: usize) {
    let mut file = File::create(path).unwrap();
    file.write_all(start).unwrap();
    for _ in 0..times {
        file.write_all(piece).unwrap();
    }
}

/// A package without a manifest, and the header of its students with a line feed.
fn package() -> (Place, Vec<u8>) {
    let place = Place::new(10);
    fs::remove_file(place.path("region/manifest.json")).unwrap();
    let text = fs::read_to_string(place.path("region/student.csv")).unwrap();
    let header = text.split('\n').next().unwrap();
    (place, format!("{header}\n").into_bytes())
}

#[test]
fn a_line_of_two_gigabytes_is_not_held() {
    let _alone = DISK.lock();
    let (place, header) = package();
    let start = [&header[..], b"\""].concat();
    let piece = vec![b' '; MEBIBYTE];
    write(&place.path("region/student.csv"), &start, &piece, 2048);
    let run = place.validate("region", &[]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(
        run.codes().contains(&"V0215".to_owned()),
        "{:?}",
        run.codes()
    );
    run.assert_bounded(MEMORY, TIME);
}

#[test]
fn a_header_of_half_a_billion_columns_is_not_held() {
    let _alone = DISK.lock();
    let (place, _) = package();
    let piece = b"a;".repeat(MEBIBYTE / 2);
    write(&place.path("region/student.csv"), b"id;", &piece, 1024);
    let run = place.validate("region", &[]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(
        run.codes().contains(&"V0213".to_owned()),
        "{:?}",
        run.codes()
    );
    run.assert_bounded(MEMORY, TIME);
}

#[test]
fn rows_of_a_million_fields_are_told_and_not_held() {
    let _alone = DISK.lock();
    let (place, header) = package();
    let piece = [b"\"a\";".repeat(1 << 20), b"\"\"\n".to_vec()].concat();
    write(&place.path("region/student.csv"), &header, &piece, 20);
    let run = place.validate("region", &[]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(
        run.codes().contains(&"V0301".to_owned()),
        "{:?}",
        run.codes()
    );
    run.assert_bounded(MEMORY, TIME);
}

#[test]
fn a_file_that_grows_while_it_is_read_is_said() {
    let place = Place::new(2000);
    let path = place.path("region/student.csv");
    let text = fs::read_to_string(&path).unwrap();
    let row = format!("\n{}", text.rsplit('\n').next().unwrap());
    let is_over = AtomicBool::new(false);
    let run = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = OpenOptions::new().append(true).open(&path).unwrap();
            // Enough for the longest run, and not for a disk.
            for _ in 0..60_000 {
                if is_over.load(Ordering::Relaxed) {
                    break;
                }
                file.write_all(row.as_bytes()).unwrap();
                std::thread::sleep(Duration::from_micros(200));
            }
        });
        let run = place.validate("region", &[]);
        is_over.store(true, Ordering::Relaxed);
        run
    });
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(
        run.codes().contains(&"V0116".to_owned()),
        "{:?}",
        run.codes()
    );
    run.assert_bounded(MEMORY, TIME);
}
