//! The partnership's contact points, kept in one place and shown on every page.

use tessera_core::{
    emergency::Contacts,
    errors::{FieldErrors, optional_text, required_text},
    time::SignedDuration,
};
use tessera_policy::{Actor, Resource, rules::admin::ChangeSettings};
use tessera_store::setting;

use crate::{App, AppError};

/// A change made on one server is seen by the others within this time.
const FRESH: SignedDuration = SignedDuration::from_secs(10);

impl App {
    /// The contact points; from memory while they are fresh.
    pub async fn contacts(&self) -> Result<Contacts, AppError> {
        let now = self.db.now();
        let kept = self.contacts.lock().ok().and_then(|kept| kept.clone());
        if let Some((at, contacts)) = kept
            && at + FRESH > now
        {
            return Ok(contacts);
        }
        let all = setting::all(&mut self.db.read().await?.conn()).await?;
        let standard = Contacts::not_yet_set();
        let get = |key: &str, or: String| all.get(key).cloned().unwrap_or(or);
        let contacts = Contacts {
            partnership: get("partnership", standard.partnership),
            hub: get("hub", standard.hub),
            hub_telephone: get("hub_telephone", standard.hub_telephone),
            hub_hours: get("hub_hours", standard.hub_hours),
            out_of_hours_telephone: get("out_of_hours_telephone", standard.out_of_hours_telephone),
            police_non_emergency: get("police_non_emergency", standard.police_non_emergency),
        };
        if let Ok(mut kept) = self.contacts.lock() {
            *kept = Some((now, contacts.clone()));
        }
        Ok(contacts)
    }

    /// Changes the contact points.
    pub async fn change_contacts(&self, actor: &Actor, new: Contacts) -> Result<(), AppError> {
        let permit = self.may::<ChangeSettings>(actor, Resource::None).await?;
        let new = check(&new)?;
        let by = actor.name.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    for (key, value) in rows(&new) {
                        setting::set(tx, key, value, &by).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        if let Ok(mut kept) = self.contacts.lock() {
            *kept = None;
        }
        Ok(())
    }
}

fn check(new: &Contacts) -> Result<Contacts, FieldErrors> {
    let mut e = FieldErrors::default();
    let mut line =
        |field: &str, value: &str| optional_text(&mut e, field, value, 200).unwrap_or_default();
    let checked = Contacts {
        hub_telephone: line("hub_telephone", &new.hub_telephone),
        hub_hours: line("hub_hours", &new.hub_hours),
        out_of_hours_telephone: line("out_of_hours_telephone", &new.out_of_hours_telephone),
        police_non_emergency: line("police_non_emergency", &new.police_non_emergency),
        partnership: required_text(
            &mut e,
            "partnership",
            &new.partnership,
            200,
            "Enter the partnership's name",
        ),
        hub: required_text(&mut e, "hub", &new.hub, 200, "Enter the name of the front door"),
    };
    e.into_result(checked)
}

/// The settings of the contact points.
#[must_use]
pub fn rows(contacts: &Contacts) -> [(&'static str, &str); 6] {
    [
        ("partnership", &contacts.partnership),
        ("hub", &contacts.hub),
        ("hub_telephone", &contacts.hub_telephone),
        ("hub_hours", &contacts.hub_hours),
        ("out_of_hours_telephone", &contacts.out_of_hours_telephone),
        ("police_non_emergency", &contacts.police_non_emergency),
    ]
}
