//! The command as a process that is watched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// How long a run may take: far more than any does, far less than one that hangs.
const PATIENCE: Duration = Duration::from_secs(120);

/// The command, built if it was not.
fn program() -> &'static Path {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--offline", "-p", "vitrina-cli"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()
            .unwrap();
        assert!(built.success());
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        target.join("debug/vitrina")
    });
    &PROGRAM
}

/// A folder with the small model that `vitrina init` writes and a package of it, `region`.
pub(super) struct Place(TempDir);

/// What a run came to.
pub(super) struct Run {
    pub(super) code: Option<i32>,
    pub(super) out: String,
    pub(super) err: String,
    pub(super) took: Duration,
    /// The most memory that was in use, in bytes.
    pub(super) memory: u64,
}

impl Place {
    pub(super) fn new(rows: u32) -> Place {
        let place = Place(tempfile::tempdir().unwrap());
        assert_eq!(place.run(&["init", "model"]).code, Some(0));
        let rows = rows.to_string();
        let made = place.run(&["sample", "--rows", &rows, "--out", "region"]);
        assert_eq!(made.code, Some(0), "{}", made.err);
        place
    }

    pub(super) fn path(&self, inside: &str) -> PathBuf {
        self.0.path().join(inside)
    }

    pub(super) fn command(&self, args: &[&str]) -> Command {
        self.prepared(Command::new(program()), args)
    }

    /// The command where no file may grow beyond so many blocks of 512 bytes: a full disk for whoever writes more.
    pub(super) fn limited(&self, blocks: u32, args: &[&str]) -> Command {
        let mut shell = Command::new("sh");
        // Without the signal the system says that the file is too large.
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        shell.args(["-c", &script, "sh"]).arg(program());
        self.prepared(shell, args)
    }

    fn prepared(&self, mut command: Command, args: &[&str]) -> Command {
        command
            .args(args)
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(super) fn run(&self, args: &[&str]) -> Run {
        watch(self.command(args).spawn().unwrap())
    }

    /// `validate PACKAGE --format json`, judged at the moment of the sample.
    pub(super) fn validate(&self, package: &str, args: &[&str]) -> Run {
        let fixed = [
            "validate",
            package,
            "--at",
            "2025-02-14",
            "--no-rules",
            "--format",
            "json",
        ];
        self.run(&[&fixed, args].concat())
    }

    /// Names in a folder, sorted; none where there is no folder.
    pub(super) fn names(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else {
            return Vec::new();
        };
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

impl Run {
    /// The codes of the findings, each once for a group.
    pub(super) fn codes(&self) -> Vec<String> {
        let report: Value = serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err));
        let findings = report["findings"].as_array().unwrap();
        findings
            .iter()
            .map(|one| one["code"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Fails if the run needed more than so much memory (bytes) or time.
    pub(super) fn assert_bounded(&self, memory: u64, took: Duration) {
        assert!(self.memory < memory, "{} bytes", self.memory);
        assert!(self.took < took, "{:?}", self.took);
    }
}

/// Waits for the end, and looks at the memory all the while.
pub(super) fn watch(mut child: Child) -> Run {
    let start = Instant::now();
    let status = format!("/proc/{}/status", child.id());
    let mut memory = 0;
    // Pipes are read by a thread each, so that nobody waits for them.
    let mut pipes = (child.stdout.take(), child.stderr.take());
    let read = |pipe: Option<Box<dyn std::io::Read + Send>>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
            bytes
        })
    };
    let out = read(pipes.0.take().map(|pipe| Box::new(pipe) as _));
    let err = read(pipes.1.take().map(|pipe| Box::new(pipe) as _));
    let ended = loop {
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        memory = peak(&status).unwrap_or(memory);
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("a run without end");
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let took = start.elapsed();
    let output = Output {
        status: ended,
        stdout: out.join().unwrap(),
        stderr: err.join().unwrap(),
    };
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        took,
        memory,
    }
}

/// The most memory that a process had, as the system tells.
fn peak(status: &str) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
