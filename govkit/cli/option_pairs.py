"""Options that mean nothing without another one, or beside it: refused, and never ignored."""

from __future__ import annotations

from collections.abc import Mapping

from govkit.errors import WrongUse


def require_beside(given: Mapping[str, object], needed: str, hint: str) -> None:
    """Raise `WrongUse` for the first option that is given and needs one that is not."""
    for name, value in given.items():
        if value:
            raise WrongUse(f"{name} needs {needed}", hint)


def refuse_beside(given: Mapping[str, object], other: str, hint: str) -> None:
    """Raise `WrongUse` for the first option that is given and means nothing beside another."""
    for name, value in given.items():
        if value:
            raise WrongUse(f"{name} goes without {other}", hint)
