//! Seconds by the clock and of the processor, medians, random keys.

use std::time::Instant;

/// Keys that look random and are the same in every run: splitmix64, twice for each.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> u128 {
        u128::from(self.half()) << 64 | u128::from(self.half())
    }

    fn half(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^ number >> 31
    }
}

/// What something took, in seconds.
#[derive(Clone, Copy)]
pub struct Time {
    /// By the clock.
    pub wall: f64,
    /// Of all processors, where the system tells.
    pub processor: f64,
}

/// Does something and says what that took.
pub fn time<T>(work: impl FnOnce() -> T) -> (Time, T) {
    let (start, before) = (Instant::now(), processor());
    let result = work();
    let time = Time {
        wall: start.elapsed().as_secs_f64(),
        processor: processor() - before,
    };
    (time, result)
}

/// Seconds of the processor that this process has had, to a hundredth.
fn processor() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name, which may hold anything: user and system time are the 12th and 13th field.
    let fields = text.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

/// Times of rounds by name, in the order of the first round.
#[derive(Default)]
pub struct Series(Vec<(String, usize, Vec<Time>)>);

impl Series {
    pub fn add(&mut self, name: &str, time: Time, count: usize) {
        match self.0.iter_mut().find(|(known, ..)| known == name) {
            Some((.., rounds)) => rounds.push(time),
            None => self.0.push((name.to_owned(), count, vec![time])),
        }
    }

    /// The medians.
    pub fn print(&self, title: &str) {
        println!("{title}\n");
        println!("| | s | ns a key | processor, ns a key |\n| --- | --- | --- | --- |");
        for (name, count, rounds) in &self.0 {
            let median = |of: fn(&Time) -> f64| {
                let mut seconds: Vec<f64> = rounds.iter().map(of).collect();
                seconds.sort_by(f64::total_cmp);
                seconds[seconds.len() / 2]
            };
            let (wall, processor) = (median(|time| time.wall), median(|time| time.processor));
            let each = |seconds: f64| seconds / *count as f64 * 1e9;
            let (wall_each, processor) = (each(wall), each(processor));
            println!("| {name} | {wall:.3} | {wall_each:.1} | {processor:.1} |");
        }
    }
}
