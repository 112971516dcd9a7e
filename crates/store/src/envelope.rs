//! Sealed values: AES-256-GCM-SIV (RFC 8452), bound to the table, column and row they belong to,
//! so that a value copied elsewhere will not open.

use aes_gcm_siv::{
    Aes256GcmSiv, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use tessera_core::chance::Chance;
use uuid::Uuid;

use crate::StoreError;

/// The place a sealed value belongs to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) column: &'static str,
    pub(crate) row: Uuid,
}

impl Place {
    fn bytes(self) -> Vec<u8> {
        let mut all = self.column.as_bytes().to_vec();
        all.push(0);
        all.extend_from_slice(self.row.as_bytes());
        all
    }
}

/// Seals a value: 12 random bytes, then the ciphertext with its tag.
pub(crate) fn seal(
    key: &[u8; 32],
    place: Place,
    plain: &[u8],
    chance: &dyn Chance,
) -> Result<Vec<u8>, StoreError> {
    let mut nonce = [0_u8; 12];
    chance.fill(&mut nonce);
    let cipher = Aes256GcmSiv::new(key.into());
    let sealed = cipher
        .encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: &place.bytes() })
        .map_err(|_| StoreError::Sealed)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens a sealed value at its own place.
pub(crate) fn open(key: &[u8; 32], place: Place, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
    let (nonce, sealed) = sealed.split_first_chunk::<12>().ok_or(StoreError::Sealed)?;
    let cipher = Aes256GcmSiv::new(key.into());
    cipher
        .decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: &place.bytes() })
        .map_err(|_| StoreError::Sealed)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;
    impl Chance for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    #[test]
    fn a_value_opens_only_where_it_belongs() {
        let here = Place { column: "concern_source.sealed", row: Uuid::from_u128(1) };
        let there = Place { row: Uuid::from_u128(2), ..here };
        let sealed = seal(&[1; 32], here, b"Robin Example", &Fixed).unwrap();
        assert_eq!(open(&[1; 32], here, &sealed).unwrap(), b"Robin Example");
        assert!(open(&[1; 32], there, &sealed).is_err());
        assert!(open(&[2; 32], here, &sealed).is_err());
        assert!(open(&[1; 32], here, &sealed[..8]).is_err());
    }
}
