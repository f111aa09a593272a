//! The command against what harms it: killed while it writes, disks that are full, files made to be too much.
//! What it leaves is whole or hidden, its exit code is 1 or 3, its time and its memory are bounded.

#![cfg(target_os = "linux")]

mod hostile {
    mod command;
    mod disk;
    mod huge;
    mod killed;
    mod zip;
}
