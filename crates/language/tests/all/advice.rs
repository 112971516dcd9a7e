//! Every finding explains itself; every match that is let pass does too.

use tessera_language::{Context, Lexicon, advice, builtin_checker};

#[test]
fn a_finding_says_why_it_was_raised_why_it_harms_what_to_write_and_who_says_so() {
    let finding = advice("Staff wrote that she is promiscuous.").remove(0);
    assert!(finding.message.contains("“promiscuous”"));
    assert!(!finding.why.is_empty() && !finding.alternatives.is_empty());
    assert!(!finding.sources.is_empty());
}

#[test]
fn a_match_that_is_let_pass_says_which_words_excuse_it() {
    for (text, context, cue) in [
        ("He said “I am a troublemaker”.", Context::Quote, "troublemaker"),
        ("Do not write that she is promiscuous.", Context::Mention, "Do not write"),
        ("She is far from complicit.", Context::Negation, "far from"),
        ("The Runaway Helpline rang.", Context::OtherSense, "Runaway Helpline"),
        ("The suspect was complicit.", Context::Perpetrator, "suspect"),
        ("The bonfire was out of control.", Context::OtherSense, "bonfire"),
        ("Our failure to engage him is plain.", Context::Agency, "Our"),
        ("Mum (38) is in a relationship with an older man.", Context::Adult, "Mum"),
    ] {
        let report = builtin_checker().check(text);
        assert!(report.findings.is_empty(), "{text}");
        let passed = &report.suppressed[0];
        assert_eq!(passed.context, context, "{text}: {}", passed.because);
        assert!(passed.because.contains(cue), "{text}: {}", passed.because);
    }
}

#[test]
fn the_built_in_lexicon_holds_158_sourced_entries_and_a_version() {
    let lexicon = Lexicon::builtin();
    assert_eq!(lexicon.entries().len(), 158);
    assert!(lexicon.entries().iter().all(|entry| !entry.sources.is_empty()));
    assert_eq!(lexicon.version(), builtin_checker().version());
}

#[test]
fn our_own_texts_may_name_only_what_is_listed_with_a_reason() {
    let list = "- {path: docs/guide.md, entries: [promiscuous], reason: names it to advise against it}\n\
        - {path: content/old/, reason: kept as it was}\n";
    let mut mentions = tessera_language::house::Mentions::from_yaml(list).unwrap();
    assert!(mentions.unlisted("docs/guide.md", "She is promiscuous.").is_empty());
    assert_eq!(mentions.unlisted("docs/guide.md", "He is a troublemaker.").len(), 1);
    assert_eq!(mentions.unlisted("docs/other.md", "She is promiscuous.").len(), 1);
    let unused: Vec<&str> = mentions.unused().map(|mention| mention.path.as_str()).collect();
    assert_eq!(unused, ["content/old/"]);
}
