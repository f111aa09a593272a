//! `uuid::Uuid`.

use crate::Uuid;

impl From<uuid::Uuid> for Uuid {
    fn from(id: uuid::Uuid) -> Uuid {
        Uuid::from_bytes(id.into_bytes())
    }
}

impl From<Uuid> for uuid::Uuid {
    fn from(id: Uuid) -> uuid::Uuid {
        uuid::Uuid::from_bytes(id.to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_agree() {
        let text = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
        let ours: Uuid = text.parse().unwrap();
        let theirs: uuid::Uuid = ours.into();
        assert_eq!(theirs.to_string(), text);
        assert_eq!(Uuid::from(theirs), ours);
    }
}
