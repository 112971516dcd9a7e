//! Form templates: `trouble-maker(|s)` stands for `trouble-maker` and `trouble-makers`.

/// Every form that `template` stands for, in order. Doubles are possible.
pub(crate) fn expand(template: &str) -> Vec<String> {
    let mut out = Vec::new();
    let kept: Result<(), ()> = each_form(template, &mut |form| {
        out.push(form.to_owned());
        Ok(())
    });
    debug_assert_eq!(kept, Ok(()));
    out
}

/// Calls `take` with every form, white space collapsed; stops at its first error.
pub(crate) fn each_form<E>(
    template: &str,
    take: &mut impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    grow(&mut String::with_capacity(template.len()), template, take)
}

fn grow<E>(
    form: &mut String,
    rest: &str,
    take: &mut impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    let opened = rest.split_once('(');
    let choice = opened.and_then(|(before, after)| Some((before, after.split_once(')')?)));
    let len = form.len();
    if let Some((before, (choices, tail))) = choice {
        for choice in choices.split('|') {
            add(form, before);
            add(form, choice);
            grow(form, tail, take)?;
            form.truncate(len);
        }
        return Ok(());
    }
    add(form, rest);
    let whole = form.trim();
    let done = if whole.is_empty() { Ok(()) } else { take(whole) };
    form.truncate(len);
    done
}

/// Adds `text`, a run of white space as one space.
fn add(form: &mut String, text: &str) {
    let plain = text.bytes().all(|byte| byte == b' ' || (0x21..0x7f).contains(&byte));
    if plain && !text.contains("  ") && !(form.ends_with(' ') && text.starts_with(' ')) {
        form.push_str(text);
        return;
    }
    for char in text.chars() {
        if !char.is_whitespace() {
            form.push(char);
        } else if !form.ends_with(' ') {
            form.push(' ');
        }
    }
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
