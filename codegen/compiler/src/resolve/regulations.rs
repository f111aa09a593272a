//! Norms, their clauses, and the register of kinds of information.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Names, Sort, once, twice};
use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::regulation::is_within;
use crate::model::{Clause, ClauseId, Kind, Regulation};
use crate::source::declaration::{Declarations, RegulationDecl, Word};
use crate::source::nearest::nearest;
use crate::source::{Span, Spanned};
use crate::text;

const REGULATION: Sort = Sort {
    unknown: code::NO_SUCH_CLAUSE,
    en: "regulation",
    ru: "акт",
    ru_of: "акта",
};

const CLAUSE: Sort = Sort {
    unknown: code::NO_SUCH_CLAUSE,
    en: "clause",
    ru: "пункт",
    ru_of: "пункта",
};

/// Clauses by number, and by regulation and number.
#[derive(Debug)]
pub(super) struct Clauses<'a> {
    by_number: BTreeMap<&'a str, Vec<ClauseId>>,
    by_regulation: BTreeMap<String, ClauseId>,
    /// Name of each regulation, places of its clauses.
    regulations: Vec<(&'a str, Vec<Span>)>,
    complete: bool,
}

/// Collects the norms.
pub(super) fn resolve<'a>(
    found: &'a Declarations,
    report: &mut Report,
) -> (Clauses<'a>, Vec<Regulation>) {
    let complete = !found.lost.regulations;
    let mut names = Names::new(REGULATION, complete);
    let mut clauses = Clauses {
        by_number: BTreeMap::new(),
        by_regulation: BTreeMap::new(),
        regulations: Vec::new(),
        complete,
    };
    let mut list = Vec::new();
    for declared in &found.regulations {
        if !names.add(&declared.name, list.len(), report) {
            continue;
        }
        let regulation = to_u32(list.len());
        let mut own = Names::new(CLAUSE, complete);
        let mut kept = Vec::new();
        for (number, title) in &declared.clauses {
            if !own.add(number, kept.len(), report) {
                continue;
            }
            let id = ClauseId {
                regulation,
                clause: to_u32(kept.len()),
            };
            clauses.by_number.entry(&number.value).or_default().push(id);
            let qualified = format!("{}:{}", declared.name.value, number.value);
            clauses.by_regulation.insert(qualified, id);
            kept.push(Clause {
                number: number.value.clone(),
                title: title.clone().unwrap_or_default(),
                span: number.span,
            });
        }
        let carried = carried(declared, &kept, complete, report);
        let spans = kept.iter().map(|clause| clause.span).collect();
        clauses.regulations.push((&declared.name.value, spans));
        list.push(Regulation {
            name: declared.name.value.clone(),
            title: declared.title.clone().unwrap_or_default(),
            number: declared.number.clone(),
            date: declared.date.clone(),
            note: declared.note.clone(),
            carried,
            clauses: kept,
            span: declared.name.span,
        });
    }
    (clauses, list)
}

/// The points whose clauses must be carried: each has clauses.
fn carried(
    declared: &RegulationDecl,
    clauses: &[Clause],
    complete: bool,
    report: &mut Report,
) -> Vec<Word> {
    let mut points = once(&declared.carried, report);
    points.retain(|point| {
        let number = &point.value;
        let known = clauses
            .iter()
            .any(|clause| is_within(&clause.number, number));
        if !known && complete {
            let numbers = clauses.iter().map(|clause| clause.number.as_str());
            report.push(
                Diagnostic::new(
                    code::CARRIED_POINT,
                    text!(
                        "the regulation has no clause at point `{number}`",
                        "в акте нет положений пункта `{number}`"
                    ),
                )
                .at(point.span)
                .suggest(nearest(number, numbers))
                .help(text!(
                    "name a clause of the list below, or the beginning of one up to a dot",
                    "назовите положение из списка ниже или его начало до точки"
                )),
            );
        }
        known
    });
    points
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Clauses<'_> {
    /// The clauses of a list, each found or reported.
    pub(super) fn find_all(&self, words: &[Word], report: &mut Report) -> Vec<ClauseId> {
        let mut ids: Vec<ClauseId> = Vec::with_capacity(words.len());
        for word in once(words, report) {
            if let Some(id) = self.find(&word, report) {
                ids.push(id);
            }
        }
        ids
    }

    fn find(&self, word: &Word, report: &mut Report) -> Option<ClauseId> {
        if let Some(id) = self.by_regulation.get(&word.value) {
            return Some(*id);
        }
        match self.by_number.get(word.value.as_str()).map(Vec::as_slice) {
            Some([id]) => Some(*id),
            Some(several) => {
                report.push(self.ambiguous(word, several));
                None
            }
            None => {
                if self.complete {
                    report.push(self.unknown(word));
                }
                None
            }
        }
    }

    fn ambiguous(&self, word: &Word, ids: &[ClauseId]) -> Diagnostic {
        let number = &word.value;
        let mut finding = Diagnostic::new(
            code::AMBIGUOUS_CLAUSE,
            text!(
                "several regulations have a clause `{number}`",
                "пункт `{number}` есть в нескольких актах"
            ),
        );
        let mut choices = Vec::new();
        for id in ids {
            let (name, spans) = &self.regulations[id.regulation as usize];
            choices.push(format!("`{name}:{number}`"));
            let span = spans[id.clause as usize];
            finding = finding.also(span, text!("in `{name}`", "в `{name}`"));
        }
        let choices = choices.join(", ");
        finding
            .at(word.span)
            .help(text!("say which: {choices}", "уточните: {choices}"))
    }

    fn unknown(&self, word: &Word) -> Diagnostic {
        let number = &word.value;
        let known = match number.split_once(':') {
            Some(_) => nearest(number, self.by_regulation.keys().map(String::as_str)),
            None => nearest(number, self.by_number.keys().copied()),
        };
        Diagnostic::new(
            code::NO_SUCH_CLAUSE,
            text!("there is no clause `{number}`", "нет пункта `{number}`"),
        )
        .at(word.span)
        .suggest(known)
        .help(text!(
            "clauses are declared in `regulations/*.yaml`",
            "пункты объявляются в `regulations/*.yaml`"
        ))
    }
}

/// The numbers of kinds of information.
#[derive(Debug)]
pub(super) struct Kinds {
    known: BTreeSet<u32>,
    complete: bool,
}

/// Collects the register of kinds.
pub(super) fn kinds(
    found: &Declarations,
    clauses: &Clauses<'_>,
    report: &mut Report,
) -> (Kinds, Vec<Kind>) {
    const KIND: Sort = Sort {
        unknown: code::NO_SUCH_KIND,
        en: "kind of information",
        ru: "вид сведений",
        ru_of: "вида сведений",
    };
    let mut first: BTreeMap<u32, Span> = BTreeMap::new();
    let mut list = Vec::new();
    for declared in &found.kinds {
        let number = &declared.number;
        if let Some(first) = first.get(&number.value) {
            let word = Spanned::new(number.value.to_string(), number.span);
            report.push(twice(KIND, &word, *first));
            continue;
        }
        first.insert(number.value, number.span);
        list.push(Kind {
            number: number.value,
            title: declared.title.clone().unwrap_or_default(),
            block: declared.block.clone().unwrap_or_default(),
            origin: declared.origin.unwrap_or(crate::model::Origin::Inference),
            clauses: clauses.find_all(&declared.clauses, report),
            span: number.span,
        });
    }
    list.sort_by_key(|kind| kind.number);
    let kinds = Kinds {
        known: first.into_keys().collect(),
        complete: !found.lost.kinds,
    };
    (kinds, list)
}

impl Kinds {
    /// The numbers of a list, each known or reported.
    pub(super) fn find_all(&self, numbers: &[Spanned<u32>], report: &mut Report) -> Vec<u32> {
        let mut kept = Vec::with_capacity(numbers.len());
        for number in once(numbers, report) {
            let n = number.value;
            if self.known.contains(&n) {
                kept.push(n);
            } else if self.complete {
                report.push(
                    Diagnostic::new(
                        code::NO_SUCH_KIND,
                        text!(
                            "there is no kind of information {n}",
                            "нет вида сведений {n}"
                        ),
                    )
                    .at(number.span)
                    .help(text!(
                        "kinds are declared in `kinds.yaml`",
                        "виды сведений объявляются в `kinds.yaml`"
                    )),
                );
            }
        }
        kept
    }
}
