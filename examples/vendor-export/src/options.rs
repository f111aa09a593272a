//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use vitrina::{Invalid, Lang, Prefix, Timestamp};

use crate::mapping::HOURS_AHEAD;

/// What `--help` prints.
pub(crate) const HELP: &str = "\
Выгрузка базы школьной информационной системы пакетом витрины.

  vendor-export --out ПАПКА [--database ФАЙЛ] [ключи]

  --out ПАПКА        куда положить пакет: файл CSV на таблицу и manifest.json
  --database ФАЙЛ    база SQLite вида data/schema.sql; без неё — образец из data/seed.sql
  --since МОМЕНТ     только изменения журнала с этого момента, «ГГГГ-ММ-ДД чч:мм:сс»: в папке будут
                     два пакета, upsert (строки) и delete (ключи стёртых)
  --overwrite        заменить файлы прежнего пакета
  --prefix ПРЕФИКС   префикс поставщика в ключах строк (DEMO)
  --sent МОМЕНТ      время отправки, «ГГГГ-ММ-ДД чч:мм:сс» (сейчас)
  --bad              образец с ошибками: показать, как они выглядят
  --help             эта справка

Код возврата: 0 — пакет записан; 1 — в строках ошибки, пакета нет; 2 — неверные ключи;
3 — не читается база или не пишется пакет.
";

/// What to do.
#[derive(Debug)]
pub(crate) enum Command {
    Export(Options),
    Help,
}

/// How to export.
#[derive(Debug)]
pub(crate) struct Options {
    /// The folder of the package.
    pub(crate) folder: PathBuf,
    /// The database; none for the sample.
    pub(crate) database: Option<PathBuf>,
    pub(crate) overwrite: bool,
    /// The supplier's prefix of keys.
    pub(crate) prefix: Prefix,
    /// The moment of sending, by the region's clock.
    pub(crate) sent: Timestamp,
    /// Only what has changed since that moment, by the region's clock.
    pub(crate) since: Option<Timestamp>,
    /// Whether the sample gets rows that are wrong.
    pub(crate) bad: bool,
}

/// Reads the command line; an error is a Russian sentence.
pub(crate) fn parse(mut words: impl Iterator<Item = OsString>) -> Result<Command, String> {
    let (mut folder, mut database, mut overwrite, mut bad) = (None, None, false, false);
    let (mut prefix, mut sent, mut since) = (Prefix::new("DEMO"), None, None);
    while let Some(word) = words.next() {
        let name = word.to_string_lossy().into_owned();
        let mut value = || {
            words
                .next()
                .ok_or_else(|| format!("за `{name}` нет значения"))
        };
        match name.as_str() {
            "--help" | "-h" => return Ok(Command::Help),
            "--out" => folder = Some(PathBuf::from(value()?)),
            "--database" => database = Some(PathBuf::from(value()?)),
            "--prefix" => prefix = Prefix::new(&value()?.to_string_lossy()),
            "--sent" => sent = Some(value()?.to_string_lossy().parse::<Timestamp>()),
            "--since" => since = Some(value()?.to_string_lossy().parse::<Timestamp>()),
            "--overwrite" => overwrite = true,
            "--bad" => bad = true,
            _ => return Err(format!("неизвестный ключ `{name}`")),
        }
    }
    if bad && database.is_some() {
        return Err("`--bad` относится к образцу, а не к `--database`".into());
    }
    let refused = |name: &str, invalid: Invalid| format!("`{name}`: {}", invalid.message(Lang::Ru));
    Ok(Command::Export(Options {
        folder: folder.ok_or("не указана папка: `--out ПАПКА`")?,
        database,
        overwrite,
        prefix: prefix.map_err(|invalid| refused("--prefix", invalid))?,
        sent: sent
            .unwrap_or_else(|| Ok(Timestamp::now(HOURS_AHEAD)))
            .map_err(|invalid| refused("--sent", invalid))?,
        since: since
            .transpose()
            .map_err(|invalid| refused("--since", invalid))?,
        bad,
    }))
}
