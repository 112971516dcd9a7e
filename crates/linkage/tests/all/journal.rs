#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

use std::fmt::Write;

use proptest::prelude::*;
use tessera_linkage::decisions::{Decisions, Verdict};
use tessera_linkage::journal::{JournalError, obeyed, read_decisions};
use tessera_linkage::people::{
    self, Doubt, Effort, doubts, read_people, write_clusters, write_doubts,
};
use tessera_linkage::reports::{self, read_reports};

fn read(lines: &str) -> Result<Decisions, JournalError> {
    let text = format!("left,right,verdict\n{lines}");
    read_decisions(text.as_bytes(), |id| id.strip_prefix('r')?.parse().ok())
}

#[test]
fn a_file_of_decisions_is_read_in_order_and_undoing_brings_back_what_stood_before() {
    let decisions = read("r1,r2,same\nr2,r1,not_same\nr3,r4,not_sure\nr1,r2,undo\n").unwrap();
    assert_eq!(obeyed(&decisions).pairs, [(1, 2, Verdict::Same), (3, 4, Verdict::NotSure)]);
    assert_eq!(decisions.history().len(), 3, "nothing is erased");
    let all_undone = read("r1,r2,same\nr1,r2,undo\n").unwrap();
    assert!(obeyed(&all_undone).pairs.is_empty());
}

#[test]
fn what_is_wrong_with_a_file_of_decisions_is_said_by_line_without_repeating_it() {
    assert!(matches!(read("r1,r2,same\nr1,x9,same\n"), Err(JournalError::Unknown(3))));
    assert!(matches!(read("r1,r1,same\n"), Err(JournalError::Itself(2))));
    assert!(matches!(read("r1,r2,maybe\n"), Err(JournalError::Verdict(2))));
    let nothing = read("r1,r2,undo\n").unwrap_err();
    assert!(!nothing.to_string().contains("r1"), "{nothing}");
    let head = read_decisions("left,right\n".as_bytes(), |_| Some(1));
    assert!(matches!(head, Err(JournalError::Column("verdict"))));
}

#[test]
fn decisions_that_contradict_each_other_join_nobody_and_are_shown() {
    let decisions = read("r1,r2,same\nr2,r3,same\nr1,r3,not_same\nr7,r8,same\n").unwrap();
    let found = obeyed(&decisions);
    assert_eq!(found.pairs, [(1, 3, Verdict::NotSame), (7, 8, Verdict::Same)]);
    assert_eq!(found.contradictions.len(), 1);
    assert_eq!(found.contradictions[0].chain.len(), 2);
}

const HEAD: &str = "record_id,given_name,surname,dob,sex,postcode,phone,nhs_number\n";

#[test]
fn a_cluster_with_two_birthdays_or_two_nhs_numbers_is_put_before_a_person() {
    let lines = "a,Ola,Wexford,2009-04-03,F,ZZ1 1AA,07700900123,9990000018\n\
                 b,Ola,Wexford,2009-04-03,F,ZZ1 1AA,07700900123,9990000018\n\
                 c,Ola,Wexford,1979-11-21,F,ZZ1 1AA,07700900123,9990000026\n";
    let table = read_people(format!("{HEAD}{lines}").as_bytes()).unwrap();
    let settings = people::Settings {
        effort: Effort { random_pairs: 1000, proposed_pairs: 1000, rounds: 2 },
        decisions: vec![(0, 1, Verdict::Same), (1, 2, Verdict::Same)],
        ..people::Settings::default()
    };
    let linked = people::link(&table, &settings, |_| {});
    let mut clusters = Vec::new();
    write_clusters(&mut clusters, &table, &linked).unwrap();
    assert_eq!(String::from_utf8(clusters).unwrap(), "record_id,cluster_id\na,a\nb,a\nc,a\n");
    let found = doubts(&table, &linked);
    let kinds: Vec<(Doubt, (u32, u32))> = found.iter().map(|d| (d.doubt, d.records)).collect();
    assert_eq!(kinds, [(Doubt::TwoBirthdays, (0, 2)), (Doubt::TwoNhsNumbers, (0, 2))]);
    let mut out = Vec::new();
    write_doubts(&mut out, &table, &found).unwrap();
    assert!(String::from_utf8(out).unwrap().contains("a,two_dates_of_birth,a,c\n"));
}

fn verdict() -> impl Strategy<Value = Verdict> {
    prop::sample::select(vec![Verdict::Same, Verdict::NotSame, Verdict::NotSure])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn networks_obey_what_people_decided_and_undoing_all_of_it_restores_what_was(
        made in prop::collection::vec((0u64..8, 0u64..8, verdict()), 0..8),
    ) {
        let (mut rows, mut mentions) =
            ("report_id,date,area\n".to_owned(), "mention_id,report_id,type,value,attr1,attr2\n".to_owned());
        for n in 0..8 {
            writeln!(rows, "i{n},2023-04-0{},Hexby", n + 1).unwrap();
            writeln!(mentions, "m{n},i{n},phone,0770090012{},,", n / 3).unwrap();
        }
        let reports = read_reports(rows.as_bytes(), mentions.as_bytes()).unwrap();
        let run = |decisions: &Decisions| {
            let settings = reports::Settings { decisions: obeyed(decisions).pairs, ..Default::default() };
            let found = reports::link(&reports, &settings);
            (found.networks, found.links)
        };
        let plain = run(&Decisions::default());
        let mut decisions = Decisions::default();
        for (one, other, verdict) in made {
            decisions.decide(one, other, verdict);
        }
        let (networks, links) = run(&decisions);
        for (left, right, verdict) in obeyed(&decisions).pairs {
            let together = networks[left as usize] == networks[right as usize];
            let linked = links.iter().any(|link| (link.left, link.right) == (left, right));
            match verdict {
                Verdict::Same => prop_assert!(together && linked),
                Verdict::NotSame => prop_assert!(!together && !linked),
                Verdict::NotSure => {}
            }
        }
        let ids: Vec<_> = decisions.history().iter().map(|made| made.id).collect();
        for id in ids {
            decisions.undo(id);
        }
        prop_assert_eq!(run(&decisions), plain);
    }
}
