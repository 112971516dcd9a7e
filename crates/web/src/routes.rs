//! The one table of routes. Each row says what a visitor must be allowed to do; a route without
//! that does not compile. Tests try every row with every role and every state of a record.

use std::sync::Arc;

use axum::Router;
use tessera_policy::Action;

use crate::{
    admin, api, audit, check, child, desk, differences, editor, follow, guidance, home, import,
    instrument, language, matching, notice, panel, picture, policies, queue, report, requirement,
    screen, screening, session, shared, site::Site, tell,
};

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody: it shows nothing of anyone's record.
    Anybody,
    /// Whoever the rules allow this action.
    Allowed(Action),
    /// Only in a demo, on loopback.
    DemoOnly,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// `get` or `post`.
    pub method: &'static str,
    /// The path, with `{names}` of its parts.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
}

macro_rules! routes {
    ($($method:ident $path:literal => $handler:path, $access:expr;)+) => {
        /// Every route.
        pub const TABLE: &[Route] =
            &[$(Route { method: stringify!($method), path: $path, access: $access },)+];

        /// The routes with their handlers.
        pub(crate) fn router() -> Router<Arc<Site>> {
            Router::new()$(.route($path, axum::routing::$method($handler)))+
        }
    };
}

use Access::{Allowed, Anybody, DemoOnly};

routes! {
    get  "/" => home::home, Anybody;
    get  "/health" => home::health, Anybody;
    get  "/privacy" => home::privacy, Anybody;
    get  "/accessibility" => home::accessibility, Anybody;
    get  "/leave" => home::leave, Anybody;
    get  "/assets/{name}" => home::asset, Anybody;

    get  "/language" => language::open, Anybody;
    post "/language" => language::check, Anybody;
    get  "/language/terms" => language::terms, Anybody;
    post "/language/findings" => language::findings, Anybody;
    get  "/lexicon" => language::list, Allowed(Action::EditLexicon);
    post "/lexicon" => language::propose, Allowed(Action::EditLexicon);
    get  "/lexicon/entry" => language::edit, Allowed(Action::EditLexicon);
    get  "/lexicon/retire" => language::retire_form, Allowed(Action::EditLexicon);
    post "/lexicon/retire" => language::retire, Allowed(Action::EditLexicon);
    post "/lexicon/practice" => language::add_practice, Allowed(Action::EditLexicon);
    get  "/lexicon/trend" => language::trend, Allowed(Action::ViewLanguageTrend);
    get  "/lexicon/{change}" => language::change, Allowed(Action::EditLexicon);
    post "/lexicon/{change}" => language::settle, Allowed(Action::SettleLexicon);

    get  "/tell" => tell::what, Allowed(Action::SaveDraft);
    post "/tell" => tell::save_what, Allowed(Action::SaveDraft);
    get  "/tell/check" => tell::check, Allowed(Action::SaveDraft);
    post "/tell/send" => tell::send, Allowed(Action::SubmitConcern);
    get  "/tell/sent" => tell::sent, Allowed(Action::SubmitConcern);
    get  "/tell/resume" => tell::resume, Allowed(Action::SaveDraft);
    post "/tell/resume" => tell::open_resumed, Allowed(Action::SaveDraft);
    post "/tell/words" => tell::change_words, Allowed(Action::SaveDraft);
    post "/tell/delete" => tell::delete, Allowed(Action::SaveDraft);
    get  "/tell/{step}" => tell::step, Allowed(Action::SaveDraft);
    post "/tell/{step}" => tell::save_step, Allowed(Action::SaveDraft);

    get  "/follow" => follow::ask, Anybody;
    post "/follow" => follow::open, Allowed(Action::FollowConcern);
    get  "/follow/concern" => follow::show, Allowed(Action::FollowConcern);
    post "/follow/concern/add" => follow::add, Allowed(Action::AddToConcern);
    post "/follow/concern/challenge" => follow::challenge, Allowed(Action::ChallengeOutcome);
    get  "/concerns" => follow::list, Allowed(Action::ListOwnConcerns);
    get  "/concerns/{concern}" => follow::show_own, Allowed(Action::FollowConcern);
    post "/concerns/{concern}/add" => follow::add_own, Allowed(Action::AddToConcern);
    post "/concerns/{concern}/challenge" => follow::challenge_own, Allowed(Action::ChallengeOutcome);

    get  "/queue" => queue::list, Allowed(Action::ListQueue);
    get  "/search" => queue::search, Allowed(Action::SearchConcerns);
    get  "/queue/{concern}" => queue::show, Allowed(Action::ViewConcern);
    post "/queue/{concern}/source" => queue::source, Allowed(Action::ViewSource);
    post "/queue/{concern}/urgency" => queue::urgency, Allowed(Action::TriageConcern);
    post "/queue/{concern}/routes" => queue::routes, Allowed(Action::TriageConcern);
    post "/queue/{concern}/sharing" => queue::sharing, Allowed(Action::TriageConcern);
    post "/queue/{concern}/entry" => queue::entry, Allowed(Action::TriageConcern);
    post "/queue/{concern}/checks" => queue::checks, Allowed(Action::TriageConcern);
    post "/queue/{concern}/decision" => queue::decision, Allowed(Action::TriageConcern);
    post "/queue/{concern}/documents" => queue::document::add, Allowed(Action::TriageConcern);
    get  "/queue/{concern}/documents/{document}" => queue::document::give, Allowed(Action::ViewConcern);
    post "/queue/{concern}/clock" => queue::clock, Allowed(Action::TriageConcern);
    post "/queue/{concern}/challenge" => queue::challenge, Allowed(Action::AnswerChallenge);
    get  "/queue/{concern}/child/{child}" => queue::identify, Allowed(Action::SearchChildren);
    post "/queue/{concern}/link" => queue::link, Allowed(Action::TriageConcern);
    post "/queue/{concern}/new-child" => queue::new_child, Allowed(Action::CreateChild);

    get  "/children" => child::search, Allowed(Action::SearchChildren);
    get  "/children/{child}" => child::show, Allowed(Action::ViewChild);
    get  "/children/{child}/print" => child::print, Allowed(Action::PrintChild);
    get  "/children/{child}/lookers" => child::lookers, Allowed(Action::ViewLookers);
    post "/children/{child}/reason" => child::reason, Allowed(Action::GiveReason);
    post "/children/{child}/override" => child::override_restriction, Allowed(Action::OverrideRestriction);
    get  "/children/{child}/add" => child::add_forms, Allowed(Action::CorrectChild);
    post "/children/{child}/facts" => child::add_fact, Allowed(Action::CorrectChild);
    post "/children/{child}/events" => child::add_event, Allowed(Action::CorrectChild);
    post "/children/{child}/relations" => child::add_relation, Allowed(Action::CorrectChild);
    post "/children/{child}/involvements" => child::add_involvement, Allowed(Action::CorrectChild);
    get  "/children/{child}/correct/{fact}" => child::correct_form, Allowed(Action::CorrectChild);
    post "/children/{child}/correct/{fact}" => child::correct, Allowed(Action::CorrectChild);
    get  "/children/{child}/access" => child::access, Allowed(Action::RestrictChild);
    post "/children/{child}/access" => child::change_access, Allowed(Action::RestrictChild);
    get  "/steward" => child::steward, Allowed(Action::Steward);
    post "/steward/review" => child::review, Allowed(Action::Steward);
    post "/steward/settle" => child::settle, Allowed(Action::Steward);

    get  "/matching" => matching::matching, Anybody;
    get  "/reports" => report::list, Allowed(Action::ListOwnReports);
    get  "/reports/new" => report::new, Allowed(Action::SubmitReport);
    post "/reports/new" => report::save, Allowed(Action::SubmitReport);
    post "/reports/send" => report::send, Allowed(Action::SubmitReport);
    get  "/reports/{report}" => report::show_own, Allowed(Action::FollowReport);
    post "/reports/{report}/add" => report::add, Allowed(Action::AddToReport);
    get  "/desk" => desk::list, Allowed(Action::ListDesk);
    get  "/desk/{report}" => desk::show, Allowed(Action::ViewReport);
    get  "/desk/{report}/network" => desk::network, Allowed(Action::ViewReport);
    get  "/desk/{report}/network.csv" => desk::csv, Allowed(Action::ExportReport);
    get  "/desk/{report}/network.graphml" => desk::graphml, Allowed(Action::ExportReport);
    get  "/desk/{report}/network.ftm.json" => desk::followthemoney, Allowed(Action::ExportReport);
    get  "/desk/{report}/network.stix.json" => desk::stix, Allowed(Action::ExportReport);
    get  "/desk/{report}/network-links.csv" => desk::i2, Allowed(Action::ExportReport);
    get  "/desk/{report}/thing/{mention}" => desk::thing, Allowed(Action::ViewReport);
    post "/desk/{report}/link" => desk::link, Allowed(Action::LinkReport);
    post "/desk/{report}/undo" => desk::undo, Allowed(Action::LinkReport);
    post "/desk/{report}/child" => desk::child, Allowed(Action::LinkReport);
    post "/desk/{report}/grade" => desk::grade, Allowed(Action::WorkReport);
    post "/desk/{report}/told" => desk::told, Allowed(Action::WorkReport);
    post "/desk/{report}/sanitise" => desk::sanitise, Allowed(Action::WorkReport);
    post "/desk/{report}/share" => desk::share, Allowed(Action::WorkReport);
    post "/desk/{report}/retract" => desk::retract, Allowed(Action::WorkReport);
    post "/desk/{report}/ask-source" => desk::ask_source, Allowed(Action::AskSource);
    post "/desk/{report}/answer-source" => desk::answer_source, Allowed(Action::AnswerSource);
    post "/desk/{report}/source" => desk::source, Allowed(Action::ViewReportSource);
    get  "/desk-requirements" => requirement::list, Allowed(Action::WorkRequirement);
    post "/desk-requirements" => requirement::add, Allowed(Action::WorkRequirement);
    post "/desk-requirements/close" => requirement::close, Allowed(Action::WorkRequirement);
    get  "/desk-feedback" => requirement::feedback, Allowed(Action::ViewFeedback);
    post "/desk/{report}/answers" => desk::answers, Allowed(Action::WorkReport);
    get  "/imports" => import::list, Allowed(Action::ListBatches);
    post "/imports/file" => import::begin, Allowed(Action::ListBatches);
    get  "/imports/{batch}" => import::show, Allowed(Action::ViewBatch);
    get  "/imports/{batch}/rejected.csv" => import::rejected, Allowed(Action::WorkBatch);
    post "/imports/{batch}/columns" => import::columns, Allowed(Action::WorkBatch);
    post "/imports/{batch}/send" => import::send, Allowed(Action::WorkBatch);
    post "/imports/{batch}/drop" => import::drop_draft, Allowed(Action::WorkBatch);
    post "/imports/{batch}/undo" => import::undo, Allowed(Action::UndoBatch);

    get  "/picture" => picture::whole, Allowed(Action::ViewPicture);
    get  "/picture/data" => picture::data, Allowed(Action::ViewPicture);
    get  "/picture/path" => picture::path, Allowed(Action::ViewPicture);
    get  "/picture/map" => picture::map, Allowed(Action::ViewPicture);
    get  "/picture/thing/{mention}" => picture::thing, Allowed(Action::ViewPicture);
    post "/picture/thing/{mention}/put" => picture::put, Allowed(Action::PutCandidate);
    get  "/picture/alerts" => picture::alerts, Allowed(Action::ViewPicture);
    post "/picture/alerts" => picture::set_rule, Allowed(Action::SetRule);
    get  "/picture/candidates" => picture::candidates, Allowed(Action::ViewPicture);
    get  "/picture/candidates/{candidate}" => picture::candidate, Allowed(Action::ViewCandidate);
    post "/picture/candidates/{candidate}" => picture::decide, Allowed(Action::DecideCandidate);
    get  "/picture/watches" => picture::watches, Allowed(Action::KeepWatch);
    post "/picture/watches" => picture::keep_watch, Allowed(Action::KeepWatch);
    post "/picture/watches/{watch}/end" => picture::end_watch, Allowed(Action::KeepWatch);
    get  "/snapshots" => picture::snapshots, Allowed(Action::ListSnapshots);
    get  "/snapshots/new" => picture::new_snapshot, Allowed(Action::MakeSnapshot);
    post "/snapshots" => picture::make, Allowed(Action::MakeSnapshot);
    get  "/snapshots/{snapshot}" => picture::snapshot, Allowed(Action::ViewSnapshot);
    get  "/shared" => shared::list, Allowed(Action::ListShares);
    get  "/shared/{share}" => shared::show, Allowed(Action::ViewShare);
    post "/shared/{share}" => shared::acknowledge, Allowed(Action::ViewShare);

    get  "/checks" => check::list, Allowed(Action::ListChecks);
    get  "/checks/{check}" => check::show, Allowed(Action::ViewCheck);
    post "/checks/{check}" => check::answer, Allowed(Action::AnswerCheck);

    get  "/differences" => differences::intro, Anybody;
    get  "/differences/ask/{question}" => differences::ask, Anybody;
    get  "/differences/result" => differences::result, Anybody;
    post "/differences/result" => differences::result_with_words, Anybody;
    post "/differences/concern" => differences::to_concern, Allowed(Action::SaveDraft);
    post "/differences/screening" => differences::to_screening, Allowed(Action::SaveScreening);

    get  "/screen" => screen::parts, Allowed(Action::SaveScreening);
    get  "/screen/check" => screen::check, Allowed(Action::SaveScreening);
    post "/screen/send" => screen::send, Allowed(Action::SubmitScreening);
    get  "/screen/sent" => screen::sent, Allowed(Action::SubmitScreening);
    get  "/screen/resume" => screen::resume, Anybody;
    post "/screen/resume" => screen::open_resumed, Allowed(Action::SaveScreening);
    post "/screen/delete" => screen::delete, Allowed(Action::SaveScreening);
    get  "/screen/link/{token}" => screen::landing, Allowed(Action::SaveScreening);
    post "/screen/link/{token}" => screen::begin_by_link, Allowed(Action::SaveScreening);
    get  "/screen/{step}" => screen::step, Allowed(Action::SaveScreening);
    post "/screen/{step}" => screen::save_step, Allowed(Action::SaveScreening);

    get  "/screenings" => screening::list, Allowed(Action::ListScreenings);
    get  "/screenings/start" => screening::start_form, Allowed(Action::ListScreenings);
    post "/screenings/start" => screening::start, Allowed(Action::ListScreenings);
    get  "/screenings/links" => screening::links, Allowed(Action::OfferScreening);
    post "/screenings/links" => screening::make_link, Allowed(Action::OfferScreening);
    post "/screenings/links/{link}/end" => screening::end_link, Allowed(Action::OfferScreening);
    get  "/screenings/{screening}" => screening::show, Allowed(Action::ViewScreening);
    get  "/screenings/{screening}/compare" => screening::compare, Allowed(Action::ViewScreening);
    post "/screenings/{screening}/level" => screening::level, Allowed(Action::DecideScreening);
    post "/screenings/{screening}/agree" => screening::agree, Allowed(Action::DecideScreening);
    post "/screenings/{screening}/pass-on" => screening::pass_on, Allowed(Action::DecideScreening);

    get  "/panel" => panel::list, Allowed(Action::ListPanel);
    get  "/panel/{concern}" => panel::one, Allowed(Action::ViewPanel);
    post "/panel/{concern}" => panel::decide, Allowed(Action::DecidePanel);

    get  "/instruments" => instrument::list, Allowed(Action::EditInstrument);
    post "/instruments" => instrument::begin, Allowed(Action::EditInstrument);
    get  "/instruments/{instrument}" => instrument::show_one, Allowed(Action::EditInstrument);
    post "/instruments/{instrument}" => instrument::save, Allowed(Action::EditInstrument);
    get  "/instruments/{instrument}/text" => instrument::text, Allowed(Action::EditInstrument);
    get  "/instruments/{instrument}/cases" => instrument::cases, Allowed(Action::EditInstrument);
    get  "/instruments/{instrument}/compare" => instrument::compare, Allowed(Action::EditInstrument);
    get  "/instruments/{instrument}/parts/{part}" => instrument::part, Allowed(Action::EditInstrument);
    get  "/instruments/{instrument}/parts/{part}/{entry}" => instrument::entry, Allowed(Action::EditInstrument);
    post "/instruments/{instrument}/parts/{part}/{entry}" => instrument::keep, Allowed(Action::EditInstrument);
    get  "/instruments/{instrument}/preview" => instrument::preview, Allowed(Action::EditInstrument);
    get  "/instruments/{instrument}/preview/{step}" => instrument::preview_step, Allowed(Action::EditInstrument);
    post "/instruments/{instrument}/send" => instrument::send, Allowed(Action::EditInstrument);
    post "/instruments/{instrument}/verdict" => instrument::verdict_on, Allowed(Action::ApproveInstrument);

    get  "/guidance" => guidance::home, Anybody;
    get  "/guidance/search" => guidance::search, Anybody;
    get  "/guidance/contacts" => guidance::lists::contacts, Anybody;
    get  "/guidance/resources" => guidance::lists::resources, Anybody;
    get  "/guidance/services" => guidance::lists::services, Anybody;
    get  "/guidance/words" => guidance::lists::words, Anybody;
    get  "/guidance/changes" => guidance::changes, Allowed(Action::ViewChanges);
    post "/guidance/changes" => guidance::seen, Allowed(Action::ViewChanges);
    get  "/guidance/subscribe" => guidance::follow::ask, Allowed(Action::FollowTopic);
    post "/guidance/subscribe" => guidance::follow::asked, Allowed(Action::FollowTopic);
    get  "/guidance/confirm/{token}" => guidance::follow::confirm, Allowed(Action::FollowTopic);
    post "/guidance/confirm/{token}" => guidance::follow::confirmed, Allowed(Action::FollowTopic);
    get  "/guidance/unsubscribe/{token}" => guidance::follow::end, Allowed(Action::FollowTopic);
    post "/guidance/unsubscribe/{token}" => guidance::follow::ended, Allowed(Action::FollowTopic);
    get  "/guidance/{section}" => guidance::section, Anybody;
    get  "/guidance/{section}/{slug}" => guidance::page, Anybody;
    get  "/policies" => policies::list, Allowed(Action::ReadPolicy);
    get  "/policies/{section}/{slug}" => policies::receipts, Allowed(Action::ViewReceipts);
    post "/policies/{section}/{slug}/read" => policies::confirm, Allowed(Action::ReadPolicy);
    post "/policies/{section}/{slug}/remind" => policies::remind, Allowed(Action::RemindReaders);
    get  "/editor" => editor::home, Allowed(Action::EditGuidance);
    post "/editor/new" => editor::new, Allowed(Action::EditGuidance);
    get  "/editor/page" => editor::edit, Allowed(Action::EditGuidance);
    post "/editor/page" => editor::save, Allowed(Action::EditGuidance);
    get  "/editor/list" => editor::edit_list, Allowed(Action::EditGuidance);
    post "/editor/list" => editor::save_list, Allowed(Action::EditGuidance);
    get  "/editor/history" => editor::history, Allowed(Action::EditGuidance);
    get  "/editor/compare" => editor::version::compare_two, Allowed(Action::EditGuidance);
    get  "/editor/version/{version}" => editor::version::show_one, Allowed(Action::ViewGuidance);
    post "/editor/version/{version}/send" => editor::version::send, Allowed(Action::EditGuidance);
    post "/editor/version/{version}/publish" => editor::version::decide, Allowed(Action::ApproveGuidance);

    get  "/notices" => notice::list, Allowed(Action::ReadNotices);

    get  "/sign-in" => session::form, Anybody;
    post "/sign-in" => session::sign_in, Allowed(Action::SignIn);
    get  "/sign-in-as" => session::choose, DemoOnly;
    post "/sign-in-as" => session::sign_in_as, DemoOnly;
    post "/sign-out" => session::sign_out, Allowed(Action::SignOut);
    post "/sign-out-everywhere" => session::sign_out_everywhere, Allowed(Action::SignOut);
    get  "/invitation/{token}" => session::enrol, Allowed(Action::SetCredentials);
    post "/invitation/{token}" => session::set_credentials, Allowed(Action::SetCredentials);
    get  "/set-up/{token}" => session::set_up_form, Allowed(Action::SetUp);
    post "/set-up/{token}" => session::set_up, Allowed(Action::SetUp);

    get  "/admin" => admin::home, Allowed(Action::ManageUsers);
    get  "/admin/agencies" => admin::agencies, Allowed(Action::ManageAgencies);
    post "/admin/agencies" => admin::add_agency, Allowed(Action::ManageAgencies);
    post "/admin/agencies/{agency}/access" => admin::agency_access, Allowed(Action::ManageAgencies);
    get  "/admin/people" => admin::people, Allowed(Action::ManageUsers);
    post "/admin/people" => admin::invite, Allowed(Action::ManageUsers);
    get  "/admin/people/{person}" => admin::person, Allowed(Action::ManageUsers);
    post "/admin/people/{person}" => admin::change_person, Allowed(Action::ManageUsers);
    post "/admin/people/{person}/link" => admin::new_link, Allowed(Action::ManageUsers);
    post "/admin/people/{person}/sessions" => admin::end_sessions, Allowed(Action::ManageUsers);
    get  "/admin/contacts" => admin::contacts, Allowed(Action::ChangeSettings);
    post "/admin/contacts" => admin::change_contacts, Allowed(Action::ChangeSettings);
    get  "/audit" => audit::page, Allowed(Action::ViewAudit);

    get  "/api/openapi.json" => api::openapi, Anybody;
    post "/api/session" => api::sign_in, Allowed(Action::SignIn);
    post "/api/concerns" => api::submit, Allowed(Action::SubmitConcern);
    get  "/api/concerns" => api::own_concerns, Allowed(Action::ListOwnConcerns);
    get  "/api/concerns/{concern}" => api::follow, Allowed(Action::FollowConcern);
    post "/api/concerns/{concern}/add" => api::triage::add, Allowed(Action::AddToConcern);
    post "/api/concerns/{concern}/challenge" => api::triage::challenge, Allowed(Action::ChallengeOutcome);
    get  "/api/queue" => api::queue, Allowed(Action::ListQueue);
    get  "/api/queue/{concern}" => api::triage::show, Allowed(Action::ViewConcern);
    post "/api/queue/{concern}/urgency" => api::triage::urgency, Allowed(Action::TriageConcern);
    post "/api/queue/{concern}/routes" => api::triage::routes, Allowed(Action::TriageConcern);
    post "/api/queue/{concern}/sharing" => api::triage::sharing, Allowed(Action::TriageConcern);
    post "/api/queue/{concern}/entry" => api::triage::entry, Allowed(Action::TriageConcern);
    post "/api/queue/{concern}/checks" => api::triage::ask, Allowed(Action::TriageConcern);
    post "/api/queue/{concern}/decision" => api::triage::decision, Allowed(Action::TriageConcern);
    post "/api/queue/{concern}/clock" => api::triage::clock, Allowed(Action::TriageConcern);
    post "/api/queue/{concern}/challenge" => api::triage::answer, Allowed(Action::AnswerChallenge);
    post "/api/queue/{concern}/link" => api::triage::link, Allowed(Action::TriageConcern);
    post "/api/queue/{concern}/new-child" => api::triage::new_child, Allowed(Action::CreateChild);
    get  "/api/checks" => api::triage::checks, Allowed(Action::ListChecks);
    post "/api/checks/{check}" => api::triage::answer_check, Allowed(Action::AnswerCheck);
    get  "/api/children" => api::search_children, Allowed(Action::SearchChildren);
    get  "/api/children/{child}" => api::child, Allowed(Action::ViewChild);
}
