"""Letters, and the marks that sit on them, as patterns; and the scripts that have no spaces."""

from __future__ import annotations

import unicodedata
from functools import cache

# UAX 29: where a word ends in these scripts only a dictionary can tell, one for each language. A
# character is the smallest piece that is surely right.
BY_CHARACTER = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Myanmar
    "\u1780-\u17ff\u19e0-\u19ff"  # Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u303c\u3040-\u30ff\u3100-\u312f"  # Chinese, Japanese
    "\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""The inside of a character class: scripts in which each character is a token."""
_STACKERS = "\u17d2\u1039"
"""Signs of Khmer and Myanmar that put the next consonant below the last one."""
# Not marks by their category (Cf), but by UAX 29 no word ends before one of them.
_JOINERS = "\u200c\u200d"


def letters() -> str:
    """Return a pattern for letters and digits in a row with their marks, of scripts with spaces.

    Each character fits one place of the pattern, so that no text can make it try many ways.
    """
    row, marks = f"[^\\W{BY_CHARACTER}]+", f"[{_marks()}]"
    return f"(?:{row}(?:{marks}+{row})*{marks}*)"


def with_marks(pattern: str) -> str:
    """Return a pattern for one character with all that sits on it or below it."""
    return f"{pattern}[{_marks()}]*(?:(?<=[{_STACKERS}])[{BY_CHARACTER}][{_marks()}]*)*"


@cache
def _marks() -> str:
    """Return the signs that sit on the one before them, as the inside of a character class."""
    # Python's `re` has no class for marks, and `\w` leaves them out: a vowel sign would end a word.
    ranges: list[list[int]] = []
    for code in (*range(0x300, 0x1E950), *range(0xE0100, 0xE01F0)):
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return _JOINERS + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
