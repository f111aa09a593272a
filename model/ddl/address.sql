-- Подтверждённый состав и порядок столбцов; смысл — в tables/organisation/address.yaml.
CREATE TABLE address (
    id varchar(100) NOT NULL,
    use_address int32,
    type_address int32 NOT NULL,
    text varchar(1000) NOT NULL,
    city varchar(255),
    district varchar(255),
    state varchar(255),
    postal_code varchar(6),
    country varchar(100),
    start_datetime timestamp(0),
    end_datetime timestamp(0),
    flat varchar(50),
    building varchar(50),
    house varchar(50),
    street varchar(255),
    create_datetime timestamp(0) NOT NULL,
    send_datetime timestamp(0) NOT NULL,
    PRIMARY KEY (id)
);

COMMENT ON TABLE address IS 'Адреса';
COMMENT ON COLUMN address.id IS 'Идентификатор адреса';
COMMENT ON COLUMN address.use_address IS 'Использование адреса';
COMMENT ON COLUMN address.type_address IS 'Тип адреса';
COMMENT ON COLUMN address.text IS 'Адрес одной строкой';
COMMENT ON COLUMN address.city IS 'Населённый пункт';
COMMENT ON COLUMN address.district IS 'Район / муниципальное образование';
COMMENT ON COLUMN address.state IS 'Субъект РФ';
COMMENT ON COLUMN address.postal_code IS 'Почтовый индекс';
COMMENT ON COLUMN address.country IS 'Страна';
COMMENT ON COLUMN address.start_datetime IS 'Начало действия';
COMMENT ON COLUMN address.end_datetime IS 'Окончание действия';
COMMENT ON COLUMN address.flat IS 'Квартира / помещение';
COMMENT ON COLUMN address.building IS 'Корпус / строение';
COMMENT ON COLUMN address.house IS 'Дом';
COMMENT ON COLUMN address.street IS 'Улица';
COMMENT ON COLUMN address.create_datetime IS 'Дата и время создания записи';
COMMENT ON COLUMN address.send_datetime IS 'Дата и время отправки записи';
