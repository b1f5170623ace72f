//! `paging` of a REST poller: one table for each type.
//!
//! Source: the data connector reference of the Codeless Connector Framework; what only published connectors have is marked.
//! The published model lists three of these fields, the service takes all of them.

use crate::model::service::{Demand, Field, Kind, Mark, ObjectSpec, Types, field};
use Demand::{Needs, OneOf};
use Mark::{Assumed, Documented};

const TYPE: Field = field("pagingType", Kind::Text, "How the next page is asked.").required();
const PAGE_SIZE: Field = field("pageSize", Kind::Int(1, i64::MAX), "Events a page.");
const PAGE_SIZE_NAME: Field = field("pageSizeParameterName", Kind::Template, "Parameter with the page size.");
const PLACEMENT: Field = field(
    "pagingInfoPlacement",
    Kind::Enum(&["QueryString", "RequestBody"]),
    "Where the paging values go: into the URL or into the body of a POST request.",
);
const ONLY: Field = field("pagingQueryParamOnly", Kind::Bool, "Follow-up requests carry the paging parameters alone.");
const TOKEN_PATH: Field =
    field("nextPageTokenJsonPath", Kind::Path, "Where the answer has the token or link of the next page.");
const TOKEN_HEADER: Field = field("nextPageTokenResponseHeader", Kind::Text, "Header of the answer with the token.");
const NEXT_NAME: Field =
    field("nextPageParaName", Kind::Template, "Parameter that takes the token; a JSONPath is a place in the body.");
const NEXT_HEADER: Field =
    field("nextPageRequestHeader", Kind::Template, "Header of the request that takes the token.");
const HAS_NEXT: Field = field("hasNextFlagJsonPath", Kind::Path, "Where the answer says whether there is a next page.");
const RELATIVE: Field =
    field("isNextPageTokenRelativeUrl", Kind::Bool, "The token is a URL without its host; default: false.").observed();
const NEXT_METHOD: Field = field(
    "nextPageHttpMethod",
    Kind::Enum(&["GET", "POST"]),
    "Method of follow-up requests; default: the first one's.",
)
.observed();

const SIZED: (Demand, Mark) = (Needs("pageSizeParameterName", &["pageSize"]), Assumed);
const RELATIVE_TOKEN: (Demand, Mark) = (Needs("isNextPageTokenRelativeUrl", &["nextPageTokenJsonPath"]), Assumed);

static LINK_HEADER: ObjectSpec = ObjectSpec {
    title: "LinkHeader paging",
    doc: "The next page is a link in a header, or in the body.",
    fields: &[
        TYPE,
        field("linkHeaderTokenJsonPath", Kind::Path, "Where the body has the link; default: the Link header."),
        field("linkHeaderRelLinkName", Kind::Text, "Relation of the link in the header, as in rel=next.").observed(),
        PAGE_SIZE,
        PAGE_SIZE_NAME,
        PLACEMENT,
        ONLY,
    ],
    demands: &[SIZED],
};

static NEXT_PAGE_URL: ObjectSpec = ObjectSpec {
    title: "NextPageUrl paging",
    doc: "The answer has the URL of the next page, or a token for a given URL.",
    fields: &[
        TYPE,
        TOKEN_PATH,
        field("nextPageUrl", Kind::Template, "URL that takes the token."),
        NEXT_NAME,
        field("nextPageUrlQueryParameters", Kind::Map, "Query parameters of that URL."),
        field("nextPageUrlQueryParametersTemplate", Kind::Template, "Body of that request as JSON text."),
        HAS_NEXT,
        NEXT_HEADER,
        RELATIVE,
        NEXT_METHOD,
        PAGE_SIZE,
        PAGE_SIZE_NAME,
        PLACEMENT,
        ONLY,
    ],
    demands: &[
        (OneOf(&["nextPageTokenJsonPath", "nextPageUrl"], "where the next page is"), Assumed),
        RELATIVE_TOKEN,
        SIZED,
    ],
};

static TOKEN_TRANSFORM: ObjectSpec = ObjectSpec {
    title: "tokenTransform",
    doc: "What is done to the token before it is sent. Observed, not documented.",
    fields: &[
        field("transformType", Kind::Enum(&["SplitOnDelimiter"]), "SplitOnDelimiter").required().observed(),
        field("sliceDelimiter", Kind::Text, "Text at which the token is split.").required().observed(),
        field("stringIndex", Kind::Int(0, i64::MAX), "Which part is the token, from 0.").required().observed(),
    ],
    demands: &[],
};

static TOKEN: ObjectSpec = ObjectSpec {
    title: "token paging",
    doc: "The answer has a token, and the next request takes it along.",
    fields: &[
        TYPE,
        TOKEN_PATH,
        TOKEN_HEADER,
        field("tokenTransform", Kind::Object(&TOKEN_TRANSFORM), "What is done to the token.").observed(),
        NEXT_NAME,
        NEXT_HEADER,
        HAS_NEXT,
        RELATIVE,
        NEXT_METHOD,
        PAGE_SIZE,
        PAGE_SIZE_NAME,
        PLACEMENT,
        ONLY,
    ],
    demands: &[
        (OneOf(&["nextPageTokenJsonPath", "nextPageTokenResponseHeader"], "where the token comes from"), Documented),
        (OneOf(&["nextPageParaName", "nextPageRequestHeader"], "where the token goes"), Documented),
        RELATIVE_TOKEN,
        SIZED,
    ],
};

static OFFSET: ObjectSpec = ObjectSpec {
    title: "Offset paging",
    doc: "The next request says how many events came already.",
    fields: &[
        TYPE,
        field("offsetParaName", Kind::Template, "Parameter with the offset; a JSONPath is a place in the body.")
            .required(),
        field("offsetEndParaName", Kind::Template, "Parameter with the offset of the page's end.").observed(),
        PAGE_SIZE,
        PAGE_SIZE_NAME,
        PLACEMENT,
        ONLY,
    ],
    demands: &[(Needs("offsetEndParaName", &["pageSize"]), Assumed), SIZED],
};

static COUNT_BASED: ObjectSpec = ObjectSpec {
    title: "CountBasedPaging",
    doc: "The next request says the number of the page.",
    fields: &[
        TYPE,
        field(
            "pageNumberParaName",
            Kind::Template,
            "Parameter with the page number; a JSONPath is a place in the body.",
        )
        .required(),
        field("zeroBasedIndexing", Kind::Bool, "Pages count from 0; default: from 1."),
        HAS_NEXT,
        field("totalResultsJsonPath", Kind::Path, "Where the answer has the number of all events."),
        field("pageNumberJsonPath", Kind::Path, "Where the answer has the page number."),
        field("pageCountJsonPath", Kind::Path, "Where the answer has the number of pages."),
        PAGE_SIZE,
        PAGE_SIZE_NAME,
        PLACEMENT,
        ONLY,
    ],
    demands: &[(Needs("totalResultsJsonPath", &["pageNumberJsonPath", "pageCountJsonPath"]), Documented), SIZED],
};

static NONE: ObjectSpec =
    ObjectSpec { title: "None paging", doc: "One page; the same as no paging.", fields: &[TYPE], demands: &[] };

static OTHER: ObjectSpec = ObjectSpec {
    title: "paging of an unknown type",
    doc: "A paging type that this language lacks, all of it under `unchecked`.",
    fields: &[],
    demands: &[],
};

pub static TYPES: Types = Types {
    key: "pagingType",
    of: "paging type",
    prefix: "Paging",
    known: &[
        ("LinkHeader", &LINK_HEADER),
        ("PersistentLinkHeader", &LINK_HEADER),
        ("NextPageUrl", &NEXT_PAGE_URL),
        ("NextPageToken", &TOKEN),
        ("PersistentToken", &TOKEN),
        ("Offset", &OFFSET),
        ("CountBasedPaging", &COUNT_BASED),
        ("None", &NONE),
    ],
    elsewhere: &[],
    other: &OTHER,
};
