"""The words of the notes: headings, and one plain sentence for each thing that changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govkit.corpus.changes.values import (
    CLASS_NAMES,
    Change,
    ChangeEvidence,
    Class,
    ClauseChange,
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


_STEPS = {
    "status": "Its status",
    "category": "Its category",
    "review_by": "The day by which it has to be looked at again",
    "symbol": "Its symbol",
    "plural": "Its plural",
    "term": "The word that is defined",
}
"""Fields with a short value: the sentence tells both sides."""
_SAID = {
    "title": "Its title changed.",
    "term": "The word that is defined changed.",
    "plural": "Its plural changed.",
    "aliases": "The other forms of the word changed.",
    "see": "The definitions to look at besides changed.",
    "supersedes": "What it supersedes changed.",
    "superseded_by": "What it is superseded by changed.",
    "rights": "The rights that it serves changed.",
    "applies_to": "Whom and what it covers changed.",
    "clauses order": "Its clauses are in another order.",
    "preamble order": "The preamble is in another order.",
    "interpretation order": "The interpretation clauses are in another order.",
    "parts": "The order of the book changed, or which texts stand in it.",
    "balancing": "The rights that are weighed changed.",
    "grounds": "The sources that it rests on changed.",
    "grounds notes": "How it rests on its sources changed, or who looked them up.",
    "relations": "How it bears on other texts changed.",
    "relations notes": "The related texts changed.",
    "mappings": "The passages that it corresponds to changed.",
    "rationale": "Its rationale changed, which is no part of the text.",
    "guidance": "Its guidance changed, which is no part of the text.",
    "editors": "Its editors changed.",
    "no_binding_source": "The remark that no binding source is known changed.",
    "defined_words": "The remark on where defined words have their meaning changed.",
    "suppress": "A remark for the checks changed.",
}


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
    if top in _STEPS and is_told(field):
        return f"{_STEPS[top]} {_became(field)}."
    if top == "withdrawn":
        return _of_withdrawal(field)
    return _SAID.get(field.field) or _SAID.get(top) or f"Its {_spaced(field.field)} changed."


def _of_withdrawal(field: FieldChange) -> str:
    if not isinstance(field.new, dict):
        return "It is no longer withdrawn."
    return f"It was withdrawn: {str(field.new.get('reason', '')).strip().rstrip('.')}."


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
    if old == new:
        return f"its {name if old > 1 else one} changed"
    if not old:
        return f"{_an(one)} is put in" if new == 1 else f"{new} {name} are put in"
    if not new:
        return f"its {one} is taken out" if old == 1 else f"its {old} {name} are taken out"
    return f"it has {new} {one if new == 1 else name} now, and had {old}"


def _an(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


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


def _of_evidence(evidence: ChangeEvidence) -> str:
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
