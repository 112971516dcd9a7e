//! Where things were seen, on a drawing of the partnership's own areas. Whoever may not see
//! addresses sees areas.

use std::collections::{BTreeMap, BTreeSet};

use tessera_core::report::MentionKind;
use tessera_policy::{Actor, Resource, decide, rules::explore::ViewAddresses};

use crate::{
    App, AppError,
    explore::Filter,
    report::{Network, Piece},
};

/// A mark on the map.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Where.
    pub at: [u32; 2],
    /// The name of the area.
    pub area: String,
    /// The places as written; empty for those who see areas alone.
    pub names: Vec<String>,
    /// The reports that name it.
    pub pieces: Vec<Piece>,
}

/// What the map shows.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Whether places stand where they are; at the middle of their area otherwise.
    pub exact: bool,
    /// The marks, most reports first.
    pub marks: Vec<Mark>,
    /// How many reports name a place that the drawing does not know.
    pub unplaced: usize,
    /// The whole picture, for the choices of the filter.
    pub network: Network,
}

impl App {
    /// The map of what passes a filter.
    pub async fn map(&self, actor: &Actor, filter: &Filter) -> Result<Placed, AppError> {
        let decided = decide::<ViewAddresses>(actor, Resource::None, &());
        let exact = decided.is_ok();
        if exact {
            self.write_down(actor, Resource::None, &decided, vec![]).await?;
        }
        let network = self.whole_picture(actor, "map", filter.middle()).await?;
        let filter = filter.clone().shifted(&super::months(&network));
        let passing: BTreeSet<i64> = filter.passing(&network).iter().map(|p| p.number).collect();
        let mut marks: BTreeMap<[u32; 2], (String, BTreeSet<String>, BTreeSet<usize>)> =
            BTreeMap::new();
        let (mut placed, mut named) = (BTreeSet::new(), BTreeSet::new());
        for thing in network.things.iter().filter(|thing| thing.kind == MentionKind::Place) {
            for tie in &thing.ties {
                let Some(piece) = network.pieces.get(tie.piece) else { continue };
                if !passing.contains(&piece.number) {
                    continue;
                }
                named.insert(tie.piece);
                let said = &tie.mention.said;
                let Some(spot) = self.places.find(&format!("{} {}", said.value, said.address))
                else {
                    continue;
                };
                placed.insert(tie.piece);
                let at = if exact { spot.at } else { spot.area.centre };
                let mark = marks
                    .entry(at)
                    .or_insert_with(|| (spot.area.name.clone(), BTreeSet::new(), BTreeSet::new()));
                if exact {
                    mark.1.insert(said.in_words());
                }
                mark.2.insert(tie.piece);
            }
        }
        let mut marks: Vec<Mark> = marks
            .into_iter()
            .map(|(at, (area, names, pieces))| Mark {
                at,
                area,
                names: names.into_iter().collect(),
                pieces: pieces.into_iter().filter_map(|n| network.pieces.get(n)).cloned().collect(),
            })
            .collect();
        marks.sort_by_key(|mark| (std::cmp::Reverse(mark.pieces.len()), mark.at));
        let unplaced = named.difference(&placed).count();
        Ok(Placed { exact, marks, unplaced, network })
    }
}
