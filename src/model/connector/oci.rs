//! Kind OCI: messages of a stream in Oracle Cloud.
//!
//! Source: the published connector of this kind alone; nothing of it is documented.

use super::{auth, shared};
use crate::model::service::{self, Field, Kind, ObjectSpec, Types};

const fn field(name: &'static str, kind: Kind, doc: &'static str) -> Field {
    service::field(name, kind, doc).observed()
}

/// What a connection of this kind has of its own.
pub static OWN: ObjectSpec = ObjectSpec {
    title: "OCI",
    doc: "Messages of a stream in Oracle Cloud. Observed in published connectors, not documented.",
    fields: &[
        field("auth", Kind::Typed(&AUTH), "Who signs in; shared by all pollers.").required(),
        field("request", Kind::Object(&REQUEST), "What is read; shared by all pollers.").required(),
        field("response", Kind::Object(&RESPONSE), "Where the events are in a message; default: the whole of it."),
        field("paging", Kind::Object(&PAGING), "How many messages at once.").emitted("Paging"),
    ],
    demands: &[],
};

static AUTH: Types = Types {
    key: "type",
    of: "auth type of an OCI connector",
    prefix: "OciAuth",
    known: &[("Oracle", &auth::ORACLE)],
    elsewhere: &[
        ("APIKey", "RestApiPoller"),
        ("Basic", "RestApiPoller"),
        ("OAuth2", "RestApiPoller"),
        ("JwtToken", "RestApiPoller"),
    ],
    other: &auth::OTHER,
};

static REQUEST: ObjectSpec = ObjectSpec {
    title: "request of an OCI connector",
    doc: "The stream that is read.",
    fields: &[
        field("serviceEndpointBaseUrl", Kind::Url, "Message endpoint of the stream's pool, an absolute https URL.")
            .required(),
        field("streamId", Kind::Template, "OCID of the stream.").required(),
        field("partitions", Kind::Template, "Number of the partitions, or of one of them.").required(),
        field("cursorType", Kind::Text, "How the service keeps its place in the stream."),
        field("queryWindowInMin", Kind::Int(1, i64::MAX), "Minutes: the polling interval; default 5."),
        field("rateLimitQPS", Kind::Int(1, i64::MAX), "Requests a second at most."),
    ],
    demands: &[],
};

static RESPONSE: ObjectSpec = ObjectSpec {
    title: "response of an OCI connector",
    doc: "Where the events are in a message.",
    fields: &[shared::EVENTS.observed().required(), field("format", Kind::Enum(&["json"]), "Default: json.")],
    demands: &[],
};

static PAGING: ObjectSpec = ObjectSpec {
    title: "paging of an OCI connector",
    doc: "How many messages at once.",
    fields: &[field("pageSize", Kind::Int(1, i64::MAX), "Messages a request.").required()],
    demands: &[],
};
