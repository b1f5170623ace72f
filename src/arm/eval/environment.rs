//! Where a template is deployed, as far as its functions can ask: subscription, tenant, resource group, the cloud.

use super::value::{Object, Value};
use std::rc::Rc;

/// What the caller says about the place of a deployment.
#[derive(Debug, Clone)]
pub struct Place<'a> {
    /// GUID.
    pub subscription: &'a str,
    /// GUID.
    pub tenant: &'a str,
    pub resource_group: &'a str,
    /// An Azure region, e.g. `westeurope`.
    pub location: &'a str,
    /// Name of the deployment.
    pub deployment: &'a str,
}

/// The answers of `subscription()`, `resourceGroup()`, `tenant()`, `deployment()` and `environment()`.
#[derive(Debug, Clone)]
pub struct Environment {
    pub(super) subscription_id: Rc<str>,
    pub(super) group_name: Rc<str>,
    /// What the ids of a template's resources begin with.
    pub(super) scope: Rc<str>,
    pub(super) subscription: Value,
    pub(super) tenant: Value,
    pub(super) resource_group: Value,
    pub(super) deployment: Value,
    pub(super) cloud: Value,
}

/// What a subscription and a tenant are called that exist nowhere.
const DISPLAY_NAME: &str = "Loopback";

const GROUP_TYPE: &str = "Microsoft.Resources/resourceGroups";

impl Environment {
    pub fn new(place: &Place<'_>) -> Self {
        let subscription = format!("/subscriptions/{}", place.subscription);
        let scope: Rc<str> = format!("{subscription}/resourceGroups/{}", place.resource_group).into();
        Environment {
            subscription_id: place.subscription.into(),
            group_name: place.resource_group.into(),
            subscription: object([
                ("id", text(&subscription)),
                ("subscriptionId", text(place.subscription)),
                ("tenantId", text(place.tenant)),
                ("displayName", text(DISPLAY_NAME)),
            ]),
            tenant: object([
                ("tenantId", text(place.tenant)),
                ("displayName", text(DISPLAY_NAME)),
                ("countryCode", text("US")),
            ]),
            resource_group: object([
                ("id", Value::Text(scope.clone())),
                ("name", text(place.resource_group)),
                ("location", text(place.location)),
                ("tags", object([])),
                ("type", text(GROUP_TYPE)),
                ("properties", object([("provisioningState", text("Succeeded"))])),
            ]),
            deployment: deployment(place.deployment),
            cloud: cloud(),
            scope,
        }
    }

    /// What a deployment inside a deployment sees, which may go to another group and subscription.
    pub(super) fn nested(&self, name: &str, subscription: Option<&str>, group: Option<&str>) -> Self {
        let mut env = Environment { deployment: deployment(name), ..self.clone() };
        let subscription = subscription.filter(|id| !id.eq_ignore_ascii_case(&self.subscription_id));
        if let Some(id) = subscription {
            env.subscription_id = id.into();
            env.subscription = object([
                ("id", text(&format!("/subscriptions/{id}"))),
                ("subscriptionId", text(id)),
                ("tenantId", unknown(&format!("subscription({id}).tenantId"))),
                ("displayName", unknown(&format!("subscription({id}).displayName"))),
            ]);
        }
        if let Some(group) = group {
            let id: Rc<str> = format!("/subscriptions/{}/resourceGroups/{group}", env.subscription_id).into();
            if subscription.is_some() || !group.eq_ignore_ascii_case(&self.group_name) {
                env.resource_group = object([
                    ("id", Value::Text(id.clone())),
                    ("name", text(group)),
                    ("location", unknown(&format!("resourceGroup({group}).location"))),
                    ("tags", unknown(&format!("resourceGroup({group}).tags"))),
                    ("type", text(GROUP_TYPE)),
                    ("properties", unknown(&format!("resourceGroup({group}).properties"))),
                ]);
            }
            env.group_name = group.into();
            env.scope = id;
        }
        env
    }
}

fn deployment(name: &str) -> Value {
    let template = object([("contentVersion", text("1.0.0.0"))]);
    object([("name", text(name)), ("properties", object([("template", template)]))])
}

/// The public cloud, as the documentation of `environment()` prints it.
fn cloud() -> Value {
    let audiences = ["https://management.core.windows.net/", "https://management.azure.com/"];
    let login = object([
        ("loginEndpoint", text("https://login.microsoftonline.com/")),
        ("audiences", Value::array(audiences.map(text).into())),
        ("tenant", text("common")),
        ("identityProvider", text("AAD")),
    ]);
    let suffixes = object([
        ("acrLoginServer", text(".azurecr.io")),
        ("azureDatalakeAnalyticsCatalogAndJob", text("azuredatalakeanalytics.net")),
        ("azureDatalakeStoreFileSystem", text("azuredatalakestore.net")),
        ("azureFrontDoorEndpointSuffix", text("azurefd.net")),
        ("keyvaultDns", text(".vault.azure.net")),
        ("sqlServerHostname", text(".database.windows.net")),
        ("storage", text("core.windows.net")),
    ]);
    object([
        ("name", text("AzureCloud")),
        ("gallery", text("https://gallery.azure.com/")),
        ("graph", text("https://graph.windows.net/")),
        ("portal", text("https://portal.azure.com")),
        ("graphAudience", text("https://graph.windows.net/")),
        ("activeDirectoryDataLake", text("https://datalake.azure.net/")),
        ("batch", text("https://batch.core.windows.net/")),
        ("media", text("https://rest.media.azure.net")),
        ("sqlManagement", text("https://management.core.windows.net:8443/")),
        ("resourceManager", text("https://management.azure.com/")),
        ("authentication", login),
        ("suffixes", suffixes),
    ])
}

fn unknown(call: &str) -> Value {
    Value::Opaque(call.into())
}

fn text(text: &str) -> Value {
    Value::text(text)
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let members = members.into_iter().map(|(name, value)| (Rc::from(name), value));
    Value::object(members.collect::<Object>())
}
