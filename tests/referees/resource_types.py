"""Every resource body against the types that the Bicep compiler checks with (`check_types.py` of the referees)."""
import bodies
from bodies import check_types
from exceptions import Exceptions
from golden import run

OF_THE_TEMPLATE = {"id", "name", "type", "apiVersion"}


def element(types, body_type, kind):
    """Whether a discriminated type has the kind; other types have every kind."""
    return body_type["$type"] != "DiscriminatedObjectType" or kind in body_type["elements"] or check_types.expression(kind)


def versions_of(index, body):
    """apiVersion → (types, type) for the type of the body, as far as its kind is known there."""
    found = {}
    for name, candidates in index.items():
        resource_type, _, version = name.partition("@")
        if resource_type == body.checked_as.lower():
            fits = [(types, check_types.ref(types, t["body"])) for types, t in candidates]
            fits = [(types, t) for types, t in fits if element(types, t, body.members.get("kind"))]
            if fits:
                found[version] = fits
    return found


def without_template_members(body_type):
    group = "properties" if body_type["$type"] == "ObjectType" else "baseProperties"
    return {**body_type, group: {k: p for k, p in body_type[group].items() if k not in OF_THE_TEMPLATE}}


def findings(index, body):
    """(pointer, message) of the type that fits best; the type may be a newer one if the body's own version has none."""
    known = versions_of(index, body)
    version = bodies.nearest(body.version, known)
    if version is None:
        return [("", "no type, and no newer one")]
    results = []
    for types, body_type in known[version]:
        found = []
        check_types.check(types, without_template_members(body_type), body.members, "", found)
        results.append(found)
    return min(results, key=len)


def stage(solutions, account):
    index, allowed = check_types.load(), Exceptions("bicep-types")
    for solution in solutions:
        for body in [*bodies.written(solution), *bodies.evaluated(solution)]:
            left = [f for f in findings(index, body) if not allowed.allows(body.key, *f)]
            account.check(not left, "%s@%s" % (body.where, body.version), "".join("\n    %s: %s" % f for f in left))
    allowed.settle(account)


if __name__ == "__main__":
    run(stage, "bodies against the compiler's types")
