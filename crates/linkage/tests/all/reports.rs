#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

use std::fmt::Write;

use tessera_linkage::people::ReadError;
use tessera_linkage::reports::{
    KEYS, LinkedReports, Reports, Settings, link, read_reports, write_links, write_mentions,
    write_networks,
};

/// Reports as they are written down one after the other.
struct Desk {
    reports: String,
    mentions: String,
    number: usize,
    mention: usize,
}

impl Desk {
    fn new() -> Self {
        Self {
            reports: "report_id,date,agency,area,source_grade\n".to_owned(),
            mentions: "mention_id,report_id,type,value,attr1,attr2\n".to_owned(),
            number: 0,
            mention: 0,
        }
    }

    fn report(&mut self, date: &str, area: &str, mentions: &[[&str; 4]]) -> u32 {
        writeln!(self.reports, "i{},{date},school,{area},B2", self.number).unwrap();
        for [kind, value, attr1, attr2] in mentions {
            let (id, report) = (self.mention, self.number);
            writeln!(self.mentions, "m{id},i{report},{kind},{value},{attr1},{attr2}").unwrap();
            self.mention += 1;
        }
        self.number += 1;
        u32::try_from(self.number - 1).unwrap()
    }

    /// Reports that have nothing to do with each other but the station.
    fn noise(&mut self, count: usize) {
        for n in 0..count {
            let letter = |n: usize| char::from(b'A' + u8::try_from(n % 19).unwrap());
            let name = format!(
                "{}ar{}in {}el{}ow",
                letter(n),
                letter(n / 7),
                letter(n / 3),
                letter(n / 5)
            );
            let number = format!("070{:08}", 10_000_019 + n * 9_973);
            let plate = format!(
                "{}{}5{}{}{}{}",
                letter(n),
                letter(n / 2),
                n % 10,
                letter(n / 4),
                letter(n / 9),
                letter(n / 11)
            );
            let date = format!("20{}-{:02}-{:02}", 19 + n % 6, 1 + n % 12, 1 + n % 28);
            let hub: [&str; 4] = ["place", "Marlbrook Railway Station", "", "Marlbrook"];
            let other: [&str; 4] = match n % 3 {
                0 => ["person", &name, "", ""],
                1 => ["phone", &number, "", ""],
                _ => ["vehicle", &plate, "Ford", "blue"],
            };
            self.report(&date, ["Marlbrook", "Tarnmere", "Hexby"][n % 3], &[other, hub]);
        }
    }

    fn read(&self) -> Reports {
        read_reports(self.reports.as_bytes(), self.mentions.as_bytes()).unwrap()
    }

    fn linked(&self) -> LinkedReports {
        link(&self.read(), &Settings::default())
    }
}

fn linked(found: &LinkedReports, left: u32, right: u32) -> bool {
    found.links.iter().any(|link| (link.left, link.right) == (left.min(right), left.max(right)))
}

#[test]
fn one_number_written_in_three_ways_links_three_reports() {
    let mut desk = Desk::new();
    desk.noise(400);
    let a = desk.report("2023-04-01", "Marlbrook", &[["phone", "07700 900123", "", ""]]);
    let b = desk.report("2023-05-01", "", &[["phone", "+44 (0)7700 900123", "", ""]]);
    let c = desk.report("2023-06-01", "Hexby", &[["phone", "00447700900123", "", ""]]);
    let found = desk.linked();
    assert!(linked(&found, a, b) && linked(&found, b, c) && linked(&found, a, c));
    let networks: Vec<u32> = [a, b, c].iter().map(|r| found.networks[*r as usize]).collect();
    assert!(networks.iter().all(|network| *network == a));
}

#[test]
fn a_partial_plate_of_one_make_and_colour_is_found_and_a_misread_one_too() {
    let mut desk = Desk::new();
    desk.noise(400);
    let whole = desk.report("2023-04-01", "Hexby", &[["vehicle", "LB24 XYZ", "Audi A3", "red"]]);
    let part = desk.report("2023-04-20", "Hexby", &[["vehicle", "LB24", "Audi", "red"]]);
    let misread = desk.report("2023-05-02", "Hexby", &[["vehicle", "L824 XYZ", "Audi A3", "red"]]);
    let other = desk.report("2023-05-02", "Hexby", &[["vehicle", "LB25 JKW", "Audi A3", "red"]]);
    let found = desk.linked();
    assert!(linked(&found, whole, part) && linked(&found, whole, misread));
    assert!(!linked(&found, whole, other));
}

#[test]
fn a_station_that_everybody_uses_links_nobody() {
    let mut desk = Desk::new();
    desk.noise(400);
    let reports = desk.read();
    let found = link(&reports, &Settings::default());
    let largest = (0..400u32)
        .map(|network| found.networks.iter().filter(|of| **of == network).count())
        .max()
        .unwrap();
    assert!(largest <= 3, "{largest}");
    assert!(found.links.len() <= 8, "{}", found.links.len());
}

#[test]
fn small_pieces_hang_together_through_a_chain() {
    let mut desk = Desk::new();
    desk.noise(400);
    let first = desk.report(
        "2023-04-01",
        "Hexby",
        &[["person", "Quillan Tarrowby", "", ""], ["phone", "07700 900111", "", ""]],
    );
    desk.report(
        "2023-04-11",
        "Hexby",
        &[["phone", "07700900111", "", ""], ["vehicle", "LB24XYZ", "", ""]],
    );
    desk.report(
        "2023-05-01",
        "Hexby",
        &[["vehicle", "lb24 xyz", "", ""], ["phone", "07700 900222", "", ""]],
    );
    let last = desk.report(
        "2023-06-01",
        "Tarnmere",
        &[["phone", "+447700900222", "", ""], ["person", "Ghost", "", ""]],
    );
    let found = desk.linked();
    assert_eq!(found.networks[first as usize], found.networks[last as usize]);
    assert!(linked(&found, first, last), "linked through the others");
}

#[test]
fn the_same_entity_is_given_to_mentions_of_the_same_thing_only() {
    let mut desk = Desk::new();
    desk.noise(400);
    let start = desk.mention;
    desk.report(
        "2023-04-01",
        "Hexby",
        &[["phone", "07700 900123", "", ""], ["person", "Ola", "", ""]],
    );
    desk.report("2023-05-01", "Hexby", &[["phone", "07700900123", "", ""]]);
    let found = desk.linked();
    assert_eq!(found.entities[start], found.entities[start + 2]);
    assert_ne!(found.entities[start], found.entities[start + 1]);
}

#[test]
fn reports_come_out_alike_on_any_number_of_threads() {
    let mut desk = Desk::new();
    desk.noise(600);
    desk.report("2023-04-01", "Hexby", &[["phone", "07700 900123", "", ""]]);
    desk.report("2023-05-01", "Hexby", &[["phone", "07700900123", "", ""]]);
    let reports = desk.read();
    let mut files = Vec::new();
    for threads in [1, 3] {
        let found = link(&reports, &Settings { threads, ..Settings::default() });
        let (mut mentions, mut links, mut networks) = (Vec::new(), Vec::new(), Vec::new());
        write_mentions(&mut mentions, &reports, &found).unwrap();
        write_links(&mut links, &reports, &found).unwrap();
        write_networks(&mut networks, &reports, &found).unwrap();
        files.push([mentions, links, networks].map(|file| String::from_utf8(file).unwrap()));
    }
    assert_eq!(files[0], files[1]);
    let [mentions, links, networks] = &files[0];
    assert!(mentions.starts_with("mention_id,entity_id\nm0,m0\n"));
    assert!(links.contains("i600,i601,0.") || links.contains("i600,i601,1."));
    assert_eq!(networks.lines().count(), reports.len() + 1);
}

#[test]
fn files_without_their_columns_are_refused_and_mentions_of_no_report_left_out() {
    let none = read_reports("report_id,date\n".as_bytes(), "mention_id\n".as_bytes());
    assert!(matches!(none, Err(ReadError::Column("area"))));
    let head = "mention_id,report_id,type,value,attr1,attr2\n";
    let mentions = format!("{head}m0,i9,phone,07700900123,,\n");
    let reports = read_reports("report_id,date,area\n".as_bytes(), mentions.as_bytes()).unwrap();
    assert!(reports.is_empty() && reports.mentions() == 0);
    assert!(link(&reports, &Settings::default()).links.is_empty());
    assert_eq!(KEYS.len(), 13);
}
