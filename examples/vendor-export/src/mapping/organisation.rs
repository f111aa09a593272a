//! Schools: `sch_school` becomes an organisation, its address, and the link between the two.

use rusqlite::Row;
use vitrina::{Date, RowPlace};
use vitrina_model::classifier::{AddressType, AddressUse, ExchangeChannel};
use vitrina_model::key::{AddressId, OrganisationsId};
use vitrina_model::scalar::{
    Inn, Kpp, Ogrn, OgrnLegal, OkatoCode, OkfsCode, OkoguCode, OkopfCode, Okpo, OksmCode,
    OktmoCode, PostalCode,
};
use vitrina_model::table::{Address, AddressOrganisation, Organisations, SourceSystem};

use super::{Mapped, Mapping, Refusal, moment};

/// The vendor's system itself. Its operator is, for want of another one, the first school.
impl Mapped for SourceSystem {
    const QUERY: &'static str = "SELECT ogrn, oktmo FROM sch_school ORDER BY school_no LIMIT 1";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let place = RowPlace::<Self>::new("RIS");
        Ok(SourceSystem {
            id: place.column("id", mapping.source_system())?,
            system_name: "РИС «Образец»".into(),
            id_prefix: mapping.prefix.to_string(),
            operator_ogrn: place.column(
                "operator_ogrn",
                OgrnLegal::parse(&row.get::<_, String>("ogrn")?),
            )?,
            region_oktmo: place.column(
                "region_oktmo",
                OktmoCode::parse(&row.get::<_, String>("oktmo")?),
            )?,
            channel_code: ExchangeChannel::Showcase,
            connect_date: place.column("connect_date", Date::new(2025, 9, 1))?,
        })
    }
}

impl Mapped for Organisations {
    const QUERY: &'static str = "SELECT * FROM sch_school ORDER BY school_no";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let number: i64 = row.get("school_no")?;
        let text = |column| row.get::<_, String>(column);
        let place = RowPlace::<Self>::new(format_args!("sch_school {number}"));
        Ok(Organisations {
            id: place.column("id", OrganisationsId::new(&mapping.prefix, number))?,
            rosobr_id: text("registry_uid")?,
            ogrn: place.column("ogrn", Ogrn::parse(&text("ogrn")?))?,
            okpo: place.column(
                "okpo",
                row.get::<_, Option<String>>("okpo")?
                    .map(|code| Okpo::parse(&code))
                    .transpose(),
            )?,
            inn: place.column("inn", Inn::parse(&text("inn")?))?,
            kpp: place.column("kpp", Kpp::parse(&text("kpp")?))?,
            active: Some(!row.get::<_, bool>("closed")?),
            okpf: place.column("okpf", OkopfCode::parse(&text("okopf")?))?,
            okfs: place.column("okfs", OkfsCode::parse(&text("okfs")?))?,
            okogu: place.column("okogu", OkoguCode::parse(&text("okogu")?))?,
            okato: place.column("okato", OkatoCode::parse(&text("okato")?))?,
            oktmo: place.column("oktmo", OktmoCode::parse(&text("oktmo")?))?,
            name: text("full_name")?,
            partof_id: None,
            executive_name: text("head_name")?,
            executive_position: text("head_post")?,
            phone: text("tel")?,
            create_datetime: place.column("create_datetime", moment(row.get("created")?))?,
            send_datetime: mapping.sent,
        })
    }
}

impl Mapped for Address {
    const QUERY: &'static str = "SELECT school_no, zip, city, street, house, created \
         FROM sch_school ORDER BY school_no";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let number: i64 = row.get("school_no")?;
        let place = RowPlace::<Self>::new(format_args!("sch_school {number}"));
        let [city, street, house]: [Option<String>; 3] =
            [row.get("city")?, row.get("street")?, row.get("house")?];
        // The showcase wants the address in one line, too.
        let postal_code = row
            .get::<_, Option<u32>>("zip")?
            .map(|zip| format!("{zip:06}"));
        let parts = [
            postal_code.clone(),
            city.as_ref().map(|city| format!("г. {city}")),
            street.clone(),
            house.as_ref().map(|house| format!("д. {house}")),
        ];
        Ok(Address {
            id: place.column("id", AddressId::new(&mapping.prefix, number))?,
            use_address: Some(AddressUse::Work),
            type_address: AddressType::Juristical,
            text: parts.into_iter().flatten().collect::<Vec<_>>().join(", "),
            city,
            district: None,
            state: None,
            postal_code: place.column(
                "postal_code",
                postal_code.map(|code| PostalCode::parse(&code)).transpose(),
            )?,
            country: Some(place.column("country", OksmCode::parse("643"))?),
            start_datetime: None,
            end_datetime: None,
            flat: None,
            building: None,
            house,
            street,
            create_datetime: place.column("create_datetime", moment(row.get("created")?))?,
            send_datetime: mapping.sent,
        })
    }
}

impl Mapped for AddressOrganisation {
    const QUERY: &'static str = "SELECT school_no, created FROM sch_school ORDER BY school_no";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let number: i64 = row.get("school_no")?;
        let place = RowPlace::<Self>::new(format_args!("sch_school {number}"));
        Ok(AddressOrganisation {
            address_id: place.column("address_id", AddressId::new(&mapping.prefix, number))?,
            organisation_id: place.column(
                "organisation_id",
                OrganisationsId::new(&mapping.prefix, number),
            )?,
            create_datetime: place.column("create_datetime", moment(row.get("created")?))?,
            send_datetime: mapping.sent,
        })
    }
}
