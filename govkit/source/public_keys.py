"""A public SSH key as a person pastes it, held strictly: form, lengths, and nothing behind its end.

Only kinds that signatures are taken from: Ed25519, ECDSA on P-256, RSA of 3072 bits or more, and
the kinds of the first two that live on a security token. The comment at the end, often a mail
address, is not kept.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator

KINDS = (
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ssh-rsa",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
)
LONGEST = 4_000
RSA_BITS = (3072, 8192)

_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B


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
    fields = list(_fields(data))
    inside = fields[0].decode("ascii", errors="replace") if fields else ""
    if inside != kind:
        raise NoPublicKey(f"it says outside that it is {kind}, and inside that it is not")
    if not _HOLDS[kind](fields[1:]):
        raise NoPublicKey(f"this is no sound key of the kind {kind}")


def _fields(data: bytes) -> Iterator[bytes]:
    """Yield the fields of a key: each is four bytes of length and the bytes themselves."""
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if at + 4 + length > len(data):
            raise NoPublicKey("the end of the key is missing")
        yield data[at + 4 : at + 4 + length]
        at += 4 + length


def _ed25519(fields: list[bytes]) -> bool:
    return len(fields) == 1 and len(fields[0]) == 32


def _p256(fields: list[bytes]) -> bool:
    if len(fields) != 2 or fields[0] != b"nistp256" or len(fields[1]) != 65 or fields[1][0] != 4:
        return False
    x, y = (int.from_bytes(fields[1][at : at + 32], "big") for at in (1, 33))
    return x < _P and y < _P and (y * y - (x * x * x - 3 * x + _B)) % _P == 0


def _rsa(fields: list[bytes]) -> bool:
    if len(fields) != 2 or not all(map(_is_positive, fields)):
        return False
    exponent, modulus = (int.from_bytes(field, "big") for field in fields)
    least, most = RSA_BITS
    sound = exponent > 2 and exponent % 2 == 1 and exponent.bit_length() <= 64 and modulus % 2 == 1
    return sound and least <= modulus.bit_length() <= most


def _is_positive(field: bytes) -> bool:
    """Say whether a field is a positive number in its shortest form."""
    if not field or field[0] >= 0x80:
        return False
    return field[0] != 0 or (len(field) > 1 and field[1] >= 0x80)


def _on_token(hold: Callable[[list[bytes]], bool]) -> Callable[[list[bytes]], bool]:
    def held(fields: list[bytes]) -> bool:
        return (
            hold(fields[:-1]) and re.fullmatch(rb"ssh:[\x21-\x7e]{0,200}", fields[-1]) is not None
        )

    return held


_HOLDS: dict[str, Callable[[list[bytes]], bool]] = {
    "ssh-ed25519": _ed25519,
    "ecdsa-sha2-nistp256": _p256,
    "ssh-rsa": _rsa,
    "sk-ssh-ed25519@openssh.com": _on_token(_ed25519),
    "sk-ecdsa-sha2-nistp256@openssh.com": _on_token(_p256),
}
