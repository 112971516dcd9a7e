//! Title: the words are part of the name of a policy, service, Act, team or book.

use crate::cues::Class;
use crate::scene::{Scene, Site};
use crate::text::token::Gap;

/// Lower-case words that titles hold.
const SMALL: &[&str] =
    &["of", "the", "and", "for", "to", "in", "on", "a", "an", "with", "from", "or", "by", "at"];

pub(super) fn find(scene: &Scene, site: &Site) -> Option<String> {
    address(scene, site).or_else(|| camel_case(scene, site)).or_else(|| capitals(scene, site))
}

/// "StreetWise": a capital inside a word makes it a name. "DNAs" and "UASCs" are plurals.
fn camel_case(scene: &Scene, site: &Site) -> Option<String> {
    let written = scene.written(site.first);
    let mut chars = written.chars();
    let camel = chars.next().is_some_and(char::is_uppercase)
        && chars.next().is_some_and(char::is_lowercase)
        && chars.any(char::is_uppercase)
        && site.first == site.last
        && written.len() > 4;
    camel.then(|| format!("“{written}” is written as a name"))
}

/// Part of a web or e-mail address, a hashtag or a file name.
fn address(scene: &Scene, site: &Site) -> Option<String> {
    let next = site.last + 1;
    let touches = |at: usize| scene.gap(at) == Gap::None;
    let after = touches(next)
        && (scene.mark(next) == b'@'
            || (matches!(scene.mark(next), b'.' | b'_' | b'/')
                && touches(next + 1)
                && scene.is_word(next + 1)));
    let before = touches(site.first)
        && site.first.checked_sub(1).is_some_and(|mark| {
            matches!(scene.mark(mark), b'@' | b'#' | b'_')
                || (scene.mark(mark) == b'.'
                    && touches(mark)
                    && mark > 0
                    && scene.is_word(mark - 1))
        });
    (after || before).then(|| "it is part of an address or a file name".to_owned())
}

/// "read Troubled Teens": verbs and nouns that lead to a title.
fn leads_to_title(scene: &Scene, first: usize) -> bool {
    let named_by_colon = first.checked_sub(2).is_some_and(|at| {
        scene.mark(at + 1) == b':'
            && matches!(
                scene.lower(at).as_str(),
                "title"
                    | "name"
                    | "called"
                    | "book"
                    | "film"
                    | "play"
                    | "song"
                    | "theme"
                    | "heading"
            )
    });
    named_by_colon
        || first.checked_sub(1).is_some_and(|at| {
            matches!(
                scene.lower(at).as_str(),
                "read"
                    | "called"
                    | "titled"
                    | "entitled"
                    | "book"
                    | "guide"
                    | "film"
                    | "see"
                    | "watched"
                    | "leaflet"
                    | "song"
                    | "joined"
                    | "named"
                    | "poster"
                    | "chapter"
                    | "poem"
                    | "published"
                    | "operation"
                    | "op"
                    | "performed"
                    | "report"
                    | "paper"
                    | "article"
                    | "talk"
                    | "conference"
                    | "campaign"
                    | "podcast"
                    | "novel"
                    | "reading"
                    | "band"
                    | "exhibition"
            )
        })
}

fn capitals(scene: &Scene, site: &Site) -> Option<String> {
    let shouted = |at: usize| {
        let word = scene.written(at);
        // "DNA'd" and "UASCs" are acronyms too.
        let small = word.chars().filter(|char| char.is_lowercase()).count();
        word.len() > 1 && small * 2 < word.chars().filter(|char| char.is_uppercase()).count()
    };
    let all_capital = (site.first..=site.last).all(|at| {
        scene.is_capitalised(at) || SMALL.contains(&scene.written(at)) || !scene.is_word(at)
    });
    if !all_capital {
        return None;
    }
    let (first, last) = run(scene, site);
    let words: Vec<usize> = (first..=last).filter(|at| scene.is_word(*at)).collect();
    let capitalised = words.iter().filter(|at| scene.is_capitalised(**at)).count();
    let acronym = (site.first..=site.last).all(shouted);
    if acronym && words.iter().filter(|at| shouted(**at)).count() * 2 > words.len() {
        return None;
    }
    let outside = |at: &&usize| !(site.first..=site.last).contains(*at);
    let noun = words.iter().filter(outside).any(|at| scene.has(*at, Class::TitleNoun));
    let own_noun = site.first < site.last && scene.has(site.last, Class::TitleNoun);
    let inside = first > site.sentence.start;
    let next_noun = scene.gap(last + 1) == Gap::Space
        && scene.has(last + 1, Class::TitleNoun)
        && (inside || capitalised >= 2);
    // "called The Wrong Crowd": a capital article inside a sentence.
    let article = inside && matches!(scene.written(first), "The" | "A") && capitalised >= 3;

    let named = (noun || own_noun) && capitalised >= if acronym { 3 } else { 2 };
    let long = capitalised >= 4 && inside;
    (named
        || (next_noun && !acronym)
        || long
        || article
        || (capitalised >= 2 && leads_to_title(scene, first)))
    .then(|| format!("it is part of the title “{}”", scene.written_range(first, last)))
}

/// The run of capitalised words around the term.
fn run(scene: &Scene, site: &Site) -> (usize, usize) {
    let fits = |at: usize| scene.is_capitalised(at) || SMALL.contains(&scene.written(at));
    let mut first = site.first;
    while first > site.sentence.start && fits(first - 1) && scene.gap(first).joins() {
        first -= 1;
    }
    while first < site.first && !scene.is_capitalised(first) {
        first += 1;
    }
    let mut last = site.last;
    while last + 1 < site.sentence.end && fits(last + 1) && scene.gap(last + 1).joins() {
        last += 1;
    }
    while last > site.last && !scene.is_capitalised(last) {
        last -= 1;
    }
    (first, last)
}
