//! Kind WebSocket: events that a server sends over a connection that stays open for a window.
//!
//! Source: the read-me of the published connector of this kind, and that connector; the service's documentation and published
//! model do not have it. It is signed as a RestApiPoller is, and pages nothing.

use super::{auth, rest_api_poller, shared};
use crate::model::service::{self, Demand, Field, Kind, Mark, ObjectSpec};

const fn field(name: &'static str, kind: Kind, doc: &'static str) -> Field {
    service::field(name, kind, doc).observed()
}

/// What a connection of this kind has of its own.
pub static OWN: ObjectSpec = ObjectSpec {
    title: "WebSocket",
    doc: "Events that a server sends over a connection that stays open.",
    fields: &[
        field("auth", Kind::Typed(&auth::TYPES), "How requests are signed; shared by all pollers.").required(),
        field("request", Kind::Object(&REQUEST), "What is asked; shared by all pollers.").required(),
        field("response", Kind::Object(&rest_api_poller::RESPONSE), "Where the events are in a message.").required(),
    ],
    demands: &[],
};

static REQUEST: ObjectSpec = ObjectSpec {
    title: "request of a WebSocket connector",
    doc: "What is asked, and in which windows.",
    fields: &[
        field("apiEndpoint", Kind::SocketUrl, "Absolute wss URL; inputs may stand in it.").required(),
        field("queryWindowInMin", Kind::Int(1, i64::MAX), "Minutes: how long a connection stays; default 5."),
        field(
            "firstWindowBackfillInMin",
            Kind::Int(0, 60),
            "Minutes before the first connection that are read; default 60.",
        ),
        shared::TIME_FORMAT.observed(),
        shared::WINDOW_START.observed(),
        shared::WINDOW_END.observed(),
        field(
            "queryParameters",
            Kind::Map,
            "Query parameters; {_QueryWindowStartTime} and {_QueryWindowEndTime} are the window's ends.",
        ),
        field("headers", Kind::Headers, "Headers of the request that opens the connection."),
        field("retryCount", Kind::Int(1, 6), "Tries of a failed connection, 1 to 6; default 3."),
        shared::TIMEOUT.observed(),
    ],
    demands: &[(Demand::Needs("endTimeAttributeName", &["startTimeAttributeName"]), Mark::Assumed)],
};
