//! The synthetic package of the big model's scenario goes everywhere a real one goes and meets no
//! objection: the readers of its files, the generated types, PostgreSQL with every constraint, the
//! queries of quality rules, JSON Schema.
//!
//! ```text
//! model/scenario* ─► Folder (files, as the command writes them)
//!                      ├─► files     the form of CSV, rows for the evaluation in memory
//!                      ├─► types     read, validated, written back byte for byte
//!                      ├─► database  COPY with all constraints, then the views of quality
//!                      └─► schemas   rows as JSON
//! ```

#![cfg(feature = "external")]

mod sample {
    mod database;
    mod files;
    mod made;
    mod schemas;
    mod types;
}
