//! Help beside the questions of forms: a paragraph of the guidance, and which version it was.

use tessera_app::guidance::HelpNow;
use tessera_core::{messages::content, t};
use tessera_pages::{
    components::{Content, Details, Link, Markup, guidance_text, in_source},
    page::{Form, p},
};

use crate::{error::WebError, form::Pairs, site::Site};

/// The form field that says which help was shown.
const FIELD: &str = "help";

/// Adds the help for questions to a form: each paragraph once, closed at first.
pub(crate) async fn beside(
    site: &Site,
    mut form: Form,
    questions: &[&str],
) -> Result<Form, WebError> {
    let mut shown: Vec<HelpNow> = Vec::new();
    for question in questions {
        if let Some(help) = site.app.help(question).await?
            && !shown.iter().any(|other| other.href == help.href)
        {
            shown.push(help);
        }
    }
    for help in shown {
        let link = p(Link::new(
            t!("Read more: {title}", title = content(&help.title)),
            help.href.as_str(),
        ));
        let text = in_source(|| vec![guidance_text(&help.blocks, &help.sources).into()]);
        let body = Markup::join(text.into_iter().chain([Content::from(link)]));
        let details =
            Details::new(t!("Help: {words}", words = content(&help.words)), Content::from(body));
        form = form.hidden(FIELD, format!("{}={}", help.question, help.version)).part(details);
    }
    Ok(form)
}

/// Keeps which help a posted form says was shown; what was kept for other questions stays.
pub(crate) fn keep(pairs: &Pairs, kept: &mut Vec<(String, String)>) {
    for sent in pairs.all(FIELD) {
        let Some((question, version)) = sent.split_once('=') else { continue };
        kept.retain(|(other, _)| other != question);
        kept.push((question.to_owned(), version.to_owned()));
    }
}
