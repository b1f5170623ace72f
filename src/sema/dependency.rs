//! `solution.dependencies`: other solutions that this one needs.

use super::context::Context;
use crate::diag::rules::solution as rules;
use crate::model::Solution;

const PATH: &str = "solution.dependencies";

/// Reports what is no id of another solution. `has_content`: the solution brings content of its own.
pub fn check(solution: &Solution, has_content: bool, context: &mut Context<'_>) {
    let own = format!("{}.{}", solution.publisher_id.value, solution.offer_id.value);
    context.unique("dependencies", PATH, &solution.dependencies);
    for (i, id) in solution.dependencies.iter().enumerate() {
        let path = format!("{PATH}[{i}]");
        let shaped = id.value.split_once('.').is_some_and(|(publisher, offer)| is_id(publisher) && is_id(offer));
        if !shaped {
            let message = format!("`{}` is not the id of a solution", id.value);
            let help = "write publisherId.offerId, as in azuresentinel.azure-sentinel-solution-commoneventformat";
            context.report(&rules::DEPENDENCY, id.span, &path, message, help);
        } else if id.value.eq_ignore_ascii_case(&own) {
            context.report(&rules::DEPENDENCY, id.span, &path, "the solution cannot need itself", "remove it");
        }
    }
    if let Some(first) = solution.dependencies.first().filter(|_| !has_content) {
        let message = "Microsoft's packager drops the dependencies of a solution without content of its own";
        let help = "add content: a rule, a hunting query, a workbook";
        context.report(&rules::DEPENDENCY, first.span, PATH, message, help);
    }
}

/// What publishers and offers are called.
fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
}
