//! The compiler of Vitrina: one model of a data showcase in, every artifact out.
//!
//! ```text
//! source ──► resolve ──► model ──► lint ──► target ──► artifacts
//! (syntax,   (names,     (valid,  (conven-  (pure:      (files in memory:
//!  spans)     types)      frozen)  tions)    model→files) written or compared)
//! ```
//!
//! Each step is the module of that name; [`pipeline`] is the one function that runs them all.
//! [`diagnostic`] carries what every step has to say, and nothing here prints, reads a clock or
//! looks at the environment: files are touched by [`source::files`] and [`artifacts`] alone. Only
//! [`Builder`], the compiler as a build script uses it, speaks with cargo.

#![forbid(unsafe_code)]

pub mod artifacts;
pub mod builder;
pub mod coverage;
pub mod diagnostic;
pub mod import;
pub mod lint;
pub mod model;
pub mod pipeline;
pub mod quality;
pub mod resolve;
pub mod sample;
pub mod source;
pub mod target;

pub use builder::Builder;
pub use diagnostic::Lang;
