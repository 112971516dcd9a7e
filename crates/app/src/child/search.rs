//! Finding a child: names as heard, nicknames, one slip, how it sounds, part of a date of birth, an
//! NHS number. Every answer says why it is one; the order ranks answers, not children.

use std::collections::BTreeMap;

use serde::Deserialize;
use tessera_core::{
    child::Field,
    errors::FieldErrors,
    ids::{ChildId, UserId},
    partial_date::{PartialDate, RawDate},
    reference::Reference,
    time::Timestamp,
};
use tessera_linkage::{
    normalise::{date, name, nhs_number},
    person::{NameKind, PersonName, PersonQuery, PersonRecord, keys_for_token, score},
};
use tessera_policy::{Actor, Refusal, rules::child::SearchChildren};
use tessera_store::{
    Conn,
    child::{file, find},
};

use crate::{App, AppError};

/// Candidates looked at closely, at most.
const CLOSE: usize = 80;
/// Answers shown, at most.
const SHOWN: usize = 20;
/// An answer shows when its reasons add up to at least this many bits: one slip in a single word is
/// enough, one common key alone is not.
const SHOW_FROM: f64 = 1.0;

/// What is looked for, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawSearch {
    /// A name, in any order, as heard.
    pub name: String,
    /// Date of birth, day.
    pub born_day: String,
    /// Month.
    pub born_month: String,
    /// Year.
    pub born_year: String,
    /// NHS number.
    pub nhs_number: String,
}

impl RawSearch {
    /// The boxes of the date of birth.
    #[must_use]
    pub fn born(&self) -> RawDate {
        RawDate {
            day: self.born_day.clone(),
            month: self.born_month.clone(),
            year: self.born_year.clone(),
            approximate: false,
        }
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let boxes =
            [&self.name, &self.born_day, &self.born_month, &self.born_year, &self.nhs_number];
        boxes.iter().all(|text| text.trim().is_empty())
    }
}

/// One answer.
#[derive(Debug, Clone)]
pub struct Found {
    /// The file.
    pub id: ChildId,
    /// Its reference.
    pub reference: Reference,
    /// The name held.
    pub name: String,
    /// The date of birth held.
    pub born: Option<PartialDate>,
    /// Why it is an answer, or speaks against it, in words.
    pub reasons: Vec<String>,
    /// The sum that ranks answers to this one search.
    pub weight: f64,
    pub(super) may_know: bool,
}

impl App {
    /// Searches. What the searcher may not know is in neither the answers nor their number.
    pub async fn search_children(
        &self,
        actor: &Actor,
        raw: &RawSearch,
    ) -> Result<Vec<Found>, AppError> {
        let words = name::words(&raw.name).len().to_string();
        self.ask::<SearchChildren>(actor, vec![("words", words)]).await?;
        let query = read_query(raw)?;
        let reader = actor.user().ok_or(Refusal::Refused)?;
        let mut found = self.find_children(Some(reader), &query).await?;
        found.retain(|answer| answer.may_know);
        found.truncate(SHOWN);
        Ok(found)
    }

    /// Every answer, also those the reader may not know: only for the steward's comparison.
    pub(super) async fn find_children(
        &self,
        reader: Option<UserId>,
        query: &PersonQuery,
    ) -> Result<Vec<Found>, AppError> {
        let mut read = self.db.read().await?;
        let mut conn = read.conn();
        let now = self.db.now();
        let mut found = Vec::new();
        for candidate in candidates(&mut conn, reader, query, now).await? {
            let facts = file::facts(&mut conn, candidate.id, now).await?;
            let (record, shown_name) = record(&facts);
            let matched = score(query, &record);
            if matched.weight < SHOW_FROM {
                continue;
            }
            found.push(Found {
                id: candidate.id,
                reference: candidate.reference,
                name: shown_name,
                born: latest(&facts, Field::Born).and_then(|text| text.parse().ok()),
                reasons: matched.rows.into_iter().map(|row| row.words).collect(),
                weight: matched.weight,
                may_know: candidate.may_know,
            });
        }
        found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.id.cmp(&b.id)));
        Ok(found)
    }
}

fn read_query(raw: &RawSearch) -> Result<PersonQuery, AppError> {
    let mut e = FieldErrors::default();
    let born = raw.born().read(&mut e, "born");
    if raw.name.trim().is_empty() && raw.nhs_number.trim().is_empty() {
        e.add("name", "Type a name, or part of one, or an NHS number");
    }
    let number = raw.nhs_number.trim();
    if !number.is_empty() && nhs_number::digits(number).is_err() {
        e.add("nhs_number", "An NHS number has digits only, for example 999 000 0018");
    }
    let query = query_of(&raw.name, None, born, Some(number));
    Ok(e.into_result(query)?)
}

/// A query from what is known of a child.
pub(super) fn query_of(
    name: &str,
    known_as: Option<&str>,
    born: Option<PartialDate>,
    number: Option<&str>,
) -> PersonQuery {
    let names = [Some(name), known_as].into_iter().flatten();
    PersonQuery {
        names: names.filter(|n| !n.trim().is_empty()).map(str::to_owned).collect(),
        date_of_birth: born.and_then(|born| date::parse(&String::from(born))),
        nhs_number: number.filter(|n| !n.is_empty()).map(str::to_owned),
    }
}

/// The files that keys of the query lead to, those that share most words first.
async fn candidates(
    conn: &mut Conn<'_>,
    reader: Option<UserId>,
    query: &PersonQuery,
    now: Timestamp,
) -> Result<Vec<find::Candidate>, AppError> {
    let mut hits: BTreeMap<ChildId, (usize, find::Candidate)> = BTreeMap::new();
    if let Some(number) = &query.nhs_number
        && let Ok(digits) = nhs_number::digits(number)
    {
        for candidate in find::children_of_number(conn, &digits, reader, now).await? {
            hits.insert(candidate.id, (100, candidate));
        }
    }
    for word in query.names.iter().flat_map(|text| name::words(text)) {
        let mut tokens = Vec::new();
        for key in keys_for_token(&word) {
            tokens.extend(find::tokens_of_key(conn, &key.code()).await?);
        }
        tokens.sort_unstable();
        tokens.dedup();
        let mut of_word: BTreeMap<ChildId, find::Candidate> = BTreeMap::new();
        for token in tokens {
            for candidate in find::children_of_token(conn, token, reader, now).await? {
                of_word.entry(candidate.id).or_insert(candidate);
            }
        }
        for (id, candidate) in of_word {
            hits.entry(id).or_insert((0, candidate)).0 += 1;
        }
    }
    let mut ranked: Vec<_> = hits.into_values().collect();
    ranked.sort_by_key(|(shared, candidate)| (std::cmp::Reverse(*shared), candidate.id));
    ranked.truncate(CLOSE);
    Ok(ranked.into_iter().map(|(_, candidate)| candidate).collect())
}

fn latest(facts: &[tessera_core::child::Fact], field: Field) -> Option<String> {
    let corrected = |id| facts.iter().any(|f| f.corrects == Some(id));
    let standing = facts.iter().rev().find(|f| f.field == field && !corrected(f.id));
    standing.map(|f| f.value.clone())
}

/// What the search compares: every name ever recorded, the standing date of birth and number.
fn record(facts: &[tessera_core::child::Fact]) -> (PersonRecord, String) {
    let names = facts
        .iter()
        .filter(|f| matches!(f.field, Field::Name | Field::KnownAs))
        .map(|f| PersonName {
            kind: if f.field == Field::Name { NameKind::Legal } else { NameKind::KnownAs },
            text: f.value.clone(),
        })
        .collect();
    let record = PersonRecord {
        names,
        date_of_birth: latest(facts, Field::Born).and_then(|text| date::parse(&text)),
        nhs_number: latest(facts, Field::NhsNumber),
    };
    (record, latest(facts, Field::Name).unwrap_or_default())
}
