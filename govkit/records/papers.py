"""Where the papers of an evaluation stand: files that are read like records, each on its own."""

from __future__ import annotations

from govkit.patterns import lazy_regex
from govkit.records.record_kind import SLUG

ASSESSMENTS = "assessments"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_NAMES = {
    "set": "document-set",
    "evaluation": "evaluation",
    "reconciled": "reconciliation",
    "feedback": "company-feedback",
    "coding": "coding",
    "drafts": "coding",
    "seals": "coding-seal",
}
_PLACE = lazy_regex(
    rf"{ASSESSMENTS}/{SLUG}/{DAY}/"
    rf"(?:(?P<name>set|evaluation|reconciled|feedback)|(?P<folder>coding|drafts|seals)/{SLUG})"
    r"\.yaml"
)


def paper_of_path(path: str) -> str | None:
    """Return the kind of the paper that stands at a place, or None where none has its place."""
    found = _PLACE.fullmatch(path)
    return _NAMES[found["name"] or found["folder"]] if found else None
