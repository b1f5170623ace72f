//! Pollers of a connector: what stands at the connector is shared, what a poller says wins; then the companions that the
//! service asks for, and the body.

use super::connector::Symbols;
use super::context::Context;
use super::{body, graph, ids};
use crate::diag::rules::{connector as rules, shape};
use crate::ir::{Expr, Input, Object, Poller, Stream, Text, Value};
use crate::model::{self, Hole, Kind, Map, Part, ServiceObject, Template, Tree, Unchecked};
use crate::source::{Origin, Spanned};

/// Minutes of a window when none is said (documented).
const DEFAULT_WINDOW: i64 = 5;

/// One poller as the author means it: the shared parts filled in.
struct Effective<'a> {
    name: Text,
    path: String,
    auth: Option<ServiceObject>,
    request: Option<ServiceObject>,
    response: Option<ServiceObject>,
    paging: Option<ServiceObject>,
    data_type: Option<&'a Text>,
    add_on: Vec<(&'a Text, &'a Template)>,
    is_active: Option<Spanned<bool>>,
    stream: Option<&'a Text>,
    unchecked: Unchecked,
}

impl Effective<'_> {
    /// The path of the connector: the poller's own, or the one around it.
    fn connector(&self) -> &str {
        self.path.split('.').next().unwrap_or_default()
    }
}

#[expect(clippy::too_many_arguments, reason = "one call, all of a connector's context")]
pub fn resolve_all(
    connector: &model::Connector,
    path: &str,
    definition: &Text,
    symbols: &Symbols,
    streams: &[Stream],
    inputs: &[Input],
    parts: &mut graph::Parts,
    context: &mut Context<'_>,
) -> Vec<Poller> {
    context.unique("pollers", path, connector.pollers.iter().map(|poller| &poller.id));
    let mut pollers = Vec::new();
    for effective in effective(connector, path, context) {
        let Some(stream) = stream_of(&effective, connector, streams, context) else { continue };
        check(&effective, inputs, context);
        let properties = properties(&effective, definition, symbols, stream, inputs, context);
        let symbol = ids::symbol("poller", effective.name.value.trim_end_matches("Poller"));
        let minutes = |key: &str| {
            let request = effective.request.as_ref()?;
            request.int(key).zip(request.get(key)).map(|(value, member)| Spanned::new(value, member.value.span()))
        };
        let window = minutes("queryWindowInMin");
        pollers.push(Poller {
            name: effective.name.clone(),
            symbol: symbol.clone(),
            stream: stream.name.clone(),
            query_window_in_min: window.unwrap_or(Spanned::new(DEFAULT_WINDOW, effective.name.span)),
            query_window_delay_in_min: minutes("queryWindowDelayInMin").map_or(0, |delay| delay.value),
        });
        parts.pollers.push((symbol, properties));
    }
    pollers
}

fn effective<'a>(connector: &'a model::Connector, path: &str, context: &mut Context<'_>) -> Vec<Effective<'a>> {
    let flat = |hole: &Option<ServiceObject>| hole.clone();
    let auth = hole(&connector.auth, |auth: &model::Auth| auth.0.clone());
    let request = hole(&connector.request, |request: &model::Request| request.0.clone());
    let response = hole(&connector.response, |response: &model::Response| response.0.clone());
    let paging = hole(&connector.paging, |paging: &model::Paging| paging.0.clone());
    let shared_add_on = add_on(&connector.add_on_attributes);
    if connector.pollers.is_empty() {
        return vec![Effective {
            name: connector.id.as_ref().map(|id| format!("{id}Poller")),
            path: path.to_owned(),
            auth,
            request,
            response,
            paging,
            data_type: connector.data_type.as_ref(),
            add_on: shared_add_on,
            is_active: connector.is_active,
            stream: None,
            unchecked: Unchecked::default(),
        }];
    }
    let merge = |own: Option<ServiceObject>, base: &Option<ServiceObject>| match (own, base) {
        (Some(own), Some(base)) => Some(own.over(base)),
        (own, base) => own.or_else(|| base.clone()),
    };
    let mut list = Vec::new();
    for (i, poller) in connector.pollers.iter().enumerate() {
        let path = format!("{path}.pollers[{i}]");
        if !poller.id.value.bytes().all(|b| b.is_ascii_alphanumeric()) || poller.id.value.is_empty() {
            let message = format!("`{}` cannot be the id of a poller", poller.id.value);
            context.report(&rules::CONNECTOR_ID, poller.id.span, &path, message, "use letters and digits");
        }
        let mut add_on_attributes = add_on(&poller.add_on_attributes);
        for shared in &shared_add_on {
            if !add_on_attributes.iter().any(|(name, _)| name.value == shared.0.value) {
                add_on_attributes.push(*shared);
            }
        }
        list.push(Effective {
            name: poller.id.as_ref().map(|id| format!("{}{}Poller", connector.id.value, ids::pascal_case(id))),
            path,
            auth: hole(&poller.auth, |auth: &model::Auth| auth.0.clone()).or_else(|| flat(&auth)),
            request: merge(hole(&poller.request, |request: &model::Request| request.0.clone()), &request),
            response: merge(hole(&poller.response, |response: &model::Response| response.0.clone()), &response),
            paging: hole(&poller.paging, |paging: &model::Paging| paging.0.clone()).or_else(|| flat(&paging)),
            data_type: poller.data_type.as_ref().or(connector.data_type.as_ref()),
            add_on: add_on_attributes,
            is_active: poller.is_active.or(connector.is_active),
            stream: poller.stream.as_ref(),
            unchecked: poller.unchecked.clone(),
        });
    }
    list
}

fn hole<T>(hole: &Option<Hole<T>>, f: impl FnOnce(&T) -> ServiceObject) -> Option<ServiceObject> {
    hole.as_ref().and_then(|hole| hole.0.as_ref()).map(f)
}

fn add_on(map: &Option<Map<Template>>) -> Vec<(&Text, &Template)> {
    map.as_ref().map_or(Vec::new(), |map| map.0.iter().map(|(name, value)| (name, value)).collect())
}

fn stream_of<'s>(
    poller: &Effective<'_>,
    connector: &model::Connector,
    streams: &'s [Stream],
    context: &mut Context<'_>,
) -> Option<&'s Stream> {
    match (poller.stream, streams) {
        (Some(name), _) => {
            let full = format!("Custom-{}", name.value.trim_start_matches("Custom-"));
            let found = streams.iter().find(|stream| stream.name.value == full);
            if found.is_none() {
                let known: Vec<&str> = streams.iter().map(|s| s.name.value.trim_start_matches("Custom-")).collect();
                context.unknown_name("stream", poller.connector(), name, &format!("{}.stream", poller.path), &known);
            }
            found
        }
        (None, [only]) => Some(only),
        (None, []) => None,
        (None, _) => {
            let message = format!("`{}` does not say which of the streams its events go to", poller.name.value);
            let help = "add `stream:` with the name of one to each poller";
            context.report(&shape::MISSING_KEY, connector.id.span, &poller.path, message, help);
            None
        }
    }
}

fn check(poller: &Effective<'_>, inputs: &[Input], context: &mut Context<'_>) {
    let parts = [("auth", &poller.auth), ("request", &poller.request), ("response", &poller.response)];
    for (key, part) in parts {
        match part {
            Some(object) => check_required(object, &format!("{}.{key}", poller.path), context),
            None if context.is_broken(poller.connector()) => {}
            None => {
                let message = format!("`{}` has no `{key}`", poller.name.value);
                let help = format!("add `{key}` to the connector, or to each poller");
                context.report(&shape::MISSING_KEY, poller.name.span, &poller.path, message, help);
            }
        }
    }
    if let Some(request) = &poller.request {
        check_request(request, inputs, &format!("{}.request", poller.path), context);
    }
    if let Some(paging) = &poller.paging {
        let path = format!("{}.paging", poller.path);
        check_required(paging, &path, context);
        check_paging(paging, poller.request.as_ref(), &path, context);
    }
    let objects = [&poller.auth, &poller.request, &poller.response, &poller.paging];
    for object in objects.into_iter().flatten() {
        check_secrets(object, inputs, &poller.path, context);
        check_paths(object, &poller.path, context);
    }
    for (_, template) in &poller.add_on {
        refuse_secret(template, inputs, &poller.path, context);
    }
}

fn check_required(object: &ServiceObject, path: &str, context: &mut Context<'_>) {
    if context.is_broken(path) {
        return;
    }
    for field in object.spec.fields.iter().filter(|field| field.required) {
        if object.get(field.name).is_none() {
            let message = format!("{} needs `{}`", object.spec.title, field.name);
            context.report(
                &rules::MISSING_COMPANION,
                object.span,
                path,
                message,
                format!("add `{}`: {}", field.name, field.doc.trim_end_matches('.')),
            );
        }
    }
}

fn check_request(request: &ServiceObject, inputs: &[Input], path: &str, context: &mut Context<'_>) {
    if let Some(Tree::Text(endpoint)) = request.get("apiEndpoint").map(|member| &member.value) {
        check_endpoint(endpoint, inputs, &format!("{path}.apiEndpoint"), context);
    }
    for (one, other) in
        [("startTimeAttributeName", "endTimeAttributeName"), ("endTimeAttributeName", "startTimeAttributeName")]
    {
        if let Some(member) = request.get(one)
            && request.get(other).is_none()
        {
            let message = format!("`{one}` stands without `{other}`");
            let help = format!(
                "add `{other}`, or allow this: the documentation asks for both, some published connectors have one"
            );
            context.report(&rules::LONELY_WINDOW, member.key_span, path, message, help);
        }
    }
    needs(
        request,
        "queryTimeIntervalAttributeName",
        &["queryTimeIntervalPrepend", "queryTimeIntervalDelimiter"],
        path,
        context,
    );
    if let (Some(member), Some(format)) = (request.get("queryTimeFormat"), request.text("queryTimeFormat"))
        && let Some(help) = time_format_problem(format)
    {
        let message = format!("`{format}` is not a time format of the service");
        context.report(&rules::TIME_FORMAT, member.value.span(), &format!("{path}.queryTimeFormat"), message, help);
    }
}

fn check_endpoint(endpoint: &Template, inputs: &[Input], path: &str, context: &mut Context<'_>) {
    let sound = match endpoint.parts.first() {
        Some(Part::Text(text)) => {
            text.starts_with("https://") && (text.len() > "https://".len() || endpoint.parts.len() > 1)
        }
        Some(Part::Input(name)) => inputs.iter().any(|input| input.name.value == name.value),
        None => false,
    };
    if !sound && !endpoint.inputs().any(|name| !inputs.iter().any(|input| input.name.value == name.value)) {
        let message = "the endpoint is not an absolute https URL";
        context.report(
            &rules::ENDPOINT,
            endpoint.span,
            path,
            message,
            "begin with `https://`, or with an input that holds the URL",
        );
    }
}

/// Why a text is no .NET date format, if it is none: the slips that people make.
fn time_format_problem(format: &str) -> Option<&'static str> {
    if ["UnixTimestamp", "UnixTimestampInMills"].contains(&format) {
        None
    } else if format.to_ascii_lowercase().starts_with("unix") || format.eq_ignore_ascii_case("epoch") {
        Some("write UnixTimestamp for seconds, or UnixTimestampInMills for milliseconds")
    } else if format.contains('%') {
        Some("write a .NET format, such as yyyy-MM-ddTHH:mm:ssZ, instead of a strftime one")
    } else if format.contains("YYYY") || format.contains("DD") {
        Some("write a .NET format: yyyy-MM-dd instead of YYYY-MM-DD")
    } else if format.contains("yyyy-mm") || format.contains("mm-dd") {
        Some("write MM for months; mm are minutes")
    } else if format.trim().is_empty() {
        Some("leave the key out for ISO 8601")
    } else {
        None
    }
}

fn needs(object: &ServiceObject, key: &str, companions: &[&str], path: &str, context: &mut Context<'_>) {
    let Some(member) = object.get(key) else { return };
    for companion in companions {
        if object.get(companion).is_none() {
            let message = format!("`{key}` needs `{companion}`");
            context.report(&rules::MISSING_COMPANION, member.key_span, path, message, format!("add `{companion}`"));
        }
    }
}

fn check_paging(paging: &ServiceObject, request: Option<&ServiceObject>, path: &str, context: &mut Context<'_>) {
    needs(paging, "totalResultsJsonPath", &["pageNumberJsonPath", "pageCountJsonPath"], path, context);
    let has = |names: &[&str]| names.iter().any(|name| paging.get(name).is_some());
    let ty = paging.text("pagingType").unwrap_or_default();
    let mut one_of = |names: &[&str], what: &str| {
        if !has(names) && !context.is_broken(path) {
            let message = format!("{ty} does not say {what}");
            context.report(
                &rules::MISSING_COMPANION,
                paging.span,
                path,
                message,
                format!("add {}", names.join(" or ")),
            );
        }
    };
    match ty {
        "NextPageToken" | "PersistentToken" => {
            one_of(&["nextPageTokenJsonPath", "nextPageTokenResponseHeader"], "where the token comes from");
            one_of(&["nextPageParaName", "nextPageRequestHeader"], "where the token goes");
        }
        "NextPageUrl" => one_of(&["nextPageTokenJsonPath", "nextPageUrl"], "where the next page is"),
        _ => {}
    }
    let post = request.and_then(|request| request.text("httpMethod")) == Some("POST");
    if let Some(member) = paging.get("pagingInfoPlacement")
        && paging.text("pagingInfoPlacement") == Some("RequestBody")
        && !post
    {
        let message = "paging values cannot go into the body of a GET request";
        context.report(
            &rules::MISSING_COMPANION,
            member.key_span,
            path,
            message,
            "write QueryString, or `httpMethod: POST` in the request",
        );
    }
}

/// Secrets belong into credentials; elsewhere they would end in logs of others, in the grid, or in the resource.
fn check_secrets(object: &ServiceObject, inputs: &[Input], path: &str, context: &mut Context<'_>) {
    for member in &object.members {
        let path = format!("{path}.{}", member.field.name);
        let credential = matches!(member.field.kind, Kind::Secret);
        if !credential {
            let header = member.field.name == "headers" || member.field.name == "queryParametersTemplate";
            if !header {
                member.value.for_each_template(&mut |template| refuse_secret(template, inputs, &path, context));
            }
        } else if let Tree::Text(template) = &member.value
            && template.inputs().next().is_none()
            && member.field.name != "userName"
        {
            let message = format!("`{}` holds a credential in plain text", member.field.name);
            let help = "declare an input with `secret: true` and write it as \"{{name}}\"";
            context.report(&rules::LITERAL_CREDENTIAL, template.span, &path, message, help);
        }
        if credential && ["apiKey", "password"].contains(&member.field.name) {
            member.value.for_each_template(&mut |template| require_secret(template, inputs, &path, context));
        }
    }
}

fn refuse_secret(template: &Template, inputs: &[Input], path: &str, context: &mut Context<'_>) {
    for name in template.inputs() {
        if inputs.iter().any(|input| input.name.value == name.value && input.is_secret()) {
            let message = format!("the secret `{}` cannot stand here: it would be readable", name.value);
            context.report(&rules::MISPLACED_SECRET, name.span, path, message, "use it in `auth`, or in a header");
        }
    }
}

fn require_secret(template: &Template, inputs: &[Input], path: &str, context: &mut Context<'_>) {
    for name in template.inputs() {
        if inputs.iter().any(|input| input.name.value == name.value && !input.is_secret()) {
            let message = format!("`{}` holds a credential and is not a secret input", name.value);
            context.report(
                &rules::LITERAL_CREDENTIAL,
                name.span,
                path,
                message,
                format!("add `secret: true` to the input `{}`", name.value),
            );
        }
    }
}

fn check_paths(object: &ServiceObject, path: &str, context: &mut Context<'_>) {
    for member in object.members.iter().filter(|member| matches!(member.field.kind, Kind::Path | Kind::Paths)) {
        member.value.for_each_template(&mut |template| {
            let text = template.literal().unwrap_or_default();
            if !text.starts_with('$') {
                let message = format!("`{text}` is not a JSONPath");
                let path = format!("{path}.{}", member.field.name);
                context.report(
                    &rules::JSON_PATH,
                    template.span,
                    &path,
                    message,
                    format!("begin with `$`, as in `$.{text}`"),
                );
            }
        });
    }
}

fn properties(
    poller: &Effective<'_>,
    definition: &Text,
    symbols: &Symbols,
    stream: &Stream,
    inputs: &[Input],
    context: &mut Context<'_>,
) -> Value {
    let name = Origin::derived(poller.name.span, "poller");
    let at = |key: &str| format!("{}.{key}", poller.path);
    let mut body = Object::new();
    body.set("connectorDefinitionName", Value::text(definition.value.clone(), name));
    body.set("dataType", poller.data_type.map_or_else(|| Value::written(&stream.table), Value::written));
    let dcr = Object::new()
        .with("streamName", Value::written(&stream.name))
        .with("dataCollectionEndpoint", Value::expr(Expr::IngestionEndpoint(symbols.endpoint.clone()), name))
        .with("dataCollectionRuleImmutableId", Value::expr(Expr::ImmutableId(symbols.rule.clone()), name));
    body.set("dcrConfig", Value::object(dcr, name));
    for (key, part) in [
        ("auth", &poller.auth),
        ("request", &poller.request),
        ("response", &poller.response),
        ("paging", &poller.paging),
    ] {
        if let Some(object) = part {
            body.set(key, body::service_object(object, &at(key), inputs, context));
        }
    }
    if !poller.add_on.is_empty() {
        let mut attributes = Object::new();
        for (key, template) in &poller.add_on {
            attributes.set(key.value.clone(), body::template(template, inputs, context));
        }
        body.set("addOnAttributes", Value::object(attributes, name));
    }
    let active =
        poller.is_active.map_or(Value::bool(true, Origin::derived(poller.name.span, "default: isActive")), |flag| {
            Value::bool(flag.value, Origin::written(flag.span))
        });
    body.set("isActive", active);
    body::add_unchecked(&mut body, &poller.unchecked, &poller.path, context);
    Value::object(body, name)
}
