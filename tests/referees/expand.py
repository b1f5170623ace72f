"""Every template of every solution, checked and expanded as the service does it before it deploys.

The bundle's `azuredeploy.json` with its parameters file, with defaults alone, and with each switch off; templates of
playbooks with placeholders for what has no default; the package's `mainTemplate.json` as the Content Hub installs it. A note of
the evaluator (comment, double key, unused parameter) fails too.
"""
import passes
from golden import run

# The packager declares these in every package, and its own check of templates wants them, used or not.
UNUSED_IN_PACKAGES = {"location", "workspace-location", "resourceGroupName", "subscription"}


def variants(solution):
    """Name and values of each way in which the bundle is expanded."""
    values = passes.deploy_values(solution)
    yield "as given", values
    for name, spec in passes.strict(solution.template)["parameters"].items():
        if spec["type"].lower() == "bool":
            yield "%s=%s" % (name, not spec["defaultValue"]), {**values, name: not spec["defaultValue"]}
        elif name not in values or "defaultValue" in spec:
            yield name + " at its default", {n: v for n, v in values.items() if n != name}


def attempt(account, where, template, values, unused=()):
    try:
        resources, _, notes = passes.expand(template, values)
    except passes.arm_eval.ArmError as error:
        return account.check(False, where, "%s: %s" % (error.code, error.message))
    notes = [note for note in notes if note.removeprefix("unused parameter: ") not in unused]
    return account.check(resources and not notes, where, ", ".join(notes) or "it has no resources")


def stage(solutions, account):
    for solution in solutions:
        template = passes.strict(solution.template)
        for name, values in variants(solution):
            attempt(account, "%s azuredeploy.json %s" % (solution.name, name), template, values)
        for path in solution.playbooks:
            playbook = passes.strict(path)
            attempt(account, "%s %s" % (solution.name, path.name), playbook, passes.required_values(playbook))
        package = passes.strict(solution.main_template)
        attempt(account, "%s mainTemplate.json" % solution.name, package, passes.install_values(package), UNUSED_IN_PACKAGES)


if __name__ == "__main__":
    run(stage, "expansions")
