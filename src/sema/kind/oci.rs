//! Kind OCI: all of it as the one published connector has it.

use super::Meaning;
use crate::ir::{Input, Object, Stream, Value, Window};
use crate::sema::context::Context;
use crate::sema::kind::rest_api_poller;
use crate::sema::page::Page;
use crate::sema::poller::Effective;
use crate::source::Origin;

pub struct Oci;

/// Minutes of a window when none is said (assumed: as of a RestApiPoller).
const DEFAULT_WINDOW: i64 = 5;

impl Meaning for Oci {
    fn complete(
        &self,
        poller: &Effective<'_>,
        _stream: &Stream,
        body: &mut Object,
        _inputs: &[Input],
        _context: &mut Context<'_>,
    ) {
        let origin = Origin::derived(poller.name.span, "default of an OCI connector");
        let request = body.members.iter_mut().find(|(name, _)| name == "request");
        if let Some(request) = request.and_then(|(_, request)| request.as_object_mut()) {
            request.set("type", Value::text("OCI", origin));
        }
        if body.get("response").is_none() {
            let paths = Value::array(vec![Value::text("$", origin)], origin);
            body.set("response", Value::object(Object::new().with("eventsJsonPaths", paths), origin));
        }
    }

    fn window(&self, poller: &Effective<'_>) -> Option<Window> {
        Some(rest_api_poller::window(poller, DEFAULT_WINDOW))
    }

    fn steps(&self, page: &Page<'_>) -> Vec<Value> {
        let prepare = [
            "In Oracle Cloud, make a stream, and a connector of the Connector Hub that moves the logs into it.",
            "Make a user that may read the stream, with an API signing key. Note the OCIDs of tenancy, user and stream, the \
             fingerprint of the key, the private key, and the message endpoint of the stream's pool.",
        ];
        vec![page.notes("Prepare Oracle Cloud", "Once for each stream.", &prepare, Vec::new()), page.connect()]
    }
}
