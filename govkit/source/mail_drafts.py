"""A draft of a mail as it lies in a folder, read strictly before it is handed to a server.

A person may have edited it, and words of strangers stand in it. So the head is made anew from the
few lines that are known, and what could add a line or a recipient stops the draft.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from email.utils import format_datetime, getaddresses
from hashlib import sha256
from typing import NamedTuple

from govkit.patterns import lazy_regex
from govkit.source.mail import decoded_header

_LINE_END = lazy_regex(rb"\r\n|\r|\n")
_FIELD = lazy_regex(rb"([!-9;-~]+):[ \t]*([\t -~]*)")
_ADDRESS = lazy_regex(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})")
_PLACEHOLDER = lazy_regex(
    # Not the empty boxes of a ballot, nor question marks: a letter quotes what a person wrote.
    r"\b(?:TODO|FIXME|XXX+|TB[DC])\b|_{4,}|(?i:lorem ipsum)"
    r"|\[(?i:insert|name of|date|to be|todo|tbd|tbc)\b[^\[\]]{0,80}\]"
)
_SENT = ("from", "to", "subject", "reply-to", "in-reply-to", "references", "mime-version")
_ONCE = ("from", "to", "subject")
_OTHER_RECIPIENTS = ("cc", "bcc")
_LONGEST_LINE = 998
"""Bytes of a line of a mail, by RFC 5322."""


class MailDraft(NamedTuple):
    """A draft: its file, its one recipient, and its bytes without date and Message-ID.

    `fault` says why it can't be sent, or is empty. `digest` is 64 hexadecimal digits; the same mail
    to the same person has the same.
    """

    name: str
    digest: str = ""
    sender: str = ""
    to: str = ""
    subject: str = ""
    data: bytes = b""
    fault: str = ""

    @property
    def message_id(self) -> str:
        """Return the Message-ID: of the words, so that a mail that came twice is known as one."""
        return f"<{self.digest[:40]}@{self.sender.rpartition('@')[2]}>"

    def as_sent(self, at: datetime.datetime) -> bytes:
        """Return the bytes for the server, with the date of sending and the Message-ID."""
        head = f"Date: {format_datetime(at)}\r\nMessage-ID: {self.message_id}\r\n"
        return head.encode("ascii") + self.data


class _Unfit(Exception):
    """Why a draft can't be sent."""


def read_draft(name: str, data: bytes) -> MailDraft:
    """Return a draft; where it can't be sent, `fault` is the sentence that says why."""
    try:
        return _draft(name, data)
    except _Unfit as why:
        return MailDraft(name, fault=str(why))


def _draft(name: str, data: bytes) -> MailDraft:
    head, _, body = data.replace(b"\r\n", b"\n").partition(b"\n\n")
    # A return alone ends a line for some readers, and would begin one of the head for them.
    if b"\r" in head or b"\0" in data:
        raise _Unfit("it has a sign in it that no mail may have")
    body = _LINE_END.sub(b"\r\n", body)
    if any(len(line) > _LONGEST_LINE for line in (*head.split(b"\n"), *body.split(b"\r\n"))):
        raise _Unfit(f"a line of it is longer than {_LONGEST_LINE} bytes")
    fields = [*_fields(head)]
    named = dict(reversed(fields))
    for key in _ONCE:
        if sum(key == each for each, _ in fields) != 1:
            raise _Unfit(f"it needs one line `{key.title()}:` in its head, with a value")
    for key in _OTHER_RECIPIENTS:
        if named.get(key, "").strip():
            raise _Unfit(f"it has a line `{key.title()}:`; a draft goes to one person")
    sender, to = _one_address("From", named["from"]), _one_address("To", named["to"])
    _refuse_placeholders(f"{named['subject']}\n{body.decode('utf-8', 'replace')}")
    kept = [
        f"{key.title()}: {value}\r\n"
        for key, value in fields
        if key in _SENT or key.startswith("content-")
    ]
    whole = "".join(kept).encode("ascii") + b"\r\n" + body
    digest = sha256(whole).hexdigest()
    return MailDraft(name, digest, sender, to, decoded_header(named["subject"]), whole)


def _fields(head: bytes) -> Iterator[tuple[str, str]]:
    """Yield names in small letters and values; folded lines stay folded."""
    found: list[tuple[str, str]] = []
    for line in head.split(b"\n"):
        if line[:1] in (b" ", b"\t") and found and line.strip() and line.isascii():
            key, value = found.pop()
            found.append((key, f"{value}\r\n {line.decode('ascii').strip()}"))
            continue
        field = _FIELD.fullmatch(line)
        if field is None:
            raise _Unfit("its head has a line that is none: NAME: VALUE, in ASCII, is wanted")
        found.append((field[1].decode("ascii").lower(), field[2].decode("ascii").strip()))
    yield from found


def _one_address(name: str, value: str) -> str:
    pairs = getaddresses([value.replace("\r\n", "")])
    if len(pairs) != 1 or not _ADDRESS.fullmatch(pairs[0][1]):
        raise _Unfit(f"`{name}:` has to name one address")
    return pairs[0][1]


def _refuse_placeholders(words: str) -> None:
    found = _PLACEHOLDER.search(words)
    if found is not None:
        raise _Unfit(f"`{found.group()}` still has to be written")
