"""Verifying a large release with a sealed log, timed once. Making it takes some minutes.

    python bench/verifying.py FOLDER [PROVISIONS MEMBERS PROPOSALS]

Each member gives one position to each proposal, and a second coordinator vouches for it by a
signature. FOLDER keeps what was made, so a second run only measures. Prints the number of files and
of entries, and the seconds of processor time, of git and govkit together.
"""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.release.verifying import large, scene


def made(folder: Path, provisions: int, members: int, proposals: int) -> Path:
    """Return the clone with the published release; make it where it is not there."""
    root = folder / "agora"
    if not root.is_dir():
        with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
            large.released(
                folder, provisions=provisions, members=members, proposals=proposals, positions=1
            )
    return root


def seconds(root: Path) -> float:
    """Return the processor time of one verifying, without building the books again."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [
        str(Path(sys.executable).with_name("govkit")),
        "-C",
        str(root),
        "release",
        "verify",
        str(scene.NAME),
        "--no-rebuild",
        "--now",
        scene.NOW.isoformat().replace("+00:00", "Z"),
    ]
    subprocess.run(command, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure three times, and print the least."""
    numbers = [int(each) for each in sys.argv[2:5]] or [100, 100, 10]
    root = made(Path(sys.argv[1]), *numbers)
    listed = subprocess.run(
        ["git", "ls-files", "governance", "provisions", "registers"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    entries = sum(each.startswith("governance/log/0") for each in listed)
    least = min(seconds(root) for _ in range(3))
    print(f"{len(listed):,} files, {entries:,} entries of the log: {least:.1f} s")


if __name__ == "__main__":
    main()
