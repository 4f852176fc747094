"""The drafts of letters about ballots, and the words of mails without one: files for people."""

from __future__ import annotations

import hashlib
from email.utils import formataddr
from pathlib import Path

from govkit.correspondence.ballot_letters import BETWEEN_LETTERS, as_eml, file_name
from govkit.correspondence.ballots import BallotReading
from govkit.correspondence.mail import Mail
from govkit.errors import WrongUse
from govkit.languages.catalogue import Messages, is_translated, messages
from govkit.source.mail import MailText
from govkit.source.mail_attachments import word_files_in
from govkit.store import private
from govkit.store.mailboxes import is_inside
from govkit.store.output_files import write_output
from govkit.store.worktree import read_named, write_whole
from govkit.workspace import Workspace

OUTBOX = "outbox"
"""The folder for drafts, in the private folder."""
_FREE, _WORD = "free-mails", "word-files"


def outbox_folder(workspace: Workspace, output: str | None) -> Path:
    """Return the folder for drafts that is named, else that of the private folder.

    Raises `WrongUse` inside the public folder.
    """
    folder = Path(output) if output else private.private_folder(workspace.root) / OUTBOX
    if is_inside(folder, workspace.root):
        raise WrongUse(
            f"{folder} lies inside the public folder, and letters name addresses",
            "Name another folder with -o. Nothing was written.",
        )
    return folder


class BallotOutbox:
    """The folder for drafts, one file a person; never inside the public folder."""

    def __init__(self, workspace: Workspace, output: str | None, dry_run: bool) -> None:
        """Open the outbox at a folder; None is the one in the private folder.

        Nothing is written with `dry_run`. Raises `WrongUse` inside the public folder.
        """
        self.private = private.private_folder(workspace.root)
        self.folder = outbox_folder(workspace, output)
        self.dry_run = dry_run
        addresses = workspace.corpus.charter.intake.addresses if workspace.corpus.charter else ()
        self._sender = next(iter(addresses), "")
        self._lines = tuple(private.addresses_on_record(workspace.root))
        self._said = workspace.corpus.messages
        self._mails: dict[str, tuple[MailText, list[Mail]]] = {}
        self._own: set[Path] = set()
        self.written: list[Path] = []

    def messages_for(self, member: str | None, mail: MailText) -> Messages:
        """Return the messages in which a person is written to: by the line of the address that the
        mail came from, else by another one of the member, else in the language of the texts.
        """
        theirs = [each for each in self._lines if each.language and each.member == member]
        theirs.sort(key=lambda each: each.address.casefold() != mail.sender)
        asked = next((each.language for each in theirs), "")
        return messages(asked) if is_translated(asked) else self._said

    def write(self, member: str | None, mail: MailText, letter: Mail) -> str | None:
        """Write a letter to a person, below those that this sitting wrote to them before.

        What a sitting that was interrupted wrote already is not written twice.
        """
        if not mail.sender or not mail.sender.isascii() or self.dry_run:
            return None
        name = file_name(member, mail.sender)
        first, several = self._mails.setdefault(name, (mail, []))
        several.append(letter)
        draft = as_eml(several, mail.sender, first, self._sender)
        path = self._place(name, draft)
        if path in self._own or not path.exists() or _goes_on(path, draft):
            write_output(path, draft)
            self._own.add(path)
        if path not in self.written:
            self.written.append(path)
        return str(path)

    def _place(self, name: str, draft: bytes) -> Path:
        """Return the file for a person: this sitting's, one that holds the draft, or a new one."""
        stem, number = name.removesuffix(".eml"), 1
        path = self.folder / name
        while path not in self._own and path.exists() and not _is_of(path, draft):
            number += 1
            path = self.folder / f"{stem}-{number}.eml"
        return path

    def place_of_words(self, mail: MailText) -> Path:
        """Return the file in which the words of a mail are kept."""
        return self.private / _FREE / f"{mail.digest.removeprefix('sha256:')[:16]}.txt"

    def keep_words(self, mail: MailText, reading: BallotReading) -> str | None:
        """Write the words of a mail without a ballot where `comment import` can read them."""
        if self.dry_run:
            return None
        path = self.place_of_words(mail)
        head = f"From: {_sender_named(mail)}\nDate: {mail.date}\nSubject: {mail.subject}\n"
        if mail.message_id:
            # By it the mail is known as taken in, once its words are filed.
            head += f"Message-ID: {mail.message_id}\n{_AS_TEXT}"
        data = f"{head}\n{mail.text}".encode()
        if not (path.is_file() and path.stat().st_size == len(data)):
            # The mail itself stays where it is; a large mailbox would wait for the disk for hours.
            write_whole(path, data, durable=False)
        return str(path)

    def keep_word_files(self, data: bytes) -> list[tuple[str, str]]:
        """Write the Word files of a mail where `suggest` can read them; return name and place."""
        kept = []
        for name, file in word_files_in(data):
            digest = hashlib.sha256(file).hexdigest()[:16]
            path = self.private / _WORD / f"{digest}.docx"
            if not self.dry_run and not (path.is_file() and path.stat().st_size == len(file)):
                write_whole(path, file, durable=False)
            kept.append((name, "" if self.dry_run else str(path)))
        return kept


def _sender_named(mail: MailText) -> str:
    """Return the sender with the name beside the address: by it a closing line is told."""
    name = " ".join(mail.name.split())
    return formataddr((name, mail.sender)) if name and mail.sender.isascii() else mail.sender


_AS_TEXT = 'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n'


def _is_of(path: Path, draft: bytes) -> bool:
    """Say whether a file is a draft, perhaps with further letters below it, or its beginning."""
    known = read_named(path)
    holds = known == draft or known.startswith(draft + BETWEEN_LETTERS)
    return holds or _goes_on(path, draft)


def _goes_on(path: Path, draft: bytes) -> bool:
    """Say whether a draft has further letters below all that a file has."""
    return draft.startswith(read_named(path) + BETWEEN_LETTERS)
