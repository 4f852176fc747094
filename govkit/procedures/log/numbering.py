"""The next free number in a folder whose files are numbered.

A place that the log knows is not given again: what was dropped from there has to stay missing.
"""

from __future__ import annotations

import re

from govkit.records.log import LogEntry
from govkit.workspace import Workspace


def next_path(workspace: Workspace, folder: str, digits: int, stem: str = "") -> str:
    """Return the next free path of a folder whose files are numbered, as governance/acts/02.yaml.

    `stem` stands before the number, as `example-society-`.
    """
    return next_free(taken_places(workspace), folder, digits, stem)


def taken_places(workspace: Workspace) -> tuple[str, ...]:
    """Return the paths that are there, and those that the log names."""
    entries = (each.record for each in workspace.corpus.of_kind("log-entry"))
    logged = (each.path for each in entries if isinstance(each, LogEntry) and each.path)
    return (*workspace.files, *workspace.others, *logged)


def next_free(paths: tuple[str, ...], folder: str, digits: int, stem: str = "") -> str:
    """Return the path with the number after the highest of these paths."""
    form = re.compile(rf"{re.escape(folder)}/{re.escape(stem)}([0-9]+)\.yaml")
    numbers = [int(found[1]) for path in paths if (found := form.fullmatch(path))]
    return f"{folder}/{stem}{max(numbers, default=0) + 1:0{digits}d}.yaml"
