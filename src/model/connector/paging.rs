//! `paging` of a REST poller: one table for each type.

use super::auth::{any_of, decode_by_type};
use crate::model::decode::{Decode, Decoder};
use crate::model::schema::Schemas;
use crate::model::service::{Field, Kind, Mark, ObjectSpec, ServiceObject};
use crate::syntax::Node;
use serde_json::Value as Json;

const fn field(name: &'static str, kind: Kind, doc: &'static str) -> Field {
    Field { name, kind, required: false, mark: Mark::Documented, doc }
}

const TYPE: Field = Field { required: true, ..field("pagingType", Kind::Text, "How the next page is asked.") };
const PAGE_SIZE: Field = field("pageSize", Kind::Int(1, i64::MAX), "Events a page.");
const PAGE_SIZE_NAME: Field = field("pageSizeParameterName", Kind::Template, "Query parameter with the page size.");
const PLACEMENT: Field =
    field("pagingInfoPlacement", Kind::Enum(&["QueryString", "RequestBody"]), "Where the paging values go.");
const ONLY: Field = field("pagingQueryParamOnly", Kind::Bool, "Follow-up requests carry the paging parameters alone.");
const TOKEN_PATH: Field =
    field("nextPageTokenJsonPath", Kind::Path, "Where the answer has the token or link of the next page.");
const TOKEN_HEADER: Field = field("nextPageTokenResponseHeader", Kind::Text, "Header of the answer with the token.");
const NEXT_NAME: Field = field("nextPageParaName", Kind::Template, "Query parameter that takes the token.");
const NEXT_HEADER: Field =
    field("nextPageRequestHeader", Kind::Template, "Header of the request that takes the token.");
const HAS_NEXT: Field = field("hasNextFlagJsonPath", Kind::Path, "Where the answer says whether there is a next page.");

static LINK_HEADER: ObjectSpec = ObjectSpec {
    title: "LinkHeader paging",
    doc: "The next page is a link in a header, or in the body.",
    fields: &[
        TYPE,
        field("linkHeaderTokenJsonPath", Kind::Path, "Where the body has the link; default: the Link header."),
        PAGE_SIZE,
        PAGE_SIZE_NAME,
        PLACEMENT,
        ONLY,
    ],
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
        PAGE_SIZE,
        PAGE_SIZE_NAME,
        PLACEMENT,
        ONLY,
    ],
};

static TOKEN: ObjectSpec = ObjectSpec {
    title: "token paging",
    doc: "The answer has a token, and the next request takes it along.",
    fields: &[
        TYPE,
        TOKEN_PATH,
        TOKEN_HEADER,
        NEXT_NAME,
        NEXT_HEADER,
        HAS_NEXT,
        PAGE_SIZE,
        PAGE_SIZE_NAME,
        PLACEMENT,
        ONLY,
    ],
};

static OFFSET: ObjectSpec = ObjectSpec {
    title: "Offset paging",
    doc: "The next request says how many events came already.",
    fields: &[
        TYPE,
        Field { required: true, ..field("offsetParaName", Kind::Template, "Query parameter with the offset.") },
        PAGE_SIZE,
        PAGE_SIZE_NAME,
        PLACEMENT,
        ONLY,
    ],
};

static COUNT_BASED: ObjectSpec = ObjectSpec {
    title: "CountBasedPaging",
    doc: "The next request says the number of the page.",
    fields: &[
        TYPE,
        Field {
            required: true,
            ..field("pageNumberParaName", Kind::Template, "Query parameter with the page number.")
        },
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
};

/// Types in the service's spelling.
pub static PAGING_TYPES: [(&str, &ObjectSpec); 7] = [
    ("LinkHeader", &LINK_HEADER),
    ("PersistentLinkHeader", &LINK_HEADER),
    ("NextPageUrl", &NEXT_PAGE_URL),
    ("NextPageToken", &TOKEN),
    ("PersistentToken", &TOKEN),
    ("Offset", &OFFSET),
    ("CountBasedPaging", &COUNT_BASED),
];

/// `paging`
#[derive(Debug, Clone)]
pub struct Paging(pub ServiceObject);

impl Decode for Paging {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        decode_by_type(node, "pagingType", &PAGING_TYPES, decoder).map(Paging)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        any_of("Paging", "pagingType", &PAGING_TYPES, schemas)
    }
}
