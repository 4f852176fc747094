"""A form as it is read at a desk, and what it would write. Nothing is written here."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from govkit.errors import WrongUse
from govkit.records.forms import FormValues
from govkit.records.governance import Member
from govkit.source.issue_forms import FormSender
from govkit.workspace import Workspace


@dataclass(frozen=True)
class ReceivedForm:
    """A form, who sent it (None where no host says so), the texts it is read beside, and when."""

    workspace: Workspace
    filled: FormValues
    sender: FormSender | None
    now: datetime.datetime

    def value(self, name: str) -> str:
        """Return what stands in a field."""
        return self.filled.values[name]

    @property
    def at(self) -> datetime.datetime:
        """Return when it came: as the host says, else now."""
        return self.sender.at if self.sender is not None else self.now

    @cached_property
    def members(self) -> dict[str, Member]:
        """Return all members by their ids."""
        found = self.workspace.corpus.of_kind("member")
        return {each.id: each.record for each in found if isinstance(each.record, Member)}

    @cached_property
    def own(self) -> dict[str, Member]:
        """Return the members of whom the account that sent it is enrolled on that day."""
        if self.sender is None:
            return {}
        known = (self.sender.host, self.sender.account)
        return {
            id: member
            for id, member in self.members.items()
            if member.state == "enrolled"
            and any(
                (account.host, account.name) == known and account.runs_on(self.at.date())
                for account in member.accounts
            )
        }

    def member_named(self, words: str) -> str | None:
        """Return the member that words name by id or name, or None."""
        wanted = " ".join(words.split()).casefold()
        for id, member in self.members.items():
            if wanted in (id.casefold(), member.name.casefold()):
                return id
        return None

    def require_sender(self) -> FormSender:
        """Return who sent it. Raises `WrongUse` where no host says so."""
        if self.sender is None:
            raise WrongUse(
                "nobody can say which account wrote this, so it shows no position and no comment",
                "Fill in the form on the code host, or answer the call by mail (docs/ballots.md).",
            )
        return self.sender


@dataclass(frozen=True)
class FormOutcome:
    """What a form becomes: files in new words, and what is said of it.

    `sentence` is that of the commit, `computed` what the commit adds to it. `told` are sentences
    for the author, `next` the lines for a coordinator, once it is merged. `files` is empty where
    there is nothing to write.
    """

    files: Mapping[str, bytes]
    sentence: str
    told: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    computed: tuple[str, ...] = field(default=())
