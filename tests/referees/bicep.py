"""Every `.bicep` and `.bicepparam` by the Bicep referee, and the template it compiles to against `azuredeploy.json`.

No error, no warning and no style finding but for the listed exceptions. Both templates are evaluated with the same parameters
(those of the parameters file, every default left out once, every switch turned once) and compared resource for resource, with
the edges between them, and output for output.
"""
import os
import pathlib
import re

import expand
import passes
from exceptions import Exceptions
from golden import CANARY, Failure, load, referee, run

referee("bicep-referee")
from referee.cli import compile_file, compile_params  # noqa: E402

RESOURCE = re.compile(r"resource \w+ '([^']+)'")
KEY = re.compile(r"( *)(?:'([^']*)'|(\w+)):")
ITEM = re.compile(r"( *)[\[{]")
FROM_THE_ENVIRONMENT = re.compile(r"readEnvironmentVariable\('([^']+)'")


def place(text, line):
    """The resource (`type@apiVersion`) and the JSON pointer of a line of Bicep, by the indentation that the printer writes."""
    lines = text.split("\n")[:line]
    parts, level = [], len(lines[-1]) + 1
    for current in reversed(lines):
        found = RESOURCE.match(current)
        if found:
            return found.group(1), "/" + "/".join(reversed(parts))
        key = KEY.match(current) or ITEM.match(current)
        if key and len(key.group(1)) < level:
            level = len(key.group(1))
            parts.append(next((g for g in key.groups()[1:] if g), "*"))
    return "", ""


def lint(account, allowed, where, result):
    """Of the file and of the modules that it uses."""
    left = []
    for finding in result.diagnostics:
        resource, pointer = place(finding.source.text, finding.position()[0])
        if not allowed.allows(resource, pointer, "%s: %s" % (finding.code, finding.message)):
            left.append("\n    %s (%s %s)" % (finding.format(pathlib.Path(finding.source.path).name), resource, pointer))
    account.check(not left, where, "".join(left))
    if result.output is None:
        raise Failure(where + " does not compile")


def resources_of(template, values):
    """Evaluated resources by id, and outputs. Ids and edges without case, edges without order."""
    resources, outputs, _ = passes.expand(template, values)
    found = {}
    for resource in resources:
        resource = dict(resource, dependsOn=sorted(set(edge.lower() for edge in resource["dependsOn"])))
        found[resource.pop("id").lower()] = resource
    return {"resources": found, "outputs": outputs}


def declared(template):
    """What a caller sees of a template's parameters."""
    return {name: {**spec, "type": spec["type"].lower()} for name, spec in template["parameters"].items()}


def compare(account, solution, compiled):
    ours = passes.strict(solution.template)
    account.same(solution.name + ": parameters of main.bicep (got) and azuredeploy.json (wanted)", declared(compiled), declared(ours))
    for name, values in expand.variants(solution):
        where = "%s %s: main.bicep (got) and azuredeploy.json (wanted)" % (solution.name, name)
        account.same(where, resources_of(compiled, values), resources_of(ours, values))


def parameters_file(account, allowed, solution):
    """The parameters file compiles, and says what the JSON one says; secrets come from the environment."""
    for name in FROM_THE_ENVIRONMENT.findall(passes.text_of(solution.bicepparam)):
        os.environ.setdefault(name, CANARY)
    result = compile_params(str(solution.bicepparam))
    lint(account, allowed, "%s main.bicepparam" % solution.name, result)
    compiled = {n: v for n, v in result.output["parameters"].items() if v.get("value") != CANARY}
    wanted = load(solution.parameters)["parameters"]
    account.same(solution.name + ": main.bicepparam (got) and azuredeploy.parameters.json (wanted)", compiled, wanted)


def stage(solutions, account):
    allowed = Exceptions("bicep")
    for solution in solutions:
        result = compile_file(str(solution.bicep))
        lint(account, allowed, "%s main.bicep" % solution.name, result)
        compare(account, solution, result.output)
        parameters_file(account, allowed, solution)
    allowed.settle(account)


if __name__ == "__main__":
    run(stage, "checks of Bicep files")
