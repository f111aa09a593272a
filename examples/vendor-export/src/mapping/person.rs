//! Children: `sch_pupil` becomes a person (what the law knows of anybody) and a student.

use rusqlite::Row;
use vitrina::{Invalid, RowPlace};
use vitrina_model::classifier::{CitizenshipKind, EntityStatus, Sex, StudentStatus};
use vitrina_model::key::{PersonId, StudentId};
use vitrina_model::scalar::{OksmCode, SnilsHash};
use vitrina_model::table::{Person, Student};

use super::{Mapped, Mapping, Refusal, date, optional_date};

impl Mapped for Person {
    const QUERY: &'static str = "SELECT * FROM sch_pupil ORDER BY pupil_no";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let number: i64 = row.get("pupil_no")?;
        let place = RowPlace::<Self>::new(format_args!("sch_pupil {number}"));
        let (kind, country) = citizenship(&row.get::<_, String>("country")?).map_or_else(
            |invalid| place.column("citizenship_country_code", Err(invalid)),
            Ok,
        )?;
        Ok(Person {
            id: place.column("id", PersonId::new(&mapping.prefix, number))?,
            // The number is checked, hashed and forgotten here: it never leaves the database.
            snils_hash: place.column(
                "snils_hash",
                row.get::<_, Option<String>>("snils")?
                    .map(|snils| SnilsHash::from_raw(&snils))
                    .transpose(),
            )?,
            birth_date: place.column("birth_date", date(&row.get::<_, String>("born")?))?,
            sex_code: Some(place.column("sex_code", sex(&row.get::<_, String>("sex")?))?),
            citizenship_kind_code: kind,
            citizenship_country_code: Some(country),
            record_status_code: EntityStatus::Active,
            modified_datetime: mapping.sent,
            create_datetime: mapping.sent,
            send_datetime: mapping.sent,
        })
    }
}

fn sex(letter: &str) -> Result<Sex, Invalid> {
    match letter {
        "м" => Ok(Sex::Male),
        "ж" => Ok(Sex::Female),
        _ => Err(Invalid::NotListed),
    }
}

/// The vendor has letters of ISO 3166, the showcase the kind of citizenship and digits of ОКСМ.
fn citizenship(letters: &str) -> Result<(CitizenshipKind, OksmCode), Invalid> {
    let (kind, digits) = match letters {
        "RU" => (CitizenshipKind::Russian, "643"),
        "BY" => (CitizenshipKind::Foreign, "112"),
        "KZ" => (CitizenshipKind::Foreign, "398"),
        "UZ" => (CitizenshipKind::Foreign, "860"),
        _ => return Err(Invalid::NotListed),
    };
    Ok((kind, OksmCode::parse(digits)?))
}

impl Mapped for Student {
    const QUERY: &'static str = "SELECT pupil_no, file_no, since, until \
         FROM sch_pupil JOIN sch_place USING (pupil_no) ORDER BY pupil_no";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let number: i64 = row.get("pupil_no")?;
        let place = RowPlace::<Self>::new(format_args!("sch_pupil {number}"));
        let end_date = place.column("end_date", optional_date(row.get("until")?))?;
        Ok(Student {
            id: place.column("id", StudentId::new(&mapping.prefix, number))?,
            person_id: place.column("person_id", PersonId::new(&mapping.prefix, number))?,
            source_system_id: place.column("source_system_id", mapping.source_system())?,
            personal_file_number: row.get("file_no")?,
            status_code: match end_date {
                Some(_) => StudentStatus::Left,
                None => StudentStatus::Studying,
            },
            start_date: place.column("start_date", date(&row.get::<_, String>("since")?))?,
            end_date,
            modified_datetime: mapping.sent,
            create_datetime: mapping.sent,
            send_datetime: mapping.sent,
        })
    }
}
