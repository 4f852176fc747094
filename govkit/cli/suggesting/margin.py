"""The comments of a file that came back, filed with the consultation that is open."""

from __future__ import annotations

import datetime
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import click

from govkit.cli.comment.desk import Desk
from govkit.cli.comment.options import received_at
from govkit.cli.comment.tables import FiledPlan, file_plan
from govkit.cli.comment.telling import fault_as_json, say_faults
from govkit.cli.comment.word_files import author_of_margin, margin_table
from govkit.cli.printing.words import number_of, visible
from govkit.cli.registrar import Registrar
from govkit.cli.suggesting.returned_files import ReturnedFile
from govkit.consultation.consultation import Consultation, consultation_of
from govkit.consultation.drafting import author_in
from govkit.consultation.table_import import ImportContext, ImportPlan
from govkit.errors import GovkitError
from govkit.procedures.proposals import ballots
from govkit.proposals.suggestions.values import PlacedComment
from govkit.records.comments import Author
from govkit.source.mail import MailText, read_mail
from govkit.workspace import Workspace


class MarginRequest(NamedTuple):
    """What somebody asked: to file without being asked (`yes`), when the file came, with which
    proposal; `person` is who hands the edits in, as `Name <mail>`.
    """

    yes: bool
    received: datetime.datetime | None
    proposal: str | None
    person: str | None
    dry_run: bool


@dataclass
class MarginComments:
    """The comments of one file, and what becomes of them.

    `registrar` is whoever sits here; who is no coordinator files nothing, and is told who can.
    """

    workspace: Workspace
    registrar: Registrar
    returned: ReturnedFile
    placed: list[PlacedComment]
    request: MarginRequest
    file: str
    why_not: str = ""
    plan: ImportPlan | None = None
    filed: FiledPlan | None = None
    desk: Desk | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Draw the comments up. Raises `WrongUse` where they were asked to be filed and can't."""
        if not self.placed:
            return
        try:
            self.desk = self._opened()
            self.plan = self._planned(self.desk)
        except GovkitError as reason:
            if self.request.yes:
                raise
            self.why_not = reason.message

    @property
    def faults(self) -> bool:
        """Say whether a comment stops all of them from being filed."""
        return self.plan is not None and bool(self.plan.faults)

    def file_them(self, *, asks: bool) -> None:
        """File the comments where somebody says so; a person on a terminal is asked."""
        if self.desk is None or self.plan is None or self.faults or not self.plan.new:
            return
        if not self.request.yes and not (asks and self._asked(self.desk, self.plan)):
            return
        self.filed = file_plan(self.desk, self.plan, self.returned.data)

    def say(self) -> None:
        """Say to a person what was filed, or would be, or how it is filed."""
        if not self.placed:
            return
        click.echo()
        if self.filed is not None and self.desk is not None:
            self.filed.say(self.desk)
            return
        if self.plan is not None and self.plan.faults:
            say_faults(self.plan.faults, self.file)
        for line in self._not_filed():
            click.echo(visible(line))

    def as_json(self) -> dict[str, Any]:
        """Return it for programs."""
        consultation = self._proposal or None
        if self.filed is not None and self.desk is not None:
            return {"consultation": consultation, **self.filed.as_json(self.desk)}
        faults = self.plan.faults if self.plan is not None else ()
        return {
            "consultation": consultation,
            "comments": [],
            "to_file": len(self.plan.new) if self.plan is not None else None,
            "faults": [fault_as_json(each) for each in faults],
            "why_not": self.why_not or None,
        }

    # --- drawing up -------------------------------------------------------------------------------

    def _opened(self) -> Desk:
        registrar, workspace = self.registrar, self.workspace
        consultation = consultation_of(workspace.corpus, self.request.proposal, registrar.now)
        came = received_at(self.request.received, registrar.now)
        desk = Desk(workspace, consultation, registrar, came)
        mail = self._mail
        if mail is not None:
            said = self.request.received and came
            told = ballots.received_at(workspace, mail, said, registrar.now)
            desk = replace(desk, received_at=told.at, basis=told.basis)
        return desk

    @property
    def _mail(self) -> MailText | None:
        return read_mail(self.returned.mail) if self.returned.mail else None

    def _planned(self, desk: Desk) -> ImportPlan:
        author = self._author(desk.consultation)
        table = margin_table(self.placed, desk.consultation, named=False)
        plan = ImportContext(desk.consultation, source="attachment", author=author).plan(table)
        desk.require_begun(draft for _, draft in plan.new)
        if plan.new:
            desk.receipt  # noqa: B018 (says who has to file before anything is asked)
        return plan

    def _author(self, consultation: Consultation) -> Author | None:
        """Return who made the comments that name nobody: who sent the mail, or handed it in."""
        mail = self._mail
        name = mail.name if mail is not None else ""
        if not name and self.request.person:
            name = self.request.person.split("<")[0].strip()
        return author_in(consultation, name.replace(";", ",")) if name else None

    @property
    def _proposal(self) -> str:
        return self.desk.consultation.proposal.id if self.desk is not None else ""

    # --- saying -----------------------------------------------------------------------------------

    def _asked(self, desk: Desk, plan: ImportPlan) -> bool:
        what = number_of(len(plan.new), "comment")
        came = f"{desk.received_at:%Y-%m-%d %H:%M} UTC"
        by = f"by {desk.receipt.by}, received {came}"
        return click.confirm(f"\nFile {what} with proposal {self._proposal}, {by}?", default=False)

    def _not_filed(self) -> Iterator[str]:
        if self.plan is not None and not self.plan.new and not self.faults:
            yield "Each comment in it is filed already."
            return
        if self.plan is not None and self.request.dry_run and not self.faults:
            what = number_of(len(self.plan.new), "comment")
            yield f"--yes files {what} with proposal {self._proposal}; without it you are asked."
            return
        if self.why_not:
            yield f"The comments in it are not filed: {self.why_not}."
        else:
            yield f"The comments in it are not filed with proposal {self._proposal} yet."
        yield "Keep the file. A coordinator files them, each once:"
        file = shlex.quote("FILE" if self.file == "-" else self.file)
        yield f"  govkit comment import {file} --proposal {self._proposal or 'NUMBER'}"
        names = (author_of_margin(each.comment) for each in self.placed)
        if not all(names) and (self.faults or self.desk is None):
            yield "  (who made those without a name: --name NAME or --member MEMBER)"
