CREATE TABLE person (
  id VARCHAR(100) NOT NULL,
  birth_date DATE NOT NULL,
  PRIMARY KEY (id)
);
COMMENT ON TABLE persons IS 'Лица';
COMMENT ON COLUMN person.birthdate IS 'Дата';
ALTER TABLE lesson ADD UNIQUE (id);
