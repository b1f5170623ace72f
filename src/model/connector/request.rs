//! `request` and `response` of a REST poller, as tables of the service's fields.

use crate::model::decode::{Decode, Decoder};
use crate::model::schema::Schemas;
use crate::model::service::{Field, Kind, Mark, ObjectSpec, ServiceObject};
use crate::syntax::Node;
use Mark::{Documented, Observed};
use serde_json::Value as Json;

const fn field(name: &'static str, kind: Kind, mark: Mark, doc: &'static str) -> Field {
    Field { name, kind, required: false, mark, doc }
}

/// Source: the data connector reference for the Codeless Connector Framework, and published connectors where marked.
static REQUEST: ObjectSpec = ObjectSpec {
    title: "request",
    doc: "What is asked, how often, and in which windows.",
    fields: &[
        Field {
            required: true,
            ..field("apiEndpoint", Kind::Template, Documented, "Absolute https URL; inputs may stand in it.")
        },
        field("httpMethod", Kind::Enum(&["GET", "POST"]), Documented, "Default: GET."),
        field(
            "queryWindowInMin",
            Kind::Int(1, i64::MAX),
            Documented,
            "Minutes: the polling interval and the length of the window; default 5.",
        ),
        field(
            "queryWindowDelayInMin",
            Kind::Int(0, i64::MAX),
            Observed,
            "Minutes by which the window ends before now.",
        ),
        field(
            "queryTimeFormat",
            Kind::Text,
            Documented,
            "UnixTimestamp, UnixTimestampInMills or a .NET date format; default ISO 8601.",
        ),
        field("startTimeAttributeName", Kind::Text, Documented, "Query parameter with the start of the window."),
        field("endTimeAttributeName", Kind::Text, Documented, "Query parameter with the end of the window."),
        field(
            "queryTimeIntervalAttributeName",
            Kind::Text,
            Documented,
            "One query parameter with both ends; needs the two keys below.",
        ),
        field("queryTimeIntervalPrepend", Kind::Text, Documented, "Text before the start of the window."),
        field("queryTimeIntervalDelimiter", Kind::Text, Documented, "Text between start and end."),
        field("queryParameters", Kind::Map, Documented, "Query parameters of each request."),
        field("queryParametersTemplate", Kind::Template, Documented, "Body of a POST request as JSON text."),
        field("isPostPayloadJson", Kind::Bool, Documented, "A JSON body instead of a form; default false."),
        field("headers", Kind::Map, Documented, "Headers of each request."),
        field("rateLimitQPS", Kind::Int(1, i64::MAX), Documented, "Requests a second at most."),
        field("retryCount", Kind::Int(1, 6), Documented, "Tries of a failed request, 1 to 6; default 3."),
        field("timeoutInSeconds", Kind::Int(1, 180), Documented, "1 to 180; default 20."),
    ],
};

static RESPONSE: ObjectSpec = ObjectSpec {
    title: "response",
    doc: "Where the events are in the answer.",
    fields: &[
        Field { required: true, ..field("eventsJsonPaths", Kind::Paths, Documented, "JSONPaths of the events.") },
        field("format", Kind::Enum(&["json", "csv", "xml"]), Documented, "Default: json."),
        field("successStatusJsonPath", Kind::Path, Documented, "Where the answer says that it succeeded."),
        field("successStatusValue", Kind::Text, Documented, "What it says then."),
        field("isGzipCompressed", Kind::Bool, Documented, "Default false."),
        field("compressionAlgo", Kind::Enum(&["multi-gzip", "deflate"]), Documented, "Compression other than gzip."),
        field("csvDelimiter", Kind::Text, Documented, "Default: a comma."),
        field("hasCsvBoundary", Kind::Bool, Documented, "Whether the CSV stands in a multipart answer."),
        field("hasCsvHeader", Kind::Bool, Documented, "Default true."),
        field("csvEscape", Kind::Text, Documented, "Default: a double quote."),
        field("convertChildPropertiesToArray", Kind::Bool, Documented, "The events are the members of one object."),
    ],
};

/// `request`
#[derive(Debug, Clone)]
pub struct Request(pub ServiceObject);

impl Decode for Request {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        REQUEST.decode(node, decoder).map(Request)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        REQUEST.schema("Request", schemas)
    }
}

/// `response`
#[derive(Debug, Clone)]
pub struct Response(pub ServiceObject);

impl Decode for Response {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        RESPONSE.decode(node, decoder).map(Response)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        RESPONSE.schema("Response", schemas)
    }
}
