//! Kind RestApiPoller: requests over HTTPS, with `auth` and `paging` by their types.
//!
//! Source: the data connector reference of the Codeless Connector Framework and the service's published model; what only
//! published connectors have is marked.

use super::{auth, paging, shared};
use crate::model::decode::{Decode, Decoder};
use crate::model::schema::Schemas;
use crate::model::service::{Demand, Kind, Mark, ObjectSpec, ServiceObject, field};
use crate::syntax::Node;
use Demand::{Alternatives, Needs, Only, Where};
use Mark::Documented;
use serde_json::Value as Json;

/// What a connection of this kind has of its own.
pub static OWN: ObjectSpec = ObjectSpec {
    title: "RestApiPoller",
    doc: "Requests over HTTPS.",
    fields: &[
        field("auth", Kind::Typed(&auth::TYPES), "How requests are signed; shared by all pollers.").required(),
        field("request", Kind::Object(&REQUEST), "What is asked; shared by all pollers.").required(),
        field("response", Kind::Object(&RESPONSE), "Where the events are in the answer; shared by all pollers.")
            .required(),
        field("paging", Kind::Typed(&paging::TYPES), "How the next page is asked; default: one page."),
    ],
    demands: &[],
};

static REQUEST: ObjectSpec = ObjectSpec {
    title: "request",
    doc: "What is asked, how often, and in which windows.",
    fields: &[
        field("apiEndpoint", Kind::Url, "Absolute https URL; inputs may stand in it.").required(),
        field("httpMethod", Kind::Enum(&["GET", "POST", "PUT", "DELETE"]), "Default: GET."),
        field(
            "queryWindowInMin",
            Kind::Int(1, i64::MAX),
            "Minutes: the polling interval and the length of the window; default 5.",
        ),
        field(
            "initialCheckpointTimeUtc",
            Kind::Text,
            "Start of the very first window (ISO 8601, UTC), for APIs that take a start without an end.",
        ),
        field("queryWindowDelayInMin", Kind::Int(0, i64::MAX), "Minutes by which the window ends before now.")
            .observed(),
        shared::TIME_FORMAT,
        shared::WINDOW_START,
        shared::WINDOW_END,
        field(
            "queryTimeIntervalAttributeName",
            Kind::Text,
            "One query parameter with both ends; needs the two keys below.",
        ),
        field("queryTimeIntervalPrepend", Kind::Text, "Text before the start of the window."),
        field("queryTimeIntervalDelimiter", Kind::Text, "Text between start and end."),
        field(
            "queryParameters",
            Kind::Map,
            "Query parameters of each request; {_QueryWindowStartTime} and {_QueryWindowEndTime} are the window's ends.",
        ),
        field(
            "queryParametersTemplate",
            Kind::Body,
            "Body of a POST request as JSON text, with {_QueryWindowStartTime}, {_QueryWindowEndTime}, {_APIKeyName} and {_APIKey}.",
        ),
        field("isPostPayloadJson", Kind::Bool, "A JSON body instead of a form; default false."),
        field("headers", Kind::Headers, "Headers of each request."),
        field("rateLimitQPS", Kind::Int(1, i64::MAX), "Requests a second at most."),
        field("rateLimitConfig", Kind::Object(&RATE_LIMIT), "What is done about the API's own limits."),
        field("paginatedCallsPerSecond", Kind::Positive, "Follow-up requests a second at most.").observed(),
        field("retryCount", Kind::Int(1, 6), "Tries of a failed request, 1 to 6; default 3."),
        shared::TIMEOUT,
        field("logResponseContent", Kind::Bool, "Logs what comes back, for diagnosis only; default false.").observed(),
    ],
    demands: &[
        (
            Needs("queryTimeIntervalAttributeName", &["queryTimeIntervalPrepend", "queryTimeIntervalDelimiter"]),
            Documented,
        ),
        (Needs("queryTimeIntervalPrepend", &["queryTimeIntervalAttributeName"]), Documented),
        (Needs("queryTimeIntervalDelimiter", &["queryTimeIntervalAttributeName"]), Documented),
        (Alternatives(&["initialCheckpointTimeUtc", "endTimeAttributeName"]), Documented),
        (Alternatives(&["initialCheckpointTimeUtc", "queryTimeIntervalAttributeName"]), Documented),
        (Only { keys: &["isPostPayloadJson"], field: "httpMethod", value: "POST" }, Documented),
    ],
};

static RATE_LIMIT: ObjectSpec = ObjectSpec {
    title: "rateLimitConfig",
    doc: "When the API limits requests, where it says so, and how long is waited.",
    fields: &[
        field("evaluation", Kind::Object(&EVALUATION), "When the limit is looked at."),
        field("extraction", Kind::Object(&EXTRACTION), "Where the answer has the limit."),
        field("retryStrategy", Kind::Object(&RETRY), "How long is waited."),
    ],
    demands: &[],
};

static EVALUATION: ObjectSpec = ObjectSpec {
    title: "evaluation",
    doc: "When the limit is looked at.",
    fields: &[field("checkMode", Kind::Text, "OnlyWhen429 is the one value in published connectors.").required()],
    demands: &[],
};

static EXTRACTION: ObjectSpec = ObjectSpec {
    title: "extraction",
    doc: "Where the answer has the limit.",
    fields: &[
        field("source", Kind::Enum(&["CustomHeaders", "DefaultHeaders"]), "Headers of the API's own, or usual ones.")
            .required(),
        field("headers", Kind::Object(&LIMIT_HEADERS), "CustomHeaders: which ones."),
    ],
    demands: &[
        (Where { field: "source", value: "CustomHeaders", needs: &["headers"], excludes: &[] }, Documented),
        (Where { field: "source", value: "DefaultHeaders", needs: &[], excludes: &["headers"] }, Documented),
    ],
};

static LIMIT_HEADERS: ObjectSpec = ObjectSpec {
    title: "headers",
    doc: "The headers with the limit, with what is left of it, and with the time of the next one.",
    fields: &[
        field("limit", Kind::Object(&LIMIT_HEADER), "Header with the limit.").required(),
        field("remaining", Kind::Object(&LIMIT_HEADER), "Header with what is left.").required(),
        field("reset", Kind::Object(&LIMIT_HEADER), "Header with the time of the next limit.").required(),
    ],
    demands: &[],
};

static LIMIT_HEADER: ObjectSpec = ObjectSpec {
    title: "header",
    doc: "A header and how its value is written.",
    fields: &[
        field("name", Kind::Text, "Name of the header.").required(),
        field("format", Kind::Text, "Integer and UnixTimeSeconds are the values in published connectors.").required(),
    ],
    demands: &[],
};

static RETRY: ObjectSpec = ObjectSpec {
    title: "retryStrategy",
    doc: "How long is waited.",
    fields: &[field("useResetOrRetryAfterHeaders", Kind::Bool, "As long as the answer's headers say.")],
    demands: &[],
};

pub static RESPONSE: ObjectSpec = ObjectSpec {
    title: "response",
    doc: "Where the events are in the answer.",
    fields: &[
        shared::EVENTS.required(),
        field("format", Kind::Enum(&["json", "csv", "xml"]), "Default: json."),
        field("successStatusJsonPath", Kind::Path, "Where the answer says that it succeeded."),
        field("successStatusValue", Kind::Text, "What it says then."),
        shared::IS_GZIP,
        field(
            "compressionAlgo",
            Kind::Enum(&["multi-gzip", "deflate", "gzip"]),
            "How the answer is compressed; for gzip the documentation wants isGzipCompressed instead.",
        ),
        shared::CSV_DELIMITER,
        shared::CSV_BOUNDARY,
        shared::CSV_HEADER,
        shared::CSV_ESCAPE,
        field("convertChildPropertiesToArray", Kind::Bool, "The events are the members of one object."),
    ],
    demands: &[
        (Needs("successStatusJsonPath", &["successStatusValue"]), Documented),
        (Needs("successStatusValue", &["successStatusJsonPath"]), Documented),
        shared::ONE_COMPRESSION,
        shared::CSV_ALONE,
    ],
};

/// A part of a poller where it stands alone, in a step.
macro_rules! part {
    ($(#[doc = $doc:literal])* $name:ident, $decode:expr, $schema:expr) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone)]
        pub struct $name(pub ServiceObject);

        impl Decode for $name {
            fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
                $decode(node, decoder).map($name)
            }

            fn schema(schemas: &mut Schemas) -> Json {
                $schema(schemas)
            }
        }
    };
}

part!(
    /// `auth`
    Auth, |node, decoder| auth::TYPES.decode(node, decoder), |schemas| auth::TYPES.schema(schemas)
);
part!(
    /// `request`
    Request, |node, decoder| REQUEST.decode(node, decoder), |schemas| REQUEST.schema("Request", schemas)
);
part!(
    /// `response`
    Response, |node, decoder| RESPONSE.decode(node, decoder), |schemas| RESPONSE.schema("Response", schemas)
);
part!(
    /// `paging`
    Paging, |node, decoder| paging::TYPES.decode(node, decoder), |schemas| paging::TYPES.schema(schemas)
);
