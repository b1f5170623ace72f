//! Kind AmazonWebServicesS3: by a role and queues, or by an access key.

use super::Meaning;
use crate::diag::rules::connector as rules;
use crate::ir::{Input, Object, Stream, Value};
use crate::sema::context::Context;
use crate::sema::page::Page;
use crate::sema::poller::Effective;
use crate::source::Origin;

pub struct AmazonS3;

impl Meaning for AmazonS3 {
    fn check(&self, of: &Effective<'_>, _inputs: &[Input], context: &mut Context<'_>) {
        if let Some(key) = of.own.get("awsAccessKey").filter(|_| of.own.get("roleArn").is_none()) {
            let message = "Microsoft's packager takes an AmazonWebServicesS3 connector with a role only";
            let help = "write `roleArn` and `sqsUrls` instead, or allow this: our package has it all the same";
            context.report(&rules::PACKAGER_AUTH, key.key_span, &format!("{}.awsAccessKey", of.path), message, help);
        }
    }

    fn complete(
        &self,
        of: &Effective<'_>,
        stream: &Stream,
        body: &mut Object,
        _inputs: &[Input],
        _context: &mut Context<'_>,
    ) {
        // Both are asked for by the published model, though the collection rule decides.
        let origin = Origin::derived(of.name.span, "default of an AmazonWebServicesS3 connector");
        let state = Object::new().with("state", Value::text("enabled", origin));
        let logs = Object::new().with("logs", Value::object(state, origin));
        body.set("dataTypes", Value::object(logs, origin));
        if body.get("destinationTable").is_none() {
            body.set("destinationTable", Value::written(&stream.table));
        }
    }

    fn says_data_type(&self) -> bool {
        false
    }

    fn steps(&self, page: &Page<'_>) -> Vec<Value> {
        let by_key = page.connector.own.get("awsAccessKey").is_some();
        let workspace = Object::new()
            .with("label", page.text("Workspace id"))
            .with("fillWith", page.list(vec![page.text("WorkspaceId")]));
        let prepare = match by_key {
            true => page.notes("Prepare AWS", "Once for each bucket.", &BY_KEY, Vec::new()),
            false => {
                let label = page.instruction("CopyableLabel", workspace);
                page.notes("Prepare AWS", "Once for each account and bucket.", &BY_ROLE, vec![label])
            }
        };
        vec![prepare, page.connect()]
    }
}

/// Documented: connect Microsoft Sentinel to Amazon Web Services, manual setup.
const BY_ROLE: [&str; 3] = [
    "In AWS, make an identity provider of type OpenID Connect for \
     `https://sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/` with the audience \
     `api://1462b192-27f7-4cb9-8523-0f4ecb54b47e`; in Azure Government for \
     `https://sts.windows.net/cab8a31a-1906-4287-a0d8-4eef66b95f6e/` with \
     `api://d4230588-5f84-4281-a9c7-2c15194b28f7`. One that is there already is used again.",
    "Make a role whose name begins with `OIDC_`. Let that provider take it on, on the condition that `sts:RoleSessionName` is \
     `MicrosoftSentinel_` with the workspace id behind it.",
    "Let the bucket tell a queue (SQS) of each new object. Let the role read the bucket's objects, and receive and delete the \
     queue's messages.",
];

const BY_KEY: [&str; 1] = ["In AWS, make a user with an access key that may list the bucket and read its objects."];
