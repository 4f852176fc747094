"""Patterns that are compiled when they are first used.

A command imports some hundred patterns and needs a tenth of them; to compile one takes up to
9 milliseconds, as long as to check a hundred short records.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def lazy_regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what behaves as `re.compile(pattern, flags)`, and is made at its first use.

    Raises `re.error` there, and not here. The functions of `re` don't take it; its methods do all.
    """
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))


class _Late:
    def __init__(self, pattern: Any, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)  # the next time, nothing stands between
        return found
