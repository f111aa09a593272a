CREATE TEMP TABLE person (
  id VARCHAR(100) NOT NULL,
  birth_date DATE DEFAULT now() NOT NULL,
  PRIMARY KEY (id)
) WITH (fillfactor = 70);
