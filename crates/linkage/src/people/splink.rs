//! Reading a model that Splink has trained (the JSON that its `save_model_to_json` writes), as far
//! as its comparisons are among those made here.
//!
//! A comparison is recognised by its name, a level by its condition: plain equality is the level
//! "same", `ELSE` the levels that differ, whatever lies between is shared out among the levels
//! between in the proportions of the model that is changed. What could not be carried over is said.

use serde::Deserialize;

use super::fields::Field;
use super::model::{Model, Shares, set, share};

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SplinkError {
    /// Not a model of Splink's.
    #[error("not a model of Splink's: {0}")]
    Form(#[from] serde_json::Error),
    /// Nothing in it is compared here.
    #[error("none of the model's comparisons is made here")]
    Nothing,
    /// A share that is not between 0 and 1.
    #[error("a share of comparison \"{0}\" is not above 0 and at most 1")]
    Share(String),
}

#[derive(Deserialize)]
struct Document {
    probability_two_random_records_match: f64,
    comparisons: Vec<Comparison>,
}

#[derive(Deserialize)]
struct Comparison {
    output_column_name: String,
    comparison_levels: Vec<Level>,
}

#[derive(Deserialize)]
struct Level {
    sql_condition: String,
    #[serde(default, rename = "is_null_level")]
    of_nothing: bool,
    m_probability: Option<f64>,
    u_probability: Option<f64>,
}

/// Puts what Splink learnt in place of what a model says, and names the comparisons that could not
/// be carried over.
///
/// # Errors
/// See [`SplinkError`].
pub fn from_splink(text: &str, model: &Model) -> Result<(Model, Vec<String>), SplinkError> {
    let document: Document = serde_json::from_str(text)?;
    let mut model = model.clone();
    let mut left_out = Vec::new();
    let before = document.comparisons.len();
    for comparison in &document.comparisons {
        let name = &comparison.output_column_name;
        match (field(name), Pooled::of(comparison)?) {
            (Some(field), Some(pooled)) => {
                pooled.m.put(&mut model.same, field);
                pooled.u.put(&mut model.unrelated, field);
            }
            _ => left_out.push(name.clone()),
        }
    }
    if left_out.len() == before {
        return Err(SplinkError::Nothing);
    }
    let prior = document.probability_two_random_records_match;
    if !(prior > 0.0 && prior < 1.0) {
        return Err(SplinkError::Share("probability_two_random_records_match".to_owned()));
    }
    if let Some(same) = model.priors.first_mut() {
        *same = prior;
    }
    Ok((model, left_out))
}

fn field(name: &str) -> Option<Field> {
    let name = name.to_lowercase();
    let says = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    let given = says(&["given", "first", "forename"]);
    let surname = says(&["surname", "last_name", "family"]);
    match (given, surname) {
        (true, true) => None,
        (true, false) => Some(Field::Given),
        (false, true) => Some(Field::Surname),
        _ if says(&["dob", "birth"]) => Some(Field::Birth),
        _ if says(&["sex", "gender"]) => Some(Field::Sex),
        _ if says(&["postcode", "address"]) => Some(Field::Place),
        _ if says(&["phone", "mobile"]) => Some(Field::Phone),
        _ if says(&["nhs"]) => Some(Field::NhsNumber),
        _ => None,
    }
}

/// Shares of equality, of what lies between, and of what differs.
#[derive(Default)]
struct Three {
    same: f64,
    between: f64,
    different: f64,
}

#[derive(Default)]
struct Pooled {
    m: Three,
    u: Three,
}

impl Pooled {
    /// Nothing where a comparison was not trained or has no level of equality.
    fn of(comparison: &Comparison) -> Result<Option<Self>, SplinkError> {
        let mut pooled = Self::default();
        for level in comparison.comparison_levels.iter().filter(|level| !level.of_nothing) {
            let (Some(m), Some(u)) = (level.m_probability, level.u_probability) else {
                continue;
            };
            if ![m, u].iter().all(|share| (0.0..=1.0).contains(share)) {
                return Err(SplinkError::Share(comparison.output_column_name.clone()));
            }
            let plain: String =
                level.sql_condition.chars().filter(|c| !c.is_whitespace() && *c != '"').collect();
            let equal = plain
                .split_once('=')
                .and_then(|(l, r)| Some((l.strip_suffix("_l")?, r.strip_suffix("_r")?)))
                .is_some_and(|(l, r)| l == r && !l.contains(['(', '<', '>']));
            let (m_slot, u_slot) = if equal {
                (&mut pooled.m.same, &mut pooled.u.same)
            } else if plain.eq_ignore_ascii_case("else") {
                (&mut pooled.m.different, &mut pooled.u.different)
            } else {
                (&mut pooled.m.between, &mut pooled.u.between)
            };
            *m_slot += m;
            *u_slot += u;
        }
        let trained = pooled.m.same > 0.0 && pooled.u.same > 0.0;
        Ok(trained.then_some(pooled))
    }
}

impl Three {
    fn put(&self, shares: &mut Shares, field: Field) {
        let Some(place) = Field::ALL.iter().position(|other| *other == field) else { return };
        let levels = field.levels();
        let differs = |name: &str| matches!(name, "different" | "generation_apart");
        for context in 0..field.contexts().len() {
            let mut sums = Self::default();
            for (level, name) in levels.iter().enumerate().skip(1) {
                let now = share(shares, place, context, level);
                *sums.slot(level, differs(name)) += now;
            }
            let all = self.same + self.between + self.different;
            for (level, name) in levels.iter().enumerate().skip(1) {
                let now = share(shares, place, context, level);
                let wanted = self.value(level, differs(name)) / all;
                let was = sums.value(level, differs(name)).max(1e-12);
                // Never nothing: what was not seen there can still happen here.
                set(shares, place, context, level, (now / was * wanted).max(1e-9));
            }
        }
    }

    fn value(&self, level: usize, differs: bool) -> f64 {
        match (level, differs) {
            (1, _) => self.same,
            (_, true) => self.different,
            _ => self.between,
        }
    }

    fn slot(&mut self, level: usize, differs: bool) -> &mut f64 {
        match (level, differs) {
            (1, _) => &mut self.same,
            (_, true) => &mut self.different,
            _ => &mut self.between,
        }
    }
}
