//! Kind StorageAccountBlobContainer: read by an application of Microsoft's, which a tenant has to consent to.
//!
//! Where the author names no queues, whoever connects names a container, and [`flow`] says what is made beside it.

mod flow;

use super::{Meaning, given};
use crate::ir::{Input, InputKind, Nested, Object, Stream, Value};
use crate::model::{Connector, EVENT_FILTERS};
use crate::sema::context::Context;
use crate::sema::page::Page;
use crate::sema::poller::Effective;
use crate::source::Origin;

pub struct StorageBlob;

/// Names of the inputs that a connection needs which makes its queues: those of published connectors.
const PRINCIPAL: &str = "principalId";
const CONTAINER: &str = "blobContainerUri";
const FOLDER: &str = "blobFolderName";
const SUBSCRIPTION: &str = "StorageAccountSubscription";
const GROUP: &str = "StorageAccountResourceGroupName";

const INPUTS: [&str; 5] = [PRINCIPAL, CONTAINER, FOLDER, SUBSCRIPTION, GROUP];

/// By which the service reads storage accounts (documented: its id in the public cloud).
const APPLICATION: &str = "4f05ce56-95b6-4612-9d98-a45c8cc33f9f";

impl Meaning for StorageBlob {
    fn inputs(&self, of: &Connector) -> Vec<Input> {
        if !makes_queues(of) {
            return Vec::new();
        }
        let text = |name, label, description, example| given(of, name, InputKind::Text, label, description, example);
        let id = "00000000-0000-0000-0000-000000000000";
        let principal = "the object id of the service principal by which Microsoft Sentinel reads storage accounts, which `az ad sp show --id 4f05ce56-95b6-4612-9d98-a45c8cc33f9f --query id` prints";
        let container = "its URL, as the container's properties show it";
        let folder = "read only what lies below this path of the container";
        vec![
            given(of, PRINCIPAL, InputKind::ServicePrincipal(APPLICATION), "Service principal id", principal, id),
            given(
                of,
                CONTAINER,
                InputKind::Url,
                "Blob container",
                container,
                "https://contosologs.z01.blob.storage.azure.net/logs",
            ),
            Input { required: false, ..text(FOLDER, "Folder", folder, "2026/requests") },
            text(SUBSCRIPTION, "Subscription id of the storage account", "where the account lies", id),
            text(GROUP, "Resource group of the storage account", "where the account lies", "contoso-storage"),
        ]
    }

    fn complete(
        &self,
        of: &Effective<'_>,
        _stream: &Stream,
        body: &mut Object,
        _inputs: &[Input],
        context: &mut Context<'_>,
    ) {
        let origin = Origin::derived(of.name.span, "auth of a StorageAccountBlobContainer connector");
        let auth = Object::new().with("type", Value::text("ServicePrincipal", origin));
        body.set("auth", Value::object(auth, origin));
        if body.get("request").is_none() {
            context.used_inputs.extend(INPUTS.map(str::to_owned));
            body.set("request", flow::request(of));
        }
    }

    fn nested(&self, of: &Effective<'_>, body: &mut Object) -> Option<Nested> {
        let filters = body.remove(EVENT_FILTERS);
        of.own.get("request").is_none().then(|| flow::nested(of, filters))
    }

    fn steps(&self, page: &Page<'_>) -> Vec<Value> {
        let prepared: &[&str] = if makes_queues(page.connector) { &ALLOW } else { &PREPARE };
        vec![page.notes("Prepare the storage account", "Once for each account.", prepared, Vec::new()), page.connect()]
    }
}

/// Whether a connection is without queues of the author's own.
fn makes_queues(connector: &Connector) -> bool {
    let shared = connector.own.get("request").is_some();
    !shared
        && (connector.pollers.is_empty() || connector.pollers.iter().any(|poller| poller.own.get("request").is_none()))
}

/// What nobody but an administrator can do; the rest is made.
const ALLOW: [&str; 2] = [
    "Let an administrator of the tenant consent to the application `4f05ce56-95b6-4612-9d98-a45c8cc33f9f`, by which Microsoft \
     Sentinel reads storage accounts: `az ad sp create --id 4f05ce56-95b6-4612-9d98-a45c8cc33f9f`.",
    "To connect, be Owner of the storage account, or Contributor and User Access Administrator: beside its container are made \
     two queues, an Event Grid subscription that tells the first one of new blobs, and the roles Storage Blob Data Reader and \
     Storage Queue Data Contributor of that application. The resource provider Microsoft.EventGrid has to be registered. If \
     connecting fails because a new role is not known everywhere yet, connect again after some minutes.",
];

/// Documented: the application's id in the public cloud, and what its service principal has to be allowed.
const PREPARE: [&str; 3] = [
    ALLOW[0],
    "In the storage account, make two queues: one for messages about new blobs, one for those that could not be read. Let an \
     Event Grid subscription of the account send its events of created blobs to the first one.",
    "Give that application's service principal the roles Storage Blob Data Reader and Storage Queue Data Contributor on the \
     storage account.",
];
