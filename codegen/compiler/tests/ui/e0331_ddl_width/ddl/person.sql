CREATE TABLE person (
  id VARCHAR(50) NOT NULL,
  birth_date DATE NOT NULL,
  PRIMARY KEY (id)
);
