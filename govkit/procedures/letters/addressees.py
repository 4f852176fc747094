"""To whom letters go: members by their addresses on record, others by the mail that they sent."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from govkit.consultation.consultation import FiledComment
from govkit.errors import GovkitError
from govkit.languages.catalogue import Messages, is_translated, messages
from govkit.records.governance import Member
from govkit.source.mail import read_mail
from govkit.store import private
from govkit.workspace import Workspace


class Addressee(NamedTuple):
    """Who is written to: an id for notes and names of files, a name, and each address.

    The id is that of a member; of anybody else it is `sender-` and a digest of the address. With
    each address stand the messages in which a mail to it is written.
    """

    id: str
    name: str
    lines: tuple[tuple[str, Messages], ...]
    is_member: bool = True


class Addressees:
    """Finds the addresses of people. Nothing of them is in the repository."""

    def __init__(self, workspace: Workspace, passed_over: frozenset[str] = frozenset()) -> None:
        """Read the addresses on record, but for those, in small letters, that are passed over."""
        self._root, self._corpus = workspace.root, workspace.corpus
        lines = tuple(private.addresses_on_record(self._root))
        self._lines = tuple(each for each in lines if each.address.casefold() not in passed_over)
        self.returned = {each.member for each in lines} - {each.member for each in self._lines}
        charter = self._corpus.charter
        self.own = tuple(each.casefold() for each in charter.intake.addresses) if charter else ()

    @cached_property
    def members(self) -> dict[str, Member]:
        """Return the enrolled members who have an address on record, by id."""
        reached = {each.member for each in self._lines}
        return {
            each.id: each.record
            for each in self._corpus.of_kind("member")
            if isinstance(each.record, Member)
            and each.record.state == "enrolled"
            and each.id in reached
        }

    def member(self, id: str) -> Addressee | None:
        """Return a member, or None where there is no address on record, or they left."""
        record = self.members.get(id)
        if record is None:
            return None
        theirs = [each for each in self._lines if each.member == id]
        known = next((each.language for each in theirs if each.language), "")
        lines = {each.address: self._said(each.language or known) for each in theirs}
        return Addressee(id, record.name, tuple(lines.items()))

    def said_to(self, name: str) -> Messages:
        """Return the messages in which somebody is written to: a member, by id, or anybody else."""
        to = self.member(name)
        return to.lines[0][1] if to is not None else self._corpus.messages

    def author(self, filed: FiledComment) -> Addressee | None:
        """Return who made a comment; who is no member is known by the mail, if that is kept."""
        author, source = filed.author, filed.comment.source
        if author.member is not None:
            return self.member(author.member)
        if filed.is_left_out or source.kind not in ("mail", "personal-mail"):
            return None
        return self.sender(source.snapshot, author.name or "")

    def sender(self, digest: str | None, name: str = "") -> Addressee | None:
        """Return who sent a mail that is kept; None for a member, ourselves, or no mail."""
        address = self._sender_of(digest) if digest else ""
        if not address or address in self.own or address in private.addresses(self._root):
            return None  # somebody passed on the mail of another
        id = f"sender-{sha256(address.encode()).hexdigest()[:12]}"
        said = self._corpus.messages
        return Addressee(id, name or said["letters.the-author"], ((address, said),), False)

    def _sender_of(self, digest: str) -> str:
        try:
            raw = private.kept(self._root, digest)
        except GovkitError:
            return ""
        sender = read_mail(raw, whole=False).sender if raw else ""
        return sender if sender.isascii() else ""

    def all_members(self) -> Iterator[Addressee]:
        """Yield every enrolled member who has an address on record."""
        for id in sorted(self.members):
            if (found := self.member(id)) is not None:
                yield found

    def _said(self, language: str) -> Messages:
        return messages(language) if is_translated(language) else self._corpus.messages
