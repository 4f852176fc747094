"""The sentences of the notes: one plain sentence for each thing that changed."""

from __future__ import annotations

from typing import Any

from govkit.corpus.changes.values import Change, ChangeEvidence, ClauseChange, FieldChange, weight
from govkit.languages.catalogue import Messages
from govkit.release.notes import weakens
from govkit.rendering.change_phrases import class_of_change
from govkit.rendering.phrases import spaced
from govkit.rendering.typography import curled

_MANY = 6


def class_of(said: Messages, change: Change) -> str:
    """Return the class with its name, and what the author declared."""
    named = class_of_change(said, change)
    if change.declared is None or change.declared == change.floor:
        return named
    return named + said.say("notes.declared", number=change.declared, floor=change.floor)


def conformity_of(said: Messages, change: Change) -> str:
    """Return what one who adopted the earlier text has to do."""
    return said[f"notes.conformities.{change.conformity}"]


def bump_of(said: Messages, bump: str | None) -> str:
    """Return which part of the version the changes raise."""
    return said["notes.dates"] if bump is None else said[f"notes.bumps.{bump}"]


def way_of(said: Messages, change: Change) -> str:
    """Return which way a change goes; empty where it bears on nobody."""
    duty, protection = change.direction
    if duty == protection == "unclear" and not weakens(change):
        return said["notes.both-unclear"]
    ways = [said[f"notes.duties.{duty}"]] if duty else []
    ways += [said[f"notes.protection.{protection}"]] if protection else []
    if weakens(change) and protection not in ("weaker", "stronger and weaker"):
        ways.append(said["notes.a-part-weakens"])
    return "; ".join(ways)


def what(said: Messages, issue: str, number: int | None) -> str:
    """Return what became of a text in a release: `changed (class 6, scope)`."""
    named = ""
    if number is not None and issue == "changed":
        name = said[f"general.classes.{number}"]
        named = said.say("notes.issue-class", number=number, name=name)
    return said[f"notes.issues.{issue}"] + named


# --- plain sentences ------------------------------------------------------------------------------


def sentences(said: Messages, change: Change) -> tuple[str, ...]:
    """Return what happened to a text, in plain sentences without the words themselves."""
    kind = said.find(f"notes.kinds.{change.kind}") or change.kind
    if not change.old_path and change.new_path:
        return (said.say("notes.text-new", kind=kind),)
    if change.old_path and not change.new_path:
        return (said.say("notes.text-gone", kind=kind),)
    fields = (_of_field(said, field) for field in change.fields)
    clauses = (_of_clause(said, clause) for clause in change.clauses)
    return tuple(curled(each) for each in (*fields, *clauses) if each)


def _of_field(said: Messages, field: FieldChange) -> str:
    top, *rest = field.field.split(".")
    if top in ("clauses", "interpretation", "preamble") and len(rest) == 2:
        return said.say("notes.of-clause", id=rest[0], what=_of_clause_field(said, rest[1], field))
    if top == "parameters" and len(rest) == 1:
        return said.say(f"notes.blank-{_came_or_went(field)}", name=rest[0])
    if top == "parameters" and rest:
        return said.say(
            "notes.blank-stepped", name=rest[0], field=_spaced(rest[1]), **_sides(said, field)
        )
    if said.find(f"notes.steps.{top}") and is_told(field):
        return said.say(f"notes.steps.{top}", **_sides(said, field))
    if top == "withdrawn":
        if not isinstance(field.new, dict):
            return said["notes.no-longer-withdrawn"]
        reason = str(field.new.get("reason", "")).strip().rstrip(".")
        return said.say("notes.was-withdrawn", reason=reason)
    own = said.find(f"notes.fields.{field.field}") or said.find(f"notes.fields.{top}")
    return own or said.say("notes.field-changed", field=_spaced(field.field))


def is_told(field: FieldChange) -> bool:
    """Say whether a plain sentence tells both sides of a change, so that no redline is needed."""
    return all(_is_short(side) for side in (field.old, field.new))


def _is_short(value: Any) -> bool:
    if isinstance(value, (list, dict)):
        return not value
    return value is None or " " not in str(value)


def _of_clause_field(said: Messages, name: str, field: FieldChange) -> str:
    if name in ("force", "addressee", "beneficiary"):
        return said.say(f"notes.clause-fields.{name}", **_sides(said, field))
    if name in ("conditions", "exceptions"):
        old, new = (len(side or ()) for side in (field.old, field.new))
        if old == new:
            return said.counted(f"notes.{name}.changed", old if old > 1 else 1)
        if not old:
            return said.counted(f"notes.{name}.new", new)
        if not new:
            return said.counted(f"notes.{name}.gone", old)
        return said.counted(f"notes.{name}.number", new, old=old)
    own = said.find(f"notes.clause-fields.{name}")
    return own or said.say("notes.clause-field-changed", field=_spaced(name))


def _of_clause(said: Messages, clause: ClauseChange) -> str:
    name = said.find(f"notes.parts.{clause.id}") or said.say("notes.clause", id=clause.id)
    if clause.old == clause.new:
        return ""
    if not clause.old:
        return said.say("notes.part-new", name=name)
    if not clause.new:
        return said.say("notes.part-gone", name=name)
    if clause.marks_only:
        return said.say("notes.part-marks", name=name)
    if weight(clause.class_) <= 1:
        return said.say("notes.part-slip", name=name)
    shown = [_of_evidence(said, each) for each in clause.evidence[:_MANY]]
    more = len(clause.evidence) - _MANY
    shown += [said.say("notes.more-words", count=more)] if more > 0 else []
    if not shown:
        return said.say("notes.part-words", name=name)
    return said.say("notes.part-words-among", name=name, words=said.several(shown))


def _of_evidence(said: Messages, evidence: ChangeEvidence) -> str:
    if evidence.old and evidence.new:
        return said.say("notes.words-became", old=evidence.old, new=evidence.new)
    if evidence.old:
        return said.say("notes.words-gone", old=evidence.old)
    return said.say("notes.words-new", new=evidence.new)


def _sides(said: Messages, field: FieldChange) -> dict[str, str]:
    return {"old": _value(said, field.old), "new": _value(said, field.new)}


def _came_or_went(field: FieldChange) -> str:
    if field.old is None:
        return "new"
    return "gone" if field.new is None else "changed"


def _value(said: Messages, value: Any) -> str:
    if value in (None, "", [], {}):
        return said["notes.no-value"]
    if isinstance(value, list):
        return said.several([_value(said, each) for each in value])
    return said.find(f"book.forces.{value}") or _spaced(str(value))


def _spaced(text: str) -> str:
    return spaced(text).replace("_", " ").replace(".", " ")
