//! Decimal digits to bytes and back, two at a time: what dates and times are made of.

/// `00` to `99`, one after another.
const PAIRS: &[u8; 200] = b"\
    0001020304050607080910111213141516171819\
    2021222324252627282930313233343536373839\
    4041424344454647484950515253545556575859\
    6061626364656667686970717273747576777879\
    8081828384858687888990919293949596979899";

/// The two digits of `number`, which is below 100; higher places are dropped.
#[inline]
pub(crate) fn pair(number: u32) -> [u8; 2] {
    let at = (number % 100) as usize * 2;
    [PAIRS[at], PAIRS[at + 1]]
}

/// `00` to `99` by number; what is behind is never looked up, but lets a byte be an index.
static PAIRS_OF: [[u8; 2]; 256] = {
    let mut table = [[b'0'; 2]; 256];
    let mut number = 0;
    while number < 100 {
        table[number] = [PAIRS[number * 2], PAIRS[number * 2 + 1]];
        number += 1;
    }
    table
};

/// The two digits of `number`, which is below 100.
#[inline(always)]
pub(crate) fn pair_of(number: u8) -> [u8; 2] {
    PAIRS_OF[usize::from(number)]
}

/// The number that `bytes` spell, or none when one of them is no digit.
///
/// At most nine bytes fit; every caller has a fixed number of them.
#[inline]
pub(crate) fn number(bytes: &[u8]) -> Option<u32> {
    let mut value = 0;
    for byte in bytes {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + u32::from(digit);
    }
    Some(value)
}
