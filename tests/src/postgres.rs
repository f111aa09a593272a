//! A throw-away PostgreSQL server for tests: made in a temporary folder, reached through a socket
//! in it, gone when the last test lets go of it.
//!
//! It listens on no network port, so any number of them run side by side. PostgreSQL refuses to run
//! as root; a test run by root starts it as the user `postgres`, or `nobody`.

use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use postgres::{Client, Config, NoTls};
use tempfile::TempDir;

/// The oldest version that the generated DDL is for.
const OLDEST: u32 = 15;
/// How long a server may take to answer for the first time.
const PATIENCE: Duration = Duration::from_secs(60);
/// The only user of a server.
const USER: &str = "vitrina";

/// A running server.
#[derive(Debug)]
pub struct Server {
    binaries: PathBuf,
    owner: Option<(u32, u32)>,
    process: Child,
    // Dropped last: the process must be gone before its folder goes.
    folder: TempDir,
}

impl Server {
    /// The server that all tests of a process share; the first to ask starts it.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub fn shared() -> Result<Arc<Server>, String> {
        static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(server) = shared.upgrade() {
            return Ok(server);
        }
        let server = Arc::new(Server::start()?);
        *shared = Arc::downgrade(&server);
        Ok(server)
    }

    /// Starts a server.
    ///
    /// # Errors
    /// What is missing or failed: the binaries of PostgreSQL 15 or later, `initdb`, the start.
    pub fn start() -> Result<Server, String> {
        let binaries = find_binaries()?;
        let folder = tempfile::Builder::new()
            .prefix("vitrina-postgres-")
            .tempdir()
            .map_err(|error| format!("no temporary folder: {error}"))?;
        let owner = owner_for(folder.path())?;
        let data = folder.path().join("data");
        let mut initdb = command(&binaries, "initdb", owner, folder.path());
        // Locale C: no test may pass only because the database has the right one.
        initdb.args(["--username", USER, "--auth", "trust", "--encoding", "UTF8"]);
        initdb.args([
            "--locale",
            "C",
            "--no-sync",
            "--no-instructions",
            "--pgdata",
        ]);
        run(initdb.arg(&data), "initdb")?;

        let log = folder.path().join("log");
        let file = std::fs::File::create(&log).map_err(|error| format!("no log: {error}"))?;
        let copy = file
            .try_clone()
            .map_err(|error| format!("no log: {error}"))?;
        let mut postgres = command(&binaries, "postgres", owner, folder.path());
        postgres.arg("-D").arg(&data).arg("-k").arg(folder.path());
        for setting in [
            "listen_addresses=",
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "max_connections=50",
        ] {
            postgres.args(["-c", setting]);
        }
        let process = postgres
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(copy)
            .spawn()
            .map_err(|error| format!("PostgreSQL does not start: {error}"))?;
        let mut server = Server {
            binaries,
            owner,
            process,
            folder,
        };
        server.wait(&log)?;
        Ok(server)
    }

    /// Waits until the server answers.
    fn wait(&mut self, log: &Path) -> Result<(), String> {
        let begin = Instant::now();
        loop {
            let error = match self.connect("postgres") {
                Ok(_) => return Ok(()),
                Err(error) => error,
            };
            let ended = self
                .process
                .try_wait()
                .map_or(true, |status| status.is_some());
            if ended || begin.elapsed() > PATIENCE {
                let log = std::fs::read_to_string(log).unwrap_or_default();
                return Err(format!("PostgreSQL does not answer: {error}\n{log}"));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Connects to a database.
    ///
    /// # Errors
    /// What the server says.
    pub fn connect(&self, database: &str) -> Result<Client, String> {
        Config::new()
            .host_path(self.folder.path())
            .user(USER)
            .dbname(database)
            .connect(NoTls)
            .map_err(|error| describe(&error))
    }

    /// Makes an empty database, which no other test has, and connects to it.
    ///
    /// # Errors
    /// What the server says, also when the name is taken.
    pub fn create_database(&self, name: &str) -> Result<Client, String> {
        self.connect("postgres")?
            .batch_execute(&format!("CREATE DATABASE \"{name}\""))
            .map_err(|error| describe(&error))?;
        self.connect(name)
    }

    /// Runs a file with `psql` as a user would, stopping at the first error.
    ///
    /// # Errors
    /// What `psql` prints.
    pub fn psql(&self, database: &str, file: &Path) -> Result<(), String> {
        let mut psql = Command::new(self.binaries.join("psql"));
        psql.args([
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-U",
            USER,
            "-d",
            database,
        ]);
        psql.arg("-h").arg(self.folder.path()).arg("-f").arg(file);
        run(&mut psql, "psql")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // An immediate shutdown gives back shared memory, which killing the process would leave.
        let mut stop = command(&self.binaries, "pg_ctl", self.owner, self.folder.path());
        stop.args(["stop", "-s", "-m", "immediate", "-D"]);
        if run(stop.arg(self.folder.path().join("data")), "pg_ctl").is_err() {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}

/// An error of the server with all that it says: message, detail, constraint.
pub fn describe(error: &postgres::Error) -> String {
    match error.as_db_error() {
        Some(error) => {
            let detail = error
                .detail()
                .map_or(String::new(), |text| format!(": {text}"));
            format!("{} {}{detail}", error.code().code(), error.message())
        }
        None => error.to_string(),
    }
}

/// The folder of the newest PostgreSQL: Debian's, else where `initdb` of the path lies.
fn find_binaries() -> Result<PathBuf, String> {
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let newest = debian
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path())))
        .filter(|(version, path): &(u32, PathBuf)| {
            *version >= OLDEST && path.join("bin/initdb").is_file()
        })
        .max();
    if let Some((_, path)) = newest {
        return Ok(path.join("bin"));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
        .ok_or_else(|| {
            format!("PostgreSQL {OLDEST} or later is missing: apt-get install postgresql")
        })
}

/// Gives the folder to a user who may run PostgreSQL, when we are root.
fn owner_for(folder: &Path) -> Result<Option<(u32, u32)>, String> {
    let failed = |error: io::Error| format!("{}: {error}", folder.display());
    // A folder that we have just made is ours.
    if std::fs::metadata(folder).map_err(failed)?.uid() != 0 {
        return Ok(None);
    }
    let users = std::fs::read_to_string("/etc/passwd").map_err(failed)?;
    let user = |name: &str| {
        let line = users
            .lines()
            .find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    let (uid, gid) = user("postgres")
        .or_else(|| user("nobody"))
        .ok_or("no user but root, as whom PostgreSQL does not run")?;
    chown(folder, Some(uid), Some(gid)).map_err(failed)?;
    std::fs::set_permissions(folder, PermissionsExt::from_mode(0o755)).map_err(failed)?;
    Ok(Some((uid, gid)))
}

/// A program of PostgreSQL, run as the owner of its data.
fn command(binaries: &Path, program: &str, owner: Option<(u32, u32)>, folder: &Path) -> Command {
    let mut command = Command::new(binaries.join(program));
    // The current folder may be one that the owner cannot enter.
    command.current_dir(folder).env("LC_ALL", "C");
    if let Some((uid, gid)) = owner {
        command.uid(uid).gid(gid);
    }
    command
}

fn run(command: &mut Command, name: &str) -> Result<(), String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{name}: {error}"))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!(
            "{name}: {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}
