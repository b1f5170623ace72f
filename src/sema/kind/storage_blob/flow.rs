//! What tells a connection of new blobs: two queues in the storage account, an event subscription that fills the first one,
//! and roles for the application that reads. They lie in the resource group of the account, wherever that is.
//!
//! Observed in every published connector of this kind, but for three things: there all connections of an account share the
//! queues, so that each gets a part of the messages; a subscription for one container takes the events of every container
//! whose name begins with that name; and whoever connects names the account's system topic and region. A subscription of the
//! account itself needs neither: Event Grid makes the topic and removes it after the last subscription (documented: system
//! topics), and takes one that is there (assumed: an account has one topic at most). Roles are those that the documentation of the connector names.

use super::{CONTAINER, FOLDER, GROUP, PRINCIPAL, SUBSCRIPTION};
use crate::ir::expr::Function;
use crate::ir::graph::{Role, RoleAssignment, Symbol};
use crate::ir::{Expr, Nested, NestedKind, NestedParameter, NestedPlace, NestedResource, Object, Value};
use crate::sema::ids;
use crate::sema::poller::Effective;
use crate::source::Origin;

/// Parameters of the template.
const ACCOUNT_NAME: &str = "storageAccountName";
const CONTAINER_NAME: &str = "containerName";
const QUEUES: &str = "queuePrefix";
const BEGINNING: &str = "subjectBeginsWith";
const READER: &str = "principalId";

/// Ends of the queues' names.
const NEW: &str = "-notification";
const FAILED: &str = "-dlq";

/// Characters that a queue's name has for the connection's own name: of 63 the rest goes to a hyphen, 13 of a hash, and an end.
const PREFIX: usize = 36;

/// `request` of a connection that makes its queues.
pub fn request(of: &Effective<'_>) -> Value {
    let origin = Origin::derived(of.name.span, "queues of a StorageAccountBlobContainer connector");
    // The endpoints of an account differ in one part of the host.
    let host = call(Function::Replace, [host(), text(".blob."), text(".queue.")]);
    let queue = |end: &str| {
        Value::expr(concat([text("https://"), host.clone(), text("/"), queue_prefix(of), text(end)]), origin)
    };
    Value::object(Object::new().with("QueueUri", queue(NEW)).with("DlqUri", queue(FAILED)), origin)
}

/// Everything that is made for one connection. `filters`: of the author, for the event subscription.
pub fn nested(of: &Effective<'_>, filters: Option<Value>) -> Nested {
    let origin = Origin::derived(of.name.span, "what tells a StorageAccountBlobContainer connector of new blobs");
    let base = base(of);
    Nested {
        symbol: ids::symbol("storage", base),
        of: of.symbol.clone(),
        file_base: format!("{base}Storage"),
        name: queue_prefix(of),
        subscription: input(SUBSCRIPTION),
        group: input(GROUP),
        parameters: parameters(of),
        resources: resources(filters, origin),
        roles: roles(origin),
        origin,
    }
}

fn parameters(of: &Effective<'_>) -> Vec<NestedParameter> {
    let parameter = |name, description, value| NestedParameter { name, description, value };
    let begins = [text("/blobServices/default/containers/"), container(), text("/blobs/"), input(FOLDER)];
    vec![
        parameter(ACCOUNT_NAME, "Name of the storage account", account()),
        parameter(CONTAINER_NAME, "Name of the container with the blobs", container()),
        parameter(QUEUES, "What the names of the queues and of the event subscription begin with", queue_prefix(of)),
        parameter(BEGINNING, "What the subject of an event begins with whose blob is read", concat(begins)),
        parameter(READER, "Object id of the service principal that reads", input(PRINCIPAL)),
    ]
}

fn symbol(name: &str) -> Symbol {
    Symbol(name.to_owned())
}

fn resource(own: &str, kind: NestedKind, place: NestedPlace, name: Expr) -> NestedResource {
    NestedResource { symbol: symbol(own), kind, place, name, properties: None, depends_on: Vec::new() }
}

fn resources(filters: Option<Value>, origin: Origin) -> Vec<NestedResource> {
    let below = |parent: &str| NestedPlace::Below(symbol(parent));
    let service = |own, kind| resource(own, kind, below("account"), text("default"));
    let queue = |own, end| resource(own, NestedKind::Queue, below("queueService"), concat([input(QUEUES), text(end)]));
    vec![
        resource("account", NestedKind::StorageAccount, NestedPlace::Group, input(ACCOUNT_NAME)),
        service("blobService", NestedKind::BlobService),
        resource("container", NestedKind::BlobContainer, below("blobService"), input(CONTAINER_NAME)),
        service("queueService", NestedKind::QueueService),
        queue("notifications", NEW),
        queue("failures", FAILED),
        NestedResource {
            properties: Some(subscription(filters, origin)),
            depends_on: vec![symbol("notifications")],
            ..resource("newBlobs", NestedKind::EventSubscription, NestedPlace::On(symbol("account")), input(QUEUES))
        },
    ]
}

/// Events of new blobs in the container, into the first queue.
fn subscription(filters: Option<Value>, origin: Origin) -> Value {
    let target = Object::new()
        .with("resourceId", Value::expr(Expr::Id(symbol("account")), origin))
        .with("queueName", Value::expr(Expr::Name(symbol("notifications")), origin));
    let destination = Object::new()
        .with("endpointType", Value::text("StorageQueue", origin))
        .with("properties", Value::object(target, origin));
    let types = Value::array(vec![Value::text("Microsoft.Storage.BlobCreated", origin)], origin);
    let filter = Object::new()
        .with("includedEventTypes", types)
        .with("subjectBeginsWith", Value::expr(input(BEGINNING), origin))
        .with_some("advancedFilters", filters);
    let body = Object::new()
        .with("destination", Value::object(destination, origin))
        .with("filter", Value::object(filter, origin));
    Value::object(body, origin)
}

fn roles(origin: Origin) -> Vec<RoleAssignment> {
    let role = |own: &str, scope: &str, role| RoleAssignment {
        symbol: symbol(own),
        scope: symbol(scope),
        role,
        principal: input(READER),
        origin,
    };
    vec![
        role("readsBlobs", "container", Role::StorageBlobDataReader),
        role("readsNotifications", "notifications", Role::StorageQueueDataContributor),
        role("writesFailures", "failures", Role::StorageQueueDataContributor),
    ]
}

fn text(text: &str) -> Expr {
    Expr::Text(text.to_owned())
}

fn input(name: &str) -> Expr {
    Expr::Input(name.to_owned())
}

fn concat(parts: impl Into<Vec<Expr>>) -> Expr {
    Expr::Concat(parts.into())
}

fn call(function: Function, arguments: impl Into<Vec<Expr>>) -> Expr {
    Expr::Call(function, arguments.into())
}

/// `contosologs.blob.core.windows.net` of the container's URL.
fn host() -> Expr {
    let bare = call(Function::Replace, [input(CONTAINER), text("https://"), text("")]);
    call(Function::First, [call(Function::Split, [bare, text("/")])])
}

/// `contosologs`
fn account() -> Expr {
    call(Function::First, [call(Function::Split, [host(), text(".")])])
}

/// The last part of the container's URL.
fn container() -> Expr {
    call(Function::Last, [call(Function::Split, [input(CONTAINER), text("/")])])
}

/// The id of the connection in letters and digits, whatever its name is.
fn base<'a>(of: &'a Effective<'_>) -> &'a str {
    of.symbol.0.trim_start_matches("poller")
}

/// The connection's id, and a hash of what makes it another connection: the workspace, the container and the folder.
fn queue_prefix(of: &Effective<'_>) -> Expr {
    let own: String = base(of).to_ascii_lowercase().chars().take(PREFIX).collect();
    let lower = |what| call(Function::ToLower, [what]);
    let hash = call(Function::UniqueString, [lower(Expr::WorkspaceId), lower(input(CONTAINER)), input(FOLDER)]);
    concat([text(&format!("{own}-")), hash])
}
