//! The shape of the language as data: which objects there are, which fields they have, what each
//! field holds. [`check`] holds files against it, [`super::schema`] prints it as JSON Schema; the
//! declarations only pick values up, so the three cannot disagree.

pub(crate) mod check;
pub(crate) mod language;
pub(crate) mod scalar;

use crate::diagnostic::Text;
use crate::source::nearest::nearest;

/// A mapping with named fields.
#[derive(Debug)]
pub(crate) struct Object {
    /// Its name in the JSON Schema: `table`.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) about: About,
    /// Its fields, in the order in which they are best written.
    pub(crate) fields: &'static [Field],
}

/// A field of an [`Object`].
#[derive(Debug)]
pub(crate) struct Field {
    /// The key.
    pub(crate) name: &'static str,
    /// Whether it must be there.
    pub(crate) required: bool,
    /// What it holds.
    pub(crate) value: Value,
    /// What it means.
    pub(crate) about: About,
}

/// A description in both languages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About {
    /// English.
    pub(crate) en: &'static str,
    /// Russian.
    pub(crate) ru: &'static str,
}

/// What a field holds.
#[derive(Debug)]
pub(crate) enum Value {
    /// Text for people: any scalar, not empty.
    Text,
    /// A name: not empty, without blanks, dots and punctuation.
    Name,
    /// A name, or several with dots between: `lesson.code`.
    Reference,
    /// A code: any characters; what YAML reads as a number must stand in quotes.
    Code,
    /// A code of a list: as a code, but the codes of a list of numbers stand without quotes, so
    /// the list's type decides.
    ListCode,
    /// A value of data: numbers in their usual form may stand without quotes.
    Literal,
    /// A number of a clause: the scalar's text as it stands.
    Clause,
    /// A piece of SQL, or a pattern.
    Sql,
    /// A semantic version.
    Version,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A UUID.
    Uuid,
    /// A whole number from 0 to 2³²−1.
    Number,
    /// `true` or `false`.
    Boolean,
    /// One of these words.
    Word(fn() -> Vec<&'static str>),
    /// A list.
    List(&'static Value),
    /// A list, or one value for a list of one.
    OneOrMany(&'static Value),
    /// An object.
    Object(&'static Object),
    /// An object, or one scalar in its stead.
    ShortOrObject(&'static Value, &'static Object),
    /// A list, or an object in its stead.
    ListOrObject(&'static Value, &'static Object),
    /// A mapping with free keys.
    Table(&'static Value),
}

impl Object {
    /// The field that a key names or, when there is none of that name, most likely means.
    pub(crate) fn meant(&self, key: &str) -> Option<&'static str> {
        let mut names = self.fields.iter().map(|field| field.name);
        let exact = names.find(|name| *name == key);
        exact.or_else(|| nearest(key, self.fields.iter().map(|field| field.name)))
    }
}

impl Value {
    /// What is expected, for messages.
    pub(crate) fn expected(&self) -> Text {
        use crate::text;
        match self {
            Value::List(_) => text!("a list", "список"),
            Value::OneOrMany(_) => text!(
                "a value or a list of values",
                "значение или список значений"
            ),
            Value::Object(_) | Value::Table(_) => text!("a mapping", "набор полей"),
            Value::ShortOrObject(..) => text!("a text or a mapping", "текст или набор полей"),
            Value::ListOrObject(..) => text!("a list or a mapping", "список или набор полей"),
            Value::Number => text!("a whole number", "целое число"),
            Value::Boolean => text!("`true` or `false`", "`true` или `false`"),
            _ => text!("a text", "текст"),
        }
    }
}
