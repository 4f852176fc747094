"""Measures the classes of changes on public histories, whose authors say what each commit is.

    python bench/histories.py GIT_DIRECTORY HISTORY [--most COMMITS]

Whoever measures fetches the repository (`git clone --bare`); none of its words are kept here. A
pair is the old and the new text of one changed file, its label comes from the title of the commit.
docs/benchmark.md has the method and what was measured.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from govkit.corpus.changes.plain import plain_texts_change
from govkit.corpus.redline.compare import redline
from govkit.corpus.redline.operations import accepted, rejected

LARGEST = 150_000


class History(NamedTuple):
    """Which files of a repository are read, and how its authors label their commits."""

    folder: str
    editorial: str
    other: str
    language: str = "en"


_NO_CHANGE_OF_WORDS = r"link|format|lint|merge|heading|version|move|rename|redirect|sync"
HISTORIES = {
    "ethereum/EIPs": History(
        "EIPS",
        r"typo|spelling|misspell|grammar",
        r"link|format|\bCI\b|move|status|header|last call|final|lint|automatically",
    ),
    "publiccodenet/standard": History("criteria", r"typo|spelling|grammar", r"^$"),
    "basecamp/policies": History(
        "", r"typo|spelling|misspell|grammar|wordsmith|copy edit", _NO_CHANGE_OF_WORDS
    ),
    "github/site-policy": History(
        "", r"typo|spelling|misspell|grammar|wordsmith|copy edit", _NO_CHANGE_OF_WORDS
    ),
    "cabforum/servercert": History(
        "docs", r"clean-?up|typo|automation|pandoc", r"^(?!.*(?:ballot|SC-?\d))"
    ),
    # The French Civil Code: each commit is an act that amends it.
    "steeve/france.code-civil": History("", r"typo|orthographe", r"README|^Fix", "fr"),
}
"""A title that fits `editorial` is editorial; one that fits `other` has no label; the rest are
substantive."""


def label_of(history: History, title: str) -> str:
    """Return `editorial`, `substantive`, or nothing where the title says neither."""
    if re.search(history.editorial, title, re.IGNORECASE):
        return "editorial"
    return "" if re.search(history.other, title, re.IGNORECASE) else "substantive"


class Blobs:
    """Reads texts of a repository through one process, which is many times quicker than many."""

    def __init__(self, folder: str) -> None:
        self.process = subprocess.Popen(
            ["git", "--git-dir", folder, "cat-file", "--batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def text(self, blob: str) -> str | None:
        """Return a text, or None where it is missing, too large or not in UTF-8."""
        asks, answers = self.process.stdin, self.process.stdout
        assert asks is not None
        assert answers is not None
        asks.write(f"{blob}\n".encode())
        asks.flush()
        head = answers.readline().split()
        if len(head) != 3:
            return None
        data = answers.read(int(head[2]) + 1)[:-1]
        try:
            return data.decode() if len(data) < LARGEST else None
        except UnicodeDecodeError:
            return None


def _git(folder: str, *arguments: str) -> bytes:
    return subprocess.run(
        ["git", "-c", "core.quotePath=false", "--git-dir", folder, *arguments],
        check=True,
        capture_output=True,
    ).stdout


def commits_of(folder: str, history: History) -> Iterator[tuple[str, str]]:
    """Yield the commits that change texts of the history, newest first, with their titles."""
    where = ["--", history.folder] if history.folder else []
    lines = _git(folder, "log", "--no-merges", "--format=%H %s", "HEAD", *where).decode(
        "utf-8", "replace"
    )
    for line in lines.splitlines():
        commit, _, title = line.partition(" ")
        yield commit, title


def pairs_of(folder: str, commit: str, history: History, blobs: Blobs) -> Iterator[tuple[str, str]]:
    """Yield the old and the new text of each Markdown file that a commit changes."""
    listed = _git(folder, "diff-tree", "-r", "--diff-filter=M", "--no-commit-id", commit).decode(
        "utf-8", "replace"
    )
    for line in listed.splitlines():
        head, path = line.split("\t", 1)
        _, _, old, new, _ = head.split(" ")
        if path.startswith(history.folder) and path.endswith(".md"):
            before, after = blobs.text(old), blobs.text(new)
            if before is not None and after is not None:
                yield before, after


def main() -> None:
    """Print, for each label, how many commits have which class, and what went wrong."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("folder")
    reading.add_argument("history", choices=sorted(HISTORIES))
    reading.add_argument("--most", type=int, default=100_000)
    reading.add_argument(
        "--show", default="", help="print the commits of a label and class: e1, s0"
    )
    given = reading.parse_args()
    history = HISTORIES[given.history]
    classes: dict[str, Counter[int]] = {"editorial": Counter(), "substantive": Counter()}
    asked: Counter[str] = Counter()
    pairs = broken = silent = 0
    blobs = Blobs(given.folder)
    began = time.process_time()
    for commit, title in commits_of(given.folder, history):
        label = label_of(history, title)
        if not label or classes[label].total() >= given.most:
            continue
        floors, questions = [], 0
        for old, new in pairs_of(given.folder, commit, history, blobs):
            change, lined = plain_texts_change(old, new, history.language), redline(old, new)
            broken += accepted(lined) != new or rejected(lined) != old
            pairs += 1
            floors.append(change.floor)
            questions += bool(change.evidence)
            silent += change.floor >= 3 and not change.evidence
        if floors:
            classes[label][max(floors)] += 1
            asked[label] += questions > 0
            if given.show == f"{label[0]}{max(floors)}":
                print(commit[:10], title)
    _report(classes, asked)
    print(f"{pairs} pairs, {broken} whose redline loses a character, {silent} that ask nothing")
    print(f"{time.process_time() - began:.0f} s of processor time", file=sys.stderr)


def _report(classes: dict[str, Counter[int]], asked: Counter[str]) -> None:
    for label, found in classes.items():
        total = found.total()
        shares = ", ".join(f"class {n}: {found[n]} ({found[n] / total:.0%})" for n in sorted(found))
        if total:
            print(f"{label}: {total} commits; {shares}; {asked[label] / total:.0%} ask a question")


if __name__ == "__main__":
    main()
