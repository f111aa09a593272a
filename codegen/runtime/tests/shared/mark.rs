//! A record written by hand as the generator writes it: one column of each base type.

use vitrina::csv::{BooleanForm, NullForm, Profile};
use vitrina::record::borrowed::{Borrowed, Ref, RefSource};
use vitrina::record::form::Form;
use vitrina::record::meta::{Base, Column, Origin, Personal, Requirement, Showcase, Table};
use vitrina::record::value::Value;
use vitrina::{Date, Record, RowSink, RowSource, Time, Timestamp, Uuid};

pub(crate) static SHOWCASE: Showcase = Showcase {
    mnemonic: "test",
    title: "Проба",
    version: "1.0.0",
    profile: Profile {
        null: NullForm::Quoted,
        boolean: BooleanForm::Lower,
    },
};

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct MarkId(String);

impl MarkId {
    pub(crate) const FORM: &'static Form = &Form {
        name: "mark",
        lengths: &[],
        max: Some(20),
        pattern: None,
        algorithm: None,
        personal: false,
    };
}

vitrina::key_type!(MarkId);

#[derive(Clone, PartialEq)]
pub(crate) struct Mark {
    pub(crate) id: MarkId,
    pub(crate) text: Option<String>,
    pub(crate) number: i32,
    pub(crate) large: Option<i64>,
    pub(crate) share: f64,
    pub(crate) small: Option<f32>,
    pub(crate) given: bool,
    pub(crate) day: Option<Date>,
    pub(crate) time: Time,
    pub(crate) at: Timestamp,
    pub(crate) uuid: Option<Uuid>,
    pub(crate) name: String,
}

const fn column(name: &'static str, base: Base, requirement: Requirement) -> Column {
    Column {
        name,
        title: name,
        base,
        requirement,
        personal: None,
        domain: None,
    }
}

impl Record for Mark {
    type Key = MarkId;

    const TABLE: &'static Table = {
        use Requirement::{Always, Optional};
        &Table {
            showcase: &SHOWCASE,
            name: "mark",
            title: "Отметки",
            group: None,
            origin: Origin::Inference,
            clauses: &[],
            kinds: &[],
            header: "id;text;number;large;share;small;given;day;time;at;uuid;name",
            columns: &[
                column("id", Base::Varchar(20), Always),
                column("text", Base::Text, Optional),
                column("number", Base::Int32, Always),
                column("large", Base::BigInt, Optional),
                column("share", Base::Double, Always),
                column("small", Base::Float, Optional),
                column("given", Base::Boolean, Always),
                column("day", Base::Date, Optional),
                column("time", Base::Time(0), Always),
                column("at", Base::Timestamp(6), Always),
                column("uuid", Base::Uuid, Optional),
                Column {
                    personal: Some(Personal::Name),
                    ..column("name", Base::Varchar(100), Always)
                },
            ],
            primary_key: &[0],
            unique: &[],
            references: &[],
            checks: &[],
        }
    };

    fn key(&self) -> MarkId {
        self.id.clone()
    }

    fn write_row<S: RowSink>(&self, row: &mut S) -> Result<(), S::Error> {
        row.field(0, &self.id)?;
        row.field(1, &self.text)?;
        row.field(2, &self.number)?;
        row.field(3, &self.large)?;
        row.field(4, &self.share)?;
        row.field(5, &self.small)?;
        row.field(6, &self.given)?;
        row.field(7, &self.day)?;
        row.field(8, &self.time)?;
        row.field(9, &self.at)?;
        row.field(10, &self.uuid)?;
        row.field(11, &self.name)
    }

    fn read_row<S: RowSource>(row: &mut S) -> Result<Self, S::Error> {
        Ok(Mark {
            id: row.field(0)?,
            text: row.field(1)?,
            number: row.field(2)?,
            large: row.field(3)?,
            share: row.field(4)?,
            small: row.field(5)?,
            given: row.field(6)?,
            day: row.field(7)?,
            time: row.field(8)?,
            at: row.field(9)?,
            uuid: row.field(10)?,
            name: row.field(11)?,
        })
    }
}

vitrina::record_type!(Mark);

#[derive(Clone)]
pub(crate) struct MarkRef<'a> {
    pub(crate) id: Ref<'a, MarkId>,
    pub(crate) text: Ref<'a, Option<String>>,
    pub(crate) number: i32,
    pub(crate) large: Option<i64>,
    pub(crate) share: f64,
    pub(crate) small: Option<f32>,
    pub(crate) given: bool,
    pub(crate) day: Option<Date>,
    pub(crate) time: Time,
    pub(crate) at: Timestamp,
    pub(crate) uuid: Option<Uuid>,
    pub(crate) name: Ref<'a, String>,
}

impl Borrowed for Mark {
    type Ref<'a> = MarkRef<'a>;

    fn read_ref<'a, S: RefSource<'a>>(row: &mut S) -> Result<MarkRef<'a>, S::Error> {
        Ok(MarkRef {
            id: row.field::<MarkId>(0)?,
            text: row.field::<Option<String>>(1)?,
            number: row.field::<i32>(2)?,
            large: row.field::<Option<i64>>(3)?,
            share: row.field::<f64>(4)?,
            small: row.field::<Option<f32>>(5)?,
            given: row.field::<bool>(6)?,
            day: row.field::<Option<Date>>(7)?,
            time: row.field::<Time>(8)?,
            at: row.field::<Timestamp>(9)?,
            uuid: row.field::<Option<Uuid>>(10)?,
            name: row.field::<String>(11)?,
        })
    }

    fn own(row: &MarkRef<'_>) -> Self {
        Mark {
            id: Value::own(row.id),
            text: Value::own(row.text),
            number: row.number,
            large: row.large,
            share: row.share,
            small: row.small,
            given: row.given,
            day: row.day,
            time: row.time,
            at: row.at,
            uuid: row.uuid,
            name: Value::own(row.name),
        }
    }
}

vitrina::record_ref_type!(MarkRef, Mark);

pub(crate) fn mark() -> Mark {
    Mark {
        id: MarkId::parse("ESH-1").unwrap(),
        text: Some("да;\"нет\"".into()),
        number: -5,
        large: Some(1 << 40),
        share: 0.5,
        small: None,
        given: true,
        day: Some("2024-02-29".parse().unwrap()),
        time: "08:30:00".parse().unwrap(),
        at: "2024-02-29 08:30:00.25".parse().unwrap(),
        uuid: None,
        name: "Ёлка".into(),
    }
}
