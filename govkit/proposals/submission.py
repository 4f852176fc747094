"""What a contributor hands in: which files, on a branch of which name, in which words.

Members, keys, the log and what a command writes are no contributor's: these come about by acts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from govkit.corpus.changes.values import CLASS_NAMES, Change, Changes
from govkit.errors import WrongUse
from govkit.records.kinds import KINDS, NUMBERED_KINDS, kind_of_path
from govkit.source.folder_contents import is_record

LONGEST_SENTENCE = 300
_SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LONGEST_PATH = 200
_NAMED = 3
"""How many texts a name or a sentence lists."""


def may_be_handed_in(path: str) -> bool:
    """Say whether contributors edit what is at `path`: a text, a register, a declaration.

    The path may come from a stranger: only plain names fit.
    """
    plain = len(path) <= _LONGEST_PATH and all(map(_SEGMENT.fullmatch, path.split("/")))
    if not plain or ".." in path or not is_record(path, "file"):
        return False
    kind = KINDS.get(kind_of_path(path) or "")
    if kind is None:
        return False
    return (kind.by_hand and kind.logged == "never") or path.startswith("governance/changes/")


NO_SUBMISSION = (
    "A change may touch provisions/, recommendations/, translations/, what the registers define, "
    "and governance/changes/. Members, keys, rules and the log change by acts of the coalition."
)


def submitted(changes: Changes) -> list[Change]:
    """Return the changes of texts that say something: those of which words or fields differ."""
    return [each for each in changes.changes if each.kind != "declaration"]


def name_of(change: Change) -> str:
    """Return the name by which people call what changed: `MCP-DUE-03`, `term user`."""
    return change.id if change.kind in NUMBERED_KINDS else f"{change.kind} {change.id}"


def branch_name(names: Sequence[str]) -> str:
    """Return the name of a branch for a change of some texts, as `change/MCP-DUE-03`."""
    words = [re.sub(r"[^A-Za-z0-9]+", "-", each).strip("-") for each in names] or ["texts"]
    more = f"-and-{len(words) - 1}-more" if len(words) > 1 else ""
    return f"change/{words[0][:60]}{more}"


def proposed_sentence(changes: Sequence[Change], paths: Collection[str]) -> str:
    """Return a sentence that says what was done, where nobody says it better."""
    if not changes:
        return f"Change {_listed(sorted(paths))}"
    done: dict[str, list[str]] = {}
    for each in changes:
        verb = "Change"
        if not each.old_path:
            verb = "Add"
        elif not each.new_path:
            verb = "Take out"
        named = f"{name_of(each)} ({each.title})" if len(changes) == 1 else name_of(each)
        done.setdefault(verb, []).append(named)
    parts = [f"{verb} {_listed(names)}" for verb, names in done.items()]
    return "; ".join([parts[0], *(part[0].lower() + part[1:] for part in parts[1:])])


def _listed(names: Sequence[str]) -> str:
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def require_sentence(words: str) -> str:
    """Return the sentence of a person on one line. Raises `WrongUse` where it says nothing."""
    line = " ".join(words.split())
    if not any(map(str.isalpha, line)) or any(each < " " for each in line):
        raise WrongUse(
            "the change has no sentence that says what it is for",
            'Say in one sentence what you changed, and why: --message "…".',
        )
    if len(line) > LONGEST_SENTENCE:
        raise WrongUse(
            f"the sentence has {len(line)} characters, and may have {LONGEST_SENTENCE}",
            "Say the reasons in the rationale of the text, where everybody reads them.",
        )
    return line


def commit_message(sentence: str, changes: Iterable[Change]) -> str:
    """Return the message of a commit: the sentence, and what was computed for each text."""
    lines = [*_lines_of(changes)]
    return "\n".join([sentence, "", *lines]) if lines else sentence


def _lines_of(changes: Iterable[Change]) -> Iterator[str]:
    for each in changes:
        title = f" ({each.title})" if each.title else ""
        yield f"{name_of(each)}{title}: {class_and_direction(each)}"


def class_and_direction(change: Change) -> str:
    """Return the class of a change and which way it goes, in words."""
    ways = [
        f"{whose}: {way}"
        for whose, way in (
            ("platform's duty", change.direction.platform_duty),
            ("user's protection", change.direction.user_protection),
        )
        if way
    ]
    more = " or higher, questions to its author are open" if change.unanswered else ""
    return ", ".join([f"class {change.class_}, {CLASS_NAMES[change.class_]}{more}", *ways])
