"""SSH signatures (SSHSIG, as `ssh-keygen -Y sign` writes them), read strictly and proved.

Pure: bytes in, a value or a sentence out; no process, no file, no clock. Whose keys count, the
caller says. The form is that of OpenSSH's PROTOCOL.sshsig. What ssh-keygen refuses is refused here;
beyond that nothing may stand around a signature or be written in a second way (decision 38).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from govkit.source.public_keys import TOKEN_KINDS, NoPublicKey, loaded, public_key
from govkit.source.ssh_fields import fields_of, in_fields, positive

LONGEST = 16_384
"""Characters of an armoured signature; the largest key that is taken needs about 3,000."""
LONGEST_LINE = 76
"""Characters on a line; ssh-keygen writes 70, its specification says 76."""

_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_MAGIC = b"SSHSIG"
_HASHES = {"sha256": hashlib.sha256, "sha512": hashlib.sha512}
_RSA = ("rsa-sha2-256", "rsa-sha2-512")
_ECDSA = ("ecdsa-sha2-nistp256", "sk-ecdsa-sha2-nistp256@openssh.com")
_TOUCHED = 1

_SEND_AGAIN = "send the file that ssh-keygen wrote, whose name ends in .sig, just as it is"
_SIGN_AGAIN = "sign once more with `ssh-keygen -Y sign`"


class NoSignature(Exception):
    """A signature that does not count; the message is a sentence with the way out."""


class TokenUse(NamedTuple):
    """What a security token says about one use: its flags, and how often it had signed."""

    flags: int
    counter: int


class SshSignature(NamedTuple):
    """What a signature of sound form says about itself. Nothing of it is proved yet."""

    public: str
    """The public key that it was made with: kind and base64."""
    namespace: str
    hash: str
    algorithm: str
    made: bytes
    """The innermost bytes: for ECDSA two numbers as fields, else as the algorithm gives them."""
    token: TokenUse | None
    """None for a key that is not on a security token."""


def signer_of(
    data: bytes, text: str, signers: Sequence[tuple[str, str]], namespace: str
) -> str | None:
    """Return the id of the signer whose key made this signature of `data`, or None.

    `require_signer` says why not.
    """
    try:
        return require_signer(data, text, signers, namespace)
    except NoSignature:
        return None


def require_signer(
    data: bytes, text: str, signers: Sequence[tuple[str, str]], namespace: str
) -> str:
    """Return the id of the signer whose key made this signature of `data` for this purpose.

    `signers` are ids with their public keys, an id as often as it has keys: those keys alone count.
    Raises `NoSignature`.
    """
    try:
        signature = signature_of(text)
    except NoPublicKey as reason:
        raise NoSignature(
            f"the key that made it can't be used ({reason}): make one by `ssh-keygen -t ed25519`, "
            "have it added, and sign with it"
        ) from reason
    if signature.namespace != namespace:
        raise NoSignature(
            f"it was made for the purpose {signature.namespace}, and here it takes {namespace}: "
            f"{_SIGN_AGAIN} -n {namespace}"
        )
    ids = [id for id, public in signers if public.split()[:2] == signature.public.split()]
    if not ids:
        raise NoSignature(
            "the key that made it is none of the keys that count here: sign with a key that does, "
            "or have this one added first"
        )
    if not _is_proved(data, signature):
        raise NoSignature(
            "it is over other words, or was itself changed: sign just the file that you were "
            "given; one space more is another file"
        )
    return ids[0]


# --- the form -------------------------------------------------------------------------------------


def signature_of(text: str) -> SshSignature:
    """Return what an armoured signature says about itself.

    Raises `NoSignature`, and `NoPublicKey` where it was made with a key that is not taken.
    """
    blob = _unarmoured(text)
    if not blob.startswith(_MAGIC):
        raise NoSignature(f"inside its armour is no SSH signature: {_SEND_AGAIN}")
    version = int.from_bytes(blob[6:10], "big")
    if version != 1:
        raise NoSignature(
            f"it has version {version} of its form, and only version 1 is known: {_SIGN_AGAIN}"
        )
    fields = fields_of(blob[10:])
    if fields is None or len(fields) != 5:
        raise NoSignature(f"a part of it is missing, or something was added: {_SEND_AGAIN}")
    key, namespace, reserved, hash, made = fields
    if reserved:
        raise NoSignature(f"a part of it that has to be empty is not: {_SIGN_AGAIN}")
    if not re.fullmatch(rb"[\x21-\x7e]{1,200}", namespace):
        raise NoSignature(f"it does not say for which purpose it was made: {_SIGN_AGAIN}")
    hashed = hash.decode("ascii", errors="replace")
    if hashed not in _HASHES:
        raise NoSignature(
            f"it rests on another digest than sha512 or sha256: {_SIGN_AGAIN}, with no choice of "
            "another digest"
        )
    kind = (fields_of(key) or [b""])[0].decode("ascii", errors="replace")
    public = f"{kind} {base64.b64encode(key).decode()}"
    if public_key(public) != public:
        raise NoSignature(f"the key in it is not written as it should be: {_SIGN_AGAIN}")
    made, token = _of_token(made) if kind in TOKEN_KINDS else (made, None)
    algorithm, raw = _of_algorithm(kind, made)
    return SshSignature(public, namespace.decode("ascii"), hashed, algorithm, raw, token)


def _unarmoured(text: str) -> bytes:
    """Return the bytes in the armour; one signature must not be several texts."""
    if len(text) > LONGEST:
        raise NoSignature(f"it is too long for an SSH signature: {_SEND_AGAIN}")
    if "\r" in text:
        raise NoSignature(
            f"a program on the way changed the ends of its lines: {_SEND_AGAIN}, attached and not "
            "pasted"
        )
    lines = text.removesuffix("\n").split("\n")
    if (lines[0], lines[-1]) != (_BEGIN, _END):
        raise NoSignature(
            f"an SSH signature is all between the lines {_BEGIN} and {_END}, with nothing before "
            f"or behind them: {_SEND_AGAIN}"
        )
    blob = _bytes_of(lines[1:-1])
    if blob is None:
        raise NoSignature(f"a part of it is missing or was changed on the way: {_SEND_AGAIN}")
    return blob


def _bytes_of(lines: list[str]) -> bytes | None:
    """Return the bytes that lines of base64 hold: all as long as the first, the last at most."""
    if not lines or not 0 < len(lines[-1]) <= len(lines[0]) <= LONGEST_LINE:
        return None
    body = "".join(lines)
    try:
        blob = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return None
    even = all(len(line) == len(lines[0]) for line in lines[:-1])
    # Base64 can write the same bytes in several ways, too.
    return blob if even and base64.b64encode(blob).decode() == body else None


def _of_token(made: bytes) -> tuple[bytes, TokenUse]:
    """Return a token's signature without, and apart, the five bytes that it adds."""
    use = TokenUse(made[-5] if len(made) >= 5 else 0, int.from_bytes(made[-4:], "big"))
    if not use.flags & _TOUCHED:
        raise NoSignature(
            "the security token does not say that somebody touched it: make a key that asks for "
            "the touch (`ssh-keygen -t ed25519-sk`), and sign with it"
        )
    return made[:-5], use


def _of_algorithm(kind: str, made: bytes) -> tuple[str, bytes]:
    fields = fields_of(made)
    if fields is None or len(fields) != 2:
        raise NoSignature(f"a part of it is missing, or something was added: {_SEND_AGAIN}")
    algorithm, raw = fields[0].decode("ascii", errors="replace"), fields[1]
    if kind == algorithm == "ssh-rsa":
        raise NoSignature(
            f"it rests on SHA-1, which can be forged: {_SIGN_AGAIN}, which uses SHA-2"
        )
    if algorithm not in (_RSA if kind == "ssh-rsa" else (kind,)):
        raise NoSignature(f"it was made in another way than keys of its kind sign: {_SIGN_AGAIN}")
    if kind in _ECDSA and _pair(raw) is None:
        raise NoSignature(f"its two numbers are not written as they should be: {_SIGN_AGAIN}")
    return algorithm, raw


def _pair(raw: bytes) -> tuple[int, int] | None:
    """Return the two numbers of an ECDSA signature, each in its shortest form."""
    fields = fields_of(raw)
    numbers = [positive(field) for field in fields or ()]
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
        return None
    return numbers[0], numbers[1]


# --- the proof ------------------------------------------------------------------------------------


def _is_proved(data: bytes, signature: SshSignature) -> bool:
    """Say whether the key in a signature made it of this data; one operation with that key."""
    from cryptography.exceptions import InvalidSignature

    digest = _HASHES[signature.hash](data).digest()
    said = _MAGIC + in_fields(
        signature.namespace.encode("ascii"), b"", signature.hash.encode("ascii"), digest
    )
    try:
        _prove(signature, said if signature.token is None else _by_token(signature, said))
    except InvalidSignature:
        return False
    return True


def _by_token(signature: SshSignature, said: bytes) -> bytes:
    """Return what a token signs in place of the words: digests, and its own say."""
    assert signature.token is not None, "asked for"
    key = fields_of(base64.b64decode(signature.public.split()[1])) or [b""]
    flags, counter = signature.token
    own = bytes([flags]) + counter.to_bytes(4, "big")
    return hashlib.sha256(key[-1]).digest() + own + hashlib.sha256(said).digest()


def _prove(signature: SshSignature, said: bytes) -> None:
    """Raise cryptography's `InvalidSignature` where the key did not sign what is said."""
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256, SHA512

    key = loaded(signature.public)
    if isinstance(key, RSAPublicKey):
        hash = SHA256() if signature.algorithm == "rsa-sha2-256" else SHA512()
        key.verify(signature.made, said, PKCS1v15(), hash)
    elif isinstance(key, EllipticCurvePublicKey):
        pair = _pair(signature.made)
        assert pair is not None, "`signature_of` looked"
        key.verify(encode_dss_signature(*pair), said, ECDSA(SHA256()))
    else:
        key.verify(signature.made, said)
