"""The pages of the rules: one Markdown text for each, and the list of them for `docs/rules.md`.

The pages are package data, so that `govkit explain` has them everywhere. Nothing is written here:
a test holds `docs/rules.md` equal to what `index()` returns.
"""

from __future__ import annotations

from importlib.resources import files

from govkit.checks.all_rules import RULES
from govkit.checks.rule import Rule

FAMILIES = {
    "shape": "Shape: a file can be read, and holds what its kind asks for",
    "identity": "Identity: an id is given once, and is never lost",
    "references": "References: what a record refers to is there, and holds",
    "terms": "Terms: a defined word has one meaning, is used, and is marked",
    "force": "Force: a clause says once, and in the charter's words, how it binds",
    "parameters": "Parameters: the blanks that a platform fills in",
    "contract": "Contract: a duty can be taken into a contract as it stands, and be enforced",
    "grounds": "Grounds: what the texts rest on can be found, and was looked up",
    "registers": "Registers: what stands around the texts says when, where, and what shows it",
    "changes": "Changes: what an author declares about a change, and what may not change together",
    "life-cycle": "Life cycle: a text goes its way step by step, and is adopted in exact words",
    "translations": "Translations: a text in another language says what its original says now",
    "process": "Process: what was received or decided stays, is answered, and comes in time",
    "suppression": "Suppression: findings that the editors let stand",
}
"""Each family of rules with its heading, in the order in which they are listed."""

_STOPS = "What it stops: "
_INDEX_HEAD = """\
# The rules

`govkit check` holds the texts against these rules. An error stops the merge. A warning stops a
final release. Advice stops nothing. `govkit explain RULE` prints the page of a rule on a terminal.
"""
_PAGES = "../govkit/checks/pages"


def page(slug: str) -> str:
    """Return the page of a rule, as Markdown."""
    return files("govkit.checks").joinpath("pages", f"{slug}.md").read_text(encoding="utf-8")


def what_it_stops(slug: str) -> str:
    """Return what a rule stops, in the words of its page."""
    line = next(line for line in page(slug).splitlines() if line.startswith(_STOPS))
    return line.removeprefix(_STOPS)


def in_family(family: str) -> list[Rule]:
    """Return the rules of a family, in the order in which they run."""
    return [rule for rule in RULES if rule.family == family]


def index() -> str:
    """Return `docs/rules.md`: every rule with what it says and what it stops, by family."""
    parts = [_INDEX_HEAD]
    for family, heading in FAMILIES.items():
        rows = "".join(
            f"| [{rule.slug}]({_PAGES}/{rule.slug}.md) | {_cell(rule.sentence)} | "
            f"{_cell(what_it_stops(rule.slug))} |\n"
            for rule in in_family(family)
        )
        parts.append(
            f"## {heading}\n\n| rule | what it says | what it stops |\n| --- | --- | --- |\n{rows}"
        )
    return "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
