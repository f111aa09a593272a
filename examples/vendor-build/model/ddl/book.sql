-- Таблица, чья структура уже есть в SQL; смысл столбцов — в tables/library/book.yaml.
CREATE TABLE book (
    id varchar(100) NOT NULL,
    isbn char(13),
    title varchar(500) NOT NULL,
    pages int32,
    PRIMARY KEY (id)
);

COMMENT ON TABLE book IS 'Книги';
COMMENT ON COLUMN book.id IS 'Идентификатор книги';
COMMENT ON COLUMN book.isbn IS 'Номер ISBN';
COMMENT ON COLUMN book.title IS 'Название';
COMMENT ON COLUMN book.pages IS 'Страниц';
