//! Each recogniser by itself: what it lets pass, and the near neighbour that it must not.

use tessera_language::{Context, builtin_checker};

/// Checks that each text has one match, let pass in `context`.
fn passes(context: Context, texts: &[&str]) {
    for text in texts {
        let report = builtin_checker().check(text);
        assert!(report.findings.is_empty(), "{text}: {:?}", report.findings);
        assert!(!report.suppressed.is_empty(), "{text}: nothing matched");
        for passed in &report.suppressed {
            assert_eq!(passed.context, context, "{text}: {}", passed.because);
        }
    }
}

fn raised(texts: &[&str]) {
    for text in texts {
        let report = builtin_checker().check(text);
        assert!(!report.findings.is_empty(), "{text}: {:?}", report.suppressed);
    }
}

#[test]
fn quoted_words_pass_whatever_the_marks_and_unclosed_marks_protect_nothing() {
    passes(
        Context::Quote,
        &[
            "He said \"she is a liar\" and left.",
            "He said “she’s a liar” and left.",
            "He said 'she's a liar' and left.",
            "He said ‘the girls’ mum is a liar’ and left.",
            "«She is a liar», it says.",
            "> She is a liar.",
            "Q: Who is she?\nA: She is a liar.",
        ],
    );
    raised(&[
        "He said \"I am off. She is a liar.",
        "The girls' friend is a liar and the boys' friend is not.",
        "'90s music played. She is a liar.",
        "A 6' 2\" man said she is a liar.",
    ]);
}

#[test]
fn discussed_words_pass_and_use_does_not() {
    passes(
        Context::Mention,
        &[
            "The word promiscuous tells us nothing.",
            "Do not write that she is promiscuous.",
            "Words to avoid: promiscuous.",
            "Promiscuous is an unhelpful label.",
            "Calling a girl promiscuous is never fair.",
            "Say sexually harmed, rather than saying promiscuous.",
        ],
    );
    raised(&["Staff say she is promiscuous.", "She was labelled difficult to place by the team."]);
}

#[test]
fn a_denial_passes_as_far_as_it_reaches() {
    passes(
        Context::Negation,
        &[
            "She is not promiscuous.",
            "She is neither promiscuous nor a liar.",
            "Nobody believes that she is complicit.",
            "She is far from complicit.",
            "It is wrong to say that she is complicit.",
            "He was told that she is complicit. We do not accept that.",
            "That she is complicit is untrue.",
        ],
    );
    raised(&[
        "She is not only tired but complicit.",
        "He did not deny that she is complicit.",
        "She is not home because she is promiscuous.",
        "There is no doubt that she is complicit.",
        "No concerns. She is promiscuous.",
        "She did not come home, and she is promiscuous.",
    ]);
}

#[test]
fn titles_pass_and_a_capital_at_the_start_of_a_sentence_is_no_title() {
    passes(
        Context::Title,
        &[
            "We used the Hard to Reach Families Toolkit.",
            "She joined the Clingy Cubs project.",
            "Write to streetwise@example.org today.",
        ],
    );
    raised(&["Streetwise and loud, he left.", "Promiscuous, says the file."]);
}

#[test]
fn terms_of_law_pass_beside_the_law() {
    passes(
        Context::Statutory,
        &[
            "He was charged with sexual activity with men contrary to the Act 2003.",
            "Threshold: the child is beyond parental control under section 31.",
        ],
    );
    raised(&["He is beyond parental control, says Gran."]);
}

#[test]
fn other_meanings_and_things_pass() {
    passes(
        Context::OtherSense,
        &[
            "The meeting kicked off at ten.",
            "The valve was hard to reach.",
            "The feral cat ran off.",
            "He chose to meet his tutor at the library.",
        ],
    );
    raised(&["He kicked off at tea time.", "The family is hard to reach."]);
}

#[test]
fn the_subject_decides_between_child_and_adult() {
    passes(
        Context::Perpetrator,
        &[
            "The suspect is manipulative.",
            "A manipulative groomer moved in.",
            "The drug dealer who groomed him has left.",
            "The suspect was seen on Monday. He is manipulative.",
        ],
    );
    passes(
        Context::Adult,
        &[
            "Mum is in a relationship with an older man.",
            "Kelly (34) is in a relationship with an older man.",
            "Mrs Bell's older boyfriend rang.",
        ],
    );
    passes(
        Context::Agency,
        &["Services failed to protect him.", "Our failure to engage was noted."],
    );
    raised(&[
        "The suspect says that the girl is manipulative.",
        "Mum says she is manipulative.",
        "Kelly (14) is in a relationship with an older man.",
        "Mum has failed to protect him.",
    ]);
}

#[test]
fn requirements_hold_back_what_they_are_for() {
    passes(Context::Requirement, &["He is 17 and sexually active.", "He did not attend."]);
    raised(&[
        "She is 13 and sexually active.",
        "He did not attend the eye clinic.",
        "She chose to go with them and was returned at 03:10.",
    ]);
}

#[test]
fn what_is_said_of_a_thing_passes_and_of_a_child_in_or_near_one_does_not() {
    passes(
        Context::OtherSense,
        &[
            "The van in the yard is known to police in two counties.",
            "The radiator in Room 6 is playing up.",
            "Her hearing aid keeps going missing.",
            "Risk lies with the venue: it is a soft target for men.",
            "The placement of the signs was raised.",
            "An inspector found the service non-compliant.",
            "The runaway robot was caught.",
        ],
    );
    raised(&[
        "The girl in the van is known to police.",
        "The flat was empty as she had absconded.",
        "In the hall he was playing up.",
        "The game ended and he kicked off.",
        "The placement of the child ended.",
        "He is a known troublemaker.",
    ]);
}

#[test]
fn stories_and_the_past_pass() {
    passes(
        Context::OtherSense,
        &[
            "The villain of the play is manipulative.",
            "Year 9 read about young offenders for history.",
        ],
    );
    raised(&["In the film club he is naughty."]);
}

#[test]
fn a_rejection_after_the_term_or_in_the_next_sentence_is_heard() {
    passes(
        Context::Negation,
        &[
            "The case was that she had been a willing participant. The court rejected it.",
            "Any talk of lifestyle choice was firmly rejected by the panel.",
            "They say he is a ringleader. That turned out to be false.",
            "They asked whether she chose to meet him. She had not.",
            "That he was complicit is not a finding that I can make.",
            "None of the girls was, as the paper claimed, a willing participant.",
            "Nothing here is a lifestyle choice.",
            "No professional should describe her as promiscuous.",
            "I am sorry if anyone said that you failed to protect your son.",
        ],
    );
    raised(&[
        "She is hard to reach. The panel rejected the plan.",
        "I asked him to stop. He did not, and kicked off.",
        "It is no surprise that he kicked off.",
        "The girl who was manipulative was seen.",
    ]);
}

#[test]
fn lists_of_words_arrows_and_old_names_are_mentions() {
    passes(
        Context::Mention,
        &[
            "Challenge words such as promiscuous, naughty and attention-seeking.",
            "Avoid: naughty, defiant, manipulative.",
            "Which words blame? Troublemaker, liar, slag.",
            "Absconded → went missing",
            "Shaken baby syndrome is an old name.",
            "Why was she called a runaway?",
        ],
    );
    raised(&["Terms were agreed with her, and she absconded."]);
}

#[test]
fn whoever_did_it_after_by_or_among_is_the_subject() {
    passes(
        Context::Adult,
        &["It was a bad decision by the neighbour.", "A talk on risky behaviour among drivers."],
    );
    raised(&["She made a poor decision by meeting men.", "Risky behaviour among pupils."]);
}
