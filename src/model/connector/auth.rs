//! `auth` of a REST poller: one table for each type.
//!
//! Source: the data connector reference of the Codeless Connector Framework and the service's published model
//! (Microsoft.SecurityInsights, 2025-10-01-preview); what only published connectors have is marked.

use crate::model::service::{Demand, Field, Kind, Mark, ObjectSpec, Types, field};
use Demand::{Alternatives, Needs, OneOf, Where};
use Mark::{Assumed, Documented, Observed};

const TYPE: Field = field("type", Kind::Text, "How requests are signed.").required();
const IN_BODY: Field = field("isApiKeyInPostPayload", Kind::Bool, "In the body instead of a header; default: false.");

static BASIC: ObjectSpec = ObjectSpec {
    title: "Basic auth",
    doc: "User name and password in the Authorization header.",
    fields: &[
        TYPE,
        field("userName", Kind::Identity, "User name.").required(),
        field("password", Kind::Credential, "Password; a secret input.").required(),
    ],
    demands: &[],
};

static API_KEY: ObjectSpec = ObjectSpec {
    title: "APIKey auth",
    doc: "A key in a header, or in the body of a POST request.",
    fields: &[
        TYPE,
        field(
            "apiKeyName",
            Kind::Text,
            "Name of the header; default: Authorization. \"\": Authorization, with the bare key.",
        ),
        field("apiKeyIdentifier", Kind::Text, "Word before the key; default: token. \"\": the bare key."),
        field("apiKey", Kind::Credential, "The key; a secret input.").required(),
        IN_BODY,
    ],
    demands: &[],
};

static OAUTH2: ObjectSpec = ObjectSpec {
    title: "OAuth2 auth",
    doc: "An access token from a token endpoint, by client credentials, by an authorization code, or by user name and password.",
    fields: &[
        TYPE,
        field("clientId", Kind::Identity, "Id of the client.").required(),
        field("clientSecret", Kind::Credential, "Secret of the client; a secret input.").required(),
        field(
            "grantType",
            Kind::Enum(&["client_credentials", "authorization_code", "password"]),
            "How the token is had; `password` is observed, not documented.",
        )
        .required(),
        field("tokenEndpoint", Kind::Url, "Absolute https URL that gives tokens; inputs may stand in it.").required(),
        field("tokenEndpointMethod", Kind::Enum(&["GET", "POST"]), "Method of the token request.").observed(),
        field("tokenEndpointHeaders", Kind::Headers, "Headers of the token request."),
        field(
            "tokenEndpointQueryParameters",
            Kind::Map,
            "Further parameters of the token request, such as an audience.",
        ),
        field(
            "authorizationCode",
            Kind::Credential,
            "authorization_code: the code; a secret input that the page's form fills.",
        ),
        field("authorizationEndpoint", Kind::Url, "authorization_code: absolute https URL where the person signs in."),
        field("authorizationEndpointHeaders", Kind::Headers, "authorization_code: headers of that request."),
        field("authorizationEndpointQueryParameters", Kind::Map, "authorization_code: parameters of that request."),
        field("redirectUri", Kind::Text, "authorization_code: default, the page of the portal that takes the code."),
        field("scope", Kind::Template, "Scopes, with blanks between them."),
        field("userName", Kind::Identity, "password: the user name.").observed(),
        field("password", Kind::Credential, "password: the password; a secret input.").observed(),
        field(
            "isCredentialsInHeaders",
            Kind::Bool,
            "Id and secret in a Basic header instead of the body; default: false.",
        ),
        field("isJwtBearerFlow", Kind::Bool, "The JWT bearer flow; default: false."),
        field("accessTokenPrepend", Kind::Text, "Word before the access token; default: Bearer."),
    ],
    demands: &[
        (
            Where {
                field: "grantType",
                value: "client_credentials",
                needs: &[],
                excludes: &[
                    "authorizationCode",
                    "authorizationEndpoint",
                    "authorizationEndpointHeaders",
                    "authorizationEndpointQueryParameters",
                    "redirectUri",
                    "userName",
                    "password",
                ],
            },
            Documented,
        ),
        (
            Where {
                field: "grantType",
                value: "authorization_code",
                needs: &["authorizationCode", "authorizationEndpoint", "scope"],
                excludes: &["userName", "password"],
            },
            Documented,
        ),
        (
            Where {
                field: "grantType",
                value: "password",
                needs: &["userName", "password"],
                excludes: &[
                    "authorizationCode",
                    "authorizationEndpoint",
                    "authorizationEndpointHeaders",
                    "authorizationEndpointQueryParameters",
                    "redirectUri",
                ],
            },
            Observed,
        ),
    ],
};

/// A value for the body of a request under a name of the API's own.
const fn pair(key: &'static str, value: Kind) -> [Field; 2] {
    [field("key", Kind::Text, key), field("value", value, "What is sent.").required()]
}

static USER_NAME_FIELDS: [Field; 2] = pair("Name of the member that takes the user name.", Kind::Identity);
static PASSWORD_FIELDS: [Field; 2] = pair("Name of the member that takes the password.", Kind::Credential);
static USER_NAME: ObjectSpec = ObjectSpec {
    title: "userName",
    doc: "The user name and the member that takes it.",
    fields: &USER_NAME_FIELDS,
    demands: &[],
};
static PASSWORD: ObjectSpec = ObjectSpec {
    title: "password",
    doc: "The password and the member that takes it.",
    fields: &PASSWORD_FIELDS,
    demands: &[],
};

static JWT_TOKEN: ObjectSpec = ObjectSpec {
    title: "JwtToken auth",
    doc: "A token that a login gives, in its body or in a header, for user name and password or for another token.",
    fields: &[
        TYPE,
        field("userName", Kind::Object(&USER_NAME), "The user name: `key`, the member of the body, and `value`."),
        field("password", Kind::Object(&PASSWORD), "The password: `key`, the member of the body, and `value`."),
        field(
            "userToken",
            Kind::Credential,
            "A token for the login instead of user name and password; a secret input.",
        ),
        field("userTokenPrepend", Kind::Text, "Word before that token; default: Bearer."),
        field("noAccessTokenPrepend", Kind::Bool, "The token is sent without a word before it; default: false."),
        field("tokenEndpoint", Kind::Url, "Absolute https URL of the login; inputs may stand in it.").required(),
        field(
            "tokenEndpointHttpMethod",
            Kind::Enum(&["Get", "Post", "GET", "POST"]),
            "Method of the login; default: Post.",
        ),
        field(
            "isCredentialsInHeaders",
            Kind::Bool,
            "User name and password in a Basic header; default: false, in the body.",
        ),
        field("isJsonRequest", Kind::Bool, "A JSON body instead of a form; default: false."),
        field("jwtTokenJsonPath", Kind::Path, "Where the answer's body has the token."),
        field("jwtTokenInResponseHeader", Kind::Bool, "The token is in a header of the answer; default: false."),
        field("jwtTokenHeaderName", Kind::Text, "Which header; default: Authorization."),
        field("jwtTokenIdentifier", Kind::Text, "Word before the token that is cut off."),
        field("queryParameters", Kind::Map, "Query parameters of the login."),
        field("headers", Kind::Headers, "Headers of the login."),
        field("requestTimeoutInSeconds", Kind::Int(1, 180), "1 to 180; default: 100."),
    ],
    demands: &[
        (OneOf(&["userName", "userToken"], "who signs in"), Documented),
        (Alternatives(&["userName", "userToken"]), Documented),
        (Needs("userName", &["password"]), Documented),
        (Needs("password", &["userName"]), Documented),
        (Needs("userTokenPrepend", &["userToken"]), Documented),
        (OneOf(&["jwtTokenJsonPath", "jwtTokenInResponseHeader"], "where the token is"), Documented),
        (Alternatives(&["jwtTokenJsonPath", "jwtTokenHeaderName"]), Assumed),
        (Alternatives(&["isCredentialsInHeaders", "userToken"]), Documented),
        (Needs("jwtTokenHeaderName", &["jwtTokenInResponseHeader"]), Documented),
    ],
};

static SESSION: ObjectSpec = ObjectSpec {
    title: "Session auth",
    doc: "A session that a login opens.",
    fields: &[
        TYPE,
        field("userName", Kind::Object(&USER_NAME), "The user name: `key`, the member of the body, and `value`.")
            .required(),
        field("password", Kind::Object(&PASSWORD), "The password: `key`, the member of the body, and `value`.")
            .required(),
        field("sessionLoginRequestUri", Kind::Url, "Absolute https URL of the login; inputs may stand in it."),
        field("sessionIdName", Kind::Text, "Name of the header that takes the session's id."),
        field("sessionTimeoutInMinutes", Kind::Int(1, i64::MAX), "How long a session lasts."),
        field("isPostPayloadJson", Kind::Bool, "A JSON body instead of a form; default: false."),
        field("queryParameters", Kind::Map, "Query parameters of the login."),
        field("headers", Kind::Headers, "Headers of the login."),
    ],
    demands: &[],
};

static AWS: ObjectSpec = ObjectSpec {
    title: "AWS auth",
    doc: "A role of Amazon Web Services that is taken on.",
    fields: &[
        TYPE,
        field("roleArn", Kind::Template, "ARN of the role.").required(),
        field("externalId", Kind::Template, "External id that the role asks for."),
    ],
    demands: &[],
};

static GCP: ObjectSpec = ObjectSpec {
    title: "GCP auth",
    doc: "A service account of Google Cloud by workload identity federation.",
    fields: &[
        TYPE,
        field("serviceAccountEmail", Kind::Template, "E-mail address of the service account.").required(),
        field("projectNumber", Kind::Template, "Number of the project.").required(),
        field("workloadIdentityProviderId", Kind::Template, "Id of the workload identity provider.").required(),
    ],
    demands: &[],
};

static GITHUB: ObjectSpec = ObjectSpec {
    title: "GitHub auth",
    doc: "A GitHub app.",
    fields: &[TYPE, field("installationId", Kind::Template, "Id of the app's installation.")],
    demands: &[],
};

static SERVICE_BUS: ObjectSpec = ObjectSpec {
    title: "ServiceBus auth",
    doc: "Credentials that lie in a key vault.",
    fields: &[
        TYPE,
        field("credentialsConfig", Kind::Map, "Names to URIs of secrets in a key vault."),
        field("storageAccountCredentialsConfig", Kind::Map, "The same for the storage account."),
    ],
    demands: &[],
};

pub static ORACLE: ObjectSpec = ObjectSpec {
    title: "Oracle auth",
    doc: "A signing key of Oracle Cloud.",
    fields: &[
        TYPE,
        field("tenantId", Kind::Identity, "OCID of the tenancy.").required(),
        field("userId", Kind::Identity, "OCID of the user.").required(),
        field("publicFingerprint", Kind::Identity, "Fingerprint of the public key.").required(),
        field("pemFile", Kind::Credential, "The private key; a secret input.").required(),
        field("passPhrase", Kind::Credential, "Pass phrase of the private key; a secret input.").observed(),
    ],
    demands: &[],
};

static ALI_CLOUD: ObjectSpec = ObjectSpec {
    title: "AliCloudSlsV1 auth",
    doc: "An access key of Alibaba Cloud's log service. Observed in published connectors, not documented.",
    fields: &[
        TYPE,
        field("accessKeyId", Kind::Identity, "Id of the access key.").required().observed(),
        field("accessKeySecret", Kind::Credential, "Secret of the access key; a secret input.").required().observed(),
    ],
    demands: &[],
};

static VISA: ObjectSpec = ObjectSpec {
    title: "VisaXpayToken auth",
    doc: "A key and a secret that sign each request. Observed, not documented.",
    fields: &[
        TYPE,
        field("apiKey", Kind::Credential, "The key; a secret input.").required().observed(),
        field("apiSecret", Kind::Credential, "The secret; a secret input.").required().observed(),
        field("apiKeyName", Kind::Text, "Name of the header.").observed(),
        field("apiKeyIdentifier", Kind::Text, "Word before the key.").observed(),
        field("apiSecretName", Kind::Text, "Name of the secret.").observed(),
        IN_BODY.observed(),
    ],
    demands: &[],
};

static NONE: ObjectSpec =
    ObjectSpec { title: "None auth", doc: "Requests are not signed.", fields: &[TYPE], demands: &[] };

pub static OTHER: ObjectSpec = ObjectSpec {
    title: "auth of an unknown type",
    doc: "An auth type that this language lacks, all of it under `unchecked`.",
    fields: &[],
    demands: &[],
};

pub static TYPES: Types = Types {
    key: "type",
    of: "auth type of a RestApiPoller",
    prefix: "Auth",
    known: &[
        ("APIKey", &API_KEY),
        ("Basic", &BASIC),
        ("OAuth2", &OAUTH2),
        ("JwtToken", &JWT_TOKEN),
        ("Session", &SESSION),
        ("AWS", &AWS),
        ("GCP", &GCP),
        ("GitHub", &GITHUB),
        ("ServiceBus", &SERVICE_BUS),
        ("Oracle", &ORACLE),
        ("AliCloudSlsV1", &ALI_CLOUD),
        ("VisaXpayToken", &VISA),
        ("None", &NONE),
    ],
    elsewhere: &[("Push", "Push"), ("ServicePrincipal", "StorageAccountBlobContainer")],
    other: &OTHER,
};
