CREATE TABLE demo.person (
  id VARCHAR(100) NOT NULL,
  snils_hash CHAR(128) NOT NULL,
  head_id VARCHAR(100),
  territory_code VARCHAR(20),
  born DATE CHECK (born > DATE '1900-01-01'),
  changed TIMESTAMP(0) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (snils_hash),
  CONSTRAINT not_self CHECK (id <> head_id)
) DISTRIBUTED BY (id);
COMMENT ON TABLE person IS 'Лицо';
COMMENT ON COLUMN person.id IS 'Идентификатор';
