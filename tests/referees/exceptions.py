"""`exceptions.json`: what an official validator says that the service itself does not say.

An entry names the validator, the type@apiVersion, the JSON pointer (`*` for any index or member), the finding's own words and
the reason. One that nothing uses fails the stage that reads it.
"""
import pathlib

from golden import load

FILE = pathlib.Path(__file__).with_name("exceptions.json")


class Exceptions:
    """The entries of one validator, and which of them were used."""

    def __init__(self, validator):
        self.entries = [e for e in load(FILE)["exceptions"] if e["validator"] == validator]
        self.used = [0] * len(self.entries)

    def allows(self, resource_type, pointer, finding):
        """Whether an entry covers a finding; `resource_type` is `type@apiVersion`."""
        for i, entry in enumerate(self.entries):
            if (entry["type"].lower() == resource_type.lower() and matches(entry["pointer"], pointer) and entry["finding"] in finding):
                self.used[i] += 1
                return True
        return False

    def settle(self, account):
        """Fails for each entry that nothing used, and says how many findings were covered."""
        for entry, used in zip(self.entries, self.used):
            account.check(used, "exceptions.json", "nothing uses %s %s %s" % (entry["validator"], entry["type"], entry["pointer"]))
        print("%d finding(s) covered by %d exception(s)" % (sum(self.used), len(self.entries)))


def matches(pattern, pointer):
    a, b = pattern.split("/"), pointer.split("/")
    return len(a) == len(b) and all(p in ("*", part) for p, part in zip(a, b))
