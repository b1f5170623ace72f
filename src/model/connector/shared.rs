//! Fields of the service that mean the same in several kinds of connectors, and what they ask of each other.

use crate::model::service::{Demand, Field, Kind, Mark, field};

pub const TIME_FORMAT: Field = field(
    "queryTimeFormat",
    Kind::Text,
    "UnixTimestamp, UnixTimestampInMills or a .NET date format; default ISO 8601.",
);
pub const WINDOW_START: Field =
    field("startTimeAttributeName", Kind::Text, "Query parameter with the start of the window.");
pub const WINDOW_END: Field = field("endTimeAttributeName", Kind::Text, "Query parameter with the end of the window.");
pub const TIMEOUT: Field = field("timeoutInSeconds", Kind::Int(1, 180), "1 to 180; default 20.");

pub const EVENTS: Field = field("eventsJsonPaths", Kind::Paths, "JSONPaths of the events.");
pub const IS_GZIP: Field = field("isGzipCompressed", Kind::Bool, "Default false.");
pub const CSV_DELIMITER: Field = field("csvDelimiter", Kind::Text, "csv: default, a comma.");
pub const CSV_BOUNDARY: Field = field("hasCsvBoundary", Kind::Bool, "csv: whether it stands in a multipart answer.");
pub const CSV_HEADER: Field = field("hasCsvHeader", Kind::Bool, "csv: default true.");
pub const CSV_ESCAPE: Field = field("csvEscape", Kind::Character, "csv: default, a double quote.");

pub const ONE_COMPRESSION: (Demand, Mark) =
    (Demand::Alternatives(&["isGzipCompressed", "compressionAlgo"]), Mark::Documented);
pub const CSV_ALONE: (Demand, Mark) = (
    Demand::Only {
        keys: &["csvDelimiter", "csvEscape", "hasCsvHeader", "hasCsvBoundary"],
        field: "format",
        value: "csv",
    },
    Mark::Assumed,
);
