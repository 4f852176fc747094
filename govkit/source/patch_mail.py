"""A mail that hands in a change: the redline for people, and the patch that govkit reads back.

What is read back is a stranger's. The patch has whole texts and no instructions, so nothing in it
can name a mode, a link, or a place in a file (decision 60).
"""

from __future__ import annotations

import datetime
import email
import email.policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from typing import NamedTuple

from pydantic import ValidationError

from govkit.errors import WrongUse
from govkit.patterns import lazy_regex
from govkit.records.patches import Patch
from govkit.source.mail import LARGEST_MAIL, decoded_header

ENDING = ".govkit-patch.json"
"""How the file of a patch is named; by it a mail is known."""
_ANEW = "Ask the sender to make it anew: `govkit submit --mail`."
_ADDRESS = lazy_regex(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,252}")
_IN_A_HEAD = lazy_regex(r"[\x00-\x1f\x7f<>\"\\]+")
_MOST_PARTS = 50


class PatchLetter(NamedTuple):
    """What a mail with a patch says: who sends it to whom, and the redline in three forms.

    `sender` is `Name <address>`, `name` the first part of the names of what is attached.
    """

    sender: str
    to: tuple[str, ...]
    subject: str
    name: str
    text: str
    page: bytes
    redline: bytes


def patch_bytes(patch: Patch) -> bytes:
    """Return the file of a patch."""
    return patch.model_dump_json(indent=1).encode() + b"\n"


def patch_digest(patch: Patch) -> str:
    """Return the SHA-256 of a patch, in 64 of 0-9 a-f."""
    return sha256(patch_bytes(patch)).hexdigest()


def mail_with_patch(letter: PatchLetter, patch: Patch, now: datetime.datetime) -> bytes:
    """Return a mail that is ready to be sent. Raises `WrongUse` where it is too large."""
    name, address = parted(letter.sender)
    address = require_address(address)
    data, digest = patch_bytes(patch), patch_digest(patch)
    mail = EmailMessage(policy=email.policy.SMTP.clone(max_line_length=78))
    mail["From"] = Address(plain_name(name), addr_spec=address)
    if letter.to:
        mail["To"] = [Address(addr_spec=require_address(each)) for each in letter.to]
    mail["Subject"] = " ".join(letter.subject.split())
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{digest[:40]}@{address.rpartition('@')[2]}>"
    mail["X-Unsent"] = "1"  # so that mail programs open it to be sent, and not as one that came
    mail.set_content(letter.text, charset="utf-8", cte="quoted-printable")
    mail.add_alternative(
        letter.page.decode(), subtype="html", charset="utf-8", cte="quoted-printable"
    )
    mail.add_attachment(letter.redline, "application", "pdf", filename=f"{letter.name}.pdf")
    mail.add_attachment(data, "application", "json", filename=f"{letter.name}{ENDING}")
    for number, part in enumerate(each for each in mail.walk() if each.is_multipart()):
        part.set_boundary(f"={number}={digest[:32]}")  # else it is made by chance
    made = mail.as_bytes()
    if len(made) > LARGEST_MAIL:
        raise WrongUse(
            f"the mail would have {len(made):,} bytes, and at most {LARGEST_MAIL:,} are taken in",
            "Name some of the texts only, and send the others with a second mail.",
        )
    return made


def parted(who: str) -> tuple[str, str]:
    """Return the name and the address of `Name <mail>`, as git has it: a name may hold commas."""
    name, _, address = who.strip().removesuffix(">").rpartition("<")
    return name.strip(), address.strip()


def require_address(words: str) -> str:
    """Return an address to which any mail server sends. Raises `WrongUse` for anything else."""
    if _ADDRESS.fullmatch(words) is None:
        raise WrongUse(
            f"`{words}` is no address for a mail",
            "Write it as ana@example.org, in the letters a to z. Nothing was written.",
        )
    return words


def plain_name(words: str) -> str:
    """Return a name without what could end it in the head of a mail or a commit."""
    return " ".join(_IN_A_HEAD.sub(" ", words).split())[:100]


class ReceivedPatch(NamedTuple):
    """A patch as it came: with the name that its mail gives the sender."""

    patch: Patch
    sender_name: str


def may_hold_patch(data: bytes) -> bool:
    """Say, without reading it, whether a mail may have a patch attached."""
    return ENDING.encode() in data


def holds_patch(data: bytes) -> bool:
    """Say whether a patch is attached to a mail itself, also one that can't be read."""
    try:
        return patch_in(data) is not None
    except WrongUse:
        return True


def patch_in(data: bytes) -> ReceivedPatch | None:
    """Return the patch that is attached to a mail, or None where none is.

    Raises `WrongUse` where one is there and can't be read.
    """
    if not may_hold_patch(data):
        return None
    try:
        mail = email.message_from_bytes(data, policy=email.policy.compat32)
        found = [each for each in _parts(mail) if _is_patch(each)]
        name = plain_name(parseaddr(decoded_header(str(mail.get("From", ""))))[0])
    except (MessageError, ValueError, RecursionError, LookupError):
        raise WrongUse("the mail is broken, so its patch can't be read", _ANEW) from None
    if len(found) > 1:
        raise WrongUse("two patches are attached to one mail", "One mail hands in one change.")
    if not found:
        return None
    attached = found[0].get_payload(decode=True)
    return ReceivedPatch(_read(attached if isinstance(attached, bytes) else b""), name)


def _parts(mail: Message) -> list[Message]:
    """Return the parts of a mail itself; what hangs on a mail within it is not the sender's."""
    found: list[Message] = []
    waiting = [mail]
    while waiting and len(found) < _MOST_PARTS:
        part = waiting.pop(0)
        found.append(part)
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            waiting += [each for each in part.get_payload() if isinstance(each, Message)]
    return found


def _is_patch(part: Message) -> bool:
    return not part.is_multipart() and str(part.get_filename() or "").endswith(ENDING)


def _read(data: bytes) -> Patch:
    try:
        return Patch.model_validate_json(data)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"][:4]))
        at = f" at `{where}`" if where else ""
        raise WrongUse(
            f"the patch in this mail is not one that govkit has written{at}: {first['msg']}", _ANEW
        ) from None
