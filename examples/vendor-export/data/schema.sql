-- База небольшой школьной информационной системы, какой она могла бы быть у поставщика: свои имена,
-- свои типы, свои коды. С витриной её связывает только src/mapping.
PRAGMA foreign_keys = ON;

-- Школы. Адрес одной строкой, дата по-русски — так бывает.
CREATE TABLE sch_school (
    school_no    INTEGER PRIMARY KEY,
    registry_uid TEXT    NOT NULL,               -- код в Сводном реестре лицензий
    full_name    TEXT    NOT NULL,
    inn          TEXT    NOT NULL,
    kpp          TEXT    NOT NULL,
    ogrn         TEXT    NOT NULL,
    okpo         TEXT,
    okopf        TEXT    NOT NULL,
    okfs         TEXT    NOT NULL,
    okogu        TEXT    NOT NULL,
    okato        TEXT    NOT NULL,
    oktmo        TEXT    NOT NULL,
    head_post    TEXT    NOT NULL,
    head_name    TEXT    NOT NULL,
    tel          TEXT    NOT NULL,
    zip          INTEGER,                        -- число: ведущие нули потеряны
    city         TEXT,
    street       TEXT,
    house        TEXT,
    closed       INTEGER NOT NULL DEFAULT 0,     -- 0/1
    created      INTEGER NOT NULL                -- секунды от 1970-01-01 UTC
);

CREATE TABLE sch_year (
    year_no   INTEGER PRIMARY KEY,
    school_no INTEGER NOT NULL REFERENCES sch_school,
    begins    TEXT    NOT NULL,                  -- дд.мм.гггг
    ends      TEXT    NOT NULL
);

-- Четверти.
CREATE TABLE sch_term (
    term_no INTEGER PRIMARY KEY,
    year_no INTEGER NOT NULL REFERENCES sch_year,
    ordinal INTEGER NOT NULL,
    begins  TEXT    NOT NULL,
    ends    TEXT    NOT NULL
);

CREATE TABLE sch_subject (
    subject_no INTEGER PRIMARY KEY,
    school_no  INTEGER NOT NULL REFERENCES sch_school,
    name       TEXT    NOT NULL,
    kind       TEXT    NOT NULL                  -- 'П' предмет, 'В' внеурочный курс
);

CREATE TABLE sch_class (
    class_no  INTEGER PRIMARY KEY,
    school_no INTEGER NOT NULL REFERENCES sch_school,
    year_no   INTEGER NOT NULL REFERENCES sch_year,
    grade     INTEGER NOT NULL,                  -- 1..11
    letter    TEXT    NOT NULL,
    shift     INTEGER
);

-- Дети. СНИЛС как его вводят секретари: с дефисами, с пробелами, без них.
CREATE TABLE sch_pupil (
    pupil_no INTEGER PRIMARY KEY,
    snils    TEXT,
    born     TEXT    NOT NULL,                   -- дд.мм.гггг
    sex      TEXT    NOT NULL,                   -- 'м' / 'ж'
    country  TEXT    NOT NULL DEFAULT 'RU',      -- ISO 3166, две буквы
    file_no  TEXT
);

-- Приказы о зачислении и отчислении.
CREATE TABLE sch_order (
    order_no  INTEGER PRIMARY KEY,
    school_no INTEGER NOT NULL REFERENCES sch_school,
    kind      TEXT    NOT NULL,                  -- 'зач' / 'отч'
    number    TEXT    NOT NULL,
    dated     TEXT    NOT NULL
);

-- Обучение ребёнка в классе.
CREATE TABLE sch_place (
    place_no  INTEGER PRIMARY KEY,
    pupil_no  INTEGER NOT NULL REFERENCES sch_pupil,
    class_no  INTEGER NOT NULL REFERENCES sch_class,
    form      TEXT    NOT NULL,                  -- 'очная', 'очно-заочная', 'заочная'
    since     TEXT    NOT NULL,
    until     TEXT,
    order_in  INTEGER NOT NULL REFERENCES sch_order,
    order_out INTEGER REFERENCES sch_order
);

CREATE TABLE sch_lesson (
    lesson_no  INTEGER PRIMARY KEY,
    class_no   INTEGER NOT NULL REFERENCES sch_class,
    subject_no INTEGER NOT NULL REFERENCES sch_subject,
    term_no    INTEGER NOT NULL REFERENCES sch_term,
    held_on    TEXT    NOT NULL,
    ordinal    INTEGER NOT NULL,
    from_min   INTEGER NOT NULL,                 -- минуты от полуночи
    to_min     INTEGER NOT NULL,
    state      TEXT    NOT NULL,                 -- 'план', 'был', 'отменён'
    topic      TEXT
);

-- Журнал: посещаемость и отметки в одной таблице.
CREATE TABLE sch_journal (
    entry_no  INTEGER PRIMARY KEY,
    lesson_no INTEGER NOT NULL REFERENCES sch_lesson,
    pupil_no  INTEGER NOT NULL REFERENCES sch_pupil,
    presence  TEXT    NOT NULL,                  -- '' был, 'н' не был, 'б' болел, 'у' уважительная, 'о' опоздал, 'осв' освобождён
    late_min  INTEGER,
    mark      TEXT,                              -- '2'..'5', 'зач', '.' долг
    note      TEXT,
    written   INTEGER NOT NULL,                  -- секунды от 1970-01-01 UTC
    UNIQUE (lesson_no, pupil_no)
);

-- Что стёрто из журнала: самих строк уже нет, а витрине надо сказать, каких.
CREATE TABLE sch_erased (
    entry_no INTEGER PRIMARY KEY,
    marked   INTEGER NOT NULL,                   -- 0/1: была ли отметка
    erased   INTEGER NOT NULL                    -- секунды от 1970-01-01 UTC
);
