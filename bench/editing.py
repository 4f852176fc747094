"""How fast an editor is answered: `govkit lsp` over its real streams, on the texts of a folder.

    python bench/editing.py [FOLDER] [RUNS]

Opening a folder, the first findings of a page, a keystroke until its findings, completion: wall
times as an editor has them, the median and the worst of RUNS (default 20), and the processor time
of the server for each. The folder is copied.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.lsp.talking import Talk


def processor(talk: Talk) -> float:
    """Return the processor time of the server so far, in milliseconds (Linux)."""
    fields = Path("/proc", str(talk.server.pid), "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def measured(talk: Talk, name: str, bar: float, runs: int, once: Callable[[int], object]) -> None:
    """Run something several times and print how long it took, in milliseconds."""
    took = []
    before = processor(talk)
    for number in range(runs):
        begun = time.perf_counter()
        once(number)
        took.append((time.perf_counter() - begun) * 1000)
    spent = (processor(talk) - before) / runs
    told = f"median {statistics.median(took):6.1f} ms  worst {max(took):6.1f} ms"
    print(f"{name:<44} {told}  processor {spent:5.1f} ms  bar {bar:.0f} ms", flush=True)


def main(folder: Path, runs: int) -> None:
    """Measure on a copy of a folder."""
    with tempfile.TemporaryDirectory() as made:
        root = Path(made, "texts")
        for name in ("governance", "provisions", "recommendations", "registers", "translations"):
            if (folder / name).is_dir():
                shutil.copytree(folder / name, root / name)
        pages = sorted(root.glob("provisions/*/*.yaml"))
        talk = Talk(root)
        uri = opening(talk, pages[0], sum(1 for _ in root.rglob("*.yaml")))
        measured(talk, "first findings of a page, and closing it", 300, runs, first(talk, pages))
        text = pages[0].read_text()

        def keystroke(number: int) -> None:
            talk.type(uri, text.replace(" must ", " shall " + "x" * number + " must ", 1), number)
            talk.news(uri)

        measured(talk, "a keystroke in a clause until its findings", 100, runs, keystroke)
        talk.type(uri, text)
        talk.news(uri)
        at = next(n for n, line in enumerate(text.split("\n")) if "(term:" in line)
        column = text.split("\n")[at].index("(term:") + len("(term:")
        place = {"textDocument": {"uri": uri}, "position": {"line": at, "character": column}}
        for name, question in (("completion of a term", "completion"), ("hover", "hover")):
            measured(talk, name, 50, runs, lambda _, asked=question: answered(talk, asked, place))
        talk.end()


def opening(talk: Talk, page: Path, count: int) -> str:
    """Open the first page, and with it the folder; return its address."""
    begun = time.perf_counter()
    uri = talk.open(page, page.read_text() + "bad: 1\n")
    talk.news(uri)
    took = (time.perf_counter() - begun) * 1000
    spent = processor(talk)
    print(
        f"opening {count} files, all findings: {took:.0f} ms; with the start, {spent:.0f} processor"
    )
    talk.type(uri, page.read_text())
    talk.news(uri)
    return uri


def first(talk: Talk, pages: list[Path]) -> Callable[[int], object]:
    """Return what opens another page, with a mistake in it, and closes it again."""

    def once(number: int) -> None:
        page = pages[1 + number % (len(pages) - 1)]
        opened = talk.open(page, page.read_text() + f"bad_{number}: 1\n")
        talk.news(opened)
        talk.tell("textDocument/didClose", textDocument={"uri": opened})
        talk.news(opened)

    return once


def answered(talk: Talk, question: str, place: dict[str, Any]) -> None:
    """Ask about a place, and wait for the answer."""
    assert talk.ask(f"textDocument/{question}", **place)["result"]


if __name__ == "__main__":
    given = [*sys.argv[1:]]
    main(Path(given[0] if given else "."), int(given[1]) if len(given) > 1 else 20)
