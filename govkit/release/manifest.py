"""What a release is made of, as bytes: RECORDS, the root over it, SHA256SUMS, names and places.

`RECORDS` lists every file of the governed folders, `SHA256SUMS` every file of the release, both as
`sha256sum -c` reads them. Both are read strictly: what was not written here is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple
from unicodedata import normalize

from govkit.corpus.books import slug_of_book
from govkit.errors import GovkitError, WrongUse
from govkit.log.merkle import MerkleTree
from govkit.patterns import lazy_regex
from govkit.records.kinds import GOVERNED_FOLDERS, RELEASES
from govkit.records.papers import ASSESSMENTS
from govkit.records.scalars import SLUG
from govkit.release.version import Version, parse

# Without `releases/`: else a release would differ before and after its own manifest was committed
# (decision 17). Without `assessments/`: what terms of others say is no part of these texts.
RECORD_FOLDERS = tuple(top for top in GOVERNED_FOLDERS if top not in (RELEASES, ASSESSMENTS))
"""The folders whose files a release is made from."""

MANIFEST, RECORDS, SUMS, PUBLISHED = "manifest.yaml", "RECORDS", "SHA256SUMS", "published.yaml"
FOREWORD = "FOREWORD.md"
"""What a person may say at the head of the notes."""
SIGNATURES = "signatures"
NAMESPACE = "release@govkit"
"""What a signature over SHA256SUMS is made for."""
UMBRELLA = "all"

_LINE = lazy_regex(r"([0-9a-f]{64})  ([^\n]+)")
_FILE_NAME = lazy_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")

_Hold = Callable[[str], None]
"""Raises `GovkitError` for a name that a list can't hold."""


class DamagedManifest(GovkitError):
    """A list of digests is not as it was written."""


# --- names and places -----------------------------------------------------------------------------


class ReleaseName(NamedTuple):
    """The name of a release: the slug of its instrument, and the version."""

    slug: str
    version: Version

    def __str__(self) -> str:
        """Return it as people write it: provisions/1.1.0."""
        return f"{self.slug}/{self.version}"

    @property
    def tag(self) -> str:
        """Return the name of its tag: provisions/v1.1.0."""
        return f"{self.slug}/v{self.version}"

    @property
    def folder(self) -> str:
        """Return its folder below the root: releases/provisions/1.1.0."""
        return f"{RELEASES}/{self}"

    @property
    def put_back(self) -> str:
        """Return how its folder comes back where it is gone, from its tag."""
        return f"Put it back: `git restore --source={self.tag} -- {self.folder}`."

    def place(self, name: str) -> str:
        """Return the path of one of its files."""
        return f"{self.folder}/{name}"

    def signature_of(self, member: str) -> str:
        """Return the path of the signature of a coordinator."""
        return self.place(f"{SIGNATURES}/{member}.sig")


def slug_of(instrument: str | None) -> str:
    """Return the slug of an instrument: the last part of its id. None stands for an umbrella."""
    return slug_of_book(instrument)


def name_of(text: str) -> ReleaseName:
    """Return the release that a name, a tag or a folder says. Raises `WrongUse` for none."""
    short = text.removeprefix(f"{RELEASES}/").rstrip("/")
    slug, slash, version = short.partition("/")
    if not slash or not re.fullmatch(SLUG, slug):
        raise WrongUse(
            f"{text!r} names no release",
            "A release has the name of its book and its version, as provisions/1.1.0. "
            "`govkit release list` shows all of them.",
        )
    return ReleaseName(slug, parse(version.removeprefix("v")))


# --- RECORDS and SHA256SUMS -----------------------------------------------------------------------


def records_text(files: Mapping[str, bytes]) -> bytes:
    """Return `RECORDS`: a line `<sha256>  <path>` for each file, sorted by path.

    `files` are the governed files by path, those below `releases/` left out by the caller. Raises
    `GovkitError` for a path that no such line can hold.
    """
    return _text_of({path: sha256(data).hexdigest() for path, data in files.items()}, _require_path)


def sums_of(digests: Mapping[str, str]) -> bytes:
    """Return `SHA256SUMS` of files whose digests (64 of 0-9 a-f) are known."""
    return _text_of(digests, _require_name)


def read_records(data: bytes) -> dict[str, str]:
    """Return path -> digest (64 of 0-9 a-f) as `RECORDS` has it. Raises `DamagedManifest`."""
    return dict(_read(data, RECORDS, _require_path))


def read_sums(data: bytes) -> dict[str, str]:
    """Return name -> digest (64 of 0-9 a-f) as `SHA256SUMS` has it. Raises `DamagedManifest`."""
    return dict(_read(data, SUMS, _require_name))


def lines_of(data: bytes) -> list[bytes]:
    """Return the lines of `RECORDS` or `SHA256SUMS`, as the root is reckoned over them."""
    return data.removesuffix(b"\n").split(b"\n") if data else []


def _text_of(digests: Mapping[str, str], hold: _Hold) -> bytes:
    for path in digests:
        hold(path)
    twins = _twins(digests)
    if twins:
        raise GovkitError(
            f"{twins[0]} and {twins[1]} are one file on some machines",
            "Rename one of them, so that they differ in more than small and large letters.",
        )
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def _read(data: bytes, what: str, hold: _Hold) -> Iterator[tuple[str, str]]:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise _damaged(what, "it is no text in UTF-8") from None
    if text and not text.endswith("\n"):
        raise _damaged(what, "its last line has no end")
    last, paths = "", list[str]()
    for number, line in enumerate(text.split("\n")[:-1], start=1):
        fits = _LINE.fullmatch(line)
        if fits is None:
            raise _damaged(what, f"line {number} is no digest with a path")
        digest, path = fits.groups()
        try:
            hold(path)
        except GovkitError as error:
            raise _damaged(what, f"line {number}: {error.message}") from None
        # With one order only, nothing can stand twice, and the same list always has the same bytes.
        if path <= last:
            raise _damaged(what, f"line {number} is not in order, or is there twice")
        last = path
        paths.append(path)
        yield path, digest
    twins = _twins(paths)
    if twins:
        raise _damaged(what, f"{twins[0]} and {twins[1]} are one file on some machines")


def _twins(paths: Iterable[str]) -> tuple[str, str] | None:
    """Return two paths that differ in letter case or in how a letter is put together, or None."""
    seen: dict[str, str] = {}
    for path in sorted(paths):
        known = seen.setdefault(normalize("NFC", path.lower()), path)
        if known != path:
            return known, path
    return None


def _damaged(what: str, why: str) -> DamagedManifest:
    return DamagedManifest(f"{what} is not as govkit writes it: {why}", "Get the file again.")


def _require_path(path: str) -> None:
    parts = path.split("/")
    plain = all(part and part.casefold() not in (".", "..", ".git") for part in parts)
    shown = path.isprintable() and "\\" not in path
    if not (plain and shown and len(parts) > 1 and parts[0] in RECORD_FOLDERS):
        raise GovkitError(
            f"{path!r} can't be named in a list of records",
            "Give the file a plain name, without signs that nobody can see and without \\.",
        )


def _require_name(name: str) -> None:
    if not _FILE_NAME.fullmatch(name):
        raise GovkitError(f"{name!r} can't be the name of a file of a release")


# --- the root over the records --------------------------------------------------------------------
# The tree of the log (RFC 6962); here a leaf is a line of RECORDS without its end.


def merkle_root(lines: Iterable[bytes]) -> str:
    """Return the root over lines, as a digest. Over no lines it is the digest of nothing."""
    return f"sha256:{MerkleTree(lines).root().hex()}"
