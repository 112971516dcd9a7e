//! A version as a worker will see it: the same fields, page by page. Nothing is kept.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use tessera_app::screening::{Instrument, RawIndicator, RawScreening, Response};
use tessera_core::errors::FieldErrors;
use tessera_pages::{
    components::{Button, Content, InsetText, Link},
    page::{Form, Page, bullets, h2, p},
};

use super::id;
use crate::{
    error::WebError,
    parts::{Answer, show},
    screen::{
        Step,
        page::{Asked, asked, title_of},
    },
    site::{Site, Visitor},
};

fn nothing_is_kept() -> InsetText {
    InsetText::new("A preview. Nothing that you choose here is kept, and it is about nobody.")
}

/// All pages, as a worker goes through them.
fn steps(instrument: &Instrument) -> Vec<Step<'static>> {
    let sections = 0..instrument.sections().len();
    let sections = sections.flat_map(|place| [Step::Section(place), Step::More(place)]);
    std::iter::once(Step::Child).chain(sections).chain([Step::Words]).collect()
}

/// What a worker reads first, and the pages.
pub(crate) async fn overview(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(instrument): Path<String>,
) -> Answer {
    let id = id(&instrument)?;
    let found = site.app.instrument_in_parts(&visitor.actor, id).await?;
    let mut layout = site.layout(&visitor, "As a worker will see it").await?;
    layout.back = Some(format!("/instruments/{id}"));
    let page = Page::new(layout).caption(format!("{} {}", found.kept.code, found.kept.version));
    let Some(instrument) = &found.instrument else {
        return show(&page.part(p("The text cannot be read yet: mend it first.")));
    };
    let header = &instrument.file().instrument;
    let links = steps(instrument).into_iter().map(|step| {
        let href = format!("/instruments/{id}/preview/{}", step.end(instrument));
        Content::from(Link::new(title_of(step, instrument), href))
    });
    show(
        &page
            .part(nothing_is_kept())
            .part(h2(header.title.as_str()))
            .part_if(header.opening_text.as_deref().map(p))
            .part(bullets(links))
            .part(h2("Keep in mind"))
            .part(bullets(header.principles.iter().map(String::as_str))),
    )
}

/// One page. Every question of a part is answered with possible where more is asked about it.
pub(crate) async fn step(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path((instrument, step)): Path<(String, String)>,
) -> Answer {
    let id = id(&instrument)?;
    let found = site.app.instrument_in_parts(&visitor.actor, id).await?;
    let instrument = found.instrument.as_ref().ok_or(WebError::NotFound)?;
    let at = Step::read(&step, instrument);
    if let Step::None(_) = at {
        return Err(WebError::NotFound);
    }
    let mut raw = RawScreening::default();
    if let Step::More(_) = at {
        let possible =
            RawIndicator { response: Response::Possible.id().into(), ..Default::default() };
        let all = instrument.indicators().iter();
        raw.answers = all.map(|one| (one.id.clone(), possible.clone())).collect();
    }
    let all = steps(instrument);
    let next = all.iter().position(|one| *one == at).and_then(|place| all.get(place + 1));
    let mut layout = site.layout(&visitor, title_of(at, instrument)).await?;
    layout.back = Some(format!("/instruments/{id}/preview"));
    let to = next.map_or_else(String::new, |step| format!("/{}", step.end(instrument)));
    let form = Form::new(format!("/instruments/{id}/preview{to}"), &layout).by_get();
    let raw = Asked { instrument, raw: &raw, signed_in: true };
    let form = asked(&site, form, at, &raw, &FieldErrors::default());
    let help = match at {
        Step::Section(place) => instrument.sections().get(place).and_then(|one| one.help.clone()),
        _ => None,
    };
    let page = Page::new(layout)
        .caption(format!("Preview of {} {}", found.kept.code, found.kept.version))
        .part(nothing_is_kept())
        .part_if(help.map(p))
        .part(form.part(Button::new("Go on")));
    show(&page)
}
