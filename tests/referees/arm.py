"""`sentinel-gen arm` and the stand-in evaluator on every template of the corpus and of `golden/`: the same expansion, or both refuse.

Each template twice: with its defaults alone, and with a made-up value of its type, the same on both sides, for each parameter
without a default. `newGuid` and `utcNow` give the stand-ins of sentinel-gen on both sides. What may differ is listed in
`arm_exceptions.json`: the template below the project or the corpus, words that stand in each difference, who is right, and why;
an entry that nothing uses fails.
"""
import datetime
import json
import pathlib
import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor

from golden import ROOT, SHARED, differences, load, referee, run, show

referee("az-loopback")
import arm_eval  # noqa: E402

PROGRAM = ROOT / "target/debug/sentinel-gen"
EXCEPTIONS = pathlib.Path(__file__).with_name("arm_exceptions.json")
MOST_EXCEPTIONS = 15
SUBSCRIPTION, TENANT = "00000000-0000-0000-0000-0000000000a1", "00000000-0000-0000-0000-0000000000b2"
TEMPLATE = re.compile(r'"\$schema"\s*:\s*"[^"]*/[\w]*[dD]eploymentTemplate\.json')
NOW = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)


class FixedClock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return NOW


class FixedTime:
    """`datetime` for the evaluator, at one moment."""
    datetime, timedelta, timezone = FixedClock, datetime.timedelta, datetime.timezone


arm_eval.datetime = FixedTime
arm_eval.Scope.f_newguid = lambda self: "00000000-0000-0000-0000-00000000a0a0"


def templates(golden):
    """Every template, by its name in the list of exceptions."""
    for name, root in (("golden", golden), ("corpus", SHARED / "corpus")):
        for path in sorted(root.rglob("*.json")):
            if TEMPLATE.search(path.read_bytes().decode("utf-8-sig", "replace")[:4000]):
                yield "%s/%s" % (name, path.relative_to(root)), path


def made_up(name, spec):
    """A value for a parameter that has neither a value nor a default."""
    if spec.get("allowedValues"):
        return spec["allowedValues"][0]
    kind = str(spec.get("type", "")).lower()
    text = ("made-up-" + re.sub(r"\W", "-", name)).ljust(spec.get("minLength", 0), "x")[:spec.get("maxLength", 999)]
    return {"int": spec.get("minValue", 1), "bool": True, "object": {}, "secureobject": {}, "array": []}.get(kind, text)


def values(path):
    """The parameters files of the two rounds; none for a template that is not read or needs nothing."""
    yield "defaults", {}
    try:
        declared = arm_eval.parse_jsonc(path.read_bytes().decode("utf-8-sig"))[0].get("parameters") or {}
        missing = {n: {"value": made_up(n, s)} for n, s in declared.items() if "defaultValue" not in s}
    except (arm_eval.ArmError, AttributeError, TypeError, UnicodeDecodeError):
        return
    if missing:
        yield "made up", missing


def theirs(path, given):
    """What the stand-in evaluator makes of it: an expansion, or the message of its refusal."""
    try:
        template, notes = arm_eval.parse_jsonc(path.read_bytes().decode("utf-8-sig"))
        env = arm_eval.environment(SUBSCRIPTION, TENANT, "rg", "westeurope", "main")
        resources, outputs, _ = arm_eval.expand(template, given, env, env["resourceGroup"]["id"])
        return {"resources": resources, "outputs": outputs, "notes": sorted(notes)}, None
    except arm_eval.ArmError as error:
        return None, error.message
    except Exception as error:  # a template that the evaluator did not expect is not accepted by it
        return None, "%s: %s" % (type(error).__name__, error)


def ours(path, given):
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({"parameters": given}, file)
        file.flush()
        command = [PROGRAM, "arm", path, "--parameters", file.name, "--format", "json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        return None, "exit code %d: %s" % (done.returncode, done.stderr)
    answer = json.loads(done.stdout)
    if "error" in answer:
        return None, answer["error"]["message"]
    answer["notes"] = sorted(note for note in answer["notes"] if not note.startswith("unused parameter: "))
    return answer, None


def compare(case):
    """The name of the case, what both say of it, and each difference."""
    name, path, given = case
    (got, refused), (wanted, refusal) = ours(path, given), theirs(path, given)
    if refused and refusal:
        return name, "both refuse", []
    if refused or refusal:
        return name, "differ", ["refused %s: %s" % (("by us alone", refused) if refused else ("by the other alone", refusal))]
    found = ["%s: %s instead of %s" % (p or "/", show(a), show(b)) for p, a, b in differences(got, wanted)]
    return name, "differ" if found else "the same", found


def stage(solutions, account):
    golden = solutions[0].folder.parent
    exceptions = load(EXCEPTIONS)
    account.check(len(exceptions) <= MOST_EXCEPTIONS, EXCEPTIONS.name, "%d exceptions" % len(exceptions))
    used, counts = set(), {}
    cases = [("%s (%s)" % (name, which), path, given) for name, path in templates(golden) for which, given in values(path)]
    with ThreadPoolExecutor(max_workers=2) as pool:
        for name, verdict, found in pool.map(compare, cases):
            template = name.rsplit(" (", 1)[0]
            listed = exceptions.get(template, {"shows": []})["shows"]
            unlisted = [line for line in found if not any(words in line for words in listed)]
            if found and not unlisted:
                used.add(template)
                verdict = "differ as listed"
            counts[verdict] = counts.get(verdict, 0) + 1
            account.check(not unlisted, name, "".join("\n    " + line for line in unlisted[:8]))
    for name in sorted(set(exceptions) - used):
        account.fail(EXCEPTIONS.name, "nothing uses " + name)
    print("%d templates: %s" % (len({path for _, path, _ in cases}), ", ".join("%d %s" % (n, verdict) for verdict, n in counts.items())))


if __name__ == "__main__":
    run(stage, "expansions by two evaluators")
