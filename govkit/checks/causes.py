"""One mistake, one remark: what another finding explains is not said again.

Only a finding that stops as much, or more, explains another of the same record. So nothing is
silenced that would stay: while the cause stands the record does not pass, and when it is mended the
rest is looked for anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from govkit.findings import Finding

_WEIGHT = {None: 0, "release": 1, "merge": 2}

_OF_STATUS = frozenset(("less-mature", "text-and-status"))
_OF_WORDS = frozenset(
    (
        "typographic-quotes",
        "force-against-words",
        "unmarked-term",
        "no-full-stop",
        "exception-without-trigger",
        "condition-without-trigger",
        "clause-rewritten",
        "text-grammar",
        "more-than-one-force",
        "copied-title",
        "plain-mention",
        "picture-sign",
        "vague-time",
    )
)
EXPLAINS: dict[str, frozenset[str]] = {
    "answer-without-question": frozenset(("evidence-unanswered",)),
    "text-grammar": frozenset(("unused-parameter",)),
    "adopted-without-decision": _OF_STATUS,
    "adopted-text-removed": frozenset(("step-not-allowed",)),
    "adopted-text-edited": frozenset(("class-under-floor", "clause-rewritten")),
    "changed-id": _OF_STATUS
    | {
        "adopted-without-decision",
        "adopted-text-removed",
        "file-name",
        "id-form",
        "id-removed",
        "not-in-charter",
        "orphan",
        "renamed-file",
        "step-not-allowed",
        "wrong-folder",
    },
    "step-not-allowed": _OF_STATUS,
    "withdrawn-without-reason": frozenset(("step-not-allowed",)),
    "duplicate-clause-id": frozenset(("clause-rewritten", "id-removed", "id-form")),
    "duplicate-id": frozenset(
        (
            "file-name",
            "orphan",
            "wrong-folder",
            "unused-source",
            "unused-term",
            "term-used-once",
            "defined-twice",
            "id-form",
        )
    ),
    "id-form": frozenset(
        (
            "id-removed",
            "schema-line",
            "wrong-folder",
            "orphan",
            "file-name",
            "unused-source",
            "unused-term",
            "term-used-once",
            "defined-twice",
            "unverified-source",
            "required-by-charter",
        )
    ),
    "file-name": frozenset(("id-removed", "wrong-folder", "orphan")),
    "renamed-file": frozenset(
        (
            "unused-term",
            "term-used-once",
            "unused-source",
            "orphan",
            "unverified-source",
            "id-removed",
            "id-form",
        )
    ),
    "misplaced-file": frozenset(("schema-line",)),
    "placeholder": frozenset(("force-against-words", "clause-rewritten", "no-consequence")),
    "quoted-whole": _OF_WORDS,
    "unknown-reference": frozenset(("unmarked-term",)),
    "label-against-target": frozenset(("unmarked-term",)),
    "unknown-clause": frozenset(("copied-title", "label-against-target")),
}
"""The rules whose finding explains others in the same record, and those others."""


_OF_VALUE = frozenset(
    (
        "unmarked-term",
        "broken-word",
        "no-full-stop",
        "typographic-quotes",
        "text-grammar",
        "condition-without-trigger",
        "exception-without-trigger",
    )
)
EXPLAINS_IN_VALUE: dict[str, frozenset[str]] = {
    "text-grammar": (_OF_VALUE | {"parameter-unit"}) - {"text-grammar"},
    "tab-in-text": _OF_VALUE,
    "picture-sign": _OF_VALUE,
    "placeholder": _OF_VALUE,
    "avoided-force-word": frozenset(("force-against-words",)),
}
"""The same for one value: what is said of its words waits until the words can be read."""

TURNS_WORDS = frozenset(
    (
        "quoted-whole",
        "no-full-stop",
        "text-grammar",
        "tab-in-text",
        "picture-sign",
        "broken-word",
        "hidden-character",
        "confusable-character",
        "not-nfc",
        "avoided-force-word",
    )
)
"""The rules whose cure changes the words of a text: what was translated may well stand again."""


def without_explained(found: Iterable[Finding]) -> list[Finding]:
    """Return the findings that no other of the same record explains."""
    several = list(found)
    heaviest: dict[tuple[Any, ...], int] = {}
    for finding in several:
        weight = _WEIGHT[finding.stops]
        for rule in EXPLAINS.get(finding.rule, ()):
            _raise(heaviest, (finding.path, rule), weight)
        for rule in EXPLAINS_IN_VALUE.get(finding.rule, ()):
            _raise(heaviest, (finding.path, rule, finding.route.keys), weight)
        if finding.rule in TURNS_WORDS:
            _raise(heaviest, (finding.id, "translation-stale"), weight)
    return [finding for finding in several if not _is_explained(finding, heaviest)]


def _raise(heaviest: dict[tuple[Any, ...], int], key: tuple[Any, ...], weight: int) -> None:
    heaviest[key] = max(heaviest.get(key, -1), weight)


def _is_explained(finding: Finding, heaviest: dict[tuple[Any, ...], int]) -> bool:
    keys = (
        (finding.path, finding.rule),
        (finding.path, finding.rule, finding.route.keys),
        (finding.id, finding.rule),  # a translation has the id of its original, and another path
    )
    return any(heaviest.get(key, -1) >= _WEIGHT[finding.stops] for key in keys)
