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

import generate

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / ".venv-bench" / "bin"
GIT = ["git", "-c", "user.name=Bench", "-c", "user.email=bench@example.org"]


def run(words: list[str], folder: Path) -> float:
    """Run a command whose words are discarded, and return its seconds of wall time."""
    environment = os.environ | {"PATH": f"{PEERS}{os.pathsep}{os.environ['PATH']}"}
    start = time.perf_counter()
    subprocess.run(words, cwd=folder, env=environment, capture_output=True, check=False)
    return time.perf_counter() - start


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
            [str(PEERS / "check-jsonschema"), "--schemafile", schema, *files], texts
        ),
        "yamllint": ([str(PEERS / "yamllint"), "-d", "relaxed", "."], texts),
        "doorstop -F": ([str(PEERS / "doorstop"), "-F"], items),
    }  # fmt: skip


def main() -> None:
    """Measure, and print medians and ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate.write(count, folder / "texts")
        doorstop_items(count, folder / "items")
        measured: dict[str, list[float]] = {}
        everything = list(commands(folder / "texts", folder / "items").items())
        for turn in range(rounds + 1):  # the first round warms up
            for title, (words, place) in everything:
                seconds = run(words, place)
                if turn:
                    measured.setdefault(title, []).append(seconds)
            everything = [*everything[1:], everything[0]]
        ours = statistics.median(measured["govkit check"])
        print(f"{count} provisions, {rounds} runs of each, wall seconds")
        for title, seconds in measured.items():
            middle = statistics.median(seconds)
            spread = f"{min(seconds):.2f} to {max(seconds):.2f}"
            print(f"  {title:18} {middle:7.2f}  ({spread})  {middle / ours:5.1f} x govkit")
        shutil.rmtree(folder / "items", ignore_errors=True)


if __name__ == "__main__":
    main()
