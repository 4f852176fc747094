"""Names of files that Windows keeps for devices: nobody there could open a folder with one."""

from __future__ import annotations

import re

from govkit.patterns import lazy_regex

_DEVICE = lazy_regex(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def device_in(path: str) -> str | None:
    """Return the device after which a file or folder of a path is named, or None."""
    for part in path.split("/"):
        if _DEVICE.fullmatch(part):
            return part.partition(".")[0]
    return None
