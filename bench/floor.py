"""The floor of a check: reading the same files, libyaml's events, and strict pydantic. One process.

    python bench/floor.py FOLDER

Prints seconds of processor time for the floor, for opening and checking the same folder, and their
ratio.
"""

from __future__ import annotations

import datetime
import gc
import statistics
import sys
import time
from pathlib import Path

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from govkit.records.kinds import kind_of_path
from govkit.records.models import model_of
from govkit.source.loader import load
from govkit.workspace import open_workspace


def paths(folder: Path) -> list[tuple[str, Path]]:
    """Return the records of a folder."""
    found = []
    for path in sorted(folder.rglob("*.yaml")):
        kind = kind_of_path(path.relative_to(folder).as_posix())
        if kind:
            found.append((kind, path))
    return found


def floor(records: list[tuple[str, Path]], loaded: list[object]) -> float:
    """Return the seconds of the parts that no checker of these files can do without."""
    start = time.process_time()
    for _, path in records:
        parser = CParser(path.read_bytes().decode())
        while not isinstance(parser.get_event(), yaml.StreamEndEvent):
            pass
    for (kind, _), data in zip(records, loaded, strict=True):
        model_of(kind).model_validate(data)
    return time.process_time() - start


def whole(folder: Path) -> float:
    """Return the seconds of opening and checking the folder."""
    start = time.process_time()
    open_workspace(folder).check(datetime.date(2026, 1, 1))
    return time.process_time() - start


def main() -> None:
    """Measure fifteen times in turn, and print the medians."""
    folder = Path(sys.argv[1])
    records = paths(folder)
    loaded = [load(path.read_text()) for _, path in records]
    whole(folder)
    gc.disable()  # as the command does
    floors, wholes = [], []
    for _ in range(15):
        gc.collect()
        floors.append(floor(records, loaded))
        gc.collect()
        wholes.append(whole(folder))
    # Each check is held against the floor just before it, since machines change their pace.
    low, high = statistics.median(floors), statistics.median(wholes)
    ratio = statistics.median(high / low for low, high in zip(floors, wholes, strict=True))
    print(f"{len(records)} records: floor {low:.3f} s, check {high:.3f} s, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
