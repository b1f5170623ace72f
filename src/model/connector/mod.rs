//! Codeless connectors: what all kinds have, and beside it what each kind has of its own ([`kind`]).

mod amazon_s3;
mod auth;
mod carried;
mod event_filter;
mod gcp;
mod kind;
mod oci;
mod paging;
mod push;
mod rest_api_poller;
mod shared;
mod step;
mod storage_blob;
mod web_socket;

pub use carried::{
    AnyConnector, CarriedConnector, CarriedKind, CarriedPage, DataType, InstructionStep, ListedConnector,
};
pub use kind::ConnectorKind;
pub use step::{Extra, Nesting, Step, StepInfo, Steps};
pub use storage_blob::FILTERS as EVENT_FILTERS;

use super::decode::decode_struct;
use super::service::ServiceObject;
use super::{Column, Map, Prose, Raw, Unchecked};
use crate::source::Spanned;

type Text = Spanned<String>;

decode_struct! {
    /// A codeless connector. One poller and one stream are written flat; `pollers` and `streams` hold several, and share
    /// what stands above them.
    pub struct Connector {
        /// Letters and digits; the names of the definition, the endpoint, the rule, the poller and the stream come from it.
        "id" id: Text,
        /// Shown name.
        "title" title: Text,
        /// Who makes the connector; default: the first provider.
        "publisher" publisher: Option<Text>,
        /// What the connector does, as its page says it (Markdown).
        "descriptionMarkdown" description_markdown: Prose,
        /// Default: available, no preview.
        "availability" availability: Option<Availability>,
        /// Default: read, write and delete on the workspace.
        "permissions" permissions: Option<Permissions>,
        /// Lines of the page's graph: `metricName`, `legend` and `baseQuery` each; default: one of each table.
        "graphQueries" graph_queries: Option<Raw>,
        /// Queries to begin with: `description` and `query` each; default: the newest rows of each table.
        "sampleQueries" sample_queries: Option<Raw>,
        /// What arrives: `name` and `lastDataReceivedQuery` each; default: one of each table, with its newest TimeGenerated.
        "dataTypes" data_types: Option<Raw>,
        /// When the page says that it is connected: `type`, and for IsConnectedQuery a list of queries as `value`; default: HasDataConnectors.
        "connectivityCriteria" connectivity_criteria: Option<Raw>,
        /// Steps of the page, in the service's own form: `title`, `description` and `instructions`, each of a `type` (Textbox, Dropdown,
        /// Markdown, CopyableLabel, OAuthForm, ContextPane, DataConnectorsGrid and so on) with `parameters`; default: one step with a box for
        /// each input, and the button or the grid.
        "instructionSteps" instruction_steps: Option<Raw>,
        /// Several connections, shown in a grid; default: one, with a toggle.
        "connections" connections: Option<Connections>,
        /// Shown in the connection's resource; default: the table of the stream.
        "dataType" data_type: Option<Text>,
        /// Members added to each event.
        "addOnAttributes" add_on_attributes: Option<Map<super::Template>>,
        /// Whether it works at once; default: left to the service, which lets it.
        "isActive" is_active: Option<Spanned<bool>>,
        /// The one stream, or what several share.
        "stream" stream: Option<Stream>,
        /// Several streams.
        "streams" streams: Vec<Stream>,
        /// Name of the definition, which is the connector's id in Content Hub; default: <id>Definition. A published connector
        /// keeps its own.
        "connectorDefinition" connector_definition: Option<Text>,
        /// Name of the data collection endpoint; default: <id>DCE.
        "dataCollectionEndpoint" data_collection_endpoint: Option<Text>,
        /// Name of the data collection rule; default: <id>DCR.
        "dataCollectionRule" data_collection_rule: Option<Text>,
        /// Name of the connection's resource; default: <id>Poller. With `pollers`, each has its own.
        "dataConnector" data_connector: Option<Text>,
        /// Members of the page's configuration that this language lacks.
        "unchecked" unchecked: Unchecked,
    } beside {
        /// What the rest hangs on.
        kind: Spanned<ConnectorKind>,
        /// What a connection of this kind has of its own; shared by all pollers.
        own: ServiceObject,
        /// What the page of this kind is made from.
        page: ServiceObject,
        /// Requests that follow others; shared by all pollers.
        nesting: Nesting,
        /// Several connections; what one does not say comes from the connector.
        pollers: Vec<Poller>,
    }
}

decode_struct! {
    /// Whether the connector is in preview.
    pub struct Availability {
        /// Shows "Preview" on the page; default: left to the portal, which shows nothing.
        "isPreview" is_preview: Option<Spanned<bool>>,
        /// 1 means available; numbers beyond it differ between the documentation and the model.
        "status" status: Option<Spanned<i64>>,
    }
}

decode_struct! {
    /// What the person who connects needs.
    pub struct Permissions {
        /// Default: read, write and delete on the workspace.
        "resourceProvider" resource_provider: Option<Raw>,
        /// Prerequisites in words.
        "customs" customs: Vec<Custom>,
    }
}

decode_struct! {
    /// A prerequisite in words.
    pub struct Custom {
        /// What it is.
        "name" name: Text,
        /// How one gets it.
        "description" description: Text,
    }
}

decode_struct! {
    /// A grid of connections and the pane that adds one.
    pub struct Connections {
        /// Label of the button; default: Add connection.
        "addLabel" add_label: Option<Text>,
        /// Column titles and the path of each value in the connector resource, as in properties.request.…; in the deploy bundle
        /// the inputs in them tell one connection from another.
        "columns" columns: Map<Text>,
    }
}

decode_struct! {
    /// The choice that a poller is made for.
    pub struct Condition {
        /// An input with options.
        "input" input: Text,
        /// The key of the option.
        "equals" equals: Text,
    }
}

decode_struct! {
    /// One of several pollers.
    pub struct Poller {
        /// Letters and digits; the poller's name comes from it and the connector's id.
        "id" id: Text,
        /// Name of its resource; default: <id of the connector><id>Poller.
        "dataConnector" data_connector: Option<Text>,
        /// Made only where this is chosen; default: always.
        "condition" condition: Option<Condition>,
        /// Name of its stream; may be left out if there is one stream.
        "stream" stream: Option<Text>,
        /// Default: the connector's, else the table of the stream.
        "dataType" data_type: Option<Text>,
        /// Over the connector's.
        "addOnAttributes" add_on_attributes: Option<Map<super::Template>>,
        /// Default: the connector's.
        "isActive" is_active: Option<Spanned<bool>>,
        /// Members of the poller's properties that this language lacks.
        "unchecked" unchecked: Unchecked,
    } beside {
        /// Over the connector's; an object that says its type replaces that of the connector.
        own: ServiceObject,
        /// Each key replaces the connector's.
        nesting: Nesting,
    }
}

decode_struct! {
    /// What arrives, how it is transformed, and where it goes.
    pub struct Stream {
        /// Custom-<id of the connector> by default.
        "name" name: Option<Text>,
        /// In place of a stream of one's own: the name of one that the service has for a built-in table, as in SENTINEL_…; it has no
        /// columns and no transform. Observed in connectors of Microsoft's own.
        "standardStream" standard_stream: Option<Text>,
        /// The members of an event that the transform reads.
        "columns" columns: Vec<Column>,
        /// KQL over `source`.
        "transform" transform: Option<Prose>,
        /// The destination: a table of the spec.
        "table" table: Option<Text>,
    }
}
