//! The program looks at what people watch, and tells them that there is something; never what.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use tessera_core::{
    ids::UserId,
    time::{SignedDuration, Timestamp},
    user::{Role, Standing, User},
};
use tessera_policy::{Actor, rules::admin::RunJob};
use tessera_store::{
    explore::{
        snapshot,
        watch::{self, Watch},
        whole,
    },
    job,
    mail::{self, Letter},
    notice,
    report::list::Reader,
    user,
};

use crate::{App, AppError, explore::watch::found, report::Network};

/// Whether its owner is to be told now.
fn is_due(watch: &Watch, now: Timestamp) -> bool {
    let hours = match watch.cadence.as_str() {
        "soon" => 0,
        "daily" => 24,
        "weekly" => 24 * 7,
        _ => return false,
    };
    let last = watch.told_at.unwrap_or(watch.made_at);
    watch.waiting && last + SignedDuration::from_hours(hours) <= now
}

/// How the person reads reports now, if they may at all.
fn reader(person: &User, now: Timestamp) -> Option<Reader> {
    let police = person.roles.contains(&Role::PoliceIntelligence);
    let hub = [Role::HubOfficer, Role::HubManager].iter().any(|r| person.roles.contains(r));
    let may = person.standing == Standing::Active && (police || hub);
    may.then_some(Reader { user: person.id, police, now })
}

impl App {
    /// Looks at every watch whose reports may have changed, and tells whom it is time to tell; how
    /// many people.
    pub async fn look_at_watches(&self) -> Result<usize, AppError> {
        let now = self.db.now();
        let mut read = self.db.read().await?;
        let state = whole::state(&mut read.conn()).await?;
        let mut watches = watch::standing(&mut read.conn(), self.db.keys()).await?;
        drop(read);
        watches.retain(|watch| watch.looked != state || is_due(watch, now));
        if watches.is_empty() {
            return Ok(0);
        }
        let actor = Actor::system("look at what people watch");
        let permit = self.ask::<RunJob>(&actor, vec![]).await?;
        let rule = self.rule().await?;
        let mut read = self.db.read().await?;
        let people: BTreeMap<UserId, User> =
            user::all(&mut read.conn(), now).await?.into_iter().map(|u| (u.id, u)).collect();
        let mut pictures: BTreeMap<UserId, Network> = BTreeMap::new();
        let (mut looked, mut tell) = (Vec::new(), BTreeMap::<UserId, Vec<Watch>>::new());
        for mut watch in watches {
            let Some(person) = people.get(&watch.user) else { continue };
            // Whoever may look no longer is told nothing.
            let Some(reader) = reader(person, now) else { continue };
            if watch.looked != state {
                let network = match pictures.entry(watch.user) {
                    Entry::Occupied(kept) => kept.into_mut(),
                    Entry::Vacant(free) => {
                        free.insert(self.whole_of(&mut read.conn(), reader).await?)
                    }
                };
                let seen: BTreeSet<i64> = watch.watched.seen.iter().copied().collect();
                let now_there = found(&watch, network, rule);
                let fresh: BTreeSet<i64> = now_there.difference(&seen).copied().collect();
                let by_others = |piece: &&crate::report::Piece| {
                    fresh.contains(&piece.number)
                        && piece.agency.as_deref() != Some(person.agency_name.as_str())
                };
                let news = if watch.kind == "thing" {
                    network.pieces.iter().any(|piece| by_others(&piece))
                } else {
                    !fresh.is_empty()
                };
                watch.watched.seen = seen.union(&now_there).copied().collect();
                watch.looked.clone_from(&state);
                watch.waiting |= news;
                looked.push(watch.clone());
            }
            if is_due(&watch, now) {
                tell.entry(watch.user).or_default().push(watch);
            }
        }
        drop(read);
        let told = tell.len();
        let letters: Vec<Letter> =
            tell.keys().filter_map(|id| self.news(people.get(id)?)).collect();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("looked", looked.len().to_string());
                    tx.note("told", tell.len().to_string());
                    for watch in &looked {
                        watch::looked(tx, watch).await?;
                    }
                    for (person, watches) in &tell {
                        let words = "There is something new in what you watch";
                        notice::insert(tx, *person, words, Some("/picture/watches")).await?;
                        for watch in watches {
                            watch::told(tx, watch.id).await?;
                        }
                    }
                    let now = tx.now();
                    for letter in &letters {
                        let letter = mail::write(tx, letter, "watch").await?;
                        job::enqueue(tx, crate::mail::SEND, Some(letter.0), now).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        Ok(told)
    }

    /// A letter that says nothing but that there is something.
    fn news(&self, person: &User) -> Option<Letter> {
        let post = self.mail.get()?;
        Some(Letter {
            to: person.email.clone(),
            subject: "Something waits for you in Tessera".into(),
            text: format!(
                "There is something new in what you watch. Sign in to see it:\n{}\n\n\
                 How often you are told is your choice on that page.\n",
                post.address("/picture/watches")
            ),
            unsubscribe: None,
        })
    }

    /// Erases what snapshots showed whose time has run out; how many.
    pub async fn erase_snapshots(&self) -> Result<u64, AppError> {
        let actor = Actor::system("erase snapshots whose time is up");
        let permit = self.may::<RunJob>(&actor, tessera_policy::Resource::None).await?;
        self.db
            .write(permit.authority(), |tx| {
                Box::pin(async move {
                    let erased = snapshot::erase(tx).await?;
                    tx.note("erased", erased.to_string());
                    Ok(erased)
                })
            })
            .await
    }
}
