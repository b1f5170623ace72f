"""Every template, parameters file and page definition, and every evaluated resource body, against the official JSON schemas."""
import bodies
import official_schemas as official
import passes
from exceptions import Exceptions
from golden import load, run

PAGE = "0.1.2-preview/CreateUIDefinition.MultiVm.json"


def documents(solution):
    """(path, address of its schema): the files that have a schema of their own."""
    for path in (solution.template, solution.main_template, solution.parameters):
        address = load(path)["$schema"].removeprefix(official.BASE).rstrip("#")
        yield path, address
    yield solution.package / "createUiDefinition.json", PAGE


def report(account, allowed, where, key, found):
    left = [f for f in found if not allowed.allows(key, *f)]
    account.check(not left, where, "".join("\n    %s: %s" % f for f in left))


def of_body(body):
    kind = body.members.get("kind")
    known = [v for v in official.versions(official.file_name(body.checked_as.split("/")[0]))
             if official.definition(body.checked_as, kind, v) is not None]
    version = bodies.nearest(body.version, known)
    if version is None:
        return [("", "no schema, and no newer one")]
    return official.findings(official.definition(body.checked_as, kind, version), body.members)


def stage(solutions, account):
    allowed = Exceptions("json-schema")
    for solution in solutions:
        for path, address in documents(solution):
            schema = official.document(address)
            found = official.findings({**schema, "id": official.BASE + address}, passes.strict(path))
            key = "%s@%s" % (address.split("/")[-1].removesuffix(".json"), address.split("/")[0])
            report(account, allowed, "%s %s" % (solution.name, path.name), key, found)
        for body in bodies.evaluated(solution):
            report(account, allowed, "%s@%s" % (body.where, body.version), body.key, of_body(body))
    allowed.settle(account)


if __name__ == "__main__":
    run(stage, "files and bodies against the official JSON schemas")
