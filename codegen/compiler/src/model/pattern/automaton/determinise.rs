//! Subset construction: every set of states that can be reached together becomes one state.

use std::collections::BTreeMap;

use super::TooLarge;
use super::alphabet::Alphabet;
use super::nfa::{Nfa, State};

/// The most states before minimising.
const MAX_STATES: usize = 16_384;
/// The most steps through the nondeterministic automaton, so that no pattern takes long.
const MAX_STEPS: usize = 20_000_000;
/// The most entries of the table.
const MAX_ENTRIES: usize = 4_000_000;

/// A deterministic automaton over symbols; state 0 is the first.
pub(super) struct Dfa {
    /// The number of symbols.
    pub(super) symbols: usize,
    /// The next states, by state and symbol.
    pub(super) table: Vec<Option<usize>>,
    /// For each state, whether a text may end there.
    pub(super) accepting: Vec<bool>,
}

impl Dfa {
    /// The state after `state` and `symbol`, if a match may still come.
    pub(super) fn next(&self, state: usize, symbol: usize) -> Option<usize> {
        self.table
            .get(state * self.symbols + symbol)
            .copied()
            .flatten()
    }
}

/// The deterministic automaton of a nondeterministic one.
pub(super) fn determinise(nfa: &Nfa<'_>, alphabet: &Alphabet) -> Result<Dfa, TooLarge> {
    let symbols = alphabet.symbols();
    let mut closure = Closure {
        nfa,
        seen: vec![0; nfa.states.len()],
        round: 0,
        steps: 0,
    };
    let first = closure.of(&[nfa.start])?;
    let mut numbers = BTreeMap::from([(first.clone(), 0)]);
    let mut sets = vec![first];
    let mut dfa = Dfa {
        symbols,
        table: Vec::new(),
        accepting: Vec::new(),
    };
    // The seeds of a set, before closing it: many symbols share theirs.
    let mut known: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    while let Some(set) = sets.get(dfa.accepting.len()) {
        let mut seeds = vec![Vec::new(); symbols];
        let mut accepting = false;
        for &state in set {
            match &nfa.states[state] {
                State::Step(on, next) => {
                    closure.count(on.len())?;
                    for &symbol in *on {
                        seeds[symbol].push(*next);
                    }
                }
                State::Fork(_) => {}
                State::Accept => accepting = true,
            }
        }
        for seeds in seeds {
            if seeds.is_empty() {
                dfa.table.push(None);
                continue;
            }
            let number = match known.get(&seeds) {
                Some(&number) => number,
                None => {
                    let set = closure.of(&seeds)?;
                    let next = sets.len();
                    let number = *numbers.entry(set.clone()).or_insert(next);
                    if number == next {
                        sets.push(set);
                    }
                    known.insert(seeds, number);
                    number
                }
            };
            dfa.table.push(Some(number));
        }
        dfa.accepting.push(accepting);
        if sets.len() > MAX_STATES || dfa.table.len() > MAX_ENTRIES {
            return Err(TooLarge);
        }
    }
    Ok(dfa)
}

/// What can be reached without reading.
struct Closure<'a> {
    nfa: &'a Nfa<'a>,
    /// For each state, the last round in which it was seen.
    seen: Vec<usize>,
    round: usize,
    steps: usize,
}

impl Closure<'_> {
    /// The steps and ends that can be reached from `seeds` without reading, sorted.
    fn of(&mut self, seeds: &[usize]) -> Result<Vec<usize>, TooLarge> {
        self.round += 1;
        let mut set = Vec::new();
        let mut open = seeds.to_vec();
        while let Some(state) = open.pop() {
            self.count(1)?;
            if std::mem::replace(&mut self.seen[state], self.round) == self.round {
                continue;
            }
            match &self.nfa.states[state] {
                State::Fork(ways) => open.extend(ways),
                State::Step(..) | State::Accept => set.push(state),
            }
        }
        set.sort_unstable();
        Ok(set)
    }

    fn count(&mut self, steps: usize) -> Result<(), TooLarge> {
        self.steps += steps;
        if self.steps > MAX_STEPS {
            Err(TooLarge)
        } else {
            Ok(())
        }
    }
}
