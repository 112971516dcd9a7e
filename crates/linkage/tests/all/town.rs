//! A small fictional town of households, recorded more than once and not always well.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

use std::fmt::Write;

const GIVEN: [&str; 24] = [
    "Alder", "Briony", "Corin", "Delwyn", "Emlyn", "Fenella", "Garrick", "Hester", "Idris",
    "Jocasta", "Kester", "Lowenna", "Merryn", "Neville", "Oriel", "Perran", "Quentin", "Rowena",
    "Selwyn", "Tamsin", "Ursula", "Verity", "Wilmot", "Yestin",
];
const SURNAMES: [&str; 20] = [
    "Ashmere",
    "Brackwell",
    "Caldholm",
    "Dunstead",
    "Elmgate",
    "Farport",
    "Granley",
    "Hexworth",
    "Ingbury",
    "Kelford",
    "Lanwick",
    "Marfield",
    "Norden",
    "Oakmere",
    "Penholm",
    "Quarton",
    "Ravenby",
    "Seldon",
    "Tarnley",
    "Uxbourne",
];
const STREETS: [&str; 8] = [
    "Marlbrook Road",
    "Tannery Lane",
    "Mill Street",
    "Abbey Close",
    "Ferry Way",
    "Castle Hill",
    "Orchard Drive",
    "Quarry Terrace",
];

/// What the town office knows: the records as comma-separated text, and whose each one is.
pub(crate) struct Town {
    pub(crate) csv: String,
    pub(crate) person: Vec<usize>,
}

pub(crate) const HEAD: &str =
    "record_id,given_name,surname,aliases,dob,sex,postcode,address,phone,nhs_number,recorded_on\n";

/// A town of that many households of three, every person recorded two or three times.
pub(crate) fn town(households: usize) -> Town {
    let mut town = Town { csv: HEAD.to_owned(), person: Vec::new() };
    let mut chance = 7u64;
    let mut draw = |below: usize| {
        chance =
            chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(chance >> 33).unwrap() % below
    };
    let mut people = 0;
    for house in 0..households {
        let surname = format!("{}{}", SURNAMES[draw(20)], ["", "son", "er"][draw(3)]);
        let address = format!("{} {}", 1 + draw(120), STREETS[draw(8)]);
        let postcode = format!(
            "QX{} {}{}{}",
            house % 9 + 1,
            house % 10,
            letter(house / 9),
            letter(house / 180)
        );
        for member in 0..3 {
            let given = GIVEN[draw(24)];
            let year = if member == 0 { 1960 + draw(30) } else { 1995 + draw(25) };
            let (month, day) = (1 + draw(12), 1 + draw(28));
            let phone = format!("070{:08}", draw(100_000_000));
            for _ in 0..2 + draw(2) {
                let record = town.person.len();
                let given = if draw(12) == 0 { slip(given) } else { given.to_owned() };
                let born = match draw(14) {
                    0 => String::new(),
                    1 if day <= 12 => format!("{year}-{day:02}-{month:02}"),
                    _ => format!("{year}-{month:02}-{day:02}"),
                };
                let phone = if draw(3) == 0 { "" } else { phone.as_str() };
                let (address, postcode) =
                    if draw(6) == 0 { ("", "") } else { (address.as_str(), postcode.as_str()) };
                writeln!(
                    town.csv,
                    "t{record:05},{given},{surname},,{born},{},{postcode},{address},{phone},,20{}-03-01",
                    ["F", "M"][people % 2],
                    15 + draw(9),
                )
                .unwrap();
                town.person.push(people);
            }
            people += 1;
        }
    }
    town
}

fn letter(number: usize) -> char {
    char::from(b"ABDEFGHJLNPQRSTUWXYZ"[number % 20])
}

fn slip(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    letters.swap(1, 2);
    letters.into_iter().collect()
}
