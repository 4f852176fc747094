"""How fast an editor is answered: `govkit lsp` over its real streams, on the texts of a folder.

    python bench/editing.py [FOLDER] [RUNS]

Opening a folder, the first findings of a page, a keystroke until its findings, completion. Wall
times as an editor has them, the median and the worst of RUNS (default 20). The folder is copied.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.lsp.talking import Talk


def measured(name: str, bar: float, runs: int, once: Callable[[int], object]) -> None:
    """Run something several times and print how long it took, in milliseconds."""
    took = []
    for number in range(runs):
        begun = time.perf_counter()
        once(number)
        took.append((time.perf_counter() - begun) * 1000)
    told = f"median {statistics.median(took):6.1f} ms  worst {max(took):6.1f} ms"
    print(f"{name:<46} {told}  bar {bar:.0f} ms", flush=True)


def main(folder: Path, runs: int) -> None:
    """Measure on a copy of a folder."""
    with tempfile.TemporaryDirectory() as made:
        root = Path(made, "texts")
        for name in ("governance", "provisions", "recommendations", "registers", "translations"):
            if (folder / name).is_dir():
                shutil.copytree(folder / name, root / name)
        pages = sorted(root.glob("provisions/*/*.yaml"))
        begun = time.perf_counter()
        talk = Talk(root)
        print(f"start of the server: {(time.perf_counter() - begun) * 1000:.0f} ms")
        begun = time.perf_counter()
        uri = talk.open(pages[0], pages[0].read_text() + "bad: 1\n")
        talk.news(uri)
        took = (time.perf_counter() - begun) * 1000
        print(f"opening the folder, all findings: {took:.0f} ms, {len(list(root.rglob('*.yaml')))} files")
        talk.type(uri, pages[0].read_text())
        talk.news(uri)

        def first(number: int) -> None:
            page = pages[1 + number % (len(pages) - 1)]
            opened = talk.open(page, page.read_text() + f"bad_{number}: 1\n")
            talk.news(opened)
            talk.tell("textDocument/didClose", textDocument={"uri": opened})
            talk.news(opened)

        measured("first findings of a page, and closing it", 300, runs, first)
        text = pages[0].read_text()

        def keystroke(number: int) -> None:
            talk.type(uri, text.replace(" must ", " shall " + "x" * number + " must ", 1), number)
            talk.news(uri)

        measured("a keystroke in a clause until its findings", 100, runs, keystroke)
        talk.type(uri, text)
        talk.news(uri)
        term = next(at for at in root.glob("registers/terms/platform*.yaml"))
        of_term = talk.open(term)

        def in_term(number: int) -> None:
            words = term.read_text().replace("definition: ", "definition: " + "x" * number, 1)
            talk.type(of_term, words + f"bad_{number}: 1\n")
            talk.news(of_term)

        measured("a keystroke in the term most used, broken", 100, runs, in_term)
        talk.type(of_term, term.read_text())
        talk.news(of_term)
        at = next(n for n, line in enumerate(text.split("\n")) if "(term:" in line)
        column = text.split("\n")[at].index("(term:") + len("(term:")
        place = {"textDocument": {"uri": uri}, "position": {"line": at, "character": column}}

        def completed(_: int) -> None:
            assert talk.ask("textDocument/completion", **place)["result"]

        measured("completion of a term", 50, runs, completed)

        def hovered(_: int) -> None:
            assert talk.ask("textDocument/hover", **place)["result"]

        measured("what a word names", 50, runs, hovered)
        talk.end()


if __name__ == "__main__":
    given = [*sys.argv[1:]]
    main(Path(given[0] if given else "."), int(given[1]) if len(given) > 1 else 20)
