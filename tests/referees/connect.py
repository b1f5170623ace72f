"""The package, installed and connected, gives what the deploy bundle gives.

For every way of filling the connector page (all boxes; each optional box empty, at its default, with its default and a closing
slash, with another value) the connection's body is compared with the bundle's for the same values: equal but for the name and
`dcrConfig`. Where the value means the same, the body must be the same as with the box left empty. Then page, table, collection
rule and analytic rules of both sides are compared, and playbooks as the gallery makes them with their own templates.
"""
import passes
from golden import WORKSPACE, Failure, run

# Parameters of a connections template that are no boxes of the page.
BOUND_BY_THE_SERVICE = {"guidvalue", "innerworkspace", "workspace", "connectordefinitionname", "dcrconfig", "auth"}

# What a rule has only while it is a template in the Content Hub, and only once it runs in a workspace.
OF_TEMPLATES = {"status", "requiredDataConnectors"}
OF_RUNNING_RULES = {"alertRuleTemplateName", "templateVersion"}

# What a connection has in a storage account.
BESIDE = {"queues", "eventsubscriptions", "roleassignments"}

# Connectors that are pages, and what their content template holds of the file that they come from.
CARRIED = {"StaticUI", "GenericUI", "APIPolling"}
OF_FILES = {"metadata", "logo", "lastDataReceivedInfoBalloon", "caseGenerationSteps"}


def boxes_of(solution):
    """Names of the page's boxes, and of those that may stay empty."""
    template = passes.connections_template(solution.main_template)
    if template is None:
        return [], []
    boxes = {n: s for n, s in template["parameters"].items() if n.lower() not in BOUND_BY_THE_SERVICE}
    return list(boxes), [n for n, s in boxes.items() if s.get("defaultValue") == ""]


def cases(solution):
    """(name, values, name of the case that must give the same bodies or None) for the boxes."""
    declared = passes.strict(solution.template)["parameters"]
    boxes, optional = boxes_of(solution)
    missing = [name for name in boxes if name not in declared]
    if missing:
        raise Failure("%s: the bundle has no parameter for the boxes %s" % (solution.name, ", ".join(missing)))
    filled = {name: passes.placeholder(name, declared[name]) for name in boxes}
    for name in optional:
        filled[name] = ""
    yield "optional boxes empty", filled, None
    for name in optional:
        default = declared[name].get("defaultValue", "")
        if not default:
            continue
        yield name + " filled with its default", {**filled, name: default}, "optional boxes empty"
        if default.startswith("http"):
            other = "https://self-hosted.example/base"
            yield name + " with a closing slash", {**filled, name: default + "/"}, "optional boxes empty"
            yield name + " elsewhere", {**filled, name: other}, None
            yield name + " elsewhere with a closing slash", {**filled, name: other + "/"}, name + " elsewhere"


def connectors(resources):
    """The bodies of the connections, without what the two sides must differ in."""
    out = []
    for resource in resources:
        if passes.short_type(resource) == "dataconnectors" and resource.get("kind") not in CARRIED:
            properties = {k: v for k, v in resource["properties"].items() if k != "dcrConfig"}
            stream = resource["properties"].get("dcrConfig", {}).get("streamName")
            out.append({"kind": resource.get("kind"), "properties": properties, "stream": stream})
    return out


def bundle(solution, values):
    template = passes.strict(solution.template)
    # The workspace of the package: what is made from its id must be the same.
    workspace = {name: WORKSPACE for name in template["parameters"] if name == "workspaceName"}
    return passes.expand(template, {**passes.deploy_values(solution), **workspace, **values})[0]


def connected(solution, values):
    """Every resource that the package leaves behind once everything of it is activated."""
    return [r for content in passes.connect(solution, values) for r in content["resources"]]


def check_connections(solution, account):
    if passes.connections_template(solution.main_template) is None:
        return
    seen = {}
    for name, values, equal_to in cases(solution):
        where = "%s, %s" % (solution.name, name)
        body = connectors(connected(solution, values))
        account.check(body, where, "no connection comes out")
        account.same(where + ": connection (got) and bundle (wanted)", body, connectors(bundle(solution, values)))
        if equal_to:
            account.same(where + ": the same as with " + equal_to, body, seen[equal_to])
        elif seen:
            account.check(body not in seen.values(), where, "the value of the box changes nothing")
        seen[name] = body


def comparable(resource):
    """What must be equal on both sides, by kind of resource."""
    kind, properties = passes.short_type(resource), resource.get("properties", {})
    if kind in BESIDE and "/microsoft.storage/" in resource["id"].lower():
        return ("beside a connection", resource["id"]), {**resource, "dependsOn": sorted(resource["dependsOn"])}
    if kind == "dataconnectordefinitions":
        return ("page", resource.get("kind")), properties["connectorUiConfig"]
    if kind == "dataconnectors" and resource.get("kind") in CARRIED:
        page = {k: v for k, v in properties["connectorUiConfig"].items() if k not in OF_FILES}
        return ("carried page", page["id"]), {"kind": resource["kind"], **properties, "connectorUiConfig": page}
    if kind == "tables":
        return ("table", resource["name"].split("/")[-1]), properties
    if kind == "datacollectionrules":
        destinations = [{k: v for k, v in d.items() if k != "workspaceResourceId"} for d in properties["destinations"]["logAnalytics"]]
        return ("collection rule", resource["name"]), {"streams": properties["streamDeclarations"], "flows": properties["dataFlows"],
                                                       "destinations": destinations}
    if kind in ("alertrules", "alertruletemplates"):
        leave_out = OF_TEMPLATES | OF_RUNNING_RULES | {"enabled"}
        body = {k: v for k, v in properties.items() if k not in leave_out}
        return ("rule", properties["displayName"]), {"kind": resource.get("kind"), **body}
    return None, None


def side(resources):
    found = {}
    for resource in resources:
        key, value = comparable(resource)
        if key:
            found[key] = value
    return found


def check_contents(solution, account):
    values = next(iter(cases(solution)))[1]
    package, deployed = side(connected(solution, values)), side(bundle(solution, values))
    for key in sorted(set(package) | set(deployed), key=str):
        where = "%s: %s %s" % (solution.name, *key)
        if key not in package or key not in deployed:
            account.check(False, where, "only in the %s" % ("package" if key in package else "bundle"))
        else:
            account.same(where + ": package (got) and bundle (wanted)", package[key], deployed[key])


def lean(value):
    """A value without what is empty, which no content template says, and without the tag that the package adds."""
    if isinstance(value, dict):
        kept = {k: lean(v) for k, v in value.items() if k != "hidden-SentinelWorkspaceId"}
        return {k: v for k, v in kept.items() if v not in (None, "", [], {})}
    return [lean(item) for item in value] if isinstance(value, list) else value


def check_playbooks(solution, account):
    """What the gallery makes of a playbook is what its own template makes."""
    templates = {path.stem: passes.strict(path) for path in solution.playbooks}
    given = {name: passes.required_values(template) for name, template in templates.items()}
    values = {n: v for values in given.values() for n, v in values.items()}
    made = {content["contentId"]: content["resources"] for content in passes.connect(solution, values)}
    for name, template in templates.items():
        resources = [r for r in made.get(name, []) if passes.short_type(r) != "metadata"]
        wanted = passes.expand(template, given[name])[0]
        account.same("%s: playbook %s, package (got) and bundle (wanted)" % (solution.name, name), lean(resources), lean(wanted))


def stage(solutions, account):
    for solution in solutions:
        check_connections(solution, account)
        check_contents(solution, account)
        if solution.playbooks:
            check_playbooks(solution, account)


if __name__ == "__main__":
    run(stage, "comparisons of package and bundle")
