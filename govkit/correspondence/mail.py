"""Plain text of at most 72 columns, which any mailer keeps; and the block that is sent back."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from govkit.languages.catalogue import Messages

WIDTH = 72


class Mail(NamedTuple):
    """A mail to be sent: its subject, and its text in lines that end with a line feed."""

    subject: str
    body: str

    @property
    def digest(self) -> str:
        """Return `sha256:` and the digest of the words of the mail, its subject included."""
        return "sha256:" + sha256(self.as_text().encode()).hexdigest()

    def as_text(self) -> str:
        """Return the mail as a file: the subject, an empty line, the text."""
        return f"Subject: {self.subject}\n\n{self.body}"


class Lines:
    """The lines of a mail."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __str__(self) -> str:
        return "\n".join(self.lines).strip("\n") + "\n"

    def say(self, words: str, indent: str = "", first: str | None = None) -> None:
        """Add a paragraph."""
        self.lines += [*_wrapped(words, indent, indent if first is None else first), ""]

    def close(self, words: str, indent: str, first: str | None = None) -> None:
        """Add a paragraph that the next one follows without an empty line."""
        self.lines += _wrapped(words, indent, indent if first is None else first)

    def keep(self, lines: Iterable[str]) -> None:
        """Add lines as they stand, and an empty one; long ones are wrapped, but for digests."""
        for line in lines:
            if len(line) <= WIDTH or "sha256:" in line:
                self.lines.append(line)
            else:
                self.close(line, "")
        self.lines.append("")

    def head(self, words: str) -> None:
        """Add a heading."""
        self.lines += [words, "-" * len(words), ""]

    def item(self, at: int, words: str) -> None:
        """Add a numbered line."""
        self.say(words, indent="    ", first=f"{at}.".ljust(4))

    def paragraphs(self, words: str) -> None:
        """Add words with a blank line between the paragraphs, as a letter has them."""
        for paragraph in filter(None, words.strip().split("\n\n")):
            self.say(paragraph)

    def newest_entry(self, head: tuple[int, str] | None, said: Messages) -> None:
        """Add the newest entry of the log: who keeps this mail is a witness of the register."""
        if head is None:
            self.close(said["mails.log-empty"], "")
            return
        number, digest = head
        self.close(said.say("mails.newest-entry", number=number), "")
        self.lines.append(f"    {digest}")


def _wrapped(words: str, indent: str, first: str) -> list[str]:
    found: list[str] = []
    for at, line in enumerate(words.split("\n")):
        lead = first if at == 0 else indent
        inner = line[: len(line) - len(line.lstrip(" "))]
        found += textwrap.wrap(
            " ".join(line.split()),
            WIDTH,
            initial_indent=lead + inner,
            subsequent_indent=indent + inner,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return found


def reply_block(
    said: Messages, proposal: str, number: int, code: str, ids: Sequence[str]
) -> list[str]:
    """Return the lines with the boxes that a member marks and sends back. `ids` are the texts."""
    return [
        f"-=-=-= {said['mails.block.begin']} =-=-=-",
        said.say("mails.block.proposal", id=proposal, number=number, code=code),
        said["mails.block.boxes"],
        said["mails.block.more-boxes"],
        said.say("mails.block.applies-to", ids=", ".join(ids[:2])),
        said["mails.block.reason"],
        said.say("mails.block.comment", id=ids[0]),
        "-=-=-=",
    ]
