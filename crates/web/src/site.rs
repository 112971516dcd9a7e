//! What every handler has: the program, how it is reached, and who is asking.

use std::sync::Arc;

use tessera_app::person::Session;
use tessera_app::{App, AppError};
use tessera_core::{
    ids::UserId,
    messages::{self, SOURCE},
    t,
    user::Role,
};
use tessera_pages::layout::{Emergency, Layout, NavItem, PageLanguage, SignedIn};
use tessera_policy::Actor;

/// How this server is reached.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Everything shown is invented; a sign-in-as page stands in for the second factor. Only on
    /// loopback.
    pub demo: bool,
    /// The server is reached by https, through the trusted proxy that was named: cookies are bound
    /// to it.
    pub secure: bool,
}

/// The program and how it is reached.
pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) config: Config,
}

/// Who is asking, as the guard found out.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) actor: Actor,
    pub(crate) session: Option<Session>,
    pub(crate) token: Option<[u8; 32]>,
    /// Proves that a form came from our page: bound to the session, empty without one.
    pub(crate) csrf: String,
    /// The path asked for, to mark the current item of the navigation.
    pub(crate) path: String,
    /// The same page, or the one a form came from: where a change of language leads.
    pub(crate) here: String,
}

impl Visitor {
    pub(crate) fn user(&self) -> Option<UserId> {
        self.actor.user()
    }
}

impl Site {
    /// The common part of a page for this visitor.
    pub(crate) async fn layout(
        &self,
        visitor: &Visitor,
        title: impl Into<String>,
    ) -> Result<Layout, AppError> {
        let contacts = self.app.contacts().await?;
        let unread = self.app.unread_notices(&visitor.actor).await?;
        let signed_in = visitor.session.as_ref().map(|session| SignedIn {
            name: session.name.clone(),
            role: session.roles.iter().map(|r| r.label()).collect::<Vec<_>>().join(", "),
            agency: session.agency_name.clone(),
            nav: navigation(visitor, unread),
            account_href: "/notices".into(),
            sign_out_action: "/sign-out".into(),
        });
        let mut footer = vec![
            NavItem::new(t!("Guidance"), "/guidance"),
            NavItem::new(t!("Follow up what you told us"), "/follow"),
            NavItem::new(t!("Cookies and privacy"), "/privacy"),
            NavItem::new(t!("How matching works"), "/matching"),
            NavItem::new(t!("Accessibility"), "/accessibility"),
        ];
        if signed_in.is_none() {
            footer.push(NavItem::new(t!("Sign in"), "/sign-in"));
        }
        Ok(Layout {
            emergency: Emergency::from(&contacts),
            partnership: contacts.partnership,
            signed_in,
            demo: self.config.demo,
            csrf: visitor.csrf.clone(),
            footer,
            languages: self.languages(visitor),
            ..Layout::new(title)
        })
    }
}

impl Site {
    /// The languages of a page for somebody who is not signed in; the pages of work are in English.
    fn languages(&self, visitor: &Visitor) -> Vec<PageLanguage> {
        let others = self.app.languages();
        if visitor.session.is_some() || others.is_empty() {
            return Vec::new();
        }
        let now = messages::tag();
        let one = |tag: &str, name: &str, href: String| PageLanguage {
            tag: tag.to_owned(),
            name: name.to_owned(),
            href,
            current: now == tag,
        };
        let here = &visitor.here;
        let others = others.iter().map(|l| one(l.tag(), l.name(), format!("/{}{here}", l.tag())));
        std::iter::once(one(SOURCE, "English", here.clone())).chain(others).collect()
    }
}

/// The ways a person may use, and no others.
fn navigation(visitor: &Visitor, unread: i64) -> Vec<NavItem> {
    let actor = &visitor.actor;
    let mut ways = Vec::new();
    let mut add = |may: bool, text: &str, href: &str, count: Option<i64>| {
        if may {
            let current = visitor.path == href || visitor.path.starts_with(&format!("{href}/"));
            let count = count.and_then(|n| usize::try_from(n).ok());
            ways.push(NavItem { current, count, ..NavItem::new(text, href) });
        }
    };
    let hub = actor.is_hub();
    add(actor.works_with_children(), "Tell us", "/tell", None);
    add(hub, "Queue", "/queue", None);
    add(actor.works_with_children(), "My concerns", "/concerns", None);
    add(actor.works_with_children(), "Screenings", "/screenings", None);
    add(actor.works_with_children(), "Information", "/reports", None);
    let police = actor.is(Role::PoliceIntelligence);
    add(hub || police, "Intelligence desk", "/desk", None);
    add(hub || police, "Picture", "/picture", None);
    add(hub || actor.is(Role::SocialWorker), "Children", "/children", None);
    add(hub, "Search", "/search", None);
    add(hub, "Panel", "/panel", None);
    add(actor.is(Role::AgencyLead), "Partner checks", "/checks", None);
    let lexicon = actor.is(Role::AgencyLead) || actor.is(Role::HubManager);
    add(lexicon, "Words", "/lexicon", None);
    add(actor.is(Role::HubManager), "Steward", "/steward", None);
    add(true, "Guidance", "/guidance", None);
    add(actor.is(Role::Editor), "Editing", "/editor", None);
    add(actor.is(Role::Administrator), "Administration", "/admin", None);
    add(actor.is(Role::Auditor), "Audit log", "/audit", None);
    add(true, "Notices", "/notices", Some(unread));
    ways
}
