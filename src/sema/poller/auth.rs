//! What auth asks beyond its table: of the request that it signs, of the page that asks for it, and of the packager.

use crate::diag::rules::connector as rules;
use crate::ir::{Input, Value};
use crate::model::{Part, ServiceObject, Tree};
use crate::sema::context::Context;
use crate::source::Origin;

/// Where the portal takes an authorization code (documented: the one value that `redirectUri` may have).
const REDIRECT: &str = "https://portal.azure.com/TokenAuthorize/ExtensionName/Microsoft_Azure_Security_Insights";

/// Types that Microsoft's packager knows in a RestApiPoller; another one stops it (observed in its runs).
const PACKAGED: [&str; 5] = ["APIKey", "Basic", "OAuth2", "JwtToken", "AliCloudSlsV1"];

/// Members that the page's OAuth form fills, and the parameter that each one comes from (observed: the packager declares
/// these three for a form).
pub const FORM: [(&str, &str); 3] =
    [("clientId", "ClientId"), ("clientSecret", "ClientSecret"), ("authorizationCode", "AuthorizationCode")];

/// Whether someone signs in on the connector's page, in its OAuth form.
pub fn needs_form(auth: &ServiceObject) -> bool {
    auth.text("type") == Some("OAuth2") && auth.text("grantType") == Some("authorization_code")
}

/// Where the key goes if nothing is said (documented; the published API wants it said all the same).
const KEY_HEADER: &str = "Authorization";

/// Members that the service wants, where they have one value only or a documented default.
pub fn complete(auth: &ServiceObject, body: &mut Value) {
    let (name, value) = match auth.text("type") {
        Some("APIKey") => ("apiKeyName", KEY_HEADER),
        _ if needs_form(auth) => ("redirectUri", REDIRECT),
        _ => return,
    };
    if let Some(object) = body.as_object_mut()
        && object.get(name).is_none()
    {
        object.set(name, Value::text(value, Origin::derived(auth.span, "default of the service")));
    }
}

/// `in_step`: the packager reads the auth of the poller alone.
pub fn check(
    auth: &ServiceObject,
    request: Option<&ServiceObject>,
    in_step: bool,
    inputs: &[Input],
    path: &str,
    context: &mut Context<'_>,
) {
    match auth.text("type") {
        Some("APIKey") => api_key(auth, path, context),
        Some("JwtToken") => jwt(auth, path, context),
        Some("OAuth2") if needs_form(auth) => form(auth, inputs, path, context),
        _ => {}
    }
    if auth.is_on("isApiKeyInPostPayload")
        && let Some(member) = auth.get("isApiKeyInPostPayload")
        && request.is_some_and(|request| request.text("httpMethod") != Some("POST"))
    {
        let message = "a key in the body needs a POST request";
        let help = "write `httpMethod: POST` in the request, or leave `isApiKeyInPostPayload` out";
        context.report(&rules::MISSING_COMPANION, member.key_span, path, message, help);
    }
    if let Some(member) = auth.get("type")
        && let Some(ty) = auth.text("type").filter(|ty| !in_step && !PACKAGED.contains(ty))
    {
        let message = format!("Microsoft's packager does not know {ty} auth");
        let help = "write it as a header of the request or as one of the other types, or allow this: our package has it all the same";
        context.report(&rules::PACKAGER_AUTH, member.value.span(), &format!("{path}.type"), message, help);
    }
}

/// The documentation has a word before the key unless it is emptied; connectors with a header of their own rely on none.
fn api_key(auth: &ServiceObject, path: &str, context: &mut Context<'_>) {
    if let Some(name) = auth.get("apiKeyName")
        && let Some(header) = auth.text("apiKeyName")
        && !header.is_empty()
        && !header.eq_ignore_ascii_case(KEY_HEADER)
        && auth.get("apiKeyIdentifier").is_none()
        && !auth.is_on("isApiKeyInPostPayload")
    {
        let message = format!("nothing says whether a word stands before the key in `{header}`");
        let help = "add `apiKeyIdentifier: \"\"` for the bare key, or the word: the documentation puts `token` there, published connectors rely on none";
        context.report(&rules::KEY_PREFIX, name.key_span, path, message, help);
    }
}

/// In the body, user name and password stand under names of the API's own.
fn jwt(auth: &ServiceObject, path: &str, context: &mut Context<'_>) {
    if auth.is_on("isCredentialsInHeaders") {
        return;
    }
    for name in ["userName", "password"] {
        if let Some(Tree::Object(pair)) = auth.get(name).map(|member| &member.value)
            && pair.get("key").is_none()
            && !context.is_broken(&format!("{path}.{name}"))
        {
            let message = format!("`{name}` of JwtToken auth needs `key`: it is sent in the body");
            let help =
                "add `key` with the name of the body's member, or `isCredentialsInHeaders: true` for a Basic header";
            context.report(&rules::MISSING_COMPANION, pair.span, &format!("{path}.{name}"), message, help);
        }
    }
}

/// The form gives three parameters, whatever the inputs are called.
fn form(auth: &ServiceObject, inputs: &[Input], path: &str, context: &mut Context<'_>) {
    for (name, parameter) in FORM {
        let Some(Tree::Text(template)) = auth.get(name).map(|member| &member.value) else { continue };
        let known = template.inputs().all(|input| inputs.iter().any(|known| known.name.value == input.value));
        let sound = matches!(template.parts.as_slice(), [Part::Input(input)] if input.value == parameter);
        if known && !sound {
            let message = format!("the sign-in form gives `{name}` as `{parameter}`, and nothing else");
            let help = format!("call the input `{parameter}` and write \"{{{{{parameter}}}}}\"");
            context.report(&rules::FORM_INPUT, template.span, &format!("{path}.{name}"), message, help);
        }
    }
    if let Some(redirect) = auth.get("redirectUri")
        && auth.text("redirectUri") != Some(REDIRECT)
    {
        let message = "the service takes one redirect address only, the portal's";
        let help = format!("leave `redirectUri` out, or write {REDIRECT}");
        context.report(&rules::REDIRECT, redirect.value.span(), &format!("{path}.redirectUri"), message, help);
    }
}
