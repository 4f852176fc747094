"""`govkit intake MAILS`: ballots that came by mail, one after the other at one desk."""

from __future__ import annotations

import datetime
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.asking import KeyAnswers, on_terminal
from govkit.cli.comment.options import received_at
from govkit.cli.output import say_json
from govkit.cli.patches import must_be_looked_at, patch_desk
from govkit.cli.printing.ballots import ballot_lines, mail_head, own_words, summary_of_mails
from govkit.cli.printing.screen import fitted
from govkit.cli.printing.words import visible
from govkit.cli.registrar import Registrar, entry_as_json
from govkit.cli.session import Progress
from govkit.source.mail import LARGEST_MAIL
from govkit.source.nearest import advice

if TYPE_CHECKING:
    from govkit.procedures.proposals.mail_sitting import ArrivedMail, MailSitting
    from govkit.records.log import LogEntry

_LARGE = 20_000_000
"""Bytes from which on it takes long enough to be shown how far it is."""


def are_mails(names: tuple[str, ...]) -> bool:
    """Say whether the names of things to take in are those of mails."""
    from govkit.store.mailboxes import is_mailbox

    return bool(names) and all(is_mailbox(name) for name in names)


def take_mails(
    registrar: Registrar,
    names: tuple[str, ...],
    *,
    yes: bool,
    dry_run: bool,
    output: str | None,
    received: datetime.datetime | None,
    dkim_key: tuple[str, ...],
) -> int:
    """Read mails one by one, show what each becomes, ask, and file."""
    if not (yes or dry_run) and (not on_terminal() or registrar.as_json):
        raise must_be_looked_at()
    from govkit.procedures.proposals.mail_signatures import keys_in
    from govkit.procedures.proposals.mail_sitting import MailSitting

    if received is not None:
        received = received_at(received, registrar.now)
    keys = keys_in([*map(Path, dkim_key)])
    with registrar.at_desk() as workspace:
        desk = _Desk(
            registrar,
            MailSitting(
                workspace,
                registrar.name(workspace),
                registrar.stamp,
                output=output,
                received=received,
                keys=keys,
                dry_run=dry_run,
            ),
            yes,
        )
        with Progress("Reading") as progress:
            for name in names:
                desk.read_all(Path(name), progress)
        return desk.end()


class _Desk:
    """The table of a sitting: each mail is shown, asked about, and filed by itself."""

    def __init__(self, registrar: Registrar, sitting: MailSitting, yes: bool) -> None:
        self.registrar, self.sitting, self.yes = registrar, sitting, yes
        self.dry_run = sitting.dry_run
        self.entries: list[LogEntry] = []
        self.rows: list[dict[str, Any]] = []
        self.counts: Counter[str] = Counter()
        self.proposals: Counter[str] = Counter()
        self.keys_pressed = KeyAnswers()
        self.patches = patch_desk(
            registrar, sitting.workspace, self._show, self._answer, self.dry_run
        )

    def read_all(self, path: Path, progress: Progress) -> None:
        """Take in the mails of one file or folder; one is held at a time."""
        from govkit.store.mailboxes import mails_in

        for raw in mails_in(path, LARGEST_MAIL):
            if raw.of > _LARGE:
                progress.to(raw.done, raw.of)
            self._one(self.sitting.look(raw))

    def _one(self, arrived: ArrivedMail) -> None:
        by_sort: dict[str, Callable[[ArrivedMail], None]] = {
            "change": self._change,
            "taken-before": self._taken_before,
            "returned": self._returned,
            "position": self._position,
            "refused": self._refused,
            "input": self._input,
            "query": self._query,
            "free": self._free,
            "automatic": lambda each: self._note(each, "automatic"),
        }
        by_sort[arrived.sort](arrived)
        if arrived.reading is not None and arrived.sort != "automatic":
            self._word_files(arrived)

    def _word_files(self, arrived: ArrivedMail) -> None:
        """Name what reads the Word files of a mail: changed words are no ballot and no comment."""
        for name, place in self.sitting.outbox.keep_word_files(arrived.raw.data):
            command = f"govkit suggest {place}" if place else "(written out without --dry-run)"
            self._show([f"  With it came {name}. If it is one of our texts, changed:"])
            self._show([f"    {command}"])
            if self.registrar.as_json:
                self.rows[-1].setdefault("word_files", []).append({"name": name, "file": place})

    def _change(self, arrived: ArrivedMail) -> None:
        """Take in a change that is attached. Words beside it are no position."""
        outcome = self.patches.take(arrived.raw, arrived.mail)
        ballot = self.sitting.has_ballot(arrived.mail)
        if ballot:
            self._show(["  The mail has a ballot, too, which was not read: ask for it apart."])
        self._note(arrived, outcome.became, ballot_left=ballot, **outcome.more)

    def _taken_before(self, arrived: ArrivedMail) -> None:
        self.sitting.receipt_again(arrived.mail)
        self._note(arrived, "taken-before")

    def _returned(self, arrived: ArrivedMail) -> None:
        letter = arrived.letter
        assert letter is not None
        self.sitting.note_returned(arrived)
        draft = f", draft {letter.draft}" if letter.draft else ""
        self._show(["", f"{letter.words}{draft}  ({arrived.raw.name})"])
        self._note(arrived, "returned", member=letter.member or None, lasting=letter.lasting)

    # --- a clear ballot ---------------------------------------------------------------------------

    def _refused(self, arrived: ArrivedMail) -> None:
        cause = arrived.cause
        assert cause is not None
        told = [f"  Refused: {cause.message}", f"  {advice(cause)}"]
        self._show([*mail_head(arrived), *told])
        self._note(arrived, "refused", cause=cause.message)

    def _position(self, arrived: ArrivedMail) -> None:
        self._show([*mail_head(arrived), *ballot_lines(arrived)])
        answer = self._answer("Take it in?", "later" if arrived.has_to_be_read else "yes")
        if answer == "yes":
            self._file(arrived)
        elif answer == "ask":
            self._ask_back(arrived)
        else:
            self._note(arrived, answer)

    def _file(self, arrived: ArrivedMail) -> None:
        ballot = arrived.ballot
        assert ballot is not None
        shown: dict[str, Any] = {
            "level": "E2" if ballot.signed else "E1",
            "unsigned": arrived.unsigned or None,
        }
        taken = self.sitting.take(arrived)
        if taken is None:
            self._note(arrived, "would-take", **shown)
            return
        self.entries += taken.entries
        self.proposals[ballot.proposal] += 1
        number = taken.entries[0].seq
        self._show([f"  Taken in, number {number} in the log.", *map("  {}".format, taken.notes)])
        shown |= {"number": number, "counts": taken.counts, "draft": taken.draft}
        self._note(arrived, "taken", **shown)

    # --- a question, and free words ---------------------------------------------------------------

    def _query(self, arrived: ArrivedMail) -> None:
        said = self.sitting.why_asked(arrived)
        self._show([*mail_head(arrived), f"  Not clear: {said}", *own_words(arrived)])
        if arrived.may_hold_a_comment:
            self._show(["  If these words are a comment, too, file them as well:"])
            self._show([self._kept(arrived)])
        answer = self._answer("Ask back?", "yes")
        if answer in ("yes", "ask"):
            self._ask_back(arrived)
        else:
            self._note(arrived, answer)

    def _ask_back(self, arrived: ArrivedMail) -> None:
        draft = self.sitting.ask_back(arrived)
        if not draft and not self.dry_run:
            self._show(["  There is no one address to answer to, so no letter was written."])
        self._note(arrived, "asked", draft=draft)

    def _free(self, arrived: ArrivedMail) -> None:
        said = "  Free words, no ballot. A comment, if it is one:"
        command = self._kept(arrived)
        self._show([*mail_head(arrived), said, command])
        place = None if self.dry_run else str(self.sitting.outbox.place_of_words(arrived.mail))
        self._note(arrived, "free", file=place)

    def _kept(self, arrived: ArrivedMail) -> str:
        """Return the line that files the words of a mail, which are kept, as a comment."""
        return f"    {self.sitting.keep_words(arrived) or '(written out without --dry-run)'}"

    def _input(self, arrived: ArrivedMail) -> None:
        call, name = arrived.call, shlex.quote(arrived.raw.name)
        self._show([*mail_head(arrived), f"  An answer to the call {call}. To file it:"])
        self._show([f"    govkit call add {name} --call {call}"])
        self._note(arrived, "free", call=call)

    # --- asking and telling -----------------------------------------------------------------------

    def _answer(self, question: str, unasked: str) -> str:
        """Return what the registrar says, by one key; unasked, what is safe."""
        if self.yes or self.dry_run:
            return unasked
        keys = {"y": "yes", "n": "left", "l": "later", "a": "ask"}
        return self.keys_pressed.answer(f"{question} [y]es [n]o [l]ater [a]sk back", keys)

    def _show(self, lines: Iterable[str]) -> None:
        if not self.registrar.as_json:
            for line in lines:
                click.echo(fitted(visible(line)))

    def _note(self, arrived: ArrivedMail, became: str, **more: Any) -> None:
        self.counts[became] += 1
        if not self.registrar.as_json:
            return  # a mailbox may have more mails than memory has room for
        row: dict[str, Any] = {
            "mail": arrived.raw.name,
            "message_id": arrived.mail.message_id,
            "became": became,
        }
        reading = arrived.reading
        if reading is not None and arrived.sort != "automatic":
            row |= {
                "member": reading.member,
                "proposal": reading.form.proposal if reading.form else None,
                "position": reading.stance,
                "texts": list(reading.texts),
                "reason": reading.reason,
                "query": reading.doubt,
            }
        self.rows.append(row | more)

    def end(self) -> int:
        """Say what became of all, and what is to be done next; return the exit code."""
        counts = self.counts
        unclear = any(counts[each] for each in ("asked", "refused", "later", "left"))
        if self.registrar.as_json:
            answer = {
                "version": 1,
                "dry_run": self.dry_run,
                "mails": self.rows,
                "entries": [entry_as_json(each) for each in self.entries],
            }
            say_json(answer)
            return 1 if unclear else 0
        self._show(["", summary_of_mails(counts), *self._next()])
        return 1 if unclear else 0

    def _next(self) -> Iterator[str]:
        if self.dry_run:
            yield "Nothing was written."
            return
        if self.yes and self.counts["later"]:
            yield "Left for later: a person has to read them. Run it on a terminal without --yes."
        outbox = self.sitting.outbox
        if outbox.written:
            yield f"Letters to send: {len(outbox.written)}, in {outbox.folder}"
        if self.entries:
            what = ", ".join(
                f"{count} {'ballot' if count == 1 else 'ballots'} on {id}"
                for id, count in sorted(self.proposals.items())
            )
            yield "Next:"
            yield "  govkit seal"
            yield f'  git add -A governance && git commit -m "Take in {what}" && git push'
            yield "Send the receipts after the push: numbers are final then."
