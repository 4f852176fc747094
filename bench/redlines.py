"""Redlines of govkit beside those of its peers, on ten pairs of drafted legal texts.

    make bench                     sets the peers up in .venv-bench and measures
    python bench/redlines.py       measures again
    python bench/redlines.py 3     shows the redlines of the third pair

Counted for each: hunks (changed places), numbers, dates and negated verbs that a hunk cuts in two,
characters that are marked as changed, and moved sentences or items that are shown as moved. The
times are processor time, of all ten pairs together and of one long pair; git is a process for each
pair.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

PEER_PYTHON = Path(__file__).resolve().parents[1] / ".venv-bench" / "bin" / "python"
RUNS = 9
MOVED = 3
"""How many sentences or items move in the ten pairs."""

PAIRS = {
    "a period": (
        "The platform must answer a complaint within thirty (30) days of the day on which it was "
        "received.",
        "The platform must answer a complaint within fourteen (14) days of the day on which it was "
        "received.",
    ),
    "a permission forbidden": (
        "The platform may share these data with its partners where the user has been informed.",
        "The platform may not share these data with its partners unless the user has agreed.",
    ),
    "a date and an amount": (
        "From 10 October 2026, the fee is at most EUR 10 000 a year, and 2.5 % of it is reserved.",
        "From 10 January 2027, the fee is at most EUR 12 000 a year, and 3.5 % of it is reserved.",
    ),
    "a row of duties": (
        "The notice must name the clause, the reasons and the day from which the change applies.",
        "The notice must name the clause, the facts, the reasons, the means of redress and the day "
        "from which the change applies.",
    ),
    "a sentence moved": (
        "A notice must be clear. It must reach each user in time, by a means that the user reads. "
        "It must name the day of the change. It must say what the user can do about the change, "
        "and until when.",
        "A notice must be clear. It must name the day of the change. It must say what the user can "
        "do about the change, and until when. It must reach each user in time, by a means that "
        "the user reads.",
    ),
    "items put in another order": (
        "The decision must state:\n\n(a) the content or the account that it concerns;\n(b) the "
        "facts on which it rests, and how they came to be known;\n(c) whether a machine took part "
        "in it;\n(d) how the user can complain.",
        "The decision must state:\n\n(a) whether a machine took part in it;\n(b) the content or "
        "the account that it concerns;\n(c) the facts on which it rests, and how they came to be "
        "known;\n(d) how the user can complain.",
    ),
    "a clause rewritten": (
        "Users can appeal. The platform decides about appeals at its own discretion. Its decision "
        "is final.",
        "Users can appeal. A person who had no part in the first decision looks at each appeal, "
        "hears both sides and gives reasons. Its decision is final.",
    ),
    "an exception and a condition": (
        "The platform must delete the data of a user who leaves.",
        "Where a user leaves, the platform must delete the data of that user within 30 days, "
        "unless a court has ordered that they be kept.",
    ),
    "a text of several sections": (
        "1. Changes. The platform may change these terms at any time. A change takes effect 14 "
        "days after it was published.\n\n2. Content. The user keeps all rights in what the user "
        "posts. The platform shall not sell it.\n\n3. Data. Data are kept until 31 December 2027. "
        "They are kept in two places, and no third party can read them.",
        "1. Changes. The platform may change these terms for a good reason only. A change takes "
        "effect 30 days after it was published.\n\n2. Reports. Once a year, the platform says how "
        "often it removed content, and why.\n\n3. Content. The user keeps all rights in what the "
        "user posts. The platform shall not sell it or lend it.\n\n4. Data. They are kept in two "
        "places, and no third party can read them. Data are kept until 30 June 2027.",
    ),
    "another language": (
        "Le fournisseur ne doit pas conserver les données de l'utilisateur pendant plus de trente "
        "(30) jours à compter du 1er mars 2026.",
        "Le fournisseur doit conserver les données de l'utilisateur pendant soixante (60) jours à "
        "compter du 15 avril 2026.",
    ),
}

Pieces = list[tuple[str, str]]
"""A redline as (sign, text): `=`, `-`, `+`, and `<` or `>` for what moved from or to here."""


def long_pair() -> tuple[str, str]:
    """Two texts of 10,000 words; one word in twenty differs."""
    chance = random.Random(2026)
    words = [word for old, _ in PAIRS.values() for word in old.split()]
    old = [chance.choice(words) for _ in range(10_000)]
    new = [chance.choice(words) if chance.random() < 0.05 else word for word in old]
    return " ".join(old), " ".join(new)


# --- the four -----------------------------------------------------------------------------------


def govkit(old: str, new: str) -> Pieces:
    """Return the redline of govkit."""
    from govkit.corpus.redline.compare import redline

    found = redline(old, new)
    moved = {at for pair in found.moved for at in pair}
    pieces: Pieces = []
    for at, (op, gone, come) in enumerate(found.operations):
        signs = "<>" if at in moved else "-+"
        if op == "equal":
            pieces.append(("=", gone))
        else:
            pieces += [(signs[0], gone)] if gone else []
            pieces += [(signs[1], come)] if come else []
    return pieces


def redlines(old: str, new: str) -> Pieces:
    """Return the redline of the package of that name."""
    from redlines import Redlines

    pieces: Pieces = []
    for change in json.loads(Redlines(old, new).output_json())["changes"]:
        if change["type"] == "equal":
            pieces.append(("=", change["text"]))
            continue
        gone = change.get("source_text", change.get("text") if change["type"] == "delete" else "")
        come = change.get("test_text", change.get("text") if change["type"] == "insert" else "")
        pieces += [("-", gone)] if gone else []
        pieces += [("+", come)] if come else []
    return pieces


def diff_match_patch(old: str, new: str) -> Pieces:
    """Return the diff of diff-match-patch after its clean-up for people."""
    from diff_match_patch import diff_match_patch as Differ  # noqa: N812

    differ = Differ()
    differ.Diff_Timeout = 0
    diffs = differ.diff_main(old, new)
    differ.diff_cleanupSemantic(diffs)
    return [({0: "=", -1: "-", 1: "+"}[op], text) for op, text in diffs]


def git(old: str, new: str) -> Pieces:
    """Return the word diff of git; it leaves white space out."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("old", old), ("new", new)):
            Path(folder, name).write_text(text + "\n", encoding="utf-8")
        command = ["git", "diff", "--no-index", "--word-diff=porcelain", "-U1000", "old", "new"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    lines = done.stdout.split("\n@@", 1)[-1].split("\n")[1:]
    return [(line[0].replace(" ", "="), line[1:]) for line in lines if line[:1] in tuple(" -+")]


OURS: dict[str, Callable[[str, str], Pieces]] = {"govkit": govkit, "git --word-diff": git}
PEERS = {"redlines": redlines, "diff-match-patch": diff_match_patch}


def measured(tools: dict[str, Callable[[str, str], Pieces]]) -> dict[str, dict[str, object]]:
    """Return for each tool its redlines of the ten pairs, and the median of its seconds."""
    said: dict[str, dict[str, object]] = {}
    for name, tool in tools.items():
        pieces = [tool(*pair) for pair in PAIRS.values()]
        long = long_pair()
        said[name] = {
            "pieces": pieces,
            "seconds": seconds(lambda tool=tool: [tool(*pair) for pair in PAIRS.values()], RUNS),
            "long": seconds(lambda tool=tool, long=long: tool(*long), 3),
        }
    return said


def seconds(act: Callable[[], object], runs: int) -> float:
    """Return the median processor time of an act and of the processes that it starts."""
    times = []
    for _ in range(runs):
        start = processor_time()
        act()
        times.append(processor_time() - start)
    return statistics.median(times)


def processor_time() -> float:
    """Return the seconds that this process and those that it started have used so far."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


# --- what is counted ----------------------------------------------------------------------------


def hunks(pieces: Pieces) -> int:
    """Return how many places are marked as changed."""
    return sum(1 for same, _ in groupby(pieces, lambda piece: piece[0] == "=") if not same)


def marked(pieces: Pieces) -> int:
    """Return how many characters, white space aside, are marked as changed."""
    return sum(len("".join(text.split())) for sign, text in pieces if sign != "=")


def cut(pieces: Pieces, old: str, new: str) -> int:
    """Return how many numbers, dates and negated verbs are neither whole nor untouched."""
    from govkit.corpus.redline.tokens import tokens_of

    count = 0
    for text, own in ((old, "=-<"), (new, "=+>")):
        ends = set()
        at = 0
        for _, group in groupby((p for p in pieces if p[0] in own), lambda piece: piece[0]):
            at += sum(len("".join(piece[1].split())) for piece in group)
            ends.add(at)
        at = 0
        for token in tokens_of(text):
            size = len("".join(token.text.split()))
            whole = token.kind in ("number", "date") or len(token.text.split()) > 1
            count += whole and any(at < end < at + size for end in ends)
            at += size
    return count


def table(said: dict[str, dict[str, object]]) -> str:
    """Return the figures as a Markdown table."""
    rows = [
        "| | hunks | numbers, dates, negations cut | characters marked | moves shown | ten pairs "
        "| 10,000 words |",
        "| --- | --: | --: | --: | --: | --: | --: |",
    ]
    for name, found in said.items():
        all_pieces: list[Pieces] = found["pieces"]  # type: ignore[assignment]
        pairs = list(zip(all_pieces, PAIRS.values(), strict=True))
        moves = sum(sign == "<" for pieces in all_pieces for sign, _ in pieces)
        rows.append(
            f"| {name} | {sum(map(hunks, all_pieces))} "
            f"| {sum(cut(pieces, *pair) for pieces, pair in pairs)} "
            f"| {sum(map(marked, all_pieces)):,} | {moves} of {MOVED} "
            f"| {found['seconds']:.4f} s | {found['long']:.3f} s |"
        )
    return "\n".join(rows)


def shown(pieces: Pieces) -> str:
    """Return a redline in one text with brackets."""
    return "".join(text if sign == "=" else f"[{sign}{text}{sign}]" for sign, text in pieces)


def main() -> None:
    """Measure all four and print the table, or one pair as each shows it."""
    if sys.argv[1:] == ["peers"]:
        sys.path.pop(0)  # This file has the name of the package that it measures.
        print(json.dumps(measured(PEERS)))
        return
    told = subprocess.run(
        [str(PEER_PYTHON), __file__, "peers"], capture_output=True, text=True, check=True
    )
    said = {**measured(OURS), **json.loads(told.stdout)}
    if sys.argv[1:]:
        for name, found in said.items():
            print(f"--- {name}\n{shown(found['pieces'][int(sys.argv[1]) - 1])}\n")
        return
    print(table(said))


if __name__ == "__main__":
    main()
