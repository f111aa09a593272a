//! One field of a row changed: emptied, lengthened, retyped, broken in its form.

use vitrina_codegen::model::eval::{Rule, Value, cell};
use vitrina_codegen::model::{
    AssertionBody, BaseType, BooleanForm, Column, ColumnId, Model, NullForm, Structure, Table,
    ValueType,
};

use super::base::Base;
use super::claim::{Claim, Mutation};
use super::looks;
use super::shape::{fields, meaning, quoted, with_field};
use crate::random::Random;

/// A changed line, with the claims to be made of it, each with whether the column is named.
struct Change {
    title: &'static str,
    line: Vec<u8>,
    claims: Vec<(&'static str, bool)>,
}

/// Changes one field of a row.
pub(super) struct Field<'b> {
    pub(super) base: &'b Base,
    /// Position of the table.
    pub(super) at: usize,
    /// Position of the row.
    pub(super) row: usize,
    /// The name of the file.
    pub(super) file: &'b str,
}

impl Field<'_> {
    /// Another line in place of the row's; none if the change drawn does not fit the column drawn.
    pub(super) fn change(&self, random: &mut Random) -> Option<(Vec<u8>, Mutation)> {
        let table = self.base.table(self.at);
        let line = &self.base.tables[self.at].lines[self.row];
        let fields = fields(line);
        let which = random.below(One::CHANGES);
        // Some changes fit few columns: any that one fits will do.
        let count = table.columns.len();
        let first = random.below(count as u64) as usize;
        let mut columns = (first..first + count).map(|at| &table.columns[at % count]);
        let (column, change) = columns.find_map(|column| {
            let field = fields.get(column.id.index())?;
            let text = meaning(field);
            let one = One {
                base: self.base,
                table,
                column,
                line,
                field,
                text: &text,
            };
            Some((column, one.draw(which, self.at, random)?))
        })?;
        let title = format!(
            "{}:{} {}: {}",
            self.file,
            self.row + 2,
            column.name,
            change.title
        );
        let mut mutation = Mutation::open(change.title, title);
        for (code, is_named) in change.claims {
            let claim = Claim::of_line(code, self.file, self.row as u64 + 2);
            mutation = mutation.with(match is_named {
                true => claim.in_column(&column.name),
                false => claim,
            });
        }
        (change.line != line.as_bytes()).then_some((change.line, mutation))
    }
}

struct One<'b> {
    base: &'b Base,
    table: &'b Table,
    column: &'b Column,
    line: &'b str,
    field: &'b str,
    text: &'b str,
}

/// Texts that are no value of most types.
const STRANGE: [&str; 12] = [
    "ни то ни сё",
    "1,5",
    "2024-02-30",
    "24:00:00",
    "2024-13-01 00:00:00",
    "да",
    "--",
    "0x1F",
    "1e",
    "NULL",
    "TRUE",
    "2023-02-29",
];

/// Characters that no field may hold.
const CONTROL: [char; 6] = ['\u{7}', '\t', '\u{85}', '\u{2028}', '\u{2029}', '\u{7f}'];

/// What looks like numbers of persons, or like a way to reach them.
const PERSONAL: [&str; 4] = [
    "тел. 8 912 345-67-89",
    "СНИЛС 112-233-445 95",
    "пишите: demo@example.org",
    "паспорт 45 10 123456",
];

impl One<'_> {
    /// How many changes there are to draw from.
    const CHANGES: u64 = 21;

    fn draw(&self, which: u64, at: usize, random: &mut Random) -> Option<Change> {
        match which {
            0 => self.emptied(),
            1 => self.bare(),
            2 => self.lengthened(random),
            3 | 4 => self.retyped(random),
            5 => self.out_of_range(),
            6 => self.misformed(random),
            7 => self.misdigited(),
            8 => self.off_list(),
            9 => self.controlled(random),
            10 => self.inserted('\0', "NUL", vec![("V0211", false)]),
            11 => self.blanked(random),
            12 => self.mixed(),
            13 => self.unquoted(),
            14 => self.stray(),
            15 => self.opened(),
            16 => self.broken(random),
            17 => self.not_utf_8(random),
            18 => self.personal(random),
            19 => self.boolean(),
            _ => self.other_value(at, random),
        }
    }

    fn id(&self) -> ColumnId {
        self.column.id
    }

    fn model(&self) -> &Model {
        &self.base.model
    }

    fn is_hash(&self) -> bool {
        let form = self.model().form_of(&self.column.ty);
        form.is_some_and(|form| form.hash_of.is_some())
    }

    fn raw(
        &self,
        title: &'static str,
        field: &str,
        claims: Vec<(&'static str, bool)>,
    ) -> Option<Change> {
        Some(Change {
            title,
            line: with_field(self.line, self.id().index(), field).into_bytes(),
            claims,
        })
    }

    fn text(
        &self,
        title: &'static str,
        text: &str,
        claims: Vec<(&'static str, bool)>,
    ) -> Option<Change> {
        self.raw(title, &quoted(text), claims)
    }

    fn emptied(&self) -> Option<Change> {
        let empty = match self.model().showcase().csv.null {
            NullForm::Quoted => "\"\"",
            NullForm::Bare => "",
        };
        let claims = match self.column.is_required() {
            true => vec![("V0401", true)],
            false => Vec::new(),
        };
        self.raw("emptied", empty, claims)
    }

    /// Null in the form that the profile does not have.
    fn bare(&self) -> Option<Change> {
        let empty = match self.model().showcase().csv.null {
            NullForm::Quoted => "",
            NullForm::Bare => "\"\"",
        };
        let code = match self.column.is_required() {
            true => "V0401",
            false => "V0415",
        };
        self.raw("null in another form", empty, vec![(code, true)])
    }

    fn lengthened(&self, random: &mut Random) -> Option<Change> {
        let most = self.column.ty.base.max_chars()? as usize;
        let mut text = self.text.to_owned();
        let more = (most + 1).saturating_sub(text.chars().count());
        text.extend(std::iter::repeat_n(
            *random.one_of(&['я', 'x', '7']),
            more.max(1),
        ));
        let code = match self.column.ty.base {
            _ if self.is_hash() => "V0417",
            BaseType::Char(_) => "V0405",
            _ => "V0404",
        };
        self.text("lengthened", &text, vec![(code, true)])
    }

    fn retyped(&self, random: &mut Random) -> Option<Change> {
        let base = self.column.ty.base;
        let text = *random.one_of(&STRANGE);
        if base.is_text() || Value::parse(base, text).is_some() {
            return None;
        }
        let code = match base.value_type() {
            ValueType::Date | ValueType::Time | ValueType::Timestamp => "V0409",
            _ => "V0403",
        };
        self.text("retyped", text, vec![(code, true)])
    }

    fn out_of_range(&self) -> Option<Change> {
        let text = match self.column.ty.base {
            BaseType::Int32 => "2147483648",
            BaseType::BigInt => "-9223372036854775809",
            BaseType::Double | BaseType::Float => "1e999",
            _ => return None,
        };
        Value::parse(self.column.ty.base, text)
            .is_none()
            .then_some(())?;
        self.text("out of range", text, vec![("V0410", true)])
    }

    fn misformed(&self, random: &mut Random) -> Option<Change> {
        let form = self.model().form_of(&self.column.ty)?;
        let pattern = form.pattern.as_ref()?;
        let mut letters: Vec<char> = self.text.chars().collect();
        let place = random.below(letters.len().max(1) as u64) as usize;
        *letters.get_mut(place)? = *random.one_of(&['!', 'щ', '%', 'Z', ' ']);
        let text: String = letters.into_iter().collect();
        (!pattern.matches(&text)).then_some(())?;
        let code = if self.is_hash() { "V0417" } else { "V0406" };
        self.text("another form", &text, vec![(code, true)])
    }

    fn misdigited(&self) -> Option<Change> {
        let form = self.model().form_of(&self.column.ty)?;
        form.algorithm?;
        let (at, digit) = self
            .text
            .char_indices()
            .rfind(|(_, one)| one.is_ascii_digit())?;
        let other = char::from_digit((digit.to_digit(10)? + 1) % 10, 10)?;
        let mut text = self.text.to_owned();
        text.replace_range(at..=at, &other.to_string());
        let broken = cell(self.model(), &self.column.ty, &text);
        broken.contains(&Rule::CheckDigit).then_some(())?;
        self.text("another digit", &text, vec![("V0407", true)])
    }

    fn off_list(&self) -> Option<Change> {
        self.model().closed_list_of(&self.column.ty)?;
        let base = self.column.ty.base;
        let text = if base.is_text() { "zz" } else { "32000" };
        Value::parse(base, text)?;
        let broken = cell(self.model(), &self.column.ty, text);
        broken.contains(&Rule::List).then_some(())?;
        self.text("off the list", text, vec![("V0408", true)])
    }

    fn controlled(&self, random: &mut Random) -> Option<Change> {
        self.inserted(
            *random.one_of(&CONTROL),
            "control character",
            vec![("V0412", true)],
        )
    }

    fn inserted(
        &self,
        one: char,
        title: &'static str,
        claims: Vec<(&'static str, bool)>,
    ) -> Option<Change> {
        let middle = self.text.chars().count() / 2;
        let at = self.text.char_indices().nth(middle).map_or(0, |(at, _)| at);
        let mut text = self.text.to_owned();
        text.insert(at, one);
        self.text(title, &text, claims)
    }

    fn blanked(&self, random: &mut Random) -> Option<Change> {
        let blank = *random.one_of(&[' ', '\u{a0}', '\u{2003}']);
        let text = match random.below(2) {
            0 => format!("{blank}{}", self.text),
            _ => format!("{}{blank}", self.text),
        };
        let claims = match self.column.ty.base {
            base if base.is_text() && !self.is_hash() => vec![("V0413", true)],
            base if base.is_text() => vec![("V0417", true)],
            _ => return self.text("blanks", &text, Vec::new()),
        };
        self.text("blanks", &text, claims)
    }

    fn mixed(&self) -> Option<Change> {
        let text = looks::mixed(self.text)?;
        self.column.ty.base.is_text().then_some(())?;
        self.text("letters of two alphabets", &text, vec![("V0414", true)])
    }

    fn unquoted(&self) -> Option<Change> {
        let is_plain = !self.text.is_empty() && !self.text.contains([';', '"']);
        is_plain.then_some(())?;
        self.raw("unquoted", self.text, vec![("V0302", true)])
    }

    fn stray(&self) -> Option<Change> {
        let inner = self.field.strip_prefix('"')?.strip_suffix('"')?;
        (inner.len() >= 2 && !inner.contains(['"', ';'])).then_some(())?;
        let at = inner.char_indices().nth(1)?.0;
        let (left, right) = inner.split_at(at);
        self.raw(
            "a quote alone",
            &format!("\"{left}\"{right}\""),
            vec![("V0304", false)],
        )
    }

    /// The last quote of the line is missing: the one before it opens what nobody closes.
    fn opened(&self) -> Option<Change> {
        let last = self.table.columns.last()?;
        (last.id == self.id() && self.field.ends_with('"') && self.field.len() > 2).then_some(())?;
        let field = self.field.strip_suffix('"')?;
        (!field[1..].ends_with('"')).then_some(())?;
        let is_last = self.base.tables.iter().any(|table| {
            table.table == self.table.id
                && table.lines.last().map(String::as_str) == Some(self.line)
        });
        let code = if is_last { "V0212" } else { "V0303" };
        self.raw("a quote missing", field, vec![(code, false)])
    }

    fn broken(&self, random: &mut Random) -> Option<Change> {
        let end = *random.one_of(&['\n', '\n']);
        (self.text.chars().count() > 1).then_some(())?;
        self.inserted(end, "a line break", vec![("V0305", true)])
    }

    fn not_utf_8(&self, random: &mut Random) -> Option<Change> {
        (self.text.len() > 1).then_some(())?;
        let mut line = self.line.as_bytes().to_vec();
        let fields = fields(self.line);
        let before = fields.iter().take(self.id().index());
        let at = before.map(|one| one.len() + 1).sum::<usize>() + 1;
        line.insert(at, *random.one_of(&[0xff, 0xc0, 0xed]));
        std::str::from_utf8(&line).is_err().then_some(())?;
        Some(Change {
            title: "not UTF-8",
            line,
            claims: vec![("V0306", false)],
        })
    }

    fn personal(&self, random: &mut Random) -> Option<Change> {
        let mut free = self.model().free_text_of(self.table);
        free.find(|one| one.id == self.id())?;
        let text = *random.one_of(&PERSONAL);
        let is_sought = self
            .model()
            .rules()
            .iter()
            .flat_map(|rule| &rule.assertions)
            .any(|assertion| match &assertion.body {
                AssertionBody::Structure(Structure::FreeText(patterns)) => {
                    patterns.iter().any(|pattern| pattern.matches(text))
                }
                _ => false,
            });
        let claims = if is_sought {
            vec![("V0416", true)]
        } else {
            Vec::new()
        };
        self.text("a number of a person", text, claims)
    }

    fn boolean(&self) -> Option<Change> {
        (self.column.ty.base == BaseType::Boolean).then_some(())?;
        let text = match self.model().showcase().csv.boolean {
            BooleanForm::Lower => "True",
            BooleanForm::Title => "true",
            BooleanForm::Digit => "false",
        };
        self.text("a boolean in another form", text, vec![("V0403", true)])
    }

    /// Another value of the column: mostly as right as the one before.
    fn other_value(&self, at: usize, random: &mut Random) -> Option<Change> {
        let line = random.one_of(&self.base.tables[at].lines);
        let fields = fields(line);
        self.raw("another value", fields.get(self.id().index())?, Vec::new())
    }
}
