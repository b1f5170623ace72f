//! Kind GCP: messages of Pub/Sub subscriptions in Google Cloud.
//!
//! Source: the GCP data connector reference of the Codeless Connector Framework. The page's pane gives five parameters with
//! names of its own, so that nothing has to be written.

use crate::model::service::{Kind, ObjectSpec, field};

/// What a connection of this kind has of its own.
pub static OWN: ObjectSpec = ObjectSpec {
    title: "GCP",
    doc: "Messages of Pub/Sub subscriptions in Google Cloud.",
    fields: &[
        field("auth", Kind::Object(&AUTH), "Who signs in; default: what the page's pane gives."),
        field("request", Kind::Object(&REQUEST), "What is read; default: what the page's pane gives."),
    ],
    demands: &[],
};

static AUTH: ObjectSpec = ObjectSpec {
    title: "auth of a GCP connector",
    doc: "A service account of Google Cloud by workload identity federation.",
    fields: &[
        field("serviceAccountEmail", Kind::Template, "E-mail address of the service account.").required(),
        field("projectNumber", Kind::Template, "Number of the project.").required(),
        field("workloadIdentityProviderId", Kind::Template, "Id of the workload identity provider.").required(),
    ],
    demands: &[],
};

static REQUEST: ObjectSpec = ObjectSpec {
    title: "request of a GCP connector",
    doc: "The subscriptions that are read.",
    fields: &[
        field("projectId", Kind::Template, "Id of the project with the subscriptions.").required(),
        field("subscriptionNames", Kind::Templates, "Names of the subscriptions.").required(),
    ],
    demands: &[],
};
