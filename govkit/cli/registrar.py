"""Who writes in the register, at which moment, and what every command that writes there shares."""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.asking import require_likely_days
from govkit.cli.output import format_option, say_json, with_all
from govkit.cli.printing.screen import fitted
from govkit.cli.printing.words import visible
from govkit.cli.session import InstantType, Session, now_in_utc, pass_session
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.procedures.log.filing import AddedEntry, Basis, Filing, Stamp
    from govkit.procedures.log.register import FilingReceipt
    from govkit.records.log import LogEntry
    from govkit.workspace import Workspace

SETTING = "govkit.member"
VARIABLE = "GOVKIT_MEMBER"


@dataclass(frozen=True)
class Registrar:
    """A coordinator at the desk: who it is, the moment, and how the answer is printed.

    `now` is the moment that is meant, `clock` what the clock of the machine says.
    """

    session: Session
    asked: str | None
    now: datetime.datetime
    clock: datetime.datetime
    as_json: bool

    @property
    def stamp(self) -> Stamp:
        """Return the moment that is put on what is written."""
        from govkit.procedures.log.filing import Stamp

        return Stamp(self.now, self.clock)

    @contextmanager
    def at_desk(self) -> Iterator[Workspace]:
        """Hold the lock of the clone, and open the folder for reading and filing."""
        from govkit.procedures.log.register import open_register

        root = self.session.workspace_root()
        with open_register(root, self.stamp, lambda _: self.session.workspace()) as workspace:
            require_likely_days(workspace.corpus, self.now)
            yield workspace

    @contextmanager
    def writing(self) -> Iterator[tuple[Workspace, str]]:
        """Do the same for a coordinator, and say who it is."""
        with self.at_desk() as workspace:
            yield workspace, self.name(workspace)

    def name(self, workspace: Workspace) -> str:
        """Return the id of the registrar, who has to be a coordinator."""
        from govkit.log.coordinators import require_coordinator

        by = self.claimed(workspace)
        require_coordinator(workspace.corpus, by)
        return by

    def name_or_founder(self, workspace: Workspace) -> str:
        """Return the id of the registrar; before anybody coordinates, of one who will found.

        Members and their keys are written down before the founding, which names them.
        """
        from govkit.log.coordinators import coordinators_of

        return (
            self.name(workspace) if coordinators_of(workspace.corpus) else self.claimed(workspace)
        )

    def receipt(
        self, by: str, came: datetime.datetime | None = None, basis: Basis = "registrar"
    ) -> FilingReceipt:
        """Return who files, when it came and who says so, and when it is written down."""
        from govkit.procedures.log.register import FilingReceipt

        return FilingReceipt(by, came or self.now, self.stamp, basis)

    def claimed(self, workspace: Workspace) -> str:
        """Return who says that they write. Raises `WrongUse` where nobody says it."""
        from govkit.procedures.log.register import member_of_clone

        by = self.asked or os.environ.get(VARIABLE) or member_of_clone(workspace.root)
        if not by:
            raise WrongUse(
                "who writes in the register is not known",
                f"Say it once for this clone: `git config {SETTING} YOUR-MEMBER-ID`. Or add "
                f"--by YOUR-MEMBER-ID, or set {VARIABLE}.",
            )
        return by

    def file(
        self,
        workspace: Workspace,
        filings: Sequence[Filing],
        by: str,
        further: Sequence[AddedEntry] = (),
    ) -> tuple[LogEntry, ...]:
        """File these records, which came now, with their log entries, and return the entries."""
        from govkit.procedures.log.register import file_received

        return file_received(workspace.root, filings, self.receipt(by), further)

    def say(self, words: Sequence[str], entries: Sequence[LogEntry], **more: Any) -> None:
        """Print what was done: sentences and the numbers in the log, or one JSON object."""
        if self.as_json:
            answer = {"version": 1, "entries": [entry_as_json(each) for each in entries], **more}
            say_json(answer)
            return

        numbers = (
            f"Number {each.seq} in the log: {each.kind} {each.path or ''}" for each in entries
        )
        for line in (*words, *numbers):
            click.echo(fitted(visible(line).rstrip()))


def entry_as_json(entry: LogEntry) -> dict[str, Any]:
    """Return a log entry for programs."""
    return {
        "seq": entry.seq,
        "kind": entry.kind,
        "path": entry.path,
        "digest": entry.digest,
        "by": entry.by,
    }


def path_of_filed(registrar: Registrar, workspace: Workspace, what: str) -> str:
    """Return the file of a record that is named, or that a number of the log is about."""
    from govkit.cli.naming import record_named
    from govkit.procedures.proposals.corrections import path_of_number

    if what.isdecimal():
        return path_of_number(workspace, int(what))
    found = record_named(workspace, registrar.session.folder(), what, in_titles=False)
    return found.record.path


def registrar_options(
    command: Callable[..., Any], who: str = "The coordinator who writes this down."
) -> Callable[..., Any]:
    """Give a command --by, --now and --format, and the `Registrar` as its first argument.

    `who` says in the help whom --by names.
    """

    @pass_session
    @functools.wraps(command)
    def with_registrar(
        session: Session,
        /,
        by: str | None,
        now: datetime.datetime | None,
        format_: str,
        **more: Any,
    ) -> Any:
        clock = now_in_utc()
        return command(Registrar(session, by, now or clock, clock, format_ == "json"), **more)

    return with_all(
        click.option(
            "--by", metavar="MEMBER", help=f"{who} Default: {VARIABLE}, or `git config {SETTING}`."
        ),
        now_option,
        format_option("text", "json"),
    )(with_registrar)


now_option = click.option(
    "--now",
    type=InstantType(),
    help="Act as at this moment, as 2026-03-10T12:00:00Z. For tests, and for a stated moment.",
)
