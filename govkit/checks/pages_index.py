"""The pages of the rules: one Markdown text for each, and `docs/rules/` as it is made from them.

The pages are package data, so that `govkit explain` has them everywhere. Nothing is written here:
a test holds the files in `docs/rules/` equal to what `pages()` returns.
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
    "grounds": "Grounds: what the texts rest on can be found, and was looked up",
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
final release. Advice stops nothing. `govkit explain RULE` prints the same pages on a terminal.

These files are made from `govkit/checks/pages/`: change the pages there.
"""


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


def pages() -> dict[str, str]:
    """Return what `docs/rules/` holds: the text of each file by its name."""
    made = {f"{rule.slug}.md": _with_way_back(page(rule.slug)) for rule in RULES}
    return {"README.md": _index(), **made}


def _with_way_back(text: str) -> str:
    return f"{text}\n[All rules](README.md)\n"


def _index() -> str:
    parts = [_INDEX_HEAD]
    for family, heading in FAMILIES.items():
        rows = "".join(
            f"| [{rule.slug}]({rule.slug}.md) | {_cell(rule.sentence)} | "
            f"{_cell(what_it_stops(rule.slug))} |\n"
            for rule in in_family(family)
        )
        parts.append(
            f"## {heading}\n\n| rule | what it says | what it stops |\n| --- | --- | --- |\n{rows}"
        )
    return "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
