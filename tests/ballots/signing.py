"""Mails with the signature of a domain, made with keys that are thrown away."""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

import dkim
import nacl.signing
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from dkim.canonicalization import CanonicalizationPolicy
from dkim.crypto import HASH_ALGORITHMS, parse_pem_private_key

FIELDS = (b"from", b"to", b"subject", b"date", b"message-id", b"content-type")
Key = tuple[Any, str]
"""What signs, as dkimpy has it, and the text of the record that the domain publishes."""


@cache
def rsa_key(name: str = "one", bits: int = 1024) -> Key:
    """A key for a name; the same name gives the same key."""
    key = rsa.generate_private_key(65537, bits)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return parse_pem_private_key(pem), f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"


@cache
def ed25519_key() -> Key:
    key = nacl.signing.SigningKey.generate()
    public = base64.b64encode(bytes(key.verify_key)).decode()
    return key, f"v=DKIM1; k=ed25519; p={public}"


def signed(
    raw: bytes,
    key: Key | None = None,
    *,
    domain: str = "society.example",
    selector: str = "2026a",
    algorithm: str = "rsa-sha256",
    fields: tuple[bytes, ...] = FIELDS,
    canonical: str = "relaxed/relaxed",
    **tags: str,
) -> bytes:
    """A mail with a signature at its top; `tags` are further ones, as `l` and `x`."""
    named = algorithm.encode()
    library = dkim.DKIM(raw, signature_algorithm=named)
    library.hasher = HASH_ALGORITHMS[named]
    policy = CanonicalizationPolicy.from_c_value(canonical.encode())
    body = policy.canonicalize_body(library.body)
    body = body[: int(tags["l"])] if "l" in tags else body
    said = [
        (b"v", b"1"),
        (b"a", named),
        (b"c", canonical.encode()),
        (b"d", domain.encode()),
        (b"s", selector.encode()),
        *((tag.encode(), value.encode()) for tag, value in tags.items()),
        (b"h", b" : ".join(fields)),
        (b"bh", base64.b64encode(library.hasher(body).digest())),
        (b"b", b"0" * 60),
    ]
    private, _ = key or rsa_key()
    made = library.gen_header(said, list(fields), policy, b"DKIM-Signature", private)
    return b"DKIM-Signature: " + bytes(made) + raw
