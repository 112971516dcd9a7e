//! "Know the differences": one question a page, every answer changeable, without an account and
//! without a cookie. What was chosen stands in the address; words about a child never do.

mod page;

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Extension,
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use tessera_app::screening::{
    RawDifferences, Start,
    differences::{Aid, Answers, Weighed},
};
use tessera_core::{
    concern::{RawChild, RawConcern},
    reference::Code,
};

use crate::{
    cookies,
    error::WebError,
    form::Pairs,
    parts::{Answer, go, show},
    site::{Site, Visitor},
};

/// The question about age; it is no question of the aid, but decides the band.
pub(super) const AGE: &str = "age";
/// The question that the age answers.
const UNDER_13: &str = "Q02";
/// The question whether anyone is at risk now.
const DANGER: &str = "Q01";

/// What was chosen so far, by question, as it stands in the address.
pub(super) type Given = BTreeMap<String, String>;

/// The questions in their order: danger first, then the age, which answers whether the child is
/// under 13.
pub(super) fn order(aid: &Aid, given: &Given) -> Vec<String> {
    let mut ids = Vec::new();
    for question in &aid.file().questions {
        if question.id == UNDER_13 && age(given).is_some() {
            continue;
        }
        ids.push(question.id.clone());
        if question.id == DANGER {
            ids.push(AGE.to_owned());
        }
    }
    ids
}

fn age(given: &Given) -> Option<f64> {
    given.get(AGE)?.trim().parse().ok().filter(|age| (0.0..=130.0).contains(age))
}

/// Keeps what is an answer, and lets the rest be.
fn read(aid: &Aid, given: Given) -> Given {
    let fits = |id: &str, answer: &str| {
        id == AGE
            || aid.question(id).is_some_and(|question| {
                !question.free_text && question.answers.iter().any(|one| one.id == answer)
            })
    };
    let mut given: Given = given.into_iter().filter(|(id, answer)| fits(id, answer)).collect();
    if age(&given).is_none() {
        given.remove(AGE);
    }
    given
}

/// The answers as the engine takes them; the age answers whether the child is under 13.
fn answers(given: &Given, words: &str, aid: &Aid) -> Answers {
    let age_years = age(given);
    let mut all: BTreeMap<String, String> =
        given.iter().filter(|(id, _)| *id != AGE).map(|(k, v)| (k.clone(), v.clone())).collect();
    if let Some(age) = age_years {
        all.insert(UNDER_13.into(), if age < 13.0 { "yes".into() } else { "no".into() });
    }
    if let Some(question) = aid.file().questions.iter().find(|question| question.free_text)
        && !words.trim().is_empty()
    {
        all.insert(question.id.clone(), words.trim().to_owned());
    }
    Answers { age_years, given: all }
}

fn weigh(site: &Site, given: &Given, words: &str) -> Result<Weighed, WebError> {
    let aid = &site.app.aid;
    aid.weigh(&answers(given, words, aid)).map_err(|_| WebError::BadRequest)
}

/// The chosen answers of a form.
fn chosen(pairs: &Pairs, aid: &Aid) -> Given {
    let ids = aid.file().questions.iter().map(|question| question.id.as_str()).chain([AGE]);
    let given = ids.filter(|id| pairs.has(id)).map(|id| (id.to_owned(), pairs.get(id).to_owned()));
    read(aid, given.collect())
}

/// What it is, and what to bear in mind.
pub(crate) async fn intro(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    show(&page::intro(&site, &visitor).await?)
}

/// One question.
pub(crate) async fn ask(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(question): Path<String>,
    Query(given): Query<Given>,
) -> Answer {
    let aid = &site.app.aid;
    let back = given.contains_key("change");
    let given = read(aid, given);
    if question != AGE && aid.question(&question).is_none() {
        return Err(WebError::NotFound);
    }
    if question == UNDER_13 && age(&given).is_some() && !back {
        // The age has answered it: on to the question after it.
        let ids = order(aid, &given);
        let next = ids.iter().skip_while(|id| *id != AGE).nth(1);
        let next = next.map_or("/differences/result".into(), |id| format!("/differences/ask/{id}"));
        return go(&page::address(&next, &given, "", false));
    }
    let weighed = weigh(&site, &given, "")?;
    show(&page::ask(&site, &visitor, &question, &given, &weighed, back).await?)
}

/// What the answers suggest.
pub(crate) async fn result(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(given): Query<Given>,
) -> Answer {
    let given = read(&site.app.aid, given);
    let weighed = weigh(&site, &given, "")?;
    show(&page::result(&site, &visitor, &given, "", &weighed).await?)
}

/// The same, with what the child says, which is sent in the body of a form.
pub(crate) async fn result_with_words(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    pairs: Pairs,
) -> Answer {
    let given = chosen(&pairs, &site.app.aid);
    let words = pairs.get("words");
    let weighed = weigh(&site, &given, words)?;
    show(&page::result(&site, &visitor, &given, words, &weighed).await?)
}

/// Begins a concern with the summary, or adds it to the one that is open.
pub(crate) async fn to_concern(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    pairs: Pairs,
) -> Result<Response, WebError> {
    let given = chosen(&pairs, &site.app.aid);
    let weighed = weigh(&site, &given, pairs.get("words"))?;
    let header = &site.app.aid.file().aid;
    let summary = format!(
        "{}, version {}.\n{}\n\n{}",
        header.title,
        header.version,
        weighed.result,
        weighed.summary.join("\n")
    );
    let danger = given.get(DANGER).is_some_and(|answer| answer == "yes");
    if let Some(text) = cookies::get(&headers, &site.config, cookies::DRAFT)
        && let Some(code) = Code::typed(&text)
        && let Some(open) = site.app.open_draft(&code).await?.filter(|open| !open.sent)
    {
        let what = [open.raw.what.trim(), &summary].join("\n\n").trim().to_owned();
        site.app.save_draft(&visitor.actor, open.id, &RawConcern { what, ..open.raw }).await?;
        return Ok(go("/tell")?.into_response());
    }
    let child =
        RawChild { age: given.get(AGE).cloned().unwrap_or_default(), ..RawChild::default() };
    let raw = RawConcern {
        kind: if danger { "danger".into() } else { "worried".into() },
        what: summary,
        children: if child.is_empty() { Vec::new() } else { vec![child] },
        ..RawConcern::default()
    };
    let code = site.app.start_draft(&visitor.actor, &raw).await?;
    let cookie = cookies::set(&site.config, cookies::DRAFT, &code.to_string());
    Ok(([(header::SET_COOKIE, cookie)], go("/tell")?).into_response())
}

/// Begins a screening with the summary, or adds it to the one that is open. Somebody who is not
/// signed in needs a link first, and is told how to get one.
pub(crate) async fn to_screening(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    pairs: Pairs,
) -> Result<Response, WebError> {
    let given = chosen(&pairs, &site.app.aid);
    let words = pairs.get("words");
    let weighed = weigh(&site, &given, words)?;
    let differences = RawDifferences {
        version: site.app.aid.file().aid.version.clone(),
        result: weighed.result.clone(),
        summary: weighed.summary.clone(),
    };
    if let Some((_, open)) = crate::screen::unsent(&site, &headers).await? {
        let mut raw = open.raw.clone();
        carry(&mut raw, &given, words);
        raw.differences = Some(differences);
        site.app.save_screening(&visitor.actor, &open, &raw).await?;
        return go("/screen");
    }
    if !visitor.actor.works_with_children() {
        return show(&page::needs_link(&site, &visitor, &given, words).await?);
    }
    let start = Start { differences: Some(differences), ..Start::default() };
    let code = site.app.start_screening(&visitor.actor, start).await?;
    if let Some(open) = site.app.open_screening(&code).await? {
        let mut raw = open.raw.clone();
        carry(&mut raw, &given, words);
        site.app.save_screening(&visitor.actor, &open, &raw).await?;
    }
    let cookie = cookies::set(&site.config, cookies::SCREENING, &code.to_string());
    Ok(([(header::SET_COOKIE, cookie)], go("/screen")?).into_response())
}

/// What a screening asks too is not asked again.
fn carry(raw: &mut tessera_app::screening::RawScreening, given: &Given, words: &str) {
    if raw.child.age.is_empty()
        && let Some(age) = given.get(AGE)
    {
        raw.child.age.clone_from(age);
    }
    if given.get(DANGER).is_some_and(|answer| answer == "yes") {
        raw.danger = "yes".into();
    }
    if raw.child_wishes.is_empty() {
        words.trim().clone_into(&mut raw.child_wishes);
    }
}
