"""The passes of the service, by the stand-in evaluator: the bundle deployed, the package installed, a connection made."""
import functools
import json
import pathlib
import subprocess
import sys

from golden import CANARY, SHARED, WORKSPACE, Failure, load, referee

referee("az-loopback")
import arm_eval  # noqa: E402

SUBSCRIPTION = "00000000-0000-0000-0000-0000000000a1"
TENANT = "00000000-0000-0000-0000-0000000000b2"
GROUP = "contoso-rg"
REGION = "westeurope"


def text_of(path):
    return path.read_bytes().decode("utf-8")


def expand(template, values):
    """The resources, outputs and notes of a template with parameter values. Raises `arm_eval.ArmError` as the service would."""
    env = arm_eval.environment(SUBSCRIPTION, TENANT, GROUP, REGION, "main")
    given = {name: {"value": value} for name, value in values.items()}
    return arm_eval.expand(template, given, env, env["resourceGroup"]["id"])


def strict(path):
    """A template, which must be strict JSON without double keys: the service forgives more than people's tools do."""
    value, notes = arm_eval.parse_jsonc(text_of(path))
    if notes:
        raise Failure("%s: %s" % (path, ", ".join(notes)))
    return value


def placeholder(name, spec):
    """A value for a parameter that has neither a value nor a default."""
    kind = str(spec.get("type", "")).lower()
    if kind == "securestring":
        return CANARY
    if "workspace" in name.lower() and kind == "string":
        return WORKSPACE
    if spec.get("allowedValues"):
        return spec["allowedValues"][0]
    values = {"string": "value-of-" + name, "int": spec.get("minValue", 1), "bool": True, "object": {}, "array": []}
    if kind not in values:
        raise Failure("parameter %s: a placeholder for type %s is not known" % (name, kind))
    return values[kind]


def deploy_values(solution):
    """The values of the parameters file where they say something, placeholders for the rest that has no default."""
    declared = strict(solution.template)["parameters"]
    given = {name: item["value"] for name, item in load(solution.parameters)["parameters"].items() if "value" in item}
    values = {name: value for name, value in given.items() if value != ""}
    for name, spec in declared.items():
        if name not in values and "defaultValue" not in spec:
            values[name] = placeholder(name, spec)
    return values


def required_values(template):
    """Placeholders for what has no default."""
    return {name: placeholder(name, spec) for name, spec in template["parameters"].items() if "defaultValue" not in spec}


def install_values(template):
    """What the Content Hub gives to a package."""
    known = {"workspace": WORKSPACE, "workspace-location": REGION, "location": REGION}
    return {name: known[name] for name in template["parameters"] if name in known}


def connections_template(main_template):
    """The template of a package that a connection is made from, if it has one."""
    for resource in strict(main_template)["resources"]:
        properties = resource.get("properties", {})
        if properties.get("contentKind") == "ResourcesDataConnector":
            return properties["mainTemplate"]
    return None


def connect(solution, boxes):
    """The content templates of the package, installed and activated with the values of the connector page's boxes."""
    declared = (connections_template(solution.main_template) or {}).get("parameters", {})
    chosen = {name for name, spec in declared.items() if spec["type"] == "array"}
    # A list to choose from hands over an array, whatever is chosen.
    handed_over = {name: json.dumps([value]) if name in chosen else value for name, value in boxes.items()}
    if "auth" in declared:
        # The application of a Push connector, which the portal makes and the bundle is told of.
        given = deploy_values(solution)
        application = {"appId": given["pushApplicationId"], "servicePrincipalId": given["pushServicePrincipalId"]}
        handed_over["auth"] = json.dumps(application)
    return _connect(solution.main_template, tuple(sorted(handed_over.items())))


@functools.lru_cache(maxsize=None)
def _connect(path: pathlib.Path, boxes):
    command = [sys.executable, "-B", str(SHARED / "az-loopback/connect_eval.py"), str(path), "--workspace", WORKSPACE,
               "--resource-group", GROUP, "--location", REGION, "--fill"]
    for name, value in boxes:
        command += ["--set", "%s=%s" % (name, value)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failure("%s: connect_eval.py says %s" % (path, done.stdout + done.stderr))
    return json.loads(done.stdout)


def short_type(resource):
    """`alertRules` of an extension resource in either notation, and of any other type its last part."""
    return resource["type"].split("/")[-1].lower()
