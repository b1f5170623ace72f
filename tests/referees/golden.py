"""What the stages share: the golden solutions, the referees' folder, and the account that a stage gives of itself.

A stage is a script of this folder. It takes `--golden DIR` (default: `golden/` of the project), prints each failure where it
finds it and one line at the end, and exits with 0 (all well), 1 (a check failed) or 77 (skipped: the referees are not here).
Where the referees' folder is there, nothing is skipped: what cannot run has failed.
"""
import argparse
import json
import pathlib
import sys

sys.dont_write_bytecode = True                      # the referees' folder may be read-only

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SKIPPED = 77

# Values for what a person gives. The secret is looked for wherever it must not be.
CANARY = "CANARY-7d1f-secret"
WORKSPACE = "contoso-ws"


class Solution:
    """The paths of one folder under `golden/`."""

    def __init__(self, folder):
        self.folder, self.name = folder, folder.name
        self.template = folder / "deploy/azuredeploy.json"
        self.parameters = folder / "deploy/azuredeploy.parameters.json"
        self.bicep = folder / "deploy/main.bicep"
        self.bicepparam = folder / "deploy/main.bicepparam"

    @property
    def playbooks(self):
        """The templates that are deployed by themselves: playbooks, custom connectors, function apps."""
        return sorted((self.folder / "deploy/playbooks").glob("*.json"))

    @property
    def package(self):
        """`package/Solutions/<Name>/Package`: there is one, or the stage fails."""
        found = sorted((self.folder / "package/Solutions").glob("*/Package"))
        if len(found) != 1:
            raise Failure("%s: %d folders match package/Solutions/*/Package, not one" % (self.name, len(found)))
        return found[0]

    @property
    def main_template(self):
        return self.package / "mainTemplate.json"


class Failure(Exception):
    """A stage cannot go on."""


class Account:
    """Counts checks and prints the failures."""

    def __init__(self):
        self.checked = self.failed = 0

    def check(self, ok, where, message=""):
        self.checked += 1
        if not ok:
            self.fail(where, message)
        return ok

    def same(self, where, got, wanted):
        """One check: two JSON values are equal; each difference is printed."""
        found = list(differences(got, wanted))
        self.check(not found, where, "".join("\n    %s: %s instead of %s" % (p or "/", show(a), show(b)) for p, a, b in found))

    def fail(self, where, message):
        self.failed += 1
        print("FAIL %s: %s" % (where, message))


ABSENT = object()


def differences(got, wanted, pointer=""):
    """Where two JSON values differ: (pointer, got, wanted). Types count: 1 is not true."""
    if isinstance(got, dict) and isinstance(wanted, dict):
        for key in list(wanted) + [k for k in got if k not in wanted]:
            at = "%s/%s" % (pointer, key.replace("~", "~0").replace("/", "~1"))
            yield from differences(got.get(key, ABSENT), wanted.get(key, ABSENT), at)
    elif isinstance(got, list) and isinstance(wanted, list) and len(got) == len(wanted):
        for i, (a, b) in enumerate(zip(got, wanted)):
            yield from differences(a, b, "%s/%d" % (pointer, i))
    elif isinstance(got, bool) is not isinstance(wanted, bool) or got != wanted:
        yield pointer, got, wanted


def show(value):
    if value is ABSENT:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 160 else text[:160] + "…"


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def run(stage, what):
    """Runs `stage(solutions, account)` as the main of a script; `what` names the things that were checked."""
    options = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--golden", type=pathlib.Path, default=ROOT / "golden", help="folder of solutions")
    folder = options.parse_args().golden.resolve()
    if not SHARED.is_dir():
        print("skipped: the referees are not beside the project (../shared)")
        sys.exit(SKIPPED)
    account = Account()
    solutions = [Solution(path) for path in sorted(folder.glob("*")) if path.is_dir()]
    try:
        if not solutions:
            raise Failure("%s holds no solution" % folder)
        stage(solutions, account)
    except (Failure, OSError, ValueError) as error:
        account.fail("stage", error)
    if not account.checked + account.failed:
        account.fail("stage", "nothing was checked")
    print("%d %s in %d solution(s), %d failed" % (account.checked, what, len(solutions), account.failed))
    sys.exit(1 if account.failed else 0)


def referee(folder):
    """Makes the modules of a referee importable."""
    path = SHARED / folder
    if not path.is_dir():
        raise Failure("%s is missing" % path)
    sys.path.insert(0, str(path))
