"""The words of the notes: headings, and one plain sentence for each thing that changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govkit.corpus.changes.values import (
    CLASS_NAMES,
    Change,
    Class,
    ClauseChange,
    Evidence,
    FieldChange,
    weight,
)
from govkit.release.notes import Lead, weakens
from govkit.rendering.phrases import FORCES, several, spaced
from govkit.rendering.typography import curled

NOTES = "Notes"
EARLIER = "Earlier release"
LATER = "Later release"
COMPARED = (
    "Computed from the texts of both releases. Where it and the texts differ, the texts prevail."
)
FOREWORD = "Foreword"
AT_A_GLANCE = "At a glance"
HOLDS = "What this release holds"
FIRST = (
    "This is the first release of this book, so there is no earlier one to compare it with. It "
    "holds the texts below."
)
NOTHING = "No text of this book differs from the earlier release."
COMPUTED = (
    "These notes are computed from the texts of both releases. Nobody can leave a change out. What "
    "weakens the protection of users comes first."
)
HISTORY = "The texts through the releases"
RULES = "Rules of the coalition that differ"
UNREAD = "Not compared"
SWEEPS = "The same change in many clauses"
COMPARED_WITH = "Compared with"
ASKED = "The changes ask for"
CLASS = "Class"
WAY = "Direction"
CONFORMITY = "For one who adopted the earlier text"
DECISION = "Decision"
CONSENTS = "Consents by group"
LOWERED = "Class lowered"
RESTS_ON_IT = "Rests on it"
REDLINE = "The words in full stand in the redline of this release, under {id}."

KIND = "What changed"
WEAKER = "Weaker protection"
STRONGER = "Stronger protection"
NOT_CLEAR = "Not clear"
NEITHER = "No bearing"
ALL = "All"

LEADS: dict[Lead, str] = {
    "weakens": "Weakens the protection of users",
    "force": "How strongly texts bind",
    "scope": "Whom and what texts cover",
    "definitions": "Definitions",
    "additions": "New and removed",
    "clarifications": "Clarifications",
    "arrangement": "Arrangement",
    "editorial": "Editorial",
    "status": "Status alone",
}
CLASSES: dict[Class, str] = {
    0: "Nothing",
    1: "Editorial",
    2: "Arrangement",
    3: "Clarifying",
    4: "Addition",
    5: "Force",
    6: "Scope",
    7: "Definition",
    8: "New or removed",
    "S": "Status",
}
_CONFORMITY = {
    "still conforms": "nothing to do",
    "re-check": "look at it again",
    "new duty": "there is a new duty",
}
_DUTIES = {
    "tighter": "binds platforms more",
    "looser": "binds platforms less",
    "unclear": "changes what platforms owe, and which way is not clear",
}
_PROTECTION = {
    "stronger": "protects users more",
    "weaker": "protects users less",
    "unclear": "changes what protects users, and which way is not clear",
}
_BOTH_UNCLEAR = "changes what platforms owe and what protects users; which way is not clear"
_BUMPS = {
    "none": "no new version",
    "patch": "a correction (the last number)",
    "minor": "a minor version (the middle number)",
    "major": "a major version (the first number)",
}
_MANY = 6


def class_of(change: Change) -> str:
    """Return the class with its name, and what the author declared."""
    said = f"{change.class_}, {CLASS_NAMES[change.class_]}"
    if change.declared is not None and change.declared != change.floor:
        said += f"; declared {change.declared}, and never under {change.floor}"
    return said


def conformity_of(change: Change) -> str:
    """Return what one who adopted the earlier text has to do."""
    return _CONFORMITY[change.conformity]


def bump_of(bump: str | None) -> str:
    """Return which part of the version the changes raise."""
    return "nothing; versions are dates here" if bump is None else _BUMPS[bump]


def way_of(change: Change) -> str:
    """Return which way a change goes; empty where it bears on nobody."""
    duty, protection = change.direction
    if duty == protection == "unclear" and not weakens(change):
        return _BOTH_UNCLEAR
    said = [_DUTIES[duty]] if duty else []
    said += [_PROTECTION[protection]] if protection else []
    if weakens(change) and protection != "weaker":
        said.append("a part of it protects users less")
    return "; ".join(said)


def what(issue: str, number: int | None) -> str:
    """Return what became of a text in a release: `changed (class 6, scope)`."""
    tells = number is not None and issue == "changed"
    named = f" (class {number}, {CLASS_NAMES[number]})" if tells and number is not None else ""
    return {"new": "came in", "changed": "changed", "gone": "was taken out"}[issue] + named


# --- plain sentences ------------------------------------------------------------------------------


def sentences(change: Change) -> tuple[str, ...]:
    """Return what happened to a text, in plain sentences without the words themselves."""
    if not change.old_path and change.new_path:
        return (f"This {_kind(change)} is new.",)
    if change.old_path and not change.new_path:
        return (f"This {_kind(change)} was taken out.",)
    said = [*_of_fields(change), *_of_clauses(change)]
    return tuple(curled(each) for each in said)


def _kind(change: Change) -> str:
    return {"instrument": "book", "term": "definition"}.get(change.kind, change.kind)


def _of_fields(change: Change) -> Iterator[str]:
    for field in change.fields:
        yield _of_field(field)


def _of_field(field: FieldChange) -> str:
    top, *rest = field.field.split(".")
    if top in ("clauses", "interpretation", "preamble") and len(rest) == 2:
        return _of_clause_field(rest[0], rest[1], field)
    if top == "parameters" and rest:
        name = " ".join(("the blank", rest[0]))
        if len(rest) == 1:
            return f"{_capital(name)} {_come_or_gone(field)}."
        return f"The {_spaced(rest[1])} of {name} {_became(field)}."
    if top == "status":
        return f"Its status {_became(field)}."
    if top == "title":
        return "Its title changed."
    return f"Its {_spaced(field.field)} changed."


def is_told(field: FieldChange) -> bool:
    """Say whether a plain sentence tells both sides of a change, so that no redline is needed."""
    return all(_is_short(side) for side in (field.old, field.new))


def _is_short(value: Any) -> bool:
    if isinstance(value, (list, dict)):
        return not value
    return value is None or " " not in str(value)


def _of_clause_field(id: str, name: str, field: FieldChange) -> str:
    if name == "force":
        return f"Clause ({id}): its force {_became(field)}."
    if name == "addressee":
        return f"Clause ({id}): whom it binds {_became(field)}."
    if name == "beneficiary":
        return f"Clause ({id}): whom it protects {_became(field)}."
    if name in ("conditions", "exceptions"):
        return f"Clause ({id}): {_limits(name, field)}."
    if name == "applies_to":
        return f"Clause ({id}): whom and what it covers changed."
    return f"Clause ({id}): its {_spaced(name)} changed."


def _limits(name: str, field: FieldChange) -> str:
    old, new = (len(side or ()) for side in (field.old, field.new))
    one = name.removesuffix("s")
    if new > old:
        return f"{_counted(new - old, one)} put in" if old == 0 else f"{_counted(new, one)} now"
    if old > new:
        return f"{_counted(old - new, one)} taken out"
    return f"its {name if old > 1 else one} changed"


def _counted(number: int, one: str) -> str:
    verb = "is" if number == 1 else "are"
    if number == 1:
        return f"{'an' if one[0] in 'aeiou' else 'a'} {one} {verb}"
    return f"{number} {one}s {verb}"


def _of_clauses(change: Change) -> Iterator[str]:
    for clause in change.clauses:
        said = _of_clause(clause)
        if said:
            yield said


def _of_clause(clause: ClauseChange) -> str:
    name = {"definition": "The definition", "title": "The title"}.get(
        clause.id, f"Clause ({clause.id})"
    )
    if clause.old == clause.new:
        return ""
    if not clause.old:
        return f"{name} is new."
    if not clause.new:
        return f"{name} was taken out."
    if clause.marks_only:
        return f"{name}: no word changed; marks of defined terms did."
    if weight(clause.class_) <= 1:
        return f"{name}: a slip of the pen was put right."
    shown = [_of_evidence(each) for each in clause.evidence[:_MANY]]
    more = len(clause.evidence) - _MANY
    shown += [f"{more} more such words changed"] if more > 0 else []
    among = f"; among them {several(shown)}" if shown else ""
    return f"{name}: its words changed{among}."


def _of_evidence(evidence: Evidence) -> str:
    if evidence.old and evidence.new:
        return f'"{evidence.old}" became "{evidence.new}"'
    if evidence.old:
        return f'"{evidence.old}" was taken out'
    return f'"{evidence.new}" was put in'


def _became(field: FieldChange) -> str:
    return f"went from {_value(field.old)} to {_value(field.new)}"


def _come_or_gone(field: FieldChange) -> str:
    if field.old is None:
        return "is new"
    return "was taken out" if field.new is None else "changed"


def _value(value: Any) -> str:
    if value in (None, "", [], {}):
        return "nothing"
    if isinstance(value, list):
        return several([_value(each) for each in value])
    if isinstance(value, str) and value in FORCES:
        return FORCES[value]
    return _spaced(str(value))


def _spaced(text: str) -> str:
    return spaced(text).replace("_", " ").replace(".", " ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
