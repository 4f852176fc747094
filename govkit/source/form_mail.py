"""A mail that brings a form: for people, and read back by `govkit form file`."""

from __future__ import annotations

import datetime
import email.policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from govkit.source.patch_mail import parted, plain_name, require_address

_TAKEN_IN = """\
For coordinators: save this mail as a file, and run
    govkit form file FILE.eml
It puts the record on a branch of its own, and takes nobody in.
"""


def mail_with_form(
    sender: str, to: tuple[str, ...], subject: str, text: str, now: datetime.datetime
) -> bytes:
    """Return a mail that is ready to be sent; `sender` is `Name <address>`, `text` the form.

    Raises `WrongUse` for an address to which no mail goes.
    """
    name, address = parted(sender)
    address = require_address(address)
    mail = EmailMessage(policy=email.policy.SMTP.clone(max_line_length=78))
    mail["From"] = Address(plain_name(name), addr_spec=address)
    if to:
        mail["To"] = [Address(addr_spec=require_address(each)) for each in to]
    mail["Subject"] = " ".join(subject.split())[:200]
    mail["Date"] = format_datetime(now)
    digest = sha256(f"{sender}\0{now.isoformat()}\0{text}".encode()).hexdigest()
    mail["Message-ID"] = f"<{digest[:40]}@{address.rpartition('@')[2]}>"
    mail["X-Unsent"] = "1"  # so that mail programs open it to be sent, and not as one that came
    mail.set_content(f"{_TAKEN_IN}\n{text}", charset="utf-8", cte="quoted-printable")
    return mail.as_bytes()
