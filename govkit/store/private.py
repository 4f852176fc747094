"""The folder that only coordinators have: sources of evidence, each with its salt.

It lies beside the governed folder, or in it as `private/`, where git ignores that.

The public record holds `sha256(salt + bytes)`. The salt is private, so nobody can guess the bytes
by trying; erasing the folder of one source erases the link for good.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from govkit.errors import GovkitError, WrongUse
from govkit.patterns import lazy_regex
from govkit.store.repository import is_never_committed
from govkit.store.worktree import read_named, write_new

VARIABLE = "GOVKIT_PRIVATE"
INSIDE = "private"
"""The folder inside the governed one, which `.gitignore` has to name."""
SALT_BYTES = 32
_ADDRESS = lazy_regex(r"[^\s@,]+@[^\s@,]+")
_LANGUAGE = lazy_regex(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
LARGEST = 5_000_000
"""The most bytes of one source."""


def private_folder(root: Path) -> Path:
    """Return the place of the private folder, whether it is there or not.

    Raises `WrongUse` where it is named by a home folder that nobody knows.
    """
    named = os.environ.get(VARIABLE)
    try:
        if named:
            return Path(named).expanduser()
    except RuntimeError:
        raise WrongUse(
            f"{VARIABLE} is {named}, and this machine does not know whose home folder that is",
            "Write the whole path of the private folder. Nothing was changed.",
        ) from None
    beside, inside = root.parent / f"{root.name}-private", root / INSIDE
    return inside if inside.is_dir() and not beside.is_dir() else beside


def new_salt() -> bytes:
    """Return a fresh salt."""
    return secrets.token_bytes(SALT_BYTES)


def salted_digest(salt: bytes, data: bytes) -> str:
    """Return what the public record holds for private bytes."""
    return "sha256:" + sha256(salt + data).hexdigest()


def keep(root: Path, data: bytes, salt: bytes) -> str:
    """Keep bytes in the private folder, and return their salted digest.

    They lie in `sources/<the first 16 of the digest>/`, as `source` and `salt`. Raises `WrongUse`
    where there is no private folder, or where it lies inside the public one.
    """
    require_private(root)
    digest = salted_digest(salt, data)
    place = _place(root, digest)
    _require_no_link(root, place)
    write_new(place / "salt", salt.hex().encode() + b"\n")
    write_new(place / "source", data)
    return digest


def require_private(root: Path) -> Path:
    """Return the private folder. Raises `WrongUse` where there is none, or it is not private."""
    folder = private_folder(root)
    if not folder.is_dir():
        raise WrongUse(
            f"there is no private folder at {folder}, where the source would be kept",
            f"Make it, best as a git repository that only coordinators have; or set {VARIABLE}. "
            "Nothing was changed.",
        )
    if Path(os.path.realpath(folder)).is_relative_to(_published(root.resolve())) and not (
        folder == root / INSIDE and not folder.is_symlink() and is_never_committed(root, INSIDE)
    ):
        raise WrongUse(
            f"{folder} lies inside the public folder, so it would not stay private",
            f"Name another place with {VARIABLE}; or use {INSIDE}/ there, with the line /{INSIDE}/ "
            "in .gitignore and nothing of it committed. Nothing was changed.",
        )
    return folder


ADDRESSES = "addresses.csv"
"""In the private folder: a line for each address on record, as `example-society,a@example.org`."""


class AddressOnRecord(NamedTuple):
    """A line of the addresses on record; `language` is the one in which the member is written to
    (BCP 47), or an empty text.
    """

    member: str
    address: str
    language: str = ""


def addresses_on_record(root: Path) -> Iterator[AddressOnRecord]:
    """Yield the addresses on record in their order; none where none is kept.

    Raises `WrongUse` for a line that is not a member and an address.
    """
    path = private_folder(root) / ADDRESSES
    if not path.is_file():
        return
    lines = read_named(path, LARGEST).decode("utf-8-sig", "replace").splitlines()
    for number, line in enumerate(lines, 1):
        member, address, language, *more = (part.strip() for part in f"{line},,".split(","))
        if not line.strip() or line.startswith("#"):
            continue
        odd = any(more) or (language and not _LANGUAGE.fullmatch(language))
        if odd or not (member and _ADDRESS.fullmatch(address)):
            raise WrongUse(
                f"line {number} of {path} is no member and address",
                "Write a line for each address, as `example-society,a@example.org`; behind it may "
                "stand a language, as `,fr`.",
            )
        yield AddressOnRecord(member, address, language)


def addresses(root: Path) -> dict[str, tuple[str, ...]]:
    """Return the members by their addresses on record, in small letters."""
    found: dict[str, tuple[str, ...]] = {}
    for each in addresses_on_record(root):
        known = found.get(each.address.casefold(), ())
        found[each.address.casefold()] = tuple(dict.fromkeys((*known, each.member)))
    return found


_BESIDE = "dkim-key"
"""Beside a mail: the key of its sender's domain, as it was published."""


def keep_key(root: Path, digest: str, key: str) -> None:
    """Keep the key of a domain beside the mail that has this salted digest."""
    write_new(_place(root, digest) / _BESIDE, f"{key}\n".encode())


def kept_file(root: Path, digest: str) -> Path | None:
    """Return the file with the bytes behind a salted digest, or None where they are not here."""
    path = _place(root, digest) / "source"
    return path if path.is_file() else None


def kept_key(root: Path, digest: str) -> str | None:
    """Return the key that is kept beside a mail, or None."""
    path = _place(root, digest) / _BESIDE
    if not path.is_file():
        return None
    return read_named(path).decode("utf-8", "replace").removesuffix("\n")


def forget(root: Path, digest: str) -> None:
    """Take away what was kept for an act that was not done after all."""
    place = _place(root, digest)
    for name in ("salt", "source", _BESIDE):
        (place / name).unlink(missing_ok=True)
    with suppress(OSError):  # it is not there, or holds what is not ours
        place.rmdir()


def is_kept(root: Path, digest: str) -> bool:
    """Say whether the private folder of this machine has something under a digest."""
    return _place(root, digest).is_dir()


def fits(root: Path, digest: str) -> bool | None:
    """Say whether what is kept under a salted digest is that; None where nothing is here."""
    try:
        found = kept(root, digest)
    except GovkitError:
        return False
    return None if found is None else True


def _place(root: Path, digest: str) -> Path:
    return private_folder(root) / "sources" / digest.removeprefix("sha256:")[:16]


def _require_no_link(root: Path, *places: Path) -> None:
    """Raise `GovkitError` where a link stands in the place of something that is kept.

    What it leads to may be anybody's, and `forget` would leave it. The private folder itself may be
    a link: the person chose it.
    """
    for each in (private_folder(root) / "sources", *places):
        if each.is_symlink():
            raise GovkitError(
                f"{each} is a link, and what is kept in private is no link",
                "Put the folder or file itself there. Nothing was changed.",
            )


def _published(root: Path) -> Path:
    """Return the folder that is published with the governed one: the work tree of its git."""
    return next((each for each in (root, *root.parents) if (each / ".git").exists()), root)


def kept(root: Path, digest: str) -> bytes | None:
    """Return the bytes behind a salted digest, or None where they are not here.

    Raises `GovkitError` where something else lies in their place.
    """
    place = _place(root, digest)
    _require_no_link(root, place, place / "salt", place / "source")
    if not (place / "salt").is_file() or not (place / "source").is_file():
        return None
    data = read_named(place / "source", LARGEST)
    try:
        salt = bytes.fromhex(read_named(place / "salt").decode("ascii").strip())
    except ValueError:
        salt = b""
    if salted_digest(salt, data) != digest:
        raise GovkitError(
            f"what lies in {place} is not what the record was made from",
            "Take the folder back from its own history.",
        )
    return data
