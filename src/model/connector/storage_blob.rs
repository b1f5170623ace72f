//! Kind StorageAccountBlobContainer: blobs of a storage account, told of by Event Grid through a queue.
//!
//! Source: the Azure Storage Blob data connector reference of the Codeless Connector Framework; that Connect makes the queues,
//! and `eventGridAdvancedFilters`, which stand outside of the properties: observed in published connectors.

use super::{event_filter, shared};
use crate::model::service::Demand::Alternatives;
use crate::model::service::Mark::Assumed;
use crate::model::service::{Kind, ObjectSpec, field};

/// What a connection of this kind has of its own; its `auth` is the one that the service has.
pub static OWN: ObjectSpec = ObjectSpec {
    title: "StorageAccountBlobContainer",
    doc: "Blobs of a storage account in Azure.",
    fields: &[
        field(
            "request",
            Kind::Object(&REQUEST),
            "Queues that are there already and tell of new blobs; default: deployment and Connect make them, with the event subscription that fills them.",
        ),
        field("response", Kind::Object(&RESPONSE), "How blobs are written, and where the events are in them.")
            .required(),
        field(
            FILTERS,
            Kind::TypedList(&event_filter::TYPES),
            "Which of the container's new blobs are read; default: all. For the event subscription that the connector makes.",
        )
        .observed(),
    ],
    demands: &[(Alternatives(&["request", FILTERS]), Assumed)],
};

/// Filters of the event subscription; they stand outside of the connection's properties.
pub const FILTERS: &str = "eventGridAdvancedFilters";

static REQUEST: ObjectSpec = ObjectSpec {
    title: "request of a StorageAccountBlobContainer connector",
    doc: "The queues that tell of new blobs.",
    fields: &[
        field("queueUri", Kind::Url, "URL of the queue that Event Grid writes to.").required().emitted("QueueUri"),
        field("dlqUri", Kind::Url, "URL of the queue for messages that could not be read.")
            .required()
            .emitted("DlqUri"),
        field("storageAccountSubscriptionId", Kind::Template, "Id of the storage account's subscription.")
            .emitted("StorageAccountSubscriptionId")
            .observed(),
        field("storageAccountResourceGroupName", Kind::Template, "Resource group of the storage account.")
            .emitted("StorageAccountResourceGroupName")
            .observed(),
    ],
    demands: &[],
};

static RESPONSE: ObjectSpec = ObjectSpec {
    title: "response of a StorageAccountBlobContainer connector",
    doc: "How blobs are written, and where the events are in them.",
    fields: &[
        shared::EVENTS.required(),
        field("format", Kind::Enum(&["json", "csv", "xml", "parquet"]), "What a blob is.").required(),
        shared::IS_GZIP,
        field(
            "compressionAlgo",
            Kind::Enum(&["multi-gzip", "deflate"]),
            "How blobs are compressed, unless by gzip: then isGzipCompressed.",
        ),
        shared::CSV_DELIMITER,
        shared::CSV_BOUNDARY,
        shared::CSV_HEADER,
        shared::CSV_ESCAPE,
    ],
    demands: &[shared::ONE_COMPRESSION, shared::CSV_ALONE],
};
