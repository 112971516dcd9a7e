//! Mixed case text of any length: one paragraph in eight is a labelled case, the others are
//! ordinary sentences of records. Always the same.

use std::fmt::Write as _;

use tessera_language::evaluate::read_cases;

const CASES: [&str; 3] = [
    include_str!("../../../../content/language/cases.jsonl"),
    include_str!("../../../../content/language/own-cases.jsonl"),
    include_str!("../../../../content/language/fresh-cases.jsonl"),
];

const OPENINGS: [&str; 8] = [
    "Home visit at {}:20; both children were seen and spoken with alone.",
    "Phone call from school at {}:45: he has been in every day this week.",
    "Joint visit with the health visitor, who weighed the baby and talked about sleep.",
    "Core group held in room {}; the family’s advocate chaired the second half.",
    "Email from the police officer in the case, with the times of the next interviews.",
    "She rang at {}:10 and asked whether her brother could come on Saturday.",
    "Review of the plan: three of {} actions are done, the others have a date.",
    "Key work session {}: we drew a map of the places where he feels safe.",
];

const SENTENCES: [&str; 16] = [
    "The kitchen was warm, there was food, and the younger boy showed me his drawings.",
    "Mum said that nights are hard and that the new bed has helped.",
    "He talked about football, about his uncle, and after a while about the man at the bus station.",
    "The nurse will visit again in {} days and ring before she comes.",
    "A letter was sent to the landlord about the lock on the back door.",
    "She wants the same worker, and she wants to be asked before anyone is told.",
    "The travel pass will be sorted before term begins; the form is with the team.",
    "Two men in a silver car were seen near the gate, and the number was given to the police.",
    "He ate well, did his homework and went to bed at {}.",
    "Nobody has yet told the grandparents, who have asked twice.",
    "The adults who hurt her are before the court in the spring.",
    "I explained what happens next, and wrote it down for her in her own words.",
    "Next meeting on the {}th, at the school, with an interpreter.",
    "Dad came with her; he listened, and asked good questions about the plan.",
    "Her tutor sees her each morning and says that she laughs more.",
    "Nothing else was raised.",
];

/// At least `bytes` bytes of text.
pub(crate) fn text(bytes: usize) -> String {
    let cases: Vec<String> = CASES
        .iter()
        .flat_map(|file| read_cases(file).unwrap_or_default())
        .map(|case| case.text)
        .collect();
    let mut text = String::with_capacity(bytes + 2_000);
    let mut chance = Chance(1);
    while text.len() < bytes {
        if chance.below(8) == 0 {
            text.push_str(cases.get(chance.below(cases.len())).map_or("", String::as_str));
        } else {
            sentence(&mut text, OPENINGS.get(chance.below(OPENINGS.len())), &mut chance);
            for _ in 0..2 + chance.below(5) {
                text.push(' ');
                sentence(&mut text, SENTENCES.get(chance.below(SENTENCES.len())), &mut chance);
            }
        }
        text.push_str("\n\n");
    }
    text
}

fn sentence(text: &mut String, pattern: Option<&&str>, chance: &mut Chance) {
    let pattern = pattern.copied().unwrap_or("");
    match pattern.split_once("{}") {
        Some((before, after)) => {
            let _ = write!(text, "{before}{}{after}", 2 + chance.below(20));
        }
        None => text.push_str(pattern),
    }
}

/// A fixed sequence of numbers (linear congruential, Knuth's MMIX constants).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}
