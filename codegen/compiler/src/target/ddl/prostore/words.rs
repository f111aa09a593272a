//! Names of Prostore: reserved words, system columns, limits.

use super::Profile;

/// Words that the grammar of 5.5 refuses as names: the 362 documented ones (all but `int`, which it
/// tolerates) and 34 that it refuses without saying so. Sorted.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "abs", "all", "allocate", "allow", "allow_changes", "alter", "and", "any", "are", "array",
    "array_max_cardinality", "as", "asensitive", "asymmetric", "at", "atomic", "authorization",
    "avg", "begin", "begin_frame", "begin_partition", "between", "bigint", "binary", "bit",
    "blob", "boolean", "both", "by", "call", "called", "cardinality", "cascaded", "case", "cast",
    "ceil", "ceiling", "char", "char_length", "character", "character_length", "check",
    "check_data", "check_database", "check_materialized_view", "check_sum", "check_sum_snapshot",
    "check_table", "check_versions", "classifier", "clob", "close", "coalesce", "collate",
    "collect", "column", "commit", "condition", "config_show", "config_storage_add", "connect",
    "constraint", "contains", "convert", "corr", "corresponding", "count", "covar_pop",
    "covar_samp", "crashed_write_operations", "create", "cross", "cube", "cume_dist", "current",
    "current_catalog", "current_date", "current_default_transform_group", "current_path",
    "current_role", "current_row", "current_schema", "current_time", "current_timestamp",
    "current_transform_group_for_type", "current_user", "cursor", "cycle", "datasource_type",
    "date", "day", "deallocate", "dec", "decimal", "declare", "default", "define", "delete",
    "delta", "delta_num", "dense_rank", "deny_changes", "deref", "describe", "deterministic",
    "disallow", "disconnect", "distinct", "distributed", "double", "drop", "dynamic", "each",
    "element", "else", "empty", "end", "end-exec", "end_frame", "end_partition", "equals",
    "erase_change_operation", "erase_write_operation", "escape", "estimate_only", "every",
    "except", "exec", "execute", "exists", "exp", "explain", "extend", "external", "extract",
    "false", "fetch", "filter", "finished", "first_value", "float", "floor", "for", "foreign",
    "frame_row", "free", "from", "full", "function", "fusion", "get", "get_changes",
    "get_delta_by_datetime", "get_delta_by_num", "get_delta_hot", "get_delta_ok",
    "get_entity_ddl", "get_write_operations", "global", "grant", "group", "grouping", "groups",
    "having", "history", "hold", "hour", "identity", "import", "in", "indicator", "initial",
    "inner", "inout", "insensitive", "insert", "integer", "intersect", "intersection", "interval",
    "into", "is", "join", "json_array", "json_arrayagg", "json_exists", "json_object",
    "json_objectagg", "json_query", "json_value", "lag", "language", "large", "last_value",
    "lateral", "latest_uncommitted_delta", "lead", "leading", "left", "like", "like_regex",
    "limit", "ln", "local", "localtime", "localtimestamp", "logical_only", "lower", "match",
    "match_number", "match_recognize", "matches", "max", "measures", "member", "merge", "method",
    "min", "minus", "minute", "mod", "modifies", "module", "month", "multiset", "national",
    "natural", "nchar", "nclob", "new", "next", "no", "none", "normalize", "not", "nth_value",
    "ntile", "null", "nullif", "numeric", "occurrences_regex", "octet_length", "of", "offset",
    "old", "omit", "on", "one", "only", "open", "or", "order", "out", "outer", "over", "overlaps",
    "overlay", "parameter", "partition", "pattern", "per", "percent", "percent_rank",
    "percentile_cont", "percentile_disc", "period", "permute", "portion", "position",
    "position_regex", "power", "precedes", "precision", "prepare", "prev", "primary", "procedure",
    "range", "rank", "reads", "real", "recursive", "ref", "references", "referencing",
    "regr_avgx", "regr_avgy", "regr_count", "regr_intercept", "regr_r2", "regr_slope", "regr_sxx",
    "regr_sxy", "regr_syy", "release", "reset", "result", "resume_write_operation", "retry",
    "return", "returns", "revoke", "right", "rollback", "rollup", "row", "row_number", "rows",
    "running", "savepoint", "scope", "scroll", "search", "second", "seek", "select", "sensitive",
    "session_user", "set", "show", "similar", "skip", "smallint", "some", "specific",
    "specifictype", "sql", "sqlexception", "sqlstate", "sqlwarning", "sqrt", "start", "started",
    "static", "stddev_pop", "stddev_samp", "stream", "submultiset", "subset", "substring",
    "substring_regex", "succeeds", "sum", "symmetric", "system", "system_time", "system_user",
    "table", "tablesample", "then", "time", "timestamp", "timezone_hour", "timezone_minute",
    "tinyint", "to", "trailing", "translate", "translate_regex", "translation", "treat",
    "trigger", "trim", "trim_array", "true", "truncate", "tumble", "uescape", "union", "unique",
    "unknown", "unnest", "update", "upper", "upsert", "use", "user", "using", "value", "value_of",
    "values", "var_pop", "var_samp", "varbinary", "varchar", "varying", "versioning", "when",
    "whenever", "where", "width_bucket", "window", "with", "within", "without", "year",
];

/// Words that the documentation of 7 adds, as far as it is known. Sorted.
#[rustfmt::skip]
const RESERVED_IN_7: &[&str] = &[
    "actual", "archive", "bucket_id", "check_jwks", "chunk_size", "cn", "datetime",
    "disable_datasource",
];

/// Columns that the server adds to physical tables; a table may not have its own by these names.
pub const SYSTEM_COLUMNS: [&str; 6] = [
    "bucket_id",
    "sign",
    "sys_close_date",
    "sys_from",
    "sys_op",
    "sys_to",
];

/// The longest identifier of the grammar, in characters.
pub const MAX_NAME: usize = 128;

/// The longest name of a table, in bytes: the server appends `_staging` and the like, and
/// PostgreSQL below it cuts names at 63.
pub const MAX_TABLE: usize = 55;

/// The largest sum of the bytes of the showcase's mnemonic and a table's name: both stand in the
/// name of the physical table's primary key.
pub const MAX_DATABASE_AND_TABLE: usize = 51;

/// The name of a database that the server keeps for itself.
pub const INFORMATION_SCHEMA: &str = "information_schema";

/// Whether the profile refuses `name` as a name, in any letter case.
pub fn is_reserved(profile: Profile, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let has = |list: &[&str]| list.binary_search(&name.as_str()).is_ok();
    has(RESERVED) || (profile == Profile::V7 && has(RESERVED_IN_7))
}

/// Whether `name` has the form of a name: `[a-zA-Z][a-zA-Z0-9_]*`.
pub fn has_form(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether `name` is a system column, in any letter case.
pub fn is_system_column(name: &str) -> bool {
    SYSTEM_COLUMNS
        .iter()
        .any(|column| column.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_complete() {
        assert!(RESERVED.is_sorted() && RESERVED_IN_7.is_sorted() && SYSTEM_COLUMNS.is_sorted());
        assert_eq!(RESERVED.len(), 362 + 34);
        assert!(RESERVED_IN_7.iter().all(|word| !RESERVED.contains(word)));
    }
}
