"""A mail that came back: a report of a delivery (RFC 3464), or the free words of a mail server.

Whoever forges one gets a line shown to a coordinator, and nothing else: it is never anybody's word.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import Message
from typing import NamedTuple

from govkit.patterns import lazy_regex
from govkit.source.mail import MailText

_SERVERS = ("mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon")
_MOST = 400_000
_MESSAGE_ID = lazy_regex(r"(?im)^[> \t]*message-id:\s*(<[^\s<>]{3,250}>)")
_ACTION = lazy_regex(r"(?im)^action:[ \t]*([a-z]+)")
_STATUS = lazy_regex(r"(?im)^status:[ \t]*([245]\.\d{1,3}\.\d{1,3})")
_RECIPIENT = lazy_regex(
    r"(?im)^(?:final-recipient|original-recipient|x-failed-recipients):(?:[ \t]*[a-z0-9]+;)?"
    r"[ \t]*<?([^\s<>;,]{1,64}@[^\s<>;,]{1,253})"
)
_ADDRESS = lazy_regex(r"[\w.+'=/-]{1,64}@[A-Za-z0-9.-]{0,252}[A-Za-z0-9]")
_FREE_STATUS = lazy_regex(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")
_REPLY_CODE = lazy_regex(r"(?m)(?<![\d.])[45]\d\d(?=[ -][\w#<])")
_FOR_NOW = lazy_regex(
    r"(?i)\b(?:delayed|not yet been delivered|will (?:be )?(?:re)?tr(?:y|ied)"
    r"|temporar|still trying)"
)


class ReturnedMail(NamedTuple):
    """What a report says: whom it did not reach, which mails came back, and whether for good.

    `recipients` are those that it names as such; `addresses` are all that stand in it. `status` is
    its number, as 5.1.1 or 550, or empty.
    """

    recipients: tuple[str, ...]
    addresses: tuple[str, ...]
    message_ids: tuple[str, ...]
    lasting: bool
    status: str


def read_returned(data: bytes, mail: MailText) -> ReturnedMail | None:
    """Return what a mail says about one that came back; None where it is no such report."""
    if mail.fault in ("huge", "broken"):
        return None
    whole = email.message_from_bytes(data, policy=email.policy.compat32)
    report = whole.get_content_type() == "multipart/report"
    if report and str(whole.get_param("report-type", "")).lower() not in ("", "delivery-status"):
        return None
    by_server = mail.sender.partition("@")[0] in _SERVERS or whole["X-Failed-Recipients"]
    if not (report or by_server):
        return None
    words = "\n".join(_words(whole))[:_MOST]
    action = _ACTION.search(words)
    if action is not None and action[1].lower() not in ("failed", "delayed"):
        return None
    head = f"X-Failed-Recipients: {whole.get('X-Failed-Recipients', '')}\n"
    status = _status(words)
    for_now = action[1].lower() == "delayed" if action else bool(_FOR_NOW.search(words))
    return ReturnedMail(
        _each(_RECIPIENT.findall(head + words)),
        _each(_ADDRESS.findall(words)),
        _each(_MESSAGE_ID.findall(words)),
        not (for_now or status.startswith("4")),
        status,
    )


def _status(words: str) -> str:
    for pattern in (_STATUS, _FREE_STATUS, _REPLY_CODE):
        found = pattern.search(words)
        if found is not None:
            return found[found.re.groups]
    return ""


def _each(found: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each if each[0] == "<" else each.casefold() for each in found))


def _words(whole: Message) -> Iterator[str]:
    """Yield the words of all parts, with the heads of mails within."""
    for part in whole.walk():
        if part is not whole:
            yield "\n".join(f"{key}: {value}" for key, value in part.items())
        if not part.is_multipart():
            given = part.get_payload(decode=True)
            yield given.decode("utf-8", "replace") if isinstance(given, bytes) else ""
