//! The few cookies there are: one while signed in, one while a draft or a follow-up is open. All
//! are for the server only and end with the browser.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::site::Config;

/// The cookie of a session.
pub(crate) const SESSION: &str = "tessera-session";
/// The cookie of an open draft.
pub(crate) const DRAFT: &str = "tessera-draft";
/// The cookie of an open screening.
pub(crate) const SCREENING: &str = "tessera-screening";
/// The cookie of a concern being followed up.
pub(crate) const FOLLOW: &str = "tessera-follow";

/// The name as sent: bound to this host over https.
fn full_name(config: &Config, name: &str) -> String {
    if config.secure { format!("__Host-{name}") } else { name.to_owned() }
}

/// The value of a cookie, if it was sent.
pub(crate) fn get(headers: &HeaderMap, config: &Config, name: &str) -> Option<String> {
    let full = full_name(config, name);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == full)
        .map(|(_, value)| value.to_owned())
}

/// A cookie to set; an empty value ends it.
pub(crate) fn set(config: &Config, name: &str, value: &str) -> HeaderValue {
    let secure = if config.secure { "; Secure" } else { "" };
    let ended = if value.is_empty() { "; Max-Age=0" } else { "" };
    let text = format!(
        "{}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{ended}",
        full_name(config, name)
    );
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}
