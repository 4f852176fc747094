"""Small corpora to compare: a charter, a term or two, texts in few lines."""

from collections.abc import Callable, Mapping

import pytest

from govkit.corpus.changes.compare import Pair, changes_between
from govkit.corpus.changes.values import Change, Changes
from govkit.records.declarations import Declaration
from tests.corpus.conftest import corpus_from

CHARTER = """
schema_version: 1
id: exa
name: Example
languages: {authoritative: en, others: []}
id_prefixes: {provision: EXA, recommendation: EXR, principle: EXP}
areas: {DUE: {folder: due, title: Due}}
rights: {privacy: Privacy}
axes: {users: [adult, child], sizes: [small, large]}
parties: [platform, user]
instruments: {INS-provisions: provisions}
coordinators: {threshold: 2}
"""

PLATFORM = "{term: platform, status: draft, definition: a service that hosts what others send}"
USER = "{term: user, status: draft, definition: a person who uses a platform}"
BOOK = """
id: INS-provisions
title: Provisions
status: draft
interpretation:
  - {id: i1, force: declares, text: Defined words have their meaning throughout.}
parts: [{id: due, title: Due, items: [EXA-DUE-01, EXA-DUE-02]}]
"""
FIRST = """
id: EXA-DUE-01
title: Reasons
status: draft
rights: [privacy]
category: substantive
applies_to: {sizes: [large]}
clauses:
  - id: a
    force: must
    addressee: platform
    beneficiary: user
    text: The platform must give the user reasons within {reason_days} days.
  - id: b
    force: must
    addressee: platform
    beneficiary: user
    text: The platform must name the rule.
    exceptions: [where the law forbids it]
parameters:
  reason_days: {type: days, default: 14, minimum: 1, meaning: time to give reasons}
grounds:
  - {source: law, locator: art. 1, relation: follows}
rationale: Reasons let people object.
"""
SECOND = FIRST.replace("DUE-01", "DUE-02").replace("title: Reasons", "title: Rules")

FILES = {
    "governance/charter.yaml": CHARTER,
    "registers/terms/platform.yaml": PLATFORM,
    "registers/terms/user.yaml": USER,
    "provisions/instrument.yaml": BOOK,
    "provisions/due/EXA-DUE-01.yaml": FIRST,
    "provisions/due/EXA-DUE-02.yaml": SECOND,
}
FIRST_PATH = "provisions/due/EXA-DUE-01.yaml"

Edit = Callable[..., Changes]


def edited(*pairs: tuple[str, str], path: str = FIRST_PATH) -> dict[str, str]:
    """Return the files with words replaced in one of them; each has to be there once."""
    text = FILES[path]
    for old, new in pairs:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        text = text.replace(old, new)
    return FILES | {path: text}


def compared(old: Mapping[str, str], new: Mapping[str, str], **more: object) -> Changes:
    """Return the changes between two mappings of paths to texts."""
    return changes_between(corpus_from(old), corpus_from(new), **more)  # type: ignore[arg-type]


def only(changes: Changes) -> Change:
    """Return the one change there is."""
    assert len(changes.changes) == 1, [change.id for change in changes.changes]
    return changes.changes[0]


def declaring(change: Change, class_: int, *spans: str) -> dict[Pair, Declaration]:
    """Return what an author declares for a change, with an answer for each of the spans."""
    answers = [{"span": span, "changes_a_duty": "no", "why": "It says the same."} for span in spans]
    record = {
        "of": change.id,
        "before": change.before,
        "after": change.after,
        "class": class_,
        "reason": "It reads better.",
        "answers": answers,
    }
    pair = (change.id, change.before, change.after)
    return {pair: Declaration.model_validate(record)}


@pytest.fixture
def edit() -> Edit:
    """Return what compares the files as they are with the files after an edit."""
    return lambda *pairs, path=FIRST_PATH: compared(FILES, edited(*pairs, path=path))
