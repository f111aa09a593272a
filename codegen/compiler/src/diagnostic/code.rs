//! The registry of diagnostic codes: one row each, from which `rules`, `explain`, SARIF and the
//! tests are made. Numbers are grouped and never reused: `E01xx` files and YAML, `E02xx` names,
//! `E03xx` types, expressions and patterns, `E04xx` keys and references, `E05xx` classifiers and
//! regulations, `E06xx` limits of targets (`E064x` coverage of norms), `E07xx` quality rules (from `E0751`
//! the scenario of synthetic data), `E090x`, `E091x` output,
//! `E092x`, `E093x` import; `W…` are warnings in the same groups,
//! `L08xx` lints.

use super::Severity;
use crate::source::nearest::nearest;

/// A code of the registry. Only [`Code::find`] and the constants of this module make one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

/// What the registry knows about a code.
#[derive(Debug)]
pub struct Row {
    /// The code.
    pub code: Code,
    /// Severity unless a caller sets another.
    pub severity: Severity,
    /// One line, English.
    pub title_en: &'static str,
    /// One line, Russian.
    pub title_ru: &'static str,
    /// The page that `explain` prints (cause, bad example, good example, cure), English.
    pub page_en: &'static str,
    /// The same page, Russian.
    pub page_ru: &'static str,
}

impl Code {
    /// `E0201`.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// The row of this code.
    pub fn row(self) -> &'static Row {
        ROWS.iter()
            .find(|row| row.code == self)
            .expect("every code constant has its row")
    }

    /// Finds a code by its text, in any case.
    pub fn find(text: &str) -> Option<Code> {
        ROWS.iter()
            .map(|row| row.code)
            .find(|code| code.0.eq_ignore_ascii_case(text))
    }

    /// The code nearest to a mistyped one, if one is near enough.
    pub fn nearest(text: &str) -> Option<Code> {
        nearest(text, ROWS.iter().map(|row| row.code.0)).and_then(Code::find)
    }

    /// Every row, ordered by code.
    pub fn all() -> &'static [Row] {
        ROWS
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! codes {
    ($($name:ident $code:literal $severity:ident $en:literal $ru:literal;)*) => {
        $(#[doc = concat!("`", $code, "`: ", $en, ".")] pub const $name: Code = Code($code);)*
        const ROWS: &[Row] = &[$(Row {
            code: $name,
            severity: Severity::$severity,
            title_en: $en,
            title_ru: $ru,
            page_en: include_str!(concat!("../../explain/en/", $code, ".md")),
            page_ru: include_str!(concat!("../../explain/ru/", $code, ".md")),
        }),*];
    };
}

codes! {
    INVALID_YAML "E0101" Error "a file is not YAML" "файл не является YAML";
    NOT_UTF8 "E0102" Error "a file is not UTF-8" "файл не в UTF-8";
    BYTE_ORDER_MARK "E0103" Error "a file begins with a byte order mark" "файл начинается с метки порядка байтов";
    UNREADABLE_FILE "E0104" Error "a file cannot be read" "файл не читается";
    LINK_OUTSIDE "E0105" Error "a symbolic link leads out of the model" "символическая ссылка ведёт за пределы модели";
    YAML_REFERENCE "E0106" Error "an anchor, alias, merge key or tag of YAML" "якорь, ссылка, ключ слияния или тег YAML";
    SEVERAL_DOCUMENTS "E0107" Error "a file holds several documents" "в файле несколько документов";
    EMPTY_FILE "E0108" Error "a file is empty" "файл пуст";
    TOO_DEEP "E0109" Error "lists and mappings nest too deep" "слишком глубокая вложенность";
    DUPLICATE_FIELD "E0110" Error "a field is set twice" "поле задано дважды";
    UNKNOWN_FIELD "E0111" Error "a field is unknown" "неизвестное поле";
    MISSING_FIELD "E0112" Error "a field is missing" "не хватает поля";
    WRONG_SHAPE "E0113" Error "a list, a mapping or a value stands in a wrong place" "список, набор полей или значение не на своём месте";
    NOT_A_BOOLEAN "E0114" Error "a truth value is neither true nor false" "логическое значение — не true и не false";
    UNQUOTED_TEXT "E0115" Error "a text without quotes is something else in YAML" "текст без кавычек в YAML означает другое";
    NOT_A_NUMBER "E0116" Error "a whole number is expected" "ожидается целое число";
    UNKNOWN_WORD "E0117" Error "a word is not one of the allowed ones" "слово не из числа допустимых";
    EMPTY_VALUE "E0118" Error "a field is empty" "поле пусто";
    LANGUAGE_VERSION "E0119" Error "the version of the language is unknown" "неизвестная версия языка";
    NO_SHOWCASE "E0120" Error "the model has no showcase.yaml" "в модели нет showcase.yaml";
    NOT_A_VERSION "E0121" Error "a version is not semantic" "версия не семантическая";
    WRONG_FORM "E0122" Error "a date or a UUID has a wrong form" "дата или UUID имеют неверную форму";
    FILE_TOO_LARGE "E0123" Error "a file is too large" "файл слишком велик";
    NO_SUCH_TABLE "E0201" Error "a table is unknown" "неизвестная таблица";
    NO_SUCH_COLUMN "E0202" Error "a column is unknown" "неизвестная колонка";
    NO_SUCH_CLASSIFIER "E0203" Error "a classifier is unknown" "неизвестный справочник";
    NO_SUCH_MIXIN "E0204" Error "a mixin is unknown" "неизвестный набор колонок";
    NO_SUCH_GROUP "E0205" Error "a folder is no group of tables" "папка не является группой таблиц";
    NO_SUCH_CLAUSE "E0206" Error "a clause is unknown" "неизвестный пункт акта";
    AMBIGUOUS_CLAUSE "E0207" Error "several regulations have the clause" "пункт есть в нескольких актах";
    NO_SUCH_KIND "E0208" Error "a kind of information is unknown" "неизвестный вид сведений";
    DUPLICATE_NAME "E0209" Error "a name is declared twice" "имя объявлено дважды";
    NAME_SHAPE "E0210" Error "a text cannot be a name" "текст не может быть именем";
    FUTURE_VERSION "E0211" Error "a version is newer than the model's" "версия новее версии модели";
    NO_SUCH_FILE "E0212" Error "a template is not in the model" "шаблона нет в модели";
    UNKNOWN_TYPE "E0301" Error "a type is unknown" "неизвестный тип";
    TYPE_SYNTAX "E0302" Error "a type does not parse" "тип не разбирается";
    TYPE_UNSUPPORTED "E0303" Error "a type that the showcase does not have" "такого типа в витрине нет";
    TYPE_BOUNDS "E0304" Error "a length or precision is out of bounds" "длина или точность вне границ";
    EXPR_SYNTAX "E0305" Error "an expression does not parse" "выражение не разбирается";
    EXPR_TOO_LARGE "E0306" Error "an expression is too large or too deep" "выражение слишком велико или слишком глубоко";
    EXPR_UNSUPPORTED "E0307" Error "a form that expressions do not have" "такой формы в выражениях нет";
    UNKNOWN_COLUMN "E0308" Error "an expression names an unknown column" "выражение называет неизвестную колонку";
    OTHER_TABLE "E0309" Error "an expression looks at another table" "выражение обращается к другой таблице";
    UNKNOWN_FUNCTION "E0310" Error "a function is unknown" "неизвестная функция";
    FUNCTION_ARGUMENTS "E0311" Error "a function has wrong arguments" "неверные аргументы функции";
    TYPE_MISMATCH "E0312" Error "types do not fit" "типы не подходят друг другу";
    NOT_BOOLEAN "E0313" Error "a condition is not boolean" "условие не логическое";
    NO_ORDER "E0314" Error "values without an order are compared" "сравниваются значения без порядка";
    NULL_OPERAND "E0315" Error "NULL stands where it says nothing" "NULL стоит там, где ничего не значит";
    INVALID_LITERAL "E0316" Error "a literal is not a value of the type" "литерал не является значением типа";
    UNKNOWN_CODE "E0317" Error "a literal is not a code of the list" "литерал не является кодом списка";
    CONSTANT_CONDITION "E0318" Error "a condition does not depend on the row" "условие не зависит от строки";
    SELF_COMPARISON "E0319" Error "a value is compared with itself" "значение сравнивается с самим собой";
    LIKE_PATTERN "E0320" Error "a LIKE pattern is wrong" "неверный образец LIKE";
    DIVISION_BY_ZERO "E0321" Error "a division by zero" "деление на нуль";
    PATTERN_SYNTAX "E0325" Error "a pattern does not parse" "шаблон не разбирается";
    PATTERN_ANCHORS "E0326" Error "a pattern is not anchored at both ends" "шаблон не закреплён с обоих концов";
    PATTERN_UNSUPPORTED "E0327" Error "a form that patterns do not have" "такой формы в шаблонах нет";
    PATTERN_TOO_LARGE "E0328" Error "a pattern is too large" "шаблон слишком велик";
    PATTERN_EMPTY "E0329" Error "a pattern matches no text" "шаблону не подходит никакой текст";
    EXAMPLE_FORM "E0330" Error "an example does not fit its type" "пример не подходит под свой тип";
    TYPE_REFINEMENT "E0331" Error "a type does not fit what it refines" "тип не подходит к тому, что уточняет";
    TYPE_TWICE "E0332" Error "a column has two types" "у колонки два типа";
    FORM_OF_TEXT "E0333" Error "a form of text on another base" "форма текста при другой основе";
    HASH_TARGET "E0334" Error "a hash of what cannot be hashed" "хэш того, что хэшировать нельзя";
    NOT_A_BASE_TYPE "E0335" Error "a base type is expected" "ожидается базовый тип";
    SQL_SYNTAX "E0350" Error "a statement does not parse" "оператор не разбирается";
    SQL_STATEMENT "E0351" Error "a statement that a model cannot hold" "оператор, который модель не может передать";
    SQL_CLAUSE "E0352" Error "a clause that a model cannot hold" "предложение, которое модель не может передать";
    SQL_TWICE "E0353" Error "a statement says something twice" "оператор говорит одно и то же дважды";
    SQL_UNKNOWN_TARGET "E0354" Error "a statement names what the file does not declare" "оператор называет то, чего нет в файле";
    KEY_OPTIONAL "E0401" Error "a primary key over an optional column" "первичный ключ по необязательной колонке";
    NO_PRIMARY_KEY "E0402" Error "a table has no primary key" "у таблицы нет первичного ключа";
    KEY_REPEATS "E0403" Error "a key repeats a column or another key" "ключ повторяет колонку или другой ключ";
    REFERENCE_TYPE "E0404" Error "the ends of a reference differ in type" "у концов ссылки разные типы";
    REFERENCE_TARGET "E0405" Error "a reference to what is no key" "ссылка не на ключ";
    REFERENCE_CYCLE "E0406" Error "tables refer to each other in a ring" "таблицы ссылаются друг на друга по кругу";
    DISTRIBUTION "E0407" Error "a sharding key outside the primary key" "ключ шардирования вне первичного ключа";
    DDL_NO_STATEMENT "E0408" Error "no DDL for a table that asks for it" "нет DDL для таблицы, которая на него ссылается";
    DDL_UNDESCRIBED "E0409" Error "a table of DDL without its file" "таблица из DDL без своего файла";
    DDL_COLUMN "E0410" Error "a column that YAML or DDL lacks" "колонка, которой нет в YAML или в DDL";
    DDL_FIELD "E0411" Error "YAML says what DDL says" "YAML повторяет то, что задаёт DDL";
    DDL_DISAGREES "E0412" Error "YAML and DDL disagree" "YAML и DDL расходятся";
    NO_COLUMNS "E0413" Error "a table has no column" "в таблице нет колонок";
    KEY_EMPTY "E0414" Error "a key names no column" "ключ не называет ни одной колонки";
    CLASSIFIER_EMPTY "E0501" Error "a closed list has no value" "в закрытом справочнике нет значений";
    DUPLICATE_CODE "E0502" Error "a code stands twice in its list" "код стоит в справочнике дважды";
    CODE_FORM "E0503" Error "a code does not fit its list" "код не подходит своему справочнику";
    CLASSIFIER_PARENT "E0504" Error "a broader value is unknown or its own descendant" "вышестоящее значение неизвестно или замкнуто на себя";
    CLASSIFIER_FORM "E0505" Error "a list's type or form cannot be" "тип или форма справочника невозможны";
    CLASSIFIER_VALIDITY "E0506" Error "a period ends before it begins" "период кончается раньше своего начала";
    ESNSI_BINDING "E0507" Error "a binding that the register cannot have" "привязка, какой не может быть в реестре";
    NAME_RESERVED "E0601" Error "a name is reserved in a target" "имя зарезервировано целью";
    NAME_TOO_LONG "E0602" Error "a name is too long for a target" "имя слишком длинно для цели";
    NAME_FORM "E0603" Error "a name has a form that a target refuses" "цель не принимает имя такой формы";
    NAME_COLLISION "E0604" Error "two names become one in a target" "два имени совпадают в цели";
    NO_RUST_FORM "E0605" Error "a name or a pattern has no form in Rust" "имя или шаблон не выразить на Rust";
    SYSTEM_COLUMN "E0606" Error "a column is named like a system column" "столбец назван как системный";
    SIZE_LIMIT "E0607" Error "a size is beyond the limits of a target" "размер выходит за пределы цели";
    TEXT_CHARACTER "E0608" Error "a text holds a character that a target refuses" "в тексте есть символ, который цель не принимает";
    DESCRIPTOR_TEMPLATE "E0620" Error "a descriptor template cannot be read or filled in" "шаблон описания не читается или не заполняется";
    DESCRIPTOR_OUTPUT "E0621" Error "a descriptor template's file cannot have this name" "файл шаблона описания не может так называться";
    DESCRIPTOR_GUID "E0622" Error "one identifier stands for two things" "один идентификатор у двух вещей";
    UNCARRIED_CLAUSE "E0641" Error "no table or column carries a clause" "пункт акта не несёт ни одна таблица или колонка";
    CARRIED_POINT "E0642" Error "a point that must be carried has no clause" "в пункте, который нужно нести, нет положений";
    PATH_STEP "E0701" Error "a path goes on behind what is no reference" "путь идёт дальше колонки, которая не ссылка";
    PATH_COMPOSITE "E0702" Error "a path goes through a composite reference" "путь идёт через составную ссылку";
    RULE_THIS "E0703" Error "`this` stands in a wrong place" "`this` не на своём месте";
    RULE_PREVIOUS "E0704" Error "`previous` stands outside `next`" "`previous` стоит вне `next`";
    RULE_NO_SHAPE "E0705" Error "a statement does not say what must hold" "в утверждении не сказано, что должно выполняться";
    RULE_SHAPES "E0706" Error "a statement says several things" "утверждение говорит несколько вещей сразу";
    RULE_EMPTY "E0707" Error "a list of a rule names too little" "список в правиле называет слишком мало";
    RULE_PART "E0708" Error "a part of a rule has a wrong letter" "у части правила неверная буква";
    RULE_TABLES "E0709" Error "a rule names its tables in two ways" "правило называет таблицы двумя способами";
    RULE_NO_TABLE "E0710" Error "a rule does not say whose rows it judges" "правило не говорит, чьи строки проверяет";
    RULE_TABLE_UNNEEDED "E0711" Error "a rule chooses rows where there is nothing to choose" "правило выбирает строки там, где выбирать нечего";
    RULE_TYPES "E0712" Error "values of a rule differ in type" "у значений в правиле разные типы";
    RULE_NUMBER "E0713" Error "a measure or a bound is no number" "мера или граница — не число";
    RULE_NO_BOUND "E0714" Error "a measure has no bound" "у меры нет границы";
    RULE_BOUNDS "E0715" Error "no measure lies within the bounds" "между границами нет значений";
    RULE_MEASURE "E0716" Error "a rule measures several things" "правило измеряет несколько вещей сразу";
    RULE_PERIOD "E0717" Error "an end of a period is no moment" "конец периода — не момент времени";
    RULE_ORDER "E0718" Error "a column puts no rows in order" "колонка не задаёт порядка строк";
    RULE_SEQUENCE "E0719" Error "a sequence says nothing of its rows" "о строках последовательности ничего не сказано";
    NO_SUCH_CHECK "E0720" Error "a check of rows is unknown" "неизвестная проверка строк";
    RULE_CODE "E0721" Error "a text cannot be the code of a rule" "текст не может быть кодом правила";
    RULE_PATTERN "E0725" Error "a pattern of a rule is found in every text" "шаблон правила находится в любом тексте";
    QUALITY_VIEW "E0740" Error "a table is named like a view of quality" "таблица названа как представление качества";
    QUALITY_FILE "E0741" Error "a rule's code cannot name a file" "код правила не годится в имя файла";
    SCENARIO_NAME "E0751" Error "a formula names what is not in sight" "формула называет то, чего отсюда не видно";
    SCENARIO_STEP "E0752" Error "a step is not exactly one thing" "шаг делает не ровно одно дело";
    SCENARIO_FIELD "E0753" Error "a field does not belong to such a step" "поле не относится к такому шагу";
    SCENARIO_PART "E0754" Error "a part of the scenario is unknown" "неизвестная часть сценария";
    SCENARIO_PART_RING "E0755" Error "a part of the scenario uses itself" "часть сценария использует саму себя";
    SCENARIO_TYPE "E0756" Error "a formula's types do not fit" "типы в формуле не подходят друг другу";
    SCENARIO_FUNCTION "E0757" Error "a formula's function is unknown or has wrong arguments" "функция формулы неизвестна или её аргументы неверны";
    SCENARIO_RING "E0758" Error "cells of a row need each other" "ячейки строки зависят друг от друга по кругу";
    SCENARIO_REFERENCE "E0759" Error "a reference finds no row around" "ссылке не на что указать";
    SCENARIO_ROWS "E0760" Error "no rows were made under a name" "под именем не создано строк";
    SCENARIO_CODE "E0761" Error "a formula gives what is not a code of the list" "формула даёт не код справочника";
    SCENARIO_ROW "E0762" Error "a row that the scenario makes breaks a rule" "строка, созданная по сценарию, нарушает правило";
    SCENARIO_COUNT "E0763" Error "a number of rows is not one" "число строк — не число строк";
    OUTPUT_IN_THE_WAY "E0901" Error "a file stands in the way of a generated one" "место генерируемого файла занято";
    OUTPUT_MISSING "E0902" Error "a generated file is missing" "нет сгенерированного файла";
    OUTPUT_STALE "E0903" Error "a generated file is out of date" "сгенерированный файл устарел";
    OUTPUT_EDITED "E0904" Error "a generated file was edited by hand" "сгенерированный файл изменён вручную";
    OUTPUT_ORPHANED "E0905" Error "a file is generated no longer" "файл больше не генерируется";
    OUTPUT_FAILED "E0906" Error "the output cannot be written" "не удалось записать результат";
    OUTPUT_LEADS_AWAY "E0907" Error "a link leads out of the output folder" "ссылка ведёт за пределы выходной папки";
    MANIFEST_INVALID "E0908" Error "the manifest cannot be read" "манифест не читается";
    OUTPUT_PATH "E0909" Error "a target wrote outside its folder" "цель записала файл вне своей папки";
    TARGET_UNKNOWN "E0910" Error "there is no such target" "такой цели нет";
    IMPORT_KIND "E0921" Error "a file that cannot be imported" "файл, который нельзя импортировать";
    IMPORT_ENCODING "E0922" Error "a file in an encoding that is not read" "файл в кодировке, которая не читается";
    IMPORT_XML "E0923" Error "XML that is broken or has no place in an export" "XML нарушен или не бывает в выгрузках";
    IMPORT_CHOICE "E0924" Error "it is not clear what to take over" "неясно, что взять из файла";
    IMPORT_STRUCTURE "E0925" Error "the structure of an export is wrong" "неверная структура выгрузки";
    IMPORT_NO_CODE "E0926" Error "a row has no code" "у строки нет кода";
    IMPORT_CODE_TWICE "E0927" Error "a code stands in two rows" "код стоит в двух строках";
    IMPORT_VALUE "E0928" Error "a value does not fit its attribute" "значение не подходит своему атрибуту";
    IMPORT_REFERENCE "E0929" Error "a value of an unknown attribute" "значение неизвестного атрибута";
    IMPORT_PARENT "E0930" Error "a broader row is unknown or the row itself" "вышестоящая строка неизвестна или замкнута на себя";
    IMPORT_NO_TITLE "E0931" Error "a row has no title" "у строки нет названия";
    IMPORT_RECORD "E0932" Error "a record that cannot be taken over" "запись, которую нельзя взять";
    LINT_LEVEL "L0801" Warning "a level that is set changes nothing" "заданный уровень ничего не меняет";
    LINT_NAME_FORM "L0802" Warning "a name is not snake_case" "имя записано не в snake_case";
    LINT_NAME_LENGTH "L0803" Warning "a name is long" "имя слишком длинное";
    LINT_CHECK_CODE "L0804" Warning "a check's code does not begin with its table" "код проверки не начинается с имени таблицы";
    LINT_FOREIGN_KEY_SUFFIX "L0805" Warning "a reference does not end in `_id`" "имя ссылки не оканчивается на `_id`";
    LINT_LONE_IDENTIFIER "L0806" Warning "an identifier of a record refers to no table" "идентификатор записи ни на что не ссылается";
    LINT_PRIMARY_KEY "L0807" Warning "a primary key is not `id`, or not of the usual type" "первичный ключ — не `id` или не обычного типа";
    LINT_KEY_FIRST "L0808" Warning "the primary key does not stand first" "первичный ключ стоит не первым";
    LINT_CODE_CLASSIFIER "L0809" Warning "a code has no classifier" "у кода нет справочника";
    LINT_CLASSIFIER_SUFFIX "L0810" Warning "a column with a classifier is not called a code" "колонка со справочником не названа кодом";
    LINT_DATE_SUFFIX "L0811" Warning "`_date` and dates do not go together" "`_date` и даты не совпадают";
    LINT_DATETIME_SUFFIX "L0812" Warning "`_datetime` and timestamps do not go together" "`_datetime` и дата со временем не совпадают";
    LINT_TIME_SUFFIX "L0813" Warning "`_time` and times of day do not go together" "`_time` и время суток не совпадают";
    LINT_BOOLEAN_NAME "L0814" Warning "a boolean's name is no statement" "имя логической колонки — не утверждение";
    LINT_HASH_SUFFIX "L0815" Warning "`_hash` and hashed types do not go together" "`_hash` и хэшированные типы не совпадают";
    LINT_UUID_SUFFIX "L0816" Warning "`_guid`, `_uuid` and UUIDs do not go together" "`_guid`, `_uuid` и UUID не совпадают";
    LINT_TEXT_SUFFIX "L0817" Warning "a text without a limit does not end in `_text`" "текст без ограничения не оканчивается на `_text`";
    LINT_PERIOD_ENDS "L0818" Warning "a period lacks an end" "у периода нет начала или конца";
    LINT_PERIOD_CHECK "L0819" Warning "nothing orders the ends of a period" "порядок начала и конца периода не задан";
    LINT_RUSSIAN_TITLE "L0820" Warning "a title is not Russian" "название не по-русски";
    LINT_DUPLICATE_TITLE "L0821" Warning "two columns or two tables have one title" "у двух колонок или таблиц одно название";
    LINT_BASIS "L0822" Warning "a basis names no clause" "происхождение без пункта";
    LINT_GROUP_MIXIN "L0823" Warning "a table lacks a mixin of its group" "у таблицы нет набора колонок её группы";
    LINT_UNUSED_TYPE "L0824" Warning "a scalar type is not used" "скалярный тип не используется";
    LINT_UNUSED_CLASSIFIER "L0825" Warning "a classifier is not used" "справочник не используется";
    LINT_UNUSED_MIXIN "L0826" Warning "a mixin is not used" "набор колонок не используется";
    LINT_PERSONAL_CLASS "L0827" Warning "personal data have no class" "у персональных данных нет класса";
    LINT_PERSON_NAME "L0828" Error "a column holds the name of a person" "в колонке лежит имя физического лица";
    UNUSED_FILE "W0101" Warning "no one refers to a file" "на файл никто не ссылается";
    FILE_NAME "W0102" Warning "a table's file has another name" "файл таблицы называется иначе";
    NAME_CASE "W0601" Warning "a name is not in lower case" "имя записано не строчными буквами";
    SCENARIO_UNMADE "W0751" Warning "the scenario makes no rows of a table" "сценарий не создаёт строк таблицы";
    SCENARIO_PART_UNUSED "W0752" Warning "no step uses a part of the scenario" "часть сценария не использует ни один шаг";
    OUTPUT_UNKNOWN "W0901" Info "a file in a target's folder is not of the generator" "файл в папке цели создан не генератором";
    IMPORT_UNUSED "W0921" Info "attributes of a list were not taken over" "часть атрибутов справочника не взята";
    IMPORT_TIDIED "W0922" Info "blanks were tidied" "пробелы приведены в порядок";
    IMPORT_ODD_VALUE "W0923" Warning "a value that is not needed is wrong" "ошибка в значении, которое не понадобилось";
}
