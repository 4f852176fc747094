"""A public SSH key as a person pastes it, held strictly: form, lengths, and nothing behind its end.

Only kinds that signatures are taken from: Ed25519, ECDSA on P-256, RSA of 3072 bits or more, and
the kinds of the first two that live on a security token. The comment at the end, often a mail
address, is not kept.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from govkit.source.ssh_fields import fields_of, positive

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    LoadedKey = Ed25519PublicKey | EllipticCurvePublicKey | RSAPublicKey

KINDS = (
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ssh-rsa",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
)
LONGEST = 4_000
RSA_BITS = (3072, 8192)

TOKEN_KINDS = tuple(kind for kind in KINDS if kind.startswith("sk-"))
"""Keys on a security token. Their last field, the application, is part of what the token signs."""


class NoPublicKey(Exception):
    """A text that is no public key of a kind that is taken; the message is a sentence."""


def public_key(text: str) -> str:
    """Return the key as records hold it: its kind and its base64, with one space between.

    Raises `NoPublicKey`.
    """
    words = text.strip().split()
    if "PRIVATE KEY" in text:
        raise NoPublicKey(
            "this is a private key, and must never leave its owner's machine; the public one is in "
            "the file whose name ends in .pub. Who has sent a private key needs a new pair"
        )
    if len(text) > LONGEST or "\n" in text.strip() or len(words) < 2:
        raise NoPublicKey("a public key is one line: its kind, a long word, and perhaps a comment")
    kind, blob = words[:2]
    if kind not in KINDS:
        raise NoPublicKey(
            f"keys of the kind `{kind[:40]}` are not taken; a good one is made by "
            "`ssh-keygen -t ed25519`"
        )
    try:
        data = base64.b64decode(blob, validate=True)
    except (binascii.Error, ValueError):
        raise NoPublicKey("its long word is no base64, so a part of it is missing") from None
    if base64.b64encode(data).decode() != blob:
        raise NoPublicKey("its long word is no base64 in the usual form")
    _hold(kind, data)
    return f"{kind} {blob}"


def _hold(kind: str, data: bytes) -> None:
    fields = fields_of(data)
    if fields is None:
        raise NoPublicKey("the end of the key is missing")
    inside = fields[0].decode("ascii", errors="replace") if fields else ""
    if inside != kind:
        raise NoPublicKey(f"it says outside that it is {kind}, and inside that it is not")
    try:
        _key(kind, fields[1:])
    except ValueError:
        bits = f"; one of RSA has {RSA_BITS[0]} to {RSA_BITS[1]} bits" * (kind == "ssh-rsa")
        raise NoPublicKey(f"this is no sound key of the kind {kind}{bits}") from None


def loaded(public: str) -> LoadedKey:
    """Return a key with which signatures are proved; of a key on a token, the key proper.

    `public` is what `public_key` gave.
    """
    kind, blob = public.split()
    return _key(kind, (fields_of(base64.b64decode(blob)) or [])[1:])


def _key(kind: str, fields: list[bytes]) -> LoadedKey:
    """Return the key that these fields are. Raises `ValueError` where they are none."""
    if kind in TOKEN_KINDS:
        *fields, application = fields
        if not re.fullmatch(rb"ssh:[\x21-\x7e]{0,200}", application):
            raise ValueError("another application than SSH")
    if kind == "ssh-rsa":
        return _rsa(*fields)
    return _ed25519(*fields) if "ed25519" in kind else _p256(*fields)


# Most commands read no key and prove nothing: the library is imported where it is used.


def _ed25519(*fields: bytes) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    (point,) = fields
    return Ed25519PublicKey.from_public_bytes(point)


def _p256(*fields: bytes) -> EllipticCurvePublicKey:
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

    curve, point = fields
    # A point can be written in two ways; SSH knows the long one only.
    if curve != b"nistp256" or len(point) != 65:
        raise ValueError("another curve, or a shortened point")
    return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)


def _rsa(*fields: bytes) -> RSAPublicKey:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

    exponent, modulus = map(positive, fields)
    least, most = RSA_BITS
    if (
        exponent is None
        or modulus is None
        or not least <= modulus.bit_length() <= most
        or modulus % 2 == 0
        or exponent.bit_length() > 64
    ):
        raise ValueError("too short, too long, or no key of RSA")
    return RSAPublicNumbers(exponent, modulus).public_key()
