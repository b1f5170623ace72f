//! Kind GCP: the page's pane is the portal's own, and gives five parameters with names of its own (documented).

use super::{Meaning, given};
use crate::ir::{Expr, Input, InputKind, Object, Stream, Value};
use crate::model::Connector;
use crate::sema::context::Context;
use crate::sema::page::Page;
use crate::sema::poller::Effective;
use crate::source::Origin;

pub struct Gcp;

const PROJECT: &str = "GCPProjectId";
const NUMBER: &str = "GCPProjectNumber";
const SUBSCRIPTION: &str = "GCPSubscriptionName";
const ACCOUNT: &str = "GCPServiceAccountEmail";
const PROVIDER: &str = "GCPWorkloadIdentityProviderId";

/// In the order of the pane.
const PANE: [&str; 5] = [PROJECT, NUMBER, SUBSCRIPTION, ACCOUNT, PROVIDER];

impl Meaning for Gcp {
    fn inputs(&self, of: &Connector) -> Vec<Input> {
        let input = |name, label, description, example| given(of, name, InputKind::Text, label, description, example);
        vec![
            input(PROJECT, "Project id", "the project of Google Cloud with the subscription", "my-project"),
            input(NUMBER, "Project number", "the number of that project", "123456789012"),
            input(SUBSCRIPTION, "Subscription name", "the Pub/Sub subscription that is read", "my-subscription"),
            input(
                ACCOUNT,
                "Service account",
                "the e-mail address of the account that may read the subscription",
                "sentinel@my-project.iam.gserviceaccount.com",
            ),
            input(
                PROVIDER,
                "Workload identity provider id",
                "the provider in the workload identity pool that is named after the tenant",
                "sentinel-provider",
            ),
        ]
    }

    fn asks_only(&self) -> Option<&'static [&'static str]> {
        Some(&PANE)
    }

    fn complete(
        &self,
        of: &Effective<'_>,
        _stream: &Stream,
        body: &mut Object,
        _inputs: &[Input],
        context: &mut Context<'_>,
    ) {
        context.used_inputs.extend(PANE.map(str::to_owned));
        let origin = Origin::derived(of.name.span, "default: what the pane of a GCP connector gives");
        let parameter = |name: &str| Value::expr(Expr::Input(name.to_owned()), origin);
        if body.get("auth").is_none() {
            let auth = Object::new()
                .with("serviceAccountEmail", parameter(ACCOUNT))
                .with("projectNumber", parameter(NUMBER))
                .with("workloadIdentityProviderId", parameter(PROVIDER));
            body.set("auth", Value::object(auth, origin));
        }
        if body.get("request").is_none() {
            let request = Object::new()
                .with("projectId", parameter(PROJECT))
                .with("subscriptionNames", Value::array(vec![parameter(SUBSCRIPTION)], origin));
            body.set("request", Value::object(request, origin));
        }
    }

    /// The published model of this kind has none.
    fn says_data_type(&self) -> bool {
        false
    }

    /// The portal's grid is always there.
    fn lists_connections(&self) -> bool {
        false
    }

    fn steps(&self, page: &Page<'_>) -> Vec<Value> {
        let script = Object::new()
            .with("prodScript", page.text(prepare(PUBLIC)))
            .with("govScript", page.text(prepare(GOVERNMENT)));
        let tenant = Object::new()
            .with("label", page.text("Tenant id"))
            .with("fillWith", page.list(vec![page.text("TenantId")]));
        let prepare =
            vec![page.instruction("MarkdownControlEnvBased", script), page.instruction("CopyableLabel", tenant)];
        let connect =
            vec![page.instruction("GCPGrid", Object::new()), page.instruction("GCPContextPane", Object::new())];
        vec![
            page.step("Prepare Google Cloud", "Once for each project.", prepare),
            page.step(
                format!("Connect {} to Microsoft Sentinel", page.connector.title.value),
                "Each row is a subscription. Add one with the button below the list.",
                connect,
            ),
        ]
    }
}

/// Issuer and audience of the service in a cloud (documented: ingest Google Cloud log data).
const PUBLIC: (&str, &str) =
    ("https://sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d", "api://2041288c-b303-4ca0-9076-9612db3beeb2");
const GOVERNMENT: (&str, &str) =
    ("https://sts.windows.net/cab8a31a-1906-4287-a0d8-4eef66b95f6e", "api://e9885b54-fac0-4cd6-959f-a72066026929");

fn prepare((issuer, audience): (&str, &str)) -> String {
    format!(
        "In Google Cloud, let a log sink write to a Pub/Sub topic, and make a subscription of it. Make a workload identity \
         pool whose id is your tenant id without its dashes, with a provider of type OpenID Connect: issuer `{issuer}`, \
         audience `{audience}`, attribute mapping `google.subject=assertion.sub`. Make a service account with the role Pub/Sub \
         Subscriber, and let the pool's identities take it on (Workload Identity User)."
    )
}
