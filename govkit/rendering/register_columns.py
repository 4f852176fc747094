"""What is printed of each register on a screen, and by what its entries can be narrowed.

It stands apart from `register_lists`, since commands look at it before they read anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class RegisterColumns(NamedTuple):
    """The names of cells: those of a table on a screen, and those that a list is narrowed by."""

    shown: tuple[str, ...]
    narrowed_by: tuple[str, ...]


COLUMNS: Mapping[str, RegisterColumns] = {
    "issue": RegisterColumns(
        ("id", "existing", "prospective", "texts", "title"),
        ("actor", "jurisdiction", "stage", "area"),
    ),
    "response": RegisterColumns(
        ("id", "issue", "actor", "jurisdiction", "stage", "title"),
        ("issue", "actor", "jurisdiction", "stage"),
    ),
    "initiative": RegisterColumns(
        ("id", "kind", "year", "by", "title"), ("kind", "country", "year")
    ),
    "event": RegisterColumns(
        ("id", "kind", "starts", "place", "attended", "title"), ("kind", "country", "year")
    ),
    "paper": RegisterColumns(
        ("id", "status", "version", "authors", "title"), ("status", "issue", "year")
    ),
    "member": RegisterColumns(
        ("id", "status", "group", "country", "region", "title"),
        ("status", "kind", "group", "country", "region"),
    ),
}
STAGES = ("existing", "prospective", "pending", "possible")
"""What may be asked of a response; a prospective one is pending or possible."""
STATUSES_OF = {
    "paper": ("draft", "published", "superseded", "withdrawn"),
    "member": ("listed", "enrolled", "ended"),
}
KINDS_OF = {
    "initiative": ("due-diligence", "evaluation", "network", "standard"),
    "event": ("meeting", "webinar"),
    "member": ("individual", "organisation", "representative"),
}
"""The words of these fields, as the models have them, which take long to import."""
