"""The private folder of the coordinators: raw mails, snapshots, words that are not published.

It lies beside the public folder, never inside it: at `GOVKIT_PRIVATE`, or `../<name>-private`. What
is kept there is named in public records by a salted digest. The salt is private too, so that when
one file is erased, nobody can tell any more what the digest was made of.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from govkit.errors import GovkitError
from govkit.store.worktree import write_new

_KEPT = "kept"
_SALT_BYTES = 32


def private_folder(root: Path) -> Path:
    """Return where private things are kept for a governed folder; it need not be there yet.

    Raises `GovkitError` where that would be inside what is published.
    """
    named = os.environ.get("GOVKIT_PRIVATE")
    root = root.resolve()
    folder = Path(named).expanduser().resolve() if named else root.parent / f"{root.name}-private"
    public = next((each for each in (root, *root.parents) if (each / ".git").exists()), root)
    if folder.is_relative_to(public):
        raise GovkitError(
            f"the private folder would be inside what is published: {folder}",
            "Set GOVKIT_PRIVATE to a folder outside the repository, for coordinators only.",
        )
    return folder


def keep(root: Path, data: bytes) -> str:
    """Keep bytes privately, and return the salted digest that a public record names them by."""
    kept = private_folder(root) / _KEPT
    salt = secrets.token_bytes(_SALT_BYTES)
    digest = _digest(salt, data)
    try:
        kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise GovkitError(
            f"the private folder can't be made: {kept}: {error.strerror or error}",
            "Set GOVKIT_PRIVATE to a folder that you can write to. Nothing was changed.",
        ) from None
    with_salt, with_data = _paths(kept, digest)
    write_new(with_salt, salt)
    write_new(with_data, data)
    for path in (with_salt, with_data):
        path.chmod(0o600)
    return digest


def kept_bytes(root: Path, digest: str) -> bytes | None:
    """Return what a digest names, or None where it is not here or was erased.

    Raises `GovkitError` where the bytes are others than those that were kept.
    """
    with_salt, with_data = _paths(private_folder(root) / _KEPT, digest)
    try:
        salt, data = with_salt.read_bytes(), with_data.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise GovkitError(
            f"{with_data} can't be read: {error.strerror or error}",
            "Look at the rights of the private folder.",
        ) from None
    if _digest(salt, data) != digest:
        raise GovkitError(
            f"{with_data} was changed since it was kept",
            "Put back the file as it was, from the history of the private folder.",
        )
    return data


def forget(root: Path, digest: str) -> None:
    """Erase what a digest names. It is no error where nothing is there."""
    for path in _paths(private_folder(root) / _KEPT, digest):
        path.unlink(missing_ok=True)


def _paths(kept: Path, digest: str) -> tuple[Path, Path]:
    name = digest.removeprefix("sha256:")
    return kept / f"{name}.salt", kept / f"{name}.data"


def _digest(salt: bytes, data: bytes) -> str:
    return "sha256:" + hashlib.sha256(salt + data).hexdigest()
