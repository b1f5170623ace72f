//! Kind Push: an application sends events to the endpoint, with a token of its own; the service polls nothing.
//!
//! Source: the guide to push connectors of the Codeless Connector Framework and published connectors; the service's
//! published model does not have this kind.

use crate::model::service::{Kind, ObjectSpec, field};

/// What a connection of this kind has of its own; its `auth` follows from the application that the page makes.
pub static OWN: ObjectSpec = ObjectSpec {
    title: "Push",
    doc: "An application sends events to the logs-ingestion endpoint.",
    fields: &[
        field("request", Kind::Object(&REQUEST), "Default: one try."),
        field("response", Kind::Object(&RESPONSE), "Default: what is sent is a list of events."),
    ],
    demands: &[],
};

static REQUEST: ObjectSpec = ObjectSpec {
    title: "request of a Push connector",
    doc: "What is done about a request that fails.",
    fields: &[field("retryCount", Kind::Int(1, 6), "Tries; default: 1.").emitted("RetryCount").observed()],
    demands: &[],
};

static RESPONSE: ObjectSpec = ObjectSpec {
    title: "response of a Push connector",
    doc: "Where the events are in what is sent.",
    fields: &[field("eventsJsonPaths", Kind::Paths, "JSONPaths of the events; default: $.").observed()],
    demands: &[],
};

/// What the page of this kind is made from.
pub static PAGE: ObjectSpec = ObjectSpec {
    title: "page of a Push connector",
    doc: "The button that makes the application.",
    fields: &[
        field("deployLabel", Kind::Text, "Label of the button; default: Deploy."),
        field("applicationDisplayName", Kind::Text, "Name of the application in Microsoft Entra; default: the title."),
    ],
    demands: &[],
};
