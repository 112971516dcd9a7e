//! Form templates: `trouble-maker(|s)` stands for `trouble-maker` and `trouble-makers`.

/// A template stands for no more forms than this.
const MOST: usize = 20_000;

/// Every form that `template` stands for, in order, without doubles.
pub(crate) fn expand(template: &str) -> Vec<String> {
    let mut forms = vec![String::new()];
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('(') {
        let Some((choices, tail)) = after.split_once(')') else { break };
        let mut grown = Vec::new();
        for form in &forms {
            for choice in choices.split('|') {
                if grown.len() < MOST {
                    grown.push(format!("{form}{before}{choice}"));
                }
            }
        }
        forms = grown;
        rest = tail;
    }
    let mut out: Vec<String> = Vec::with_capacity(forms.len());
    for form in forms {
        let whole = format!("{form}{rest}");
        let tidy = whole.split_whitespace().collect::<Vec<_>>().join(" ");
        if !tidy.is_empty() {
            out.push(tidy);
        }
    }
    let mut seen = std::collections::HashSet::new();
    out.retain(|form| seen.insert(form.clone()));
    out
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn a_choice_with_an_empty_branch_is_optional() {
        assert_eq!(expand("trouble-maker(|s)"), ["trouble-maker", "trouble-makers"]);
        assert_eq!(expand("in a (|sexual )(bond)"), ["in a bond", "in a sexual bond"]);
        assert_eq!(expand("plain words"), ["plain words"]);
    }
}
