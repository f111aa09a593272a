//! Rules in bounded memory say what the reference says, which holds all rows: on the examples of every
//! rule, and on random packages full of nulls, dangling references, repeated keys and broken cells;
//! however little memory there is, and on however many threads.

#[path = "quality/random.rs"]
mod random;

mod package_rules {
    pub(crate) mod driver;
    pub(crate) mod fixtures;
    pub(crate) mod property;
}
