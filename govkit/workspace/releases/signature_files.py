"""The signatures that lie beside a release in the folder, by the names of their files alone."""

from __future__ import annotations

from pathlib import Path

from govkit.release.manifest import SIGNATURES


def signed_in(root: Path, name: str) -> frozenset[str]:
    """Return the members whose signatures lie beside a release; whether they hold is not looked at.

    `name` is that of the release, as provisions/1.0.0.
    """
    return frozenset(each.stem for each in (root / "releases" / name / SIGNATURES).glob("*.sig"))
