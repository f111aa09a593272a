CREATE TABLE person (
  id VARCHAR(100) NOT NULL,
  birth_date DATE NOT NULL,
  PRIMARY KEY (id)
);
