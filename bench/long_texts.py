"""Two texts of a megabyte in every format of `diff --plain`: processor time and memory.

    python bench/long_texts.py           one word in a thousand, a hundred, and twenty differs
    python bench/long_texts.py pdf       as a PDF, too: some hundred pages, and minutes

The texts are made of invented words, the same on every machine.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOVKIT = Path(sys.executable).with_name("govkit")
SIZE = 1 << 20
COMMON = (
    "the",
    "of",
    "to",
    "and",
    "in",
    "a",
    "that",
    "is",
    "for",
    "it",
    "may",
    "must",
    "not",
    "shall",
    "be",
    "by",
    "on",
    "with",
    "as",
    "user",
    "days",
)


def text_pair(size: int = SIZE, differs: float = 0.05) -> tuple[str, str]:
    """Return two texts of about `size` bytes in paragraphs; that part of the words differs."""
    chance = random.Random(2026)
    syllables = [first + second for first in "bcdfghjklmnprstv" for second in "aeiou"]
    rare = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(8000)]

    def word() -> str:
        return chance.choice(COMMON if chance.random() < 0.5 else rare)

    paragraphs: list[list[str]] = []
    left = size * 19 // 20  # the new text may be longer
    while left > 0:
        sentences = [[word() for _ in range(chance.randint(8, 30))] for _ in range(3)]
        words = [f"{w}." if w is s[-1] else w for s in sentences for w in s]
        words[0] = words[0].capitalize()
        paragraphs.append(words)
        left -= sum(map(len, words)) + len(words) + 1
    new = [[word() if chance.random() < differs else w for w in words] for words in paragraphs]
    return tuple("\n\n".join(map(" ".join, side)) for side in (paragraphs, new))  # type: ignore[return-value]


def measured(format_: str, old: Path, new: Path, target: Path) -> tuple[float, float, float]:
    """Return the seconds of processor time, those on the wall, and the megabytes of one run."""
    words = [GOVKIT, "diff", "--plain", old, new, "--format", format_, "-o", target]
    start = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, format_
    return used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024


def loop() -> float:
    """Return the seconds of ten million empty rounds: how quick this machine is just now."""
    start = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    for _ in range(10_000_000):
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime - start


def main() -> None:
    """Measure each format once and print a row for it."""
    with tempfile.TemporaryDirectory() as folder:
        sides = [Path(folder, name) for name in ("old.md", "new.md")]
        print(f"ten million empty rounds: {loop():.2f} s")
        for one_in in (1000, 100, 20):
            for path, text in zip(sides, text_pair(differs=1 / one_in), strict=True):
                path.write_text(text, encoding="utf-8")
            print(f"one word in {one_in} differs")
            for format_ in ("text", "md", "html", "json", *sys.argv[1:]):
                cpu, wall, megabytes = measured(format_, *sides, Path(folder, f"out.{format_}"))
                print(
                    f"  {format_:5} {cpu:6.2f} s of processor time"
                    f" {wall:6.2f} s {megabytes:5.0f} MB"
                )


if __name__ == "__main__":
    main()
