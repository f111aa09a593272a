//! ГОСТ Р 34.11-2012 («Стрибог», RFC 6986), 512 bits: how identifiers of persons leave a system.

use streebog::{Digest, Streebog512};

/// The hash of a text without the white space around it, in UTF-8: 128 lower-case hexadecimal
/// digits, the bytes in the order in which the algorithm puts them out.
///
/// The standard prints its examples as numbers, the last byte first; so do some tools.
pub fn streebog512_hex(text: &str) -> String {
    hex(text.trim().as_bytes())
}

fn hex(message: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let mut text = String::with_capacity(128);
    for byte in Streebog512::digest(message) {
        text.push(DIGITS[usize::from(byte >> 4)]);
        text.push(DIGITS[usize::from(byte & 15)]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of a number printed as in the standard: the last byte first.
    fn as_printed(hex: &str) -> Vec<u8> {
        let digits: Vec<u8> = hex
            .chars()
            .map(|c| u8::try_from(c.to_digit(16).unwrap()).unwrap())
            .collect();
        digits
            .chunks(2)
            .rev()
            .map(|pair| pair[0] << 4 | pair[1])
            .collect()
    }

    fn printed(hex: &str) -> String {
        as_printed(hex)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// RFC 6986, 10.1.1: message M1 and its 512-bit hash.
    #[test]
    fn first_example_of_the_standard() {
        let m1 = as_printed(
            "323130393837363534333231303938373635343332313039383736353433323130\
             393837363534333231303938373635343332313039383736353433323130",
        );
        let h = printed(
            "486f64c1917879417fef082b3381a4e211c324f074654c38823a7b76f830ad00\
             fa1fbae42b1285c0352f227524bc9ab16254288dd6863dccd5b9f54a1ad0541b",
        );
        assert_eq!(hex(&m1), h);
        let text = "012345678901234567890123456789012345678901234567890123456789012";
        assert_eq!(streebog512_hex(text), h);
        assert!(h.starts_with("1b54d01a4af5b9d5"));
    }

    /// RFC 6986, 10.2.1: message M2 (Russian in Windows-1251) and its 512-bit hash.
    #[test]
    fn second_example_of_the_standard() {
        let m2 = as_printed(
            "fbe2e5f0eee3c820fbeafaebef20fffbf0e1e0f0f520e0ed20e8ece0ebe5f0f2\
             f120fff0eeec20f120faf2fee5e2202ce8f6f3ede220e8e6eee1e8f0f2d1202c\
             e8f0f2e5e220e5d1",
        );
        let h = printed(
            "28fbc9bada033b1460642bdcddb90c3fb3e56c497ccd0f62b8a2ad4935e85f03\
             7613966de4ee00531ae60f3b5a47f8dae06915d5f2f194996fcabf2622e6881e",
        );
        assert_eq!(hex(&m2), h);
    }

    #[test]
    fn outer_blanks_do_not_count() {
        assert_eq!(
            streebog512_hex("  11223344595\n"),
            streebog512_hex("11223344595")
        );
        assert_ne!(
            streebog512_hex("112 23344595"),
            streebog512_hex("11223344595")
        );
        assert_eq!(streebog512_hex("").len(), 128);
    }
}
