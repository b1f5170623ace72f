//! Kind WebSocket: signed as a RestApiPoller is; the window is the time that a connection stays open.

use super::{Meaning, rest_api_poller};
use crate::ir::{Input, Object, Stream, Window};
use crate::sema::context::Context;
use crate::sema::poller::{Effective, auth, request};

pub struct WebSocket;

/// Minutes of a window when none is said (assumed: as of a RestApiPoller).
const DEFAULT_WINDOW: i64 = 5;

impl Meaning for WebSocket {
    fn check(&self, poller: &Effective<'_>, inputs: &[Input], context: &mut Context<'_>) {
        if let Some(auth) = poller.own.object("auth") {
            auth::check(auth, None, false, inputs, &format!("{}.auth", poller.path), context);
        }
        if let Some(request) = poller.own.object("request") {
            request::check_format(request, &format!("{}.request", poller.path), context);
        }
    }

    fn complete(
        &self,
        poller: &Effective<'_>,
        _stream: &Stream,
        body: &mut Object,
        _inputs: &[Input],
        _context: &mut Context<'_>,
    ) {
        rest_api_poller::complete_auth(poller, body);
    }

    fn window(&self, poller: &Effective<'_>) -> Option<Window> {
        Some(rest_api_poller::window(poller, DEFAULT_WINDOW))
    }
}
