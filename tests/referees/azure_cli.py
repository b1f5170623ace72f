"""Deploys every solution with the real Azure CLI, by hand and through `sentinel-gen deploy`, and looks for the secret.

Started by azure_cli.sh inside the loopback cloud. By hand: validate, what-if, create, the same again without a change, stack
create, stack delete. Through the program: dry run, validate, what-if, deploy, teardown, and the same with a stack; where a
connector can have several connections, they stand beside each other. The secret must reach the service, and nothing else: no
argument of az, no request line, no log, no file left behind.
"""
import json
import os
import pathlib
import subprocess

import passes
from golden import CANARY, ROOT, WORKSPACE, Failure, load, run

STATE = pathlib.Path(os.environ["STATE"])
SECRET_VARIABLE = "LOOPBACK_SECRET"
DEPLOYMENT = "microsoft.resources/deployments"
# Of these only Azure can work out the names: teardown says so, and leaves them unless a stack lists them.
NAMED_BY_AZURE = ("/roleassignments", "/eventsubscriptions")


class Client:
    """One solution in a resource group of its own."""

    def __init__(self, solution, account):
        self.solution, self.account = solution, account
        self.group = "rg-" + solution.name
        self.values = {**passes.deploy_values(solution)}
        template = passes.strict(solution.template)
        self.secrets = [n for n, s in template["parameters"].items() if s["type"].lower() == "securestring"]
        self.values.update({name: CANARY for name in self.secrets})
        self.values.update({name: WORKSPACE for name in self.values if name == "workspaceName"})
        self.count = len(passes.expand(template, self.values)[0])

    def program(self, *command):
        """Runs a command and returns what it said on both streams; it must succeed."""
        done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
                              env={**os.environ, SECRET_VARIABLE: CANARY})
        if done.returncode:
            raise Failure("%s\n%s%s" % (" ".join(map(str, command)), done.stdout, done.stderr))
        return done.stdout + done.stderr

    def az(self, *command):
        return self.program("az", *command, "--only-show-errors").strip()

    def check(self, what, got, wanted):
        self.account.check(got == wanted, "%s, %s" % (self.solution.name, what), "%s instead of %s" % (got, wanted))

    def resources(self):
        """Types of what is in the group, the workspace and the stand-in's record of a deployment inside the deployment aside."""
        listed = json.loads(self.az("resource", "list", "-g", self.group, "--query", "[].type", "-o", "json"))
        return sorted(t for t in listed if t.lower() not in ("microsoft.operationalinsights/workspaces", DEPLOYMENT))

    def prepare(self):
        self.az("group", "create", "-n", self.group, "-l", passes.REGION, "-o", "none")
        self.az("monitor", "log-analytics", "workspace", "create", "-g", self.group, "-n", WORKSPACE, "-l", passes.REGION,
                "-o", "none", "--no-wait")


def by_hand(client):
    # What the shipped parameters file leaves open or gives as an example, in a file beside it.
    own = {name: {"value": value} for name, value in client.values.items() if name in client.secrets or name == "workspaceName"}
    file = STATE / "parameters.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps({**load(client.solution.parameters), "parameters": own}))
    common = ("-g", client.group, "--template-file", str(client.solution.template),
              "--parameters", "@%s" % client.solution.parameters, "--parameters", "@%s" % file)
    group = ("deployment", "group")

    def changes(kind):
        query = "length(changes[?changeType==`%s`])" % kind
        return client.az(*group, "what-if", *common, "--no-pretty-print", "--query", query, "-o", "tsv")

    def state(*command):
        return client.az(*command, *common, "--query", "properties.provisioningState", "-o", "tsv")

    client.check("az validate", state(*group, "validate"), "Succeeded")
    client.check("az what-if, before", changes("Create"), str(client.count))
    client.check("az create", state(*group, "create", "-n", "first"), "Succeeded")
    client.check("az what-if, after", changes("NoChange"), str(client.count))
    client.check("az create, again", state(*group, "create", "-n", "second"), "Succeeded")
    declared = passes.strict(client.solution.template)["parameters"]
    if "connectionName" in declared:
        first = connections(client)
        own = [n for n, p in declared.items() if p["type"] == "string" and "allowedValues" not in p]
        other = ["%s=https://other.example.com" % n for n in own if n not in ("workspaceName", "location", "connectionName")]
        # Behind the values that they replace.
        client.az(*group, "create", "-n", "third", *common, "--parameters", *other, "-o", "none")
        both = connections(client)
        client.check("another connection stands beside the first", [len(both), *(n for n in both if n in first)],
                     [2 * len(first), *first])
        for name in set(both) - set(first):
            client.az("rest", "--method", "delete", "--url", "/subscriptions/{subscriptionId}/resourceGroups/%s/providers/Microsoft."
                      "OperationalInsights/workspaces/%s/providers/Microsoft.SecurityInsights/dataConnectors/%s?api-version=2025-09-01"
                      % (client.group, WORKSPACE, name))
    unmanaged = ("--action-on-unmanage", "deleteAll", "--yes")
    managed = client.az("stack", "group", "create", *common, "-n", "by-hand", *unmanaged, "--deny-settings-mode", "none",
                        "--query", "length(resources)", "-o", "tsv")
    client.check("az stack create", managed, str(client.count))
    client.az("stack", "group", "delete", "-g", client.group, "-n", "by-hand", *unmanaged)
    client.check("az stack delete leaves", client.resources(), [])
    file.unlink()


def playbooks(client):
    """Each by itself, as its people deploy it."""
    for path in client.solution.playbooks:
        template = passes.strict(path)
        values = passes.required_values(template)
        given = ("--parameters", *("%s=%s" % item for item in values.items())) if values else ()
        made = client.az("deployment", "group", "create", "-g", client.group, "-n", path.stem, "--template-file", str(path),
                         *given, "--query", "length(properties.outputResources)", "-o", "tsv")
        client.check("az create of " + path.name, made, str(len(passes.expand(template, values)[0])))


def package(client):
    template = passes.strict(client.solution.main_template)
    values = passes.install_values(template)
    made = client.az("deployment", "group", "create", "-g", client.group, "-n", "package", "--template-file",
                     str(client.solution.main_template), "--parameters", *("%s=%s" % item for item in values.items()),
                     "--query", "length(properties.outputResources)", "-o", "tsv")
    client.check("az create of the package", made, str(len(passes.expand(template, values)[0])))
    client.az("group", "delete", "-n", client.group, "--yes")


def through_the_program(client):
    spec = ROOT / "spec" / client.solution.name
    target = ("-g", client.group, "--workspace", WORKSPACE)
    given = [p for n in client.secrets for p in ("--secret", "%s=env:%s" % (n, SECRET_VARIABLE))]
    declared = passes.strict(client.solution.template)["parameters"]
    for name, value in client.values.items():
        if name not in client.secrets and name != "workspaceName" and "defaultValue" not in declared[name]:
            given += ["--param", "%s=%s" % (name, value)]

    def deploy(*options):
        return client.program(os.environ["SENTINEL_GEN"], "deploy", str(spec), *target, "--out", str(STATE / "output"), *given, *options)

    def teardown(*options):
        return client.program(os.environ["SENTINEL_GEN"], "teardown", str(spec), *target, *options)

    tables = [t for t in deployed_types(client) if t.lower().endswith("/tables")]
    client.check("deploy --dry-run shows the secret", CANARY in deploy("--dry-run"), False)
    client.check("deploy --dry-run leaves", client.resources(), [])
    deploy("--validate")
    deploy("--what-if")
    client.check("deploy --what-if leaves", client.resources(), [])
    unknown = [t for t in deployed_types(client) if t.lower().endswith(NAMED_BY_AZURE)]
    if "connectionName" in declared:
        several_connections(client, deploy, teardown)
    for stack, left in (((), unknown), (("--stack",), [])):
        client.check("deploy shows the secret", CANARY in deploy(*stack), False)
        client.check("deploy makes", client.resources(), deployed_types(client))
        teardown()
        client.check("teardown leaves the tables", client.resources(), sorted(tables + left))
        deploy(*stack)
        teardown("--delete-data")
        client.check("teardown --delete-data leaves", client.resources(), left)


def connections(client):
    """Names of the connections that are in the workspace, those aside that there can be only one of."""
    ids = json.loads((STATE / "resources.json").read_text())
    own = [i.split("/dataconnectors/") for i in ids if "/resourcegroups/%s/" % client.group in i]
    return sorted(tail[0] for _, *tail in own if tail and "-" in tail[0])


def several_connections(client, deploy, teardown):
    """Another connection stands beside the first; the same one again replaces it; each can go alone."""
    def made(*options):
        deploy(*options)
        return connections(client)

    first = made()
    client.check("deploy again makes", made(), first)
    second = made("--connection", "second")
    client.check("another connection stands beside the first", len(second), 2 * len(first))
    client.check("the first connection is still there", [n for n in second if n in first], first)
    client.check("a connection of the same name replaces it", made("--connection", "second", "--replace-connector"), second)
    third = made("--connection", "third", "--stack")
    client.check("another connection in a stack stands beside the others", [n for n in third if n in second], second)
    teardown("--connection", "second")
    client.check("one connection goes alone", connections(client), [n for n in third if not n.endswith("-second")])
    teardown("--delete-data")
    client.check("teardown removes all connections, and leaves", client.resources(), [])


def deployed_types(client):
    """Of the resources that lie in the group: what a deployment inside the deployment makes may lie in another one."""
    template = passes.strict(client.solution.template)
    group = "/resourcegroups/%s/" % passes.GROUP
    made = [r for r in passes.expand(template, client.values)[0] if group in r["id"].lower()]
    return sorted(r["type"] for r in made if r["type"].lower() != DEPLOYMENT)


def secrets(account):
    """The canary reached the service, and is nowhere else."""
    received = [p.read_text() for p in sorted((STATE / "deployments").glob("*.json"))]
    account.check(any(CANARY in text for text in received), "secret", "it never reached the service")
    away = [STATE / "argv.log", STATE / "requests.jsonl", STATE / "stub.log"]
    away += [p for folder in ("azure", "tmp", "output") for p in (STATE / folder).rglob("*") if p.is_file()]
    for path in away:
        account.check(CANARY.encode() not in path.read_bytes(), "secret", "it is in %s" % path)
    account.check(not list((STATE / "tmp").iterdir()), "secret", "files stayed behind: %s" % sorted((STATE / "tmp").iterdir()))


def stage(solutions, account):
    for solution in solutions:
        client = Client(solution, account)
        client.prepare()
        by_hand(client)
        through_the_program(client)
        playbooks(client)
        package(client)
    secrets(account)
    calls = (STATE / "argv.log").read_text().count("\n")
    print("%d az commands, %d requests" % (calls, (STATE / "requests.jsonl").read_text().count("\n")))


if __name__ == "__main__":
    run(stage, "checks with the real Azure CLI")
