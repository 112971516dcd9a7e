//! Routing: as many routes as apply, each with the reason.

use serde::Deserialize;
use tessera_core::{errors::FieldErrors, reference::Reference, user::Role};
use tessera_policy::{Actor, Refusal, rules::concern::TriageConcern};
use tessera_store::{concern::triage, notice, user};

use super::{reason, required_code};
use crate::{
    App, AppError,
    concern::{follow::told, submit::TO_POLICE},
    language::store_checked,
    report::from_concern,
};

/// Routes as chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawRoutes {
    /// The version of the page.
    pub version: i64,
    /// Codes of list `route`.
    pub routes: Vec<String>,
    /// Why.
    pub route_reason: String,
}

impl App {
    /// Takes further routes. A route once taken stays on record.
    pub async fn add_routes(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawRoutes,
    ) -> Result<(), AppError> {
        let (permit, concern_id) = self.may_concern::<TriageConcern>(actor, reference).await?;
        let mut e = FieldErrors::default();
        if raw.routes.is_empty() {
            e.add("routes", "Choose at least one route");
        }
        for route in &raw.routes {
            let wrong = "Choose from the list of routes";
            required_code(&mut e, &self.codes, "route", "routes", route, wrong);
        }
        let why = reason(&mut e, "route_reason", &raw.route_reason);
        let why = e.into_result(why)?;
        let police = raw.routes.iter().any(|route| TO_POLICE.contains(&route.as_str()));
        let tell = if police {
            let mut read = self.db.read().await?;
            user::with_role(&mut read.conn(), Role::PoliceIntelligence, self.db.now()).await?
        } else {
            Vec::new()
        };
        let checked = self.checked(actor, &[&why]).await?;
        let (routes, by) = (raw.routes.clone(), actor.name.clone());
        let (officer, officer_id) = (actor.clone(), actor.user().ok_or(Refusal::Refused)?);
        self.change_concern(&permit, concern_id, raw.version, move |tx, id| {
            Box::pin(async move {
                tx.note("routes", routes.join(" "));
                for route in &routes {
                    triage::add_route(tx, id, route, &why, &by).await?;
                }
                store_checked(checked.as_ref(), tx, "route", id).await?;
                if routes.iter().any(|route| route == "intelligence") {
                    from_concern::make(tx, id, &officer, officer_id).await?;
                }
                let reference = triage::reference(&mut tx.conn(), id).await?;
                for person in told(tx, id, tell).await? {
                    let words = format!("{reference} was passed to police");
                    let link = format!("/queue/{reference}");
                    notice::insert(tx, person, &words, Some(&link)).await?;
                }
                Ok(())
            })
        })
        .await
    }
}
