//! The whole of how people are linked as one document, to be read, checked and reproduced.

use serde_json::{Value, json};

use super::block::RULE_NAMES;
use super::fields::Field;
use super::model::{Class, Model, Source};

/// Everything that decides which records are linked: how values are made comparable, which pairs
/// are compared, the levels, the classes, the shares (where a model is given), and how pairs
/// become clusters.
#[must_use]
pub fn specification(model: Option<&Model>) -> Value {
    json!({
        "version": 1,
        "normalisers": normalisers(),
        "blocking": RULE_NAMES.map(|(key, most)| json!({
            "key": key,
            "records_sharing_a_key_at_most": most,
        })),
        "comparisons": Field::ALL.map(|field| json!({
            "field": field.code(),
            "contexts": field.contexts(),
            "levels": field.levels(),
        })),
        "classes": Class::ALL.map(|class| json!({
            "class": class.code(),
            "shares_of": Field::ALL.map(|field| json!({
                "field": field.code(),
                "as": match class.source(field) {
                    Source::Same => "same_person",
                    Source::Household => "household",
                    Source::Unrelated => "unrelated",
                },
            })),
        })),
        "weight": "bits = log2(share of class / share of unrelated), summed over fields with the \
                   prior; the odds of one person are lessened by log2(1 + sum of 2^bits of the \
                   other classes); unknown values count 0",
        "rarity": "a shared name counts log2(average share / share of its holders) more; a given \
                   name is measured among the holders of the surname where that is common; a \
                   shared postcode and telephone likewise",
        "clusters": "chains of pairs of at least -3 bits; groups joined most certain first on the \
                     mean evidence of all their records, less 2^rival where a rival group of under \
                     -8 bits fits as well; joined at the threshold or better",
        "model": model.map(Model::to_document),
    })
}

fn normalisers() -> Value {
    json!({
        "names": "Unicode NFKD, marks off, lower case; apostrophes join, hyphens divide; titles \
                  and particles left out",
        "short_forms": "table short-forms.txt: forms of one full name",
        "spellings": "table spellings.txt: spellings of one name",
        "sound": "consonant classes after English digraphs",
        "date_of_birth": "year, month, day",
        "postcode": "letters and digits, upper case; no fixed abode is unknown",
        "address": "house number and street, last word's abbreviation written out, flat left out",
        "phone": "national digits without country code and leading zero",
        "nhs_number": "digits",
    })
}
