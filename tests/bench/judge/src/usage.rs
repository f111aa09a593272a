//! What this process has used so far.

use std::time::Duration;

use crate::Outcome;

/// Time of the processor, of all threads.
#[allow(unsafe_code)]
pub(crate) fn processor() -> Outcome<Duration> {
    // SAFETY: `timespec` is plain old data, and the pointer lives through the call.
    let time = unsafe {
        let mut time: libc::timespec = std::mem::zeroed();
        if libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) != 0 {
            return Err(std::io::Error::last_os_error().into());
        }
        time
    };
    Ok(Duration::new(time.tv_sec as u64, time.tv_nsec as u32))
}

/// The most memory that was ever resident, in bytes. Not `getrusage`: its figure begins with that of the
/// process that started this one.
pub(crate) fn peak() -> Outcome<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix("kB"));
    match kibibytes.and_then(|number| number.trim().parse::<u64>().ok()) {
        Some(kibibytes) => Ok(kibibytes * 1024),
        None => Err("the system does not tell the peak of memory".into()),
    }
}
