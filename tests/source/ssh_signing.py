"""SSH signatures for tests, made in this process, by each kind of key and as a token makes them.

Each part of a signature can be replaced, so that a test can make what no program would.
"""

from __future__ import annotations

import base64
import hashlib
import random
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA512

from govkit.source.ssh_fields import in_fields

PURPOSE = "release@govkit"
ED, EC, RSA = "ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"
SK_ED, SK_EC = "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"
KINDS = (ED, EC, RSA, SK_ED, SK_EC)
ORDER = 2**252 + 27742317777372353535851937790883648493
"""How many points the group of Ed25519 has."""


class Pair(NamedTuple):
    """A key of one kind: its public fields, and how it signs some bytes."""

    kind: str
    fields: tuple[bytes, ...]
    algorithm: str
    proper: Callable[[bytes], bytes]

    @property
    def blob(self) -> bytes:
        return in_fields(self.kind.encode(), *self.fields)

    @property
    def public(self) -> str:
        return f"{self.kind} {base64.b64encode(self.blob).decode()}"


def mpint(number: int) -> bytes:
    """A number above zero as SSH writes it."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def pair(kind: str, chance: random.Random, bits: int = 3072) -> Pair:
    """Make a key; all but RSA's follows from `chance`."""
    if kind == RSA:
        return _rsa(rsa.generate_private_key(65537, bits))
    application = (b"ssh:",) if kind.startswith("sk-") else ()
    if kind in (ED, SK_ED):
        edwards = ed25519.Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        raw = edwards.public_key().public_bytes_raw()
        return Pair(kind, (raw, *application), kind, edwards.sign)
    curve = ec.derive_private_key(chance.getrandbits(250) + 1, ec.SECP256R1())
    numbers = curve.public_key().public_numbers()
    point = b"\4" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")

    def signed(data: bytes) -> bytes:
        return in_fields(*map(mpint, decode_dss_signature(curve.sign(data, ec.ECDSA(SHA256())))))

    return Pair(kind, (b"nistp256", point, *application), kind, signed)


@cache
def known(kind: str) -> Pair:
    """The key of a kind that tests sign with; but for RSA's it is always the same."""
    return pair(kind, random.Random(kind))


def _rsa(key: rsa.RSAPrivateKey) -> Pair:
    numbers = key.public_key().public_numbers()
    return Pair(
        RSA,
        (mpint(numbers.e), mpint(numbers.n)),
        "rsa-sha2-512",
        lambda data: key.sign(data, padding.PKCS1v15(), SHA512()),
    )


def signed(
    by: Pair,
    data: bytes,
    namespace: str = PURPOSE,
    hash: str = "sha512",
    *,
    token: bytes = b"\1\0\0\0\7",
    reserved: bytes = b"",
    turned: Callable[[bytes], bytes] = lambda proper: proper,
    algorithm: str = "",
) -> str:
    """Sign as `ssh-keygen -Y sign` does.

    `token` are the flags and the counter that a token adds. `turned` replaces the signature proper,
    `reserved` and `algorithm` what the envelope says there.
    """
    said = b"SSHSIG" + in_fields(
        namespace.encode(), b"", hash.encode(), hashlib.new(hash, data).digest()
    )
    if by.kind.startswith("sk-"):
        said = hashlib.sha256(by.fields[-1]).digest() + token + hashlib.sha256(said).digest()
    else:
        token = b""
    made = in_fields((algorithm or by.algorithm).encode(), turned(by.proper(said))) + token
    return armoured(
        b"SSHSIG\0\0\0\1" + in_fields(by.blob, namespace.encode(), reserved, hash.encode(), made)
    )


def armoured(blob: bytes) -> str:
    text = base64.b64encode(blob).decode()
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    return "\n".join(("-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""))


def unarmoured(text: str) -> bytes:
    return base64.b64decode("".join(text.splitlines()[1:-1]))
