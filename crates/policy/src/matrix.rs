//! The rights printed as a table that anyone can review: every role, every action, every relation
//! of a person to a record.

use std::fmt::Write;

use tessera_core::{
    ids::{AgencyId, ConcernId, UserId},
    user::Role,
};
use uuid::Uuid;

use crate::{
    Act, Actor, Verdict, Who,
    rules::{
        admin,
        batch::{self, BatchFacts},
        check,
        check::CheckFacts,
        child,
        child::ChildFacts,
        concern::{self, ConcernFacts},
        explore::{self, CandidateFacts, SnapshotFacts},
        guidance::{self, VersionFacts},
        language::{self, ChangeFacts},
        panel,
        report::{self, ReportFacts, ShareFacts},
        requirement,
        screening::{self, DraftFacts, ScreeningFacts},
        session,
    },
};

const ME: UserId = UserId(Uuid::from_u128(1));

/// The columns: everyone who can ask.
fn actors() -> Vec<(&'static str, Actor)> {
    let mut all = vec![
        ("anonymous", Actor::anonymous(None)),
        ("sender", Actor::sender(ConcernId(Uuid::from_u128(2)), None)),
    ];
    for role in Role::ALL {
        let actor = Actor {
            who: Who::User(ME),
            name: role.label().into(),
            agency: Some(AgencyId(Uuid::from_u128(3))),
            roles: [role].into(),
            request: None,
        };
        all.push((role.id(), actor));
    }
    all
}

const fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => "yes",
        Verdict::AskReason => "reason",
        Verdict::Restricted => "exists",
        Verdict::Refuse => "no",
        Verdict::Absent => "-",
    }
}

fn row<A: Act>(out: &mut String, state: &str, facts: &A::Facts) {
    let _ = write!(out, "{:<26}{:<26}", A::ACTION.id(), state);
    for (_, actor) in actors() {
        let _ = write!(out, "{:<8}", sign(A::rule(&actor, facts)));
    }
    out.push('\n');
}

fn concern_states() -> Vec<(&'static str, ConcernFacts)> {
    let base = ConcernFacts { exists: true, ..ConcernFacts::default() };
    vec![
        ("does not exist", ConcernFacts::default()),
        ("someone else's", base),
        ("own", ConcernFacts { submitted_by: Some(ME), by_code: true, own_agency: true, ..base }),
        ("a colleague's", ConcernFacts { own_agency: true, ..base }),
        ("routed to police", ConcernFacts { routed_to_police: true, ..base }),
        ("works with its child", ConcernFacts { works_with_child: true, ..base }),
        ("restricted", ConcernFacts { restricted: true, own_agency: true, ..base }),
        ("restricted, named", ConcernFacts { restricted: true, named: true, ..base }),
        ("excluded", ConcernFacts { excluded: true, named: true, own_agency: true, ..base }),
        ("decided by oneself", ConcernFacts { decided_by_actor: true, ..base }),
    ]
}

fn child_states() -> Vec<(&'static str, ChildFacts)> {
    let base = ChildFacts { exists: true, ..ChildFacts::default() };
    vec![
        ("does not exist", ChildFacts::default()),
        ("unconnected", base),
        ("unconnected, reason given", ChildFacts { reason_given: true, ..base }),
        ("works with the child", ChildFacts { works_with_child: true, ..base }),
        ("open concern", ChildFacts { open_concern: true, ..base }),
        ("restricted", ChildFacts { restricted: true, works_with_child: true, ..base }),
        ("restricted, named", ChildFacts { restricted: true, named: true, ..base }),
        ("excluded", ChildFacts { excluded: true, named: true, works_with_child: true, ..base }),
    ]
}

fn report_states() -> Vec<(&'static str, ReportFacts)> {
    let base = ReportFacts { exists: true, ..ReportFacts::default() };
    vec![
        ("does not exist", ReportFacts::default()),
        ("not yet assessed", base),
        ("own", ReportFacts { own: true, ..base }),
        ("assessed, may be shared", ReportFacts { open_to_hub: true, ..base }),
        ("restricted", ReportFacts { closed: true, open_to_hub: true, ..base }),
        ("excluded", ReportFacts { excluded: true, open_to_hub: true, ..base }),
        ("asked for by oneself", ReportFacts { asked_by_actor: true, ..base }),
        ("source granted", ReportFacts { source_granted: true, asked_by_actor: true, ..base }),
    ]
}

fn reports(out: &mut String) {
    for (state, facts) in report_states() {
        row::<report::FollowReport>(out, state, &facts);
        row::<report::AddToReport>(out, state, &facts);
        row::<report::ViewReport>(out, state, &facts);
        row::<report::LinkReport>(out, state, &facts);
        row::<report::WorkReport>(out, state, &facts);
        row::<report::ExportReport>(out, state, &facts);
        row::<report::AskSource>(out, state, &facts);
        row::<report::AnswerSource>(out, state, &facts);
        row::<report::ViewReportSource>(out, state, &facts);
    }
    let share = ShareFacts { exists: true, ..ShareFacts::default() };
    for (state, facts) in [
        ("does not exist", ShareFacts::default()),
        ("shared with someone else", share),
        ("shared with oneself", ShareFacts { recipient: true, ..share }),
        ("excluded", ShareFacts { recipient: true, excluded: true, ..share }),
    ] {
        row::<report::ViewShare>(out, state, &facts);
    }
    row::<report::SubmitReport>(out, "", &());
    row::<report::ListOwnReports>(out, "", &());
    row::<report::ListDesk>(out, "", &());
    row::<report::ListShares>(out, "", &());
}

/// The whole table as text. Kept in `docs/reference/rights.txt`; a test compares the two.
#[must_use]
pub fn print() -> String {
    let mut out = String::from(
        "Who may do what. yes: allowed; reason: after giving a reason; exists: told only that it is\n\
         restricted; no: refused; -: looks exactly like a record that does not exist.\n\n",
    );
    let _ = write!(out, "{:<26}{:<26}", "action", "record");
    let short = [
        "anon", "sender", "worker", "lead", "officer", "manager", "social", "police", "auditor",
        "admin", "editor",
    ];
    for name in short {
        let _ = write!(out, "{name:<8}");
    }
    out.push('\n');
    for (state, facts) in concern_states() {
        row::<concern::FollowConcern>(&mut out, state, &facts);
        row::<concern::AddToConcern>(&mut out, state, &facts);
        row::<concern::ChallengeOutcome>(&mut out, state, &facts);
        row::<concern::ViewConcern>(&mut out, state, &facts);
        row::<concern::TriageConcern>(&mut out, state, &facts);
        row::<concern::ViewSource>(&mut out, state, &facts);
        row::<concern::AnswerChallenge>(&mut out, state, &facts);
    }
    for (state, facts) in child_states() {
        row::<child::ViewChild>(&mut out, state, &facts);
        row::<child::GiveReason>(&mut out, state, &facts);
        row::<child::CorrectChild>(&mut out, state, &facts);
        row::<child::PrintChild>(&mut out, state, &facts);
        row::<child::ViewLookers>(&mut out, state, &facts);
        row::<child::RestrictChild>(&mut out, state, &facts);
        row::<child::OverrideRestriction>(&mut out, state, &facts);
    }
    let asked = CheckFacts { exists: true, own_agency: true, excluded: false };
    for (state, facts) in [
        ("does not exist", CheckFacts::default()),
        ("own agency asked", asked),
        ("other agency asked", CheckFacts { own_agency: false, ..asked }),
        ("excluded", CheckFacts { excluded: true, ..asked }),
    ] {
        row::<check::ViewCheck>(&mut out, state, &facts);
        row::<check::AnswerCheck>(&mut out, state, &facts);
    }
    let proposed = ChangeFacts { exists: true, own: false };
    for (state, facts) in [
        ("does not exist", ChangeFacts::default()),
        ("proposed by another", proposed),
        ("proposed by oneself", ChangeFacts { own: true, ..proposed }),
    ] {
        row::<language::SettleLexicon>(&mut out, state, &facts);
    }
    let sent = VersionFacts { exists: true, sent: true, published: false, own: false };
    for (state, facts) in [
        ("does not exist", VersionFacts::default()),
        ("a draft", VersionFacts { sent: false, ..sent }),
        ("sent by someone else", sent),
        ("sent by oneself", VersionFacts { own: true, ..sent }),
    ] {
        row::<guidance::ViewGuidance>(&mut out, state, &facts);
        row::<guidance::ApproveGuidance>(&mut out, state, &facts);
    }
    screenings(&mut out);
    batches(&mut out);
    without_record(&mut out);
    reports(&mut out);
    pictures(&mut out);
    out
}

fn pictures(out: &mut String) {
    row::<explore::ViewPicture>(out, "", &());
    row::<explore::ViewAddresses>(out, "", &());
    row::<explore::KeepWatch>(out, "", &());
    row::<explore::SetRule>(out, "", &());
    row::<explore::PutCandidate>(out, "", &());
    let put = CandidateFacts { exists: true, ..CandidateFacts::default() };
    for (state, facts) in [
        ("does not exist", CandidateFacts::default()),
        ("put to someone else", put),
        ("put to oneself", CandidateFacts { put_to_actor: true, ..put }),
        ("decided", CandidateFacts { put_to_actor: true, decided: true, ..put }),
    ] {
        row::<explore::ViewCandidate>(out, state, &facts);
        row::<explore::DecideCandidate>(out, state, &facts);
    }
    row::<explore::MakeSnapshot>(out, "", &());
    row::<explore::ListSnapshots>(out, "", &());
    for (state, facts) in [
        ("does not exist", SnapshotFacts::default()),
        ("for others", SnapshotFacts { exists: true, attends: false }),
        ("for oneself", SnapshotFacts { exists: true, attends: true }),
    ] {
        row::<explore::ViewSnapshot>(out, state, &facts);
    }
}

fn screenings(out: &mut String) {
    let base = ScreeningFacts { exists: true, ..ScreeningFacts::default() };
    let ours = ScreeningFacts { own_agency: true, with_hub: true, works_with_child: true, ..base };
    for (state, facts) in [
        ("does not exist", ScreeningFacts::default()),
        ("someone else's", base),
        ("own", ScreeningFacts { own: true, own_agency: true, ..base }),
        ("a colleague's", ScreeningFacts { own_agency: true, ..base }),
        ("with the hub", ScreeningFacts { with_hub: true, ..base }),
        ("works with the child", ScreeningFacts { works_with_child: true, ..base }),
        ("restricted", ScreeningFacts { restricted: true, ..ours }),
        ("restricted, named", ScreeningFacts { restricted: true, named: true, ..ours }),
        ("excluded", ScreeningFacts { excluded: true, named: true, ..ours }),
    ] {
        row::<screening::ViewScreening>(out, state, &facts);
        row::<screening::DecideScreening>(out, state, &facts);
    }
    for (state, facts) in [
        ("without code or link", DraftFacts { opened: false }),
        ("by its code or link", DraftFacts { opened: true }),
    ] {
        row::<screening::SaveScreening>(out, state, &facts);
        row::<screening::SubmitScreening>(out, state, &facts);
    }
}

fn batches(out: &mut String) {
    let base = BatchFacts { exists: true, ..BatchFacts::default() };
    for (state, facts) in [
        ("does not exist", BatchFacts::default()),
        ("someone else's draft", base),
        ("own draft", BatchFacts { own: true, ..base }),
        ("brought in by another", BatchFacts { sent: true, ..base }),
        ("brought in by oneself", BatchFacts { sent: true, own: true, ..base }),
    ] {
        row::<batch::ViewBatch>(out, state, &facts);
        row::<batch::WorkBatch>(out, state, &facts);
        row::<batch::UndoBatch>(out, state, &facts);
    }
    row::<batch::ListBatches>(out, "", &());
    row::<requirement::WorkRequirement>(out, "", &());
    row::<requirement::ViewFeedback>(out, "", &());
}

fn without_record(out: &mut String) {
    row::<concern::SaveDraft>(out, "", &());
    row::<concern::SubmitConcern>(out, "", &());
    row::<concern::EnterConcern>(out, "", &());
    row::<concern::ListOwnConcerns>(out, "", &());
    row::<concern::ListQueue>(out, "", &());
    row::<concern::SearchConcerns>(out, "", &());
    row::<concern::ImportConcerns>(out, "", &());
    row::<child::SearchChildren>(out, "", &());
    row::<child::CreateChild>(out, "", &());
    row::<child::Steward>(out, "", &());
    row::<check::ListChecks>(out, "", &());
    row::<language::EditLexicon>(out, "", &());
    row::<language::ViewLanguageTrend>(out, "", &());
    row::<screening::ListScreenings>(out, "", &());
    row::<screening::OfferScreening>(out, "", &());
    row::<screening::EditInstrument>(out, "", &());
    row::<screening::ApproveInstrument>(out, "", &());
    row::<panel::ListPanel>(out, "", &());
    for (state, facts) in concern_states() {
        row::<panel::ViewPanel>(out, state, &facts);
        row::<panel::DecidePanel>(out, state, &facts);
    }
    row::<admin::ManageAgencies>(out, "", &());
    row::<admin::ManageUsers>(out, "", &());
    row::<admin::ChangeSettings>(out, "", &());
    row::<admin::ViewAudit>(out, "", &());
    row::<admin::RunJob>(out, "", &());
    row::<admin::SetUp>(out, "", &());
    row::<session::SignIn>(out, "", &());
    row::<session::SignOut>(out, "", &());
    row::<session::SetCredentials>(out, "", &());
    row::<session::ReadNotices>(out, "", &());
    row::<guidance::EditGuidance>(out, "", &());
    row::<guidance::ViewChanges>(out, "", &());
    row::<guidance::FollowTopic>(out, "", &());
    row::<guidance::ReadPolicy>(out, "", &());
    row::<guidance::ViewReceipts>(out, "", &());
    row::<guidance::RemindReaders>(out, "", &());
}
