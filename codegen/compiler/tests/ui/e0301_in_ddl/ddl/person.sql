CREATE TABLE person (
  id VARCHAR(100) NOT NULL,
  birth_date DAET NOT NULL,
  PRIMARY KEY (id)
);
