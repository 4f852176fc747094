"""The desk of one run: who gets in, and what answers at its port."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from govkit.desk.access import LARGEST_FILES, Access
from govkit.desk.application import application
from govkit.desk.folder import Clock, Desk, DeskFolder
from govkit.desk.loopback import Answer, RunningServer, listening_at

if TYPE_CHECKING:
    from govkit.workspace.edited_texts import EditedTexts


def listening(
    root: Path, port: int, clock: Clock, redline: Callable[[EditedTexts], str]
) -> RunningServer:
    """Listen at a port of this machine, 0 for any that is free. `redline`: see `Desk`.

    Raises `GovkitError` where the port is taken.
    """

    def opened(port: int) -> tuple[Answer, str]:
        access = Access(port)
        return application(Desk(DeskFolder(root, clock), access, redline)), access.address

    return listening_at(port, "the desk", LARGEST_FILES + 1024, opened)
