"""Whether a mail was signed by the domain of its sender, with the keys that a coordinator named."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from govkit.errors import WrongUse
from govkit.source.mail import MailText
from govkit.source.mail_signatures import (
    MailSignature,
    NoDomainKey,
    NoMailSignature,
    domain_keys,
    proved_signature,
)
from govkit.store.worktree import read_named

_LARGEST_KEY_FILE = 1_000_000


class SignatureReading(NamedTuple):
    """The signature of a mail, or None and the cause in a sentence without a dot."""

    signature: MailSignature | None
    cause: str = ""


def keys_in(paths: Sequence[Path]) -> dict[str, str]:
    """Return the keys of domains in files, by their names. Raises `WrongUse`."""
    return keys_of(
        (str(path), path.name, read_named(path, _LARGEST_KEY_FILE).decode("utf-8-sig", "replace"))
        for path in paths
    )


def keys_of(texts: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Return the keys of domains in texts, each with what it is called and its file's name.

    Raises `WrongUse`.
    """
    found: dict[str, str] = {}
    for called, file_name, text in texts:
        try:
            keys = domain_keys(text, file_name)
        except NoDomainKey as cause:
            raise WrongUse(
                f"{called} is no key of a domain: {cause}",
                "Save what `dig +noall +answer TXT 2026a._domainkey.example.org` prints; or name "
                "the file 2026a._domainkey.example.org.txt, with the text of the record in it.",
            ) from None
        for name, key in keys.items():
            if found.setdefault(name, key) != key:
                raise WrongUse(
                    f"two files have different keys for {name}",
                    "Give one; if the domain changed it, take in the mails in two goes.",
                )
    return found


def signature_read(
    mail: MailText, raw: bytes, came: datetime.datetime, keys: Mapping[str, str]
) -> SignatureReading:
    """Return the signature of a mail by the sender's domain, or why there is none that holds."""
    try:
        return SignatureReading(proved_signature(raw, mail.sender, came, keys))
    except NoMailSignature as cause:
        return SignatureReading(None, str(cause))
