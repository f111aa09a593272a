//! Shapes of rules: which one is written, and its parts.

use crate::model::Structure;
use crate::source::declaration::{Mapping, Word};
use crate::source::shape::language;
use crate::source::{Fragment, Span};

/// A field that says what must hold.
#[derive(Debug)]
pub(crate) struct ShapeDecl {
    /// The field's name.
    pub(crate) name: &'static str,
    /// Place of the key.
    pub(crate) key: Span,
    /// Absent when something in it is wrong, which is reported already.
    pub(crate) body: Option<ShapeBody>,
}

/// What a shape says. Paths are kept as fragments, so that each of their steps has its place.
#[derive(Debug)]
pub(crate) enum ShapeBody {
    Check(Fragment),
    Equal(Vec<Fragment>),
    Exists(Vec<SearchDecl>),
    NotExists(Vec<SearchDecl>),
    Within(Box<WithinDecl>),
    NoOverlap {
        by: Vec<Fragment>,
        from: Fragment,
        to: Fragment,
    },
    Unique {
        by: Vec<Fragment>,
        distinct: Option<Fragment>,
    },
    Sequence {
        by: Vec<Fragment>,
        order: Fragment,
        next: Option<Fragment>,
        last: Option<Fragment>,
    },
    Structure(Structure),
    Types(Vec<Word>),
    Checks(Vec<Word>),
    FreeText(Vec<Fragment>),
}

/// Rows to find.
#[derive(Debug)]
pub(crate) struct SearchDecl {
    pub(crate) table: Option<Word>,
    pub(crate) on: Vec<(Fragment, Fragment)>,
    pub(crate) condition: Option<Fragment>,
}

/// A measure of rows and its bounds.
#[derive(Debug)]
pub(crate) struct WithinDecl {
    pub(crate) search: SearchDecl,
    pub(crate) distinct: Option<Measured>,
    pub(crate) sum: Option<Measured>,
    pub(crate) average: Option<Measured>,
    pub(crate) weight: Option<Measured>,
    pub(crate) at_least: Option<Fragment>,
    pub(crate) at_most: Option<Fragment>,
    /// Whether a bound is written, be it wrong.
    pub(crate) is_bounded: bool,
}

/// A field of a measure.
#[derive(Debug)]
pub(crate) struct Measured {
    /// Place of the key.
    pub(crate) key: Span,
    pub(crate) fragment: Fragment,
}

impl ShapeDecl {
    /// Every shape that a mapping has, in the order of the language.
    pub(super) fn all(mapping: &Mapping<'_>) -> Vec<Self> {
        let shape = |name: &&'static str| {
            Some(ShapeDecl {
                name,
                key: mapping.key(name)?,
                body: ShapeBody::read(mapping, name),
            })
        };
        language::SHAPES.iter().filter_map(shape).collect()
    }
}

impl ShapeBody {
    fn read(mapping: &Mapping<'_>, name: &str) -> Option<Self> {
        let searches = || {
            let all = mapping.one_or_many(name)?;
            Some(all.iter().map(SearchDecl::read).collect())
        };
        let words = || {
            let all = mapping.fragments(name)?;
            let word = |fragment: Fragment| Word::new(fragment.text, fragment.span);
            Some(all.into_iter().map(word).collect())
        };
        Some(match name {
            "check" => ShapeBody::Check(mapping.fragment(name)?),
            "equal" => ShapeBody::Equal(mapping.fragments(name)?),
            "exists" => ShapeBody::Exists(searches()?),
            "not_exists" => ShapeBody::NotExists(searches()?),
            "within" => ShapeBody::Within(Box::new(WithinDecl::read(&mapping.mapping(name)?))),
            "no_overlap" => {
                let inner = mapping.mapping(name)?;
                ShapeBody::NoOverlap {
                    by: inner.fragments("by")?,
                    from: inner.fragment("from")?,
                    to: inner.fragment("to")?,
                }
            }
            "unique" => {
                let inner = mapping.mapping(name)?;
                ShapeBody::Unique {
                    by: inner.fragments("by")?,
                    distinct: inner.fragment("distinct"),
                }
            }
            "sequence" => {
                let inner = mapping.mapping(name)?;
                ShapeBody::Sequence {
                    by: inner.fragments("by")?,
                    order: inner.fragment("order")?,
                    next: inner.fragment("next"),
                    last: inner.fragment("last"),
                }
            }
            "structure" => {
                let word = mapping.word(name)?.value;
                let mut known = Structure::WORDS.into_iter();
                ShapeBody::Structure(known.find(|(name, _)| *name == word)?.1)
            }
            "types" => ShapeBody::Types(words()?),
            "checks" => ShapeBody::Checks(words()?),
            "free_text" => ShapeBody::FreeText(mapping.fragments(name)?),
            _ => return None,
        })
    }
}

impl SearchDecl {
    fn read(mapping: &Mapping<'_>) -> Self {
        SearchDecl {
            table: mapping.word("in"),
            on: mapping.pairs("on"),
            condition: mapping.fragment("where"),
        }
    }
}

impl WithinDecl {
    fn read(mapping: &Mapping<'_>) -> Self {
        let measured = |field: &str| {
            Some(Measured {
                key: mapping.key(field)?,
                fragment: mapping.fragment(field)?,
            })
        };
        let is_bounded = ["at_least", "at_most"]
            .iter()
            .any(|field| mapping.has(field, &language::WITHIN));
        WithinDecl {
            search: SearchDecl::read(mapping),
            distinct: measured("distinct"),
            sum: measured("sum"),
            average: measured("average"),
            weight: measured("weight"),
            at_least: mapping.fragment("at_least"),
            at_most: mapping.fragment("at_most"),
            is_bounded,
        }
    }
}
