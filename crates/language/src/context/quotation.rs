//! Quotation: the words stand inside marks that report what someone said or wrote.

use crate::scene::{Scene, Site};

pub(super) fn find(scene: &Scene, site: &Site) -> Option<String> {
    let (first, last) = scene.quotation_of(site.first)?;
    (site.last <= last).then(|| {
        let words = scene.written_range(first, last);
        let short: String = words.chars().take(40).collect();
        format!("it is inside a quotation: {short}")
    })
}
