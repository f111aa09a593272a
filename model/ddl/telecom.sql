-- Подтверждённый состав и порядок столбцов; смысл — в tables/organisation/telecom.yaml.
CREATE TABLE telecom (
    id varchar(100) NOT NULL,
    type_contact int32,
    value_type varchar(320),
    use_cod int32,
    rank_contact int32,
    start_datetime timestamp(0),
    end_datetime timestamp(0),
    create_datetime timestamp(0) NOT NULL,
    send_datetime timestamp(0) NOT NULL,
    PRIMARY KEY (id)
);

COMMENT ON TABLE telecom IS 'Контактные данные';
COMMENT ON COLUMN telecom.id IS 'Идентификатор контакта';
COMMENT ON COLUMN telecom.type_contact IS 'Тип контакта';
COMMENT ON COLUMN telecom.value_type IS 'Значение контакта';
COMMENT ON COLUMN telecom.use_cod IS 'Код использования';
COMMENT ON COLUMN telecom.rank_contact IS 'Порядок предпочтения';
COMMENT ON COLUMN telecom.start_datetime IS 'Начало действия';
COMMENT ON COLUMN telecom.end_datetime IS 'Окончание действия';
COMMENT ON COLUMN telecom.create_datetime IS 'Дата и время создания записи';
COMMENT ON COLUMN telecom.send_datetime IS 'Дата и время отправки записи';
