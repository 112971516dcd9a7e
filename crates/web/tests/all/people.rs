//! A small world with one person for every place a person can stand in to a record.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc};

use tessera_app::{
    child::{RawAccess, RawInvolvement},
    concern::{RawCheck, RawDecision, RawRoutes},
    screening::StartFrom,
};
use tessera_core::{
    agency::AgencyKind,
    ids::UserId,
    reference::{Of, Reference},
    user::Role,
};
use tessera_policy::Actor;
use tessera_testkit::{Engine, World, http::Client, make};
use tessera_web::Config;

mod batches;
mod explore;
mod reports;

/// The world, served.
pub(crate) struct Town {
    pub(crate) world: World,
    pub(crate) address: SocketAddr,
    pub(crate) people: BTreeMap<&'static str, Actor>,
    /// Records by the name of their state, for each kind of path parameter.
    pub(crate) concerns: Vec<(&'static str, String)>,
    pub(crate) children: Vec<(&'static str, String)>,
    pub(crate) checks: Vec<(&'static str, String)>,
    pub(crate) changes: Vec<(&'static str, String)>,
    pub(crate) versions: Vec<(&'static str, String)>,
    pub(crate) screenings: Vec<(&'static str, String)>,
    /// A version of an instrument that nobody changed.
    pub(crate) instrument: String,
    pub(crate) reports: Vec<(&'static str, String)>,
    pub(crate) shares: Vec<(&'static str, String)>,
    pub(crate) batches: Vec<(&'static str, String)>,
    pub(crate) candidates: Vec<(&'static str, String)>,
    pub(crate) snapshots: Vec<(&'static str, String)>,
}

impl Town {
    pub(crate) async fn new(engine: Engine) -> Self {
        let world = World::new(engine).await;
        let people = people(&world).await;
        let records = records(&world, &people).await;
        let (reports, shares) = reports::records(&world, &people, &records.1).await;
        let (candidates, snapshots) = explore::records(&world, &people).await;
        let versions = guidance(&world, &people).await;
        let batches = batches::records(&world, &people).await;
        let address = serve(&world).await;
        let (concerns, children, checks) = records;
        let changes = lexicon_changes(&world, &people).await;
        let screenings = screenings(&world, &people, &concerns, &children).await;
        let all = world.app.instruments(&people["manager"]).await.unwrap();
        let instrument = all[0].id.to_string();
        Self {
            world,
            address,
            people,
            concerns,
            children,
            checks,
            changes,
            versions,
            screenings,
            instrument,
            reports,
            shares,
            batches,
            candidates,
            snapshots,
        }
    }

    /// A browser in which somebody is signed in; `anonymous` is nobody.
    pub(crate) async fn browser(&self, who: &str) -> Client {
        let mut client = Client::new(self.address);
        if let Some(actor) = self.people.get(who) {
            let id = actor.user().unwrap().to_string();
            let reply = client.post("/sign-in-as", &[("user", &id)]).await.unwrap();
            assert_eq!(reply.status, 303, "{who}: {}", reply.text());
        }
        client
    }

    /// The anti-forgery token of a signed-in browser.
    pub(crate) async fn csrf(client: &mut Client) -> String {
        let page = client.get("/notices").await.unwrap();
        page.input("csrf").unwrap_or_default()
    }
}

/// Serves a world on a free port of this machine, as a demo, so that people can be signed in as.
pub(crate) async fn serve(world: &World) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let config = Config { demo: true, secure: false };
    let app = Arc::clone(&world.app);
    tokio::spawn(tessera_web::serve(app, config, listener, std::future::pending()));
    address
}

async fn people(w: &World) -> BTreeMap<&'static str, Actor> {
    let hub = w.hub().await;
    let school = make::agency(w, "Fernhill School", AgencyKind::Education).await;
    let club = make::agency(w, "Lantern Youth Club", AgencyKind::Voluntary).await;
    let care = make::agency(w, "Marlbrook Social Care", AgencyKind::SocialCare).await;
    let police = make::agency(w, "Marlbrook Police", AgencyKind::Police).await;
    let mut people = BTreeMap::new();
    for (key, name, agency, role) in [
        ("worker", "Wren Worker", school, Role::Worker),
        ("lead", "Lena Lead", school, Role::AgencyLead),
        ("other worker", "Otis Worker", club, Role::Worker),
        ("other lead", "Olga Lead", club, Role::AgencyLead),
        ("officer", "Ollie Officer", hub, Role::HubOfficer),
        ("manager", "Mina Manager", hub, Role::HubManager),
        ("excluded officer", "Ed Excluded", hub, Role::HubOfficer),
        ("social worker", "Sol Social", care, Role::SocialWorker),
        ("other social worker", "Otto Social", care, Role::SocialWorker),
        ("police", "Pia Police", police, Role::PoliceIntelligence),
        ("second police", "Percy Police", police, Role::PoliceIntelligence),
        ("auditor", "Art Auditor", hub, Role::Auditor),
        ("administrator", "Ann Administrator", hub, Role::Administrator),
        ("editor", "Edie Editor", hub, Role::Editor),
        ("other editor", "Ezra Editor", hub, Role::Editor),
    ] {
        people.insert(key, make::user(w, name, agency, &[role]).await);
    }
    people
}

type Records =
    (Vec<(&'static str, String)>, Vec<(&'static str, String)>, Vec<(&'static str, String)>);

async fn records(w: &World, people: &BTreeMap<&'static str, Actor>) -> Records {
    let (officer, manager) = (&people["officer"], &people["manager"]);
    let (worker, other) = (&people["worker"], &people["other worker"]);
    // A concern of the worker about a child whom a social worker works with, open.
    let own = make::sent(w, worker, &make::concern_about(&[make::child("Robin Fernley")])).await;
    let own = own.reference;
    let child = new_file(w, officer, &own).await;
    let social = &people["social worker"];
    let raw = RawInvolvement {
        agency: social.agency.unwrap().to_string(),
        user: social.user().unwrap().to_string(),
        role: "Allocated social worker".into(),
    };
    w.app.add_involvement(officer, &child, &raw).await.unwrap();
    let excluded = people["excluded officer"].user().unwrap();
    access(w, manager, &child, "exclude", Some(excluded)).await;
    ask_school(w, officer, &own, worker).await;
    // A concern of somebody else, passed to police.
    let routed =
        make::sent(w, other, &make::concern("A car with foreign plates waits at the park.")).await;
    let routed = routed.reference;
    let raw = RawRoutes {
        version: make::seen(w, officer, &routed).await.concern.version,
        routes: vec!["intelligence".into()],
        route_reason: "A pattern police should know of".into(),
    };
    w.app.add_routes(officer, &routed, &raw).await.unwrap();
    // A child with a concern that is decided: nobody works with it now.
    let past = make::sent(w, other, &make::concern_about(&[make::child("Casey Millward")])).await;
    let unconnected = new_file(w, officer, &past.reference).await;
    decide(w, officer, &past.reference).await;
    // A concern about a child whose file is restricted to the manager.
    let hidden = make::sent(w, other, &make::concern_about(&[make::child("Toby Larkspur")])).await;
    let restricted = new_file(w, officer, &hidden.reference).await;
    access(w, manager, &restricted, "restrict", None).await;
    let chance = &*w.chance;
    let concerns = vec![
        ("sent by the worker", own.to_string()),
        ("passed to police", routed.to_string()),
        ("about a restricted child", hidden.reference.to_string()),
        ("that does not exist", Reference::draw(Of::Concern, chance).to_string()),
    ];
    let children = vec![
        ("the social worker works with", child.to_string()),
        ("nobody works with", unconnected.to_string()),
        ("restricted to the manager", restricted.to_string()),
        ("that does not exist", Reference::draw(Of::Child, chance).to_string()),
    ];
    let check = make::seen(w, officer, &own).await.checks[0].id.to_string();
    let checks = vec![
        ("asked of the school", check),
        ("that does not exist", "01a20d7c-0000-7000-8000-000000000001".to_owned()),
    ];
    (concerns, children, checks)
}

/// A change to the lexicon that the lead proposed.
async fn lexicon_changes(
    w: &World,
    people: &BTreeMap<&'static str, Actor>,
) -> Vec<(&'static str, String)> {
    let reason = "It is said of children who were harmed";
    let id = w.app.propose_term(&people["lead"], &make::term("trouble magnet", reason)).await;
    vec![
        ("proposed by the lead", id.unwrap().to_string()),
        ("that does not exist", "01a20d7c-0000-7000-8000-000000000004".to_owned()),
    ]
}

/// A small guidance with a policy, and two versions of a page that an editor wrote.
async fn guidance(
    w: &World,
    people: &BTreeMap<&'static str, Actor>,
) -> Vec<(&'static str, String)> {
    let page = |title: &str, kind: &str| {
        format!(
            "---\ntitle: {title}\nsummary: What this is about.\nkind: {kind}\norder: 1\n\
             audience: staff\nowner: Strategy manager\nstatus: published\nversion: \"1.0\"\n\
             in_force_from: 2026-04-01\nlast_reviewed: 2026-09-15\nnext_review: 2027-09-15\n\
             topics: [policy]\nsources: []\n---\n\n## What we do\n\nWe write it down.\n"
        )
    };
    let sections = "- {id: policies, title: Policies, summary: What we agreed, audience: staff}\n";
    let (policy, other) = (page("Recording", "policy"), page("Sharing", "page"));
    let files = [
        ("sections.yaml", sections),
        ("pages/policies/recording.md", policy.as_str()),
        ("pages/policies/sharing.md", other.as_str()),
    ];
    w.app.adopt_release(&files).await.unwrap();
    let editor = &people["editor"];
    let mut versions = Vec::new();
    for (state, path) in [
        ("sent by the editor", "pages/policies/recording.md"),
        ("a draft", "pages/policies/sharing.md"),
    ] {
        let text = w.app.text_to_edit(editor, path).await.unwrap().unwrap();
        let mut raw = tessera_app::guidance::RawPage::of(path, &text).unwrap();
        raw.body.push_str("\n\nMore words.");
        let id = w.app.draft_page(editor, &raw).await.unwrap();
        if state == "sent by the editor" {
            let note = tessera_app::guidance::RawSend { note: "More words".into() };
            w.app.send_guidance(editor, id, &note).await.unwrap();
        }
        versions.push((state, id.to_string()));
    }
    versions.push(("that does not exist", "01a20d7c-0000-7000-8000-000000000009".to_owned()));
    versions
}

/// A screening for each place a person can stand in to it.
async fn screenings(
    w: &World,
    people: &BTreeMap<&'static str, Actor>,
    concerns: &[(&'static str, String)],
    children: &[(&'static str, String)],
) -> Vec<(&'static str, String)> {
    let other = &people["other worker"];
    let waiting = make::screened(w, &people["worker"], StartFrom::Nothing, &make::screen()).await;
    // Begun from the concern about it, and so joined to its file and with the hub.
    let file = children[0].1.parse().unwrap();
    let officer = &people["officer"];
    let works = make::screened(w, officer, StartFrom::File(file), &make::screen()).await;
    let hidden = concerns[2].1.parse().unwrap();
    let hidden = make::screened(w, other, StartFrom::Concern(hidden), &make::screen()).await;
    let nothing = Reference::draw(Of::Screening, &*w.chance).to_string();
    vec![
        ("waiting for the school's lead", waiting.to_string()),
        ("of a child the social worker works with", works.to_string()),
        ("of a restricted child", hidden.to_string()),
        ("that does not exist", nothing),
    ]
}

async fn new_file(w: &World, officer: &Actor, concern: &Reference) -> Reference {
    let whole = make::seen(w, officer, concern).await;
    let raw = tessera_app::child::RawNew {
        version: whole.concern.version,
        new_child: whole.children[0].id.to_string(),
        seen: Vec::new(),
        new_reason: "We hold no file for this child".into(),
    };
    w.app.create_child(officer, concern, &raw).await.unwrap()
}

async fn access(w: &World, manager: &Actor, child: &Reference, change: &str, who: Option<UserId>) {
    let open = tessera_app::child::RawReason { reason: "Setting up who may see this file".into() };
    let _ = w.app.give_reason(manager, child, &open).await;
    let raw = RawAccess {
        change: change.into(),
        person: who.map(|id| id.to_string()).unwrap_or_default(),
        reason: "A known conflict of interest".into(),
    };
    w.app.change_access(manager, child, &raw).await.unwrap();
}

async fn ask_school(w: &World, officer: &Actor, concern: &Reference, worker: &Actor) {
    let whole = make::seen(w, officer, concern).await;
    let raw = RawCheck {
        version: whole.concern.version,
        check_child: whole.children[0].id.to_string(),
        agencies: vec![worker.agency.unwrap().to_string()],
        question: "What do you hold? Asked to keep the child safe.".into(),
    };
    w.app.ask_agencies(officer, concern, &raw).await.unwrap();
}

async fn decide(w: &World, officer: &Actor, concern: &Reference) {
    let whole = make::seen(w, officer, concern).await;
    let raw = RawDecision {
        version: whole.concern.version,
        decision_child: whole.children[0].id.to_string(),
        outcome: "nfa".into(),
        need_level: "1".into(),
        decision_reason: "Nothing that needs more".into(),
        told: String::new(),
    };
    w.app.decide(officer, concern, &raw).await.unwrap();
}
