//! Thompson's construction: the tree as a nondeterministic automaton.

use super::TooLarge;
use super::alphabet::Alphabet;
use crate::model::PatternNode;

/// The most states before determinising.
const MAX_STATES: u64 = 16_384;

/// A state.
pub(super) enum State<'a> {
    /// One of the symbols leads on.
    Step(&'a [usize], usize),
    /// Any of the states, without reading.
    Fork(Vec<usize>),
    /// The pattern is matched.
    Accept,
}

/// A nondeterministic automaton.
pub(super) struct Nfa<'a> {
    pub(super) states: Vec<State<'a>>,
    pub(super) start: usize,
}

impl<'a> Nfa<'a> {
    /// The automaton of a tree.
    pub(super) fn of(node: &PatternNode, alphabet: &'a Alphabet) -> Result<Nfa<'a>, TooLarge> {
        if size(node) > MAX_STATES {
            return Err(TooLarge);
        }
        let mut nfa = Nfa {
            states: vec![State::Accept],
            start: 0,
        };
        nfa.start = nfa.add(node, 0, alphabet);
        Ok(nfa)
    }

    fn push(&mut self, state: State<'a>) -> usize {
        self.states.push(state);
        self.states.len() - 1
    }

    /// Adds a part after which `next` comes, and says where it begins.
    fn add(&mut self, node: &PatternNode, next: usize, alphabet: &'a Alphabet) -> usize {
        match node {
            PatternNode::Empty => next,
            PatternNode::Class(ranges) => self.push(State::Step(alphabet.of_class(ranges), next)),
            PatternNode::Sequence(parts) => parts
                .iter()
                .rev()
                .fold(next, |next, part| self.add(part, next, alphabet)),
            PatternNode::Alternatives(parts) => {
                let begins = parts
                    .iter()
                    .map(|part| self.add(part, next, alphabet))
                    .collect();
                self.push(State::Fork(begins))
            }
            PatternNode::Repeat { node, min, max } => {
                let mut begin = next;
                match max {
                    None => {
                        begin = self.push(State::Fork(Vec::new()));
                        let body = self.add(node, begin, alphabet);
                        self.states[begin] = State::Fork(vec![body, next]);
                    }
                    Some(max) => {
                        for _ in *min..*max {
                            let body = self.add(node, begin, alphabet);
                            begin = self.push(State::Fork(vec![body, next]));
                        }
                    }
                }
                (0..*min).fold(begin, |begin, _| self.add(node, begin, alphabet))
            }
        }
    }
}

/// At least how many states [`Nfa::add`] makes and how many steps it takes.
fn size(node: &PatternNode) -> u64 {
    match node {
        PatternNode::Empty | PatternNode::Class(_) => 1,
        PatternNode::Sequence(parts) | PatternNode::Alternatives(parts) => {
            parts.iter().map(size).fold(1, u64::saturating_add)
        }
        PatternNode::Repeat { node, min, max } => {
            let times = u64::from(max.unwrap_or(min.saturating_add(1)).max(*min));
            size(node)
                .saturating_add(1)
                .saturating_mul(times)
                .saturating_add(1)
        }
    }
}
