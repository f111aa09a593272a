-- Подтверждённый состав и порядок столбцов; смысл — в tables/organisation/address_organisation.yaml.
CREATE TABLE address_organisation (
    address_id varchar(100) NOT NULL,
    organisation_id varchar(100) NOT NULL,
    create_datetime timestamp(0) NOT NULL,
    send_datetime timestamp(0) NOT NULL,
    PRIMARY KEY (address_id, organisation_id),
    FOREIGN KEY (address_id) REFERENCES address (id),
    FOREIGN KEY (organisation_id) REFERENCES organisations (id)
);

COMMENT ON TABLE address_organisation IS 'Адреса организаций';
COMMENT ON COLUMN address_organisation.address_id IS 'Адрес';
COMMENT ON COLUMN address_organisation.organisation_id IS 'Организация';
COMMENT ON COLUMN address_organisation.create_datetime IS 'Дата и время создания записи';
COMMENT ON COLUMN address_organisation.send_datetime IS 'Дата и время отправки записи';
