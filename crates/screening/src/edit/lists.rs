//! What the choices of a field are.

use super::{Of, Opens};
use crate::instrument::InstrumentFile;

/// The choices of a field: what is kept, and what a person reads.
#[must_use]
pub fn choices(file: &InstrumentFile, of: Of, opens: Opens<'_>) -> Vec<(String, String)> {
    let pair = |id: &str, label: &str| (id.to_owned(), label.to_owned());
    match of {
        Of::Classes => {
            let mut classes: Vec<_> = file.classes.iter().collect();
            classes.sort_by_key(|(_, class)| std::cmp::Reverse(class.rank));
            let said = |class: &super::super::file::ClassText| {
                format!("{}: {}", class.label, class.meaning)
            };
            classes.into_iter().map(|(id, class)| (id.clone(), said(class))).collect()
        }
        Of::Types => file.exploitation_types.iter().map(|one| pair(&one.id, &one.label)).collect(),
        Of::Levels => file.levels.iter().map(|one| pair(&one.id, &one.label)).collect(),
        Of::Overlays => file.overlays.iter().map(|one| pair(&one.id, &one.label)).collect(),
        Of::Prompts => file.prompts.iter().map(|one| pair(&one.id, &one.text)).collect(),
        Of::Rules => {
            let rules = file.level_rules.iter().map(|one| (&one.id, &one.reason));
            let floors = file.floors.iter().map(|one| (&one.id, &one.reason));
            rules.chain(floors).map(|(id, why)| (id.clone(), format!("{id}: {why}"))).collect()
        }
        Of::Indicators => {
            let all = file.sections.iter().flat_map(|section| &section.indicators);
            all.map(|one| pair(&one.id, &one.text)).collect()
        }
        Of::Routes => file.routes.iter().map(|(id, route)| pair(id, &route.label)).collect(),
        Of::Responses => {
            file.response.options.iter().map(|one| pair(&one.id, &one.label)).collect()
        }
        Of::Opens => opens.to_vec(),
        Of::Purposes => vec![
            pair("screening", "A screening: it structures thinking and routes a worry"),
            pair("assessment", "An assessment"),
        ],
        Of::Required => vec![
            pair("last_observed_on", "When it was last seen"),
            pair("evidence_basis", "How it is known"),
            pair("narrative", "What was seen, heard or said"),
        ],
        Of::Computed => vec![pair("missing_episodes_90d", "Missing episodes in the last 90 days")],
    }
}
