"""The desk at which comments are filed: whose it is, for which proposal, and what it says after."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from govkit.cli.comment.options import received_at
from govkit.cli.comment.telling import (
    about,
    comment_as_json,
    drafted_or_shown,
    filed_as_json,
    say_filed,
    say_letters,
    say_remarks,
)
from govkit.cli.output import say_json
from govkit.cli.printing.words import visible
from govkit.cli.registrar import Registrar
from govkit.consultation.consultation import Consultation, consultation_of
from govkit.consultation.drafting import DraftComment
from govkit.correspondence.letters import letter_as_json
from govkit.correspondence.replies import replies_to
from govkit.errors import GovkitError, WrongUse
from govkit.procedures.comments.filing import (
    file_comments,
    require_not_over,
    require_revisions_begun,
)
from govkit.procedures.letters.addressees import Addressees
from govkit.procedures.log.filing import Basis
from govkit.procedures.log.register import FilingReceipt
from govkit.source.gate import LIMIT
from govkit.store.worktree import read_named
from govkit.workspace import Workspace


@dataclass(frozen=True)
class Desk:
    """One call of a command that files."""

    workspace: Workspace
    consultation: Consultation
    registrar: Registrar
    received_at: datetime.datetime
    dry_run: bool = False
    basis: Basis = "registrar"

    @cached_property
    def receipt(self) -> FilingReceipt:
        """Return who files and when it came. Raises `WrongUse` where nobody is known to act."""
        by = self.registrar.name(self.workspace)
        return self.registrar.receipt(by, self.received_at, self.basis)

    def who(self) -> str:
        """Return the coordinator who acts; in a dry run nobody has to."""
        return "nobody" if self.dry_run else self.receipt.by

    def require_begun(self, drafts: Iterable[DraftComment]) -> None:
        """Raise `WrongUse` where words are said to have come before what they are about."""
        drafts = list(drafts)
        require_revisions_begun(self.consultation, drafts, self.received_at, self.registrar.now)
        if drafts:
            require_not_over(self.consultation, self.received_at, self.registrar.now)

    def file(
        self,
        drafts: Sequence[DraftComment],
        snapshot: bytes | None = None,
        remarks: Iterable[str] = (),
        more: dict[str, Any] | None = None,
    ) -> None:
        """File comments and say so. In a dry run, say what would be filed."""
        self.require_begun(drafts)
        told = [*dict.fromkeys([*remarks, *(one for draft in drafts for one in draft.remarks)])]
        letters = replies_to(self.consultation, drafts, Addressees(self.workspace).said_to)
        answer: dict[str, Any] = {
            "version": 1,
            "proposal": self.consultation.proposal.id,
            "letters": [letter_as_json(each) for each in letters],
        }
        if self.dry_run:
            self._say_dry(drafts, told, answer | (more or {}))
            say_letters(letters, self.registrar.as_json)
            return
        filed = (
            file_comments(self.workspace, self.consultation, drafts, self.receipt, snapshot)
            if drafts
            else ()
        )
        if self.registrar.as_json:
            comments = [filed_as_json(self.consultation, each) for each in filed]
            answer |= {"comments": comments, "remarks": told} | (more or {})
            say_json(answer)
            return
        say_filed(self.consultation, filed, told)
        if not filed:
            click.echo("Nothing new to file.")
        for line in drafted_or_shown(self.workspace, self.consultation.proposal.id, letters):
            click.echo(visible(line))

    def _say_dry(
        self, drafts: Sequence[DraftComment], told: list[str], answer: dict[str, Any]
    ) -> None:
        if self.registrar.as_json:
            comments = [comment_as_json(draft.comment) for draft in drafts]
            answer |= {"dry_run": True, "comments": comments, "remarks": told}
            say_json(answer)
            return
        for draft in drafts:
            click.echo(f"Would file a comment on {visible(about(draft.comment))}")
        say_remarks(told)
        click.echo("Nothing was written.")


def opened(
    registrar: Registrar,
    proposal: str | None,
    received: datetime.datetime | None = None,
    dry_run: bool = False,
) -> Desk:
    """Open the folder and the consultation."""
    came = received_at(received, registrar.now)
    workspace = registrar.session.workspace()
    consultation = consultation_of(workspace.corpus, proposal, registrar.now)
    return Desk(workspace, consultation, registrar, came, dry_run)


def bytes_of_file(path: Path, limit: int = LIMIT) -> bytes:
    """Return a file that a person named, or the input for `-`. Too large is a `GovkitError`."""
    given = str(path) == "-"
    data = sys.stdin.buffer.read(limit + 1) if given else read_named(path, limit + 1)
    if len(data) > limit:
        raise GovkitError(
            f"{path} has more than {limit:,} bytes, so it was not read",
            "Is this the right file? Split it into several.",
        )
    return data


def text_of_bytes(data: bytes) -> str:
    """Return the text of a file: UTF-8, or what older mail programs of the West write."""
    if b"\0" in data[:8000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WrongUse(
            "the file is no text",
            "Save the mail or document as plain text. A table is taken without --free.",
        )
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def words_of_file(path: Path) -> str:
    """Return the text of a file that a person named."""
    return text_of_bytes(bytes_of_file(path))
