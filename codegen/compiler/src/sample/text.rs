//! Free texts: invented words, and everything that breaks careless readers and writers.
//!
//! No real names: words are made of syllables. No control characters (CSV rule F5).

use super::Random;

const SYLLABLES: [&str; 24] = [
    "бу", "ва", "гло", "дри", "жё", "зе", "ир", "кво", "лю", "мы", "ню", "опт", "пли", "рэ", "сту",
    "ту", "уф", "фе", "хо", "ца", "че", "шка", "щи", "эя",
];

/// Pieces that careless programs trip over.
const TRAPS: [&str; 24] = [
    "\"",
    "\"\"",
    ";",
    "\";\"",
    ",",
    "'",
    "''",
    "\\",
    "\\\\",
    "\\n",
    "%",
    "_",
    "«ё»",
    "№ 5",
    "—",
    "🦔",
    "👩‍🔬",
    "𐍈",
    "й",
    "\u{a0}",
    "$1",
    "{0}",
    "<b>&amp;</b>",
    "]]>",
];

/// Whole texts that look like something else.
const DISGUISES: [&str; 18] = [
    "NULL",
    "null",
    "\\N",
    "\\.",
    "true",
    "0",
    "007",
    "-1",
    "1e5",
    "=1+1",
    "@сумма",
    "--",
    "/* */",
    "'); DROP TABLE x; --",
    ";;;",
    "\"\"\"",
    " с пробелом в начале",
    "a,b c",
];

/// An invented word.
pub(super) fn word(random: &mut Random) -> String {
    let count = 2 + random.below(3);
    (0..count)
        .filter_map(|_| random.pick(&SYLLABLES))
        .copied()
        .collect()
}

/// A text of exactly so many characters, without blanks around it.
pub(super) fn exactly(random: &mut Random, chars: usize) -> String {
    let mut text: Vec<char> = Vec::with_capacity(chars + 16);
    while text.len() < chars {
        if !text.is_empty() {
            text.push(' ');
        }
        if random.one_in(4) {
            text.extend(random.pick(&TRAPS).copied().unwrap_or_default().chars());
        } else {
            text.extend(word(random).chars());
        }
    }
    text.truncate(chars);
    if let Some(last) = text.last_mut()
        && last.is_whitespace()
    {
        *last = 'ж';
    }
    if let Some(first) = text.first_mut()
        && first.is_whitespace()
    {
        *first = 'Щ';
    }
    text.into_iter().collect()
}

/// A text of 1 to `max` characters, mostly short.
pub(super) fn free(random: &mut Random, max: Option<usize>) -> String {
    let longest = max.unwrap_or(60).clamp(1, 60);
    let chars = 1 + random.below(longest);
    exactly(random, chars)
}

/// Texts worth having once in a column of at most `max` characters: each trap, each disguise, the
/// shortest and the longest.
pub(super) fn traps(random: &mut Random, max: Option<usize>) -> Vec<String> {
    let fits = |text: &str| max.is_none_or(|max| text.chars().count() <= max);
    let mut texts = vec![
        exactly(random, max.unwrap_or(3000).min(3000)),
        "я".to_owned(),
    ];
    texts.extend(TRAPS.iter().map(|trap| format!("до {trap} после")));
    texts.extend(DISGUISES.iter().map(|text| (*text).to_owned()));
    texts.retain(|text| fits(text) && !text.is_empty() && !text.contains(char::is_control));
    texts
}

/// A text made shorter or longer, to exactly so many characters.
pub(super) fn resize(text: &str, chars: usize) -> String {
    let mut resized: Vec<char> = text.chars().take(chars).collect();
    resized.resize(chars, 'ж');
    resized.into_iter().collect()
}
