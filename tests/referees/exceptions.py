"""`exceptions.json`: what an official validator says that the service itself does not say.

type@apiVersion → JSON pointer (`*` for any index or member) → the reason, and for each validator the words of its finding. One
that nothing uses fails the stage of its validator.
"""
import pathlib

from golden import load

FILE = pathlib.Path(__file__).with_name("exceptions.json")


class Exceptions:
    """The entries of one validator (`bicep-types`, `json-schema`, `bicep`), and how often each was used."""

    def __init__(self, validator):
        self.uses = {(resource, pointer, entry[validator]): 0
                     for resource, pointers in load(FILE).items()
                     for pointer, entry in pointers.items() if entry["reason"] and validator in entry}

    def allows(self, resource, pointer, finding):
        """Whether an entry covers a finding; `resource` is `type@apiVersion`."""
        for entry in self.uses:
            if entry[0].lower() == resource.lower() and matches(entry[1], pointer) and entry[2] in finding:
                self.uses[entry] += 1
                return True
        return False

    def settle(self, account):
        """Fails for each entry that nothing used, and says how many findings were covered."""
        for entry, used in self.uses.items():
            if not used:
                account.fail("exceptions.json", "nothing uses %s %s (%s)" % entry)
        print("%d finding(s) covered by %d exception(s)" % (sum(self.uses.values()), len(self.uses)))


def matches(pattern, pointer):
    a, b = pattern.split("/"), pointer.split("/")
    return len(a) == len(b) and all(p in ("*", part) for p, part in zip(a, b))
