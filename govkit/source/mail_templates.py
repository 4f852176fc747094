"""A mail without sender and recipient: a text that a platform's own system sends to each user."""

from __future__ import annotations

import email.policy
from email.message import EmailMessage


def mail_template(subject: str, text: str, language: str) -> bytes:
    """Return a mail to be filled in and sent; mail programs open it as one that was not sent."""
    mail = EmailMessage(policy=email.policy.SMTP.clone(max_line_length=78))
    mail["Subject"] = " ".join(subject.split())[:200]
    mail["X-Unsent"] = "1"
    mail.set_content(text, charset="utf-8", cte="quoted-printable")
    mail["Content-Language"] = language
    return mail.as_bytes()
