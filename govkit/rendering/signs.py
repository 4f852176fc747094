"""Which signs the fonts at hand have: those of the package, and of the machine for a language."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from govkit.rendering.document import Document
from govkit.rendering.html import as_html
from govkit.rendering.system_fonts import data_of, languages_in, paths_for

FONTS = (
    "NotoSerif-Regular.ttf",
    "NotoSerif-Bold.ttf",
    "NotoSerif-Italic.ttf",
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
)
_UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Zs")
"""The categories of signs that need no picture: spaces, controls, joiners."""


def signs_without_picture(document: Document) -> str:
    """Return the signs of a document that a PDF prints as empty boxes, each once, in order."""
    return signs_lacking(as_html(document), languages_in(document))


def signs_lacking(text: str, languages: Collection[str] = ()) -> str:
    """Return the signs of a text that no font has which a PDF in these languages is set with."""
    signs = set(text) - _drawn()
    for name in {each for language in languages for each in paths_for(language)}:
        signs -= _drawn_by(name) if signs else set()
    return "".join(sorted(sign for sign in signs if unicodedata.category(sign) not in _UNSEEN))


@cache
def _drawn_by(name: str) -> frozenset[str]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    font = TTFont(io.BytesIO(data_of(name)), lazy=True, fontNumber=0)
    return frozenset(map(chr, font.getBestCmap()))


@cache
def _drawn() -> frozenset[str]:
    """Return the signs that every font draws: any of them may have to."""
    from fontTools.ttLib import TTFont

    folder = files("govkit.rendering") / "fonts"
    fonts = (TTFont(io.BytesIO((folder / name).read_bytes()), lazy=True) for name in FONTS)
    return frozenset.intersection(*(frozenset(map(chr, font.getBestCmap())) for font in fonts))
