//! The picture of everything: what people decided is one, and what carries the very same plate,
//! number, name used online or name of a place. People are joined by people alone: two of the same
//! name are not one.

use std::collections::{BTreeMap, HashMap, HashSet};

use tessera_core::report::{MentionKind, RawMention};
use tessera_linkage::normalise::{
    phone::{self, Phone},
    vehicle::Plate,
};
use tessera_policy::{Actor, rules::explore::ViewPicture};
use tessera_store::{
    Conn,
    explore::whole::{self, Whole},
    report::{link::Link, list::Reader},
};

use crate::{
    App, AppError,
    report::{
        Basis, Network, Strength, Thing, Tie,
        fit::Decided,
        keys,
        picture::{thing, weakest},
    },
};

/// A value that more mentions share says too little to join them.
const MOST_SHARED: usize = 40;
/// The weakest bridge is looked for in networks up to this size.
const MOST_FOR_BRIDGE: usize = 60;

impl App {
    /// The picture of everything that this person may see; also things of one report alone.
    pub async fn whole_picture(
        &self,
        actor: &Actor,
        shown: &'static str,
        around: Option<i64>,
    ) -> Result<Network, AppError> {
        let mut detail = vec![("shown", shown.to_owned())];
        detail.extend(around.map(|mention| ("mention", mention.to_string())));
        self.ask::<ViewPicture>(actor, detail).await?;
        let reader = self.reader(actor)?;
        let mut read = self.db.read().await?;
        self.whole_of(&mut read.conn(), reader).await
    }

    pub(crate) async fn whole_of(
        &self,
        conn: &mut Conn<'_>,
        reader: Reader,
    ) -> Result<Network, AppError> {
        let decided = Decided::load(conn, self.db.keys(), reader).await?;
        let whole = whole::whole(conn, self.db.keys(), reader).await?;
        Ok(joined(whole, &decided))
    }
}

/// The bridge of a network that is small enough to be looked through.
pub(super) fn bridge(network: &Network) -> Option<crate::report::Bridge> {
    let small = network.pieces.len() <= MOST_FOR_BRIDGE;
    small.then(|| weakest(&network.things, network.pieces.len())).flatten()
}

/// What must be the very same for two mentions to be drawn as one, and the name of the rule.
fn same(said: &RawMention) -> Option<(String, &'static str)> {
    match MentionKind::from_id(&said.kind)? {
        MentionKind::Person => None,
        MentionKind::Vehicle => {
            let plate = keys::plate(&said.value).filter(Plate::is_whole)?;
            Some((keys::plate_key(&plate), "rule: the same plate"))
        }
        MentionKind::Phone => match phone::parse(&said.value)? {
            Phone::Whole(number) => Some((format!("phone:{number}"), "rule: the same number")),
            Phone::Partial(_) => None,
        },
        MentionKind::Handle => {
            let handle = keys::handle(&said.value);
            let same = || (format!("handle:{handle}"), "rule: the same name used online");
            (handle.len() >= 3).then(same)
        }
        MentionKind::Place => {
            let words: Vec<String> = keys::telling_words(said).into_iter().collect();
            let same = || (format!("place:{}", words.join(" ")), "rule: the same name of a place");
            (!words.is_empty()).then(same)
        }
    }
}

/// Mentions that are one, found by their smallest number.
#[derive(Default)]
struct Joined {
    to: HashMap<i64, i64>,
}

impl Joined {
    fn class(&self, mut mention: i64) -> i64 {
        while let Some(to) = self.to.get(&mention) {
            mention = *to;
        }
        mention
    }

    fn join(&mut self, one: i64, other: i64) {
        let (one, other) = (self.class(one), self.class(other));
        if one != other {
            self.to.insert(one.max(other), one.min(other));
        }
    }
}

/// Pairs that people keep apart, or are not sure of.
fn kept_apart(decided: &Decided) -> Vec<(i64, i64)> {
    let stands = |link: &&Link| link.undone.is_none() && link.verdict != "same";
    decided.links.iter().filter(stands).map(|link| (link.one, link.other)).collect()
}

fn joined(whole: Whole, decided: &Decided) -> Network {
    let Whole { pieces, mentions, cut_off } = whole;
    let place: HashMap<_, usize> = pieces.iter().enumerate().map(|(n, p)| (p.id, n)).collect();
    let mut classes = Joined::default();
    let mut basis: HashMap<i64, Basis> = HashMap::new();
    let known: HashSet<i64> = mentions.iter().map(|m| m.number).collect();
    for link in decided.links.iter().filter(|l| l.undone.is_none() && l.verdict == "same") {
        if known.contains(&link.one) && known.contains(&link.other) {
            classes.join(link.one, link.other);
            basis.entry(link.other).or_insert_with(|| Basis::Decided(link.clone()));
        }
    }
    let apart = kept_apart(decided);
    let mut by_value: BTreeMap<String, (&'static str, Vec<i64>)> = BTreeMap::new();
    for mention in &mentions {
        if let Some((value, rule)) = same(&mention.said) {
            by_value.entry(value).or_insert_with(|| (rule, Vec::new())).1.push(mention.number);
        }
    }
    for (rule, numbers) in by_value.into_values().filter(|(_, all)| all.len() <= MOST_SHARED) {
        for (n, number) in numbers.iter().enumerate().skip(1) {
            // The first earlier mention that people do not keep apart from this one.
            let free = numbers.iter().take(n).find(|earlier| {
                let (left, right) = (classes.class(**earlier), classes.class(*number));
                left != right
                    && !apart.iter().any(|(a, b)| {
                        let (a, b) = (classes.class(*a), classes.class(*b));
                        (a, b) == (left, right) || (b, a) == (left, right)
                    })
            });
            if let Some(earlier) = free {
                classes.join(*earlier, *number);
                let why = Basis::Suggested(Strength::Strong, rule.to_owned());
                basis.entry(*number).or_insert(why);
            }
        }
    }
    let mut ties: BTreeMap<i64, Vec<Tie>> = BTreeMap::new();
    for mention in mentions {
        let Some(piece) = place.get(&mention.report) else { continue };
        let basis = basis.remove(&mention.number);
        let class = classes.class(mention.number);
        ties.entry(class).or_default().push(Tie { piece: *piece, mention, basis });
    }
    let mut things: Vec<Thing> =
        ties.into_iter().filter_map(|(number, ties)| thing(number, ties)).collect();
    things.sort_by_key(|thing| (std::cmp::Reverse(thing.reports().len()), thing.number));
    Network { pieces, things, bridge: None, cut_off }
}
