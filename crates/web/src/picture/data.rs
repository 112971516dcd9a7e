//! The network as data for the script that draws it: the same reports, things and lines as in the
//! tables, each with its place on the drawing.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::{Query, State},
    response::IntoResponse,
};
use serde::Serialize;
use tessera_app::{
    explore::{Filter, Group, groups, months},
    report::Network,
};
use tessera_core::time::day_in_words;

use crate::{
    desk::from,
    parts::Answer,
    picture::is_decided,
    site::{Site, Visitor},
};

#[derive(Serialize)]
struct Node {
    id: String,
    label: String,
    kind: &'static str,
    day: String,
    said: String,
    href: String,
    x: f64,
    y: f64,
}

#[derive(Serialize)]
struct Line {
    source: String,
    target: String,
    decided: u8,
}

#[derive(Serialize)]
struct Drawing {
    nodes: Vec<Node>,
    lines: Vec<Line>,
}

/// The drawing of what passes the filter.
pub(crate) async fn data(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(filter): Query<Filter>,
) -> Answer {
    let all = site.app.whole_picture(&visitor.actor, "network data", filter.middle()).await?;
    let found = filter.shifted(&months(&all)).keep(&all);
    Ok(Json(drawing(&found)).into_response())
}

fn drawing(found: &Network) -> Drawing {
    let (reports, things) = places(found);
    let at = |places: &[(f64, f64)], n: usize| places.get(n).copied().unwrap_or_default();
    let mut nodes = Vec::new();
    for (n, piece) in found.pieces.iter().enumerate() {
        let (x, y) = at(&reports, n);
        let day = day_in_words(piece.day());
        let grade = piece.grade().unwrap_or_else(|| "not graded".into());
        nodes.push(Node {
            id: format!("r{n}"),
            label: day.clone(),
            kind: "report",
            day: piece.day().to_string(),
            said: format!("Report {} of {day}, {}, {grade}.", piece.reference, from(piece)),
            href: format!("/desk/{}", piece.reference),
            x,
            y,
        });
    }
    let mut lines = Vec::new();
    for (n, thing) in found.things.iter().enumerate() {
        let (x, y) = at(&things, n);
        let many = thing.reports().len();
        nodes.push(Node {
            id: format!("t{n}"),
            label: thing.name.clone(),
            kind: thing.kind.id(),
            day: String::new(),
            said: format!("{}: {}, {many} reports.", thing.kind.label(), thing.name),
            href: format!("/picture/thing/{}", thing.number),
            x,
            y,
        });
        for report in thing.reports() {
            let decided = u8::from(is_decided(thing, report));
            lines.push(Line { source: format!("r{report}"), target: format!("t{n}"), decided });
        }
    }
    Drawing { nodes, lines }
}

/// The room that each leaf takes on its ring, and the least distance of two rings.
const LEAF: f64 = 26.0;
const RING: f64 = 70.0;

type Places = Vec<(f64, f64)>;

/// Where reports and things stand: each group as rings around what most of it shares, the groups in
/// rows, largest first.
fn places(found: &Network) -> (Places, Places) {
    let mut reports = vec![(0.0, 0.0); found.pieces.len()];
    let mut things = vec![(0.0, 0.0); found.things.len()];
    let drawn: Vec<(Vec<Spot>, f64)> =
        groups(found).iter().map(|group| rings(found, group)).collect();
    let area: f64 = drawn.iter().map(|(_, r)| (2.0 * r) * (2.0 * r)).sum();
    let width = (area * 3.0).sqrt();
    let (mut left, mut top, mut high) = (0.0_f64, 0.0_f64, 0.0_f64);
    for (nodes, radius) in drawn {
        let size = 2.0 * radius + RING;
        if left > 0.0 && left + size > width {
            (left, top, high) = (0.0, top + high, 0.0);
        }
        for (node, x, y) in nodes {
            let place = ((left + size / 2.0 + x).round(), (top + size / 2.0 + y).round());
            let at = match node.checked_sub(found.pieces.len()) {
                Some(thing) => things.get_mut(thing),
                None => reports.get_mut(node),
            };
            if let Some(at) = at {
                *at = place;
            }
        }
        left += size;
        high = high.max(size);
    }
    (reports, things)
}

/// A node of the drawing and where it stands.
type Spot = (usize, f64, f64);

/// One group: a tree by the nearest way from its most shared thing; each branch gets room for its
/// leaves. Things are numbered after the reports.
#[allow(clippy::cast_precision_loss, reason = "counts of a drawing")]
fn rings(found: &Network, group: &Group) -> (Vec<Spot>, f64) {
    let first_thing = found.pieces.len();
    let mut in_report: std::collections::HashMap<usize, Vec<usize>> =
        std::collections::HashMap::new();
    for n in &group.things {
        for report in
            found.things.get(*n).map(tessera_app::report::Thing::reports).into_iter().flatten()
        {
            in_report.entry(report).or_default().push(*n);
        }
    }
    let most = group.things.iter().max_by_key(|n| {
        (found.things.get(**n).map_or(0, |t| t.reports().len()), std::cmp::Reverse(**n))
    });
    let root = most.map_or_else(
        || group.reports.first().copied().unwrap_or_default(),
        |thing| first_thing + thing,
    );
    let next = |node: usize| -> Vec<usize> {
        match node.checked_sub(first_thing) {
            Some(thing) => found
                .things
                .get(thing)
                .map(|t| t.reports().into_iter().collect())
                .unwrap_or_default(),
            None => in_report.get(&node).into_iter().flatten().map(|n| first_thing + n).collect(),
        }
    };
    // Nearest first: parents stand before their children.
    let mut order = vec![(root, 0_usize, 0_usize)];
    let mut place = std::collections::HashSet::from([root]);
    let mut at = 0;
    while let Some((node, depth, _)) = order.get(at).copied() {
        for near in next(node) {
            if place.insert(near) {
                order.push((near, depth + 1, at));
            }
        }
        at += 1;
    }
    let mut leaves = vec![0.0_f64; order.len()];
    for n in (0..order.len()).rev() {
        let own = leaves.get(n).copied().unwrap_or_default().max(1.0);
        if let Some(leaf) = leaves.get_mut(n) {
            *leaf = own;
        }
        if let (Some((_, _, parent)), true) = (order.get(n), n > 0)
            && let Some(up) = leaves.get_mut(*parent)
        {
            *up += own;
        }
    }
    let all = leaves.first().copied().unwrap_or(1.0);
    let depth = order.iter().map(|(_, depth, _)| *depth).max().unwrap_or(0);
    let deep = depth.max(1) as f64;
    // A long chain is drawn closer, so that all of it can be seen at once.
    let closer = ((order.len() as f64).sqrt() * RING / deep).max(4.0);
    let least = all * LEAF / std::f64::consts::TAU / deep;
    let ring = RING.max(least).min(closer.max(least));
    let mut from = vec![0.0_f64; order.len()];
    let mut used = vec![0.0_f64; order.len()];
    let mut nodes = Vec::new();
    for (n, (node, depth, parent)) in order.iter().enumerate() {
        let own = leaves.get(n).copied().unwrap_or(1.0);
        if n > 0 {
            let start = from.get(*parent).copied().unwrap_or_default();
            let taken = used.get(*parent).copied().unwrap_or_default();
            if let Some(mine) = from.get_mut(n) {
                *mine = start + taken;
            }
            if let Some(up) = used.get_mut(*parent) {
                *up += own;
            }
        }
        let start = from.get(n).copied().unwrap_or_default();
        let angle = (start + own / 2.0) / all * std::f64::consts::TAU;
        let away = *depth as f64 * ring;
        nodes.push((*node, away * angle.cos(), away * angle.sin()));
    }
    (nodes, depth as f64 * ring)
}
