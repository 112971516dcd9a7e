//! Intelligence reports: sent, matched, decided, drawn, graded, shared, taken back; and who sees
//! what of them.

use tessera_app::{
    AppError,
    report::{
        Form, RawAddition, RawAnswerSource, RawAskSource, RawChildOf, RawGrade, RawRetract,
        RawSanitised, RawShare, RawTold, RawUndo, RawVerdict, Strength,
    },
};
use tessera_core::{
    agency::AgencyKind,
    reference::Reference,
    report::{RawMention, RawReport, ReportStatus},
    user::Role,
};
use tessera_policy::{Actor, Refusal};
use tessera_testkit::{Engine, World, make, on_both};

use crate::{fields, hidden::change, is_absent, triage::route};

pub(crate) struct Town {
    pub(crate) police: Actor,
    pub(crate) other_police: Actor,
    pub(crate) officer: Actor,
    pub(crate) school: Actor,
    housing: Actor,
}

pub(crate) async fn town(w: &World) -> Town {
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
    }
}

fn mention(kind: &str, value: &str) -> RawMention {
    RawMention { kind: kind.into(), value: value.into(), ..RawMention::default() }
}

fn report(what: &str, mentions: &[RawMention]) -> RawReport {
    RawReport { what: what.into(), mentions: mentions.to_vec(), ..RawReport::default() }
}

async fn send(w: &World, by: &Actor, raw: &RawReport) -> Reference {
    let key = format!("key {}", w.chance.word());
    w.app.submit_report(by, raw, &key).await.unwrap().reference
}

pub(crate) async fn grade_as(
    w: &World,
    by: &Actor,
    report: &Reference,
    grade: &str,
    handling: &str,
) {
    let raw = RawGrade {
        version: w.app.view_report(by, report).await.unwrap().piece.version,
        source_grade: "2".into(),
        intelligence_grade: grade.into(),
        handling: handling.into(),
        action_condition: "A1".into(),
        sanitisation_condition: "S2".into(),
        priority: "low".into(),
        review_months: "3".into(),
        grade_reason: "Read and compared".into(),
        ..RawGrade::default()
    };
    w.app.grade_report(by, report, &raw).await.unwrap();
}

/// Decides the strongest open question about a report.
async fn decide(w: &World, by: &Actor, report: &Reference, verdict: &str) {
    let seen = w.app.view_report(by, report).await.unwrap();
    let first = &seen.fits.open[0];
    let raw = RawVerdict {
        ours: first.ours.number,
        theirs: first.theirs.number,
        verdict: verdict.into(),
        verdict_reason: "Compared side by side".into(),
        ..RawVerdict::default()
    };
    w.app.decide_mentions(by, report, &raw).await.unwrap();
}

/// Two reports of one van, from two agencies.
pub(crate) async fn vans(w: &World, t: &Town) -> (Reference, Reference) {
    let one = send(w, &t.school, &report("A van waits.", &[mention("vehicle", "AB51 ABC")])).await;
    let other = RawMention { colour: "white".into(), ..mention("vehicle", "AB51 ABC") };
    let two = send(w, &t.housing, &report("A white van by the flats.", &[other])).await;
    (one, two)
}

on_both!(a_report_is_matched_with_reasons_that_add_up, async |w| {
    let t = town(&w).await;
    let (one, two) = vans(&w, &t).await;
    let seen = w.app.view_report(&t.police, &two).await.unwrap();
    let question = &seen.fits.open[0];
    assert_eq!(question.piece.reference, one);
    assert_eq!(question.strength(), Strength::Strong);
    let sum: f64 = question.evidence.iter().map(|row| row.bits).sum();
    assert!((sum - question.bits).abs() < 1e-9);
    assert_eq!(question.piece.agency.as_deref(), Some("Fernhill School"));
});

on_both!(a_decision_is_obeyed_and_undone_exactly, async |w| {
    let t = town(&w).await;
    let (one, two) = vans(&w, &t).await;
    let before = w.app.view_report(&t.police, &two).await.unwrap().fits;
    decide(&w, &t.police, &two, "not_same").await;
    for report in [&one, &two] {
        let fits = w.app.view_report(&t.police, report).await.unwrap().fits;
        assert!(fits.open.is_empty(), "never suggested again, from either side");
        assert!(w.app.network(&t.police, report).await.unwrap().things.is_empty());
    }
    let link = w.app.view_report(&t.police, &two).await.unwrap().fits.decided[0].decided.clone();
    let raw = RawUndo { link: link.unwrap().id };
    w.app.undo_decision(&t.police, &two, &raw).await.unwrap();
    let after = w.app.view_report(&t.police, &two).await.unwrap().fits;
    assert_eq!(format!("{:?}", after.open), format!("{:?}", before.open));
    assert!(is_absent(w.app.undo_decision(&t.police, &two, &raw).await), "undone once");
});

on_both!(a_decision_needs_a_reason_and_two_mentions_that_one_may_see, async |w| {
    let t = town(&w).await;
    let (one, two) = vans(&w, &t).await;
    let question = w.app.view_report(&t.police, &two).await.unwrap().fits.open.remove(0);
    let mut raw = RawVerdict {
        ours: question.ours.number,
        theirs: question.theirs.number,
        ..RawVerdict::default()
    };
    let errors = fields(w.app.decide_mentions(&t.police, &two, &raw).await);
    assert!(errors.of("verdict").is_some() && errors.of("verdict_reason").is_some());
    (raw.verdict, raw.verdict_reason) = ("same".into(), "The same plate".into());
    // The front door sees the second report and not the first: it decides nothing about both.
    grade_as(&w, &t.police, &two, "A", "P").await;
    assert!(is_absent(w.app.decide_mentions(&t.officer, &two, &raw).await));
    assert!(is_absent(w.app.decide_mentions(&t.officer, &one, &raw).await));
    w.app.decide_mentions(&t.police, &two, &raw).await.unwrap();
    let network = w.app.network(&t.police, &one).await.unwrap();
    assert!(network.things[0].is_decided());
});

on_both!(nothing_is_suggested_to_one_who_may_not_see_all_of_it, async |w| {
    let t = town(&w).await;
    let (one, two) = vans(&w, &t).await;
    grade_as(&w, &t.police, &two, "A", "P").await;
    let fits = w.app.view_report(&t.officer, &two).await.unwrap().fits;
    assert!(fits.open.is_empty() && fits.held_by_others == 0);
    assert_eq!(w.app.network(&t.officer, &two).await.unwrap().pieces.len(), 1);
    grade_as(&w, &t.police, &one, "B", "C").await;
    let seen = w.app.view_report(&t.officer, &two).await.unwrap();
    assert!(seen.fits.open.is_empty(), "handling C stays with the desk");
    grade_as(&w, &t.police, &one, "B", "P").await;
    let seen = w.app.view_report(&t.officer, &two).await.unwrap();
    assert_eq!(seen.fits.open.len(), 1);
});

on_both!(what_one_may_not_see_changes_no_weight_of_what_one_sees, async |w| {
    let t = town(&w).await;
    let (one, two) = vans(&w, &t).await;
    for report in [&one, &two] {
        grade_as(&w, &t.police, report, "A", "P").await;
    }
    let shown = async || {
        let fits = w.app.view_report(&t.officer, &two).await.unwrap().fits;
        let network = w.app.network(&t.officer, &two).await.unwrap();
        assert_eq!((fits.open.len(), network.pieces.len()), (1, 2));
        format!("{:?} {:?} {:?}", fits.open, fits.hubs, network.things)
    };
    let before = shown().await;
    for n in 0..4 {
        let raw = report(&format!("Unread {n}"), &[mention("vehicle", "AB51 ABC")]);
        send(&w, &t.housing, &raw).await;
    }
    assert_eq!(shown().await, before);
    assert_eq!(w.app.view_report(&t.police, &two).await.unwrap().fits.open.len(), 5);
});

on_both!(what_a_sender_adds_is_matched_from_then_on, async |w| {
    let t = town(&w).await;
    let (one, _) = vans(&w, &t).await;
    let late = send(&w, &t.housing, &report("Somebody waits.", &[])).await;
    assert!(w.app.view_report(&t.police, &late).await.unwrap().fits.open.is_empty());
    let raw = RawAddition { addition: "The plate was AB51 ABC.".into() };
    w.app.add_to_report(&t.housing, &late, &raw).await.unwrap();
    let fits = w.app.view_report(&t.police, &late).await.unwrap().fits;
    assert!(fits.open.iter().any(|question| question.piece.reference == one));
});

on_both!(where_the_desk_allows_it_others_learn_that_something_is_held, async |w| {
    let t = town(&w).await;
    let (one, two) = vans(&w, &t).await;
    grade_as(&w, &t.police, &two, "A", "P").await;
    let raw = RawGrade {
        version: w.app.view_report(&t.police, &one).await.unwrap().piece.version,
        source_grade: "2".into(),
        intelligence_grade: "B".into(),
        handling: "C".into(),
        action_condition: "A1".into(),
        sanitisation_condition: "S1".into(),
        existence: "yes".into(),
        priority: "low".into(),
        review_months: "3".into(),
        grade_reason: "They may ask us".into(),
    };
    w.app.grade_report(&t.police, &one, &raw).await.unwrap();
    let fits = w.app.view_report(&t.officer, &two).await.unwrap().fits;
    assert_eq!((fits.open.len(), fits.held_by_others), (0, 1));
});

on_both!(a_report_that_is_taken_back_or_doubted_joins_nothing, async |w| {
    let t = town(&w).await;
    let (one, two) = vans(&w, &t).await;
    grade_as(&w, &t.police, &one, "E", "P").await;
    assert!(w.app.view_report(&t.police, &two).await.unwrap().fits.open.is_empty());
    grade_as(&w, &t.police, &one, "B", "P").await;
    decide(&w, &t.police, &two, "same").await;
    assert_eq!(w.app.network(&t.police, &two).await.unwrap().pieces.len(), 2);
    let raw = RawRetract {
        version: w.app.view_report(&t.police, &one).await.unwrap().piece.version,
        retract_reason: "The sender had the wrong van".into(),
    };
    w.app.retract_report(&t.police, &one, &raw).await.unwrap();
    assert_eq!(w.app.network(&t.police, &two).await.unwrap().pieces.len(), 1);
    assert!(w.app.view_report(&t.police, &one).await.unwrap().piece.retracted_at.is_some());
});

on_both!(what_very_many_share_joins_nothing, async |w| {
    let t = town(&w).await;
    for n in 0..45 {
        let raw = report(&format!("Piece {n}"), &[mention("place", "Marlbrook Grandgate Station")]);
        send(&w, &t.school, &raw).await;
    }
    let raw = report("Once more", &[mention("place", "Grandgate station")]);
    let last = send(&w, &t.housing, &raw).await;
    let fits = w.app.view_report(&t.police, &last).await.unwrap().fits;
    assert!(fits.open.is_empty());
    assert_eq!(fits.hubs.len(), 1);
});

on_both!(a_sender_sees_their_own_words_and_where_it_stands_and_nothing_else, async |w| {
    let t = town(&w).await;
    let (one, _) = vans(&w, &t).await;
    let raw = RawTold {
        version: w.app.view_report(&t.police, &one).await.unwrap().piece.version,
        status: "used".into(),
        told: "Thank you. It helped.".into(),
    };
    w.app.tell_sender(&t.police, &one, &raw).await.unwrap();
    let own = w.app.own_report(&t.school, &one).await.unwrap();
    assert_eq!(own.piece.status, ReportStatus::Used);
    assert_eq!(own.entries.len(), 1);
    assert!(is_absent(w.app.own_report(&t.housing, &one).await));
    assert!(is_absent(w.app.view_report(&t.school, &one).await));
    assert_eq!(w.app.own_reports(&t.school).await.unwrap().len(), 1);
});

on_both!(the_same_words_sent_twice_are_one_report, async |w| {
    let t = town(&w).await;
    let words = "A white van waited outside the gate at home time three days this week.";
    let raw = report(words, &[]);
    let first = w.app.submit_report(&t.school, &raw, "one key").await.unwrap();
    assert_eq!(w.app.submit_report(&t.school, &raw, "one key").await.unwrap(), first);
    let review = w.app.review_report(&t.school, &raw).await.unwrap();
    assert_eq!(review.before, Some(first.reference));
    let review = w.app.review_report(&t.housing, &raw).await.unwrap();
    assert_eq!(review.before, None, "what others sent is not told");
});

on_both!(nobody_reading_the_log_or_the_rows_learns_who_sent_a_report, async |w| {
    let t = town(&w).await;
    let raw = RawReport { protect: "yes".into(), ..report("A quiet word.", &[]) };
    let secret = send(&w, &t.school, &raw).await;
    w.app.own_report(&t.school, &secret).await.unwrap();
    assert_eq!(w.app.view_report(&t.police, &secret).await.unwrap().piece.agency, None);
    let named = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_entry e JOIN report r \
        ON e.resource_id = r.id WHERE e.action IN ('report.submit', 'report.follow', 'report.add')";
    assert_eq!(w.raw_number(named).await, 0);
    let agency = "SELECT CAST(COUNT(*) AS BIGINT) FROM report WHERE agency_id IS NOT NULL";
    assert_eq!(w.raw_number(agency).await, 0);
});

on_both!(knowing_a_source_takes_two_people_and_a_reason, async |w| {
    let t = town(&w).await;
    let secret = send(&w, &t.school, &report("A quiet word.", &[])).await;
    let refused = |r: Result<_, AppError>| matches!(r, Err(AppError::Refused(Refusal::Refused)));
    assert!(refused(w.app.view_report_source(&t.police, &secret).await.map(|_| ())));
    fields(w.app.ask_source(&t.police, &secret, &RawAskSource::default()).await);
    let raw = RawAskSource { source_reason: "A threat to whoever told us".into() };
    w.app.ask_source(&t.police, &secret, &raw).await.unwrap();
    let seen = w.app.view_report(&t.other_police, &secret).await.unwrap();
    let raw = RawAnswerSource { request: seen.requests[0].id, answer: "grant".into() };
    assert!(refused(w.app.answer_source(&t.police, &secret, &raw).await));
    w.app.answer_source(&t.other_police, &secret, &raw).await.unwrap();
    assert!(refused(w.app.view_report_source(&t.other_police, &secret).await.map(|_| ())));
    let source = w.app.view_report_source(&t.police, &secret).await.unwrap();
    assert_eq!(source.name, "Wren Worker");
    w.hours_later(5);
    assert!(refused(w.app.view_report_source(&t.police, &secret).await.map(|_| ())));
});

on_both!(sharing_keeps_to_grade_conditions_and_review, async |w| {
    let t = town(&w).await;
    let lead = {
        let agency = t.school.agency.unwrap();
        make::user(&w, "Lena Lead", agency, &[Role::AgencyLead]).await
    };
    let (one, _) = vans(&w, &t).await;
    let version = async || w.app.view_report(&t.police, &one).await.unwrap().piece.version;
    let mut raw = RawShare {
        version: version().await,
        person: lead.user().unwrap().to_string(),
        purpose: "Pupils pass there".into(),
        consulted: String::new(),
    };
    let why = |errors: tessera_core::errors::FieldErrors| errors.of("person").unwrap().to_owned();
    assert_eq!(
        why(fields(w.app.share_report(&t.police, &one, &raw).await)),
        "Grade the report first"
    );
    grade_as(&w, &t.police, &one, "B", "C").await;
    raw.version = version().await;
    assert_eq!(
        why(fields(w.app.share_report(&t.police, &one, &raw).await)),
        "Write a sanitised version first"
    );
    let words = RawSanitised { version: version().await, sanitised: "A van waits.".into() };
    w.app.sanitise_report(&t.police, &one, &words).await.unwrap();
    raw.version = version().await;
    let errors = fields(w.app.share_report(&t.police, &one, &raw).await);
    assert!(errors.of("consulted").is_some(), "condition S2");
    raw.consulted = "yes".into();
    w.hours_later(24 * 120);
    let late = why(fields(w.app.share_report(&t.police, &one, &raw).await));
    assert!(late.contains("review is overdue"), "{late}");
    grade_as(&w, &t.police, &one, "B", "C").await;
    raw.version = version().await;
    w.app.share_report(&t.police, &one, &raw).await.unwrap();
    let share = w.app.shares(&lead).await.unwrap().remove(0);
    assert_eq!(share.words, "A van waits.");
    assert!(is_absent(w.app.view_share(&t.school, share.id).await));
    w.app.acknowledge_share(&lead, share.id).await.unwrap();
    let raw = RawRetract { version: version().await, retract_reason: "The wrong van".into() };
    w.app.retract_report(&t.police, &one, &raw).await.unwrap();
    let share = w.app.view_share(&lead, share.id).await.unwrap();
    assert!(share.acknowledged_at.is_some() && share.retracted_at.is_some());
    let told = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice WHERE words LIKE '%taken back%'";
    assert_eq!(w.raw_number(told).await, 1);
});

on_both!(a_concern_passed_to_police_becomes_a_report_with_nothing_typed_again, async |w| {
    let t = town(&w).await;
    let what = "A white van, AB51 ABC, waits at the park. A man called Dev talks to boys.";
    let concern = make::sent(&w, &t.school, &make::concern(what)).await.reference;
    route(&w, &t.officer, &concern, &["intelligence"]).await;
    route(&w, &t.officer, &concern, &["intelligence", "crime"]).await;
    let (pieces, all) = w.app.desk(&t.police, "").await.unwrap();
    assert_eq!((all, pieces[0].concern.as_ref()), (1, Some(&concern)));
    let seen = w.app.view_report(&t.police, &pieces[0].reference).await.unwrap();
    let said: Vec<String> = seen.mentions.iter().map(|m| m.said.in_words()).collect();
    assert!(said.iter().any(|s| s == "AB51 ABC (white, van)"), "{said:?}");
    assert!(said.iter().any(|s| s == "Dev"), "{said:?}");
    let own = w.app.own_reports(&t.school).await.unwrap();
    assert_eq!(own.len(), 1, "the sender can follow it");
});

on_both!(a_report_about_a_restricted_child_is_hidden_from_the_desk_too, async |w| {
    let t = town(&w).await;
    let manager = make::manager(&w).await;
    let (one, two) = vans(&w, &t).await;
    for report in [&one, &two] {
        grade_as(&w, &t.police, report, "A", "P").await;
    }
    let file = make::file(&w, &t.officer, make::child("Robin Fernley")).await;
    let raw = RawChildOf {
        version: w.app.view_report(&t.officer, &one).await.unwrap().piece.version,
        file: file.to_string(),
        child_reason: "Named in it".into(),
    };
    w.app.report_identifies(&t.officer, &one, &raw).await.unwrap();
    let chronicle = w.app.view_child(&t.officer, &file, None).await.unwrap();
    let noted = format!("{:?}", chronicle.events);
    assert!(noted.contains("Intelligence report"), "{noted}");
    change(&w, &manager, &file, "restrict", None).await;
    assert!(is_absent(w.app.view_report(&t.police, &one).await));
    assert!(w.app.view_report(&t.police, &two).await.unwrap().fits.open.is_empty());
    assert!(w.app.view_report(&manager, &one).await.is_ok());
    assert_eq!(w.app.desk(&t.police, "").await.unwrap().1, 1);
});

on_both!(lists_and_the_rule_say_the_same_of_every_report, async |w| {
    let t = town(&w).await;
    let manager = make::manager(&w).await;
    let social = {
        let care = make::agency(&w, "Marlbrook Social Care", AgencyKind::SocialCare).await;
        make::user(&w, "Sol Social", care, &[Role::SocialWorker]).await
    };
    let people = [&t.police, &t.other_police, &t.officer, &manager, &t.school, &social];
    let chance = tessera_testkit::chance::Seeded::new(40);
    let mut files = Vec::new();
    for name in ["Robin Fernley", "Casey Millward", "Toby Larkspur"] {
        files.push(make::file(&w, &t.officer, make::child(name)).await);
    }
    let mut reports = Vec::new();
    for n in 0..14 {
        let raw = report(&format!("Piece {n}"), &[mention("vehicle", "AB51 ABC")]);
        let reference = send(&w, &t.school, &raw).await;
        if !chance.once_in(4) {
            let grade = ["A", "C", "E"][chance.below(3)];
            let handling = ["P", "P", "C"][chance.below(3)];
            grade_as(&w, &t.police, &reference, grade, handling).await;
            let visible = w.app.view_report(&t.officer, &reference).await;
            if let (Ok(seen), true) = (visible, chance.once_in(2)) {
                let raw = RawChildOf {
                    version: seen.piece.version,
                    file: files[chance.below(3)].to_string(),
                    child_reason: "Named in it".into(),
                };
                w.app.report_identifies(&t.officer, &reference, &raw).await.unwrap();
            }
        }
        reports.push(reference);
    }
    change(&w, &manager, &files[0], "restrict", None).await;
    change(&w, &manager, &files[0], "name", Some(&t.police)).await;
    change(&w, &manager, &files[1], "exclude", Some(&t.officer)).await;
    change(&w, &manager, &files[2], "exclude", Some(&t.other_police)).await;
    let mut seen = 0;
    for person in people {
        let listed = match w.app.desk(person, "").await {
            Ok((pieces, all)) => {
                assert_eq!(i64::try_from(pieces.len()).unwrap(), all);
                pieces.into_iter().map(|piece| piece.reference).collect()
            }
            Err(_) => Vec::new(),
        };
        for reference in &reports {
            let opened = w.app.view_report(person, reference).await.ok();
            assert_eq!(opened.is_some(), listed.contains(reference), "{}", person.name);
            let Some(opened) = opened else { continue };
            seen += 1;
            for question in opened.fits.open {
                assert!(listed.contains(&question.piece.reference), "{}", person.name);
            }
            for piece in w.app.network(person, reference).await.unwrap().pieces {
                assert!(listed.contains(&piece.reference), "{}", person.name);
            }
        }
    }
    assert!((20..70).contains(&seen), "{seen}");
});

on_both!(undoing_every_decision_in_any_order_leaves_all_as_it_was, async |w| {
    let t = town(&w).await;
    let chance = tessera_testkit::chance::Seeded::new(41);
    let mut reports = Vec::new();
    for plate in ["AB51 ABC", "starts AB51", "ends ABC", "AB51 ABC", "A851 ABC"] {
        let raw = report(plate, &[mention("vehicle", plate), mention("person", "Dev")]);
        reports.push(send(&w, &t.school, &raw).await);
    }
    let shown = async || {
        let mut all = Vec::new();
        for reference in &reports {
            let fits = w.app.view_report(&t.police, reference).await.unwrap().fits;
            let network = w.app.network(&t.police, reference).await.unwrap();
            all.push(format!("{:?} {network:?}", fits.open));
        }
        all
    };
    let before = shown().await;
    let mut made = Vec::new();
    for _ in 0..8 {
        let reference = &reports[chance.below(reports.len())];
        let fits = w.app.view_report(&t.police, reference).await.unwrap().fits;
        if fits.open.is_empty() {
            continue;
        }
        let question = &fits.open[chance.below(fits.open.len())];
        let raw = RawVerdict {
            ours: question.ours.number,
            theirs: question.theirs.number,
            verdict: ["same", "not_same", "not_sure"][chance.below(3)].into(),
            verdict_reason: "Compared".into(),
            ..RawVerdict::default()
        };
        w.app.decide_mentions(&t.police, reference, &raw).await.unwrap();
        made.push(i64::try_from(made.len()).unwrap() + 1);
    }
    assert!(made.len() >= 4);
    assert_ne!(shown().await, before);
    while !made.is_empty() {
        let link = made.remove(chance.below(made.len()));
        w.app.undo_decision(&t.police, &reports[0], &RawUndo { link }).await.unwrap();
    }
    assert_eq!(shown().await, before);
});

on_both!(no_row_holds_the_words_or_the_sender_of_a_report_in_the_clear, async |w| {
    let t = town(&w).await;
    let word = "qzxcanary";
    let raw = RawReport {
        opinion: word.into(),
        provenance: word.into(),
        place: word.into(),
        mentions: vec![mention("person", word), mention("handle", word)],
        ..report(word, &[])
    };
    let reference = send(&w, &t.school, &raw).await;
    let other = send(&w, &t.housing, &report("Again", &[mention("handle", word)])).await;
    decide(&w, &t.police, &other, "same").await;
    let words = RawSanitised {
        version: w.app.view_report(&t.police, &reference).await.unwrap().piece.version,
        sanitised: word.into(),
    };
    w.app.sanitise_report(&t.police, &reference, &words).await.unwrap();
    for (table, column) in [
        ("report", "body"),
        ("report_mention", "sealed"),
        ("report_source", "sealed"),
        ("mention_link", "sealed"),
        ("report_sanitised", "sealed"),
        ("report_key", "key"),
    ] {
        assert!(w.raw_number(&format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {table}")).await > 0);
        for secret in [word, "Wren"] {
            let holds = match w.engine {
                Engine::Sqlite => format!("instr({column}, CAST('{secret}' AS BLOB)) > 0"),
                Engine::Postgres => {
                    format!("position(convert_to('{secret}', 'UTF8') in {column}) > 0")
                }
            };
            let sql = format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {table} WHERE {holds}");
            assert_eq!(w.raw_number(&sql).await, 0, "{table}: {secret}");
        }
    }
});

on_both!(only_what_may_be_shared_leaves_in_a_file_and_that_is_written_down, async |w| {
    let t = town(&w).await;
    let (one, two) = vans(&w, &t).await;
    grade_as(&w, &t.police, &one, "A", "P").await;
    grade_as(&w, &t.police, &two, "A", "C").await;
    let network = w.app.export_network(&t.police, &one, Form::GraphMl).await.unwrap();
    assert!(network.network.things.is_empty(), "handling C stays");
    assert!(!network.write(Form::GraphMl).contains(two.as_str()));
    grade_as(&w, &t.police, &two, "A", "P").await;
    let network = w.app.export_network(&t.police, &one, Form::GraphMl).await.unwrap();
    let (csv, graph) = (network.write(Form::Csv), network.write(Form::GraphMl));
    for reference in [&one, &two] {
        assert!(csv.contains(reference.as_str()) && graph.contains(reference.as_str()));
    }
    assert_eq!(graph.matches("<edge").count(), 2);
    let refused = w.app.export_network(&t.officer, &one, Form::GraphMl).await;
    assert!(matches!(refused, Err(AppError::Refused(Refusal::Refused))));
    let logged = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_entry \
        WHERE action = 'report.export' AND outcome = 'done'";
    assert_eq!(w.raw_number(logged).await, 2);
});
