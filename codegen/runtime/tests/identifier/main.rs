//! Identifiers from outside: published numbers, what check digits promise to catch, and the laws
//! that all identifiers keep.

mod errors;
mod laws;
mod numbers;
mod published;
