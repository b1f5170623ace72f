"""`sentinel-gen connect` and the stand-in evaluator on every package of the corpus and of `golden/`: the same list, or both refuse.

Each package twice: with the defaults alone, and with a made-up value of its type, the same on both sides and in both passes, for
each parameter without a default. A value of a secure parameter goes in as a secret, and is masked in what we compare with. What
may differ is listed in `connect_exceptions.json`: the package below the project or the corpus, who is right, and why; an entry
that nothing uses fails.
"""
import contextlib
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from arm import MOST_EXCEPTIONS, PROGRAM, arm_eval, made_up
from golden import SHARED, differences, load, run, show

import connect_eval  # noqa: E402

EXCEPTIONS = pathlib.Path(__file__).with_name("connect_exceptions.json")
MASKED = "********"


def packages(golden):
    """Every mainTemplate.json, by its name in the list of exceptions."""
    for name, root in (("golden", golden), ("corpus", SHARED / "corpus")):
        for path in sorted(root.rglob("mainTemplate.json")):
            yield "%s/%s" % (name, path.relative_to(root)), path


def rounds(path):
    """(name, values of the first pass, of the second, names of secrets) of the two rounds."""
    yield "defaults", {}, {}, set()
    try:
        package = arm_eval.parse_jsonc(path.read_bytes().decode("utf-8-sig"))[0]
    except (arm_eval.ArmError, UnicodeDecodeError):
        return
    resources = [r for r in package.get("resources", []) if isinstance(r, dict) and isinstance(r.get("properties"), dict)]
    templates = [r["properties"]["mainTemplate"] for r in resources if isinstance(r["properties"].get("mainTemplate"), dict)]
    values, secrets, passes = {}, set(), ({}, {})
    for of_pass, template in [(0, package)] + [(1, template) for template in templates]:
        for name, spec in (template.get("parameters") or {}).items():
            if str(spec.get("type", "")).lower().startswith("secure"):
                secrets.add(name.lower())
            if "defaultValue" not in spec and name not in ("workspace", "workspace-location", "location"):
                passes[of_pass][name] = values.setdefault(name.lower(), made_up(name, spec))
    # An input of ours goes to both passes, so the other evaluator gets it in both.
    first = {name: values[name.lower()] for name in package.get("parameters") or {} if name.lower() in values}
    second = {**{name: values[name.lower()] for name in passes[0]}, **passes[1]}
    if first or second:
        yield "made up", first, second, secrets


def text_of(value):
    return value if isinstance(value, str) else json.dumps(value)


def theirs(path, first, second, secrets):
    """What the stand-in evaluator prints, with its secrets masked."""
    out = io.StringIO()
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({"parameters": {name: {"value": value} for name, value in first.items()}}, file)
        file.flush()
        sys.argv = ["connect_eval.py", str(path), "--parameters", file.name]
        sys.argv += [word for name, value in second.items() for word in ("--set", "%s=%s" % (name, text_of(value)))]
        try:
            with contextlib.redirect_stdout(out):
                connect_eval.main()
        except Exception as error:  # what the evaluator did not expect it does not accept
            return [{"pass": 1, "error": "%s: %s" % (type(error).__name__, error)}]
    text = out.getvalue()
    for name, value in {**first, **second}.items():
        if name.lower() in secrets and isinstance(value, str):
            text = text.replace(json.dumps(value)[1:-1], MASKED)
    return json.loads(text)


def ours(path, first, second, secrets):
    command, env = [PROGRAM, "connect", path, "--format", "json"], dict(os.environ)
    for at, (name, value) in enumerate({**first, **second}.items()):
        if name.lower() in secrets:
            env["SECRET_%d" % at] = text_of(value)
            command += ["--secret", "%s=env:SECRET_%d" % (name, at)]
        else:
            command += ["--input", "%s=%s" % (name, text_of(value))]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        return [{"pass": 1, "error": "exit code %d: %s" % (done.returncode, done.stderr[-600:])}]
    return json.loads(done.stdout)


def without_words(entries):
    """Refusals are compared as such, not by their words."""
    return [{**entry, "error": True} if "error" in entry else entry for entry in entries]


def stage(solutions, account):
    exceptions, used, counts = load(EXCEPTIONS), set(), {}
    account.check(len(exceptions) <= MOST_EXCEPTIONS, EXCEPTIONS.name, "%d exceptions" % len(exceptions))
    cases = [(name, *given) for name, path in packages(solutions[0].folder.parent) for given in [(path, *r) for r in rounds(path)]]
    with ThreadPoolExecutor(max_workers=2) as pool:
        mine = pool.map(lambda case: ours(case[1], *case[3:]), cases)
        for (name, path, which, *given), got in zip(cases, mine):
            wanted = theirs(path, *given)
            found = list(differences(without_words(got), without_words(wanted)))
            verdict = "refused in part" if any("error" in entry for entry in wanted) else "given"
            counts[verdict] = counts.get(verdict, 0) + 1
            if found and name in exceptions:
                used.add(name)
                found = []
            account.check(not found, "%s (%s)" % (name, which), "".join(
                "\n    %s: %s instead of %s" % (p or "/", show(a), show(b)) for p, a, b in found[:8])
                + "".join("\n    ours: %s" % e["error"] for e in got if "error" in e)
                + "".join("\n    theirs: %s" % e["error"] for e in wanted if "error" in e))
    for name in sorted(set(exceptions) - used):
        account.fail(EXCEPTIONS.name, "nothing uses " + name)
    print("%d packages, %d lists: %s" % (len({case[0] for case in cases}), len(cases),
                                         ", ".join("%d %s" % (count, verdict) for verdict, count in sorted(counts.items()))))


if __name__ == "__main__":
    run(stage, "lists by two evaluators")
