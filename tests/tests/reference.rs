//! The reference packages are what the program makes of the model, every code of the validator has one,
//! `vitrina fix` cures those that it can, and what the generated types write has no findings.

mod reference {
    mod certified;
    mod cured;
    mod made;
    mod written;
}
