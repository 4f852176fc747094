"""Which letters are owed: found in the records at each run, and written once.

What a letter tells is noted in the private folder when its draft is written; so nobody is told the
same twice, however often the command runs and whatever became of the file. What happened long ago
is not told any more: a register that begins to write letters does not tell its whole past.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from govkit.correspondence.ballot_letters import as_eml
from govkit.correspondence.letters import Letter
from govkit.correspondence.mail import Mail
from govkit.languages.catalogue import Messages
from govkit.log.chain import newest_entry_of
from govkit.log.coordinators import charter_of
from govkit.procedures.letters.addressees import Addressee, Addressees
from govkit.procedures.proposals.ballot_outbox import outbox_folder
from govkit.procedures.proposals.returned_mails import returned_addresses
from govkit.source.record_bytes import instant_text
from govkit.store.private_rows import LETTERS, add_row, held, rows_of
from govkit.store.worktree import read_named, write_whole
from govkit.workspace import Workspace

PERIOD = datetime.timedelta(days=60)
"""What is older is told only where an earlier day is named."""
Attached = tuple[str, bytes]


class OwedLetter(NamedTuple):
    """A letter that is owed: what it tells (`tells`), its sort, about what, to whom, and its words.

    `tells` are keys, each of which a person is told once. `write` gives the mail in a language,
    `attach` a file to go with it.
    """

    tells: tuple[str, ...]
    sort: str
    about: str
    to: Addressee
    write: Callable[[Messages], Mail]
    attach: Callable[[], Attached | None] = lambda: None


class LackingAddress(NamedTuple):
    """One who is owed a letter, and whose address nobody has on record: of which sort."""

    who: str
    sort: str
    about: str


Found = Iterator[OwedLetter | LackingAddress]


@dataclass(frozen=True)
class LetterContext:
    """What letters are looked for in: the folder, the moment, and since when things are told."""

    workspace: Workspace
    now: datetime.datetime
    since: datetime.datetime
    again: bool = False
    """Whether letters go to addresses from which a mail came back."""

    @cached_property
    def addressees(self) -> Addressees:
        """Return how people are reached."""
        gone = frozenset[str]() if self.again else returned_addresses(self.workspace.root)
        return Addressees(self.workspace, gone)

    @cached_property
    def told(self) -> frozenset[tuple[str, str]]:
        """Return what was told: by key and person."""
        rows = rows_of(self.workspace.root, LETTERS)
        return frozenset((str(row.get("tells")), str(row.get("to"))) for row in rows)

    @cached_property
    def told_to_somebody(self) -> frozenset[str]:
        """Return what was told to anybody: enough where it is told to one person alone."""
        return frozenset(key for key, _ in self.told)

    def is_new(self, at: datetime.datetime) -> bool:
        """Say whether what happened at a moment is still told."""
        return self.since <= at <= self.now

    def owes(self, key: str, to: Addressee) -> bool:
        """Say whether a person was not told something yet."""
        return (key, to.id) not in self.told

    @cached_property
    def head(self) -> tuple[int, str] | None:
        """Return the newest entry of the log."""
        newest = newest_entry_of(self.workspace.corpus)
        return (newest.seq, newest.digest) if newest is not None else None

    @cached_property
    def coalition(self) -> str:
        """Return the name of the coalition."""
        return charter_of(self.workspace.corpus).name


class OwedLetters(NamedTuple):
    """The letters that are owed, and those to whom one is owed and who can't be reached.

    `returned` are the members who get none, as a mail to each of their addresses came back.
    """

    letters: tuple[OwedLetter, ...]
    lacking: tuple[LackingAddress, ...]
    returned: tuple[str, ...] = ()


class LetterDraft(NamedTuple):
    """A draft: to whom, of which sort, about what, and its file."""

    to: str
    sort: str
    about: str
    file: str


def write_letters(
    workspace: Workspace, letters: Sequence[OwedLetter], folder: Path, now: datetime.datetime
) -> tuple[LetterDraft, ...]:
    """Write letters as drafts into a folder, and note what each tells."""
    if not letters:
        return ()
    written, root = [], workspace.root
    sender = next(iter(charter_of(workspace.corpus).intake.addresses), "")
    with held(root, LETTERS):
        for each in letters:
            for to, said in each.to.lines:
                data = as_eml([each.write(said)], to, sender=sender, attached=each.attach())
                path = _place(folder, f"{each.sort}-{each.about}-{each.to.id}", data)
                write_whole(path, data)
                written.append(LetterDraft(each.to.id, each.sort, each.about, path.name))
            for key in each.tells:
                row = {"tells": key, "to": each.to.id, "draft": written[-1].file}
                add_row(root, LETTERS, row | {"at": instant_text(now)})
    return tuple(written)


def draft_letters(
    workspace: Workspace, about: str, letters: Sequence[Letter]
) -> tuple[tuple[Path, ...], tuple[Letter, ...]]:
    """Write letters that an act has made into the outbox; return the files.

    With them are returned the letters to those who have no address on record.
    """
    people, files, rest = Addressees(workspace), list[Path](), list[Letter]()
    folder = outbox_folder(workspace, None)
    charter = workspace.corpus.charter
    sender = next(iter(charter.intake.addresses), "") if charter else ""
    for each in letters:
        to = people.member(each.to)
        if to is None:
            rest.append(each)
            continue
        for address, _ in to.lines:
            data = as_eml([each.mail], address, sender=sender)
            path = _place(folder, f"{each.about}-{about}-{to.id}", data)
            write_whole(path, data)
            files.append(path)
    return tuple(files), tuple(rest)


def _place(folder: Path, stem: str, data: bytes) -> Path:
    """Return the file for a draft: the one that has it already, or a new one."""
    path, number = folder / f"{stem}.eml", 1
    while path.exists() and read_named(path) != data:
        number += 1
        path = folder / f"{stem}-{number}.eml"
    return path
