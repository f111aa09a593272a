//! Rounds of several ways to do the same, in turn; medians as a table. What counts is the time of the
//! processor, so that a machine that others use tells the same, if not quite as fast.

use std::time::Duration;

use crate::Outcome;

/// How often everything is measured.
const ROUNDS: usize = 5;

/// One way to do it: a name, and a run that gives the bytes it went through.
pub(crate) struct Way<'a> {
    name: &'static str,
    run: Box<dyn FnMut() -> Outcome<usize> + 'a>,
    times: Vec<Duration>,
}

/// Ways to do the same over the same bytes.
pub(crate) struct Contest<'a> {
    title: String,
    bytes: usize,
    ways: Vec<Way<'a>>,
}

impl<'a> Contest<'a> {
    /// A contest over `bytes`; copying them is the first way.
    pub(crate) fn new(title: String, bytes: &'a [u8]) -> Self {
        let mut copy = vec![0; bytes.len()];
        let mut contest = Contest {
            title,
            bytes: bytes.len(),
            ways: Vec::new(),
        };
        contest.add("memory copy", move || {
            copy.copy_from_slice(std::hint::black_box(bytes));
            std::hint::black_box(&mut copy);
            Ok(bytes.len())
        });
        contest
    }

    /// Adds a way; the second one is ours, which the others are compared with.
    pub(crate) fn add(&mut self, name: &'static str, run: impl FnMut() -> Outcome<usize> + 'a) {
        self.ways.push(Way {
            name,
            run: Box::new(run),
            times: Vec::new(),
        });
    }

    /// Runs everything and prints the table.
    pub(crate) fn run(mut self) -> Outcome {
        for round in 0..=ROUNDS {
            for way in &mut self.ways {
                let start = processor_time()?;
                let bytes = (way.run)()?;
                let time = processor_time()?.saturating_sub(start);
                // serde writes `1.0` where the dialect has `1`; nothing else may differ.
                if bytes.abs_diff(self.bytes) > self.bytes / 50 {
                    let name = way.name;
                    let expected = self.bytes;
                    return Err(format!("{name}: {bytes} bytes instead of {expected}").into());
                }
                // The first round warms up.
                if round > 0 {
                    way.times.push(time);
                }
            }
        }
        println!("\n{}, {:.1} MB\n", self.title, self.bytes as f64 / 1e6);
        println!("| way | ms | GB/s | of memory copy | ours is |");
        println!("|---|---|---|---|---|");
        let seconds = |way: &Way<'_>| median(&way.times).as_secs_f64();
        let copy = self.ways.first().map_or(1.0, seconds);
        let ours = self.ways.get(1).map_or(1.0, seconds);
        for way in &self.ways {
            let time = seconds(way);
            println!(
                "| {} | {:.1} | {:.2} | {:.0} % | {:.1}× |",
                way.name,
                time * 1e3,
                self.bytes as f64 / time / 1e9,
                copy / time * 100.0,
                time / ours,
            );
        }
        Ok(())
    }
}

/// What this thread has used of the processor.
#[allow(unsafe_code)]
fn processor_time() -> Outcome<Duration> {
    // SAFETY: `timespec` is plain old data, and the pointer lives through the call.
    let time = unsafe {
        let mut time: libc::timespec = std::mem::zeroed();
        if libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) != 0 {
            return Err(std::io::Error::last_os_error().into());
        }
        time
    };
    Ok(Duration::new(time.tv_sec as u64, time.tv_nsec as u32))
}

fn median(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}
