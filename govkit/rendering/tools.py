"""Which programs and fonts a print is made with: the bytes are the same where these are."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Collection
from hashlib import sha256
from importlib.resources import files

from govkit import __version__
from govkit.rendering.pdf import libraries
from govkit.rendering.signs import FONTS
from govkit.rendering.system_fonts import digests_of


def tools_of(formats: Collection[str]) -> dict[str, str]:
    """Return the programs that these formats are made with, and their versions, by name.

    Raises `GovkitError` where a PDF is asked for and a library for it is missing.
    """
    import mistune

    found = {"govkit": __version__, "mistune": mistune.__version__}
    if "pdf" in formats:
        found |= _of_pdf()
    return dict(sorted(found.items()))


def fonts_of(formats: Collection[str], also: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return name and digest of each font that pages are set with, sorted by name.

    `also` names those of the machine (`system_fonts.names_for`).
    """
    if "pdf" not in formats:
        return []
    folder = files("govkit.rendering") / "fonts"
    own = [(name, f"sha256:{sha256((folder / name).read_bytes()).hexdigest()}") for name in FONTS]
    return sorted([*own, *digests_of(also)])


def _of_pdf() -> dict[str, str]:
    python = ".".join(map(str, sys.version_info[:3]))
    return {**libraries(), "python": python, "zlib": zlib.ZLIB_RUNTIME_VERSION}
