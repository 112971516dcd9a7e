//! Answers whose time tells nothing. Finding a record and then refusing it takes a little longer
//! than finding none; so does a search that meets a record its reader may not see. Such answers
//! leave only at the next step of a clock that began with the request.

use std::time::Duration;

use axum::{
    extract::{MatchedPath, Request},
    http::{Method, StatusCode},
    middleware::Next,
    response::Response,
};
use tessera_policy::Action;
use tokio::time::{Instant, sleep_until};

use crate::routes::{Access, TABLE};

/// How far the steps lie apart: many times what a refusal takes, and too short for a person to
/// notice.
const STEP: Duration = Duration::from_millis(25);

/// Sends on "there is nothing here" and the results of searches at a step.
pub(crate) async fn answers(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let looks = request
        .extensions()
        .get::<MatchedPath>()
        .is_some_and(|path| looks_for_records(request.method(), path.as_str()));
    let response = next.run(request).await;
    if looks || response.status() == StatusCode::NOT_FOUND {
        sleep_until(begun + up_to_step(begun.elapsed())).await;
    }
    response
}

/// Whether a route looks among records that its reader may not see.
fn looks_for_records(method: &Method, path: &str) -> bool {
    let searches = [
        Access::Allowed(Action::SearchChildren),
        Access::Allowed(Action::SearchConcerns),
        Access::Allowed(Action::CreateChild),
        Access::Allowed(Action::FollowConcern),
    ];
    TABLE.iter().any(|route| {
        route.path == path
            && method.as_str().eq_ignore_ascii_case(route.method)
            && searches.contains(&route.access)
    })
}

/// The first step at or after a time.
fn up_to_step(time: Duration) -> Duration {
    let steps = time.as_nanos().div_ceil(STEP.as_nanos()).max(1);
    STEP * u32::try_from(steps).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_leaves_at_a_step_and_never_before_its_time() {
        let millis = Duration::from_millis;
        assert_eq!(up_to_step(Duration::ZERO), millis(25));
        assert_eq!(up_to_step(Duration::from_micros(913)), millis(25));
        assert_eq!(up_to_step(Duration::from_micros(1_100)), millis(25));
        assert_eq!(up_to_step(millis(25)), millis(25));
        assert_eq!(up_to_step(Duration::from_micros(25_001)), millis(50));
        assert_eq!(up_to_step(millis(812)), millis(825));
    }

    #[test]
    fn searches_are_known_by_their_right() {
        assert!(looks_for_records(&Method::GET, "/children"));
        assert!(looks_for_records(&Method::GET, "/search"));
        assert!(looks_for_records(&Method::POST, "/follow"));
        assert!(!looks_for_records(&Method::POST, "/search"));
        assert!(!looks_for_records(&Method::GET, "/guidance"));
    }
}
