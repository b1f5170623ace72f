//! Kind RestApiPoller.

use super::Meaning;
use crate::ir::{Input, Object, Stream, Window};
use crate::sema::context::Context;
use crate::sema::poller::{Effective, auth, paging, request, steps};
use crate::source::Spanned;

pub struct RestApiPoller;

/// Minutes of a window when none is said (documented).
const DEFAULT_WINDOW: i64 = 5;

impl Meaning for RestApiPoller {
    fn check(&self, poller: &Effective<'_>, inputs: &[Input], context: &mut Context<'_>) {
        let at = |key: &str| format!("{}.{key}", poller.path);
        let asked = poller.own.object("request");
        if let Some(auth) = poller.own.object("auth") {
            auth::check(auth, asked, false, inputs, &at("auth"), context);
        }
        if let Some(request) = asked {
            request::check(request, &at("request"), context);
        }
        if let Some(paging) = poller.own.object("paging") {
            paging::check(paging, asked, &at("paging"), context);
        }
        steps::check(&poller.nesting, &poller.add_on, &poller.path, inputs, context);
    }

    fn complete(
        &self,
        poller: &Effective<'_>,
        _stream: &Stream,
        body: &mut Object,
        inputs: &[Input],
        context: &mut Context<'_>,
    ) {
        complete_auth(poller, body);
        steps::complete(&poller.nesting, body, &poller.path, inputs, context);
    }

    fn window(&self, poller: &Effective<'_>) -> Option<Window> {
        Some(window(poller, DEFAULT_WINDOW))
    }
}

/// Members of `auth` that have one value only.
pub fn complete_auth(poller: &Effective<'_>, body: &mut Object) {
    if let Some(written) = poller.own.object("auth")
        && let Some((_, auth)) = body.members.iter_mut().find(|(name, _)| name == "auth")
    {
        auth::complete(written, auth);
    }
}

/// The window that a request says, or the service's own.
pub fn window(poller: &Effective<'_>, default: i64) -> Window {
    let minutes = |key: &str| {
        let request = poller.own.object("request")?;
        request.int(key).zip(request.get(key)).map(|(value, member)| Spanned::new(value, member.value.span()))
    };
    Window {
        minutes: minutes("queryWindowInMin").unwrap_or(Spanned::new(default, poller.name.span)),
        delay: minutes("queryWindowDelayInMin").map_or(0, |delay| delay.value),
    }
}
