//! Seconds, medians, random keys.

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

/// Does something and says how many seconds that took.
pub fn time<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed().as_secs_f64(), result)
}

/// Seconds of rounds by name, in the order of the first round.
#[derive(Default)]
pub struct Series(Vec<(String, usize, Vec<f64>)>);

impl Series {
    pub fn add(&mut self, name: &str, seconds: f64, count: usize) {
        match self.0.iter_mut().find(|(known, ..)| known == name) {
            Some((.., rounds)) => rounds.push(seconds),
            None => self.0.push((name.to_owned(), count, vec![seconds])),
        }
    }

    /// The medians.
    pub fn print(&self, title: &str) {
        println!("{title}\n");
        println!("| | s | ns a key |\n| --- | --- | --- |");
        for (name, count, rounds) in &self.0 {
            let mut rounds = rounds.clone();
            rounds.sort_by(f64::total_cmp);
            let median = rounds[rounds.len() / 2];
            let each = median / *count as f64 * 1e9;
            println!("| {name} | {median:.3} | {each:.1} |");
        }
    }
}
