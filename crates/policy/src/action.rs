//! Everything that can be done, by name. Names are fixed here and never come from input.

use std::fmt;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $words:literal;)+) => {
        /// An action, as asked of the rules and written to the audit log.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$doc])* $name,)+ }

        impl Action {
            /// Every action.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// As written to the log.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// In the past tense, as told to people: "opened the file".
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)+ }
            }
        }
    };
}

actions! {
    /// Keep or change a draft.
    SaveDraft = "draft.save", "saved a draft";
    /// Send a concern.
    SubmitConcern = "concern.submit", "sent a concern";
    /// Type in a concern that came by telephone, e-mail or paper.
    EnterConcern = "concern.enter", "entered a concern for someone";
    /// List the concerns one sent.
    ListOwnConcerns = "concern.list_own", "listed their own concerns";
    /// Follow a concern one sent.
    FollowConcern = "concern.follow", "followed up a concern they sent";
    /// Add to, correct, answer or take back a concern one sent.
    AddToConcern = "concern.add", "added to a concern they sent";
    /// Disagree with the outcome.
    ChallengeOutcome = "concern.challenge", "challenged an outcome";
    /// See the queue of the front door.
    ListQueue = "concern.queue", "opened the queue";
    /// Open a concern.
    ViewConcern = "concern.view", "opened a concern";
    /// Work on a concern: urgency, routes, sharing, checks, questions, notes, decision.
    TriageConcern = "concern.triage", "worked on a concern";
    /// See who sent a concern.
    ViewSource = "concern.source", "looked at who sent a concern";
    /// Answer a challenge.
    AnswerChallenge = "concern.answer_challenge", "answered a challenge";
    /// Search the words of concerns.
    SearchConcerns = "concern.search", "searched concerns";
    /// Search for a child.
    SearchChildren = "child.search", "searched for a child";
    /// Open a new file.
    CreateChild = "child.create", "opened a new file";
    /// Open a child's file.
    ViewChild = "child.view", "opened the file";
    /// Give the reason for opening a file outside one's own work.
    GiveReason = "child.reason", "gave a reason to open the file";
    /// Add to or correct a child's file.
    CorrectChild = "child.correct", "added to or corrected the file";
    /// Print a child's file.
    PrintChild = "child.print", "printed the file";
    /// See who looked at a file.
    ViewLookers = "child.lookers", "read who looked at the file";
    /// Name who may see a restricted file, and who may never.
    RestrictChild = "child.restrict", "changed who may see the file";
    /// Open a restricted file in an emergency.
    OverrideRestriction = "child.override", "opened a restricted file in an emergency";
    /// Review an emergency opening, or settle two files for one child.
    Steward = "child.steward", "reviewed restricted files";
    /// List the partner checks of one's agency.
    ListChecks = "check.list", "listed partner checks";
    /// Open a partner check.
    ViewCheck = "check.view", "opened a partner check";
    /// Answer a partner check.
    AnswerCheck = "check.answer", "answered a partner check";
    /// Keep or change the draft of a screening.
    SaveScreening = "screening.save", "saved a screening";
    /// Send a screening.
    SubmitScreening = "screening.submit", "sent a screening";
    /// Open a screening.
    ViewScreening = "screening.view", "opened a screening";
    /// Decide the level of a screening, or agree to a lower one.
    DecideScreening = "screening.decide", "decided the level of a screening";
    /// List screenings, and start one.
    ListScreenings = "screening.list", "listed screenings";
    /// Make a one-use link to a screening.
    OfferScreening = "screening.offer", "made a link to a screening";
    /// Write a version of a screening instrument.
    EditInstrument = "instrument.edit", "worked on a screening instrument";
    /// Approve a version that somebody else wrote.
    ApproveInstrument = "instrument.approve", "decided on a screening instrument";
    /// See the children put forward for the panel.
    ListPanel = "panel.list", "opened the panel's list";
    /// See why a child was put forward for the panel.
    ViewPanel = "panel.view", "looked at a child put forward for the panel";
    /// Decide whether the panel takes a child.
    DecidePanel = "panel.decide", "decided about a child put forward for the panel";
    /// Set up agencies.
    ManageAgencies = "agency.manage", "worked on agencies";
    /// Set up people.
    ManageUsers = "user.manage", "worked on people and roles";
    /// Change contact numbers and the like.
    ChangeSettings = "setting.change", "changed settings";
    /// Read the audit log.
    ViewAudit = "audit.view", "read the audit log";
    /// Sign in.
    SignIn = "session.sign_in", "signed in";
    /// Sign out.
    SignOut = "session.sign_out", "signed out";
    /// Choose a password and second factor.
    SetCredentials = "session.credentials", "set a password and second factor";
    /// Read one's notices.
    ReadNotices = "notice.read", "read their notices";
    /// Write guidance and send it for approval.
    EditGuidance = "guidance.edit", "worked on guidance";
    /// Read a version of guidance that is not in force.
    ViewGuidance = "guidance.view", "read a version of guidance that is not in force";
    /// Publish guidance that somebody else wrote, or give it back.
    ApproveGuidance = "guidance.approve", "decided about a version of guidance";
    /// See what of the guidance changed.
    ViewChanges = "guidance.changes", "looked at what changed in the guidance";
    /// Ask to be told by e-mail when guidance changes, or no longer.
    FollowTopic = "guidance.follow", "changed whether they are told of new guidance";
    /// Confirm that one has read a policy.
    ReadPolicy = "policy.read", "confirmed that they read a policy";
    /// See who has read policies.
    ViewReceipts = "policy.receipts", "looked at who has read policies";
    /// Remind those who have not read a policy.
    RemindReaders = "policy.remind", "reminded people to read a policy";
    /// A job of the program.
    RunJob = "system.job", "ran a job of the program";
    /// Bring in a file.
    ImportConcerns = "concern.import", "imported concerns";
    /// Read, try and propose changes to the lexicon.
    EditLexicon = "lexicon.edit", "worked on the lexicon";
    /// Publish a proposed change to the lexicon, or turn it down.
    SettleLexicon = "lexicon.settle", "settled a change to the lexicon";
    /// See how often teams use listed words.
    ViewLanguageTrend = "language.trend", "opened the trend of listed words";
    /// Set up an empty partnership.
    SetUp = "system.set_up", "set up the partnership";
    /// Send an intelligence report.
    SubmitReport = "report.submit", "sent an intelligence report";
    /// List the intelligence reports one sent.
    ListOwnReports = "report.list_own", "listed their own intelligence reports";
    /// Read what one sent, and where it stands.
    FollowReport = "report.follow", "followed up an intelligence report they sent";
    /// Add to an intelligence report one sent.
    AddToReport = "report.add", "added to an intelligence report they sent";
    /// See the intelligence desk.
    ListDesk = "report.desk", "opened the intelligence desk";
    /// Open an intelligence report.
    ViewReport = "report.view", "opened an intelligence report";
    /// Say whether two mentions are the same, or undo it.
    LinkReport = "report.link", "said whether two mentions are the same";
    /// Grade, put right, share, take back: the work of the desk on a report.
    WorkReport = "report.work", "worked on an intelligence report";
    /// Take the network of a report out of the program.
    ExportReport = "report.export", "took the network of an intelligence report out";
    /// Ask to know who sent an intelligence report.
    AskSource = "report.ask_source", "asked to know who sent an intelligence report";
    /// Answer somebody who asked to know.
    AnswerSource = "report.answer_source", "decided whether a source may be known";
    /// Read who sent an intelligence report.
    ViewReportSource = "report.source", "looked at who sent an intelligence report";
    /// Read what was shared with one.
    ViewShare = "share.view", "read intelligence that was shared with them";
    /// List what was shared with one.
    ListShares = "share.list", "listed intelligence that was shared with them";
    /// Say what the desk wants to know.
    WorkRequirement = "requirement.work", "worked on what the desk wants to know";
    /// Read how long senders of reports wait until they are told.
    ViewFeedback = "report.feedback", "looked at how long senders wait";
    /// List batches and begin one.
    ListBatches = "batch.list", "opened the list of imports";
    /// Open a batch.
    ViewBatch = "batch.view", "opened an import";
    /// Name the columns of a batch, bring it in, or drop it.
    WorkBatch = "batch.work", "worked on an import";
    /// Undo a batch.
    UndoBatch = "batch.undo", "undid an import";
    /// See the picture of everything that the desk holds.
    ViewPicture = "picture.view", "opened the picture of everything";
    /// See addresses on the map.
    ViewAddresses = "picture.addresses", "saw addresses on the map";
    /// Keep watches and searches of one's own.
    KeepWatch = "picture.watch", "worked on what they watch";
    /// Set the numbers of the rule.
    SetRule = "picture.rule", "set the numbers of the rule";
    /// Put a candidate for group-based exploitation to a named person.
    PutCandidate = "picture.put", "put a candidate to a named person";
    /// Read a candidate for group-based exploitation.
    ViewCandidate = "picture.candidate", "opened a candidate for a decision";
    /// Decide about a candidate for group-based exploitation.
    DecideCandidate = "picture.decide", "decided about a candidate";
    /// Make a snapshot for a meeting.
    MakeSnapshot = "snapshot.make", "made a snapshot for a meeting";
    /// List the snapshots that are for one.
    ListSnapshots = "snapshot.list", "listed snapshots for meetings";
    /// Read a snapshot for a meeting.
    ViewSnapshot = "snapshot.view", "opened a snapshot for a meeting";
}

impl Action {
    /// Read back from the log.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.id() == id)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
