//! Signing in and out, and one's own notices.

use crate::{Action, Actor, Verdict, rules::acts};

acts! { (), rule;
    /// Sign in.
    SignIn;
    /// Sign out.
    SignOut;
    /// Choose a password and second factor by a one-use link.
    SetCredentials;
    /// Read one's notices.
    ReadNotices;
}

fn rule(action: Action, actor: &Actor, (): &()) -> Verdict {
    let may = match action {
        Action::SignIn | Action::SetCredentials => true,
        _ => actor.user().is_some(),
    };
    if may { Verdict::Allow } else { Verdict::Refuse }
}
