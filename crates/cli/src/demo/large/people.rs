//! 40 agencies and 2,000 people.

use tessera_core::{
    agency::AgencyKind,
    chance::Draw,
    time::{SignedDuration, Timestamp},
    user::Role,
};
use tessera_store::{
    Tx,
    bulk::{self, Agency, User},
};
use uuid::Uuid;

use super::{Rows, Writing, write_all};
use crate::demo::large::{chance::Quick, words::Words};

/// One more than the agencies that are added: with the nine of the story there are 40.
const AGENCIES: u32 = 32;
/// One more than the people who are added: with those of the story there are 2,000.
const PEOPLE: u32 = 1_979;

/// A person, as far as files and concerns need one.
pub(super) struct Person {
    pub(super) id: Uuid,
    pub(super) agency: Uuid,
    pub(super) name: String,
    job_title: &'static str,
    role: Role,
}

/// Everyone.
pub(super) struct Partnership {
    agencies: Vec<(Uuid, String, AgencyKind)>,
    pub(super) people: Vec<Person>,
    /// Places of hub officers among the people.
    pub(super) officers: Vec<usize>,
    /// Places of social workers among the people.
    pub(super) social_workers: Vec<usize>,
}

/// Rows of agencies and people.
pub(super) struct PeopleRows {
    agencies: Vec<Agency>,
    users: Vec<User>,
    roles: Vec<bulk::Role>,
}

impl Partnership {
    /// Makes them up.
    pub(super) fn make(words: &Words, chance: &mut Quick, now: Timestamp) -> Self {
        let kinds = [
            AgencyKind::Hub,
            AgencyKind::SocialCare,
            AgencyKind::Police,
            AgencyKind::Education,
            AgencyKind::Health,
            AgencyKind::Education,
            AgencyKind::Justice,
            AgencyKind::Council,
            AgencyKind::Voluntary,
        ];
        let mut agencies = Vec::new();
        for n in 1..AGENCIES {
            // One front office of the hub; the other kinds take turns.
            let turn = if n == 1 { 0 } else { 1 + (n as usize - 2) % (kinds.len() - 1) };
            let kind = kinds.get(turn).copied().unwrap_or(AgencyKind::Education);
            agencies.push((chance.id(now), format!("{} {n}", kind.label()), kind));
        }
        let mut people = Vec::new();
        for n in 1..PEOPLE {
            let home = agencies.get(n as usize % agencies.len());
            let Some((agency, _, kind)) = home else { continue };
            let first = (n as usize) < agencies.len();
            let (role, job_title) = work_of(*kind, first, chance);
            let name = words.name(chance);
            people.push(Person { id: chance.id(now), agency: *agency, name, job_title, role });
        }
        let with = |role| {
            let places =
                people.iter().enumerate().filter(|(_, person): &(_, &Person)| person.role == role);
            places.map(|(place, _)| place).collect()
        };
        let (officers, social_workers) = (with(Role::HubOfficer), with(Role::SocialWorker));
        Self { agencies, people, officers, social_workers }
    }

    /// A hub officer.
    pub(super) fn officer(&self, chance: &Quick) -> Option<&Person> {
        self.people.get(*chance.one_of(&self.officers)?)
    }

    /// A social worker.
    pub(super) fn social_worker(&self, chance: &Quick) -> Option<&Person> {
        self.people.get(*chance.one_of(&self.social_workers)?)
    }

    /// As rows.
    pub(super) fn rows(&self, now: Timestamp) -> PeopleRows {
        let at = (now - SignedDuration::from_hours(24 * 150)).as_microsecond();
        let until = (now + SignedDuration::from_hours(24 * 365)).as_microsecond();
        let agency = |(id, name, kind): &(Uuid, String, AgencyKind)| Agency {
            id: *id,
            name: name.clone(),
            kind: kind.id().into(),
            created_at: at,
        };
        let user = |(n, person): (usize, &Person)| User {
            id: person.id,
            agency_id: person.agency,
            name: person.name.clone(),
            email: format!("person{n:04}@example.org"),
            job_title: person.job_title.into(),
            standing: "active".into(),
            created_at: at,
        };
        let role = |person: &Person| bulk::Role {
            user_id: person.id,
            role: person.role.id().into(),
            granted_at: at,
            granted_by: "Alex Keystone".into(),
            expires_at: until,
        };
        PeopleRows {
            agencies: self.agencies.iter().map(agency).collect(),
            users: self.people.iter().enumerate().map(user).collect(),
            roles: self.people.iter().map(role).collect(),
        }
    }
}

/// The first person of an agency leads it; in the hub and social care most do its work.
fn work_of(kind: AgencyKind, first: bool, chance: &Quick) -> (Role, &'static str) {
    match kind {
        AgencyKind::Hub if first => (Role::HubManager, "Front door manager"),
        AgencyKind::Hub if chance.one_in(12) => (Role::HubManager, "Deputy manager"),
        AgencyKind::Hub if chance.one_in(20) => (Role::Auditor, "Data protection officer"),
        AgencyKind::Hub => (Role::HubOfficer, "Front door officer"),
        _ if first => (Role::AgencyLead, "Safeguarding lead"),
        AgencyKind::SocialCare => (Role::SocialWorker, "Social worker"),
        AgencyKind::Police if chance.one_in(4) => {
            (Role::PoliceIntelligence, "Intelligence officer")
        }
        _ => (Role::Worker, "Worker"),
    }
}

impl Rows for PeopleRows {
    fn write(self, tx: &mut Tx) -> Writing<'_> {
        Box::pin(async move { write_all!(tx, self.agencies, self.users, self.roles) })
    }
}
