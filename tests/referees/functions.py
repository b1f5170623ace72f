"""What template functions give, by the cases of `tests/arm/functions.txt`, against the independent evaluator.

A case that both evaluators know must end alike: the same value, or refusal by both. `functions.json` lists the cases that do
not, by who is right and why; an entry that nothing uses fails. Functions that the other evaluator lacks are counted.
"""
import json
import pathlib
import sys

from golden import SHARED, SKIPPED, Account, load, referee, show

CASES = pathlib.Path(__file__).parents[1] / "arm" / "functions.txt"
EXCEPTIONS = pathlib.Path(__file__).with_name("functions.json")


def cases():
    """(call, value or None, whether it is a fault) of each line."""
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        call, sign, rest = line.partition(") = ")
        if sign:
            yield call + ")", json.loads(rest), False
        else:
            yield line.partition(") ! ")[0] + ")", None, True


def theirs(arm_eval, call):
    """(value, refused, known) of the other evaluator."""
    try:
        value = arm_eval.Scope({}, {}, {}).eval(arm_eval.parse_expression("[%s]" % call))
    except arm_eval.ArmError as error:
        return None, True, "is not valid" not in error.message
    return json.loads(json.dumps(value)), False, True


def same(a, b):
    """Equal, and of the same types all through: 1 is not true."""
    return json.dumps(a, sort_keys=True) == json.dumps(b, sort_keys=True)


def main():
    if not SHARED.is_dir():
        print("skipped: the referee is not beside the project (../shared)")
        return SKIPPED
    referee("az-loopback")
    import arm_eval

    account, lacking = Account(), 0
    reasons = {call: reason for reason, calls in load(EXCEPTIONS).items() for call in calls}
    for call, value, refused in cases():
        other, other_refused, known = theirs(arm_eval, call)
        if not known:
            lacking += 1
        elif refused == other_refused and same(value, other):
            account.checked += 1
        else:
            said = ["refuses" if fault else show(given) for given, fault in ((value, refused), (other, other_refused))]
            account.check(reasons.pop(call, None), call, "ours %s, theirs %s" % tuple(said))
    for call in reasons:
        account.fail("functions.json", "nothing uses " + call)
    print("%d cases compared, %d of functions that the other evaluator lacks, %d failed" % (account.checked, lacking, account.failed))
    return 1 if account.failed else 0


if __name__ == "__main__":
    sys.exit(main())
