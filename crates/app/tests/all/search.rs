//! Finding a child, and opening a new file only after having looked.

use tessera_app::child::{Found, RawSearch, RawSettle};
use tessera_core::{agency::AgencyKind, concern::RawChild, reference::Reference, user::Role};
use tessera_policy::Actor;
use tessera_testkit::{World, make, on_both};

use crate::{fields, hidden::change, is_refused, public};

fn name(text: &str) -> RawSearch {
    RawSearch { name: text.into(), ..RawSearch::default() }
}

async fn search(w: &World, by: &Actor, raw: &RawSearch) -> Vec<Found> {
    w.app.search_children(by, raw).await.unwrap()
}

async fn finds(w: &World, by: &Actor, raw: &RawSearch, file: &Reference) -> bool {
    let found = search(w, by, raw).await;
    assert!(found.iter().all(|answer| !answer.reasons.is_empty()), "an answer without reasons");
    found.iter().any(|answer| answer.reference == *file)
}

fn philippa() -> RawChild {
    RawChild {
        known_as: "Pippa".into(),
        born: make::date("3", "5", "2011"),
        nhs_number: "999 000 0018".into(),
        ..make::child("Philippa Fillerby")
    }
}

on_both!(a_child_is_found_by_sound_slip_nickname_part_and_number, async |w| {
    let officer = make::officer(&w).await;
    let file = make::file(&w, &officer, philippa()).await;
    make::file(&w, &officer, make::child("Quentin Ostler")).await;
    for text in [
        "Philippa Fillerby",
        "fillerby philippa",
        "Filippa Phillerby",
        "Philippa Filerby",
        "Philippa Fillerbey",
        "Pippa",
        "Fillerby",
    ] {
        assert!(finds(&w, &officer, &name(text), &file).await, "{text}");
    }
    assert!(!finds(&w, &officer, &name("Quentin Ostler"), &file).await);
    let number = RawSearch { nhs_number: "9990000018".into(), ..RawSearch::default() };
    assert!(finds(&w, &officer, &number, &file).await);
    let other = RawSearch { nhs_number: "9990000026".into(), ..RawSearch::default() };
    assert!(!finds(&w, &officer, &other, &file).await);
});

on_both!(short_forms_find_long_ones, async |w| {
    let officer = make::officer(&w).await;
    let file = make::file(&w, &officer, make::child("William Marchbank")).await;
    assert!(finds(&w, &officer, &name("Billy Marchbank"), &file).await);
    assert!(finds(&w, &officer, &name("Bill"), &file).await);
});

on_both!(part_of_a_date_of_birth_ranks_the_right_namesake_first, async |w| {
    let officer = make::officer(&w).await;
    let born =
        |year: &str| RawChild { born: make::date("", "6", year), ..make::child("Robin Example") };
    let older = make::file(&w, &officer, born("2009")).await;
    let receipt = make::sent(&w, &public(), &make::concern_about(&[born("2014")])).await;
    let younger = make::new_file(&w, &officer, &receipt.reference, 0, &[&older]).await.unwrap();
    for (year, first) in [("2009", &older), ("2014", &younger)] {
        let raw = RawSearch { born_year: year.into(), ..name("Robin Example") };
        let found = search(&w, &officer, &raw).await;
        assert_eq!(found[0].reference, *first, "{year}");
    }
});

on_both!(an_empty_search_and_a_number_with_letters_are_told_what_to_mend, async |w| {
    let officer = make::officer(&w).await;
    let empty = w.app.search_children(&officer, &RawSearch::default()).await;
    assert!(fields(empty).of("name").is_some());
    let letters = RawSearch { nhs_number: "99A".into(), ..RawSearch::default() };
    assert!(fields(w.app.search_children(&officer, &letters).await).of("nhs_number").is_some());
});

on_both!(only_those_who_may_have_a_reason_search, async |w| {
    let agency = make::agency(&w, "Marlbrook Council", AgencyKind::Council).await;
    for role in Role::ALL {
        let person = make::user(&w, &format!("Someone {}", role.id()), agency, &[role]).await;
        let may = [Role::HubOfficer, Role::HubManager, Role::SocialWorker].contains(&role);
        let found = w.app.search_children(&person, &name("Robin")).await;
        assert_eq!(found.is_ok(), may, "{role}");
        assert_eq!(is_refused(found), !may, "{role}");
    }
});

on_both!(a_strong_answer_must_be_looked_at_before_a_new_file_is_opened, async |w| {
    let officer = make::officer(&w).await;
    let file = make::file(&w, &officer, philippa()).await;
    let again = RawChild { nhs_number: String::new(), ..philippa() };
    let receipt = make::sent(&w, &public(), &make::concern_about(&[again])).await;
    let unseen = make::new_file(&w, &officer, &receipt.reference, 0, &[]).await;
    let errors = fields(unseen);
    assert!(errors.of("new_reason").unwrap().contains(file.as_str()), "{errors:?}");
    let second = make::new_file(&w, &officer, &receipt.reference, 0, &[&file]).await.unwrap();
    assert_ne!(second, file);
    let (managers, found) = (make::manager(&w).await, search(&w, &officer, &name("Pippa")).await);
    assert_eq!(found.len(), 2);
    assert!(w.app.stewardship(&managers).await.unwrap().reconciliations.is_empty());
});

on_both!(
    a_new_file_beside_a_hidden_one_is_put_to_a_steward_and_its_maker_learns_nothing,
    async |w| {
        let officer = make::officer(&w).await;
        let manager = make::manager(&w).await;
        let hidden = make::file(&w, &officer, philippa()).await;
        change(&w, &manager, &hidden, "restrict", None).await;
        assert!(!finds(&w, &officer, &name("Philippa Fillerby"), &hidden).await);
        let receipt = make::sent(&w, &public(), &make::concern_about(&[philippa()])).await;
        let file = make::new_file(&w, &officer, &receipt.reference, 0, &[]).await.unwrap();
        let found = search(&w, &officer, &name("Philippa Fillerby")).await;
        assert_eq!(found.iter().map(|f| &f.reference).collect::<Vec<_>>(), [&file]);
        assert!(crate::notices(&w, &officer).await.is_empty());
        assert!(is_refused(w.app.stewardship(&officer).await));
        let text = format!("{:?}", make::seen(&w, &officer, &receipt.reference).await);
        assert!(!text.contains(hidden.as_str()));

        let waiting = w.app.stewardship(&manager).await.unwrap().reconciliations;
        assert_eq!(waiting.len(), 1);
        assert_eq!((&waiting[0].new, &waiting[0].old), (&file, &hidden));
        assert!(!waiting[0].why.is_empty());
        let settle = |verdict: &str| RawSettle {
            pair: waiting[0].id,
            verdict: verdict.into(),
            reason: "The same number and the same birthday".into(),
        };
        assert!(fields(w.app.settle(&manager, &settle("perhaps")).await).of("verdict").is_some());
        w.app.settle(&manager, &settle("same")).await.unwrap();
        let again = w.app.settle(&manager, &settle("different")).await;
        assert!(matches!(again, Err(tessera_app::AppError::Conflict)));
        assert!(w.app.stewardship(&manager).await.unwrap().reconciliations.is_empty());
    }
);

on_both!(a_file_needs_a_name_and_a_reason, async |w| {
    let officer = make::officer(&w).await;
    let receipt = make::sent(&w, &public(), &make::concern("A child without a name.")).await;
    let nameless = make::new_file(&w, &officer, &receipt.reference, 0, &[]).await;
    assert!(fields(nameless).of("new_reason").unwrap().contains("name"));
});
