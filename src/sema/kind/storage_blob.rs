//! Kind StorageAccountBlobContainer: read by an application of Microsoft's, which a tenant has to consent to.

use super::Meaning;
use crate::ir::{Input, Object, Stream, Value};
use crate::sema::context::Context;
use crate::sema::page::Page;
use crate::sema::poller::Effective;
use crate::source::Origin;

pub struct StorageBlob;

impl Meaning for StorageBlob {
    fn complete(
        &self,
        of: &Effective<'_>,
        _stream: &Stream,
        body: &mut Object,
        _inputs: &[Input],
        _context: &mut Context<'_>,
    ) {
        let origin = Origin::derived(of.name.span, "auth of a StorageAccountBlobContainer connector");
        let auth = Object::new().with("type", Value::text("ServicePrincipal", origin));
        body.set("auth", Value::object(auth, origin));
    }

    fn steps(&self, page: &Page<'_>) -> Vec<Value> {
        vec![page.notes("Prepare the storage account", "Once for each account.", &PREPARE, Vec::new()), page.connect()]
    }
}

/// Documented: the application's id in the public cloud, and what its service principal has to be allowed.
const PREPARE: [&str; 3] = [
    "Let an administrator of the tenant consent to the application `4f05ce56-95b6-4612-9d98-a45c8cc33f9f`, by which Microsoft \
     Sentinel reads storage accounts: `az ad sp create --id 4f05ce56-95b6-4612-9d98-a45c8cc33f9f`.",
    "In the storage account, make two queues: one for messages about new blobs, one for those that could not be read. Let an \
     Event Grid subscription of the account send its events of created blobs to the first one.",
    "Give that application's service principal the roles Storage Blob Data Reader and Storage Queue Data Contributor on the \
     storage account.",
];
