"""Each stage sees damage: a golden solution is copied, one thing in it is broken, and the stage must say so.

Without this a stage that reads the wrong file, or nothing, would pass for ever.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import passes
from golden import Solution, run

HERE = pathlib.Path(__file__).parent


def resources(template, kind):
    """The resources of a type, wherever they stand in a template."""
    for resource in template.get("resources", []):
        if passes.short_type(resource) == kind:
            yield resource
        inner = resource.get("properties", {})
        if isinstance(inner.get("mainTemplate"), dict):
            yield from resources(inner["mainTemplate"], kind)


def first(template, kind):
    return next(resources(template, kind))


def unused_parameter(template):
    template["parameters"]["nobody"] = {"type": "string", "defaultValue": ""}


def other_rate(template):
    first(template, "dataconnectors")["properties"]["request"]["rateLimitQPS"] = 7777


def one_bracket_less(template):
    connector = first(template, "dataconnectors")
    connector.update(json.loads(json.dumps(connector).replace('"[[', '"[')))


def other_query(template):
    first(template, "alertruletemplates")["properties"]["query"] = "print 1"


def misspelt_property(template):
    first(template, "datacollectionrules")["properties"]["datFlows"] = []


def other_column_type(template):
    first(template, "tables")["properties"]["schema"]["columns"][0]["type"] = "text"


def other_region(template):
    first(template, "datacollectionrules")["location"] = "moon"


def json_edit(change):
    def edit(path):
        value = json.loads(path.read_text(encoding="utf-8"))
        change(value)
        path.write_text(json.dumps(value, indent=2), encoding="utf-8")
    return edit


def bicep_edit(path):
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\noutput nothing string = nowhere\n", encoding="utf-8")


# Stage, file (a member of `Solution`), damage, and words that the stage then says.
CASES = [
    ("expand.py", "template", json_edit(unused_parameter), "unused parameter: nobody"),
    ("expand.py", "playbooks", json_edit(unused_parameter), "unused parameter: nobody"),
    ("connect.py", "main_template", json_edit(other_rate), "7777 instead of"),
    ("connect.py", "main_template", json_edit(one_bracket_less), "connect_eval.py says"),
    ("connect.py", "main_template", json_edit(other_query), '"print 1" instead of'),
    ("resource_types.py", "template", json_edit(misspelt_property), "/properties/datFlows: unknown property"),
    ("resource_schemas.py", "template", json_edit(misspelt_property), "/properties/datFlows: unknown property"),
    ("resource_schemas.py", "template", json_edit(other_column_type), "'text' is not one of"),
    ("bicep.py", "template", json_edit(other_region), 'instead of "moon"'),
    ("bicep.py", "bicep", bicep_edit, "BCP057"),
]


def file_of(solution, member):
    """The file of a solution, or the first of several."""
    found = getattr(solution, member)
    return found[0] if isinstance(found, list) else found


def said(script, golden):
    done = subprocess.run([sys.executable, "-B", str(HERE / script), "--golden", str(golden)],
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def has_all_to_break(solution):
    template = passes.strict(solution.main_template)
    has_kinds = all(any(resources(template, kind)) for kind in ("dataconnectors", "alertruletemplates", "tables"))
    return has_kinds and solution.playbooks


def stage(solutions, account):
    solution = next(solution for solution in solutions if has_all_to_break(solution))
    for script, member, edit, words in CASES:
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / solution.name
            shutil.copytree(solution.folder, copy)
            edit(file_of(Solution(copy), member))
            code, text = said(script, folder)
            where = "%s, %s: %s" % (script, file_of(solution, member).name, words)
            account.check(code == 1 and words in text, where, "the damage was not seen; it said:\n" + text)


if __name__ == "__main__":
    run(stage, "damages seen")
