//! Hopcroft's algorithm: states with the same future become one.

use std::collections::VecDeque;

use super::determinise::Dfa;

/// The smallest automaton that matches the same texts; its states are numbered in the order in which
/// a walk in breadth, by symbols, comes upon them. States without a future are left out.
pub(super) fn minimise(dfa: &Dfa) -> Dfa {
    // One more state stands for the end of all hope; whatever has no future falls together with it.
    let dead = dfa.accepting.len();
    let next = |state, symbol| dfa.next(state, symbol).unwrap_or(dead);
    let before = Before::of(dead + 1, dfa.symbols, next);
    let accepts = |state: usize| dfa.accepting.get(state).copied().unwrap_or(false);
    let block_of = refine(dead + 1, dfa.symbols, accepts, &before);

    let mut number = vec![None; dead + 1];
    let mut order = Vec::new();
    let mut open = VecDeque::from([0]);
    number[block_of[0]] = Some(0);
    while let Some(state) = open.pop_front() {
        order.push(state);
        for symbol in 0..dfa.symbols {
            let next = next(state, symbol);
            let block = block_of[next];
            if block != block_of[dead] && number[block].is_none() {
                number[block] = Some(order.len() + open.len());
                open.push_back(next);
            }
        }
    }
    number[block_of[dead]] = None;

    let table = order
        .iter()
        .flat_map(|&state| (0..dfa.symbols).map(move |symbol| (state, symbol)))
        .map(|(state, symbol)| number[block_of[next(state, symbol)]])
        .collect();
    let accepting = order.iter().map(|&state| accepts(state)).collect();
    Dfa {
        symbols: dfa.symbols,
        table,
        accepting,
    }
}

/// The states before each state, by symbol.
struct Before {
    states: usize,
    /// Where the states before `(symbol, state)` begin in `list`.
    starts: Vec<usize>,
    list: Vec<usize>,
}

impl Before {
    fn of(states: usize, symbols: usize, next: impl Fn(usize, usize) -> usize) -> Before {
        let mut starts = vec![0; states * symbols + 1];
        let each = || (0..symbols).flat_map(|symbol| (0..states).map(move |state| (symbol, state)));
        for (symbol, state) in each() {
            starts[symbol * states + next(state, symbol) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut free = starts.clone();
        let mut list = vec![0; states * symbols];
        for (symbol, state) in each() {
            let slot = &mut free[symbol * states + next(state, symbol)];
            list[*slot] = state;
            *slot += 1;
        }
        Before {
            states,
            starts,
            list,
        }
    }

    fn get(&self, symbol: usize, state: usize) -> &[usize] {
        let at = symbol * self.states + state;
        &self.list[self.starts[at]..self.starts[at + 1]]
    }
}

/// For each state, the number of its block: states of one block have the same future.
fn refine(
    states: usize,
    symbols: usize,
    accepts: impl Fn(usize) -> bool,
    before: &Before,
) -> Vec<usize> {
    let mut partition = Partition::new(states);
    for state in (0..states).filter(|&state| accepts(state)) {
        partition.mark(state);
    }
    partition.split(0);
    let mut open: Vec<usize> = (0..partition.blocks.len()).collect();
    let mut is_open = vec![true; open.len()];
    let mut touched = Vec::new();
    while let Some(splitter) = open.pop() {
        is_open[splitter] = false;
        // The block may be split while it splits others; what counts is how it was.
        let members = partition.members(splitter).to_vec();
        for symbol in 0..symbols {
            for &member in &members {
                for &state in before.get(symbol, member) {
                    if partition.mark(state) {
                        touched.push(partition.block_of[state]);
                    }
                }
            }
            for block in touched.drain(..) {
                let Some(new) = partition.split(block) else {
                    continue;
                };
                // One half is enough, unless the whole block still waits.
                let smaller_is_new = partition.members(new).len() <= partition.members(block).len();
                is_open.push(false);
                let add = if is_open[block] || smaller_is_new {
                    new
                } else {
                    block
                };
                is_open[add] = true;
                open.push(add);
            }
        }
    }
    partition.block_of
}

/// Disjoint blocks of states, each a stretch of one list whose first members may be marked.
struct Partition {
    list: Vec<usize>,
    /// Where each state stands in the list.
    place: Vec<usize>,
    block_of: Vec<usize>,
    blocks: Vec<Block>,
}

struct Block {
    start: usize,
    end: usize,
    marked: usize,
}

impl Partition {
    /// All states in block 0.
    fn new(states: usize) -> Partition {
        Partition {
            list: (0..states).collect(),
            place: (0..states).collect(),
            block_of: vec![0; states],
            blocks: vec![Block {
                start: 0,
                end: states,
                marked: 0,
            }],
        }
    }

    fn members(&self, block: usize) -> &[usize] {
        let block = &self.blocks[block];
        &self.list[block.start..block.end]
    }

    /// Marks a state; whether it is the first marked one of its block.
    fn mark(&mut self, state: usize) -> bool {
        let block = &mut self.blocks[self.block_of[state]];
        let (from, to) = (self.place[state], block.start + block.marked);
        if from < to {
            return false;
        }
        block.marked += 1;
        let first = block.marked == 1;
        self.list.swap(from, to);
        self.place[self.list[from]] = from;
        self.place[state] = to;
        first
    }

    /// Moves the marked states of a block to a new one, unless all or none are marked.
    fn split(&mut self, block: usize) -> Option<usize> {
        let new = self.blocks.len();
        let old = &mut self.blocks[block];
        let marked = std::mem::take(&mut old.marked);
        let (start, end) = (old.start, old.start + marked);
        if marked == 0 || end == old.end {
            return None;
        }
        old.start = end;
        self.blocks.push(Block {
            start,
            end,
            marked: 0,
        });
        for &state in &self.list[start..end] {
            self.block_of[state] = new;
        }
        Some(new)
    }
}
