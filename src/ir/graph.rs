//! The Azure resources that a solution means: each once, in the order of deployment, with edges between them.
//! Both printers of the deploy bundle print this, and the package wraps the same bodies.

use super::{Expr, Nested, Value};
use crate::source::Origin;

/// The name of a resource inside the graph; a Bicep identifier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub String);

#[derive(Debug, Clone, Default)]
pub struct Graph {
    pub resources: Vec<Resource>,
    /// Who may do what with one of the resources; made by the deploy bundle alone, for the portal sees to it at Connect.
    pub roles: Vec<RoleAssignment>,
    /// What connections need in resource groups of others.
    pub nested: Vec<Nested>,
    /// What tells connections apart, where others of the same connector can stand beside them.
    pub identities: Vec<Identity>,
}

/// What makes a connection another one than those that the same resource of the graph was deployed as before.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The connection.
    pub connection: Symbol,
    /// Names of inputs that together say what is connected. None is a secret, for names can be read by everybody. Empty: only
    /// whoever deploys can say it.
    pub inputs: Vec<String>,
    pub origin: Origin,
}

/// `Microsoft.Authorization/roleAssignments` on a resource.
#[derive(Debug, Clone)]
pub struct RoleAssignment {
    pub symbol: Symbol,
    /// On what.
    pub scope: Symbol,
    pub role: Role,
    /// Object id of the service principal.
    pub principal: Expr,
    pub origin: Origin,
}

impl RoleAssignment {
    pub const ARM_TYPE: &'static str = "Microsoft.Authorization/roleAssignments";
    /// The newest stable version that the service's published types have.
    pub const API_VERSION: &'static str = "2022-04-01";
}

/// Roles that Azure has built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// May send to a collection rule (documented: the Logs Ingestion API asks for it).
    MonitoringMetricsPublisher,
    /// May read blobs (documented: what the Azure Storage Blob connector needs of the container).
    StorageBlobDataReader,
    /// May read, write and delete messages (documented: what it needs of the queues).
    StorageQueueDataContributor,
}

impl Role {
    pub fn name(self) -> &'static str {
        match self {
            Role::MonitoringMetricsPublisher => "Monitoring Metrics Publisher",
            Role::StorageBlobDataReader => "Storage Blob Data Reader",
            Role::StorageQueueDataContributor => "Storage Queue Data Contributor",
        }
    }

    /// The name of the role's definition, the same in every tenant (documented: Azure built-in roles).
    pub fn definition(self) -> &'static str {
        match self {
            Role::MonitoringMetricsPublisher => "3913510d-42f4-4e42-8a64-420c390055eb",
            Role::StorageBlobDataReader => "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
            Role::StorageQueueDataContributor => "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        }
    }
}

/// What a resource is; each kind has one ARM type and, per target, one apiVersion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResourceKind {
    /// `Microsoft.OperationalInsights/workspaces/tables`, child of the workspace.
    Table,
    /// `Microsoft.Insights/dataCollectionEndpoints`
    DataCollectionEndpoint,
    /// `Microsoft.Insights/dataCollectionRules`
    DataCollectionRule,
    /// `Microsoft.SecurityInsights/dataConnectorDefinitions`, extension of the workspace.
    ConnectorDefinition,
    /// `Microsoft.SecurityInsights/dataConnectors` that fetches, extension of the workspace.
    DataConnector,
    /// The same of a kind that the stable versions do not know.
    PreviewDataConnector,
    /// `Microsoft.SecurityInsights/dataConnectors` that is a page alone, or one with a superseded poller; extension of the
    /// workspace.
    ConnectorPage,
    /// `Microsoft.OperationalInsights/workspaces/savedSearches` with an alias that queries call, child of the workspace.
    Function,
    /// `Microsoft.OperationalInsights/workspaces/savedSearches` that people run, child of the workspace.
    HuntingQuery,
    /// `Microsoft.OperationalInsights/workspaces/summaryLogs`, child of the workspace.
    SummaryRule,
    /// `Microsoft.SecurityInsights/watchlists`, extension of the workspace.
    Watchlist,
    /// `Microsoft.Insights/workbooks` of the workspace.
    Workbook,
    /// `Microsoft.SecurityInsights/alertRules` of kind Scheduled, extension of the workspace.
    AlertRule,
    /// `Microsoft.SecurityInsights/alertRules` of kind NRT, which only preview versions know.
    NrtAlertRule,
}

impl ResourceKind {
    pub fn arm_type(self) -> &'static str {
        match self {
            ResourceKind::Table => "Microsoft.OperationalInsights/workspaces/tables",
            ResourceKind::DataCollectionEndpoint => "Microsoft.Insights/dataCollectionEndpoints",
            ResourceKind::DataCollectionRule => "Microsoft.Insights/dataCollectionRules",
            ResourceKind::ConnectorDefinition => "Microsoft.SecurityInsights/dataConnectorDefinitions",
            ResourceKind::DataConnector | ResourceKind::PreviewDataConnector | ResourceKind::ConnectorPage => {
                "Microsoft.SecurityInsights/dataConnectors"
            }
            ResourceKind::Function | ResourceKind::HuntingQuery => {
                "Microsoft.OperationalInsights/workspaces/savedSearches"
            }
            ResourceKind::SummaryRule => "Microsoft.OperationalInsights/workspaces/summaryLogs",
            ResourceKind::Watchlist => "Microsoft.SecurityInsights/watchlists",
            ResourceKind::Workbook => "Microsoft.Insights/workbooks",
            ResourceKind::AlertRule | ResourceKind::NrtAlertRule => "Microsoft.SecurityInsights/alertRules",
        }
    }

    /// The apiVersion of the deploy bundle: the newest stable one that the service's published types have. Pages that are
    /// carried have the one that every published package makes them with: later types know other members of them.
    pub fn api_version(self) -> &'static str {
        match self {
            ResourceKind::Table | ResourceKind::Function | ResourceKind::HuntingQuery | ResourceKind::SummaryRule => {
                "2025-07-01"
            }
            ResourceKind::DataCollectionEndpoint | ResourceKind::DataCollectionRule => "2024-03-11",
            ResourceKind::ConnectorDefinition
            | ResourceKind::DataConnector
            | ResourceKind::Watchlist
            | ResourceKind::AlertRule => "2025-09-01",
            ResourceKind::Workbook => "2023-06-01",
            ResourceKind::NrtAlertRule | ResourceKind::PreviewDataConnector => "2025-07-01-preview",
            ResourceKind::ConnectorPage => "2021-03-01-preview",
        }
    }

    /// Extension resources of the workspace carry `scope`, not a location.
    pub fn is_extension(self) -> bool {
        matches!(
            self,
            ResourceKind::ConnectorDefinition
                | ResourceKind::DataConnector
                | ResourceKind::PreviewDataConnector
                | ResourceKind::ConnectorPage
                | ResourceKind::Watchlist
                | ResourceKind::AlertRule
                | ResourceKind::NrtAlertRule
        )
    }

    /// Children of the workspace, named below it.
    pub fn is_child(self) -> bool {
        matches!(
            self,
            ResourceKind::Table | ResourceKind::Function | ResourceKind::HuntingQuery | ResourceKind::SummaryRule
        )
    }

    /// Saved searches, which are replaced by their like only if their etag says so.
    pub fn is_saved_search(self) -> bool {
        matches!(self, ResourceKind::Function | ResourceKind::HuntingQuery)
    }

    /// Connections, of whatever kind.
    pub fn is_data_connector(self) -> bool {
        matches!(self, ResourceKind::DataConnector | ResourceKind::PreviewDataConnector)
    }

    pub fn has_location(self) -> bool {
        matches!(self, ResourceKind::DataCollectionEndpoint | ResourceKind::DataCollectionRule | ResourceKind::Workbook)
    }
}

#[derive(Debug, Clone)]
pub struct Resource {
    pub symbol: Symbol,
    pub kind: ResourceKind,
    /// The last segment of the name.
    pub name: String,
    /// The resource's own `kind` member, e.g. `RestApiPoller`, `Scheduled`, `Customizable`.
    pub kind_member: Option<String>,
    /// `Some`: deployed only where it holds.
    pub condition: Option<Condition>,
    /// Always an object.
    pub properties: Value,
    /// Resources that must exist first and that no expression in `properties` names.
    pub depends_on: Vec<Symbol>,
    pub origin: Origin,
}

/// When a resource is deployed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// When that switch of the bundle is on.
    Switch(Switch),
    /// Where this expression is true, in every target.
    Holds(Expr),
}

/// Boolean parameters of the deploy bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// `enableAnalyticRules`, default true.
    EnableAnalyticRules,
}

impl Graph {
    /// What a connection needs elsewhere.
    pub fn nested_of(&self, connection: &Symbol) -> Option<&Nested> {
        self.nested.iter().find(|nested| nested.of == *connection)
    }

    pub fn find(&self, symbol: &Symbol) -> Option<&Resource> {
        self.resources.iter().find(|r| r.symbol == *symbol)
    }

    /// Whether whoever deploys has to name the connection, for nothing else tells it from others.
    pub fn names_connections(&self) -> bool {
        self.identities.iter().any(|identity| identity.inputs.is_empty())
    }

    /// `None`: whatever is given, there is one such resource.
    pub fn identity(&self, symbol: &Symbol) -> Option<&Identity> {
        self.identities.iter().find(|identity| identity.connection == *symbol)
    }
}

impl Expr {
    /// Calls `f` with every resource that this expression names.
    pub fn for_each_symbol<'a>(&'a self, f: &mut impl FnMut(&'a Symbol)) {
        match self {
            Expr::Id(s) | Expr::Name(s) | Expr::IngestionEndpoint(s) | Expr::ImmutableId(s) => f(s),
            Expr::Concat(parts) | Expr::Call(_, parts) => parts.iter().for_each(|p| p.for_each_symbol(f)),
            Expr::Text(_) | Expr::Int(_) | Expr::Input(_) | Expr::WorkspaceId | Expr::Location | Expr::Raw(_) => {}
        }
    }
}
