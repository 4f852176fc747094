"""What came of bringing two logs together, and what a person is told about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from govkit.errors import WrongUse
from govkit.records.log import LogEntry
from govkit.records.record_kind import PROPOSALS


@dataclass
class MergedLog:
    """What is to be written, and what the person is told.

    `renamed` are records of mine whose number the others had given too. `dropped` are entries that
    the others had made as well, or that the person gave up. `left` are files that only git can
    bring together, `joined` those that both sides signed.
    """

    theirs: int = 0
    entries: list[LogEntry] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    renumbered: dict[str, str] = field(default_factory=dict)
    """Proposals of mine whose number the others had given, too: the old and the new one."""
    files: dict[str, bytes | None] = field(default_factory=dict)


def undecided(conflicts: Sequence[tuple[str, str]]) -> WrongUse:
    """Return that both sides changed files, by path and why, and what people can do."""
    path = conflicts[0][0]
    return _for_people(
        conflicts,
        "Talk with the other coordinator. Then say for each file which side stands: "
        f"`govkit intake --resume --theirs {path}` gives your change up (make it again afterwards),"
        f" `--mine {path}` puts yours in the place of theirs. Nothing was changed.",
    )


def already_told(conflicts: Sequence[tuple[str, str]]) -> WrongUse:
    """Return that proposals of both sides have one number, and what people can do."""
    path = conflicts[0][0]
    return _for_people(
        conflicts,
        "Two proposals can't have one number, and theirs was pushed. Either yours gets the next "
        f"one (`govkit intake --resume --mine {path}`): tell everybody to whom you wrote, and let "
        f"those who signed sign again. Or give it up (`--theirs {path}`), and open it anew. "
        "Nothing was changed.",
    )


def words_of(done: MergedLog) -> list[str]:
    """Return what a person is told after two logs were brought together."""
    words = []
    if not done.files:
        words.append("The two logs are together already. Nothing was changed.")
    for old, new in sorted(done.renumbered.items()):
        words.append(
            f"Both of you opened {old}: yours is {new} now, with all that belongs to it. If you "
            f"have written a mail about it, put {new} in the place of {old} before you send it."
        )
    moved = tuple(f"{PROPOSALS}/{id}/" for id in done.renumbered)
    for old, new in sorted(done.renamed.items()):
        if old.startswith(moved):
            continue
        words.append(f"Renamed, since the others gave this number too: {old} is now {new}")
    words += [f"Left out: {each}" for each in done.dropped]
    # Git sees two changes of one place, though the file holds both signatures already.
    words += [
        f"Both of you signed {path}, and both signatures stand in it. Where `git pull` stops at "
        "it, run `govkit intake --resume` once more, then: git add -A governance && git commit"
        for path in done.joined
    ]
    words += [f"Both sides changed it; git will ask you: {path}" for path in done.left]
    return words


def _for_people(conflicts: Sequence[tuple[str, str]], way_out: str) -> WrongUse:
    listed = "; ".join(f"{path}: {why}" for path, why in conflicts)
    return WrongUse(f"only people can decide this: {listed}", way_out)
