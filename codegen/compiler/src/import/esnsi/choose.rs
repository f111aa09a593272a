//! Which attribute of a list is its code, which its title and so on: as told, else as the
//! structure gives it away. Nothing is guessed: where two would do, the user is asked.

use super::Options;
use super::structure::{Attribute, Structure};
use super::value::Kind;
use crate::diagnostic::{Diagnostic, Report, Text, code};
use crate::source::nearest::nearest;
use crate::text;

/// Positions of the attributes that a classifier is made of.
#[derive(Debug)]
pub(super) struct Roles {
    pub(super) code: usize,
    pub(super) title: usize,
    pub(super) parent: Option<usize>,
    pub(super) latin_name: Option<usize>,
    pub(super) start_date: Option<usize>,
    pub(super) end_date: Option<usize>,
}

impl Roles {
    /// Whether the values of an attribute are taken over.
    pub(super) fn has(&self, at: usize) -> bool {
        let optional = [self.parent, self.latin_name, self.start_date, self.end_date];
        at == self.code || at == self.title || optional.contains(&Some(at))
    }
}

/// The register's own key, made of other attributes: no code that data would hold.
const OWN_KEY: &str = "autokey";

// Names of attributes, technical ones and titles, as `plain` leaves them; the surer ones first.
const CODES: &[&str] = &["code", "код"];
const TITLES: &[&str] = &[
    "name",
    "наименование",
    "title",
    "название",
    "fullname",
    "полное наименование",
    "shortname",
    "краткое наименование",
    "value",
    "значение",
];
const PARENTS: &[&str] = &[
    "parentcode",
    "parent",
    "parentid",
    "код вышестоящего значения",
    "код родителя",
    "родительский код",
    "код родительской записи",
    "код родительского элемента",
    "вышестоящий код",
    "родитель",
];
const LATIN_NAMES: &[&str] = &["latinname", "имя для программ"];
const START_DATES: &[&str] = &[
    "startdate",
    "datestart",
    "begindate",
    "datebegin",
    "дата начала действия",
    "начало действия",
    "дата начала",
    "действует с",
];
const END_DATES: &[&str] = &[
    "enddate",
    "dateend",
    "finishdate",
    "datefinish",
    "дата окончания действия",
    "окончание действия",
    "дата окончания",
    "действует по",
];

/// The attributes to take over. `None` when the code or the title is not clear, or what was told
/// cannot be; all of that is reported.
pub(super) fn roles(
    structure: &Structure,
    options: &Options,
    report: &mut Report,
) -> Option<Roles> {
    let mut choice = Choice {
        structure,
        report,
        failed: false,
    };
    let code = match &options.code {
        Some(told) => choice.told("--code", told, None),
        None => choice.code(),
    };
    let title = match &options.title {
        Some(told) => choice.told("--title", told, None),
        None => choice.title(code),
    };
    let mut optional = |option, told: &Option<String>, names, kind: Option<Kind>| match told {
        Some(told) => choice.told(option, told, kind),
        None => named(structure, names, |at, attribute| {
            Some(at) != code && Some(at) != title && kind.is_none_or(|kind| attribute.kind == kind)
        }),
    };
    let day = Some(Kind::Date);
    let start_date = optional("--start-date", &options.start_date, START_DATES, day);
    let end_date = optional("--end-date", &options.end_date, END_DATES, day);
    let latin_name = optional("--latin-name", &options.latin_name, LATIN_NAMES, None);
    let parent = match (
        &options.parent,
        code.and_then(|code| own_reference(structure, code)),
    ) {
        (None, Some(at)) => Some(at),
        _ => optional("--parent", &options.parent, PARENTS, None),
    };
    if choice.failed {
        return None;
    }
    Some(Roles {
        code: code?,
        title: title?,
        parent,
        latin_name,
        start_date,
        end_date,
    })
}

/// Says once what is not taken over.
pub(super) fn say_unused(structure: &Structure, roles: &Roles, report: &mut Report) {
    const SHOWN: usize = 12;
    let attributes = structure.attributes.iter().enumerate();
    let unused: Vec<String> = attributes
        .filter(|(at, attribute)| !roles.has(*at) && !is_own_key(attribute))
        .map(|(_, attribute)| format!("`{}`", attribute.name.value))
        .collect();
    if unused.is_empty() {
        return;
    }
    let mut list = unused
        .iter()
        .take(SHOWN)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if unused.len() > SHOWN {
        list += &format!(", … (+{})", unused.len() - SHOWN);
    }
    let words = |at: usize| &structure.attributes[at].name.value;
    let (code, title) = (words(roles.code), words(roles.title));
    report.push(
        Diagnostic::new(
            code::IMPORT_UNUSED,
            text!(
                "the code is `{code}`, the title is `{title}`; not taken over: {list}",
                "код — `{code}`, название — `{title}`; не взяты: {list}"
            ),
        )
        .at(structure.span)
        .help(text!(
            "other attributes are chosen by `--code`, `--title`, `--parent`, `--latin-name`, `--start-date`, `--end-date`",
            "другие атрибуты выбирают ключами `--code`, `--title`, `--parent`, `--latin-name`, `--start-date`, `--end-date`"
        )),
    );
}

struct Choice<'a> {
    structure: &'a Structure,
    report: &'a mut Report,
    failed: bool,
}

impl Choice<'_> {
    /// The attribute that an option names by uid, technical name or title.
    fn told(&mut self, option: &str, told: &str, kind: Option<Kind>) -> Option<usize> {
        let attributes = &self.structure.attributes;
        let by_uid = attributes.iter().position(|one| one.uid.value == told);
        let by_name: Vec<usize> = (0..attributes.len())
            .filter(|at| names(&attributes[*at]).any(|name| plain(name) == plain(told)))
            .collect();
        let found = match (by_uid, by_name.as_slice()) {
            (Some(at), _) => at,
            (None, [at]) => *at,
            (None, []) => {
                let known = attributes.iter().flat_map(names);
                let near = nearest(told, known).map(str::to_owned);
                self.fail(
                    text!(
                        "`{option}`: the list has no attribute `{told}`",
                        "`{option}`: в справочнике нет атрибута `{told}`"
                    ),
                    near,
                );
                return None;
            }
            (None, several) => {
                let uids: Vec<String> = several
                    .iter()
                    .map(|at| format!("`{}`", attributes[*at].uid.value))
                    .collect();
                let uids = uids.join(", ");
                self.fail(
                    text!(
                        "`{option}`: several attributes are called `{told}`; their uids are {uids}",
                        "`{option}`: `{told}` называются несколько атрибутов; их uid: {uids}"
                    ),
                    None,
                );
                return None;
            }
        };
        if let Some(kind) = kind.filter(|kind| *kind != attributes[found].kind) {
            let Text { en, ru } = kind.expected();
            self.fail(
                text!(
                    "`{option}`: values of `{told}` are not what is needed: {en}",
                    "`{option}`: значения `{told}` — не то, что нужно: {ru}"
                ),
                None,
            );
            return None;
        }
        Some(found)
    }

    /// The key, or the one attribute that the register makes its own key of.
    fn code(&mut self) -> Option<usize> {
        let attributes = &self.structure.attributes;
        let key = self.structure.key.as_ref();
        let key = key.and_then(|key| self.structure.find(&key.value));
        if let Some(at) = key.filter(|at| !is_own_key(&attributes[*at])) {
            return Some(at);
        }
        let mut parts = (0..attributes.len()).filter(|at| attributes[*at].is_key_part);
        let found = match (parts.next(), parts.next()) {
            (Some(part), None) => Some(part),
            _ => named(self.structure, CODES, |_, attribute| !is_own_key(attribute)),
        };
        if found.is_none() {
            self.fail(
                text!(
                    "it is not clear which attribute holds the codes",
                    "неясно, в каком атрибуте стоят коды"
                ),
                None,
            );
        }
        found
    }

    fn title(&mut self, code: Option<usize>) -> Option<usize> {
        let attributes = &self.structure.attributes;
        let fits = |at: usize, attribute: &Attribute| {
            attribute.kind.is_text() && Some(at) != code && !is_own_key(attribute)
        };
        let found = named(self.structure, TITLES, fits).or_else(|| {
            let mut texts = (0..attributes.len()).filter(|at| fits(*at, &attributes[*at]));
            // A single text beside the code can only be what the code means.
            texts.next().filter(|_| texts.next().is_none())
        });
        if found.is_none() {
            self.fail(
                text!(
                    "it is not clear which attribute holds the titles",
                    "неясно, в каком атрибуте стоят названия"
                ),
                None,
            );
        }
        found
    }

    fn fail(&mut self, message: Text, near: Option<String>) {
        self.failed = true;
        let attributes = self.structure.attributes.iter();
        let known: Vec<String> = attributes
            .map(|attribute| match &attribute.tech_name {
                Some(tech) => format!("`{}` ({tech})", attribute.name.value),
                None => format!("`{}`", attribute.name.value),
            })
            .collect();
        let known = known.join(", ");
        self.report.push(
            Diagnostic::new(code::IMPORT_CHOICE, message)
                .at(self.structure.span)
                .help(text!(
                    "name attributes by `--code ATTR` and `--title ATTR`; the list has {known}",
                    "назовите атрибуты ключами `--code АТРИБУТ` и `--title АТРИБУТ`; в справочнике есть {known}"
                ))
                .suggest(near),
        );
    }
}

/// The attribute of the first of these names that exactly one fitting attribute has.
fn named(
    structure: &Structure,
    wanted: &[&str],
    fits: impl Fn(usize, &Attribute) -> bool,
) -> Option<usize> {
    wanted.iter().find_map(|wanted| {
        let attributes = structure.attributes.iter().enumerate();
        let mut found = attributes
            .filter(|(at, attribute)| {
                fits(*at, attribute) && names(attribute).any(|name| plain(name) == *wanted)
            })
            .map(|(at, _)| at);
        found.next().filter(|_| found.next().is_none())
    })
}

/// The reference from a record to the code of another record of the same list.
fn own_reference(structure: &Structure, code: usize) -> Option<usize> {
    let code = structure.attributes[code].uid.value.as_str();
    let key = structure.key.as_ref().map(|key| key.value.as_str());
    let mut found = (0..structure.attributes.len()).filter(|at| {
        let to = structure.attributes[*at].refers_to.as_deref();
        to.is_some() && (to == Some(code) || to == key)
    });
    found.next().filter(|_| found.next().is_none())
}

fn is_own_key(attribute: &Attribute) -> bool {
    names(attribute).any(|name| plain(name) == OWN_KEY)
}

fn names(attribute: &Attribute) -> impl Iterator<Item = &str> {
    let tech = attribute.tech_name.as_deref();
    tech.into_iter().chain([attribute.name.value.as_str()])
}

/// A name as people compare it: case, `ё`, underscores, hyphens and double blanks aside.
fn plain(name: &str) -> String {
    let lower = name
        .to_lowercase()
        .replace('ё', "е")
        .replace(['_', '-'], "");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}
