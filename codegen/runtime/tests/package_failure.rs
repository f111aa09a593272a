//! Packages where something goes wrong: disks that fill, processes that are killed, files in the way.

#[path = "shared/mark.rs"]
mod shared;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use shared::{Mark, mark};
use vitrina::package::{ErrorKind, PackageOptions, PackageWriter};
use vitrina::{Lang, Record};

/// What a folder holds.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| {
            let entry = entry.unwrap();
            let bytes = fs::read(entry.path()).unwrap_or_default();
            (entry.file_name().into_string().unwrap(), bytes)
        })
        .collect()
}

fn names(folder: &Path) -> Vec<String> {
    tree(folder).into_keys().collect()
}

fn overwrite() -> PackageOptions {
    PackageOptions::new().overwrite(true)
}

fn package(folder: &Path, rows: usize, options: PackageOptions) {
    let package = options.create(folder).unwrap();
    package.write(&vec![mark(); rows]).unwrap();
    package.finish().unwrap();
}

#[test]
fn all_files_of_an_earlier_package_s_table_are_replaced() {
    let folder = tempfile::tempdir().unwrap();
    package(folder.path(), 9, overwrite().split(400));
    assert!(names(folder.path()).len() > 4, "parts and manifest");
    fs::write(folder.path().join("rdm_mark.csv"), "id").unwrap();
    fs::write(folder.path().join("lesson.csv"), "id").unwrap();
    fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    let before = tree(folder.path());

    // Any of its files stands in the way without leave, not only one of the same name.
    fs::remove_file(folder.path().join("manifest.json")).unwrap();
    let refused = PackageWriter::create(folder.path()).unwrap();
    let error = refused.write(&[mark()]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Exists { .. }), "{error}");
    drop(refused);
    assert_eq!(names(folder.path()).len(), before.len() - 1);

    let package = overwrite().create(folder.path()).unwrap();
    package.write(&[mark()]).unwrap();
    let summary = package.finish().unwrap();
    let left = ["lesson.csv", "manifest.json", "mark.csv", "notes.txt"];
    assert_eq!(names(folder.path()), left);
    assert_eq!(summary.others, [folder.path().join("lesson.csv")]);
}

#[test]
fn a_finish_that_fails_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    package(folder.path(), 9, overwrite().split(400));
    let before = tree(folder.path());
    let package = overwrite().create(folder.path()).unwrap();
    package.write(&[mark()]).unwrap();
    // Somebody takes the file away: the rename will fail after the earlier files were put aside.
    let partial = names(folder.path());
    let partial = partial.iter().find(|name| name.starts_with(".mark.csv."));
    fs::remove_file(folder.path().join(partial.unwrap())).unwrap();
    let error = package.finish().unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Io { .. }), "{error}");
    assert!(tree(folder.path()) == before);

    // The same in a folder of its own: not even that is left.
    let made = folder.path().join("made");
    let package = PackageWriter::create(&made).unwrap();
    package.write(&[mark()]).unwrap();
    for name in names(&made) {
        if name.contains("manifest") {
            fs::remove_file(made.join(name)).unwrap();
        }
    }
    assert!(package.finish().is_err(), "the manifest comes last");
    assert!(!made.exists());
}

#[test]
fn a_folder_in_a_file_s_place_is_found_before_any_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("mark.csv")).unwrap();
    let package = overwrite().create(folder.path()).unwrap();
    let error = package.write(&[mark()]).unwrap_err();
    assert!(error.message(Lang::En).contains("mark.csv"), "{error}");
    drop(package);
    assert_eq!(names(folder.path()), ["mark.csv"]);
}

#[test]
fn a_table_that_was_lost_is_no_whole_one() {
    let folder = tempfile::tempdir().unwrap();
    let package = PackageWriter::create(folder.path()).unwrap();
    let mut table = package.table::<Mark>().unwrap();
    table.write(&mark()).unwrap();
    std::mem::forget(table);
    let error = package.finish().unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Unfinished { .. }),
        "{error}"
    );
    assert!(!folder.path().join("mark.csv").exists());
    assert!(!folder.path().join("manifest.json").exists());
}

#[test]
fn two_writers_do_not_meet_in_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let first = PackageWriter::create(folder.path()).unwrap();
    first.write(&[mark()]).unwrap();
    for options in [PackageOptions::new(), overwrite()] {
        let error = options.create(folder.path()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Busy { .. }), "{error}");
    }
    first.finish().unwrap();
    assert_eq!(names(folder.path()), ["manifest.json", "mark.csv"]);
}

#[test]
fn what_dead_writers_left_goes_with_the_next_that_may_replace() {
    let folder = tempfile::tempdir().unwrap();
    let own = std::process::id();
    let left = [
        ".mark.csv.1.partial".to_owned(),
        ".mark.0002.csv.1.partial".to_owned(),
        ".manifest.json.1.partial".to_owned(),
        // Of a process that had our number, as in containers where each is the first.
        format!(".lesson.csv.{own}.partial"),
        format!(".manifest.json.{own}.partial"),
    ];
    let not_ours = [".mark.csv.x.partial", ".notes.txt.1.partial", "a.partial"];
    for name in left.iter().map(String::as_str).chain(not_ours) {
        fs::write(folder.path().join(name), "half").unwrap();
    }
    package(folder.path(), 1, overwrite());
    let mut expected = not_ours.map(str::to_owned).to_vec();
    expected.extend(["manifest.json".into(), "mark.csv".into()]);
    expected.sort();
    assert_eq!(names(folder.path()), expected);
}

#[cfg(unix)]
mod processes {
    use std::process::{Child, Command, Stdio};
    use std::time::{Duration, Instant};

    use super::*;

    /// Where the writer below finds its folder.
    const FOLDER: &str = "VITRINA_TEST_FOLDER";
    /// What it is to do when its rows are written.
    const THEN: &str = "VITRINA_TEST_THEN";

    /// The other process: does nothing unless a test below runs it.
    #[test]
    fn writer() {
        let Some(folder) = std::env::var_os(FOLDER) else {
            return;
        };
        let package = overwrite().create(&folder).unwrap();
        let mut table = package.table::<Mark>().unwrap();
        for _ in 0..3000 {
            if let Err(error) = table.write(&mark()) {
                assert!(matches!(error.kind(), ErrorKind::Io { .. }), "{error:?}");
                assert!(error.to_string().contains(".mark.csv."), "{error}");
                assert!(table.write(&mark()).is_err(), "nothing follows");
                assert!(table.close().is_err());
                assert!(package.finish().unwrap().tables.is_empty());
                return;
            }
        }
        if std::env::var_os(THEN).is_some() {
            std::thread::sleep(Duration::from_secs(60));
        }
        panic!("neither full nor killed");
    }

    fn command(program: impl AsRef<std::ffi::OsStr>, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.env(FOLDER, folder).stdout(Stdio::null());
        command
    }

    fn itself() -> std::path::PathBuf {
        std::env::current_exe().unwrap()
    }

    const ONLY: [&str; 2] = ["--exact", "processes::writer"];

    /// A process where no file may grow beyond some 50 KB.
    #[test]
    fn a_disk_that_fills_leaves_nothing() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("package");
        let small = |folder: &Path| {
            let status = command("sh", folder)
                .args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$0\" \"$@\""])
                .arg(itself())
                .args(ONLY)
                .status();
            assert!(status.unwrap().success());
        };
        fs::create_dir(&folder).unwrap();
        small(&folder);
        assert!(names(&folder).is_empty());

        package(&folder, 1, overwrite());
        let before = tree(&folder);
        small(&folder);
        assert!(tree(&folder) == before, "the earlier package stays");
    }

    fn begun(folder: &Path) -> Child {
        let mut child = command(itself(), folder)
            .args(ONLY)
            .env(THEN, "wait")
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let start = Instant::now();
        let partial = folder.join(format!(".mark.csv.{}.partial", child.id()));
        while fs::metadata(&partial).map_or(0, |file| file.len()) < 100_000 {
            assert!(child.try_wait().unwrap().is_none(), "it ended");
            assert!(start.elapsed() < Duration::from_secs(30), "it hangs");
            std::thread::sleep(Duration::from_millis(5));
        }
        child
    }

    #[test]
    fn a_killed_writer_leaves_hidden_files_that_the_next_one_removes() {
        let folder = tempfile::tempdir().unwrap();
        package(folder.path(), 1, overwrite());
        let before = tree(folder.path());
        let mut child = begun(folder.path());

        // While it lives, its files are its own.
        let error = overwrite().create(folder.path()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Busy { .. }), "{error}");
        assert!(error.message(Lang::Ru).contains("уже пишется пакет"));
        child.kill().unwrap();
        child.wait().unwrap();

        let mut after = tree(folder.path());
        after.retain(|name, _| !name.starts_with('.'));
        assert!(after == before, "what is seen is the earlier package");
        assert_eq!(names(folder.path()).len(), before.len() + 2);

        package(folder.path(), 2, overwrite());
        assert_eq!(names(folder.path()), ["manifest.json", "mark.csv"]);
    }

    #[test]
    fn a_killed_writer_s_own_folder_holds_no_package() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("new");
        fs::create_dir(&folder).unwrap();
        let mut child = begun(&folder);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(names(&folder).iter().all(|name| name.starts_with('.')));
        // Without leave the next run takes no file away, and is not in anybody's way either.
        package(&folder, 1, PackageOptions::new());
        let seen = names(&folder);
        let seen: Vec<_> = seen.iter().filter(|name| !name.starts_with('.')).collect();
        assert_eq!(seen, ["manifest.json", "mark.csv"]);
        assert_eq!(names(&folder).len(), 4);
    }

    /// A device that is always full, in the place of a file.
    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_device_breaks_the_writer_of_a_file() {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let error = Mark::write_csv(&[mark()], full).unwrap_err();
        let vitrina::csv::ErrorKind::Io(error) = error.kind() else {
            panic!("{error}");
        };
        assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
    }
}
