//! Findings as the page shows them: the text with its marks, and the notes beside it.

use std::collections::BTreeMap;
use tessera_core::{
    messages::{content, of},
    msg,
};

use tessera_app::language::{Chosen, Finding, Swap, instead};
use tessera_pages::components::{Instead, MarkedText, Tag, WordNote, WordNotes, WordsBeside};

/// A text of a field with its notes. Their buttons send what was chosen for that field.
pub(crate) fn beside(field: &str, text: &str, findings: &[Finding]) -> WordsBeside {
    let prefix = format!("note-{field}");
    let marks = findings.iter().map(|finding| finding.span.bytes.clone());
    let text = MarkedText::new(&prefix, text, 1, marks);
    let mut before: BTreeMap<&str, usize> = BTreeMap::new();
    let notes = findings.iter().enumerate().map(|(at, finding)| {
        let nth = before.entry(&finding.entry).or_default();
        let note = note(field, at + 1, *nth, finding);
        *nth += 1;
        note
    });
    WordsBeside { text, notes: WordNotes { notes: notes.collect(), prefix } }
}

/// The same without buttons: words that are saved already.
pub(super) fn beside_read_only(field: &str, text: &str, findings: &[Finding]) -> WordsBeside {
    let mut beside = beside(field, text, findings);
    for note in &mut beside.notes.notes {
        note.own = None;
        for one in &mut note.instead {
            one.accept = None;
        }
    }
    beside
}

fn note(field: &str, number: usize, nth: usize, finding: &Finding) -> WordNote {
    let choose = |swap| {
        let chosen = Chosen { entry: finding.entry.clone(), nth, swap };
        format!("{field}|{chosen}")
    };
    let instead = instead(finding).into_iter().enumerate().map(|(n, (text, stands))| Instead {
        text: content(&text),
        accept: stands.then(|| choose(Swap::Alternative(n))),
    });
    WordNote {
        number,
        words: one_line(&finding.matched),
        tag: tag(finding.severity.name()),
        raised: raised(finding),
        why: content(&finding.why),
        instead: instead.collect(),
        own: Some(choose(Swap::OwnWords)),
        sources: finding.sources.iter().map(|s| (content(&s.title), s.url.clone())).collect(),
    }
}

/// "These words can blame a child for harm done to them".
fn raised(finding: &Finding) -> String {
    content(&format!("These words {}", finding.category.effect()))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How strong the advice is, in words.
pub(crate) fn strength(severity: &str) -> &'static str {
    match severity {
        "must-change" => msg!("Change this"),
        "consider" => msg!("Think about this"),
        _ => msg!("Plainer words exist"),
    }
}

/// How strong the advice is, as a tag.
pub(crate) fn tag(severity: &str) -> Tag {
    let colour = match severity {
        "must-change" => "red",
        "consider" => "yellow",
        _ => "grey",
    };
    Tag::coloured(of(strength(severity)), colour)
}
