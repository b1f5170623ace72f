//! Resources that lie in a resource group of their own: one deployment inside the deployment, with its own parameters.
//!
//! Every target makes the same template of it. In its expressions [`Expr::Input`] is a parameter of that template, and a
//! symbol one of its own resources.

use super::graph::{RoleAssignment, Symbol};
use super::{Expr, Value};
use crate::source::Origin;

#[derive(Debug, Clone)]
pub struct Nested {
    pub symbol: Symbol,
    /// The connection that needs what is in it.
    pub of: Symbol,
    /// `AkamaiEdgeRequestsStorage`: the name of its file, without ending.
    pub file_base: String,
    /// Of the deployment.
    pub name: Expr,
    /// Where it goes: the id of a subscription and the name of a resource group.
    pub subscription: Expr,
    pub group: Expr,
    pub parameters: Vec<NestedParameter>,
    pub resources: Vec<NestedResource>,
    pub roles: Vec<RoleAssignment>,
    pub origin: Origin,
}

/// A parameter of the template inside, a text, and what the deployment around it gives.
#[derive(Debug, Clone)]
pub struct NestedParameter {
    pub name: &'static str,
    pub description: &'static str,
    pub value: Expr,
}

#[derive(Debug, Clone)]
pub struct NestedResource {
    pub symbol: Symbol,
    pub kind: NestedKind,
    pub place: NestedPlace,
    /// The last segment.
    pub name: Expr,
    /// An object, if anything is said.
    pub properties: Option<Value>,
    pub depends_on: Vec<Symbol>,
}

/// What a nested resource hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NestedPlace {
    /// Its resource group.
    Group,
    /// The resource that it is named below.
    Below(Symbol),
    /// The resource that it extends.
    On(Symbol),
}

/// What a nested resource is; each kind has one ARM type and one apiVersion, in every target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NestedKind {
    /// `Microsoft.Storage/storageAccounts`, the user's own.
    StorageAccount,
    /// `Microsoft.Storage/storageAccounts/blobServices`, which every account has.
    BlobService,
    /// `Microsoft.Storage/storageAccounts/blobServices/containers`, the user's own.
    BlobContainer,
    /// `Microsoft.Storage/storageAccounts/queueServices`, which every account has.
    QueueService,
    /// `Microsoft.Storage/storageAccounts/queueServices/queues`
    Queue,
    /// `Microsoft.EventGrid/eventSubscriptions` of a resource, whose system topic Event Grid makes by itself, or finds.
    EventSubscription,
}

impl NestedKind {
    pub fn arm_type(self) -> &'static str {
        match self {
            NestedKind::StorageAccount => "Microsoft.Storage/storageAccounts",
            NestedKind::BlobService => "Microsoft.Storage/storageAccounts/blobServices",
            NestedKind::BlobContainer => "Microsoft.Storage/storageAccounts/blobServices/containers",
            NestedKind::QueueService => "Microsoft.Storage/storageAccounts/queueServices",
            NestedKind::Queue => "Microsoft.Storage/storageAccounts/queueServices/queues",
            NestedKind::EventSubscription => "Microsoft.EventGrid/eventSubscriptions",
        }
    }

    /// The newest stable one that the services' published types have.
    pub fn api_version(self) -> &'static str {
        match self {
            NestedKind::EventSubscription => "2025-02-15",
            _ => "2025-06-01",
        }
    }

    /// Those that are made.
    pub const MADE: [NestedKind; 2] = [NestedKind::Queue, NestedKind::EventSubscription];

    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            NestedKind::StorageAccount => "storage account",
            NestedKind::BlobService => "blob service",
            NestedKind::BlobContainer => "blob container",
            NestedKind::QueueService => "queue service",
            NestedKind::Queue => "queue",
            NestedKind::EventSubscription => "Event Grid subscription",
        }
    }

    /// Whether it holds something of its own: messages that nobody has read yet.
    pub fn holds_data(self) -> bool {
        self == NestedKind::Queue
    }

    /// Referred to, and never made.
    pub fn is_existing(self) -> bool {
        !NestedKind::MADE.contains(&self)
    }
}

impl Nested {
    pub const ARM_TYPE: &'static str = "Microsoft.Resources/deployments";
    /// What the Bicep compiler gives a module since 0.38.
    pub const API_VERSION: &'static str = "2025-04-01";

    /// The author's filters of an event subscription.
    pub fn filters(&self) -> Option<&Value> {
        let mut bodies = self.resources.iter().filter_map(|resource| resource.properties.as_ref());
        bodies.find_map(|body| body.get("filter")?.get("advancedFilters"))
    }
}
