"""govkit check beside its peers, on the same texts, in one run: whole processes, in turn.

    make bench                      sets the peers up in .venv-bench and measures
    python bench/peers.py 1000 5    1,000 provisions, five runs of each

The peers look at less: check-jsonschema holds the files against the exported schema (no links),
yamllint looks at style only, `doorstop -F` checks items of its own format with the same words and
links, which it has reviewed before (on new ones it would write). The order turns from run to run,
so that a machine that slows down slows all of them.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import generate

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / ".venv-bench" / "bin"
GIT = ["git", "-c", "user.name=Bench", "-c", "user.email=bench@example.org"]


class Took(NamedTuple):
    """Seconds of the clock, and seconds of processor time, which other work disturbs less."""

    wall: float
    processor: float


def run(words: list[str], folder: Path) -> Took:
    """Run a command whose words are discarded, and return how long it took."""
    environment = os.environ | {"PATH": f"{PEERS}{os.pathsep}{os.environ['PATH']}"}
    start, before = time.perf_counter(), os.times()
    subprocess.run(words, cwd=folder, env=environment, capture_output=True, check=False)
    wall, after = time.perf_counter() - start, os.times()
    user = after.children_user - before.children_user
    return Took(wall, user + after.children_system - before.children_system)


def doorstop_items(count: int, folder: Path) -> None:
    """Write the texts as items of doorstop, let it review them once, and commit."""
    (folder / "req").mkdir(parents=True)
    (folder / "req" / ".doorstop.yml").write_text(
        "settings:\n  digits: 5\n  prefix: BEN\n  sep: ''\n", encoding="utf-8"
    )
    texts = [text for path, text in generate.files(count).items() if "/due-process/" in path]
    for number, text in enumerate(texts, 1):
        words = [line.strip() for line in text.splitlines() if line.startswith("  ")]
        earlier = sorted({max(1, number // step) for step in (2, 3, 5)} - {number})
        links = "".join(f"- BEN{other:05d}\n" for other in earlier) or "[]\n"
        (folder / "req" / f"BEN{number:05d}.yml").write_text(
            f"active: true\nderived: false\nheader: ''\nlevel: 1.{number}\n"
            f"links:{chr(10) if earlier else chr(32)}{links}"
            "normative: true\nref: ''\nreviewed: null\ntext: |\n"
            + "".join(f"  {line.replace('#', '')}\n" for line in words),
            encoding="utf-8",
        )
    subprocess.run([*GIT, "init", "-q"], cwd=folder, check=True)
    for words in (["doorstop", "clear", "all"], ["doorstop", "review", "all"], ["doorstop"]):
        run([str(PEERS / words[0]), *words[1:]], folder)
    subprocess.run([*GIT, "add", "-A"], cwd=folder, check=True)
    subprocess.run([*GIT, "commit", "-qm", "Items"], cwd=folder, check=True, capture_output=True)


def commands(texts: Path, items: Path) -> dict[str, tuple[list[str], Path]]:
    """Return each command with the folder it runs in."""
    files = sorted(str(path) for path in (texts / "provisions" / "due-process").glob("*.yaml"))
    schema = str(ROOT / "schemas" / "provision.schema.json")
    return {
        "govkit check": ([str(ROOT / ".venv/bin/govkit"), "check"], texts),
        "check-jsonschema": (
            [str(PEERS / "check-jsonschema"), "--schemafile", schema, *files],
            texts,
        ),
        "yamllint": ([str(PEERS / "yamllint"), "-d", "relaxed", "."], texts),
        "doorstop -F": ([str(PEERS / "doorstop"), "-F"], items),
    }


def main() -> None:
    """Measure, and print medians and ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate.write(count, folder / "texts")
        doorstop_items(count, folder / "items")
        measured: dict[str, list[Took]] = {}
        everything = list(commands(folder / "texts", folder / "items").items())
        for turn in range(rounds + 1):  # the first round warms up
            for title, (words, place) in everything:
                took = run(words, place)
                if turn:
                    measured.setdefault(title, []).append(took)
            everything = [*everything[1:], everything[0]]
        print(f"{count} provisions, {rounds} runs of each: medians, and how many times govkit's")
        for kind in Took._fields:
            seconds = {
                title: statistics.median(getattr(took, kind) for took in all_of)
                for title, all_of in measured.items()
            }
            print(f"seconds of {kind} time")
            for title, middle in seconds.items():
                print(f"  {title:18} {middle:7.2f}  {middle / seconds['govkit check']:5.1f} x")
        shutil.rmtree(folder / "items", ignore_errors=True)


if __name__ == "__main__":
    main()
