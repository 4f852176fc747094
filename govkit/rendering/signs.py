"""Which signs the fonts of the package have. A PDF is set from them and from nothing else."""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from importlib.resources import files

from govkit.rendering.document import Document
from govkit.rendering.html import as_html

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
    signs = set(as_html(document)) - _drawn()
    return "".join(sorted(sign for sign in signs if unicodedata.category(sign) not in _UNSEEN))


@cache
def _drawn() -> frozenset[str]:
    """Return the signs that every font draws: any of them may have to."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    folder = files("govkit.rendering") / "fonts"
    fonts = (TTFont(io.BytesIO((folder / name).read_bytes()), lazy=True) for name in FONTS)
    return frozenset.intersection(*(frozenset(map(chr, font.getBestCmap())) for font in fonts))
