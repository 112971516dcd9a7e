//! The whole picture: what joins, filters, ways, the map, the rule, watches, candidates, snapshots;
//! and that each is made of what its reader may see.

use tessera_app::{
    AppError,
    explore::{
        Filter, RawCandidateVerdict, RawPut, RawRule, RawSnapshot, RawWatch, Rule, groups, hits,
        months, say, shortest,
    },
    report::{Basis, Network, RawGrade, RawRetract, RawSanitised, RawShare, RawVerdict, Thing},
};
use tessera_core::{
    agency::AgencyKind,
    partial_date::RawDate,
    reference::Reference,
    report::{RawMention, RawReport},
    user::Role,
};
use tessera_policy::Actor;
use tessera_testkit::{World, make, on_both};

use crate::{fields, is_absent};

struct Town {
    police: Actor,
    other_police: Actor,
    officer: Actor,
    school: Actor,
    housing: Actor,
    lead: Actor,
}

async fn town(w: &World) -> Town {
    let police = make::agency(w, "Marlbrook Police", AgencyKind::Police).await;
    let school = make::agency(w, "Fernhill School", AgencyKind::Education).await;
    let housing = make::agency(w, "Marlbrook Housing", AgencyKind::Council).await;
    let unit = [Role::PoliceIntelligence];
    Town {
        police: make::user(w, "Pia Police", police, &unit).await,
        other_police: make::user(w, "Percy Police", police, &unit).await,
        officer: make::officer(w).await,
        school: make::user(w, "Wren Worker", school, &[Role::Worker]).await,
        housing: make::user(w, "Hal Housing", housing, &[Role::Worker]).await,
        lead: make::user(w, "Lena Lead", school, &[Role::AgencyLead]).await,
    }
}

fn mention(kind: &str, value: &str) -> RawMention {
    RawMention { kind: kind.into(), value: value.into(), ..RawMention::default() }
}

fn child(name: &str) -> RawMention {
    RawMention { child: "yes".into(), ..mention("person", name) }
}

fn adult(name: &str) -> RawMention {
    RawMention { child: "no".into(), ..mention("person", name) }
}

/// Sends a report about a day of 2026.
async fn send(w: &World, by: &Actor, day: (u8, u8), mentions: &[RawMention]) -> Reference {
    let raw = RawReport {
        what: "Seen by the gate of the park.".into(),
        happened: RawDate {
            day: day.0.to_string(),
            month: day.1.to_string(),
            year: "2026".into(),
            ..RawDate::default()
        },
        mentions: mentions.to_vec(),
        ..RawReport::default()
    };
    let key = format!("key {}", w.chance.word());
    w.app.submit_report(by, &raw, &key).await.unwrap().reference
}

async fn version(w: &World, by: &Actor, report: &Reference) -> i64 {
    w.app.view_report(by, report).await.unwrap().piece.version
}

async fn grade(w: &World, t: &Town, report: &Reference, grade: &str) {
    let raw = RawGrade {
        version: version(w, &t.police, report).await,
        source_grade: "2".into(),
        intelligence_grade: grade.into(),
        handling: "P".into(),
        priority: "low".into(),
        review_months: "3".into(),
        grade_reason: "Read and compared".into(),
        ..RawGrade::default()
    };
    w.app.grade_report(&t.police, report, &raw).await.unwrap();
}

async fn retract(w: &World, t: &Town, report: &Reference) {
    let raw = RawRetract {
        version: version(w, &t.police, report).await,
        retract_reason: "It was about another place".into(),
    };
    w.app.retract_report(&t.police, report, &raw).await.unwrap();
}

async fn picture(w: &World, who: &Actor) -> Network {
    w.app.whole_picture(who, "test", None).await.unwrap()
}

fn thing<'n>(network: &'n Network, name: &str) -> &'n Thing {
    network.things.iter().find(|thing| thing.name.contains(name)).unwrap()
}

on_both!(the_same_plate_joins_and_the_same_name_of_a_person_does_not, async |w| {
    let t = town(&w).await;
    for (by, day) in [(&t.school, 2), (&t.housing, 9)] {
        let said = [mention("vehicle", "QX17 KLM"), adult("Rocco Bellweather")];
        send(&w, by, (day, 3), &said).await;
    }
    let found = picture(&w, &t.police).await;
    assert_eq!(thing(&found, "QX17 KLM").reports().len(), 2);
    let people = found.things.iter().filter(|thing| thing.name.contains("Rocco")).count();
    assert_eq!(people, 2, "people are joined by people alone");
    let named = |tie: &tessera_app::report::Tie| match &tie.basis {
        Some(Basis::Suggested(_, why)) => why == "rule: the same plate",
        _ => false,
    };
    assert!(thing(&found, "QX17 KLM").ties.iter().any(named), "the rule is named");
});

on_both!(what_people_keep_apart_the_whole_picture_keeps_apart, async |w| {
    let t = town(&w).await;
    send(&w, &t.school, (2, 3), &[mention("vehicle", "QX17 KLM")]).await;
    let two = send(&w, &t.housing, (9, 3), &[mention("vehicle", "QX17 KLM")]).await;
    let question = w.app.view_report(&t.police, &two).await.unwrap().fits.open.remove(0);
    let raw = RawVerdict {
        ours: question.ours.number,
        theirs: question.theirs.number,
        verdict: "not_same".into(),
        verdict_reason: "A cloned plate".into(),
        ..RawVerdict::default()
    };
    w.app.decide_mentions(&t.police, &two, &raw).await.unwrap();
    let found = picture(&w, &t.police).await;
    assert!(found.things.iter().all(|thing| thing.reports().len() == 1));
});

on_both!(the_picture_is_made_of_what_its_reader_may_see, async |w| {
    let t = town(&w).await;
    let one = send(&w, &t.school, (2, 3), &[mention("vehicle", "QX17 KLM")]).await;
    let two = send(&w, &t.housing, (9, 3), &[mention("vehicle", "QX17 KLM")]).await;
    assert_eq!(picture(&w, &t.police).await.pieces.len(), 2);
    assert!(picture(&w, &t.officer).await.pieces.is_empty(), "nothing is assessed yet");
    grade(&w, &t, &one, "A").await;
    assert_eq!(picture(&w, &t.officer).await.pieces.len(), 1);
    grade(&w, &t, &two, "E").await;
    assert_eq!(picture(&w, &t.police).await.pieces.len(), 1, "suspected to be false");
    assert!(w.app.whole_picture(&t.school, "test", None).await.is_err());
});

on_both!(filters_keep_time_grade_agency_and_kind_and_what_is_around_one_thing, async |w| {
    let t = town(&w).await;
    let van = mention("vehicle", "QX17 KLM");
    let (cafe, park) = (mention("place", "Lantern Cafe"), mention("place", "Quarry Gate"));
    let one = send(&w, &t.school, (2, 1), &[van.clone(), cafe.clone()]).await;
    send(&w, &t.housing, (9, 3), &[van.clone(), cafe.clone()]).await;
    send(&w, &t.housing, (10, 5), &[cafe, park.clone()]).await;
    send(&w, &t.housing, (11, 5), &[park]).await;
    grade(&w, &t, &one, "B").await;
    let all = picture(&w, &t.police).await;
    assert_eq!(months(&all).len(), 5);
    let kept = |filter: Filter| filter.keep(&all).pieces.len();
    assert_eq!(kept(Filter::default()), 4);
    let from = Filter { from: "2026-03".into(), ..Filter::default() };
    assert_eq!(kept(from.clone()), 3);
    assert_eq!(kept(Filter { kind: "vehicle".into(), ..Filter::default() }), 2);
    let school = Filter { agency: "Fernhill School".into(), ..Filter::default() };
    assert_eq!(school.passing(&all).len(), 1);
    assert_eq!(Filter { grade: "B".into(), ..Filter::default() }.passing(&all).len(), 1);
    assert_eq!(Filter { grade: "none".into(), ..Filter::default() }.passing(&all).len(), 3);
    let around = |steps: &str| Filter {
        around: thing(&all, "QX17").number.to_string(),
        steps: steps.into(),
        ..Filter::default()
    };
    assert_eq!((kept(around("1")), kept(around("2")), kept(around("3"))), (2, 3, 4));
    let told = say(&from.keep(&all)).join(" ");
    assert!(told.contains("3 reports from 1 agency") && told.contains("Quarry Gate"), "{told}");
    assert_eq!(groups(&all)[0].reports.len(), 4);
});

on_both!(the_shortest_way_is_told_report_by_report, async |w| {
    let t = town(&w).await;
    let (van, cafe, dev) =
        (mention("vehicle", "QX17 KLM"), mention("place", "Lantern Cafe"), adult("Dev"));
    send(&w, &t.school, (2, 1), &[van.clone(), cafe.clone()]).await;
    send(&w, &t.housing, (9, 3), &[cafe, dev]).await;
    send(&w, &t.housing, (9, 4), &[mention("place", "Quarry Gate")]).await;
    let all = picture(&w, &t.police).await;
    let number = |name: &str| thing(&all, name).number;
    let way = shortest(&all, number("QX17"), number("Dev")).unwrap();
    assert_eq!(way.len(), 2);
    let (words, piece) = way[0].words(&all).unwrap();
    assert!(words.contains("QX17 KLM and Lantern Cafe"), "{words}");
    assert_eq!(piece.agency.as_deref(), Some("Fernhill School"));
    assert!(shortest(&all, number("QX17"), number("Quarry")).is_none());
    assert!(shortest(&all, number("QX17"), number("QX17")).unwrap().is_empty());
});

on_both!(a_thing_has_its_names_its_neighbours_and_its_age, async |w| {
    let t = town(&w).await;
    let one = RawMention { colour: "silver".into(), ..mention("vehicle", "QX17 KLM") };
    let two = RawMention { colour: "grey".into(), ..mention("vehicle", "qx17klm") };
    let first = send(&w, &t.school, (2, 1), &[one, adult("Dev")]).await;
    send(&w, &t.housing, (9, 3), &[two]).await;
    let number = thing(&picture(&w, &t.police).await, "QX17").number;
    let seen = w.app.entity(&t.police, number).await.unwrap();
    assert_eq!(seen.aliases.len(), 2);
    let colours = seen.thing.forms.iter().find(|form| form.part == "Colour").unwrap();
    assert_eq!(colours.values.len(), 2, "values that differ stand side by side");
    let dev = &seen.neighbours[0];
    assert!((dev.name.as_str(), dev.grade.as_deref(), dev.decided) == ("Dev", None, true));
    assert_eq!(seen.timeline.iter().filter(|event| event.what == "Report").count(), 2);
    assert!(seen.timeline.iter().any(|e| e.source.1 == format!("/desk/{first}")));
    let before = seen.age;
    w.hours_later(24 * 366);
    let after = w.app.entity(&t.police, number).await.unwrap().age;
    assert!(after.months >= before.months + 12 && after.word == "stale");
    assert!(is_absent(w.app.entity(&t.officer, number).await), "nothing was assessed");
});

on_both!(who_may_not_see_addresses_sees_areas, async |w| {
    let t = town(&w).await;
    let quay = RawMention { address: "Harbour Road".into(), ..mention("place", "Quay House") };
    for (by, day) in [(&t.school, 2), (&t.housing, 9)] {
        let sent = send(&w, by, (day, 3), &[quay.clone(), mention("place", "Nowhere known")]).await;
        grade(&w, &t, &sent, "A").await;
    }
    let exact = w.app.map(&t.police, &Filter::default()).await.unwrap();
    assert!(exact.exact && exact.marks[0].names[0].contains("Quay House"));
    let coarse = w.app.map(&t.officer, &Filter::default()).await.unwrap();
    let mark = &coarse.marks[0];
    assert!(!coarse.exact && mark.names.is_empty() && mark.area == "Harbourside");
    assert_eq!(mark.pieces.len(), 2);
    assert!(mark.at != exact.marks[0].at);
    let later = Filter { from: "2026-04".into(), ..Filter::default() };
    assert!(w.app.map(&t.police, &later).await.unwrap().marks.is_empty());
});

on_both!(the_rule_finds_and_what_is_taken_back_counts_no_more, async |w| {
    let t = town(&w).await;
    let place = mention("place", "Quay House");
    send(&w, &t.school, (2, 3), &[place.clone(), child("Kai Ferndown")]).await;
    send(&w, &t.school, (4, 3), &[place.clone(), child("Kai")]).await;
    let rule = Rule { children: 2, days: 60, set: false };
    let found = hits(&picture(&w, &t.police).await, rule);
    assert!(found.is_empty(), "one child under two forms of a name is one");
    let last = send(&w, &t.housing, (20, 4), &[place, child("Tilly")]).await;
    let found = hits(&picture(&w, &t.police).await, rule);
    assert_eq!((found.len(), found[0].children.len(), found[0].pieces.len()), (1, 2, 3));
    assert_eq!((found[0].origins, found[0].inferred), (2, true));
    let narrow = Rule { days: 10, ..rule };
    assert!(hits(&picture(&w, &t.police).await, narrow).is_empty());
    assert!(hits(&picture(&w, &t.officer).await, rule).is_empty(), "nothing is assessed");
    retract(&w, &t, &last).await;
    assert!(hits(&picture(&w, &t.police).await, rule).is_empty());
});

on_both!(the_desk_sets_the_numbers_of_the_rule, async |w| {
    let t = town(&w).await;
    assert!(!w.app.rule().await.unwrap().set);
    let raw = RawRule { children: "1".into(), days: "soon".into() };
    let errors = fields(w.app.set_rule(&t.police, &raw).await);
    assert!(errors.of("children").is_some() && errors.of("days").is_some());
    let raw = RawRule { children: "3".into(), days: "28".into() };
    w.app.set_rule(&t.police, &raw).await.unwrap();
    assert_eq!(w.app.rule().await.unwrap(), Rule { children: 3, days: 28, set: true });
    assert!(w.app.set_rule(&t.officer, &raw).await.is_err());
});

fn watch_of(mention: i64, cadence: &str) -> RawWatch {
    RawWatch {
        name: "The silver car".into(),
        what: "thing".into(),
        mention,
        search: String::new(),
        cadence: cadence.into(),
    }
}

async fn notices(w: &World, who: &Actor) -> i64 {
    w.app.unread_notices(who).await.unwrap()
}

on_both!(a_watcher_is_told_when_another_agency_adds_and_not_before, async |w| {
    let t = town(&w).await;
    send(&w, &t.school, (2, 3), &[mention("vehicle", "QX17 KLM")]).await;
    let number = thing(&picture(&w, &t.police).await, "QX17").number;
    w.app.keep_watch(&t.police, &watch_of(number, "soon")).await.unwrap();
    assert_eq!(w.app.look_at_watches().await.unwrap(), 0, "what stands there is not told");
    send(&w, &t.other_police, (3, 3), &[mention("vehicle", "QX17 KLM")]).await;
    assert_eq!(w.app.look_at_watches().await.unwrap(), 0, "one's own agency is not told");
    send(&w, &t.housing, (4, 3), &[mention("vehicle", "QH20 PQR")]).await;
    assert_eq!(w.app.look_at_watches().await.unwrap(), 0, "another car is not told");
    send(&w, &t.housing, (9, 3), &[mention("vehicle", "QX17 KLM")]).await;
    assert_eq!(w.app.look_at_watches().await.unwrap(), 1);
    assert_eq!(w.app.look_at_watches().await.unwrap(), 0, "told once");
    let told = w.app.read_notices(&t.police).await.unwrap();
    assert!(!told[0].words.contains("QX17") && told[0].link == "/picture/watches");
    let view = &w.app.watches(&t.police).await.unwrap()[0];
    assert_eq!(view.now, 3);
    w.app.end_watch(&t.police, view.watch.id).await.unwrap();
    assert!(is_absent(w.app.end_watch(&t.police, view.watch.id).await));
});

on_both!(a_watcher_learns_nothing_of_what_they_may_not_see, async |w| {
    let t = town(&w).await;
    let first = send(&w, &t.school, (2, 3), &[mention("vehicle", "QX17 KLM")]).await;
    grade(&w, &t, &first, "A").await;
    let number = thing(&picture(&w, &t.officer).await, "QX17").number;
    w.app.keep_watch(&t.officer, &watch_of(number, "soon")).await.unwrap();
    let hidden = send(&w, &t.housing, (9, 3), &[mention("vehicle", "QX17 KLM")]).await;
    assert_eq!(w.app.look_at_watches().await.unwrap(), 0);
    grade(&w, &t, &hidden, "A").await;
    assert_eq!(w.app.look_at_watches().await.unwrap(), 1, "now it may be seen");
    assert!(is_absent(w.app.keep_watch(&t.officer, &watch_of(9_999, "soon")).await));
    assert!(w.app.keep_watch(&t.school, &watch_of(number, "soon")).await.is_err());
});

on_both!(a_digest_waits_for_its_day_and_a_search_is_told_of_too, async |w| {
    let t = town(&w).await;
    let search = Filter { agency: "Marlbrook Housing".into(), ..Filter::default() };
    let raw = RawWatch {
        name: "Housing".into(),
        what: "search".into(),
        search: serde_json::to_string(&search).unwrap(),
        cadence: "daily".into(),
        mention: 0,
    };
    w.app.keep_watch(&t.police, &raw).await.unwrap();
    let weekly = RawWatch { cadence: "weekly".into(), ..raw.clone() };
    w.app.keep_watch(&t.other_police, &weekly).await.unwrap();
    send(&w, &t.housing, (9, 3), &[mention("vehicle", "QX17 KLM")]).await;
    assert_eq!(w.app.look_at_watches().await.unwrap(), 0, "the day is not over");
    w.hours_later(25);
    assert_eq!(w.app.look_at_watches().await.unwrap(), 1);
    w.hours_later(24 * 6);
    assert_eq!(w.app.look_at_watches().await.unwrap(), 1, "the week is over");
    assert_eq!((notices(&w, &t.police).await, notices(&w, &t.other_police).await), (1, 1));
    let errors = fields(w.app.keep_watch(&t.police, &RawWatch::default()).await);
    assert!(["name", "cadence", "what"].iter().all(|field| errors.of(field).is_some()));
});

on_both!(a_candidate_is_decided_once_by_the_person_it_was_put_to_and_counted, async |w| {
    let t = town(&w).await;
    for (by, day) in [(&t.school, 2), (&t.housing, 9)] {
        send(&w, by, (day, 3), &[mention("place", "Quay House")]).await;
    }
    let mention = thing(&picture(&w, &t.police).await, "Quay House").number;
    let mut raw =
        RawPut { mention, put_reason: "Two agencies name it".into(), ..RawPut::default() };
    for nobody in
        [String::new(), t.police.user().unwrap().to_string(), t.officer.user().unwrap().to_string()]
    {
        raw.person = nobody;
        let errors = fields(w.app.put_candidate(&t.police, &raw).await);
        assert!(errors.of("person").is_some(), "not oneself, nor who may not see all of it");
    }
    raw.person = t.other_police.user().unwrap().to_string();
    let id = w.app.put_candidate(&t.police, &raw).await.unwrap();
    assert!(is_absent(w.app.candidate(&t.officer, id).await));
    assert_eq!(w.app.candidates(&t.officer).await.unwrap().1.put, 0, "nor counted");
    let mut verdict =
        RawCandidateVerdict { verdict: "meets".into(), ..RawCandidateVerdict::default() };
    assert!(w.app.decide_candidate(&t.police, id, &verdict).await.is_err(), "put to another");
    assert!(
        fields(w.app.decide_candidate(&t.other_police, id, &verdict).await)
            .of("verdict_reason")
            .is_some()
    );
    verdict.verdict_reason = "Two adults act together there".into();
    w.app.decide_candidate(&t.other_police, id, &verdict).await.unwrap();
    assert!(w.app.decide_candidate(&t.other_police, id, &verdict).await.is_err(), "once");
    let counts = w.app.candidates(&t.police).await.unwrap().1;
    assert_eq!((counts.put, counts.meets, counts.waiting), (1, 1, 0));
    let seen = w.app.candidate(&t.police, id).await.unwrap().candidate;
    assert_eq!(seen.decided.unwrap().by, "Percy Police");
    assert_eq!(seen.definition, w.app.practice.version);
});

async fn share(w: &World, t: &Town, report: &Reference, words: &str) {
    let raw =
        RawSanitised { version: version(w, &t.police, report).await, sanitised: words.into() };
    w.app.sanitise_report(&t.police, report, &raw).await.unwrap();
    let raw = RawShare {
        version: version(w, &t.police, report).await,
        person: t.lead.user().unwrap().to_string(),
        purpose: "Pupils pass there".into(),
        consulted: String::new(),
    };
    w.app.share_report(&t.police, report, &raw).await.unwrap();
}

fn snapshot_for(people: &[&Actor]) -> RawSnapshot {
    RawSnapshot {
        title: "Weekly meeting".into(),
        purpose: "To agree who does what".into(),
        days: "7".into(),
        attendee: people.iter().map(|who| who.user().unwrap().to_string()).collect(),
        search: String::new(),
    }
}

on_both!(a_snapshot_holds_what_the_least_privileged_attendee_may_see, async |w| {
    let t = town(&w).await;
    let said = [mention("place", "Quay House"), mention("vehicle", "QX17 KLM"), adult("Dev")];
    let mut sent = Vec::new();
    for (by, day) in [(&t.school, 2), (&t.housing, 9), (&t.housing, 12)] {
        sent.push(send(&w, by, (day, 3), &said).await);
    }
    for report in &sent[..2] {
        grade(&w, &t, report, "A").await;
        share(&w, &t, report, "Young people go to Quay House late.").await;
    }
    let desk = w.app.make_snapshot(&t.police, &snapshot_for(&[&t.other_police])).await.unwrap();
    let shown = w.app.snapshot(&t.other_police, desk).await.unwrap().snapshot.shown;
    assert_eq!((shown.reports.len(), shown.things.len()), (3, 2));
    let mixed = [&t.other_police, &t.officer];
    let hub = w.app.make_snapshot(&t.police, &snapshot_for(&mixed)).await.unwrap();
    let shown = w.app.snapshot(&t.other_police, hub).await.unwrap().snapshot.shown;
    assert_eq!((shown.reports.len(), shown.left_out), (2, 1), "as much as the front door sees");
    let with_school = [&t.officer, &t.lead];
    let open = w.app.make_snapshot(&t.police, &snapshot_for(&with_school)).await.unwrap();
    let view = w.app.snapshot(&t.lead, open).await.unwrap();
    let names: Vec<&str> = view.snapshot.shown.things.iter().map(|t| t.name.as_str()).collect();
    assert_eq!(names, ["Quay House"], "the car is not in the words that the school was given");
    assert!(view.snapshot.shown.reports.iter().all(|r| r.words.contains("late")));
    assert!(is_absent(w.app.snapshot(&t.school, open).await));
    retract(&w, &t, &sent[0]).await;
    let view = w.app.snapshot(&t.lead, open).await.unwrap();
    assert_eq!((view.gone, view.snapshot.shown.reports.len()), (1, 1));
    assert!(view.snapshot.shown.things.is_empty(), "what rested on it is gone too");
});

on_both!(a_snapshot_ends_and_what_it_showed_is_erased, async |w| {
    let t = town(&w).await;
    send(&w, &t.school, (2, 3), &[mention("place", "Quay House")]).await;
    let errors = fields(w.app.make_snapshot(&t.police, &RawSnapshot::default()).await);
    assert!(["title", "purpose", "days", "attendee"].iter().all(|f| errors.of(f).is_some()));
    let id = w.app.make_snapshot(&t.police, &snapshot_for(&[&t.lead])).await.unwrap();
    assert_eq!(w.app.snapshots(&t.lead).await.unwrap().len(), 1);
    assert!(w.app.snapshots(&t.housing).await.unwrap().is_empty());
    w.hours_later(24 * 7 + 1);
    assert!(is_absent(w.app.snapshot(&t.lead, id).await));
    assert!(w.app.snapshots(&t.police).await.unwrap().is_empty());
    assert_eq!(w.app.erase_snapshots().await.unwrap(), 1);
    assert_eq!(w.raw_number("SELECT COUNT(*) FROM snapshot WHERE sealed IS NOT NULL").await, 0);
    assert_eq!(w.app.erase_snapshots().await.unwrap(), 0);
});

on_both!(every_look_at_the_picture_is_written_down, async |w| {
    let t = town(&w).await;
    let count = "SELECT COUNT(*) FROM audit_entry WHERE action = 'picture.view'";
    let before = w.raw_number(count).await;
    picture(&w, &t.police).await;
    let refused = w.app.whole_picture(&t.school, "test", None).await;
    assert!(matches!(refused, Err(AppError::Refused(_))));
    assert_eq!(w.raw_number(count).await, before + 2);
});
