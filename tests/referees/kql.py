"""Our KQL front end against the referee: the vendor's parser and binder, live, on the same requests.

Three parts, each counted by itself: published queries with the tables that they need (accepted or refused, result columns);
the queries of a repository's copy, with the catalogue's tables and the solutions' parsers; mutants of every accepted query
(accepted or refused, and whether a finding of ours stands on the mutated word, by itself or by the place that it names beside).
Beside them the example of every function, aggregate, plug-in and operator. Fails below the shares at the top of this file, on an
example that differs, and on every difference in result columns of the published queries. Of the mutants, a few of each query are
taken; `--mutants` takes all, which is minutes of the referee. `--list` prints each difference.
"""
import collections
import csv
import json
import os
import pathlib
import random
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
REFEREE = ROOT / "target" / "kql-oracle"
OURS = os.environ.get("SENTINEL_GEN", str(ROOT / "target" / "debug" / "sentinel-gen"))

LEAST_AGREEMENT = 0.995
LEAST_MUTANTS = 0.99
LEAST_POINTED = 0.95
LEAST_REFERRED = 0.99
MUTANTS_PER_QUERY = 28
SAMPLED_PER_QUERY = 4
SEED = 20261122

TOKEN = re.compile(
    r"//[^\n]*|[hH]?@\"(?:[^\"]|\"\")*\"|[hH]?@'(?:[^']|'')*'|[hH]?\"(?:\\.|[^\"\\\n])*\"|[hH]?'(?:\\.|[^'\\\n])*'"
    r"|```.*?```|[A-Za-z_$][A-Za-z0-9_]*|\d[\w.]*|\s+|.",
    re.S,
)
KEYWORDS = set(
    "and or in has contains startswith endswith between matches regex by on with asc desc let kind true false nulls first last"
    " step from to typeof string long int real bool datetime timespan dynamic guid decimal has_any has_all of as nooptimization"
    " inner leftouter rightouter fullouter innerunique leftanti rightanti leftsemi rightsemi default".split()
)
OPERATORS = set(
    "where extend project summarize join union distinct sort order top take limit count render parse lookup evaluate invoke"
    " search serialize filter range print".split()
)
CONVERSIONS = "tostring tolong toint todatetime tobool todouble toreal tolower toupper strlen".split()


def decoded(request):
    for key in ("tables", "functions", "oracle", "usage", "target"):
        if isinstance(request.get(key), str):
            request[key] = json.loads(request[key])
    return {key: request[key] for key in ("id", "query", "tables", "functions", "dialect") if request.get(key) is not None}


def published():
    requests = []
    for name in ("queries.jsonl", "queries-solutions.jsonl"):
        with open(SHARED / "corpus" / "kql" / name, encoding="utf-8") as lines:
            requests += [decoded(json.loads(line)) for line in lines]
    return requests


def catalogue():
    tables = collections.defaultdict(dict)
    words = {"integer": "int", "bigint": "long", "double": "real"}
    with open(SHARED / "corpus" / "catalog" / "la_table_schemas.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            kind = row["column_type"].strip().lower()
            if re.fullmatch(r"\w+", row["column_name"]) and kind in (
                "string datetime real int integer long bigint dynamic bool boolean guid double timespan"
            ).split():
                tables[row["table_name"]][row["column_name"]] = words.get(kind, kind)
    standard = {"TenantId": "string", "TimeGenerated": "datetime", "Type": "string", "SourceSystem": "string",
                "_ResourceId": "string", "_SubscriptionId": "string", "_ItemId": "string", "_IsBillable": "string",
                "_BilledSize": "real", "_TimeReceived": "datetime"}
    for columns in tables.values():
        for name, kind in standard.items():
            columns.setdefault(name, kind)
    return {name: [{"name": c, "type": t} for c, t in columns.items()] for name, columns in tables.items()}


def repository():
    """The rules, hunting queries and parsers of the repository's copy, each with what its words may refer to."""
    import yaml

    folder, tables, parsers, queries = SHARED / "corpus" / "content-2022", catalogue(), {}, []
    for path in sorted(folder.rglob("*.txt")):
        if "Parsers" in path.parts:
            body = path.read_text(encoding="utf-8-sig", errors="replace")
            parsers[path.stem] = body
            queries.append((str(path.relative_to(folder)), body))
    for path in sorted(folder.rglob("*.yaml")):
        try:
            item = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
        except (yaml.YAMLError, UnicodeDecodeError):
            continue
        if isinstance(item, dict) and isinstance(item.get("query"), str):
            queries.append((str(path.relative_to(folder)), item["query"]))
    for name, query in queries:
        words, functions, seen = set(re.findall(r"\w+", query)), [], set()
        open_words = sorted(words)
        while open_words:
            word = open_words.pop()
            if word in parsers and word not in seen and word not in pathlib.Path(name).stem:
                seen.add(word)
                functions.append({"name": word, "body": "{\n%s\n}" % parsers[word]})
                more = set(re.findall(r"\w+", parsers[word])) - words
                words |= more
                open_words += sorted(more)
        known = [{"name": w, "columns": tables[w]} for w in sorted(words) if w in tables]
        custom = [{"name": w, "columns": [], "open": True} for w in sorted(words) if w.endswith("_CL") and w not in tables]
        yield {"id": name, "query": query, "tables": known + custom, "functions": functions}


def misspelt(word, dice):
    at = dice.randrange(len(word))
    return dice.choice([word[:at] + word[at + 1:], word[:at] + "q" + word[at:], word + "x"]) or "q"


def mutants(request, most=MUTANTS_PER_QUERY):
    """Changed copies of an accepted query, each with the place of the change."""
    query, dice = request["query"], random.Random("%s %s" % (SEED, request["id"]))
    tokens = [(m.start(), m.group()) for m in TOKEN.finditer(query)]
    solid = [(start, text) for start, text in tokens if not text.isspace() and not text.startswith("//")]
    places = []
    for at, (start, text) in enumerate(solid):
        after = solid[at + 1][1] if at + 1 < len(solid) else ""
        before = solid[at - 1][1] if at else ""
        if text == "|":
            places.append(("pipe", start, text))
        elif re.fullmatch(r"[A-Za-z_]\w*", text):
            if before == "|" and text in OPERATORS:
                places.append(("operator", start, text))
            elif after == "(" and text in CONVERSIONS:
                places += [("function", start, text), ("conversion", start, text)]
            elif after == "(" and text not in KEYWORDS:
                places.append(("function", start, text))
            elif text not in KEYWORDS and text not in OPERATORS:
                places.append(("name", start, text))
        elif re.fullmatch(r"\d+", text) or text[0] in "'\"":
            places.append(("literal", start, text))
    dice.shuffle(places)
    for number, (kind, start, text) in enumerate(places[:most]):
        if kind == "pipe":
            new = ""
        elif kind == "conversion":
            new = dice.choice([word for word in CONVERSIONS if word != text])
        elif kind == "literal":
            new = "'%s'" % text if text[0].isdigit() else "17"
        else:
            new = misspelt(text, dice)
        if new != text:
            changed = query[:start] + new + query[start + len(text):]
            units = len(query[:start].encode("utf-16-le")) // 2
            yield dict(request, id="%s#%d %s" % (request["id"], number, kind), query=changed), (units, len(new), kind)


def answers(command, requests, folder):
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, cwd=folder, check=False)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    if len(found) != len(requests):
        sys.exit("%s answered %d of %d requests: %s" % (command[0], len(found), len(requests), done.stderr[-400:]))
    return found


def errors(answer):
    return [d for d in answer.get("diagnostics", []) if d["severity"] == "Error" and not d["code"].startswith("SG21")]


def columns(answer):
    listed = [(c["name"], c["type"]) for c in answer.get("resultColumns") or []]
    return listed, bool(answer.get("resultOpen"))


def near(a, b):
    return a["start"] <= b["start"] + max(b["length"], 1) and b["start"] <= a["start"] + max(a["length"], 1)


def say(listing, kind, request, theirs, ours):
    if listing:
        short = lambda found: "; ".join("%s@%d %s" % (d["code"], d["start"], d["message"][:70]) for d in found[:3])
        print("%s %s\n    referee: %s\n    ours:    %s" % (kind, request["id"], short(errors(theirs)), short(errors(ours))))


def compare(title, requests, listing, strict_columns):
    theirs = answers(["node", "kql-oracle.mjs"], requests, REFEREE)
    ours = answers([OURS, "kql", "--batch"], requests, ROOT)
    agreed = same_columns = clean = spans = refused = 0
    for request, their, our in zip(requests, theirs, ours):
        bad, also = errors(their), errors(our)
        agree = bool(bad) == bool(also)
        agreed += agree
        if not agree:
            say(listing, "verdict", request, their, our)
        if bad and also:
            refused += 1
            spans += any(near(a, b) for a in bad for b in also)
        if not bad:
            clean += 1
            if columns(their) == columns(our):
                same_columns += 1
            elif listing:
                difference = next(((a, b) for a, b in zip(columns(their)[0], columns(our)[0]) if a != b), "count or openness")
                print("columns %s: %s" % (request["id"], difference))
    print("%s: %d requests, verdict %.2f %% (%d differ), columns of %d accepted ones %.2f %%, %d of %d refusals at the same place"
          % (title, len(requests), 100 * agreed / len(requests), len(requests) - agreed, clean, 100 * same_columns / max(clean, 1),
             spans, refused))
    good = agreed / len(requests) >= LEAST_AGREEMENT
    return good and (not strict_columns or same_columns == clean), theirs


def workbench():
    """The tables of tests/kql, as its head says."""
    columns = lambda text: [dict(zip(("name", "type"), column.split(":"))) for column in text.split()]
    all_types = "a:string b:long i:int r:real t:datetime ts:timespan d:dynamic g:guid x:bool"
    return [{"name": "T", "columns": columns(all_types)}, {"name": "U", "columns": columns("a:string c:long")},
            {"name": "O", "columns": [], "open": True}]


def examples(listing):
    """One call of every entry of the registry; `*` alone is of what the referee does not know, or we do not follow."""
    text = (ROOT / "tests" / "kql" / "examples.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    shown = [(entry, query[2:], says) for entry, query, says in zip(lines[::3], lines[1::3], lines[2::3])]
    requests = [{"id": entry, "query": query, "tables": workbench()} for entry, query, _ in shown]
    elsewhere = same = 0
    for request, (_, _, says), their in zip(requests, shown, answers(["node", "kql-oracle.mjs"], requests, REFEREE)):
        listed, is_open = columns(their)
        found = (", ".join("%s %s" % column for column in listed) + " *" * is_open).strip() or "nothing"
        if not errors(their) and found == says:
            same += 1
        elif says == "*":
            elsewhere += 1
        elif listing:
            print("example %s: %s\n    referee: %s\n    ours:    %s" % (request["id"], request["query"], found, says))
    print("examples: %d entries, columns of %d as the referee has them, %d of what is elsewhere or a graph, %d differ"
          % (len(shown), same, elsewhere, len(shown) - same - elsewhere))
    return len(shown) == same + elsewhere and elsewhere < 20


def places(finding):
    """Where a finding stands, and the other place that it names: a declaration, an operand."""
    return [finding] + ([finding["related"]] if "related" in finding else [])


def mutation(requests, theirs, listing, everything):
    accepted = [request for request, answer in zip(requests, theirs) if not errors(answer)]
    most = MUTANTS_PER_QUERY if everything else SAMPLED_PER_QUERY
    made = [mutant for request in accepted for mutant in mutants(request, most)]
    requests = [request for request, _ in made]
    theirs = answers(["node", "kql-oracle.mjs"], requests, REFEREE)
    ours = answers([OURS, "kql", "--batch"], requests, ROOT)
    agreed = refused = same = theirs_on = ours_on = named = by_both = 0
    for (request, (start, length, kind)), their, our in zip(made, theirs, ours):
        bad, also = errors(their), errors(our)
        agreed += bool(bad) == bool(also)
        if bool(bad) != bool(also):
            say(listing, "mutant", request, their, our)
        if bad and also:
            refused += 1
            same += any(near(a, b) for a in bad for b in also)
            word = {"start": start, "length": length}
            on_word = any(near(finding, word) for finding in also)
            ours_on += on_word
            # A changed declaration shows where its old name is used: there it can be named, but not be stood on.
            named += any(near(place, word) for finding in also for place in places(finding))
            if any(near(finding, word) for finding in bad):
                theirs_on += 1
                by_both += on_word
                if not on_word:
                    say(listing, "place %d" % start, request, their, our)
    of = lambda share, whole: share / max(whole, 1)
    print("mutants: %d%s, verdict %.2f %% (%d differ); of %d refused by both, ours stands where the referee does in %.2f %%; the"
          " changed word is pointed at in %.2f %%: %.2f %% by the finding itself (the referee: %.2f %%, and ours there in %.2f %%)"
          % (len(made), "" if everything else " (a sample)", 100 * of(agreed, len(made)), len(made) - agreed, refused,
             100 * of(same, refused), 100 * of(named, refused), 100 * of(ours_on, refused), 100 * of(theirs_on, refused),
             100 * of(by_both, theirs_on)))
    enough = len(made) >= 5000 if everything else len(made) >= 500
    agreed_on = of(agreed, len(made)) >= LEAST_MUTANTS
    return enough and agreed_on and of(named, refused) >= LEAST_POINTED and of(by_both, theirs_on) >= LEAST_REFERRED


def main():
    listing = "--list" in sys.argv
    if not SHARED.is_dir():
        print("skipped: the referee is not beside the project (../shared)")
        return 77
    if subprocess.run(["node", "--version"], capture_output=True, check=False).returncode:
        sys.exit("node is needed")
    if not (REFEREE / "node_modules").is_dir():
        REFEREE.mkdir(parents=True, exist_ok=True)
        for path in (SHARED / "oracle").iterdir():
            (REFEREE / path.name).write_bytes(path.read_bytes())
        subprocess.run(["npm", "install", "--silent"], cwd=REFEREE, check=True)
    requests = published()
    good, theirs = compare("published queries", requests, listing, True)
    others, more = compare("repository queries", list(repository()), listing, False)
    mutated = mutation(requests, theirs, listing, "--mutants" in sys.argv)
    shown = examples(listing)
    return 0 if good and others and mutated and shown else 1


if __name__ == "__main__":
    sys.exit(main())
