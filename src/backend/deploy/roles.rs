//! Who may do what: role assignments, which only the deploy bundle makes.

use super::names::Names;
use super::plan::{Member, Place, Planned};
use crate::bicep::Expr as Bicep;
use crate::ir::graph::RoleAssignment;

pub(super) fn planned<'a>(assignment: &RoleAssignment, names: &Names) -> Planned<'a> {
    let scope = names.symbol(&assignment.scope);
    let principal = names.write(&assignment.principal);
    let definition = Bicep::call(
        "subscriptionResourceId",
        [Bicep::text("Microsoft.Authorization/roleDefinitions"), Bicep::text(assignment.role.definition())],
    );
    // One assignment for each scope, role and principal: another principal gets another name, and nothing is overwritten.
    let parts = [Bicep::name(&scope).member("id"), Bicep::text(assignment.role.definition()), principal.clone()];
    let members = [
        ("roleDefinitionId", definition),
        ("principalId", principal),
        // Without it, an application that was made a moment ago is not found (documented: role assignments by template).
        ("principalType", Bicep::text("ServicePrincipal")),
    ];
    let properties = Bicep::object(members.map(|(name, value)| (name.to_owned(), value)));
    Planned {
        symbol: names.symbol(&assignment.symbol),
        ty: RoleAssignment::ARM_TYPE.to_owned(),
        api_version: RoleAssignment::API_VERSION.to_owned(),
        place: Place::Extension(scope),
        name: Bicep::call("guid", parts),
        name_origin: assignment.origin,
        condition: None,
        members: vec![("properties", Member::Expr(properties))],
        depends_on: Vec::new(),
        origin: assignment.origin,
    }
}
