//! What goes in comes out, whatever the budget and the number of threads.

use std::collections::BTreeMap;

use super::*;
use crate::Budget;

const BUDGETS: [u64; 4] = [0, 10_000, 300_000, u64::MAX];

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn bytes(&mut self, longest: u64) -> Vec<u8> {
        let len = self.next(longest + 1);
        (0..len).map(|_| self.next(256) as u8).collect()
    }
}

fn store(budget: u64) -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let parent = folder.path().to_owned();
    (Store::new(Budget::new(budget), Some(parent)), folder)
}

type Counts = BTreeMap<(Vec<u8>, Vec<u8>), u32>;

fn counts(partitions: &Partitions) -> Counts {
    let mut counts = Counts::new();
    for partition in partitions.iter() {
        let mut records = 0;
        partition
            .for_each(|key, tuple| {
                records += 1;
                *counts.entry((key.to_vec(), tuple.to_vec())).or_default() += 1;
                Ok(())
            })
            .unwrap();
        assert_eq!(records, partition.records());
    }
    counts
}

fn fill(spool: &Spool, threads: u64, longest: u64) -> Counts {
    let all = Mutex::new(Counts::new());
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let all = &all;
            scope.spawn(move || {
                let mut numbers = Numbers(thread);
                let mut writer = spool.writer();
                let mut own = Counts::new();
                for _ in 0..6000 {
                    let key = numbers.next(3000).to_string().into_bytes();
                    let tuple = numbers.bytes(longest);
                    writer.push(&key, &tuple).unwrap();
                    *own.entry((key, tuple)).or_default() += 1;
                }
                writer.finish().unwrap();
                let mut all = lock(all);
                for (record, count) in own {
                    *all.entry(record).or_default() += count;
                }
            });
        }
    });
    all.into_inner().unwrap()
}

#[test]
fn tuples_come_back_from_memory_and_disk() {
    for budget in BUDGETS {
        for threads in [1, 4] {
            let (store, folder) = store(budget);
            let (one, other) = (Spool::new(&store), Spool::new(&store));
            let expected = fill(&one, threads, 40);
            let long = fill(&other, threads, 300);
            assert!(store.budget().used() <= budget);
            let used_disk = std::fs::read_dir(folder.path()).unwrap().count() == 1;
            assert_eq!(used_disk, budget < u64::MAX, "{budget}");
            let (one, other) = (one.partitions().unwrap(), other.partitions().unwrap());
            assert_eq!(counts(&one), expected);
            assert_eq!(counts(&other), long);
            // A second reading gives the same, and partitions of both hold the same keys.
            assert_eq!(counts(&one), expected);
            for at in 0..one.len() {
                let keys = |partitions: &Partitions| {
                    let mut keys = std::collections::BTreeSet::new();
                    let take = |key: &[u8], _: &[u8]| {
                        keys.insert(key.to_vec());
                        Ok(())
                    };
                    partitions.get(at).for_each(take).unwrap();
                    keys
                };
                let both = keys(&other);
                assert!(keys(&one).iter().filter(|key| both.contains(*key)).count() > 0);
            }
            drop((one, other));
            assert_eq!(store.budget().used(), 0);
            drop(store);
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }
}

#[test]
fn partitions_are_split_until_one_key_is_left() {
    for budget in [0, u64::MAX] {
        let (store, _folder) = store(budget);
        let spool = Spool::new(&store);
        let mut writer = spool.writer();
        for number in 0..1000_u32 {
            writer
                .push(&(number % 500).to_be_bytes(), &number.to_be_bytes())
                .unwrap();
        }
        writer.finish().unwrap();
        let mut open = vec![spool.partitions().unwrap()];
        let mut keys = 0;
        let mut records = 0;
        while let Some(partitions) = open.pop() {
            for at in 0..partitions.len() {
                if partitions.get(at).records() == 0 {
                    continue;
                }
                match partitions.split(at).unwrap() {
                    Some(finer) => {
                        assert_eq!(partitions.get(at).records(), 0);
                        open.push(finer);
                    }
                    None => {
                        keys += 1;
                        records += partitions.get(at).records();
                        partitions.get(at).clear();
                    }
                }
            }
        }
        assert_eq!((keys, records), (500, 1000));
    }
}

#[test]
fn the_depth_of_splitting_has_no_end() {
    let (store, _folder) = store(u64::MAX);
    let spool = Spool::new(&store);
    let mut writer = spool.writer();
    writer.push(b"one", b"").unwrap();
    writer.push(b"other", b"").unwrap();
    writer.finish().unwrap();
    let mut partitions = spool.partitions().unwrap();
    for _ in 0..40 {
        let at = (0..partitions.len())
            .find(|at| partitions.get(*at).records() > 0)
            .unwrap();
        partitions = partitions.divide(at).unwrap();
    }
    assert!(!partitions.is_empty());
}

#[test]
fn strings_come_back_sorted() {
    for budget in BUDGETS {
        for (count, longest) in [(0, 5), (1, 5), (30_000, 60), (200, 20_000), (3, 1_000_000)] {
            let (store, _folder) = store(budget);
            let mut sorter = Sorter::new(&store);
            let mut numbers = Numbers(7);
            let mut expected = Vec::new();
            for _ in 0..count {
                let mut string = numbers.bytes(longest);
                // Many equal ones, and such as differ by zeros behind.
                if numbers.next(3) == 0 {
                    string.truncate(numbers.next(3) as usize);
                    string.fill(0);
                }
                sorter.push(&string).unwrap();
                expected.push(string);
            }
            expected.sort();
            let mut sorted = sorter.finish().unwrap();
            let mut strings = Vec::new();
            while let Some(string) = sorted.next().unwrap() {
                strings.push(string.to_vec());
            }
            assert!(strings == expected, "{budget} {count}");
        }
    }
}

#[test]
fn more_runs_than_are_merged_at_once() {
    let (store, _folder) = store(0);
    let mut sorter = Sorter::new(&store);
    let mut numbers = Numbers(1);
    let count = 600_000;
    let mut sum = 0_u64;
    for _ in 0..count {
        let number = numbers.next(u64::MAX);
        sum = sum.wrapping_add(number);
        sorter.push(&number.to_be_bytes()).unwrap();
    }
    let mut sorted = sorter.finish().unwrap();
    let (mut last, mut seen) = (0, 0);
    while let Some(string) = sorted.next().unwrap() {
        let number = u64::from_be_bytes(string.try_into().unwrap());
        assert!(last <= number);
        sum = sum.wrapping_sub(number);
        last = number;
        seen += 1;
    }
    assert_eq!((seen, sum), (count, 0));
}

#[test]
fn a_folder_that_cannot_be_is_an_error_that_helps() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    let store = Store::new(Budget::new(0), Some(missing.clone()));
    let spool = Spool::new(&store);
    let mut writer = spool.writer();
    writer.push(b"key", b"tuple").unwrap();
    let error = writer.finish().unwrap_err();
    let spilled = SpillError::of(&error).unwrap();
    assert_eq!(spilled.folder(), missing);
    for lang in [vitrina_codegen::Lang::En, vitrina_codegen::Lang::Ru] {
        let message = spilled.message(lang);
        assert!(message.contains("--memory") && message.contains("--temporary"));
        assert!(message.contains(&*missing.to_string_lossy()));
    }
}
