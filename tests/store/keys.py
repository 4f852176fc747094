"""Real SSH keys for tests, made by ssh-keygen once for each process."""

from __future__ import annotations

import subprocess
from pathlib import Path


def new_key(folder: Path, name: str, *more: str) -> Path:
    """Make a pair without a passphrase, or as `more` says; return the private file."""
    file = folder / name
    kind = () if "-t" in more else ("-t", "ed25519")
    words = () if "-N" in more else ("-N", "")
    subprocess.run(
        ["ssh-keygen", "-q", *kind, *words, "-C", "a comment", "-f", str(file), *more], check=True
    )
    return file


def public(key: Path) -> str:
    """The public key of a pair: kind and base64."""
    return " ".join(Path(f"{key}.pub").read_text().split()[:2])
