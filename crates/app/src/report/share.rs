//! Sanitised versions, and sharing them with named people under the report's conditions.

use serde::Deserialize;
use tessera_core::{
    errors::{FieldErrors, required_text},
    ids::{ShareId, UserId},
    reference::Reference,
    report::LONG,
};
use tessera_policy::{
    Actor, Refusal,
    rules::report::{ListShares, WorkReport},
};
use tessera_store::{
    notice,
    report::{
        desk, read, rights,
        share::{self, Share, Terms},
    },
    user,
};

use crate::{App, AppError, language::store_checked};

/// A sanitised version as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawSanitised {
    /// The version of the page.
    pub version: i64,
    /// What others may read.
    pub sanitised: String,
}

/// Sharing as chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawShare {
    /// The version of the page.
    pub version: i64,
    /// The person.
    pub person: String,
    /// Why this person must know.
    pub purpose: String,
    /// `yes` when the originator was asked, as condition S2 demands.
    pub consulted: String,
}

/// A word of two versions beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// In both.
    Kept(String),
    /// Only in the original.
    Removed(String),
    /// Only in the sanitised version.
    Added(String),
}

impl App {
    /// Keeps what others may read, as a record of its own beside the report.
    pub async fn sanitise_report(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawSanitised,
    ) -> Result<(), AppError> {
        let (permit, id) = self.may_report::<WorkReport>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let missing = "Write what others may read";
        let words = required_text(&mut e, "sanitised", &raw.sanitised, LONG, missing);
        let words = e.into_result(words)?;
        let checked = self.checked(actor, &[&words]).await?;
        let (version, by) = (raw.version, actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    desk::touch(tx, id, version).await?;
                    store_checked(checked.as_ref(), tx, "sanitised", id).await?;
                    Ok::<_, AppError>(share::sanitise(tx, id, &words, &by).await?)
                })
            })
            .await
    }

    /// Shares the newest sanitised version with a named person. What the grade, its conditions or an
    /// overdue review forbid is refused with the reason.
    pub async fn share_report(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawShare,
    ) -> Result<(), AppError> {
        let (permit, id) = self.may_report::<WorkReport>(actor, reference).await?;
        let (keys, now) = (self.db.keys(), self.db.now());
        let mut e = FieldErrors::default();
        let missing = "Say why this person must know";
        let purpose = required_text(&mut e, "purpose", &raw.purpose, LONG, missing);
        let mut read = self.db.read().await?;
        let piece = read::piece(&mut read.conn(), keys, id).await?;
        let versions = share::sanitised(&mut read.conn(), keys, id).await?;
        let person = match raw.person.parse::<UserId>() {
            Ok(person) => user::by_id(&mut read.conn(), person, now).await?,
            Err(_) => None,
        };
        let works = person.as_ref().is_some_and(|user| !user.roles.is_empty());
        let excluded = match &person {
            Some(user) => rights::is_excluded(&mut read.conn(), id, user.id, now).await?,
            None => false,
        };
        drop(read);
        // Someone who must not see a child in it looks like anybody else who cannot be chosen.
        if !works || excluded {
            e.add("person", "Choose a person who may be told");
        }
        let handling = piece.handling.clone().unwrap_or_default();
        let refused = if piece.retracted_at.is_some() {
            Some("This report was taken back")
        } else if handling.is_empty() {
            Some("Grade the report first")
        } else if piece.intelligence_grade.as_deref() == Some("E") {
            Some("A report suspected to be false is not shared")
        } else if piece.review_at.is_some_and(|at| at < now) {
            Some("Its review is overdue: grade it anew first")
        } else if versions.is_empty() {
            Some("Write a sanitised version first")
        } else {
            None
        };
        if let Some(why) = refused {
            e.add("person", why);
        }
        if handling.contains("S2") && raw.consulted != "yes" {
            e.add("consulted", "Condition S2: ask the originator first, and say that you did");
        }
        let purpose = e.into_result(purpose)?;
        let (person, version) =
            (person.ok_or(Refusal::Absent)?, versions.last().ok_or(Refusal::Absent)?.id);
        let leaving = versions.last().map_or("", |version| version.words.as_str());
        let checked = self.checked(actor, &[&purpose, leaving]).await?;
        let terms = Terms { purpose, grade: piece.grade().unwrap_or_default() };
        let (seen, by, with) = (raw.version, actor.name.clone(), person.id);
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    desk::touch(tx, id, seen).await?;
                    store_checked(checked.as_ref(), tx, "share", id).await?;
                    let share = share::share(tx, id, version, with, &terms, &by).await?;
                    tx.note("share", share.to_string());
                    tx.note("with", with.to_string());
                    let news = "The intelligence desk shared something with you";
                    let link = format!("/shared/{share}");
                    Ok::<_, AppError>(notice::insert(tx, with, news, Some(&link)).await?)
                })
            })
            .await
    }

    /// What was shared with somebody.
    pub async fn shares(&self, actor: &Actor) -> Result<Vec<Share>, AppError> {
        self.ask::<ListShares>(actor, vec![]).await?;
        let user = actor.user().ok_or(Refusal::Refused)?;
        let mut read = self.db.read().await?;
        Ok(share::of_user(&mut read.conn(), self.db.keys(), user).await?)
    }

    /// One thing that was shared.
    pub async fn view_share(&self, actor: &Actor, id: ShareId) -> Result<Share, AppError> {
        self.open_share(actor, id).await?;
        let mut read = self.db.read().await?;
        Ok(share::by_id(&mut read.conn(), self.db.keys(), id).await?)
    }

    /// Says that one has read what was shared.
    pub async fn acknowledge_share(&self, actor: &Actor, id: ShareId) -> Result<(), AppError> {
        let permit = self.open_share(actor, id).await?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("acknowledged", "yes");
                    Ok::<_, AppError>(share::acknowledge(tx, id).await?)
                })
            })
            .await
    }
}

/// Two texts word by word: the longest common run of words is kept.
#[must_use]
pub fn diff(original: &str, sanitised: &str) -> Vec<Word> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (original.split_whitespace().collect(), sanitised.split_whitespace().collect());
    // Lengths of the longest common sequence from each place to the end.
    let mut table = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    let at = |table: &Vec<Vec<usize>>, i: usize, j: usize| {
        table.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0)
    };
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let best = if a == b {
                at(&table, i + 1, j + 1) + 1
            } else {
                at(&table, i + 1, j).max(at(&table, i, j + 1))
            };
            if let Some(cell) = table.get_mut(i).and_then(|row| row.get_mut(j)) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j, mut words) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        match (old.get(i), new.get(j)) {
            (Some(a), Some(b)) if a == b => {
                words.push(Word::Kept((*a).to_owned()));
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), b) if b.is_none() || at(&table, i + 1, j) >= at(&table, i, j + 1) => {
                words.push(Word::Removed((*a).to_owned()));
                i += 1;
            }
            (_, Some(b)) => {
                words.push(Word::Added((*b).to_owned()));
                j += 1;
            }
            (_, None) => break,
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_gives_both_versions_back() {
        let (old, new) = ("her mother told me that Dev waits", "it was told that Dev waits there");
        let words = diff(old, new);
        let side = |keep: fn(&Word) -> Option<&String>| {
            words.iter().filter_map(keep).cloned().collect::<Vec<_>>().join(" ")
        };
        let original = side(|w| match w {
            Word::Kept(t) | Word::Removed(t) => Some(t),
            Word::Added(_) => None,
        });
        let sanitised = side(|w| match w {
            Word::Kept(t) | Word::Added(t) => Some(t),
            Word::Removed(_) => None,
        });
        assert_eq!((original.as_str(), sanitised.as_str()), (old, new));
        assert!(words.contains(&Word::Kept("Dev".into())));
    }
}
