"""Takes the links out of a normative text, so that a redline shows the words only.

A mark put on or taken off changes no word. `[personal data](term:personal-data)` and
`personal data` are then the same.
"""

from __future__ import annotations

import re

_LINK = re.compile(
    # An escaped sign is taken first, so that `\[` begins no link.
    r"(?P<escaped>\\.)"
    r"|\[(?P<words>(?:[^\[\]\\]|\\.)*)\]\((?:term|ref):[^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)",
    re.DOTALL,
)


def without_marks(text: str) -> str:
    """Return a text of the normative grammar (docs/normative-text.md) without its link marks.

    The words of a link stay as they are written, and so does everything else: emphasis, blanks as
    `{notice_days}`, words in brackets that are no link, escaped signs.
    """
    return _LINK.sub(_words, text) if "](" in text else text


def _words(found: re.Match[str]) -> str:
    return found["escaped"] or found["words"]
