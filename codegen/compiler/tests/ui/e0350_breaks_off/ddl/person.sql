CREATE TABLE лишняя (
  имя DATE,
);
CREATE TABLE person (
  id VARCHAR(100) NOT NULL,
  birth_date DATE NOT NULL,
  PRIMARY KEY (id)
);
COMMENT ON TABLE person IS 'Лицо;
