//! Registrations as they stand in reports: seven places, any of them unread.
//!
//! What is read of the current British form (two letters, two digits, three letters) falls into
//! its places also when only a part was noted: four characters are the first four, three the last
//! three, five letters leave out the digits.

/// The seven places of a registration, 0 for a character not read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Slots(pub(crate) [u8; 7]);

/// Characters that are taken for each other when a plate is read by eye in passing.
const ALIKE: [&[u8]; 16] = [
    b"0OQD", b"1IL", b"2Z", b"38B", b"5S", b"6GC", b"7T", b"4A", b"MNH", b"VYU", b"EF", b"FP",
    b"KX", b"8BR", b"CO", b"1T7",
];

impl Slots {
    /// Reads what was noted; `None` where it is no part of such a registration.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let noted: Vec<u8> = text
            .bytes()
            .filter(|b| b.is_ascii_alphanumeric() || *b == b'?')
            .map(|b| if b == b'?' { 0 } else { b.to_ascii_uppercase() })
            .collect();
        let places: &[usize] = match noted.len() {
            7 => &[0, 1, 2, 3, 4, 5, 6],
            5 => &[0, 1, 4, 5, 6],
            4 => &[0, 1, 2, 3],
            3 => &[4, 5, 6],
            _ => return None,
        };
        let mut slots = [0; 7];
        for (place, read) in places.iter().zip(noted) {
            if let Some(slot) = slots.get_mut(*place) {
                *slot = read;
            }
        }
        slots.iter().any(|slot| *slot != 0).then_some(Self(slots))
    }

    /// The registration as one number, where every place was read.
    pub(crate) fn whole(&self) -> Option<u64> {
        let whole = self.0.iter().fold(0, |sum, read| (sum << 8) | u64::from(*read));
        (!self.0.contains(&0)).then_some(whole)
    }

    /// The first four, the last three, and the first two with the last two characters, each where
    /// all of them were read: one misread or missing character leaves at least one of them whole.
    pub(crate) fn parts(&self) -> [Option<u64>; 3] {
        let [front, back, ends]: [&[usize]; 3] = [&[0, 1, 2, 3], &[4, 5, 6], &[0, 1, 5, 6]];
        [front, back, ends].map(|places| {
            let mut read = places.iter().map(|place| self.0.get(*place).filter(|read| **read != 0));
            read.try_fold(0, |sum, read| read.map(|read| (sum << 8) | u64::from(*read)))
        })
    }
}

/// Whether two characters are taken for each other.
pub(crate) fn alike(left: u8, right: u8) -> bool {
    ALIKE.iter().any(|group| group.contains(&left) && group.contains(&right))
}
