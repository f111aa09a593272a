//! Values of scalar types: texts from patterns, check digits, hashes.

use std::rc::Rc;

use super::Random;
use super::text;
use crate::model::eval;
use crate::model::{
    Algorithm, BaseType, ColumnType, Domain, Model, PatternNode, ScalarId, ScalarType,
    pattern::Automaton,
};

/// How often a random text is tried before a type is given up.
const TRIES: usize = 400;

/// How many values a pool holds.
const POOL: usize = 96;

/// Values shared by all columns of one type: forms cost time, and values that need not be unique
/// may come again.
#[derive(Debug, Default)]
pub(super) struct Pools {
    pools: Vec<(ScalarId, BaseType, Vec<String>)>,
    automata: Vec<(ScalarId, Option<Rc<Automaton>>)>,
}

impl Pools {
    /// The position of the pool of a type; `None` when no value of it can be found.
    pub(super) fn of(
        &mut self,
        model: &Model,
        scalar: ScalarId,
        base: BaseType,
        random: &mut Random,
    ) -> Option<usize> {
        let known = self
            .pools
            .iter()
            .position(|(id, of, _)| *id == scalar && *of == base);
        if known.is_some() {
            return known;
        }
        let first = value(model, scalar, base, random)?;
        self.pools.push((scalar, base, vec![first]));
        Some(self.pools.len() - 1)
    }

    /// The pattern of a type as an automaton; `None` when it has none or too large a one, or when
    /// the type asks for more than a pattern.
    pub(super) fn automaton(&mut self, model: &Model, scalar: ScalarId) -> Option<Rc<Automaton>> {
        let known = self.automata.iter().find(|(id, _)| *id == scalar);
        if let Some((_, automaton)) = known {
            return automaton.clone();
        }
        let form = model.scalar(scalar);
        let pattern = form.pattern.as_ref().filter(|_| form.algorithm.is_none());
        let made = pattern
            .and_then(|pattern| pattern.automaton().ok())
            .map(Rc::new);
        self.automata.push((scalar, made.clone()));
        made
    }

    /// A value of a pool, which grows as long as it is small.
    pub(super) fn draw(
        &mut self,
        pool: usize,
        model: &Model,
        random: &mut Random,
    ) -> Option<String> {
        let (scalar, base, values) = self.pools.get_mut(pool)?;
        if values.len() < POOL && random.below(values.len() + 4) < 4 {
            values.extend(value(model, *scalar, *base, random));
            return values.last().cloned();
        }
        random.pick(values).cloned()
    }
}

/// The scalar type whose form the values of a column have, when it says more than the base type.
pub(super) fn scalar_of(model: &Model, ty: &ColumnType) -> Option<ScalarId> {
    let id = match ty.domain {
        Domain::Plain => None,
        Domain::Scalar(id) => Some(id),
        Domain::Classifier(id) => model.classifier(id).form,
        Domain::Key { scalar, .. } => scalar,
    }?;
    let form = model.scalar(id);
    let formed = form.pattern.is_some() || form.algorithm.is_some() || form.hash_of.is_some();
    formed.then_some(id)
}

/// A random value of a scalar type, good for a column of that type and base.
pub(super) fn value(
    model: &Model,
    scalar: ScalarId,
    base: BaseType,
    random: &mut Random,
) -> Option<String> {
    let form = model.scalar(scalar);
    let ty = ColumnType {
        base,
        domain: Domain::Scalar(scalar),
    };
    for attempt in 0..TRIES {
        let candidate = candidate(model, form, base, attempt, random)?;
        if !candidate.is_empty() && eval::cell(model, &ty, &candidate).is_empty() {
            return Some(candidate);
        }
    }
    form.examples
        .iter()
        .find(|example| eval::cell(model, &ty, example).is_empty())
        .cloned()
}

fn candidate(
    model: &Model,
    form: &ScalarType,
    base: BaseType,
    attempt: usize,
    random: &mut Random,
) -> Option<String> {
    if let Some(hashing) = form.hash_of {
        let raw = value(model, hashing.of, model.scalar(hashing.of).base, random)?;
        return Some(vitrina::hash::streebog512_hex(raw.trim()));
    }
    if !base.is_text() {
        return super::plan::plain(base, None, random);
    }
    let max = base.max_chars().map(|max| max as usize);
    let mut text = match &form.pattern {
        // The later the attempt, the shorter the repetitions: some column is narrower than its form.
        Some(pattern) => from_pattern(&pattern.node, 1 + TRIES / (1 + attempt * 4), random),
        None => match (form.algorithm, base) {
            (None, BaseType::Char(n)) => text::exactly(random, n as usize),
            (None, _) => text::free(random, max),
            (Some(algorithm), _) => digits_of(algorithm, max, random),
        },
    };
    if let Some(algorithm) = form.algorithm {
        text = completed(algorithm, text, random);
    }
    Some(text)
}

/// A text that a pattern matches; unbounded repetitions go at most `longest` beyond their minimum.
pub(super) fn from_pattern(node: &PatternNode, longest: usize, random: &mut Random) -> String {
    let mut text = String::new();
    write_pattern(node, longest, random, &mut text);
    text
}

fn write_pattern(node: &PatternNode, longest: usize, random: &mut Random, out: &mut String) {
    match node {
        PatternNode::Empty => {}
        PatternNode::Class(ranges) => out.extend(character(ranges, random)),
        PatternNode::Sequence(parts) => {
            for part in parts {
                write_pattern(part, longest, random, out);
            }
        }
        PatternNode::Alternatives(parts) => {
            if let Some(part) = random.pick(parts) {
                write_pattern(part, longest, random, out);
            }
        }
        PatternNode::Repeat { node, min, max } => {
            let min = *min as usize;
            let most = max.map_or(min + 8, |max| max as usize);
            let more = most.saturating_sub(min).min(longest);
            // Borders come often: there the mistakes are.
            let count = match random.below(4) {
                0 => min,
                1 => min + more,
                _ => min + random.below(more + 1),
            };
            for _ in 0..count {
                write_pattern(node, longest, random, out);
            }
        }
    }
}

/// A character of a class; from large ranges rather one that people type.
fn character(ranges: &[(char, char)], random: &mut Random) -> Option<char> {
    let holds = |char: char| {
        ranges
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&char))
    };
    let size = |(from, to): &(char, char)| (*to as usize) - (*from as usize) + 1;
    let total: usize = ranges.iter().map(size).sum();
    if total > 500 {
        const TYPED: [char; 16] = [
            'а', 'ё', 'Ж', 'я', 'x', 'Z', '7', '0', ' ', '"', ';', '\'', '\\', '%', '—', '🦔',
        ];
        let usual: Vec<char> = TYPED.into_iter().filter(|char| holds(*char)).collect();
        if !usual.is_empty() {
            return random.pick(&usual).copied();
        }
    }
    for _ in 0..32 {
        let mut offset = random.below(total);
        for range in ranges {
            if offset < size(range) {
                let found = char::from_u32((range.0 as usize + offset) as u32);
                match found.filter(|char| !char.is_control()) {
                    Some(char) => return Some(char),
                    None => break,
                }
            }
            offset -= size(range);
        }
    }
    ranges.first().map(|(from, _)| *from)
}

/// Digits of a length that an algorithm knows, for types without a pattern.
fn digits_of(algorithm: Algorithm, max: Option<usize>, random: &mut Random) -> String {
    let lengths: &[usize] = match algorithm {
        Algorithm::Snils => &[11],
        Algorithm::Inn => &[10, 12],
        Algorithm::Ogrn => &[13, 15],
        Algorithm::Okpo => &[8, 10],
        Algorithm::Okato => &[2, 3, 5, 6, 8, 9, 11, 12],
        Algorithm::AcademicYear => &[9],
    };
    let fitting: Vec<usize> = lengths
        .iter()
        .copied()
        .filter(|length| max.is_none_or(|max| *length <= max))
        .collect();
    let length = random.pick(&fitting).copied().unwrap_or(0);
    (0..length)
        .map(|_| char::from(b'0' + random.below(10) as u8))
        .collect()
}

/// Gives a text the check digits that its algorithm wants.
///
/// Numbers of persons, and every ИНН, begin with 98: no СНИЛС of that range was issued, and no region has that code.
fn completed(algorithm: Algorithm, text: String, random: &mut Random) -> String {
    let body: Vec<char> = text.chars().collect();
    if algorithm == Algorithm::AcademicYear {
        let year = random.between(1990, 2040);
        return format!("{year}/{}", year + 1);
    }
    let personal = match algorithm {
        Algorithm::Snils => true,
        // Of an organisation too: a number that bears somebody's name is nobody's test data.
        Algorithm::Inn => true,
        _ => false,
    };
    let start: String = match (personal, body.get(2..)) {
        (true, Some(rest)) => "98".chars().chain(rest.iter().copied()).collect(),
        _ => text,
    };
    if algorithm.check(&start).is_ok() {
        return start;
    }
    let body: Vec<char> = start.chars().collect();
    for width in 1..=2_usize {
        let kept: String = body.iter().take(body.len().saturating_sub(width)).collect();
        for number in 0..10_usize.pow(width as u32) {
            let text = format!("{kept}{number:0width$}");
            if algorithm.check(&text).is_ok() {
                return text;
            }
        }
    }
    start
}
