//! Rows that are a function of their number, and what the peers make of them.

mod big;
mod marks;

pub(crate) use big::{Homeworks, Marks, Persons};
pub(crate) use marks::{LESSONS, STUDENTS, UuidMarks, lesson, student};

use serde::Serialize;
use serde::de::DeserializeOwned;
use vitrina::record::borrowed::Borrowed;

/// A table to measure with.
pub(crate) trait Shape {
    /// What the heading says.
    const TITLE: &'static str;
    /// The generated type.
    type Row: Borrowed;
    /// The same row as serde users declare it.
    type Peer: Serialize + DeserializeOwned;

    /// The row of a number.
    fn row(number: u64) -> Self::Row;

    /// The same row for serde.
    fn peer(row: &Self::Row) -> Self::Peer;
}

/// Numbers by chance, the same for the same seed (SplitMix64).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Chance(seed.wrapping_mul(0x2545_f491_4f6c_dd1d))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    pub(crate) fn date(&mut self) -> vitrina::Date {
        vitrina::Date::from_days(19_900 + self.below(700) as i64).unwrap_or(vitrina::Date::MIN)
    }

    pub(crate) fn timestamp(&mut self) -> vitrina::Timestamp {
        let seconds = 1_700_000_000 + self.below(60_000_000) as i64;
        vitrina::Timestamp::from_unix(seconds, 3).unwrap_or(vitrina::Date::MIN.into())
    }

    /// A sentence of a teacher, with quotes and separators in `quoted` of a hundred.
    pub(crate) fn sentence(&mut self, words: std::ops::Range<u64>, quoted: u64) -> String {
        const WORDS: [&str; 24] = [
            "работа",
            "выполнена",
            "полностью",
            "нужно",
            "повторить",
            "тему",
            "хороший",
            "ответ",
            "у",
            "доски",
            "ошибка",
            "в",
            "вычислениях",
            "пересдать",
            "до",
            "пятницы",
            "отлично",
            "самостоятельная",
            "и",
            "проверочная",
            "№ 5",
            "по",
            "алгебре",
            "—",
        ];
        let count = words.start + self.below(words.end - words.start);
        let mut text = String::from("Учитель:");
        for _ in 0..count {
            text.push(' ');
            text.push_str(self.one(&WORDS));
        }
        if self.percent(quoted) {
            text.push_str(" \"см. тетрадь\";\"стр. 12\"");
        }
        text
    }
}
