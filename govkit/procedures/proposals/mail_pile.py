"""Mails that lie before a person, at a door that shows several at once: in memory, and not many.

They come from the browser of that person, or from the folder of this clone. Nothing of them is kept
anywhere until somebody says what becomes of one.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from govkit.errors import GovkitError, WrongUse
from govkit.procedures.proposals.mail_sitting import ArrivedMail, MailSitting
from govkit.source.mail import LARGEST_MAIL
from govkit.source.nearest import advice
from govkit.store.mailboxes import RawMail, mails_in, mails_of
from govkit.workspace import Workspace

MOST_MAILS = 200
"""Mails that lie there at once."""
MOST_BYTES = 64_000_000
"""Bytes of all of them."""
_LONGEST_NAME = 100

Choice = str
"""What becomes of a mail: `take`, `ask`, `note`, `keep` (its words, as a comment), or `away`."""


class Decided(NamedTuple):
    """What a person says of a mail that they saw; `seen` is `ArrivedMail.seen`."""

    choice: Choice
    seen: str


class Outcome(NamedTuple):
    """What became of a mail: its name, whose it is, a sentence, and the notes below it."""

    name: str
    who: str
    words: str
    notes: tuple[str, ...] = ()


@dataclass
class MailPile:
    """The mails, by a digest of their bytes, and what was said of all of them.

    `done` is what became of mails in this run, `told` why one is still here, by its digest.
    `brought` says what came of the last mails that were laid here: `there`, `known` and `automatic`
    ones are not laid here, and `left` are those for which there was no room.
    """

    mails: dict[str, RawMail] = field(default_factory=dict)
    received: datetime.datetime | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    keys_typed: str = ""
    done: list[Outcome] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    brought: Counter[str] = field(default_factory=Counter)

    def begin(self) -> None:
        """Forget what was told of the mails that were laid here before."""
        self.brought, self.told = Counter(), {}

    def bring(self, name: str, file: BinaryIO, sitting: MailSitting) -> None:
        """Lay the mails of a file here. Nothing in its name leads anywhere."""
        last = name.replace("\\", "/").rpartition("/")[2][-_LONGEST_NAME:]
        self._lay(mails_of(last or "mail", file, LARGEST_MAIL), sitting)

    def bring_place(self, place: Path, sitting: MailSitting) -> None:
        """Lay the mails of a folder or mailbox here. Raises `WrongUse` where there is none."""
        self._lay(mails_in(place, LARGEST_MAIL), sitting)

    def _lay(self, raws: Iterable[RawMail], sitting: MailSitting) -> None:
        size = sum(len(each.data) for each in self.mails.values())
        for raw in raws:
            digest = sha256(raw.data).hexdigest()[:32]
            if digest in self.mails:
                self.brought["there"] += 1
                continue
            arrived = sitting.look(raw)
            if _is_over(arrived, sitting):
                known = arrived.sort == "taken-before"
                self.brought["known" if known else "automatic"] += 1
                continue
            if len(self.mails) >= MOST_MAILS or size + len(raw.data) > MOST_BYTES:
                self.brought["left"] += 1
                return  # what comes behind may be a mailbox without end
            self.mails[digest] = raw
            size += len(raw.data)
            self.brought["laid"] += 1

    def looked_at(self, sitting: MailSitting, most: int) -> Iterator[tuple[str, ArrivedMail]]:
        """Yield the first mails as they are now; what is known meanwhile goes."""
        shown = 0
        for digest, raw in [*self.mails.items()]:
            if shown == most:
                return
            arrived = sitting.look(raw)
            if _is_over(arrived, sitting):
                del self.mails[digest]
                continue
            shown += 1
            yield digest, arrived

    def decide(self, decisions: Mapping[str, Decided], sitting: MailSitting) -> Workspace:
        """Do what a person chose, mail by mail, and return the folder as it is then.

        Each is an act of its own, as at `govkit intake`. A mail that would become something else
        than its reader saw stays, and so does one that can't be filed; `told` says why.
        """
        self.begin()
        for digest, decided in decisions.items():
            raw = self.mails.get(digest)
            if raw is None:
                continue
            arrived = sitting.look(raw)
            if arrived.seen != decided.seen:
                self.told[digest] = "What it would become is something else by now. Look again."
                continue
            try:
                outcome = _done(arrived, decided.choice, sitting)
            except GovkitError as cause:
                self.told[digest] = f"{cause.message}. {advice(cause)}"
                if not isinstance(cause, WrongUse):
                    break
                continue
            self.done.append(outcome)
            del self.mails[digest]
        return sitting.workspace


def _is_over(arrived: ArrivedMail, sitting: MailSitting) -> bool:
    """Say whether nobody has to do anything about a mail."""
    if arrived.sort == "taken-before":
        return not sitting.owed.has(arrived.mail)
    return arrived.sort == "automatic"


def choices_for(arrived: ArrivedMail) -> tuple[Choice, ...]:
    """Return what may become of a mail; it may always be put away, or stay."""
    if arrived.sort == "query" and arrived.may_hold_a_comment:
        return ("ask", "keep", "away")
    by_sort: dict[str, tuple[Choice, ...]] = {
        "position": ("take", "ask", "away"),
        "query": ("ask", "away"),
        "free": ("keep", "away"),
        "returned": ("note", "away"),
        "taken-before": ("note", "away"),
    }
    return by_sort.get(arrived.sort, ("away",))


def _done(arrived: ArrivedMail, choice: Choice, sitting: MailSitting) -> Outcome:
    if choice not in choices_for(arrived):
        raise WrongUse("that can't become of this mail", "Choose again")
    who = arrived.member or arrived.mail.sender or "nobody known"
    words, notes = _words_of(arrived, choice, sitting)
    if choice != "away" and arrived.reading is not None:
        for name, place in sitting.outbox.keep_word_files(arrived.raw.data):
            notes = (*notes, f"With it came {name}. If it is one of our texts, changed:")
            notes = (*notes, f"govkit suggest {place}")
    return Outcome(arrived.raw.name, who, words, notes)


def _words_of(
    arrived: ArrivedMail, choice: Choice, sitting: MailSitting
) -> tuple[str, tuple[str, ...]]:
    """Do what was chosen; return the sentence that says so, and what there is to know."""
    if choice == "take":
        taken = sitting.take(arrived)
        assert taken is not None
        counts = "It counts, as things stand." if taken.counts else "It does not count yet."
        drafted = _drafted("The receipt", taken.draft)
        numbered = f"Taken in, number {taken.entries[0].seq} in the log. {counts}"
        return numbered, (*(each.strip() for each in taken.notes), drafted)
    if choice == "ask":
        return "Asked back.", (_drafted("The letter", sitting.ask_back(arrived)),)
    if choice == "keep":
        return "Its words are kept. This files them as a comment:", (sitting.keep_words(arrived),)
    if choice == "note" and arrived.letter is not None:
        sitting.note_returned(arrived)
        return "Noted that it came back.", (arrived.letter.words,)
    if choice == "note":
        sitting.receipt_again(arrived.mail)
        return "The receipt that was missing is written.", ()
    return "Put away. Nothing of it is kept.", ()


def _drafted(what: str, draft: str | None) -> str:
    if draft is None:
        return "There is no one address to answer to, so no letter was written."
    return f"{what} lies in {draft}"
