//! What paging asks of the request that it pages.

use crate::diag::rules::connector as rules;
use crate::model::{Member, ServiceObject};
use crate::sema::context::Context;

/// Members whose values name what is sent along with a follow-up request.
const NAMES: [&str; 5] =
    ["nextPageParaName", "offsetParaName", "offsetEndParaName", "pageNumberParaName", "pageSizeParameterName"];

pub fn check(paging: &ServiceObject, request: Option<&ServiceObject>, path: &str, context: &mut Context<'_>) {
    let names = NAMES.iter().filter_map(|name| paging.get(name));
    let (in_body, plain): (Vec<&Member>, Vec<&Member>) = names.partition(|member| is_path(member, paging));
    let placement = paging.get("pagingInfoPlacement");
    let method = request.map_or("GET", |request| request.text("httpMethod").unwrap_or("GET"));
    let in_url = paging.text("pagingInfoPlacement") == Some("QueryString");
    if let Some(member) = placement.filter(|_| !in_url && method == "GET") {
        let message = "paging values cannot go into the body of a GET request";
        let help = "write QueryString, or `httpMethod: POST` in the request";
        context.report(&rules::MISSING_COMPANION, member.key_span, path, message, help);
    }
    for member in in_body {
        let name = member.field.name;
        if method == "GET" {
            let message = format!("`{name}` is a place in the body, and a GET request has none");
            let help = "write the plain name of a query parameter, or `httpMethod: POST` in the request";
            context.report(&rules::MISSING_COMPANION, member.value.span(), path, message, help);
        } else if in_url {
            let message = format!("`{name}` is a place in the body, and the paging values go into the URL");
            let help = "write the plain name of a query parameter, or leave `pagingInfoPlacement` out";
            context.report(&rules::MISSING_COMPANION, member.value.span(), path, message, help);
        } else if request.is_some_and(|request| request.get("queryParametersTemplate").is_none()) {
            let message = format!("`{name}` is a place in the body, and the request has no `queryParametersTemplate`");
            let help = "add `queryParametersTemplate` with the body in which the value stands";
            context.report(&rules::MISSING_COMPANION, member.value.span(), path, message, help);
        }
    }
    if let Some(first) = plain.first().filter(|_| method == "POST" && placement.is_none()) {
        let message = format!("nothing says whether `{}` goes into the URL or into the body", first.field.name);
        let help = "add `pagingInfoPlacement: RequestBody` or `pagingInfoPlacement: QueryString`";
        context.report(&rules::UNPLACED_PAGING, first.key_span, path, message, help);
    }
}

/// A JSONPath into the body instead of a name.
fn is_path(member: &Member, paging: &ServiceObject) -> bool {
    paging.text(member.field.name).is_some_and(|name| name.starts_with("$.") || name.starts_with("$["))
}
