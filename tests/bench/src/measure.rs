//! Runs of one program: wall time, processor time and peak memory, by `wait4`.

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Instant;

/// Runs of one command over one model.
pub struct Series {
    what: String,
    tables: usize,
    wall_ms: Vec<f64>,
    cpu_ms: Vec<f64>,
    peak_mib: Vec<f64>,
}

impl Series {
    /// No runs yet.
    pub fn new(what: &str, tables: usize) -> Self {
        Series {
            what: what.into(),
            tables,
            wall_ms: vec![],
            cpu_ms: vec![],
            peak_mib: vec![],
        }
    }

    /// The head of the table that [`Series::print`] adds a row to.
    pub fn print_head() {
        println!("| what | tables | wall, ms | CPU, ms | peak, MiB | CPU ms a table |");
        println!("|---|---|---|---|---|---|");
    }

    /// Runs the command once; a failure ends the benchmark.
    pub fn run(&mut self, mut command: Command) -> std::io::Result<()> {
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let start = Instant::now();
        let child = command.spawn()?;
        let pid = libc::pid_t::try_from(child.id()).map_err(std::io::Error::other)?;
        let mut status = 0;
        // SAFETY: `rusage` is plain old data, and both pointers live through the call.
        let usage = unsafe {
            let mut usage: libc::rusage = std::mem::zeroed();
            if libc::wait4(pid, &raw mut status, 0, &raw mut usage) < 0 {
                return Err(std::io::Error::last_os_error());
            }
            usage
        };
        let wall = start.elapsed();
        if !ExitStatus::from_raw(status).success() {
            return Err(std::io::Error::other(format!("failed: {command:?}")));
        }
        let ms = |time: libc::timeval| time.tv_sec as f64 * 1e3 + time.tv_usec as f64 / 1e3;
        self.wall_ms.push(wall.as_secs_f64() * 1e3);
        self.cpu_ms.push(ms(usage.ru_utime) + ms(usage.ru_stime));
        self.peak_mib.push(usage.ru_maxrss as f64 / 1024.0);
        Ok(())
    }

    /// Prints a row of medians.
    pub fn print(&self) {
        if self.wall_ms.is_empty() {
            return;
        }
        let cpu = median(&self.cpu_ms);
        println!(
            "| {} | {} | {:.0} | {:.0} | {:.0} | {:.3} |",
            self.what,
            self.tables,
            median(&self.wall_ms),
            cpu,
            median(&self.peak_mib),
            cpu / self.tables.max(1) as f64,
        );
    }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
