"""A raw mail, from its bytes to who sent it, when, and its words. Hostile until shown otherwise.

Nothing of a mail is opened or run, no name in it becomes a path, and what is too large, too deep or
broken is told by a fault instead of being read. Attachments are counted and left alone.
"""

from __future__ import annotations

import datetime
import email
import email.policy
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256
from typing import Literal, NamedTuple

from govkit.patterns import lazy_regex
from govkit.source.html_text import PageText, read_page

LARGEST_MAIL = 5_000_000
"""Bytes of a mail that is read."""
_LARGEST_HEAD = 256_000
_MOST_PARTS = 500
_DEEPEST = 20
_LONGEST_LINE = 4_000
_MOST_TEXT = 400_000
"""Characters of the words of a mail that are looked at; a book is no answer."""

MailFault = Literal["huge", "broken", "empty", "html-only", "no-sender", "two-senders"]
"""Why the words of a mail are not taken for what its sender says."""

_ADDRESS = lazy_regex(r"[^\s@<>\"(),:;\\]{1,64}@[A-Za-z0-9.-]{1,253}")
_MESSAGE_ID = lazy_regex(r"<[^\s<>]{3,250}>")
_BY = lazy_regex(r"\bby\s+([A-Za-z0-9.-]{1,253})")
_NESTED = lazy_regex(rb"(?im)^content-type:\s*(?:multipart|message)/")
_BOUNDARY = lazy_regex(rb"(?m)^--[^\s-]")


class Hop(NamedTuple):
    """A `Received` line: the host that wrote it, in small letters, and when; None if it is odd."""

    host: str
    at: datetime.datetime | None


class MailText(NamedTuple):
    """A mail as far as it was read.

    `sender` is the one address in From, in small letters, or an empty text; `name` is what stands
    beside it, as anybody may type it. `text` are its words in
    plain text, those of HTML with `>` before what is quoted; `html` the same of the HTML part where
    there is one beside the text. `page` is that part where it is the only one with words. `hops`
    are the newest first. `digest` is of the bytes.
    """

    digest: str
    sender: str = ""
    reply_to: str = ""
    message_id: str = ""
    subject: str = ""
    date: str = ""
    references: tuple[str, ...] = ()
    hops: tuple[Hop, ...] = ()
    text: str = ""
    html: str = ""
    attachments: int = 0
    automatic: bool = False
    fault: MailFault | None = None
    page: PageText | None = None
    name: str = ""

    def received_by(self, hosts: tuple[str, ...]) -> Hop | None:
        """Return the newest hop by one of these hosts that says when.

        What stands below it may have been written by the sender.
        """
        for hop in self.hops:
            if hop.host in hosts:
                return hop if hop.at is not None else None
        return None


def read_mail(data: bytes, whole: bool = True) -> MailText:
    """Return a mail. `whole` is False where only its beginning was read, since it is too large."""
    digest = f"sha256:{sha256(data).hexdigest()}"
    if not data.strip():
        return MailText(digest, fault="empty")
    head = _head_of(data)
    if head is None:
        return MailText(digest, fault="huge" if len(data) > _LARGEST_HEAD else "broken")
    known = _of_head(email.message_from_bytes(head, policy=email.policy.compat32), digest)
    if not whole or len(data) > LARGEST_MAIL:
        return known._replace(fault="huge")
    if len(_NESTED.findall(data)) > _DEEPEST or len(_BOUNDARY.findall(data)) > _MOST_PARTS:
        return known._replace(fault="broken")
    try:
        parts = _Parts(email.message_from_bytes(data, policy=email.policy.compat32))
    except (MessageError, ValueError, RecursionError, LookupError):
        return known._replace(fault="broken")
    known = known._replace(
        text=parts.text,
        html=parts.html,
        attachments=parts.attachments,
        page=parts.page,
        automatic=known.automatic or parts.automatic,
    )
    return known if known.fault else known._replace(fault=parts.fault)


def _head_of(data: bytes) -> bytes | None:
    """Return the head of a mail with the empty line behind it; None where it has none."""
    end = re.search(rb"\r?\n\r?\n", data[: _LARGEST_HEAD + 4])
    if end is None:
        return data + b"\n\n" if b":" in data[:1000] and len(data) < _LARGEST_HEAD else None
    head = data[: end.end()]
    return head if re.match(rb"(?:From |[!-9;-~]+[ \t]*:)", head) else None


# --- the head -------------------------------------------------------------------------------------


def _of_head(head: Message, digest: str) -> MailText:
    senders = _senders(head)
    fault: MailFault | None = None
    if len(senders) != 1:
        fault = "two-senders" if senders else "no-sender"
    ids = _MESSAGE_ID.findall(_plain(head, "Message-ID"))
    near = f"{_plain(head, 'In-Reply-To')} {_plain(head, 'References')}"
    return MailText(
        digest,
        sender=senders[0] if len(senders) == 1 else "",
        name=_name_beside(head) if len(senders) == 1 else "",
        reply_to=next(iter(_addresses(head, "Reply-To")), ""),
        message_id=ids[0] if len(ids) == 1 else "",
        subject=decoded_header(_plain(head, "Subject")),
        date=_plain(head, "Date").strip(),
        references=tuple(dict.fromkeys(_MESSAGE_ID.findall(near)))[:200],
        hops=tuple(_hops(head)),
        automatic=_is_automatic(head),
        fault=fault,
    )


def _senders(head: Message) -> list[str]:
    """Return the addresses that From names.

    An address in the name, as in `"a@example.org" <b@example.net>`, is none of the sender.
    """
    several = head.get_all("From") or []
    pairs = _pairs([_text(each) for each in several[:10]])
    found = [pair for pair in pairs if _ADDRESS.fullmatch(pair[1])]
    odd = len(several) > 1 or len(found) != len(pairs)
    names = [address.casefold() for _, address in found]
    if odd and len(set(names)) == 1:
        names += [""]  # a second From, or half an address: who it is can't be told
    return list(dict.fromkeys(names))


def _name_beside(head: Message) -> str:
    """Return the name that stands beside the address of the sender."""
    pairs = _pairs([_text(each) for each in (head.get_all("From") or [])[:1]])
    return pairs[0][0][:200] if pairs else ""


def _addresses(head: Message, name: str) -> list[str]:
    pairs = _pairs([_plain(head, name)])
    return [address.casefold() for _, address in pairs if _ADDRESS.fullmatch(address)]


def _pairs(values: list[str]) -> list[tuple[str, str]]:
    """Return names with addresses; none where a line is too long or too deep to be one."""
    if any(len(each) > _LONGEST_LINE for each in values):
        return []
    try:
        return getaddresses(values)
    except RecursionError:  # brackets in brackets, each a call deeper
        return []


def _hops(head: Message) -> Iterator[Hop]:
    for value in (head.get_all("Received") or [])[:50]:
        line = _unfolded(_text(value))[:2000]
        said, _, date = line.rpartition(";")
        hosts = _BY.findall(said)
        yield Hop(hosts[0].casefold().rstrip(".") if hosts else "", _instant(date))


def _instant(words: str) -> datetime.datetime | None:
    try:
        found = parsedate_to_datetime(words.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return found.astimezone(datetime.UTC).replace(microsecond=0) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _is_automatic(head: Message) -> bool:
    """Say whether a program wrote it: an answer out of the office, or a report of a delivery."""
    submitted = _plain(head, "Auto-Submitted").strip().casefold()
    kind = _plain(head, "Content-Type").strip().casefold()
    return submitted not in ("", "no") or kind.startswith("multipart/report")


def _plain(head: Message, name: str) -> str:
    return _text(head.get(name, ""))[:20_000]


def _text(value: object) -> str:
    """Return a header as text; bytes that are none of ASCII are marked and harm nothing."""
    return str(value).encode("utf-8", "replace").decode("utf-8", "replace")


def decoded_header(value: str) -> str:
    """Return a value of a head as it is read, on one line."""
    return _unfolded(_decode(value))


def _decode(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (MessageError, ValueError, LookupError):
        return value


def _unfolded(value: str) -> str:
    return " ".join(value.split())


# --- the body -------------------------------------------------------------------------------------


class _Parts:
    """What the parts of a mail hold: the text, the HTML, and how many others there are.

    A mail within the mail is an attachment: its words are not the sender's.
    """

    def __init__(self, mail: Message) -> None:
        self.attachments = 0
        self.automatic = False
        self._texts: list[str] = []
        self._pages: list[PageText] = []
        self._walk(mail)
        self.html = "\n".join(each.text for each in self._pages)
        self.text = "\n".join(self._texts)[:_MOST_TEXT]
        self.fault: MailFault | None = None
        self.page: PageText | None = None
        if not self.text.strip():
            self.fault = "html-only" if self.html.strip() else "empty"
            self.text = self.html
            self.page = self._pages[0] if len(self._pages) == 1 else None
        if mail.get_content_maintype() == "multipart" and not mail.is_multipart():
            self.fault = "broken"  # it says that it has parts, and none is there

    def _walk(self, part: Message) -> None:
        kind = part.get_content_type()
        if part.is_multipart() and not kind.startswith("message/"):
            for each in part.get_payload():
                assert isinstance(each, Message)
                self._walk(each)
        elif kind == "text/calendar":
            self.automatic = self.automatic or part.get_param("method", "") == "REPLY"
        elif kind not in ("text/plain", "text/html") or _is_attached(part):
            self.attachments += 1
        elif kind == "text/html":
            self._pages.append(read_page(_words(part)[:_MOST_TEXT]))
        else:
            self._texts.append(_unflowed(part, _words(part)))


def _is_attached(part: Message) -> bool:
    disposition = str(part.get("Content-Disposition", "")).strip().casefold()
    return disposition.startswith("attachment") or part.get_filename() is not None


def _words(part: Message) -> str:
    """Return the text of a part: in its own encoding, else UTF-8, else that of the West."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    named = str(part.get_content_charset() or "utf-8")
    for encoding in (named, "utf-8"):
        try:
            return _lines(data.decode(encoding))
        except (LookupError, ValueError):
            continue
    return _lines(data.decode("cp1252", "replace"))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _unflowed(part: Message, text: str) -> str:
    """Return the text of a part without the line ends that `format=flowed` put in (RFC 3676)."""
    if str(part.get_param("format", "")).casefold() != "flowed":
        return text
    found: list[str] = []
    soft = ""
    for line in text.split("\n"):
        marks = line[: len(line) - len(line.lstrip(">"))]
        words = line[len(marks) :].removeprefix(" ")
        if soft and marks == soft.partition("\n")[0] and found and words.rstrip() != "--":
            found[-1] += words
        else:
            found.append(f"{marks} {words}" if marks else words)
        soft = f"{marks}\n" if words.endswith(" ") and words != "-- " else ""
    return "\n".join(found)
