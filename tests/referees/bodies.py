"""Every resource body that a solution ships: as written in its templates, and as each pass of the service makes it."""
import re

import connect
import passes
from golden import CANARY, referee

referee("arm-schemas")
import check_types  # noqa: E402


class Body:
    """One resource: where it stands, its type (an extension resource's own), its apiVersion and its members.

    `checked_as` is the type whose shape it must have: a template of a rule is read-only to both validators, and has the shape of
    the rule that is made from it.
    """

    def __init__(self, where, resource, parent=""):
        self.type = (parent + "/" if parent else "") + check_types.real_type(resource)
        self.checked_as = re.sub("(?i)/alertRuleTemplates$", "/alertRules", self.type)
        self.version = resource.get("apiVersion", "")
        self.where = "%s %s" % (where, self.type)
        self.members = {k: v for k, v in resource.items() if k.lower() not in check_types.NOT_BODY}

    @property
    def key(self):
        return "%s@%s" % (self.type, self.version)


def flat(template, where, parent=""):
    """The bodies of a template, of its child resources and of the templates inside it."""
    resources = template.get("resources") or []
    for resource in resources.values() if isinstance(resources, dict) else resources:
        body = Body(where, resource, parent)
        yield body
        if isinstance(resource.get("resources"), list):
            yield from flat(resource, where, body.type)
        inner = resource.get("properties")
        for key in ("mainTemplate", "template"):
            if isinstance(inner, dict) and isinstance(inner.get(key), dict):
                yield from flat(inner[key], where + " " + key)


def written(solution):
    """The bodies as the templates have them, expressions and all."""
    for path in (solution.template, solution.main_template):
        yield from flat(passes.strict(path), "%s %s" % (solution.name, path.name))


def evaluated(solution):
    """The bodies as they reach the resource providers."""
    template, package = passes.strict(solution.template), passes.strict(solution.main_template)
    for where, expanded in (("deployed", passes.expand(template, passes.deploy_values(solution))[0]),
                            ("installed", passes.expand(package, passes.install_values(package))[0])):
        for resource in expanded:
            yield Body("%s %s" % (solution.name, where), resource)
    for content in passes.connect(solution, {name: CANARY for name in connect.boxes_of(solution)[0]}):
        for resource in content["resources"]:
            yield Body("%s %s" % (solution.name, content["contentKind"]), resource)


def order(version):
    """Sorts apiVersions by date, a preview before the version of the same day."""
    date, _, preview = version.partition("-preview")
    return date[:10], not version.endswith("-preview"), preview


def nearest(version, known):
    """The apiVersion itself where the validator has it, else the nearest newer one of `known`; None without one."""
    at_least = sorted((v for v in known if order(v) >= order(version)), key=order)
    return at_least[0] if at_least else None
