//! Files on their way from one package to another: read by lines with their figures taken, split into
//! fields, written aside and renamed. What mends and compares packages stands on this.

pub(crate) mod aside;
pub(crate) mod lines;
pub(crate) mod manifest;
pub(crate) mod out;
pub(crate) mod source;
pub(crate) mod split;
