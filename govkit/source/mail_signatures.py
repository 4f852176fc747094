"""The signature of a mail by the domain of its sender (DKIM, RFC 6376), proved with a key at hand.

`dkimpy` does the sums. What is asked beyond the RFC stands here: the head that govkit reads is
signed, nothing can be added behind the words, and the domain is the sender's. Nothing is fetched,
and the clock is the moment at which the mail came (decision 52).
"""

from __future__ import annotations

import datetime
import email
import email.policy
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from govkit.patterns import lazy_regex

SIGNED_FIELDS = ("from", "date", "subject", "message-id")
"""What has to be signed. To need not be: large providers leave it out, and the code binds."""
_SMALLEST_KEY = 1024
_LARGEST_KEY = 8192
_ALGORITHMS = {b"rsa-sha256": b"rsa", b"ed25519-sha256": b"ed25519"}
_MOST_SIGNATURES = 10
_SLACK = datetime.timedelta(hours=10)
"""How far clocks of mail hosts may be apart, as `dkimpy` allows."""
# The patterns of dkimpy take time that grows with the square of a run of blanks.
_LONGEST_RUN = 200
_LONGEST_SIGNATURE = 10_000
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_KEY_NAME = lazy_regex(rf"[a-z0-9][a-z0-9._-]{{0,62}}\._domainkey\.{_LABEL}(?:\.{_LABEL})+")
_ANSWER = lazy_regex(r"(\S+?)\.?\s+(?:\d+\s+)?(?:IN\s+)?TXT\s+(\S.*)")
_QUOTED = lazy_regex(r'"((?:[^"\\]|\\.)*)"')


class NoDomainKey(ValueError):
    """A file holds no key of a domain; the text says why."""


class NoMailSignature(ValueError):
    """The signature of a mail shows nothing; the text says why, in a sentence without a dot."""


class MailSignature(NamedTuple):
    """A signature that holds: of which domain, and the key, as the domain published it."""

    domain: str
    selector: str
    key: str

    @property
    def key_digest(self) -> str:
        """Return the digest of the key; it is public, so there is no salt."""
        return digest_of_key(self.key)


def digest_of_key(key: str) -> str:
    """Return the digest of a domain's key, as records hold it."""
    return f"sha256:{sha256(key.encode()).hexdigest()}"


def key_name(domain: str, selector: str) -> str:
    """Return the name under which a domain publishes a key."""
    return f"{selector}._domainkey.{domain}".casefold()


def domain_keys(text: str, file_name: str) -> dict[str, str]:
    """Return the keys in a file by their names.

    A line is as `dig TXT NAME` prints it. Or the file is named as the key is
    (`2026a._domainkey.example.org.txt`) and holds the text of the record. The name can't be left
    out: a key of one domain proves nothing about another. Raises `NoDomainKey`.
    """
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith(";")]
    own = file_name.casefold().removesuffix(".txt")
    if _KEY_NAME.fullmatch(own):
        answer = _ANSWER.fullmatch(lines[0]) if len(lines) == 1 else None
        if answer is None or answer[1].casefold() != own:
            return {own: _record(" ".join(lines))}
    found: dict[str, str] = {}
    for line in lines:
        answer = _ANSWER.fullmatch(line)
        name = answer[1].casefold() if answer else ""
        if answer is None or not _KEY_NAME.fullmatch(name):
            raise NoDomainKey("it does not say whose key it is")
        if found.setdefault(name, _record(answer[2])) != _record(answer[2]):
            raise NoDomainKey(f"it has two keys for {name}")
    if not found:
        raise NoDomainKey("it is empty")
    return found


def _record(words: str) -> str:
    """Return the text of a record, whose pieces may stand in quotation marks."""
    pieces = _QUOTED.findall(words)
    record = "".join(re.sub(r"\\(.)", r"\1", each) for each in pieces) if pieces else words
    if not record.isascii() or not re.search(r"(?:^|;)\s*p\s*=", record):
        raise NoDomainKey("it has no `p=`, in which the key stands")
    return record.strip()


# --- a signature ----------------------------------------------------------------------------------


def proved_signature(
    raw: bytes, sender: str, received: datetime.datetime, keys: Mapping[str, str]
) -> MailSignature:
    """Return the first signature of a mail that fulfils all that is asked.

    `sender` is the address in From, `received` when it came, `keys` as `domain_keys` returns them.
    Raises `NoMailSignature` with the cause that lies nearest.
    """
    import dkim

    if re.search(rb"\r(?!\n)", raw) or _longest_run(rb"[\t ]+", raw) > _LONGEST_RUN:
        raise NoMailSignature("its lines are not as mail hosts write them")
    try:
        library = dkim.DKIM(raw, minkey=_SMALLEST_KEY)
    except (dkim.DKIMException, IndexError):
        raise NoMailSignature("its head can't be read") from None
    counts = [name.decode("ascii", "replace").casefold() for name, _ in library.headers]
    signatures = [each for each in library.headers if each[0].lower() == b"dkim-signature"]
    if not signatures:
        raise NoMailSignature("it has no DKIM signature")
    for field in SIGNED_FIELDS:
        if counts.count(field) != 1:
            raise NoMailSignature(f"it has {counts.count(field)} lines {field.title()}, not one")
    causes: list[tuple[bool, str]] = []
    for header in signatures[:_MOST_SIGNATURES]:
        checked = _Signature(library, raw, (header[0], header[1]))
        try:
            return checked.proved(sender, received, keys)
        except NoMailSignature as cause:
            causes.append((checked.is_of(sender), str(cause)))
    raise NoMailSignature(max(causes, key=lambda each: each[0])[1])


def _longest_run(pattern: bytes, data: bytes) -> int:
    return max(map(len, re.findall(pattern, data)), default=0)


class _Signature:
    """One signature of a mail, and what is asked of it."""

    def __init__(self, library: Any, raw: bytes, header: tuple[bytes, bytes]) -> None:
        self.library, self.raw, self.header = library, raw, header
        self.tags: dict[bytes, bytes] = {}

    def is_of(self, sender: str) -> bool:
        """Say whether it is of the domain of an address, or of one above it."""
        host, domain = sender.rpartition("@")[2], self._text(b"d")
        return "." in domain and (host == domain or host.endswith(f".{domain}"))

    def _text(self, tag: bytes) -> str:
        return self.tags.get(tag, b"").decode("ascii", "replace").casefold()

    def proved(
        self, sender: str, received: datetime.datetime, keys: Mapping[str, str]
    ) -> MailSignature:
        """Return it, once it is proved. Raises `NoMailSignature`."""
        self._read()
        domain, selector = self._text(b"d"), self._text(b"s")
        for cause in (*self._unlike_asked(sender), *self._late(received)):
            raise NoMailSignature(cause)
        name = key_name(domain, selector)
        if name not in keys:
            raise NoMailSignature(f"no key was given for {name}")
        self._prove(name, keys[name])
        return MailSignature(domain, selector, keys[name])

    def _read(self) -> None:
        import dkim
        from dkim.util import InvalidTagValueList, parse_tag_value

        value = self.header[1]
        if len(value) > _LONGEST_SIGNATURE or _longest_run(rb"\s+", value) > _LONGEST_RUN:
            raise NoMailSignature("its DKIM signature is too long to be one")
        try:
            self.tags = parse_tag_value(value)
            # Without its times: dkimpy holds those against the clock of this machine.
            timeless = {tag: said for tag, said in self.tags.items() if tag not in (b"t", b"x")}
            dkim.validate_signature_fields(timeless)
        except (dkim.DKIMException, InvalidTagValueList, ValueError, IndexError):
            raise NoMailSignature("its DKIM signature can't be read") from None

    def _unlike_asked(self, sender: str) -> Iterator[str]:
        signed = self._signed()
        if self.tags.get(b"a", b"") not in _ALGORITHMS:
            yield f"its signature uses {self._text(b'a')}, and only SHA-256 is taken"
        if b"l" in self.tags:
            yield "its signature covers a part of the words only (`l=`)"
        if not self.is_of(sender):
            host = sender.rpartition("@")[2]
            yield f"it was signed by {self._text(b'd')}, and not by the sender's domain {host}"
        missing = [field.title() for field in SIGNED_FIELDS if field not in signed]
        if missing:
            yield f"its signature leaves out {', '.join(missing)}"
        if "content-type" not in signed and not _shows_all(self.raw):
            yield "what says how its parts are read (Content-Type) is not signed"

    def _signed(self) -> list[str]:
        return [each.strip() for each in self._text(b"h").split(":")]

    def _late(self, received: datetime.datetime) -> Iterator[str]:
        times: dict[bytes, int] = {}
        for tag in (b"t", b"x"):
            said = self.tags.get(tag)
            if said is not None and not re.fullmatch(rb"\d{1,12}", said):
                yield "the times of its signature can't be read"
            elif said is not None:
                times[tag] = int(said)
        came = received.timestamp()
        if times.get(b"x", came) < came:
            yield "its signature had expired when the mail came"
        if times.get(b"t", 0) > min(came + _SLACK.total_seconds(), times.get(b"x", 10**13)):
            yield "its signature is of a later time than the mail"

    def _prove(self, name: str, key: str) -> None:
        import dkim
        from dkim.util import InvalidTagValueList, parse_tag_value

        record = key.encode("ascii")
        holds = False
        try:
            tags = parse_tag_value(record)
            _require_usable(tags, self)
            _, size, kind, _ = dkim.evaluate_pk(name.encode(), record)
            if kind != _ALGORITHMS[self.tags[b"a"]]:
                raise NoMailSignature("the key is of another kind than the signature")
            if kind == b"rsa" and not _SMALLEST_KEY <= size <= _LARGEST_KEY:
                raise NoMailSignature(f"the key has {size} bits; {_SMALLEST_KEY} is the least")
            include = [each.strip().lower() for each in self.tags[b"h"].split(b":")]
            holds = self.library.verify_sig(
                self.tags, include, self.header, lambda *_, **__: record
            )
        except NoMailSignature:
            raise
        except dkim.ValidationError:
            raise NoMailSignature("its words are not those that were signed") from None
        except (dkim.DKIMException, InvalidTagValueList, ValueError, TypeError, IndexError):
            raise NoMailSignature(f"the key given for {name} can't be read") from None
        if not holds:
            raise NoMailSignature("its head is not the one that was signed, or the key is another")


def _require_usable(tags: Mapping[bytes, bytes], signature: _Signature) -> None:
    """Raise `NoMailSignature` where a domain says that a key is not for this."""
    if not tags.get(b"p"):
        raise NoMailSignature("the domain has withdrawn the key")
    flags = [each.strip() for each in tags.get(b"t", b"").split(b":")]
    if b"y" in flags:
        raise NoMailSignature("the domain only tests the key (`t=y`)")
    author = signature.tags.get(b"i", b"").rpartition(b"@")[2].lower()
    if b"s" in flags and author and author != signature.tags[b"d"].lower():
        raise NoMailSignature("the key is for the domain itself, and not for what lies below it")
    hashes = [each.strip() for each in tags.get(b"h", b"sha256").split(b":")]
    if b"sha256" not in hashes:
        raise NoMailSignature("the key is not for SHA-256")
    services = [each.strip() for each in tags.get(b"s", b"*").split(b":")]
    if not {b"*", b"email"} & set(services):
        raise NoMailSignature("the key is not for mail")


def _shows_all(raw: bytes) -> bool:
    """Say whether no other Content-Type could hide a part of the words.

    The line is not always signed. Whoever changes it could name another border between parts, so
    that what stands before the first one is not read.
    """
    mail = email.message_from_bytes(raw, policy=email.policy.compat32)
    if len(mail.get_all("Content-Type") or []) > 1:
        return False
    if mail.is_multipart():
        return not (mail.preamble or "").strip() and not (mail.epilogue or "").strip()
    payload = mail.get_payload()
    return not (payload if isinstance(payload, str) else "").lstrip().startswith("--")
