-- Подтверждённый состав и порядок столбцов; смысл — в tables/organisation/organisations.yaml.
CREATE TABLE organisations (
    id varchar(100) NOT NULL,
    rosobr_id varchar(64) NOT NULL,
    ogrn varchar(15) NOT NULL,
    okpo varchar(10),
    inn varchar(12) NOT NULL,
    kpp varchar(9) NOT NULL,
    active boolean,
    okpf varchar(5) NOT NULL,
    okfs varchar(2) NOT NULL,
    okogu varchar(7) NOT NULL,
    okato varchar(12) NOT NULL,
    oktmo varchar(11) NOT NULL,
    name varchar(1000) NOT NULL,
    partof_id varchar(100),
    executive_name varchar(255) NOT NULL,
    executive_position varchar(255) NOT NULL,
    phone varchar(64) NOT NULL,
    create_datetime timestamp(0) NOT NULL,
    send_datetime timestamp(0) NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (partof_id) REFERENCES organisations (id)
);

COMMENT ON TABLE organisations IS 'Организации';
COMMENT ON COLUMN organisations.id IS 'Идентификатор организации в РИС (с префиксом поставщика)';
COMMENT ON COLUMN organisations.rosobr_id IS 'Идентификатор организации в Сводном реестре лицензий';
COMMENT ON COLUMN organisations.ogrn IS 'ОГРН (13) / ОГРНИП (15)';
COMMENT ON COLUMN organisations.okpo IS 'ОКПО';
COMMENT ON COLUMN organisations.inn IS 'ИНН (10; у ИП 12)';
COMMENT ON COLUMN organisations.kpp IS 'КПП';
COMMENT ON COLUMN organisations.active IS 'Признак «действует»';
COMMENT ON COLUMN organisations.okpf IS 'Код ОКОПФ (имя столбца витрины — okpf)';
COMMENT ON COLUMN organisations.okfs IS 'Код ОКФС';
COMMENT ON COLUMN organisations.okogu IS 'Код ОКОГУ';
COMMENT ON COLUMN organisations.okato IS 'Код ОКАТО';
COMMENT ON COLUMN organisations.oktmo IS 'Код ОКТМО';
COMMENT ON COLUMN organisations.name IS 'Наименование';
COMMENT ON COLUMN organisations.partof_id IS 'Вышестоящая (головная) организация';
COMMENT ON COLUMN organisations.executive_name IS 'ФИО руководителя (отчество при наличии)';
COMMENT ON COLUMN organisations.executive_position IS 'Должность руководителя';
COMMENT ON COLUMN organisations.phone IS 'Телефон';
COMMENT ON COLUMN organisations.create_datetime IS 'Дата и время создания записи';
COMMENT ON COLUMN organisations.send_datetime IS 'Дата и время отправки записи';
