//! Signing in, one-use links, roles that end, and leavers.

use tessera_app::{
    AppError,
    person::{RawCredentials, RawRoles, RawSignIn, RawUser},
};
use tessera_core::{agency::AgencyKind, ids::UserId, user::Role};
use tessera_policy::{Actor, Who};
use tessera_testkit::{Engine, World, make, on_both};
use totp_rs::{Builder, Secret};

use crate::{fields, is_absent, is_refused};

const PASSWORD: &str = "a long enough pass phrase";

/// Somebody who has set password and second factor.
struct Member {
    id: UserId,
    email: String,
    secret: String,
    link: [u8; 32],
}

impl Member {
    async fn new(w: &World, name: &str, roles: &[Role]) -> Self {
        let roles = roles.iter().map(|role| role.id().to_owned()).collect();
        let email = format!("{}@example.org", name.to_lowercase());
        let raw = RawUser {
            name: name.into(),
            email: email.clone(),
            job_title: "Worker".into(),
            agency: w.hub().await.to_string(),
            roles,
        };
        let (id, link) = w.app.invite(&w.admin().await, &raw).await.unwrap();
        let enrolment = w.app.enrolment(&link).await.unwrap().unwrap();
        assert_eq!(enrolment.user.id, id);
        let member = Self { id, email, secret: enrolment.secret, link };
        w.app.set_credentials(link, &member.credentials(w), None).await.unwrap();
        member
    }

    /// The six digits that the app shows now.
    fn code(&self, w: &World) -> String {
        let secret = Secret::try_from_base32(&self.secret).unwrap().as_ref().to_vec();
        let totp = Builder::new().with_secret(secret).build().unwrap();
        totp.generate(u64::try_from(w.now().as_second()).unwrap()).to_string()
    }

    fn credentials(&self, w: &World) -> RawCredentials {
        RawCredentials {
            secret: self.secret.clone(),
            password: PASSWORD.into(),
            code: self.code(w),
        }
    }

    fn typed(&self, w: &World) -> RawSignIn {
        RawSignIn { email: self.email.clone(), password: PASSWORD.into(), code: self.code(w) }
    }

    async fn sign_in(&self, w: &World) -> Result<[u8; 32], AppError> {
        w.app.sign_in(&self.typed(w), None).await.map(|(token, _)| token)
    }
}

async fn is_live(w: &World, token: &[u8; 32]) -> bool {
    w.app.session(token).await.unwrap().is_some()
}

on_both!(whatever_is_wrong_with_a_sign_in_the_answer_is_the_same, async |w| {
    let member = Member::new(&w, "Mo", &[Role::Worker]).await;
    w.minutes_later(1);
    let right = member.typed(&w);
    let wrong = [
        RawSignIn { password: "another pass phrase".into(), ..right.clone() },
        RawSignIn { email: "nobody@example.org".into(), ..right.clone() },
        RawSignIn { code: "000000".into(), ..right.clone() },
        RawSignIn { code: String::new(), ..right.clone() },
        RawSignIn::default(),
    ];
    let mut said = Vec::new();
    for raw in wrong {
        said.push(fields(w.app.sign_in(&raw, None).await));
    }
    assert!(said.iter().all(|errors| *errors == said[0]), "{said:?}");
    assert!(w.app.sign_in(&right, None).await.is_ok());
});

on_both!(ten_wrong_tries_close_an_address_for_an_hour, async |w| {
    let member = Member::new(&w, "Mo", &[Role::Worker]).await;
    let other = Member::new(&w, "Ola", &[Role::Worker]).await;
    w.minutes_later(1);
    for _ in 0..10 {
        let raw = RawSignIn { password: "a wrong pass phrase".into(), ..member.typed(&w) };
        assert!(w.app.sign_in(&raw, None).await.is_err());
    }
    assert!(member.sign_in(&w).await.is_err(), "the right one is not heard now");
    assert!(other.sign_in(&w).await.is_ok(), "nobody else is shut out");
    w.minutes_later(61);
    assert!(member.sign_in(&w).await.is_ok());
});

on_both!(a_code_works_once, async |w| {
    let member = Member::new(&w, "Mo", &[Role::Worker]).await;
    w.minutes_later(1);
    let raw = member.typed(&w);
    w.app.sign_in(&raw, None).await.unwrap();
    assert!(w.app.sign_in(&raw, None).await.is_err());
    w.minutes_later(1);
    assert!(member.sign_in(&w).await.is_ok());
});

on_both!(a_link_to_choose_a_password_works_once_and_for_a_week, async |w| {
    let member = Member::new(&w, "Mo", &[Role::Worker]).await;
    assert!(w.app.enrolment(&member.link).await.unwrap().is_none());
    let again = w.app.set_credentials(member.link, &member.credentials(&w), None).await;
    assert!(is_absent(again));
    let admin = w.admin().await;
    let late = w.app.invite_again(&admin, member.id).await.unwrap();
    w.hours_later(24 * 7);
    assert!(w.app.enrolment(&late).await.unwrap().is_none());
});

on_both!(new_credentials_end_old_sessions_and_old_links, async |w| {
    let member = Member::new(&w, "Mo", &[Role::Worker]).await;
    w.minutes_later(1);
    let token = member.sign_in(&w).await.unwrap();
    let admin = w.admin().await;
    let one = w.app.invite_again(&admin, member.id).await.unwrap();
    let two = w.app.invite_again(&admin, member.id).await.unwrap();
    assert!(is_live(&w, &token).await, "an invitation alone changes nothing");
    w.app.set_credentials(two, &member.credentials(&w), None).await.unwrap();
    assert!(!is_live(&w, &token).await);
    assert!(w.app.enrolment(&one).await.unwrap().is_none(), "the older link is used up too");
});

on_both!(a_link_does_not_let_somebody_in_who_was_suspended, async |w| {
    let member = Member::new(&w, "Mo", &[Role::Worker]).await;
    let admin = w.admin().await;
    let link = w.app.invite_again(&admin, member.id).await.unwrap();
    w.minutes_later(1);
    let raw = RawRoles { roles: vec!["worker".into()], standing: "suspended".into() };
    w.app.change_user(&admin, member.id, &raw).await.unwrap();
    w.app.set_credentials(link, &member.credentials(&w), None).await.unwrap();
    w.minutes_later(1);
    assert!(member.sign_in(&w).await.is_err());
});

on_both!(a_short_password_or_a_wrong_code_is_told, async |w| {
    let member = Member::new(&w, "Mo", &[Role::Worker]).await;
    let link = w.app.invite_again(&w.admin().await, member.id).await.unwrap();
    let mut raw = RawCredentials { password: "short".into(), ..member.credentials(&w) };
    assert!(fields(w.app.set_credentials(link, &raw, None).await).of("password").is_some());
    raw = RawCredentials { code: "000000".into(), ..member.credentials(&w) };
    assert!(fields(w.app.set_credentials(link, &raw, None).await).of("code").is_some());
    assert!(w.app.enrolment(&link).await.unwrap().is_some(), "the link still works");
});

on_both!(a_leaver_and_a_suspended_agency_are_out_at_the_next_request, async |w| {
    let member = Member::new(&w, "Mo", &[Role::Worker]).await;
    let stays = Member::new(&w, "Ola", &[Role::Worker]).await;
    w.minutes_later(1);
    let (token, other) = (member.sign_in(&w).await.unwrap(), stays.sign_in(&w).await.unwrap());
    let admin = w.admin().await;
    let raw = RawRoles { roles: vec!["worker".into()], standing: "left".into() };
    w.app.change_user(&admin, member.id, &raw).await.unwrap();
    assert!(!is_live(&w, &token).await);
    assert!(is_live(&w, &other).await);
    w.minutes_later(1);
    assert!(member.sign_in(&w).await.is_err());
    let agency = w.hub().await;
    w.app.suspend_agency(&admin, agency, true).await.unwrap();
    assert!(!is_live(&w, &other).await);
    w.app.suspend_agency(&admin, agency, false).await.unwrap();
    assert!(is_live(&w, &other).await);
});

on_both!(a_session_ends_idle_at_last_and_when_its_person_says_so, async |w| {
    let member = Member::new(&w, "Mo", &[Role::Worker]).await;
    w.minutes_later(1);
    let token = member.sign_in(&w).await.unwrap();
    w.minutes_later(14);
    assert!(is_live(&w, &token).await);
    w.minutes_later(14);
    assert!(is_live(&w, &token).await, "each use counts");
    w.minutes_later(15);
    assert!(!is_live(&w, &token).await, "idle");

    let token = member.sign_in(&w).await.unwrap();
    for _ in 0..71 {
        w.minutes_later(10);
        assert!(is_live(&w, &token).await);
    }
    w.minutes_later(10);
    assert!(!is_live(&w, &token).await, "twelve hours are over");

    let (one, me) = (member.sign_in(&w).await.unwrap(), w.actor(member.id).await);
    w.minutes_later(1);
    let two = member.sign_in(&w).await.unwrap();
    w.app.sign_out(&me, one).await.unwrap();
    assert!(!is_live(&w, &one).await && is_live(&w, &two).await);
    w.minutes_later(1);
    let three = member.sign_in(&w).await.unwrap();
    w.app.sign_out_everywhere(&me).await.unwrap();
    assert!(!is_live(&w, &two).await && !is_live(&w, &three).await);
});

on_both!(a_role_ends_after_a_year_unless_it_is_given_again, async |w| {
    let officer = make::officer(&w).await;
    let id = officer.user().unwrap();
    w.hours_later(24 * 200);
    let admin = w.admin().await;
    let other = make::user(&w, "Ola Officer", w.hub().await, &[Role::HubOfficer]).await;
    assert!(w.actor(id).await.is(Role::HubOfficer));
    // The administrator's own role ends too, unless it is given again.
    let again = RawRoles { roles: vec!["administrator".into()], standing: "invited".into() };
    w.app.change_user(&admin, admin.user().unwrap(), &again).await.unwrap_err();
    w.hours_later(24 * 170);
    assert!(w.actor(id).await.roles.is_empty());
    assert!(w.actor(other.user().unwrap()).await.is(Role::HubOfficer));
    let filter = tessera_app::concern::Filter::default();
    assert!(is_refused(w.app.queue(&w.actor(id).await, &filter).await));
});

on_both!(an_administrator_sets_up_people_and_reads_no_case, async |w| {
    let admin = w.admin().await;
    let officer = make::officer(&w).await;
    let (file, concern) = make::file_and_concern(&w, &officer, make::child("Robin Example")).await;
    assert!(is_absent(w.app.view_concern(&admin, &concern).await));
    assert!(is_absent(w.app.view_child(&admin, &file, None).await));
    assert!(is_refused(w.app.users(&officer).await));
    assert!(is_refused(w.app.audit_page(&admin, None, "").await));
    let mine = RawRoles { roles: vec!["worker".into()], standing: "active".into() };
    let own = w.app.change_user(&admin, admin.user().unwrap(), &mine).await;
    assert!(fields(own).of("standing").is_some(), "not one's own access");
    let unclear = RawRoles { roles: vec!["worker".into()], standing: String::new() };
    let unclear = w.app.change_user(&admin, officer.user().unwrap(), &unclear).await;
    assert!(fields(unclear).of("standing").is_some());
});

on_both!(two_people_or_agencies_do_not_share_a_name_to_sign_in_with, async |w| {
    let (admin, agency) = (w.admin().await, w.hub().await);
    make::officer(&w).await;
    let raw = RawUser {
        name: "Somebody Else".into(),
        email: "Olu.Officer@example.org".into(),
        job_title: "Officer".into(),
        agency: agency.to_string(),
        roles: vec!["hub_officer".into()],
    };
    assert!(fields(w.app.invite(&admin, &raw).await).of("email").is_some());
    let twice = tessera_app::person::RawAgency {
        name: "Marlbrook front door".into(),
        kind: AgencyKind::Hub.id().into(),
    };
    assert!(fields(w.app.add_agency(&admin, &twice).await).of("name").is_some());
});

/// The link that sets up an empty partnership works once.
fn set_up_once(engine: Engine) {
    tessera_testkit::world::block_on(async {
        let w = World::empty(engine).await;
        assert!(w.app.is_empty().await.unwrap());
        let (link, spare) =
            (w.app.offer_set_up().await.unwrap(), w.app.offer_set_up().await.unwrap());
        let raw = tessera_app::person::RawSetUp {
            partnership: "Marlbrook".into(),
            hub: "Marlbrook front door".into(),
            name: "Ada Keeper".into(),
            email: "ada@example.org".into(),
        };
        let bad = tessera_app::person::RawSetUp { email: "ada".into(), ..raw.clone() };
        assert!(fields(w.app.set_up(link, &bad).await).of("email").is_some());
        let own = w.app.set_up(link, &raw).await.unwrap();
        assert!(w.app.enrolment(&own).await.unwrap().is_some());
        for used in [link, spare, [0; 32]] {
            assert!(is_absent(w.app.set_up(used, &raw).await));
        }
        assert_eq!(w.app.contacts().await.unwrap().partnership, "Marlbrook");
    });
}

#[test]
fn a_link_that_sets_up_a_partnership_works_once_on_sqlite() {
    set_up_once(Engine::Sqlite);
}

#[test]
fn a_link_that_sets_up_a_partnership_works_once_on_postgresql() {
    set_up_once(Engine::Postgres);
}

on_both!(only_those_of_a_session_are_told_apart, async |w| {
    let member = Member::new(&w, "Mo", &[Role::Worker, Role::AgencyLead]).await;
    w.minutes_later(1);
    let token = member.sign_in(&w).await.unwrap();
    let session = w.app.session(&token).await.unwrap().unwrap();
    assert_eq!((session.user, session.name.as_str()), (member.id, "Mo"));
    assert_eq!(session.roles, [Role::AgencyLead, Role::Worker]);
    assert!(w.app.session(&[1; 32]).await.unwrap().is_none());
    let actor: Actor = w.actor(member.id).await;
    assert_eq!(actor.who, Who::User(member.id));
});
