"""The Word files that a mail carries."""

from __future__ import annotations

import email
import email.policy
from typing import NamedTuple

from govkit.patterns import lazy_regex
from govkit.source.mail import decoded_header

_MOST_PARTS = 200
_HEAD = lazy_regex(
    rb"\A(?:From [^\n]*\n)?(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\r?\n(?:[ \t][^\n]*\n)*){2}"
)
_PACKED = b"PK\x03\x04"


class AttachedFile(NamedTuple):
    """A file that came with a mail: its name as the sender gave it, and its bytes."""

    name: str
    data: bytes


def is_mail(data: bytes) -> bool:
    """Say whether bytes begin as a mail does."""
    head = data[:100_000]
    return _HEAD.match(head) is not None and b"\nfrom:" in b"\n" + head[:20_000].lower()


def word_files_in(data: bytes) -> list[AttachedFile]:
    """Return the Word files that a mail carries, in their order."""
    mail = email.message_from_bytes(data, policy=email.policy.compat32)
    found = []
    for number, part in enumerate(mail.walk()):
        if number >= _MOST_PARTS:
            break
        if part.is_multipart():
            continue
        name = decoded_header(part.get_filename() or "")
        is_word = name.lower().endswith((".docx", ".docm")) or "wordprocessingml" in (
            part.get_content_type()
        )
        content = part.get_payload(decode=True) if is_word else None
        if isinstance(content, bytes) and content.startswith(_PACKED):
            found.append(AttachedFile(name, content))
    return found
